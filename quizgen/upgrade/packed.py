"""The edition that a built package is: what learners have who imported it."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from quizgen.export.anki_file import guid
from quizgen.export.anki_read import UnfitPackageError, read
from quizgen.upgrade.edition import RETIRED, Edition, Note, NoteType, cards, content_digest, digest

if TYPE_CHECKING:
    from quizgen.export.anki_read import PackedNote


def edition(data: bytes) -> Edition:
    """The edition in a package's bytes. Raises UnfitPackageError where it is no deck of quizgen's."""
    package = read(data)
    model = package.note_type
    deck = next((name for note in package.notes if (name := _deck(note))), "")
    if package.notes and not deck:
        raise UnfitPackageError("its notes carry no ids of quizgen's")
    parts = {name: value for name, value in model.items() if name != "mod"}
    note_type = NoteType(
        int(model["id"]),
        int(model["mod"]),
        digest(parts),
        {field.get("id", place): field["name"] for place, field in enumerate(model["flds"])},
        {made.get("id", place): made["name"] for place, made in enumerate(model["tmpls"])},
    )
    return Edition(
        id=deck,
        revision="",
        number=0,
        decks={"": min(package.decks, key=len, default="")},
        note_type=note_type,
        notes={note.id: note for note in (_note(packed, deck) for packed in package.notes)},
    )


def _deck(note: PackedNote) -> str | None:
    """The deck's id: the root of that tag from which, with the note's id, its GUID is made."""
    name = html.unescape(note.fields.get("Id", ""))
    return next((root for tag in note.tags if guid(root := tag.partition("::")[0], name) == note.guid), None)


def _note(note: PackedNote, deck: str) -> Note:
    topic = next((tag.partition("::")[2] for tag in note.tags if tag.startswith(f"{deck}::")), "")
    return Note(
        id=html.unescape(note.fields.get("Id", "")),
        guid=note.guid,
        modified=note.modified,
        topic=topic,
        digest=content_digest(note.fields, note.tags),
        cards=cards(note.fields),
        retired=RETIRED in note.tags,
    )
