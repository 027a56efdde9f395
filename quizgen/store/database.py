"""The one door to SQLite: opening a store's file, reading, writing, and what SQLite's errors mean."""

from __future__ import annotations

import contextlib
import os
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any

from quizgen.base.errors import QuizgenError
from quizgen.base.problems import Problem

WAIT = 20.0
"""Seconds to wait for another session that is writing; one write takes milliseconds."""

Row = tuple[Any, ...]


class StoreError(QuizgenError):
    """A store that cannot be used, and why. Nothing in it was changed."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(str(problem))
        self.problem = problem


class Database:
    """A connection to one file; every failure of SQLite leaves it as a `StoreError`."""

    def __init__(self, path: Path, connection: sqlite3.Connection) -> None:
        self.path = path
        self._connection = connection

    @classmethod
    def open(cls, path: Path) -> Database:
        """Open a file, made here if there is none. Raises StoreError."""
        try:
            if not path.exists():
                path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
                # A learner's answers are nobody else's business.
                os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        except OSError as error:
            reason = error.strerror or type(error).__name__
            hint = "name another file with --state or QUIZGEN_STATE"
            raise StoreError(
                Problem(str(path), 0, 0, "", f"the store cannot be made ({reason})", hint)
            ) from error
        with _explained(path):
            connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
        database = cls(path, connection)
        try:
            with _explained(path):
                # A rollback journal works on a network's home folder, which WAL does not, and leaves one file
                # to copy. EXTRA: what was committed outlives a power cut, the journal's removal included.
                connection.execute("PRAGMA journal_mode = DELETE")
                connection.execute("PRAGMA synchronous = EXTRA")
                connection.execute("PRAGMA recursive_triggers = ON")
                connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
        except StoreError:
            connection.close()
            raise
        return database

    def close(self) -> None:
        """Let the file go."""
        self._connection.close()

    def rows(self, sql: str, values: Sequence[object] = ()) -> list[Row]:
        """Every row of a query."""
        with _explained(self.path):
            return self._connection.execute(sql, values).fetchall()

    def run(self, sql: str, values: Sequence[object] = ()) -> int:
        """Execute one statement; returns how many rows it changed."""
        with _explained(self.path):
            return self._connection.execute(sql, values).rowcount

    def run_many(self, sql: str, values: Iterable[Sequence[object]]) -> None:
        """Execute one statement for each row of values."""
        with _explained(self.path):
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


@contextlib.contextmanager
def _explained(path: Path) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise StoreError(_problem(path, error)) from error


def _problem(path: Path, error: sqlite3.Error) -> Problem:
    return Problem(
        str(path), 0, 0, "", f"the store cannot be used ({error})", "look at the file and its disk"
    )
