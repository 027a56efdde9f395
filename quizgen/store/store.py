"""The store: what was answered, and what follows from it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

from quizgen.base.problems import Problem
from quizgen.store.database import Database, Row, StoreError
from quizgen.store.review import (
    LONGEST_RESPONSE,
    Answered,
    Flag,
    Rating,
    Review,
    SessionRecord,
    micros,
    moment,
    new_id,
)
from quizgen.store.schedule import Answer, Schedule, State, advance
from quizgen.store.tables import APPLICATION, TABLES, VERSION

_SCHEDULE = "item, facts, deck, due, stability, difficulty, state, step, reps, lapses, first, last"
_PUT_SCHEDULE = f"INSERT OR REPLACE INTO schedules ({_SCHEDULE}) VALUES (?,?,?,?,?,?,?,?,?,?,?,?)"  # noqa: S608  two constants
_REVIEW = "id, item, facts, deck, at, rating, seconds, response, mark, session"
_BATCH = 4096


class Store:
    """A learner's progress in one file. Times are in UTC; every method raises StoreError.

    Whatever is written is on disk when the method returns.
    """

    def __init__(self, database: Database, now: datetime) -> None:
        self._database = database
        self._now = now

    @classmethod
    def open(cls, path: Path, *, now: datetime) -> Self:
        """Open the store at a path; one is made where there is none."""
        database = Database.open(path)
        try:
            if not database.pragma("user_version"):
                _make(database)
            version = database.pragma("user_version")
            if version > VERSION:
                message = f"the store has the format {version}, and this quizgen knows {VERSION}"
                raise StoreError(Problem(str(path), 0, 0, "", message, "use the newer quizgen that wrote it"))
        except BaseException:
            database.close()
            raise
        return cls(database, now)

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

    # -- the log

    def record(self, review: Review) -> None:
        """Add a review to the log, and its item's schedule with it. ValueError: there is one with its id."""
        with self._database.writing():
            if self._database.rows("SELECT 1 FROM log WHERE id = ?", (review.id,)):
                raise ValueError(f"the log has a review {review.id} already")
            self._database.run(
                "INSERT INTO log (kind, id, item, facts, deck, at, rating, seconds, response, mark, session)"
                " VALUES ('review',?,?,?,?,?,?,?,?,?,?)",
                (
                    review.id,
                    review.item,
                    json.dumps(review.facts),
                    review.deck,
                    micros(review.at),
                    int(review.rating),
                    review.seconds,
                    review.response[:LONGEST_RESPONSE],
                    review.mark,
                    review.session,
                ),
            )
            (row,) = self._database.rows("SELECT last_insert_rowid()")
            before = self._schedule(review.item)
            if before is not None and before.last >= review.at:
                self._renew(review.item)  # the clock was set back
            else:
                self._expect(row[0], before, review.at)
                self._put(advance(before, _answer(review)))

    def rerate(self, review_id: str, rating: Rating, at: datetime) -> None:
        """Say that a review's rating was another. ValueError: there is no such review."""
        self._change("rerate", review_id, rating, at)

    def undo(self, review_id: str, at: datetime) -> None:
        """Say that a review shall not count. ValueError: there is no such review."""
        self._change("undo", review_id, None, at)

    def _change(self, kind: str, review_id: str, rating: Rating | None, at: datetime) -> None:
        with self._database.writing():
            found = self._database.rows("SELECT item FROM log WHERE id = ? AND kind = 'review'", (review_id,))
            if not found:
                raise ValueError(f"the log has no review {review_id}")
            self._database.run(
                "INSERT INTO log (kind, id, at, review, rating) VALUES (?,?,?,?,?)",
                (kind, new_id(at), micros(at), review_id, rating and int(rating)),
            )
            self._renew(found[0][0])

    def reviews(
        self, *, deck: str | None = None, since: datetime | None = None, session: str | None = None
    ) -> Iterator[Review]:
        """Every review that counts, with the rating that counts, in order of time."""
        undone, rerated = self._changes()
        wanted, values = "", list[object]()
        for column, value in (("deck", deck), ("session", session)):
            if value is not None:
                wanted += f" AND {column} = ?"
                values.append(value)
        last = (micros(since) if since else -(2**62), -1)
        query = (
            f"SELECT {_REVIEW}, n FROM log WHERE (at, n) > (?, ?) AND kind = 'review'{wanted}"  # noqa: S608  constants
            f" ORDER BY at, n LIMIT {_BATCH}"
        )
        # A batch at a time, so that a slow reader keeps no other session from writing.
        while rows := self._database.rows(query, (*last, *values)):
            for row in rows:
                if row[0] not in undone:
                    yield _review(row, rerated.get(row[0]))
            last = (rows[-1][4], rows[-1][10])

    def answered(self, deck: str | None = None) -> list[Answered]:
        """Every review that counts, in order of time, with no more of it than statistics need."""
        where, values = ("AND log.deck = ?", (deck,)) if deck is not None else ("", ())
        rows = self._database.rows(
            "SELECT log.n, item, at, rating, seconds, state, recall"  # noqa: S608  constants
            f" FROM log LEFT JOIN expected ON expected.n = log.n WHERE kind = 'review' {where}"
            " AND id NOT IN (SELECT review FROM log WHERE kind = 'undo') ORDER BY at, log.n",
            values,
        )
        rerated: dict[int, int] = dict(
            self._database.rows(
                "SELECT log.n, change.rating FROM log AS change JOIN log ON log.id = change.review"
                " WHERE change.kind = 'rerate' ORDER BY change.at, change.id"
            )
        )
        if not rerated:
            return list(map(Answered._make, rows))
        found = map(Answered._make, rows)
        return [row._replace(rating=rerated.get(row.n, row.rating)) for row in found]

    def decks(self) -> dict[str, int]:
        """How many reviews there are of each deck, undone ones included."""
        return dict(
            self._database.rows(
                "SELECT deck, count(*) FROM log WHERE kind = 'review' GROUP BY deck ORDER BY deck"
            )
        )

    def _changes(self) -> tuple[set[str], dict[str, int]]:
        """The ids of the undone reviews, and the ratings that replace others; the last word counts."""
        undone, rerated = set[str](), dict[str, int]()
        for kind, review, rating in self._database.rows(
            "SELECT kind, review, rating FROM log WHERE review IS NOT NULL ORDER BY at, id"
        ):
            if kind == "undo":
                undone.add(review)
            else:
                rerated[review] = rating
        return undone, rerated

    # -- schedules

    def schedules(self, deck: str | None = None) -> dict[str, Schedule]:
        """The schedule of every item that was answered, by the item's id; of those last asked in a deck."""
        where, values = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        rows = self._database.rows(f"SELECT {_SCHEDULE} FROM schedules {where}", values)  # noqa: S608  constants
        return {row[0]: _read_schedule(row) for row in rows}

    def rebuild(self) -> int:
        """Make every schedule anew from the log alone; returns how many there are."""
        with self._database.writing():
            self._database.run("DELETE FROM schedules")
            items = self._database.rows("SELECT DISTINCT item FROM log WHERE kind = 'review'")
            changes = self._changes()
            return sum(self._renew(item, changes) for (item,) in items)

    def _schedule(self, item: str) -> Schedule | None:
        rows = self._database.rows(f"SELECT {_SCHEDULE} FROM schedules WHERE item = ?", (item,))  # noqa: S608  constants
        return _read_schedule(rows[0]) if rows else None

    def _put(self, schedule: Schedule) -> None:
        self._database.run(
            _PUT_SCHEDULE,
            (
                schedule.item,
                json.dumps(schedule.facts),
                schedule.deck,
                micros(schedule.due),
                schedule.stability,
                schedule.difficulty,
                int(schedule.state),
                schedule.step,
                schedule.reps,
                schedule.lapses,
                micros(schedule.first),
                micros(schedule.last),
            ),
        )

    def _expect(self, n: int, before: Schedule | None, at: datetime) -> None:
        """Keep what was expected of a review: what the schedule before it says of its moment."""
        if before is not None:
            values = (n, int(before.state), before.recall(at))
            self._database.run("INSERT INTO expected (n, state, recall) VALUES (?,?,?)", values)

    def _renew(self, item: str, changes: tuple[set[str], dict[str, int]] | None = None) -> bool:
        """Make anew from the log one item's schedule, if it has any, and what was expected of its reviews."""
        undone, rerated = changes or self._changes()
        self._database.run(
            "DELETE FROM expected WHERE n IN (SELECT n FROM log WHERE item = ? AND kind = 'review')", (item,)
        )
        rows = self._database.rows(
            f"SELECT {_REVIEW}, n FROM log WHERE item = ? AND kind = 'review' ORDER BY at, n",  # noqa: S608  constants
            (item,),
        )
        schedule = None
        for row in rows:
            if row[0] not in undone:
                review = _review(row, rerated.get(row[0]))
                self._expect(row[-1], schedule, review.at)
                schedule = advance(schedule, _answer(review))
        if schedule is None:
            self._database.run("DELETE FROM schedules WHERE item = ?", (item,))
        else:
            self._put(schedule)
        return schedule is not None

    # -- flags and sessions

    def flag(self, flag: Flag) -> None:
        """Keep a learner's remark on an item."""
        with self._database.writing():
            self._database.run(
                "INSERT INTO flags (id, item, facts, deck, at, remark, revision) VALUES (?,?,?,?,?,?,?)",
                (
                    flag.id,
                    flag.item,
                    json.dumps(flag.facts),
                    flag.deck,
                    micros(flag.at),
                    flag.remark[:LONGEST_RESPONSE],
                    flag.revision,
                ),
            )

    def flags(self, deck: str | None = None) -> list[Flag]:
        """Every remark, in order of time."""
        where, values = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        rows = self._database.rows(
            f"SELECT id, item, facts, deck, at, remark, revision FROM flags {where} ORDER BY at, id",  # noqa: S608  constants
            values,
        )
        return [
            Flag(id=a, item=b, facts=_names(c), deck=d, at=moment(e), remark=f, revision=g)
            for a, b, c, d, e, f, g in rows
        ]

    def session_begin(self, session: SessionRecord) -> None:
        """Keep what a session set out to do."""
        with self._database.writing():
            self._database.run(
                "INSERT INTO sessions (id, deck, at, wishes, items) VALUES (?,?,?,?,?)",
                (session.id, session.deck, micros(session.at), session.wishes, json.dumps(session.items)),
            )

    def session_open(self, deck: str) -> SessionRecord | None:
        """The last session on a deck, if it was cut off."""
        rows = self._database.rows(
            "SELECT id, deck, at, wishes, items, ended FROM sessions WHERE deck = ? ORDER BY at DESC, id DESC"
            " LIMIT 1",
            (deck,),
        )
        if not rows or rows[0][5] is not None:
            return None
        name, deck, at, wishes, items, _ = rows[0]
        return SessionRecord(id=name, deck=deck, at=moment(at), wishes=wishes, items=_names(items))

    def session_end(self, session_id: str, at: datetime) -> None:
        """Say that a session came to its end."""
        with self._database.writing():
            self._database.run("UPDATE sessions SET ended = ? WHERE id = ?", (micros(at), session_id))


def _make(database: Database) -> None:
    with database.writing():
        if database.pragma("user_version"):
            return  # another session made them in the meantime
        for statement in TABLES:
            database.run(statement)
        database.run(f"PRAGMA application_id = {APPLICATION}")
        database.run(f"PRAGMA user_version = {VERSION}")


@lru_cache(maxsize=4096)
def _names(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def _review(row: Row, rerated: int | None) -> Review:
    return Review(
        id=row[0],
        item=row[1],
        facts=_names(row[2]),
        deck=row[3],
        at=moment(row[4]),
        rating=Rating(row[5] if rerated is None else rerated),
        seconds=row[6],
        response=row[7],
        mark=row[8],
        session=row[9],
    )


def _answer(review: Review) -> Answer:
    return Answer(review.item, review.facts, review.deck, review.at, review.rating)


def _read_schedule(row: Row) -> Schedule:
    return Schedule(
        item=row[0],
        facts=_names(row[1]),
        deck=row[2],
        due=moment(row[3]),
        stability=row[4],
        difficulty=row[5],
        state=State(row[6]),
        step=row[7],
        reps=row[8],
        lapses=row[9],
        first=moment(row[10]),
        last=moment(row[11]),
    )
