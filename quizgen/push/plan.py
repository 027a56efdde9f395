"""What a push would change on the notes that Anki holds: a comparison of three, and no more than that.

For each field there is what the deck gives now, what Anki holds, and (by the note's stamp) what the deck gave
before. Where Anki holds what was given, the deck's new text is written. Where it holds something else, a
learner has written it: it stays, unless the deck has changed that very field since, because then the deck
corrects something that the learner's text may still say wrong.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.export import anki_stamp
from quizgen.export.anki_note_type import FIELDS
from quizgen.export.html import text

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizgen.export.anki_notes import AnkiNote

RETIRED = "quizgen::retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A note that Anki holds: its number there, its fields by the deck's names for them, its tags."""

    number: int
    fields: Mapping[str, str]
    tags: frozenset[str]

    @property
    def stamp(self) -> anki_stamp.Stamp | None:
        """What the deck last gave to it."""
        return anki_stamp.read(self.fields[anki_stamp.FIELD])


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What is to be done to one note.

    `kept` are the fields in which a learner's own words stay, `replaced` those in which a correction takes
    their place.
    """

    id: str
    number: int
    fields: Mapping[str, str]
    add: tuple[str, ...]
    remove: tuple[str, ...]
    kept: tuple[str, ...] = ()
    replaced: tuple[str, ...] = ()

    @property
    def needed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.fields or self.add or self.remove)


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What is to be done to all notes. `kept` has a learner's own fields by the note's id."""

    new: tuple[AnkiNote, ...]
    changes: tuple[Change, ...]
    retired: tuple[Change, ...]
    kept: Mapping[str, tuple[str, ...]]
    unchanged: int

    @property
    def needed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.new or self.changes or self.retired)


def plan(deck: str, notes: Sequence[AnkiNote], held: Iterable[Held], *, overwrite: bool) -> Plan:
    """Compare the notes of the deck of this id with those that Anki holds."""
    ours = {text(note.id): note for note in notes if not note.retired}
    there = _by_id(deck, held)
    changes = [_change(note, there[name], overwrite) for name, note in ours.items() if name in there]
    gone = [
        Change(id=name, number=note.number, fields={}, add=(RETIRED,), remove=())
        for name, note in there.items()
        if name not in ours and note.stamp is not None and RETIRED not in map(str.casefold, note.tags)
    ]
    return Plan(
        new=tuple(note for name, note in ours.items() if name not in there),
        changes=tuple(change for change in changes if change.needed),
        retired=tuple(gone),
        kept={change.id: change.kept for change in changes if change.kept},
        unchanged=sum(not change.needed for change in changes),
    )


def _by_id(deck: str, held: Iterable[Held]) -> dict[str, Held]:
    """The deck's notes by their field Id. Of several it is the oldest: the others are a learner's copies."""
    found: dict[str, Held] = {}
    for note in sorted(held, key=lambda note: note.number):
        stamp = note.stamp
        if stamp is None or any(tag.startswith(f"{deck}::") for tag in stamp.tags):
            found.setdefault(note.fields["Id"], note)
    return found


def _change(note: AnkiNote, held: Held, overwrite: bool) -> Change:
    stamp = held.stamp
    ours = dict(zip(FIELDS, anki_stamp.stamped(note).fields, strict=True))
    fields, kept, replaced = {}, [], []
    for name in anki_stamp.GIVEN:
        given, has = ours[name], held.fields[name]
        if _same(given, has):
            continue
        own = stamp is not None and not stamp.gave(name, has)
        if own and stamp is not None and stamp.gave(name, given) and not overwrite:
            kept.append(name)
            continue
        fields[name] = given
        if own:
            replaced.append(name)
    if not _same(ours[anki_stamp.FIELD], held.fields[anki_stamp.FIELD]):
        fields[anki_stamp.FIELD] = ours[anki_stamp.FIELD]
    given_tags = stamp.tags if stamp else frozenset()
    remove = _missing(_of({*given_tags, RETIRED}, held.tags), note.tags)
    wanted = _missing(note.tags, {*held.tags, *(() if overwrite else given_tags)})
    return Change(
        id=note.id,
        number=held.number,
        fields=fields,
        add=(*wanted, *_below(remove, held.tags)),
        remove=tuple(remove),
        kept=tuple(kept),
        replaced=tuple(replaced),
    )


def _missing(wanted: Iterable[str], there: Iterable[str]) -> list[str]:
    """The tags of the first that are not among the second.

    Anki takes tags that differ in case alone as one, and writes a new one as an older one is written.
    """
    known = set(map(_folded, there))
    return [tag for tag in wanted if _folded(tag) not in known]


def _of(given: Iterable[str], held: Iterable[str]) -> list[str]:
    """The tags that a note holds and was given: those that a push may take away."""
    known = set(map(_folded, given))
    return sorted(tag for tag in held if _folded(tag) in known)


def _below(removed: Iterable[str], held: Iterable[str]) -> list[str]:
    """A learner's tags below those to be removed: Anki takes them away too, so they are added again."""
    roots = tuple(f"{_folded(tag)}::" for tag in removed)
    return _missing([tag for tag in sorted(held) if _folded(tag).startswith(roots)], removed)


def _folded(tag: str) -> str:
    return unicodedata.normalize("NFC", tag).casefold()


def _same(one: str, other: str) -> bool:
    return one == other or unicodedata.normalize("NFC", one) == unicodedata.normalize("NFC", other)
