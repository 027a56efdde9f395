"""What a recipe takes in and leaves out."""

from __future__ import annotations

from pathlib import Path

from quizgen.export.anki_notes import cards_of, notes_of
from quizgen.items.item import ItemType
from tests import packs

FACTS = """
entities:
  - {id: a, type: agreement, name: Pact of Arles}
  - {id: b, type: agreement, name: Pact of Bonn}
facts:
  - {id: a-signed, topic: one, about: a, property: signed, value: 1990, tags: [minor], $cite}
  - {id: b-signed, topic: two, about: b, property: signed, value: 1991, $cite}
"""


def facts_of(folder: Path, extra: str) -> set[str]:
    """The facts that a deck with these lines in its recipe asks about."""
    return {fact for item in packs.bank(folder, FACTS, extra).items for fact in item.facts}


def test_without_a_word_all_is_taken_in(tmp_path: Path) -> None:
    """A recipe that names neither topics nor types takes in every fact."""
    assert facts_of(tmp_path, "") == {"a-signed", "b-signed"}


def test_topics_facts_and_tags_can_be_left_out(tmp_path: Path) -> None:
    """A topic that is not named, a fact that is left out and a tag that is left out stay out."""
    assert facts_of(tmp_path / "topics", "  topics: [two]\n") == {"b-signed"}
    assert facts_of(tmp_path / "facts", "  leave_out: [b-signed]\n") == {"a-signed"}
    assert facts_of(tmp_path / "tags", "  leave_out_tags: [minor]\n") == {"b-signed"}


def test_types_are_chosen_by_name(tmp_path: Path) -> None:
    """Only items of the named types are made."""
    found = packs.bank(tmp_path, FACTS, "  types: [typed]\n")
    assert {item.type for item in found.items} == {ItemType.TYPED}


def test_a_share_of_a_type_can_be_kept(tmp_path: Path) -> None:
    """A type of which nothing is kept is gone, and said to be left out."""
    found = packs.bank(tmp_path, FACTS, "  keep: {boolean: 0}\n")
    assert ItemType.BOOLEAN not in {item.type for item in found.items}
    assert any(skipped.reason.startswith("the deck keeps 0 in 100") for skipped in found.skipped)


def test_cards_are_chosen_apart_from_items(tmp_path: Path) -> None:
    """A quiz has all of a recipe's items, where Anki gets those of the types that `cards` names."""
    found = packs.bank(tmp_path, FACTS, "  cards: [typed]\n")
    assert {item.type for item in found.items} > {ItemType.TYPED}
    assert {item.type for item in cards_of(found)} == {ItemType.TYPED}
    assert {field for note in notes_of(found) for field in note.fields if "in which year" in field.lower()}
    assert not any("options" in field for note in notes_of(found) for field in note.fields)
