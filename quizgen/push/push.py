"""Sending a deck to a running Anki: look at what it holds, plan, do it, and look again whether it is done.

New notes come in as a small package through Anki's own importer, because only a package can tell a note's
GUID: a note that AnkiConnect makes gets one of Anki's making, and the deck's file would double it later.
Notes that Anki holds are changed field by field, which no package can do.
"""

from __future__ import annotations

import tempfile
from collections import defaultdict
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from pydantic import BaseModel

from quizgen.export.anki_file import package
from quizgen.push.look import Look, look
from quizgen.push.plan import Change, Held, Plan, plan

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from quizgen.export.anki_notes import AnkiNote
    from quizgen.items.item import Bank
    from quizgen.push.anki_connect import AnkiConnect

T = TypeVar("T")

# AnkiConnect reads a request in pieces of a kilobyte, and looks at all it has after each: long ones are slow.
_AT_ONCE = 100
# A note type older than any: the look of the cards goes by the plan, which knows what a learner changed.
_NEVER_NEWER = 1


class _Value(BaseModel):
    value: str


class _Note(BaseModel):
    """A note as AnkiConnect tells it; one that was deleted meanwhile has nothing."""

    noteId: int = 0  # noqa: N815  AnkiConnect's name
    tags: list[str] = []
    fields: dict[str, _Value] = {}


class _Face(BaseModel):
    Front: str
    Back: str


class _Style(BaseModel):
    css: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What a push did, or would do. `look` is None where Anki did not hold the note type.

    `unfinished` is what a second look still found to do; None where nothing was done.
    """

    look: Look | None
    plan: Plan
    unfinished: Plan | None = None

    @property
    def needed(self) -> bool:
        """Whether there was anything to do."""
        return self.plan.needed or (self.look is not None and self.look.needed)


def _unwatched(total: int) -> AbstractContextManager[Callable[[], None]]:
    return nullcontext(lambda: None)


def push(
    bank: Bank,
    notes: Sequence[AnkiNote],
    anki: AnkiConnect,
    *,
    overwrite: bool = False,
    watch: Callable[[int], AbstractContextManager[Callable[[], None]]] = _unwatched,
) -> Outcome:
    """Bring the bank's deck in Anki up to date. Raises ProblemsError; what was done until then stays done.

    `overwrite` writes the deck's text over a learner's everywhere. `watch` is given the number of steps, and
    gives what is called at each.
    """
    outcome = survey(bank, notes, anki, overwrite=overwrite)
    if not outcome.needed:
        return outcome
    there, planned = outcome.look, outcome.plan
    with watch(len(planned.new) + len(planned.changes)) as step:
        if there is not None:
            _restyle(there, anki)
        if planned.new:
            _bring_in(bank, planned.new, there, anki)
            for _ in planned.new:
                step()
        if there is not None:
            _rewrite(there, planned, anki, step)
    return replace(outcome, unfinished=survey(bank, notes, anki, overwrite=overwrite).plan)


def survey(bank: Bank, notes: Sequence[AnkiNote], anki: AnkiConnect, *, overwrite: bool = False) -> Outcome:
    """What a push would do, by what Anki holds."""
    anki.greet()
    deck = bank.deck
    number = deck.anki.note_type
    types = anki.ask(dict[str, int], "modelNamesAndIds")
    name = next((name for name, known in types.items() if known == number), None)
    if name is None:
        return Outcome(look=None, plan=plan(deck.id, notes, (), overwrite=overwrite))
    there = look(
        name,
        anki.ask(list[str], "modelFieldNames", modelName=name),
        anki.ask(_Style, "modelStyling", modelName=name).css,
        {
            card: (face.Front, face.Back)
            for card, face in anki.ask(dict[str, _Face], "modelTemplates", modelName=name).items()
        },
        overwrite=overwrite,
    )
    found = anki.ask(list[int], "findNotes", query=f"mid:{number}")
    held = _held(found, there, anki)
    return Outcome(look=there, plan=plan(deck.id, notes, held, overwrite=overwrite))


def _held(numbers: Iterable[int], there: Look, anki: AnkiConnect) -> list[Held]:
    before = {new: old for old, new in there.renamed}
    names = {name: before.get(known, known) for name, known in there.names.items()}
    held = []
    for some in _portions(numbers, _AT_ONCE):
        for note in anki.ask(list[_Note], "notesInfo", notes=some):
            if not note.fields:
                continue
            if not note.fields.keys() >= set(names.values()):
                anki.strange("notesInfo")
            fields = {name: note.fields[known].value for name, known in names.items()}
            held.append(Held(number=note.noteId, fields=fields, tags=frozenset(note.tags)))
    return held


def _restyle(there: Look, anki: AnkiConnect) -> None:
    for old, new in there.renamed:
        anki.ask(None, "modelFieldRename", modelName=there.type_name, oldFieldName=old, newFieldName=new)
    if there.cards:
        cards = {name: {"Front": front, "Back": back} for name, (front, back) in there.cards.items()}
        anki.ask(None, "updateModelTemplates", model={"name": there.type_name, "templates": cards})
    if there.style is not None:
        anki.ask(None, "updateModelStyling", model={"name": there.type_name, "css": there.style})


def _bring_in(bank: Bank, new: Sequence[AnkiNote], there: Look | None, anki: AnkiConnect) -> None:
    """Let Anki import the new notes from a file; it reads the file before it answers."""
    with tempfile.TemporaryDirectory(prefix="quizgen-") as folder:
        path = Path(folder) / f"{bank.deck.id}.apkg"
        path.write_bytes(package(bank, new, _NEVER_NEWER, None if there is None else there.shape))
        anki.ask(bool, "importPackage", path=str(path))


def _rewrite(there: Look, planned: Plan, anki: AnkiConnect, step: Callable[[], None]) -> None:
    # Tags before fields: the stamp among the fields says that the tags were given.
    if tagged := _tagged((*planned.changes, *planned.retired)):
        anki.ask_all(None, tagged)
    written = [change for change in planned.changes if change.fields]
    for some in _portions(written, _AT_ONCE):
        anki.ask_all(None, [("updateNoteFields", {"note": _as_asked(change, there)}) for change in some])
        for _ in some:
            step()


def _tagged(changes: Sequence[Change]) -> list[tuple[str, dict[str, object]]]:
    """The tags to take away, then those to add, each with its notes.

    They go in one request: Anki takes a learner's tag away with the one above it, and it must not stay away.
    """
    notes: dict[tuple[str, str], list[int]] = defaultdict(list)
    for change in changes:
        for tag in change.remove:
            notes["removeTags", tag].append(change.number)
    for change in changes:
        for tag in change.add:
            notes["addTags", tag].append(change.number)
    return [(action, {"notes": numbers, "tags": tag}) for (action, tag), numbers in notes.items()]


def _as_asked(change: Change, there: Look) -> dict[str, object]:
    return {
        "id": change.number,
        "fields": {there.names[name]: text for name, text in change.fields.items()},
    }


def _portions(things: Iterable[T], size: int) -> Iterator[list[T]]:
    rest = iter(things)
    while some := list(islice(rest, size)):
        yield some
