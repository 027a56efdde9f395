"""The log: what was answered and what was said of it later. It is only ever added to."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import partial
from operator import itemgetter

from quizgen.store import rows
from quizgen.store.database import Database, Row
from quizgen.store.review import Answered, Change, Entry, Flag, Review, check_time, micros
from quizgen.store.schedule import Answer

_BATCH = 4096
_MARKS = ",".join("?" * 12)
_ADD = f"INSERT INTO log ({rows.LOG}) VALUES ({_MARKS})"  # noqa: S608  constants
_ADD_FLAG = f"INSERT INTO flags ({rows.FLAG}) VALUES (?,?,?,?,?,?,?)"  # noqa: S608  constants

_KINDS: dict[str, set[type]] = {"item": {str}, "at": {int}, "rating": {int}, "seconds": {float, type(None)}}


class Log:
    """The log and the flags of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, entry: Entry) -> bool:
        """Add an entry; False where the very same is there already.

        Raises ValueError where there is another with its id. To be called within a transaction.
        """
        known = self.find(entry.id, flag=isinstance(entry, Flag))
        row = _row(entry)
        if known is not None:
            if known != row:
                raise ValueError(f"the store has another entry with the id {entry.id}")
            return False
        self._database.run(_ADD_FLAG if isinstance(entry, Flag) else _ADD, row)
        return True

    def differs(self, entry: Entry) -> bool:
        """Whether another entry has the id of this one."""
        return self.find(entry.id, flag=isinstance(entry, Flag)) not in (None, _row(entry))

    def find(self, name: str, *, flag: bool = False) -> Row | None:
        """The row of an id."""
        table, columns = ("flags", rows.FLAG) if flag else ("log", rows.LOG)
        found = self._database.rows(f"SELECT {columns} FROM {table} WHERE id = ?", (name,))  # noqa: S608  constants
        return found[0] if found else None

    def item_of(self, change: Change) -> str | None:
        """The item whose review a change is about; None where that review is not in the log (yet)."""
        row = self.find(change.review)
        return row[4] if row and row[1] == "review" else None

    def entries(self) -> Iterator[Entry]:
        """Everything that was ever added: the log in its own order, then the flags in order of time."""
        last = -1
        query = f"SELECT {rows.LOG}, n FROM log WHERE n > ? ORDER BY n LIMIT {_BATCH}"  # noqa: S608  constants
        while found := self._database.rows(query, (last,)):
            with self._database.sound():
                entries = [rows.entry_of(row[:-1]) for row in found]
            yield from entries
            last = found[-1][-1]
        yield from self.flags(None)

    def reviews(self, deck: str | None, since: datetime | None, session: str | None) -> Iterator[Review]:
        """Every review that counts, with the rating that counts, in order of time."""
        undone, rerated = self._changes("")
        wanted, values = "kind = 'review'", list[object]()
        for column, value in (("deck", deck), ("session", session)):
            if value is not None:
                wanted += f" AND {column} = ?"
                values.append(value)
        at, name = micros(since) if since else -(2**62), ""
        query = (
            f"SELECT {rows.REVIEW} FROM log WHERE {wanted} AND at >= ? AND (at > ? OR id > ?)"  # noqa: S608  constants
            f" ORDER BY at, id LIMIT {_BATCH}"
        )
        # A batch at a time, so that a slow reader keeps no other session from writing.
        while found := self._database.rows(query, (*values, at, at, name)):
            with self._database.sound():
                reviews = [rows.review_of(row, rerated.get(row[0])) for row in found if row[0] not in undone]
            yield from reviews
            at, name = found[-1][4], found[-1][0]

    def answers(self, item: str | None = None, until: datetime | None = None) -> list[Answer]:
        """What schedules follow from: the reviews that count, of one item or all, by item and time."""
        where, values = ("AND item = ?", [item]) if item is not None else ("", [])
        undone, rerated = self._changes(
            "AND review IN (SELECT id FROM log WHERE item = ? AND kind = 'review')"
            if item is not None
            else "",
            *values,
        )
        latest = micros(until) if until else 2**62
        query = (
            f"SELECT {rows.REVIEW}, n FROM log WHERE kind = 'review' AND at <= ? {where}"  # noqa: S608  constants
            " ORDER BY item, at, id"
        )
        found = self._database.rows(query, (latest, *values))
        with self._database.sound():
            return [rows.answer_of(row, rerated.get(row[0])) for row in found if row[0] not in undone]

    def answered(self) -> list[Answered]:
        """Every review that counts, in order of time, with no more of it than statistics need."""
        found = self._database.rows(
            "SELECT log.n, item, deck, at, rating, seconds, state, recall"
            " FROM log LEFT JOIN expected ON expected.n = log.n WHERE kind = 'review'"
            " AND id NOT IN (SELECT review FROM log WHERE review IS NOT NULL AND kind = 'undo')"
            " ORDER BY log.n"
        )
        rerated: dict[int, int] = dict(
            self._database.rows(
                "SELECT log.n, change.rating FROM log AS change JOIN log ON log.id = change.review"
                " WHERE change.review IS NOT NULL AND change.kind = 'rerate' ORDER BY change.at, change.id"
            )
        )
        with self._database.sound():
            for column, kinds in _KINDS.items():
                told = map(itemgetter(Answered._fields.index(column)), found)
                if not set(map(type, told)) <= kinds:
                    raise ValueError(f"the log's {column} is of another type")
        found.sort(key=itemgetter(3))  # nearly in order: much quicker here than by an index
        # What `Answered._make` does, without a look at the length of each: the query has as many columns.
        made: Callable[[Row], Answered] = partial(tuple.__new__, Answered)
        answered = list(map(made, found))
        if rerated:
            answered = [one._replace(rating=rerated.get(one.n, one.rating)) for one in answered]
        return answered

    def _changes(self, where: str, *values: object) -> tuple[set[str], dict[str, int]]:
        """The ids of undone reviews, and the ratings that replace others; the last word counts."""
        undone, rerated = set[str](), dict[str, int]()
        query = f"SELECT kind, review, rating FROM log WHERE review IS NOT NULL {where} ORDER BY at, id"  # noqa: S608  constants
        for kind, review, rating in self._database.rows(query, values):
            if kind == "undo":
                undone.add(review)
            else:
                rerated[review] = rating
        return undone, rerated

    def flags(self, deck: str | None) -> list[Flag]:
        """Every flag, in order of time."""
        where, values = ("WHERE deck = ?", (deck,)) if deck is not None else ("", ())
        found = self._database.rows(f"SELECT {rows.FLAG} FROM flags {where} ORDER BY at, id", values)  # noqa: S608  constants
        with self._database.sound():
            return [rows.flag_of(row) for row in found]


def _row(entry: Entry) -> Row:
    check_time(entry.at)
    return rows.flag_row(entry) if isinstance(entry, Flag) else rows.log_row(entry)
