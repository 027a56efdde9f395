"""Grading: a response against an item, for all seven types. Pure, and the only place that says right."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from typing import assert_never

from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.quiz.answers import NOTHING, judge
from quizgen.quiz.labels import read_many, read_one, read_pairs
from quizgen.quiz.letters import example, span
from quizgen.quiz.verdict import RIGHT, WRONG, Mark, Verdict, unreadable
from quizgen.quiz.words import joined

_TRUE = {"t", "true", "y", "yes", "right", "correct"}
_FALSE = {"f", "false", "n", "no", "wrong", "incorrect"}
BLANK = "[...]"


def rivals_of(items: Iterable[Item]) -> frozenset[str]:
    """Every answer that the items know, so that no slip of the finger is taken for another answer."""
    return frozenset(
        joined(text) for item in items for text in (*item.key, *item.accepted, *item.options) if text
    )


def grade(item: Item, response: str, *, rivals: Collection[str] = ()) -> Verdict:
    """The verdict on `response`, exactly as a learner typed it.

    `rivals` is what `rivals_of` makes of the deck; without it a slip is measured against the item alone.
    """
    if not fold(response):
        return NOTHING
    verdict: Verdict
    match item.type:
        case ItemType.CHOICE:
            verdict = _choice(item, response)
        case ItemType.MULTI:
            verdict = _multi(item, response)
        case ItemType.BOOLEAN:
            verdict = _boolean(item, response)
        case ItemType.TYPED:
            verdict = judge((*item.key, *item.accepted), response, stem=item.stem, rivals=rivals)
        case ItemType.CLOZE:
            verdict = _cloze(item, response, rivals)
        case ItemType.ORDER:
            verdict = _order(item, response)
        case ItemType.MATCH:
            verdict = _match(item, response)
        case _:
            assert_never(item.type)
    return verdict


def _choice(item: Item, response: str) -> Verdict:
    place = read_one(item.options, response)
    if place is None:
        return unreadable(f"Give one letter, {span(len(item.options))}, or the answer's words.")
    return RIGHT if item.options[place] in item.key else WRONG


def _multi(item: Item, response: str) -> Verdict:
    places = read_many(item.options, response, numbers=True)
    if places is None:
        return unreadable(f"Give every letter that is right, {span(len(item.options))}, as in: a c.")
    chosen, wanted = {item.options[place] for place in places}, set(item.key)
    if chosen == wanted:
        return RIGHT
    # A part of a list is wrong, not nearly right: to ask again would tell which of the options count.
    hits, extra = len(chosen & wanted), len(chosen - wanted)
    more = f", and {extra} that {'is' if extra == 1 else 'are'} not" if extra else ""
    return Verdict(Mark.WRONG, f"You chose {hits} of the {len(wanted)} that are right{more}.")


def _boolean(item: Item, response: str) -> Verdict:
    word = fold(response)
    if word not in _TRUE | _FALSE:
        return unreadable("Answer true or false: t or f.")
    return RIGHT if (word in _TRUE) == (fold(item.key[0]) == "true") else WRONG


def _cloze(item: Item, response: str, rivals: Collection[str]) -> Verdict:
    if len(item.key) == 1:
        return judge((*item.key, *item.accepted), response, stem=item.stem, rivals=rivals)
    texts = _parts(response, len(item.key))
    if len(texts) != len(item.key) or not all(texts):
        return unreadable(
            f"There are {len(item.key)} blanks: put a semicolon between the answers, as in: one; two."
        )
    verdicts = [
        # The other accepted answers don't say which blank they fill: none may be another blank's own.
        judge((key, *(set(item.accepted) - set(item.key))), text, stem=item.stem, rivals=rivals)
        for key, text in zip(item.key, texts, strict=True)
    ]
    for mark in (Mark.WRONG, Mark.UNREADABLE, Mark.NEARLY):
        at = [place for place, verdict in enumerate(verdicts) if verdict.mark is mark]
        if at:
            note = verdicts[at[0]].note or f"{len(verdicts) - len(at)} of {len(verdicts)} blanks are right."
            return Verdict(mark, note if mark is Mark.WRONG else f"Blank {at[0] + 1}: {note}")
    return Verdict(Mark.RIGHT, " ".join(verdict.note for verdict in verdicts if verdict.note))


# The ways in which people part two answers, the plainest first: "1910 to 1916", "1910 - 1916", "1910, 1916".
_BETWEEN = (
    re.compile(r"\s+(?:to|until|till|and)\s+", re.IGNORECASE),
    re.compile(r"\s*[–—]\s*|\s+-\s+|(?<=\b\d{4})-(?=\d{4}\b)"),
    re.compile(r",\s*"),
)


def _parts(response: str, count: int) -> list[str]:
    """The answers to several blanks: parted by semicolons, or in any other way that gives as many parts."""
    texts = [text.strip() for text in response.split(";")]
    if len(texts) != count:
        bare = re.sub(r"^\s*(?:from|between)\s+", "", response, flags=re.IGNORECASE)
        for between in _BETWEEN:
            parts = [text.strip() for text in between.split(bare)]
            if len(parts) == count:
                return parts
    return texts


def _in_place(chosen: list[str], wanted: tuple[str, ...], what: str) -> Verdict:
    if tuple(chosen) == wanted:
        return RIGHT
    hits = sum(one == two for one, two in zip(chosen, wanted, strict=True))
    return Verdict(Mark.WRONG, f"{hits} of {len(wanted)} {what}.")


def _order(item: Item, response: str) -> Verdict:
    # No numbers: "3 1 2" may say which entry comes first, or which place the first entry has.
    places = read_many(item.options, re.sub(r"[<>→-]+", " ", response), numbers=False)
    if places is None or sorted(places) != list(range(len(item.options))):
        letters = f"{span(len(item.options))}, first to last, as in: {example(len(item.options))}"
        return unreadable(f"Give each letter once, {letters}.")
    return _in_place([item.options[place] for place in places], item.key, "stand in the right place")


def _match(item: Item, response: str) -> Verdict:
    count = len(item.options)
    places = read_pairs(count, response) or read_many(item.options, response, numbers=False)
    if places is None or len(places) != len(item.prompts) or len(set(places)) != len(places):
        letters = f"{len(item.prompts)} letters, {span(count)}"
        order = f"in the order of the numbers, as in: {example(len(item.prompts))}"
        return unreadable(f"Give {letters}, each once, {order}.")
    return _in_place([item.options[place] for place in places], item.key, "are matched right")
