"""The `.apkg` as a file: its bytes, what is in it, and what is left behind (nothing)."""

from __future__ import annotations

import io
import os
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.export.anki_faces import UnfitItemError
from quizgen.export.anki_file import apkg, guid
from quizgen.export.anki_notes import notes_of
from quizgen.items.item import Bank, ItemType
from tests import banks

ROOT = Path(__file__).parent.parent
DIGEST = """
import hashlib
from quizgen.export import EXPORTERS
from tests import banks
for form in EXPORTERS:
    for bank in (banks.one_of_each(), banks.hostile()):
        print(form, hashlib.sha256(EXPORTERS[form](bank)).hexdigest())
"""


def _digests(seed: str, zone: str) -> str:
    environment = os.environ | {"PYTHONHASHSEED": seed, "TZ": zone}
    done = subprocess.run(
        [sys.executable, "-c", DIGEST], cwd=ROOT, env=environment, capture_output=True, text=True, check=True
    )
    return done.stdout


def test_the_same_bank_gives_the_same_bytes_everywhere() -> None:
    """Separate processes, with other hash seeds and in other time zones, write byte-identical files."""
    assert _digests("1", "Asia/Seoul") == _digests("4711", "America/Lima")


def _collection(package: bytes, folder: Path) -> Path:
    path = folder / "collection.anki2"
    path.write_bytes(zipfile.ZipFile(io.BytesIO(package)).read("collection.anki2"))
    return path


def test_the_database_is_sound_and_names_no_library(tmp_path: Path) -> None:
    """SQLite finds the database intact, nothing in it to tidy, and no version of what wrote it.

    See https://sqlite.org/fileformat.html#write_library_version_number_and_version_valid_for_number.
    """
    data = _collection(apkg(banks.many(200)), tmp_path).read_bytes()
    assert data[96:100] == bytes(4)
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.deserialize(data)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.execute("VACUUM")
        assert connection.serialize()[100:] == data[100:]


def test_the_zip_tells_nothing_of_when_and_where() -> None:
    """The package's members are compressed, in a fixed order, and carry neither date nor system."""
    members = zipfile.ZipFile(io.BytesIO(apkg(banks.one_of_each()))).infolist()
    assert [member.filename for member in members] == ["collection.anki2", "media"]
    assert {member.date_time for member in members} == {(1980, 1, 1, 0, 0, 0)}
    assert {member.create_system for member in members} == {3}
    assert members[0].compress_size * 5 < members[0].file_size


def test_nothing_is_left_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Making a package touches no file, not even a temporary one."""
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    monkeypatch.setattr("tempfile.tempdir", None)
    monkeypatch.chdir(tmp_path)
    apkg(banks.one_of_each())
    assert list(tmp_path.iterdir()) == []


def test_guids_come_from_ids_alone(tmp_path: Path) -> None:
    """A note's GUID is the one that learners have: these very letters, whatever the wording."""
    assert guid("tea", "treaty") == "vi4cITm!GG"
    bank = banks.one_of_each()
    reworded = replace(bank, items=tuple(replace(item, stem=item.stem + " [...]?") for item in bank.items))
    rows = []
    for made in (bank, reworded):
        with closing(sqlite3.connect(_collection(apkg(made), tmp_path))) as connection:
            rows.append(connection.execute("SELECT id, guid, mid FROM notes").fetchall())
    assert rows[0] == rows[1]
    assert guid("tea", "treaty") in {row[1] for row in rows[0]}


def test_the_time_of_a_note_is_its_decks_revision(tmp_path: Path) -> None:
    """Notes and cards are dated by the deck's revision, midnight UTC, and never by the clock."""
    with closing(sqlite3.connect(_collection(apkg(banks.one_of_each()), tmp_path))) as connection:
        assert connection.execute("SELECT DISTINCT mod FROM notes").fetchall() == [(1_795_305_600,)]
        assert connection.execute("SELECT DISTINCT mod FROM cards").fetchall() == [(1_795_305_600,)]
        assert connection.execute("SELECT max(id) < 1795305600000 FROM cards").fetchone() == (1,)


@pytest.mark.parametrize("slot", [0, 9, 1])
def test_an_impossible_slot_is_refused(slot: int) -> None:
    """An item whose slot is none of 1 to 8, or taken by a sibling, makes no deck."""
    bank = Bank(banks.DECK, (banks.item("a/one"), banks.item("a/two", slot=slot)))
    with pytest.raises(
        UnfitItemError, match=rf"^a/two: slot {slot} of note 'a' is taken, or none of 1 to 8$"
    ):
        notes_of(bank)


def test_an_item_that_contradicts_itself_is_refused() -> None:
    """A cloze that lacks a blank, or a match that lacks an answer, makes no deck."""
    cloze = banks.item("a/cloze", ItemType.CLOZE, stem="Only [...].", key=("one", "two"))
    with pytest.raises(UnfitItemError, match=r"^a/cloze: 1 blanks for 2 hidden texts$"):
        notes_of(Bank(banks.DECK, (cloze,)))
    match = banks.item("a/match", ItemType.MATCH, prompts=("x", "y"), key=("1",))
    with pytest.raises(UnfitItemError, match=r"^a/match: 2 prompts for 1 answers$"):
        notes_of(Bank(banks.DECK, (match,)))


def test_a_bank_of_nothing_is_still_a_package(tmp_path: Path) -> None:
    """A bank without items gives a whole package, with a note type and no note."""
    with closing(sqlite3.connect(_collection(apkg(Bank(banks.DECK, ())), tmp_path))) as connection:
        assert connection.execute("SELECT count(*) FROM notes").fetchone() == (0,)
        assert "Question 8" in connection.execute("SELECT models FROM col").fetchone()[0]
