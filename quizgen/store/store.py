"""The store: what was answered, and what follows from it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple, Self

from quizgen.store.book import Book
from quizgen.store.database import Database
from quizgen.store.log import Log
from quizgen.store.opening import open_database
from quizgen.store.review import Answered, Change, Entry, Flag, Rating, Review, SessionRecord, new_id
from quizgen.store.schedule import Schedule
from quizgen.store.sessions import Sessions

if TYPE_CHECKING:
    from quizgen.store.health import Health

MANY = 200
"""Items; from there on it is quicker to make every schedule anew."""


class Merged(NamedTuple):
    """What came of taking entries in: how many were new, and how many were there already."""

    added: int
    known: int


class Store:
    """A learner's progress in one file. Times are aware; every method may raise StoreError.

    Whatever is written is on disk when the method returns, or nothing of it is.
    """

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._now = now
        self._log = Log(database)
        self._book = Book(database, self._log)
        self._sessions = Sessions(database)

    @classmethod
    def open(cls, path: Path, *, now: datetime) -> Self:
        """Open the store at a path; one is made where there is none, an older one is brought up to date."""
        return cls(open_database(path, now), now)

    @property
    def path(self) -> Path:
        """The store's file."""
        return self._database.path

    def close(self) -> None:
        """Let the file go."""
        self._database.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # The log.

    def record(self, review: Review) -> None:
        """Add a review, and bring its item's schedule up to date. ValueError: another has its id."""
        with self._database.writing():
            if self._log.add(review):
                self._book.follow(review)

    def rerate(self, review_id: str, rating: Rating, at: datetime) -> None:
        """Say that a review's rating was another. ValueError: there is no such review."""
        self._change(Change(id=new_id(at), review=review_id, at=at, rating=rating))

    def undo(self, review_id: str, at: datetime) -> None:
        """Say that a review shall not count. ValueError: there is no such review."""
        self._change(Change(id=new_id(at), review=review_id, at=at, rating=None))

    def _change(self, change: Change) -> None:
        with self._database.writing():
            item = self._log.item_of(change)
            if item is None:
                raise ValueError(f"the log has no review {change.review}")
            self._log.add(change)
            self._book.renew(item)

    def reviews(
        self, *, deck: str | None = None, since: datetime | None = None, session: str | None = None
    ) -> Iterator[Review]:
        """Every review that counts, with the rating that counts, in order of time."""
        return self._log.reviews(deck, since, session)

    def answered(self) -> list[Answered]:
        """Every review that counts, in order of time, with what FSRS expected of it: for statistics."""
        self._book.be_current()
        return self._log.answered()

    def entries(self) -> Iterator[Entry]:
        """Everything that was ever added, undone reviews and what undid them included."""
        return self._log.entries()

    def conflicts(self, entries: Iterable[Entry]) -> list[Entry]:
        """Those of another store's entries whose id is that of another entry here."""
        return [entry for entry in entries if self._log.differs(entry)]

    def merge(self, entries: Iterable[Entry]) -> Merged:
        """Take in another store's entries, all or none. ValueError: one here has an id of theirs."""
        added = known = 0
        items = set[str]()
        with self._database.writing():
            self._book.check()
            changes = list[Change]()
            for entry in entries:
                if not self._log.add(entry):
                    known += 1
                    continue
                added += 1
                if isinstance(entry, Review):
                    items.add(entry.item)
                elif isinstance(entry, Change):
                    changes.append(entry)
            # A change may come before its review, or without it.
            items.update(item for change in changes if (item := self._log.item_of(change)) is not None)
            if len(items) > MANY:
                self._book.rebuild()  # once through the log, instead of once for each item
            else:
                for item in items:
                    self._book.renew(item)
        return Merged(added, known)

    # What follows from it.

    def schedules(self, deck: str | None = None) -> dict[str, Schedule]:
        """The schedule of every item that was answered, by its id; or of those last answered in a deck."""
        return self._book.schedules(deck, self._now)

    def rebuild(self) -> int:
        """Make every schedule anew from the log alone; returns how many there are."""
        with self._database.writing():
            return self._book.rebuild()

    def examine(self) -> Health:
        """Look at everything, and compare the schedules with what the log makes of them."""
        from quizgen.store.health import examine

        return examine(self._database, self._log, self._book, self._now)

    # Flags and sessions.

    def flag(self, flag: Flag) -> None:
        """Keep a learner's remark on an item. ValueError: another has its id."""
        with self._database.writing():
            self._log.add(flag)

    def flags(self, deck: str | None = None) -> list[Flag]:
        """Every remark, in order of time."""
        return self._log.flags(deck)

    def session_begin(self, session: SessionRecord) -> None:
        """Keep what a session of this process set out to do, so that it can go on if it is cut off."""
        self._sessions.begin(session)

    def session_open(self, deck: str) -> SessionRecord | None:
        """The last session on a deck, if it was cut off; it belongs to this process from now on.

        Not one that another process still runs.
        """
        return self._sessions.take_up(deck, self._now)

    def session_end(self, session_id: str, at: datetime) -> None:
        """Say that a session came to its end, or will not be gone on with."""
        self._sessions.end(session_id, at)
