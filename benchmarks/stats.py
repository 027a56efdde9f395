"""How long statistics and Tab take, beside what they cannot do without.

Usage: python -m benchmarks.stats [--rounds N] [--reviews N]

The store is made up (`benchmarks/reviews.py`) and takes a minute to write.
"""

from __future__ import annotations

import argparse
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from benchmarks.measure import ENVIRONMENT, QUIZGEN, Row, Side, Work, compare, inside
from benchmarks.reviews import write_store
from quizgen.cli.common import bank_for
from quizgen.stats.measure import View, measure
from quizgen.store.store import Store

NOW = datetime(2026, 11, 22, 18, tzinfo=UTC)
# The columns that the statistics read, and nothing else done.
READ = """
import sqlite3, sys
rows = sqlite3.connect(sys.argv[1]).execute(
    "SELECT log.n, item, deck, at, rating, seconds, state, recall FROM log"
    " LEFT JOIN expected ON expected.n = log.n WHERE kind = 'review'").fetchall()
assert len(rows) == int(sys.argv[2])
"""


def process(told: dict[str, str], *command: str | Path) -> Work:
    """A whole process, its output thrown away."""

    def start() -> None:
        told_all = {**ENVIRONMENT, **told}
        subprocess.run(command, check=True, env=told_all, stdin=subprocess.DEVNULL, capture_output=True)

    return inside(start)


def rows(folder: Path, rounds: int, reviews: int) -> Iterator[Row]:
    """Every comparison."""
    bank, store = bank_for(None), folder / "progress.sqlite3"
    write_store(store, bank.deck.id, bank.items, reviews, NOW)
    told = {"QUIZGEN_NOW": NOW.isoformat(), "QUIZGEN_STATE": str(store), "XDG_CACHE_HOME": str(folder)}
    bare = (sys.executable, "-c", READ, store, str(reviews))
    for form in ("--json", f"--html={folder / 'page.html'}"):
        name = f"`quizgen stats {form.partition('=')[0]}`, {reviews:,} reviews"
        yield compare(
            Side(name, process(told, *QUIZGEN, "stats", form)),
            Side("the same rows with `sqlite3` alone", process({}, *bare)),
            bound=3,
            rounds=rounds,
        )
    with Store.open(store, now=NOW) as opened:
        schedules, answered = opened.schedules(), opened.answered()
        yield compare(
            Side("reckoning alone", inside(lambda: measure(bank, schedules, answered, View(NOW, 182)))),
            Side("reading the answers from the store", inside(opened.answered)),
            bound=1,
            rounds=rounds,
        )
    line = {"COMP_WORDS": "quizgen\ngrade\ngsomia-", "COMP_CWORD": "2"}
    asks = {**told, **line, "_QUIZGEN_COMPLETE": "bash_complete"}
    yield compare(
        Side("Tab on an item's name", process(asks, *script(folder))),
        Side('`python -c "import click"`', process({}, sys.executable, "-c", "import click")),
        bound=3,
        rounds=rounds * 3,
    )


def script(folder: Path) -> tuple[str, ...]:
    """A `quizgen` that goes by its name, as click's completion asks."""
    path = folder / "quizgen-program"
    path.write_text("from quizgen.cli import main\nmain(prog_name='quizgen')\n")
    return (sys.executable, str(path))


def main() -> None:
    """Measure, and print the table as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--reviews", type=int, default=100_000)
    told = parser.parse_args()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    print(f"Python {platform.python_version()}, {machine}")
    print()
    print("| what | median | beside | median | ratio | at most | held |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), told.rounds, told.reviews):
            print(row, flush=True)


if __name__ == "__main__":
    main()
