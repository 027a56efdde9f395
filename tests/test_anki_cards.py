"""What a learner can do with a deck's cards in Anki: type answers, have both decks, sync and repair."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from quizgen.cli.common import bank_for
from quizgen.export.anki_note_type import FIELDS
from quizgen.export.anki_notes import cards_of, note_id, notes_of
from quizgen.items.item import Bank, ItemType
from tests import banks
from tests.anki_desk import Desk, desk, read

if TYPE_CHECKING:
    from anki.sync import SyncAuth


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "learner") as opened:
        yield opened


def raw_sides(opened: Desk) -> dict[tuple[str, int], tuple[str, str]]:
    """The sides as Anki's templates give them, before its window puts a box for typing in."""
    return {
        name: (card.question(reload=True), card.answer()) for name, card in sorted(opened.cards().items())
    }


def wish_to_type(opened: Desk) -> None:
    """Fill the learner's field on every note, as Find and Replace does."""
    numbers = opened.col.find_notes("")
    changed = opened.col.find_and_replace(
        note_ids=numbers, search="^$", replacement="yes", regex=True, field_name="Typing"
    )
    assert changed.count == len(numbers)


def test_nobody_types_who_has_not_chosen_to(anki: Desk) -> None:
    """Recall is the default: no side of a fresh deck asks for typing."""
    anki.import_bank(banks.one_of_each())
    assert not [name for name, sides in raw_sides(anki).items() if "[[type:" in "".join(sides)]


def test_whoever_fills_one_field_types(anki: Desk) -> None:
    """With the field filled, each card whose answer is words has a box on both sides, and no other has."""
    bank = banks.one_of_each()
    anki.import_bank(bank)
    before = anki.scheduling()
    wish_to_type(anki)
    assert anki.scheduling() == before
    words = {
        (note_id(item), item.slot) for item in cards_of(bank) if item.type in (ItemType.TYPED, ItemType.CLOZE)
    }
    assert words
    for name, sides in raw_sides(anki).items():
        for side in sides:
            assert side.count(f"[[type:nc:Key {name[1]}]]") == (name in words), name
    assert not anki.col.get_empty_cards().notes


def test_the_right_answer_typed_is_right(anki: Desk) -> None:
    """Anki finds nothing to mark in the key, typed letter by letter: in shipped facts and in hostile ones."""
    for bank in (bank_for("japan-korea"), banks.hostile()):
        anki.import_bank(bank)
        notes = {note["Id"]: note for note in map(anki.col.get_note, anki.col.find_notes(""))}
        compared = 0
        for item in cards_of(bank):
            key = notes[note_id(item)][f"Key {item.slot}"]
            if item.type not in (ItemType.TYPED, ItemType.CLOZE):
                assert not key
                continue
            assert "\n" not in key
            right = read(key).text
            shown = anki.col.compare_answer(key, right, combining=False)
            assert "typeBad" not in shown, (item.id, shown)
            assert "typeMissed" not in shown, (item.id, shown)
            assert "typeGood" in shown
            compared += 1
        assert compared


def test_the_choice_to_type_outlasts_an_update_that_changes_nothing(anki: Desk) -> None:
    """The field stays filled on every note that an update does not replace."""
    anki.import_bank(banks.one_of_each())
    wish_to_type(anki)
    log = anki.import_bank(banks.one_of_each())
    assert len(log.duplicate) == 4
    assert {anki.col.get_note(number)["Typing"] for number in anki.col.find_notes("")} == {"yes"}


def test_both_shipped_decks_live_side_by_side(anki: Desk) -> None:
    """Recall and exam are two decks of whole notes; importing either again changes nothing of the other."""
    recall, exam = bank_for("japan-korea"), bank_for("japan-korea-exam")
    for bank in (recall, exam):
        log = anki.import_bank(bank)
        assert len(log.new) == len(notes_of(bank))
        assert not (log.conflicting or log.updated or log.duplicate or log.first_field_match)
    assert anki.col.card_count() == len(cards_of(recall)) + len(cards_of(exam))
    for bank in (recall, exam):
        assert len(anki.col.find_cards(f'deck:"{bank.deck.name}"')) == len(cards_of(bank))
    for bank in (recall, exam):
        log = anki.import_bank(bank)
        assert len(log.duplicate) == len(notes_of(bank))
        assert not (log.conflicting or log.updated or log.new)


def test_recall_asks_for_words_and_exam_offers_options() -> None:
    """No card of the recall deck can be answered by choosing, and none of the exam deck without."""
    chosen = {ItemType.CHOICE, ItemType.MULTI, ItemType.BOOLEAN, ItemType.MATCH}
    assert {item.type for item in cards_of(bank_for("japan-korea"))} == set(ItemType) - chosen
    assert {item.type for item in cards_of(bank_for("japan-korea-exam"))} == chosen


def test_an_exam_is_at_most_a_tenth_true_or_false() -> None:
    """True-or-false tells least, and item-writing guides allow a tenth of it."""
    cards = cards_of(bank_for("japan-korea-exam"))
    assert 0 < sum(item.type is ItemType.BOOLEAN for item in cards) <= len(cards) / 10


