"""What the next build would take from learners: every id that their reviews hang on, compared with the lock.

What Anki's importer does in each case was measured with Anki 26.9 (`docs/anki.md`).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizgen.upgrade.lock_write import written

if TYPE_CHECKING:
    from collections.abc import Mapping

    from quizgen.base.problems import Problem
    from quizgen.facts.yaml_file import Document, Loc
    from quizgen.upgrade.dating import Dated
    from quizgen.upgrade.edition import Edition
    from quizgen.upgrade.lock import Lock

_FOR_EVER = "put the old one back: it is for ever"


@dataclass
class Hazards:
    """`breaking`: what no build may do unasked. `noted`: what learners will meet, and may be meant."""

    breaking: list[Problem] = field(default_factory=list)
    noted: list[Problem] = field(default_factory=list)


def hazards(lock: Lock, document: Document, dated: Dated) -> Hazards:
    """What `dated` would do to learners who have the lock's edition; each stands where the lock has it."""
    found = _Finder(lock.edition, dated.lock.edition, document)
    found.identity()
    found.decks()
    found.note_type()
    found.notes(dated.missing)
    return found.hazards


def staleness(lock: Lock, document: Document, dated: Dated) -> list[Problem]:
    """A problem where the lock is not what this build would write."""
    if written(dated.lock) == document.text.encode():
        return []
    old, new = lock.edition.notes, dated.lock.edition.notes
    changed = [name for name in new.keys() & old.keys() if new[name].digest != old[name].digest]
    retired = [name for name in changed if new[name].retired]
    counts = {
        "new": len(new.keys() - old.keys()),
        "changed": len(changed) - len(retired),
        "retired": len(retired),
        "no longer shipped": len(old.keys() - new.keys()),
    }
    notes = ", ".join(f"{count} {what}" for what, count in counts.items() if count) or "no note changed"
    style = ", the card design changed" * (
        lock.edition.note_type.digest != dated.lock.edition.note_type.digest
    )
    message = f"the lock is stale: {notes}{style}"
    return [document.problem((), message, "write it with `quizgen build --lock`, and commit it", "")]


class _Finder:
    def __init__(self, old: Edition, new: Edition, document: Document) -> None:
        self.old, self.new, self.document = old, new, document
        self.hazards = Hazards()

    def _breaks(self, loc: Loc, message: str, hint: str = _FOR_EVER) -> None:
        self.hazards.breaking.append(self.document.problem(loc, message, hint))

    def _notes(self, loc: Loc, message: str, hint: str) -> None:
        self.hazards.noted.append(self.document.problem(loc, message, hint))

    def identity(self) -> None:
        """The deck's id, which every GUID is made of, and its number."""
        old, new = self.old, self.new
        changed = [
            name
            for name in old.notes.keys() & new.notes.keys()
            if old.notes[name].guid != new.notes[name].guid
        ]
        if old.id != new.id:
            loss = f"learners would get {len(changed)} notes a second time, and their reviews stay behind"
            self._breaks(("deck", "id"), f"the deck's id would become {new.id!r}: {loss}")
        elif changed:
            loss = "learners would get them a second time, and their reviews stay behind"
            self._breaks(("notes", min(changed)), f"the GUIDs of {len(changed)} notes would change: {loss}")
        if old.number != new.number:
            loss = "programs that go by it would take the deck for another one"
            self._breaks(("deck", "anki"), f"the deck's number in Anki would become {new.number}: {loss}")

    def decks(self) -> None:
        """The names of the deck and its subdecks: Anki goes by them alone."""
        for topic, name in self.old.decks.items():
            now = self.new.decks.get(topic)
            if now is not None and now != name:
                loss = "the cards that learners have stay in the old deck, and new ones go to another"
                hint = f"put {name!r} back, or tell learners to rename their deck before they import"
                self._breaks(("decks", topic), f"this deck would be called {now!r}: {loss}", hint)
        if bool(self.old.decks.keys() - {""}) != bool(self.new.decks.keys() - {""}):
            loss = "the cards that learners have stay where they are, and only new ones go elsewhere"
            hint = "put `subdecks` back as it was, or tell learners to move their cards"
            self._breaks(("decks",), f"the subdecks would come or go: {loss}", hint)

    def note_type(self) -> None:
        """The note type's number, and its fields and templates by number and place."""
        old, new = self.old.note_type, self.new.note_type
        loss = f'Anki would refuse every correction of {len(self.old.notes):,} notes ("conflicting")'
        if old.id != new.id:
            self._breaks(("note_type", "id"), f"the note type's number would become {new.id}: {loss}")
            return
        for section, before, after in (
            ("fields", old.fields, new.fields),
            ("templates", old.templates, new.templates),
        ):
            if list(before) != list(after):
                what = _difference(before, after)
                self._breaks(("note_type", section), f"its {section} would change ({what}): {loss}")
                continue
            for place, (number, name) in enumerate(before.items()):
                if after[number] != name:
                    message = f"{name!r} would be called {after[number]!r}"
                    hint = (
                        "Anki 26 goes by the numbers; an older one goes by the names, and takes no correction"
                    )
                    self._notes(("note_type", section, place), message, hint)

    def notes(self, missing: tuple[str, ...]) -> None:
        """Facts that are gone, and questions that are no longer asked."""
        for name, old in self.old.notes.items():
            new = self.new.notes.get(name)
            loc: Loc = ("notes", name)
            if name in missing:
                message = f"the fact {name!r} is gone, and its last words were found in no deck"
                hint = "name the last deck with --previous, or drop the note in the recipe (`retired`)"
                self._notes(loc, message, hint)
            elif old.retired or new is None:
                continue
            elif new.retired:
                message = f"the fact {name!r} is gone: who has its note keeps it, tagged quizgen::retired"
                self._notes(loc, message, "if it was only renamed, give it its old id again")
            elif lost := sorted(old.cards.keys() - new.cards.keys()):
                slots = ", ".join(map(str, lost))
                cards = "card" if len(lost) == 1 else "cards"
                message = f"{cards} {slots} of {name!r} would have no question any more"
                hint = "who has it sees an empty front, until Anki's Empty Cards takes it away"
                self._notes(loc, message, hint)


def _difference(before: Mapping[int, str], after: Mapping[int, str]) -> str:
    """How two lists differ, in names; where they hold the same, their order does."""
    gone = [f"{name} gone" for number, name in before.items() if number not in after]
    new = [f"{name} new" for number, name in after.items() if number not in before]
    return ", ".join([*gone, *new]) or "in another order"
