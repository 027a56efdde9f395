"""Writing a lock file: the same lock gives the same bytes, and a change of one note a change of one line."""

from __future__ import annotations

import datetime
from typing import TYPE_CHECKING, Any

from quizgen.facts import yaml_file
from quizgen.upgrade.lock import FORMAT

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from quizgen.upgrade.edition import Note
    from quizgen.upgrade.lock import Lock

_EPOCH = datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC)
_HEAD = """\
# What learners have of this deck: their reviews hang on it. `quizgen build` writes this file. Commit it with
# the deck, and do not edit it.
"""


def written(lock: Lock) -> bytes:
    """The lock as the text of its file."""
    return ("\n".join([_HEAD + f"format: {FORMAT}", *_lines(lock)]) + "\n").encode()


def _lines(lock: Lock) -> Iterator[str]:
    edition = lock.edition
    kind = edition.note_type
    yield f"deck: {yaml_file.flow({'id': edition.id, 'revision': edition.revision, 'anki': edition.number})}"
    yield from _block("decks", edition.decks)
    yield "note_type:"
    yield f"  id: {kind.id}"
    yield f"  modified: {yaml_file.flow(_time(kind.modified))}"
    yield f"  digest: {yaml_file.flow(kind.digest)}"
    for section, names in (("fields", kind.fields), ("templates", kind.templates)):
        yield f"  {section}:"
        yield from (f"    - {yaml_file.flow({'id': number, 'name': name})}" for number, name in names.items())
    live = {name: _entry(note) for name, note in edition.notes.items() if not note.retired}
    yield from _block("notes", live)
    gone = {
        name: _entry(edition.notes[name]) | {"tags": kept.tags, "fields": kept.fields}
        for name, kept in lock.kept.items()
    }
    yield from _block("retired", gone)
    yield from _block("dropped", {name: _time(when) for name, when in lock.dropped.items()})


def _block(name: str, entries: Mapping[str, Any]) -> Iterator[str]:
    if entries:
        yield f"{name}:"
        yield from (f"  {yaml_file.flow_key(key)}: {yaml_file.flow(entries[key])}" for key in sorted(entries))


def _entry(note: Note) -> dict[str, Any]:
    return {
        "guid": note.guid,
        "modified": _time(note.modified),
        "topic": note.topic,
        "digest": note.digest,
        "cards": [f"{slot} {card.asked} {card.key}" for slot, card in sorted(note.cards.items())],
    }


def _time(seconds: int) -> str:
    return (_EPOCH + datetime.timedelta(seconds=seconds)).strftime("%Y-%m-%dT%H:%M:%SZ")