@pytest.mark.parametrize(
    "text",
    ["{{c1::" * 40 + "{{#Id}} {{/Id}} {{^Key 1}}", "<div><b><svg><script>alert(1)", "x" * 1_000_000],
    ids=["braces", "markup", "megabyte"],
)
def test_bad_text_is_a_card_like_any_other(anki: Desk, text: str) -> None:
    """Unbalanced braces, broken markup and a megabyte show as the text they are, and break no card."""
    bad = banks.item("bad/typed", stem=text, key=(text,), explanation=text, attributed_to=text)
    good = banks.item("good/typed")
    log = anki.import_bank(Bank(banks.DECK, (bad, good)))
    assert len(log.new) == 2
    front, back = anki.sides()["bad", 1]
    assert text in read(front).text
    assert read(back).text.count(text) >= 4
    assert anki.sides()["good", 1][0].count("<div") == front.count("<div")
    assert not anki.col.get_empty_cards().notes
    assert anki.col.fix_integrity()[1]


# Sync, against Anki's own server on this machine.


@contextmanager
def sync_server(folder: Path) -> Iterator[str]:
    """Anki's own sync server, and its address."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port = taken.getsockname()[1]
    environment = os.environ | {
        "SYNC_USER1": "learner:secret",
        "SYNC_BASE": str(folder),
        "SYNC_HOST": "127.0.0.1",
        "SYNC_PORT": str(port),
        "RUST_LOG": "error",
    }
    server = subprocess.Popen([sys.executable, "-m", "anki.syncserver"], env=environment)
    try:
        for _ in range(300):
            with socket.socket() as knock:
                if knock.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.1)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait()


def whole_sync(opened: Desk, auth: SyncAuth, *, upload: bool) -> None:
    """The first sync of a collection, which sends or fetches all of it."""
    opened.col.close_for_full_sync()
    opened.col.full_upload_or_download(auth=auth, server_usn=None, upload=upload)
    opened.col.reopen(after_full_sync=True)


def fields_of(opened: Desk) -> dict[str, tuple[str, ...]]:
    """Each note's fields, without the learner's own."""
    notes = map(opened.col.get_note, opened.col.find_notes(""))
    return {note["Id"]: tuple(value for name, value in note.items() if name != "My notes") for note in notes}


def test_pictures_come_through_sync_and_repair_whole(anki: Desk, tmp_path: Path) -> None:
    """All fields, SVG too, reach a second computer, come back with an edit, and outlast a repair."""
    bank = bank_for("japan-korea")
    anki.import_bank(bank)
    given = fields_of(anki)
    place = list(FIELDS).index("Timeline")
    pictures = {note.id: note.fields[place] for note in notes_of(bank) if note.fields[place]}
    found = {note["Id"]: note["Timeline"] for note in map(anki.col.get_note, anki.col.find_notes("svg"))}
    assert found == pictures
    with sync_server(tmp_path / "server") as address, desk(tmp_path / "phone") as phone:
        here = anki.col.sync_login("learner", "secret", address)
        whole_sync(anki, here, upload=True)
        there = phone.col.sync_login("learner", "secret", address)
        whole_sync(phone, there, upload=False)
        assert fields_of(phone) == given
        for number in phone.col.find_notes(""):
            note = phone.col.get_note(number)
            note["My notes"] = "from the phone"
            phone.col.update_note(note)
        phone.col.sync_collection(there, sync_media=False)
        anki.col.sync_collection(here, sync_media=False)
    mine = {note["My notes"] for note in map(anki.col.get_note, anki.col.find_notes(""))}
    assert mine == {"from the phone"}
    assert fields_of(anki) == given
    assert anki.col.fix_integrity()[1]
    assert fields_of(anki) == given


def test_a_word_of_the_learner_s_stands_below_the_answer(anki: Desk) -> None:
    """A filled field of notes shows on the answer side as it was written; an empty one leaves no trace."""
    anki.import_bank(banks.one_of_each())
    assert not [back for _, back in anki.sides().values() if "My notes" in back]
    note = anki.cards()["cup", 1].note()
    note["My notes"] = "see <b>page 3</b>"
    anki.col.update_note(note)
    front, back = anki.sides()["cup", 1]
    assert "see <b>page 3</b>" in back
    assert "page 3" not in front


def test_every_answer_says_how_to_report_a_mistake(anki: Desk) -> None:
    """The fact's id stands on every answer side, and on no question."""
    anki.import_bank(banks.one_of_each())
    for (name, _), (front, back) in anki.sides().items():
        assert f"A mistake? Name {name} when you report it." in read(back).text
        assert "mistake" not in read(front).text


def test_the_same_words_are_not_said_twice(anki: Desk) -> None:
    """Where a filled cloze is the explanation's first sentence, that is marked to be hidden on its card."""
    told = "The treaty of the leaf was signed in 2016."
    bank = banks.one_of_each()
    items = tuple(replace(item, explanation=f"{told} It was in Kyoto.") for item in bank.items[:3])
    anki.import_bank(replace(bank, items=items))
    sides = anki.sides()
    assert f'<span class="told">{told}</span> It was in Kyoto.' in sides["treaty", 3][1]
    assert 'class="cloze whole"' in sides["treaty", 3][1]
    assert "whole" not in sides["treaty", 2][1]
