"""The times of notes: each advances with its note's content, and with nothing else.

Anki's import takes a note only if it is newer than the learner's, and then takes it whole: a learner's own
tags and personal notes on it are lost. So a note that did not change must keep its time, and one that did
must be newer than every edition before it, and than whatever the learner did to it before the build.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from quizgen.export import anki_file
from quizgen.export.anki_note_type import FIELDS
from quizgen.upgrade.edition import RETIRED, Edition, Note, NoteType, cards, content_digest, digest
from quizgen.upgrade.lock import Kept, Lock

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

    from quizgen.export.anki_notes import AnkiNote
    from quizgen.items.item import Deck


@dataclass(frozen=True, slots=True)
class Times:
    """When a build is made, in seconds since 1970, UTC: the beginning of its `day`, and its `moment`.

    What no learner has yet is dated by the day, so that builds of one day give the same bytes. What has
    changed is dated by the moment: a learner who marked a mistake this morning must get this afternoon's
    correction.
    """

    day: int
    moment: int


@dataclass(frozen=True, slots=True)
class Dated:
    """A build's notes with their times, and the lock that records them.

    `missing` are ids of notes whose facts are gone and whose last words were not found: they cannot be
    shipped as retired, and stay in the lock until they can, or are dropped.
    """

    notes: tuple[AnkiNote, ...]
    lock: Lock
    missing: tuple[str, ...]

    @property
    def edition(self) -> Edition:
        """What learners have once they have imported the build."""
        edition = self.lock.edition
        gone = set(self.missing)
        return replace(edition, notes={k: note for k, note in edition.notes.items() if k not in gone})


def date(  # noqa: PLR0913  what a build hangs on, each named
    deck: Deck,
    made: Sequence[AnkiNote],
    lock: Lock | None,
    times: Times,
    *,
    drop: Collection[str] = (),
    last_words: Mapping[str, Kept] | None = None,
) -> Dated:
    """Give each note its time, retire the notes whose facts are gone, and record all of it."""
    known = {} if lock is None else dict(lock.edition.notes)
    kept = {} if lock is None else dict(lock.kept)
    dropped = {} if lock is None else dict(lock.dropped)
    last_words = last_words or {}
    writer = _Writer(deck, known, dropped, times)
    for note in made:
        writer.add(note)
        kept.pop(note.id, None)
        dropped.pop(note.id, None)
    missing = []
    for name in sorted(known.keys() - {note.id for note in made}):
        words = kept.get(name) or last_words.get(known[name].guid)
        if name in drop:
            dropped[name] = known[name].modified
            kept.pop(name, None)
        elif words is None:
            missing.append(name)
            writer.recorded[name] = known[name]
        else:
            kept[name] = words
            writer.add(_retired(known[name], words))
    edition = Edition(
        id=deck.id,
        revision=deck.revision,
        number=deck.anki.deck,
        decks=anki_file.deck_names(deck),
        note_type=note_type(deck, None if lock is None else lock.edition.note_type, times),
        notes=writer.recorded,
    )
    return Dated(tuple(writer.notes), Lock(edition, kept, dropped), tuple(missing))


class _Writer:
    """Dates notes one by one, and records them."""

    def __init__(
        self, deck: Deck, known: Mapping[str, Note], dropped: Mapping[str, int], times: Times
    ) -> None:
        self.deck, self.known, self.dropped, self.times = deck, known, dropped, times
        self.notes: list[AnkiNote] = []
        self.recorded: dict[str, Note] = {}

    def add(self, note: AnkiNote) -> None:
        fields = dict(zip(FIELDS, note.fields, strict=True))
        content = content_digest(fields, note.tags)
        before = self.known.get(note.id)
        if before is None:
            last = self.dropped.get(note.id)
            modified = self.times.day if last is None else _later(last, self.times)
        elif before.digest == content:
            modified = before.modified
        else:
            modified = _later(before.modified, self.times)
        self.notes.append(replace(note, modified=modified))
        self.recorded[note.id] = Note(
            id=note.id,
            guid=anki_file.guid(self.deck.id, note.id),
            modified=modified,
            topic=note.topic,
            digest=content,
            cards=cards(fields),
            retired=note.retired,
        )


def _later(last: int, times: Times) -> int:
    """The time of what has changed: the build's, and newer than the last in any case."""
    return max(last + 1, times.moment)


def _retired(note: Note, words: Kept) -> AnkiNote:
    from quizgen.export.anki_notes import AnkiNote

    return AnkiNote(
        id=note.id,
        topic=note.topic,
        fields=tuple(words.fields.get(number, "") for number in FIELDS.values()),
        tags=(*(tag for tag in words.tags if tag != RETIRED), RETIRED),
        position=0,
        modified=note.modified,
        retired=True,
    )


def last_words(fields: Mapping[str, str], tags: Sequence[str]) -> Kept:
    """What is kept of a note when its fact goes. Its stamp isn't: that follows from the rest."""
    numbered = {FIELDS[name]: value for name, value in fields.items() if name in FIELDS and name != "Stamp"}
    return Kept(numbered, tuple(tags))


def note_type(deck: Deck, before: NoteType | None, times: Times) -> NoteType:
    """The deck's note type with its time: that of the build where anything of it changed."""
    made = anki_file.note_type(deck)
    content = digest(made)
    if before is None or before.id != deck.anki.note_type:
        modified = times.day
    elif before.digest == content:
        modified = before.modified
    else:
        modified = _later(before.modified, times)
    return NoteType(
        deck.anki.note_type,
        modified,
        content,
        {field["id"]: field["name"] for field in made["flds"]},
        {template["id"]: template["name"] for template in made["tmpls"]},
    )
