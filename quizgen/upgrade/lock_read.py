"""Reading a lock file. A program writes it and people merge it, so every mistake is told with its place."""

from __future__ import annotations

import datetime
import re
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import Field, PlainValidator, ValidationError

from quizgen.facts import yaml_file
from quizgen.facts.explain import schema_problems
from quizgen.facts.schema import Id, Record, many
from quizgen.upgrade.edition import Card, Edition, Note, NoteType
from quizgen.upgrade.lock import Kept, Lock

if TYPE_CHECKING:
    from pathlib import Path

    from quizgen.base.problems import Problem
    from quizgen.facts.yaml_file import Document


def _seconds(raw: object) -> int:
    if not isinstance(raw, str) or not re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", raw):
        raise ValueError("expected a time such as 2026-11-22T09:30:00Z")
    return int(datetime.datetime.fromisoformat(raw).timestamp())


def _card(raw: object) -> tuple[int, Card]:
    match = re.fullmatch(r"([1-9]\d?) ([0-9a-f]{8}) ([0-9a-f]{8})", raw if isinstance(raw, str) else "")
    if match is None:
        raise ValueError("expected a slot and two digests, as in '1 0a1b2c3d 4e5f6071'")
    return int(match[1]), Card(match[2], match[3])


_Number = Annotated[str, Field(pattern=r"^[0-9]{1,4}$")]
_Time = Annotated[int, PlainValidator(_seconds)]
_Card = Annotated[Any, PlainValidator(_card)]


class _Named(Record):
    id: int = Field(description="the number that Anki knows it by")
    name: str = Field(description="its name")


class _DeckRecord(Record):
    id: Id = Field(description="the deck's id")
    revision: str = Field(description="the recipe's revision")
    anki: int = Field(description="the deck's number in Anki")


class _NoteTypeRecord(Record):
    id: int = Field(description="the number that Anki knows it by")
    modified: _Time = Field(description="when it changed last")
    digest: str = Field(description="a digest of its fields, templates and style")
    fields: many(_Named) = Field(description="its fields in order")  # type: ignore[valid-type]
    templates: many(_Named) = Field(description="its card templates in order")  # type: ignore[valid-type]


class _NoteRecord(Record):
    guid: str = Field(description="what Anki knows the note by")
    modified: _Time = Field(description="when its content changed last")
    topic: str = Field(description="its topic")
    digest: str = Field(description="a digest of its content")
    cards: many(_Card) = Field(description="each card's slot, and digests of its question and answer")  # type: ignore[valid-type]


class _RetiredRecord(_NoteRecord):
    tags: many(str) = Field(description="its last tags")  # type: ignore[valid-type]
    fields: dict[_Number, str] = Field(description="its last words by field number")


class _LockFile(Record):
    format: Literal["quizgen/lock@1"] = Field(description="the file's format")
    deck: _DeckRecord = Field(description="the deck")
    decks: dict[str, str] = Field(description="the names of the deck and its subdecks, by topic")
    note_type: _NoteTypeRecord = Field(description="the note type")
    notes: dict[str, _NoteRecord] = Field({}, description="the notes by id")
    retired: dict[str, _RetiredRecord] = Field({}, description="notes of facts that are gone, by id")
    dropped: dict[str, _Time] = Field({}, description="when notes that are shipped no longer changed last")


def read(path: Path) -> tuple[Lock | None, Document | None, list[Problem]]:
    """The lock at `path` and the document for places in it; three times nothing where there is no file."""
    if not path.exists():
        return None, None, []
    document, problems = yaml_file.load(path, str(path))
    if document is None or problems:
        return None, document, problems
    try:
        record = _LockFile.model_validate(document.data)
    except ValidationError as error:
        return None, document, schema_problems(error, _LockFile, document, ())
    return _lock(record), document, []


def _lock(record: _LockFile) -> Lock:
    note_type = NoteType(
        record.note_type.id,
        record.note_type.modified,
        record.note_type.digest,
        {entry.id: entry.name for entry in record.note_type.fields},
        {entry.id: entry.name for entry in record.note_type.templates},
    )
    notes = {name: _note(name, found) for name, found in record.notes.items()}
    notes |= {name: _note(name, found, retired=True) for name, found in record.retired.items()}
    edition = Edition(
        id=record.deck.id,
        revision=record.deck.revision,
        number=record.deck.anki,
        decks=record.decks,
        note_type=note_type,
        notes=notes,
    )
    kept = {
        name: Kept({int(number): words for number, words in found.fields.items()}, found.tags)
        for name, found in record.retired.items()
    }
    return Lock(edition, kept, record.dropped)


def _note(name: str, record: _NoteRecord, *, retired: bool = False) -> Note:
    return Note(
        id=name,
        guid=record.guid,
        modified=record.modified,
        topic=record.topic,
        digest=record.digest,
        cards=dict(record.cards),
        retired=retired,
    )
