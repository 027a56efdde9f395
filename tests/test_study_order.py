"""The order in which a deck teaches, and the estimate that it rests on."""

from __future__ import annotations

from itertools import groupby
from pathlib import Path

import pytest

from quizgen.base.dates import PartialDate
from quizgen.cli.common import recipe_for
from quizgen.generate.bank import generate
from quizgen.items.item import Bank, Item, ItemType
from tests import packs


@pytest.fixture(scope="module")
def bank() -> Bank:
    recipe, pack = recipe_for(None)
    return generate(pack, recipe)


def notes(bank: Bank) -> list[tuple[Item, ...]]:
    """The items of the bank that rest on one fact alone, fact by fact."""
    alone = [item for item in bank.items if len(item.facts) == 1]
    return [tuple(group) for _, group in groupby(alone, key=lambda item: item.facts)]


def test_essential_facts_come_before_all_details(bank: Bank) -> None:
    said = [group[0].essential for group in notes(bank)]
    assert said == sorted(said, reverse=True)
    assert True in said
    assert False in said


def test_time_runs_forward_in_each_round_of_a_topic(bank: Bank) -> None:
    """Among the dated facts of one topic and one round, none stands after a later one."""

    def round_of(group: tuple[Item, ...]) -> tuple[bool, bool, str]:
        level = sum(item.difficulty.level for item in group) / len(group)
        return (group[0].essential, not group[0].essential and level >= 0.5, group[0].topic)

    compared = 0
    for _, groups in groupby(notes(bank), key=round_of):
        moments = [group[0].moment for group in groups]
        dates = [PartialDate.parse(moment.first).first for moment in moments if moment]
        assert dates == sorted(dates)
        compared += len(dates)
    assert compared > 50


def test_a_set_comes_after_every_fact_that_it_asks_about(bank: Bank) -> None:
    met: set[str] = set()
    sets = 0
    for item in bank.items:
        if len(item.facts) > 1:
            made = {one.facts[0] for one in bank.items if len(one.facts) == 1}
            assert set(item.facts) & made <= met
            sets += 1
        else:
            met.update(item.facts)
    assert sets > 5


def test_the_easier_details_of_a_topic_come_before_the_harder(bank: Bank) -> None:
    """Over the details of the whole deck, the first round's mean is below the last's."""
    details = [group for group in notes(bank) if not group[0].essential]
    turns = [sum(item.difficulty.level for item in group) / len(group) >= 0.5 for group in details]
    assert turns == sorted(turns)


@pytest.mark.parametrize(
    ("easier", "harder"),
    [
        (ItemType.CHOICE, ItemType.TYPED),
        (ItemType.BOOLEAN, ItemType.TYPED),
        (ItemType.TYPED, ItemType.CLOZE),  # a year against a whole day
    ],
)
def test_to_recall_is_harder_than_to_recognise(bank: Bank, easier: ItemType, harder: ItemType) -> None:
    """On one dated fact (`signed`), the types stand in this order."""
    seen = 0
    for group in notes(bank):
        if group[0].kind != "signed" or group[0].moment is None or len(group[0].moment.first) < 10:
            continue
        level = {item.type: item.difficulty.level for item in group}
        if easier in level and harder in level:
            assert level[easier] < level[harder]
            seen += 1
    assert seen >= 3


def test_every_item_says_what_its_difficulty_rests_on(bank: Bank) -> None:
    for item in bank.items:
        assert 0 < item.difficulty.level < 1
        assert item.difficulty.basis.startswith(("recall", "recognition", "several things"))


def test_near_wrong_options_make_an_item_harder(tmp_path: Path) -> None:
    """Years that stand close by against years far off, all else alike."""
    near, far = (
        one_choice(tmp_path, wrong) for wrong in ("[2014, 2015, 2017, 2018]", "[2005, 2006, 2025, 2026]")
    )
    assert near.difficulty.basis == "recognition; wrong options near (0.88)"
    assert far.difficulty.basis == "recognition; wrong options far (0.21)"
    assert near.difficulty.level > far.difficulty.level


def one_choice(folder: Path, wrong: str) -> Item:
    """The choice of a year from among these wrong ones."""
    body = f"""
        entities:
          - {{id: pact, type: agreement, name: Pact of Tea}}
        facts:
          - {{id: pact-signed, topic: one, about: pact, property: signed, value: 2016-11-23,
             wrong: {wrong}, $cite}}
        """
    return packs.by_id(packs.bank(folder, body))["pact-signed/year-choice"]
