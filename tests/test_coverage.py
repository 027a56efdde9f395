"""The coverage list: what became of every paragraph of the five works that decide what the deck covers."""

from __future__ import annotations

import csv
import re
from collections import Counter
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pytest

from quizgen import shipped
from quizgen.cli.common import recipe_for
from quizgen.facts.model import Pack

TEXTS = Path(__file__).parent.parent.parent / "shared" / "sources" / "texts"
PARAGRAPHS = {
    "tomorrows-affairs-2026": 64,
    "defence-matters-2025": 25,
    "prism-2026": 24,
    "diplomat-2022": 17,
    "ipsc-2025": 29,
}
COLUMNS = ["source", "paragraph", "fate", "facts", "reason"]
FATES = {"facts", "furniture", "repeats", "no-fact"}
COPIED_WORDS = 8


class Row(NamedTuple):
    """One paragraph, and what became of it."""

    source: str
    paragraph: int
    fate: str
    facts: tuple[str, ...]
    reason: str

    @property
    def place(self) -> tuple[str, int]:
        """The work and the number of the paragraph."""
        return self.source, self.paragraph


def listed() -> Path:
    """The list's file: it travels with the pack's facts."""
    return shipped.packs()["japan-korea"] / "coverage.csv"


@cache
def rows() -> tuple[Row, ...]:
    """The list's rows, as they stand."""
    with listed().open(encoding="utf-8", newline="") as file:
        return tuple(
            Row(row["source"], int(row["paragraph"]), row["fate"], tuple(row["facts"].split()), row["reason"])
            for row in csv.DictReader(file, strict=True)
        )


@cache
def pack() -> Pack:
    """The shipped pack."""
    return recipe_for(None)[1]


def blocks(source: str) -> list[str]:
    """A work's paragraphs, split as the citations count them."""
    if not TEXTS.is_dir():
        pytest.skip("the sources' texts are not in this checkout: their licences do not allow it")
    text = (TEXTS / f"{source}.txt").read_text(encoding="utf-8")
    return [block.strip() for block in re.split(r"\n\s*\n", text) if block.strip()]


def words(text: str) -> list[str]:
    """A text's words in small letters, without marks."""
    return re.findall(r"\w+", text.lower())


def runs(text: str) -> set[tuple[str, ...]]:
    """Every run of so many words in a text as would be a copy."""
    found = words(text)
    return {tuple(found[at : at + COPIED_WORDS]) for at in range(len(found) - COPIED_WORDS + 1)}


def test_the_columns_are_those_agreed() -> None:
    """The file has the five columns in their order, and every row has all five."""
    with listed().open(encoding="utf-8", newline="") as file:
        found = list(csv.reader(file, strict=True))
    assert found[0] == COLUMNS
    assert {len(row) for row in found} == {len(COLUMNS)}


def test_every_paragraph_stands_in_the_list_once() -> None:
    """Each paragraph of each of the five works has one row, and no row is about anything else."""
    wanted = Counter((source, number) for source, last in PARAGRAPHS.items() for number in range(1, last + 1))
    assert Counter(row.place for row in rows()) == wanted


def test_the_rows_follow_the_works() -> None:
    """The works come in one order, and the paragraphs of each in theirs."""
    order = list(PARAGRAPHS)
    places = [(order.index(row.source), row.paragraph) for row in rows()]
    assert all(one < other for one, other in pairwise(places))


@pytest.mark.parametrize("source", PARAGRAPHS)
def test_the_works_have_as_many_paragraphs_as_the_list_says(source: str) -> None:
    """The numbers of paragraphs are those of the texts themselves, where these can be had."""
    assert len(blocks(source)) == PARAGRAPHS[source]


def test_every_fate_is_known() -> None:
    """A paragraph became facts, is page furniture, repeats another, or has no fact for a reason."""
    assert {row.fate for row in rows()} <= FATES


def test_a_paragraph_with_facts_names_them() -> None:
    """Where the fate is facts, at least one is named, and none twice; elsewhere none is named."""
    wrong = [
        row.place
        for row in rows()
        if bool(row.facts) != (row.fate == "facts") or len(set(row.facts)) < len(row.facts)
    ]
    assert not wrong


def test_every_named_fact_is_in_the_pack() -> None:
    """The facts that the list names exist, each of them."""
    assert {fact for row in rows() for fact in row.facts} <= set(pack().facts)


def test_a_paragraph_without_facts_has_a_reason() -> None:
    """Wherever the fate isn't facts, the list says why, in more than one word."""
    assert not [row.place for row in rows() if row.fate != "facts" and len(words(row.reason)) < 2]


def test_a_repetition_names_what_it_repeats() -> None:
    """A paragraph that repeats names another of the same work, and one of those it names has facts."""
    with_facts = {row.place for row in rows() if row.fate == "facts"}
    wrong = []
    for row in rows():
        if row.fate == "repeats":
            named = {int(number) for number in re.findall(r"\d+", row.reason)}
            if row.paragraph in named or not any((row.source, number) in with_facts for number in named):
                wrong.append(row.place)
    assert not wrong


def test_a_cited_paragraph_is_listed_with_facts() -> None:
    """Where a fact of the pack cites a paragraph, the list doesn't say that nothing came of it."""
    cited = {
        (cite.source, cite.paragraph)
        for fact in pack().facts.values()
        for cite in fact.record.cites
        if cite.source in PARAGRAPHS
    }
    assert cited <= {row.place for row in rows() if row.fate == "facts"}


@pytest.mark.parametrize("source", PARAGRAPHS)
def test_the_reasons_copy_nothing(source: str) -> None:
    """No reason holds eight words in a row of the work that it speaks of."""
    text = runs(" ".join(blocks(source)))
    assert not [row.place for row in rows() if row.source == source and runs(row.reason) & text]
