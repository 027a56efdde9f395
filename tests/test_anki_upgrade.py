"""What an upgrade of a deck does to a learner who has studied it, by Anki's own importer and scheduler."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from anki.collection import Collection

from quizgen.items.item import Bank, Item, ItemType
from tests import banks
from tests.anki_desk import Desk, desk, read

LATER = "2026-11-23"


@pytest.fixture
def studied(tmp_path: Path) -> Iterator[Desk]:
    """A learner who imported the deck and answered its first two cards."""
    with desk(tmp_path / "learner") as opened:
        opened.import_bank(banks.one_of_each())
        _study(opened.col, 2)
        yield opened


def _study(col: Collection, count: int) -> None:
    deck = col.decks.id_for_name(banks.DECK.name)
    assert deck is not None
    col.decks.select(deck)
    for _ in range(count):
        card = col.sched.getCard()
        assert card is not None
        card.start_timer()
        col.sched.answerCard(card, 4)


def _revised(change: Callable[[Item], Item] = lambda item: item) -> Bank:
    """The next release of the deck, a day later."""
    bank = banks.one_of_each()
    return replace(bank, deck=replace(bank.deck, revision=LATER), items=tuple(map(change, bank.items)))


def _reworded(item: Item) -> Item:
    return replace(item, stem=item.stem + " (reworded)", explanation="Better told.", topic="cup")


def test_rewording_arrives_and_keeps_every_review(studied: Desk) -> None:
    """New wording of every text reaches the learner, and not one review, due day or card changes."""
    before = studied.scheduling()
    reviews = studied.col.db.all("select * from revlog order by id")  # type: ignore[union-attr]
    assert len(reviews) == 2
    log = studied.import_bank(_revised(_reworded))
    assert len(log.updated) == 4
    assert not (log.new or log.conflicting or log.first_field_match)
    assert studied.scheduling() == before
    assert studied.col.db.all("select * from revlog order by id") == reviews  # type: ignore[union-attr]
    for _, back in studied.sides().values():
        assert "(reworded)" in read(back).text
        assert "Better told." in read(back).text


def test_an_item_more_or_less_moves_no_other_card(studied: Desk) -> None:
    """A card that a fact gains or loses leaves the others in their slots, with their numbers and reviews."""
    before = studied.scheduling()
    bank = _revised()
    gained = replace(bank.items[0], id="treaty/new", slot=8, stem="A new question?")
    kept = tuple(item for item in bank.items if item.id != "treaty/choice")
    studied.import_bank(replace(bank, items=(gained, *kept)))
    after = studied.scheduling()
    assert set(after) - set(before) == {("treaty", 8)}
    assert {name: after[name] for name in before} == before
    assert "A new question?" in read(studied.sides()["treaty", 8][0]).text
    assert "treaty of the leaf" in read(studied.sides()["treaty", 3][1]).text


def test_a_fact_more_or_less_doubles_nothing(studied: Desk) -> None:
    """A new fact at the head of the deck shifts every position, and yet adds one note and doubles none."""
    before = studied.scheduling()
    bank = _revised()
    log = studied.import_bank(replace(bank, items=(banks.item("pot/typed"), *bank.items[3:])))
    assert len(log.new) == 1
    assert set(studied.cards()) == {*before, ("pot", 1)}
    assert {name: studied.scheduling()[name] for name in before} == before


def test_texts_that_part_arrive_without_conflict(studied: Desk) -> None:
    """When siblings that shared an explanation get their own, each answer shows its own and only that."""

    def parted(item: Item) -> Item:
        return replace(
            item, explanation=f"Only {item.id}.", sources=(replace(banks.SOURCE, id=item.id, title=item.id),)
        )

    log = studied.import_bank(_revised(parted))
    assert not log.conflicting
    for item in banks.one_of_each().items[:3]:
        shown = read(studied.sides()["treaty", item.slot][1]).text
        assert f"Only {item.id}." in shown
        assert shown.count("Only ") == 1
        assert shown.count("paragraph") == 1


def test_a_new_look_is_no_conflict(studied: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later release may change the style sheet and the templates' text: it arrives, and reviews stay."""
    from quizgen.export import anki_note_type

    before = studied.scheduling()
    plain = anki_note_type.templates()
    monkeypatch.setattr(anki_note_type, "style", lambda: ".card { color: teal }")
    monkeypatch.setattr(
        anki_note_type,
        "templates",
        lambda: [made | {"afmt": made["afmt"] + "<p>New foot</p>"} for made in plain],
    )
    log = studied.import_bank(_revised())
    assert not log.conflicting
    assert studied.scheduling() == before
    assert all("New foot" in back for _, back in studied.sides().values())
    assert "teal" in studied.cards()["cup", 1].render_output().css


def test_a_spare_field_can_be_named_and_filled(studied: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A later release may name a spare field and fill it: that is an update and no conflict."""
    from quizgen.export import anki_note_type

    renamed = [
        made | {"name": "Digest"} if made["name"] == "Spare 1" else made for made in anki_note_type.fields()
    ]
    monkeypatch.setattr(anki_note_type, "fields", lambda: renamed)
    log = studied.import_bank(_revised(_reworded))
    assert len(log.updated) == 4
    assert not log.conflicting
    names = studied.col.models.field_names(studied.cards()["cup", 1].note_type())
    assert "Digest" in names
    assert "Spare 1" not in names
    assert len(names) == 47


def test_a_type_may_change_within_its_slot(studied: Desk) -> None:
    """An item that keeps its slot keeps its card, even when it becomes a question of another type."""
    before = studied.scheduling()

    def retyped(item: Item) -> Item:
        if item.id != "treaty/choice":
            return item
        return replace(item, type=ItemType.CLOZE, stem="Signed in [...].", options=())

    studied.import_bank(_revised(retyped))
    assert studied.scheduling() == before
    assert "Signed in 2016." in read(studied.sides()["treaty", 1][1]).text
