"""A subdeck for each topic, where the recipe asks for them: what arrives in Anki, and where."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.items.item import Bank, Topic
from tests import banks
from tests.anki_desk import Desk, desk


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "learner") as opened:
        yield opened


def _parted(bank: Bank) -> Bank:
    return replace(bank, deck=replace(bank.deck, subdecks=True))


def _places(anki: Desk) -> dict[str, str]:
    """Note id to the name of the deck that its cards are in."""
    return {name: anki.col.decks.name(card.did) for (name, _), card in anki.cards().items()}


def test_a_deck_is_one_deck_unless_it_is_asked_to_be_more(anki: Desk) -> None:
    """Without `subdecks`, every card is in the deck itself, and there is no other."""
    anki.import_bank(banks.one_of_each())
    assert set(_places(anki).values()) == {"Tea & treaties"}


def test_each_topic_is_a_subdeck(anki: Desk) -> None:
    """With `subdecks`, a card is in the deck named after its topic; a topic without cards makes none."""
    bank = _parted(banks.one_of_each())
    topics = (*bank.deck.topics, Topic("pot", "The pot"))
    anki.import_bank(replace(bank, deck=replace(bank.deck, topics=topics)))
    leaf, cup = "Tea & treaties::The leaf", "Tea & treaties::The cup & saucer"
    assert _places(anki) == {"treaty": leaf, "set-leaf": leaf, "cup": cup, "saucers": cup}
    assert {found.name for found in anki.col.decks.all_names_and_ids()} == {
        "Default",
        "Tea & treaties",
        leaf,
        cup,
    }


def test_study_order_runs_through_all_subdecks(anki: Desk) -> None:
    """The positions of new cards count the deck's notes from 1, whichever subdeck they are in."""
    anki.import_bank(_parted(banks.one_of_each()))
    dues = {name: card.due for (name, _), card in anki.cards().items()}
    assert dues == {"treaty": 1, "cup": 2, "saucers": 3, "set-leaf": 4}


def test_a_topics_name_makes_no_deeper_deck(anki: Desk) -> None:
    """Colons in a topic's name, by which Anki parts decks, part none."""
    bank = _parted(banks.one_of_each())
    topics = (Topic("leaf", "Leaf::green"), bank.deck.topics[1])
    anki.import_bank(replace(bank, deck=replace(bank.deck, topics=topics)))
    assert _places(anki)["treaty"] == "Tea & treaties::Leaf: green"
