"""Measuring: a work is a function that says how long it took, and two of them take turns."""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Work = Callable[[], float]

QUIZGEN = (sys.executable, "-m", "quizgen")
# Programs are measured as they run day by day, with their compiled files in place.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured beside what, in seconds, and the bound of their ratio."""

    what: str
    ours: float
    beside: str
    theirs: float
    ratio: float
    bound: float

    def __str__(self) -> str:
        held = "yes" if self.ratio <= self.bound else "no"
        times = f"{self.ours:.3f} s | {self.beside} | {self.theirs:.3f} s"
        return f"| {self.what} | {times} | {self.ratio:.2f} | {self.bound:g} | {held} |"


@dataclass(frozen=True)
class Side:
    """One side of a ratio: its name and its work."""

    name: str
    work: Work


def compare(ours: Side, theirs: Side, *, bound: float, rounds: int) -> Row:
    """The medians of both, and of the ratios of the pairs; a first pair is not counted."""
    pairs = [(ours.work(), theirs.work()) for _ in range(rounds + 1)][1:]
    return Row(
        ours.name,
        statistics.median(a for a, _ in pairs),
        theirs.name,
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        bound,
    )


def inside(work: Callable[[], object]) -> Work:
    """A work within this process."""

    def timed() -> float:
        start = time.perf_counter()
        work()
        return time.perf_counter() - start

    return timed


def process(*command: str | Path) -> Work:
    """A whole process, its output thrown away."""

    def start() -> None:
        subprocess.run(command, check=True, env=ENVIRONMENT, stdin=subprocess.DEVNULL, capture_output=True)

    return inside(start)


def first_question(cache: Path, *, kept: bool) -> Work:
    """A quiz from the start of its process to its first question, its items kept from before or not."""

    def timed() -> float:
        if not kept:
            shutil.rmtree(cache, ignore_errors=True)
        start = time.perf_counter()
        quiz = subprocess.Popen(
            [*QUIZGEN, "quiz", "--seed", "1", "--type", "typed"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1", "XDG_CACHE_HOME": str(cache)},
        )
        assert quiz.stdout is not None  # noqa: S101  it is a pipe
        if not any(b"?" in line for line in quiz.stdout):
            raise RuntimeError("the quiz asked nothing")
        taken = time.perf_counter() - start
        quiz.communicate()
        return taken

    return timed
