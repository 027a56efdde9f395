"""How fast a store of 100,000 reviews is, beside SQLite and py-fsrs doing the same without it.

Usage: python -m benchmarks.store [--rounds N] [--reviews N]
"""

from __future__ import annotations

import argparse
import contextlib
import gc
import os
import platform
import sqlite3
import tempfile
import tracemalloc
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

import fsrs

from benchmarks.measure import Row, Side, compare, inside
from benchmarks.reviews import write_store
from quizgen.cli.common import bank_for
from quizgen.store import rows
from quizgen.store.review import Rating, Review, new_id
from quizgen.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
COMMITS = 100
READ = f"SELECT {rows.REVIEW} FROM log WHERE kind = 'review' ORDER BY at"  # noqa: S608  constants


def bare(path: Path, sql: str) -> Callable[[], int]:
    """Open a database and read all rows of a query, with nothing but sqlite3."""

    def read() -> int:
        with contextlib.closing(sqlite3.connect(path)) as connection:
            return len(connection.execute(sql).fetchall())

    return read


def recording(path: Path) -> Callable[[], None]:
    """`COMMITS` answers, each on disk before the next."""
    numbers = count(1)

    def record() -> None:
        with Store.open(path, now=NOW) as store:
            items = list(store.schedules())
            for _ in range(COMMITS):
                number = next(numbers)
                at, item = NOW + timedelta(seconds=10 * number), items[number * 37 % len(items)]
                store.record(
                    Review(
                        id=new_id(at), item=item, facts=(item.partition("/")[0],), deck="japan-korea", at=at,
                        rating=Rating.GOOD, seconds=5.5, response="2016", mark="right", session="bench",
                    )
                )  # fmt: skip

    return record


def committing(path: Path) -> Callable[[], None]:
    """As many commits of one short row, as durable as the store's."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE notes (note TEXT)")

    def commit() -> None:
        with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as connection:
            connection.execute("PRAGMA synchronous = EXTRA")
            for _ in range(COMMITS):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("INSERT INTO notes VALUES ('one answer')")
                connection.execute("COMMIT")

    return commit


def rebuilding(path: Path) -> Callable[[], int]:
    """Every schedule anew."""

    def rebuild() -> int:
        with Store.open(path, now=NOW) as store:
            return store.rebuild()

    return rebuild


def by_fsrs(path: Path) -> Callable[[], None]:
    """py-fsrs alone, on the same ratings, which it is handed ready made."""
    with Store.open(path, now=NOW) as store:
        reviews = [(one.item, fsrs.Rating(one.rating), one.at) for one in store.reviews()]

    def schedule() -> None:
        scheduler, cards = fsrs.Scheduler(enable_fuzzing=False), dict[str, fsrs.Card]()
        for item, rating, at in reviews:
            card = cards.get(item) or fsrs.Card(card_id=1, due=at)
            cards[item], _ = scheduler.review_card(card, rating, at)

    return schedule


def comparisons(folder: Path, reviews: int, rounds: int) -> Iterator[Row]:
    """Every comparison, on one store."""
    path = folder / "progress.sqlite3"
    bank = bank_for(None)
    write_store(path, bank.deck.id, bank.items, reviews, NOW)
    size = path.stat().st_size / 1e6

    def learn() -> int:
        with Store.open(path, now=NOW) as store:
            return len(store.schedules())

    def read() -> int:
        with Store.open(path, now=NOW) as store:
            return sum(1 for _ in store.reviews())

    items = learn()
    print(f"{reviews:,} reviews of {items:,} items, {size:.0f} MB; {peak(learn):.1f} MB of Python objects at")
    print(f"the most to read the schedules, {peak(read):.1f} MB to read every review")
    print()
    print("| what | median | beside | median | ratio | at most | held |")
    print("|---|---|---|---|---|---|---|")

    def row(
        what: str, ours: Callable[[], object], beside: str, theirs: Callable[[], object], bound: float
    ) -> Row:
        return compare(Side(what, inside(ours)), Side(beside, inside(theirs)), bound=bound, rounds=rounds)

    schedules = f"SELECT {rows.SCHEDULE} FROM schedules"  # noqa: S608  constants
    yield row(
        "open, and read every schedule", learn, "the same rows, bare `sqlite3`", bare(path, schedules), 6
    )
    yield row("read every review", read, "the same rows, bare `sqlite3`", bare(path, READ), 4)
    yield row("rebuild every schedule", rebuilding(path), "py-fsrs alone", by_fsrs(path), 3)
    alone = committing(folder / "notes.sqlite3")
    yield row(f"record {COMMITS} answers", recording(path), f"{COMMITS} bare commits", alone, 2)


def peak(work: Callable[[], object]) -> float:
    """The most memory that Python objects took during a work, in MB; SQLite's own cache is not among it."""
    tracemalloc.start()
    work()
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    return most / 1e6


def main() -> None:
    """Measure, and print the table as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5, help="pairs for each comparison (default 5)")
    parser.add_argument("--reviews", type=int, default=100_000, help="in the store (default 100,000)")
    told = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    versions = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}"
    print(f"{versions}, {machine}, {told.rounds} rounds")
    gc.disable()  # as the commands do; here both sides
    with tempfile.TemporaryDirectory() as folder:
        for row in comparisons(Path(folder), told.reviews, told.rounds):
            print(row, flush=True)


if __name__ == "__main__":
    main()
