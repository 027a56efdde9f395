"""Notes made into an `.apkg` file: the only module that knows genanki, SQLite and zip.

The same bank gives the same bytes, in any process and at any time. A database in memory helps: only one on
disk gets the version number of the SQLite library that wrote it, and a build that is killed leaves no file
behind. What cannot be held is zlib: another implementation of deflate (zlib-ng) may pack the same collection
into other bytes.
"""

from __future__ import annotations

import io
import itertools
import sqlite3
import zipfile
from contextlib import closing
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import genanki

from quizgen.base.text import visible
from quizgen.export import anki_note_type, anki_stamp
from quizgen.export.anki_notes import notes_of, seconds
from quizgen.export.deck_page import description

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizgen.export.anki_notes import AnkiNote
    from quizgen.export.anki_stamp import Face
    from quizgen.items.item import Bank, Deck

_DAY = 86_400
_BETWEEN_DECKS = 1 << 31  # more than any recipe's number, so that no subdeck takes another deck's
_LEVEL = 6  # of deflate: level 9 saves half a percent more, and takes three times as long
_ZIP_EPOCH = (1980, 1, 1, 0, 0, 0)  # the earliest date that a zip file can name


def apkg(bank: Bank) -> bytes:
    """The bank as an Anki package, every note dated by the deck's revision.

    Raises UnfitItemError where no right card can be made of an item.
    """
    return package(bank, notes_of(bank), seconds(bank.deck.revision))


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """A note type as a learner has it: its fields and card templates, renamed and added ones too.

    `names` has its name of each of the deck's fields.
    """

    fields: Sequence[str]
    names: Mapping[str, str]
    cards: Mapping[str, Face]
    css: str


def package(bank: Bank, notes: Iterable[AnkiNote], type_modified: int, shape: Shape | None = None) -> bytes:
    """Notes of the bank's deck as a package. `type_modified` is when the note type changed last, in seconds.

    Anki's import takes a note, and the note type, only if it is newer than what the learner has. Given a
    `shape`, the package has the learner's own note type: Anki before 26.09 would make a second one where the
    deck's has other fields or cards.
    """
    return _zipped({"collection.anki2": _collection(bank, notes, type_modified, shape), "media": b"{}"})


def guid(deck_id: str, note_id: str) -> str:
    """What Anki knows a note by. It is made of ids alone, so that no correction of wording loses a review."""
    return str(genanki.guid_for(deck_id, note_id))


def note_type(deck: Deck) -> dict[str, Any]:
    """All that makes the deck's note type, as Anki keeps it, without its time."""
    made: dict[str, Any] = _model(deck).to_json(0, deck.anki.deck)
    return {name: value for name, value in made.items() if name != "mod"}


def deck_names(deck: Deck) -> dict[str, str]:
    """What the deck is called, under "", and its subdecks by their topics where the recipe asks for them."""
    names = {"": visible(deck.name)}
    if deck.subdecks:
        names |= {
            topic.id: f"{names['']}::{visible(topic.name).replace('::', ': ')}" for topic in deck.topics
        }
    return names


def _collection(bank: Bank, notes: Iterable[AnkiNote], type_modified: int, shape: Shape | None) -> bytes:
    """Anki's collection, as the bytes of a SQLite file."""
    deck = bank.deck
    model = _model(deck) if shape is None else _shaped(deck, shape)
    places = _places(shape)
    decks = _decks(deck, description(bank))
    decks[""].add_model(model)
    ids = itertools.count(_first_id(deck))
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.execute("PRAGMA page_size = 4096")
        cursor = connection.cursor()
        genanki.Package(list(decks.values())).write_to_db(cursor, type_modified, ids)
        for note in notes:
            # Written one by one, because genanki's deck would give all notes one time.
            given = anki_stamp.stamped(note).fields
            made = genanki.Note(
                model=model,
                fields=[given[place] if place >= 0 else "" for place in places],
                tags=note.tags,
                guid=guid(deck.id, note.id),
                due=note.position,
            )
            if note.retired:
                made.cards = []
            made.write_to_db(cursor, note.modified, decks.get(note.topic, decks[""]).deck_id, ids)
        connection.commit()
        # Puts the pages in order, whatever order they were filled in: the package gets a tenth smaller.
        connection.execute("VACUUM")
        return connection.serialize()


def _decks(deck: Deck, about: str) -> dict[str, Any]:
    """The deck and its subdecks by topic. Anki goes by their names, and gives them numbers of its own."""
    return {
        topic: genanki.Deck(deck.anki.deck + place * _BETWEEN_DECKS, name, about if topic == "" else "")
        for place, (topic, name) in enumerate(deck_names(deck).items())
    }


def _model(deck: Deck) -> Any:
    templates = anki_note_type.templates()
    return genanki.Model(
        deck.anki.note_type,
        f"{visible(deck.name)} (quizgen)",
        fields=anki_note_type.fields(),
        templates=templates,
        css=anki_stamp.marked(anki_note_type.style(), [*anki_stamp.faces(templates).values()]),
        sort_field_index=anki_note_type.SORT_FIELD,
    )


def _places(shape: Shape | None) -> list[int]:
    """For each field of the note type, where a note of the deck's has it; -1 for a learner's own."""
    ours = list(anki_note_type.FIELDS)
    if shape is None:
        return list(range(len(ours)))
    known = {theirs: ours.index(name) for name, theirs in shape.names.items()}
    return [known.get(name, -1) for name in shape.fields]


def _shaped(deck: Deck, shape: Shape) -> Any:
    """The note type as the learner has it, with the deck's numbers where it has any."""
    fields, templates = anki_note_type.fields(), {made["name"]: made for made in anki_note_type.templates()}
    return genanki.Model(
        deck.anki.note_type,
        f"{visible(deck.name)} (quizgen)",
        fields=[
            (fields[place] if place >= 0 else {}) | {"name": name}
            for place, name in zip(_places(shape), shape.fields, strict=True)
        ],
        templates=[
            templates.get(name, {}) | {"name": name, "qfmt": front, "afmt": back}
            for name, (front, back) in shape.cards.items()
        ],
        css=shape.css,
        sort_field_index=shape.fields.index(shape.names["Sort"]),
    )


def _first_id(deck: Deck) -> int:
    """Where the ids of notes and cards begin, in milliseconds since 1970: Anki shows them as "created".

    Anki finds a known note by its GUID and moves a new one whose id is taken, so a clash costs nothing but
    the move. Each deck begins at a moment of its own in the day before its revision: clashes are rare, and no
    note seems to come from the future.
    """
    return (seconds(deck.revision) - _DAY) * 1000 + deck.anki.deck % (_DAY * 1000 // 2)


def _zipped(members: dict[str, bytes]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_LEVEL) as package:
        for name, data in members.items():
            member = zipfile.ZipInfo(name, _ZIP_EPOCH)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 3  # or it would say which system made it
            package.writestr(member, data, compresslevel=_LEVEL)
    return buffer.getvalue()
