"""A learner's Anki with AnkiConnect in it, and decks to push to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from quizgen.export.anki_notes import notes_of
from quizgen.items.item import Bank, Item
from quizgen.push.anki_connect import AnkiConnect, Place
from quizgen.push.push import Outcome, push
from tests import banks
from tests.anki_desk import Desk, desk
from tests.ankiconnect_server import AddOn, add_on


class PushDesk(Desk):
    """A collection that an add-on serves. `push` does what `quizgen push` does."""

    def __init__(self, opened: Desk) -> None:
        self.folder, self.col = opened.folder, opened.col
        self.addon = AddOn(self.col)
        self.url = ""

    def push(self, bank: Bank, *, overwrite: bool = False) -> Outcome:
        anki = AnkiConnect(Place.of(self.url), self.addon.key)
        return push(bank, notes_of(bank), anki, overwrite=overwrite)

    def number(self, name: str) -> int:
        """Anki's number of the note with this id."""
        return min(self.col.find_notes(f"Id:{name}"))

    def fields(self, name: str) -> dict[str, str]:
        return dict(self.col.get_note(self.number(name)).items())  # type: ignore[arg-type]

    def tags(self, name: str) -> set[str]:
        return set(self.col.get_note(self.number(name)).tags)  # type: ignore[arg-type]

    def write(self, name: str, field: str, text: str) -> None:
        """What a learner does who writes into a field."""
        note = self.col.get_note(self.number(name))  # type: ignore[arg-type]
        note[field] = text
        self.col.update_note(note)

    def tag(self, name: str, tags: str) -> None:
        self.col.tags.bulk_add([self.number(name)], tags)  # type: ignore[list-item]

    def everything(self) -> list[object]:
        """All that a push could change, as Anki stores it."""
        assert self.col.db is not None
        tables = ("notes", "cards", "revlog", "notetypes", "fields", "templates", "decks", "deck_config")
        return [self.col.db.all(f"select * from {table}") for table in tables]  # noqa: S608  of this list


@contextmanager
def push_desk(folder: Path) -> Iterator[PushDesk]:
    """A learner's Anki, with AnkiConnect listening."""
    with desk(folder) as opened:
        learner = PushDesk(opened)
        with add_on(learner.addon) as url:
            learner.url = url
            yield learner


def deck_of(count: int = 12) -> Bank:
    """A deck of as many facts, with two questions on each; older than any learner's doings."""
    bank = banks.many(2 * count)
    items = tuple(
        replace(item, topic="leaf" if number < 2 * count - 4 else "cup")
        for number, item in enumerate(bank.items)
    )
    return Bank(replace(bank.deck, revision="2020-01-01"), items)


def changed(bank: Bank, change: Callable[[Item], Item | None]) -> Bank:
    """The next release of a deck: `change` rewrites an item, or drops it."""
    made = (change(item) for item in bank.items)
    return Bank(replace(bank.deck, revision="2020-06-01"), tuple(item for item in made if item is not None))


def facts(bank: Bank) -> list[str]:
    return list(dict.fromkeys(item.facts[0] for item in bank.items))
