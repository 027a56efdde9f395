"""The schedules: each follows from the log, and is kept so that a quiz can begin at once."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby

from quizgen.store import rows
from quizgen.store.database import Database
from quizgen.store.log import Log
from quizgen.store.review import Review
from quizgen.store.schedule import Answer, Expected, Schedule, State, fingerprint, replay

AHEAD = timedelta(days=1)
"""How far ahead of the clock a review may be: clocks are a little off, but a year is a mistake."""

_PUT = f"INSERT OR REPLACE INTO schedules ({rows.SCHEDULE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608  constants

_EXPECT = "INSERT INTO expected (n, state, recall) VALUES (?,?,?)"


class Book:
    """The schedules of one database. What writes is to be called within a transaction."""

    def __init__(self, database: Database, log: Log) -> None:
        self._database = database
        self._log = log
        self._checked = False

    def kept(self, deck: str | None = None) -> dict[str, Schedule]:
        """The schedule of every item, or of those last asked in a deck, after all of its reviews."""
        where, values = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        found = self._database.rows(f"SELECT {rows.SCHEDULE} FROM schedules {where}", values)  # noqa: S608  constants
        with self._database.sound():
            return {row[0]: rows.schedule_of(row) for row in found}

    def expected(self) -> dict[int, Expected]:
        """What was expected of each review, by its number in the log."""
        found = self._database.rows("SELECT n, state, recall FROM expected")
        with self._database.sound():
            return {n: Expected(n, State(state), recall) for n, state, recall in found}

    def schedules(self, deck: str | None, now: datetime) -> dict[str, Schedule]:
        """The same as of now.

        Where a review lies in the future, the clock was wrong then or is wrong now: the item stands as it did
        before that review, until its time has come.
        """
        schedules = self.kept(deck)
        latest = now + AHEAD
        for item in [item for item, schedule in schedules.items() if schedule.last > latest]:
            before = replay(self._log.answers(item, latest))
            if before is None:
                del schedules[item]
            else:
                schedules[item] = before
        return schedules

    def follow(self, review: Review) -> None:
        """Bring the schedule of a review's item up to date, the review being in the log."""
        self.check()
        found = self._database.rows(f"SELECT {rows.SCHEDULE} FROM schedules WHERE item = ?", (review.item,))  # noqa: S608  constants
        with self._database.sound():
            before = rows.schedule_of(found[0]) if found else None
        if before is not None and before.last >= review.at:
            self.renew(review.item)  # the clock was set back, or two machines' logs were merged
            return
        ((n,),) = self._database.rows("SELECT n FROM log WHERE id = ?", (review.id,))
        answer = Answer(review.item, review.facts, review.deck, review.at, review.rating, n)
        expected = list[Expected]()
        schedule = replay([answer], before, expected)
        assert schedule is not None  # noqa: S101  there was an answer
        self._put(schedule)
        self._database.run_many(_EXPECT, expected)

    def renew(self, item: str) -> None:
        """Make one item's schedule anew from the log."""
        self.check()
        expected = list[Expected]()
        schedule = replay(self._log.answers(item), expected=expected)
        self._database.run(
            "DELETE FROM expected WHERE n IN (SELECT n FROM log WHERE item = ? AND kind = 'review')", (item,)
        )
        self._database.run_many(_EXPECT, expected)
        if schedule is None:
            self._database.run("DELETE FROM schedules WHERE item = ?", (item,))
        else:
            self._put(schedule)

    def rebuild(self) -> int:
        """Make every schedule anew from the log alone; returns how many there are."""
        self._checked = True
        self._database.run("DELETE FROM schedules")
        self._database.run("DELETE FROM expected")
        count, expected = 0, list[Expected]()
        for _, answers in groupby(self._log.answers(), key=lambda answer: answer.item):
            schedule = replay(answers, expected=expected)
            assert schedule is not None  # noqa: S101  there was an answer
            self._put(schedule)
            count += 1
        self._database.run_many(_EXPECT, expected)
        self._database.run(
            "INSERT OR REPLACE INTO settings (name, value) VALUES ('scheduler', ?)", (fingerprint(),)
        )
        return count

    def be_current(self) -> None:
        """`check`, outside of a transaction: nobody is kept from writing where nothing has to be made."""
        if not self.is_current():
            with self._database.writing():
                self.check()

    def check(self) -> None:
        """Rebuild once where another scheduler than this one made the schedules."""
        if self._checked:
            return
        if not self.is_current():
            self.rebuild()
        self._checked = True

    def is_current(self) -> bool:
        """Whether this scheduler made the schedules; if not, the next one that writes makes them anew."""
        told = self._database.rows("SELECT value FROM settings WHERE name = 'scheduler'")
        return told == [(fingerprint(),)]

    def _put(self, schedule: Schedule) -> None:
        self._database.run(_PUT, rows.schedule_row(schedule))
