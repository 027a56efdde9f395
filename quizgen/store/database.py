"""The one door to SQLite: reading, writing, copying, and what SQLite's errors mean."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quizgen.base.errors import QuizgenError
from quizgen.base.problems import Problem

WAIT = 20.0
"""Seconds to wait for another session that is writing; one write takes milliseconds."""

Row = tuple[Any, ...]

_ELSEWHERE = "or name another file with --state or QUIZGEN_STATE"
SALVAGE = "`quizgen state salvage NEW` saves what can be read into a new file, and leaves this one as it is"

# SQLite's primary result codes, https://www.sqlite.org/rescode.html: what they mean to a learner, what to do.
_MEANINGS: dict[int, tuple[str, str]] = {
    sqlite3.SQLITE_PERM: ("the store may not be used", f"give yourself the right to, {_ELSEWHERE}"),
    sqlite3.SQLITE_BUSY: (
        f"another session has been writing to the store for {WAIT:.0f} seconds",
        "close it and try again",
    ),
    sqlite3.SQLITE_LOCKED: ("the store is being written", "try again"),
    sqlite3.SQLITE_READONLY: (
        "the store may not be written",
        f"give yourself the right to write the file, and its folder too, {_ELSEWHERE}",
    ),
    sqlite3.SQLITE_IOERR: ("the disk failed", f"look whether it is full or was taken away, {_ELSEWHERE}"),
    sqlite3.SQLITE_CORRUPT: ("the store is damaged", SALVAGE),
    sqlite3.SQLITE_ERROR: ("the store is damaged", SALVAGE),
    sqlite3.SQLITE_FULL: (
        "the disk is full; what was stored before is safe",
        f"make room on it, {_ELSEWHERE}",
    ),
    sqlite3.SQLITE_CANTOPEN: (
        "the store cannot be opened, or its folder may not be written",
        f"give yourself the right to, {_ELSEWHERE}",
    ),
    sqlite3.SQLITE_NOTADB: (
        "this is not a store, or its beginning is damaged",
        f"{SALVAGE}, {_ELSEWHERE}",
    ),
}


class StoreError(QuizgenError):
    """A store that cannot be used, and why. What had been stored is as it was."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem

    @classmethod
    def of(cls, path: Path, message: str, hint: str) -> StoreError:
        """About a store as a whole."""
        return cls(Problem(str(path), 0, 0, "", message, hint))


class Database:
    """A connection to one store's file; every failure of SQLite leaves it as a `StoreError`."""

    def __init__(self, path: Path) -> None:
        """Connect to a file that exists. What is in it is not looked at yet."""
        self.path = path
        with self._explained():
            # "rw": a file that went away in the meantime is not made anew behind anybody's back.
            address = f"{path.absolute().as_uri()}?mode=rw"
            self._connection = sqlite3.connect(address, uri=True, timeout=WAIT, isolation_level=None)

    def prepare(self) -> None:
        """Make what is written last."""
        # A rollback journal works on a network's home folder, which WAL does not, and leaves one file to
        # copy.
        self.rows("PRAGMA journal_mode = DELETE")
        # What was committed outlives a power cut: EXTRA syncs the removal of the journal too.
        self.run("PRAGMA synchronous = EXTRA")

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        with self._explained():
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Execute one statement; returns how many rows it changed."""
        with self._explained():
            return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Execute one statement with each of the values."""
        with self._explained():
            self._connection.executemany(sql, values)

    @contextlib.contextmanager
    def writing(self) -> Iterator[None]:
        """A transaction that is whole or has not happened, and on disk when this ends.

        It takes the right to write at its beginning: one that took it later could find that another session
        had written since it read.
        """
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with contextlib.suppress(sqlite3.Error):
                self._connection.rollback()
            raise

    def pragma(self, name: str) -> int:
        """The number that a PRAGMA tells."""
        return int(self.rows(f"PRAGMA {name}")[0][0])

    def copy(self, target: Path) -> None:
        """Write a whole copy to a file that is empty or not there. Raises StoreError, about either file."""
        with self._explained(target), contextlib.closing(sqlite3.connect(target)) as connection:
            self._connection.backup(connection)

    def damaged(self, detail: str) -> StoreError:
        """To be raised where the file holds what no quizgen writes."""
        return StoreError.of(self.path, f"the store is damaged ({detail})", SALVAGE)

    @contextlib.contextmanager
    def sound(self) -> Iterator[None]:
        """Around reading values out of rows: what cannot be read is damage."""
        try:
            yield
        except (ValueError, TypeError, KeyError, OverflowError) as error:
            raise self.damaged(str(error)) from error

    @contextlib.contextmanager
    def _explained(self, path: Path | None = None) -> Iterator[None]:
        try:
            yield
        except sqlite3.Error as error:
            # Text that is no UTF-8 comes without a code.
            code = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_CORRUPT) & 0xFF
            message, hint = _MEANINGS.get(code, ("the store cannot be used", "please report this"))
            raise StoreError.of(path or self.path, f"{message} ({error})", hint) from error
