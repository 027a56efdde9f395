"""What an `.apkg` file holds, read without Anki: the notes that learners of an earlier build have.

The file may come from anywhere. Nothing of it is run, its size is bounded, and whatever is not as quizgen
writes it is refused.
"""

from __future__ import annotations

import io
import json
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from quizgen.base.errors import QuizgenError
from quizgen.export import anki_note_type

if TYPE_CHECKING:
    from collections.abc import Mapping

MOST_BYTES = 512 * 1024 * 1024
_STEPS = 1_000  # of SQLite's machine between two looks at whether it has done too many
_MOST_LOOKS = 20_000  # a deck of 10,000 notes takes a few hundred
_NEWER = "collection.anki21b"  # compressed by Zstandard, beside a stub for older programs
_COLLECTIONS = ("collection.anki21", "collection.anki2")


class UnfitPackageError(QuizgenError):
    """A file that is no Anki package, or none that quizgen can read."""


@dataclass(frozen=True, slots=True)
class PackedNote:
    """A note in a package: its fields that are not empty by name, and when it changed last, in seconds."""

    guid: str
    fields: Mapping[str, str]
    tags: tuple[str, ...]
    modified: int


@dataclass(frozen=True, slots=True)
class Package:
    """A package: its note type as Anki keeps it, the names of its decks, and its notes."""

    note_type: Mapping[str, Any]
    decks: tuple[str, ...]
    notes: tuple[PackedNote, ...]


def read(data: bytes) -> Package:
    """What the package holds. Raises UnfitPackageError where it is none, or not of one note type of ours."""
    try:
        with closing(sqlite3.connect(":memory:")) as connection:
            connection.deserialize(_collection(data))
            connection.execute("PRAGMA trusted_schema = OFF")
            _bound(connection)
            return _contents(connection)
    except (sqlite3.Error, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UnfitPackageError(
            "the collection in this package is damaged, or no deck of quizgen's"
        ) from error


def _collection(data: bytes) -> bytes:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            names = package.namelist()
            if _NEWER in names:
                raise UnfitPackageError(
                    "this package is in Anki's newest format: export it with support for older versions"
                )
            name = next((name for name in _COLLECTIONS if name in names), None)
            if name is None:
                raise UnfitPackageError("this file holds no Anki collection")
            if package.getinfo(name).file_size > MOST_BYTES:
                raise UnfitPackageError(f"the collection has more than {MOST_BYTES:,} bytes")
            return package.read(name)
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise UnfitPackageError("this is no Anki package, or a damaged one") from error


def _bound(connection: sqlite3.Connection) -> None:
    """Let no query go on for ever: a damaged or hostile database can ask for that."""
    looks = iter(range(_MOST_LOOKS))
    connection.set_progress_handler(lambda: next(looks, None) is None, _STEPS)


def _contents(connection: sqlite3.Connection) -> Package:
    models, decks = map(json.loads, connection.execute("SELECT models, decks FROM col").fetchone())
    now = {field["id"]: field["name"] for field in anki_note_type.fields()}
    (model,) = (model for model in models.values() if model["flds"][0].get("id") in now)
    # By the name that a field's number has now: a spare field may have got one since.
    names = [now.get(field.get("id"), field["name"]) for field in model["flds"]]
    rows = connection.execute("SELECT guid, flds, tags, mod FROM notes WHERE mid = ?", (int(model["id"]),))
    notes = []
    for guid, fields, tags, modified in rows:
        values = zip(names, fields.split("\x1f"), strict=True)
        filled = {name: value for name, value in values if value}
        notes.append(PackedNote(str(guid), filled, tuple(tags.split()), int(modified)))
    used = {str(did) for (did,) in connection.execute("SELECT DISTINCT did FROM cards")}
    return Package(model, tuple(decks[did]["name"] for did in sorted(used)), tuple(notes))
