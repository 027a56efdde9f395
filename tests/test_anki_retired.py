"""Facts and questions that are gone, as learners meet them in Anki."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.items.item import Bank
from quizgen.upgrade.edition import RETIRED
from tests import banks
from tests.anki_desk import Desk, desk
from tests.releases import DAY, FIRST, release, words_of

BANK = Bank(banks.DECK, (banks.item("a/one"), banks.item("a/two", slot=2), banks.item("b/one")))
LESS = Bank(banks.DECK, BANK.items[:2])


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "learner") as opened:
        yield opened


@pytest.fixture
def retiring() -> tuple[bytes, bytes]:
    """The deck with fact b, and the next day's, in which b is retired."""
    first, package = release(BANK)
    return package, release(LESS, first.lock, FIRST + DAY, words=words_of(first))[1]


def test_whoever_has_the_note_keeps_its_cards(anki: Desk, retiring: tuple[bytes, bytes]) -> None:
    """A learner who has the fact keeps note, card and schedule, and finds both by the tag."""
    anki.import_bytes(retiring[0])
    before = anki.scheduling()
    log = anki.import_bytes(retiring[1])
    assert len(log.updated) == 1
    assert anki.scheduling() == before
    assert len(anki.col.find_cards(f'"tag:{RETIRED}"')) == 1


def test_a_new_learner_is_not_asked_what_was_withdrawn(anki: Desk, retiring: tuple[bytes, bytes]) -> None:
    """Who imports the deck for the first time gets no card of a retired fact, and none in Anki's list."""
    anki.import_bytes(retiring[1])
    assert set(anki.cards()) == {("a", 1), ("a", 2)}
    assert not anki.col.find_cards(f'"tag:{RETIRED}"')


def test_a_deleted_retired_note_is_not_brought_back(anki: Desk, retiring: tuple[bytes, bytes]) -> None:
    """A learner who deleted the note is not asked it again by any later import."""
    for package in retiring:
        anki.import_bytes(package)
    anki.col.remove_notes(anki.col.find_notes(f'"tag:{RETIRED}"'))
    anki.import_bytes(retiring[1])
    assert set(anki.cards()) == {("a", 1), ("a", 2)}


def test_a_fact_that_comes_back_is_asked_again(anki: Desk) -> None:
    """Back in the deck, it loses the tag; who has its cards keeps them, and who had none gets them."""
    first, package = release(BANK)
    gone, without = release(LESS, first.lock, FIRST + DAY, words=words_of(first))
    _, back = release(BANK, gone.lock, FIRST + 2 * DAY)
    anki.import_bytes(package)
    before = anki.scheduling()
    for later in (without, back):
        anki.import_bytes(later)
    assert anki.scheduling() == before
    assert not anki.col.find_notes(f'"tag:{RETIRED}"')
    with desk(anki.folder / "another") as other:
        for later in (without, back):
            other.import_bytes(later)
        assert set(other.cards()) == {("a", 1), ("a", 2), ("b", 1)}


def test_a_card_whose_question_is_gone(anki: Desk) -> None:
    """Its card and schedule stay, with an empty front; Empty Cards offers it, and not the whole note.

    Should the question come back, the card shows it again, with its reviews.
    """
    first, package = release(BANK)
    fewer = replace(BANK, items=(BANK.items[0], BANK.items[2]))
    second, without = release(fewer, first.lock, FIRST + DAY)
    anki.import_bytes(package)
    for number in anki.col.find_cards(""):
        card = anki.col.get_card(number)
        card.start_timer()
        anki.col.sched.answerCard(card, 4)
    before = anki.scheduling()
    anki.import_bytes(without)
    assert anki.scheduling() == before
    assert "The front of this card is blank" in anki.sides()["a", 2][0]
    (empty,) = anki.col.get_empty_cards().notes
    assert list(empty.card_ids) == [anki.cards()["a", 2].id]
    assert not empty.will_delete_note
    anki.import_bytes(release(BANK, second.lock, FIRST + 2 * DAY)[1])
    assert anki.scheduling() == before
    assert not anki.col.get_empty_cards().notes
    assert "In which year" in anki.sides()["a", 2][0]


def test_a_correction_reaches_a_note_that_was_written_on_the_same_day(anki: Desk) -> None:
    """A learner's tag dates the note now; the release made after it is later, and its correction arrives."""
    first, package = release(BANK)
    anki.import_bytes(package)
    note = anki.cards()["b", 1].note()
    note.add_tag("mine")
    anki.col.update_note(note)
    assert anki.col.db is not None
    now = anki.col.db.scalar("select mod from notes where id = ?", note.id)
    better = replace(BANK, items=(*BANK.items[:2], replace(BANK.items[2], key=("2017",))))
    assert len(anki.import_bytes(release(better, first.lock, now + 1)[1]).updated) == 1
    assert "2017" in anki.sides()["b", 1][1]


def test_two_corrections_on_one_day_both_arrive(anki: Desk) -> None:
    """Releases of one day, even of one second, are each later than the one before."""
    lock = None
    for year in ("2016", "2017", "2018"):
        bank = replace(BANK, items=(*BANK.items[:2], replace(BANK.items[2], key=(year,))))
        dated, package = release(bank, lock, FIRST + 3_600)
        lock = dated.lock
        anki.import_bytes(package)
        assert year in anki.sides()["b", 1][1]
