"""How fast quizgen is, beside what its work cannot do without; every figure is a ratio within one run.

Usage: python -m benchmarks.run [--rounds N]

The two sides of a ratio take turns, A B A B …, and the median of the pairs' ratios is printed: a machine that
slows down slows both.
"""

from __future__ import annotations

import argparse
import os
import pickle
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import yaml

from benchmarks.synthetic import write_pack
from quizgen.cli.common import bank_for
from quizgen.export import anki_file, anki_note_type
from quizgen.export.anki_notes import notes_of
from quizgen.facts.check import soundness
from quizgen.facts.load import load_pack

HERE = Path(__file__).resolve().parent
QUIZGEN = [sys.executable, "-m", "quizgen"]
# Programs are measured as they run day by day, with their compiled files in place.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


@dataclass(frozen=True)
class Row:
    """One line of the table: what was measured, beside what, in seconds, and how many times as long it may take."""

    what: str
    beside: str
    ours: float
    theirs: float
    ratio: float
    bound: float

    def __str__(self) -> str:
        verdict = "yes" if self.ratio <= self.bound else "NO"
        return (
            f"| {self.what} | {self.ours:.3f} s | {self.beside} | {self.theirs:.3f} s "
            f"| {self.ratio:.2f} | {self.bound:g} | {verdict} |"
        )


def timed(work: Callable[[], object]) -> float:
    """How long `work` takes, in seconds."""
    start = time.perf_counter()
    work()
    return time.perf_counter() - start


def compare(
    what: str,
    ours: Callable[[], object],
    beside: str,
    theirs: Callable[[], object],
    *,
    bound: float,
    rounds: int,
) -> Row:
    """The medians of both, and of the ratios of the pairs; one round before the first is not counted."""
    pairs = [(timed(ours), timed(theirs)) for _ in range(rounds + 1)][1:]
    return Row(
        what,
        beside,
        statistics.median(a for a, _ in pairs),
        statistics.median(b for _, b in pairs),
        statistics.median(a / b for a, b in pairs),
        bound,
    )


def run(*command: str | Path) -> Callable[[], object]:
    """A whole process, its output thrown away."""
    return lambda: subprocess.run(
        [str(part) for part in command],
        check=True,
        env=ENVIRONMENT,
        stdin=subprocess.DEVNULL,
        capture_output=True,
    )


def first_question() -> None:
    """A quiz, from the start of its process until its first question is on the screen."""
    process = subprocess.Popen(
        [*QUIZGEN, "quiz", "--seed", "1", "--type", "typed"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        env={**ENVIRONMENT, "PYTHONUNBUFFERED": "1"},
    )
    assert process.stdout is not None  # noqa: S101  it is a pipe
    for line in process.stdout:
        if b"?" in line:
            break
    else:
        raise RuntimeError("the quiz asked nothing")
    process.kill()
    process.communicate()


def dump_notes(recipe: Path, path: Path) -> int:
    """Write the deck's notes for `genanki_alone.py`; returns how many cards they have."""
    bank = bank_for(str(recipe))
    notes = [
        (list(note.fields), list(note.tags), anki_file.guid(bank.deck.id, note.id), note.position)
        for note in notes_of(bank)
    ]
    model = {
        "model_id": bank.deck.anki.note_type,
        "name": "the same",
        "fields": anki_note_type.fields(),
        "templates": anki_note_type.templates(),
        "css": anki_note_type.style(),
    }
    data = {"model": model, "deck": bank.deck.anki.deck, "name": bank.deck.name, "notes": notes}
    path.write_bytes(pickle.dumps(data))
    return len(bank.items)


def rows(folder: Path, rounds: int) -> list[Row]:
    """Every comparison."""
    found = []
    large = write_pack(folder / "10000", 10_000)
    text = large.with_name("pack.yaml").read_text("utf-8")

    def load() -> None:
        pack, problems = load_pack(large.with_name("pack.yaml"))
        assert pack is not None, problems  # noqa: S101  the synthetic pack is sound
        assert not soundness(pack)  # noqa: S101

    found.append(
        compare(
            "load and validate 10,000 facts",
            load,
            "`yaml.load(…, CSafeLoader)`",
            lambda: yaml.load(text, yaml.CSafeLoader),
            bound=0.5,
            rounds=rounds,
        )  # fmt: skip
    )
    recipe = write_pack(folder / "cards", 2_500)
    cards = dump_notes(recipe, folder / "notes.pickle")
    found.append(
        compare(
            f"from YAML to `.apkg`, {cards:,} cards",
            run(*QUIZGEN, "build", recipe, "-o", folder / "ours.apkg"),
            "genanki alone, same notes",
            run(sys.executable, HERE / "genanki_alone.py", folder / "notes.pickle", folder / "theirs.apkg"),
            bound=4,
            rounds=rounds,
        )  # fmt: skip
    )
    small = write_pack(folder / "1000", 1_000)
    found.append(
        compare(
            "`quizgen build`, 10,000 facts",
            run(*QUIZGEN, "build", large, "-o", folder / "large.apkg"),
            "1,000 facts",
            run(*QUIZGEN, "build", small, "-o", folder / "small.apkg"),
            bound=11,
            rounds=max(1, rounds // 2),
        )  # fmt: skip
    )
    found.append(
        compare(
            "`quizgen --version`",
            run(*QUIZGEN, "--version"),
            '`python -c "import click"`',
            run(sys.executable, "-c", "import click"),
            bound=1.5,
            rounds=rounds * 3,
        )  # fmt: skip
    )
    found.append(
        compare(
            "`quizgen quiz` to the first question",
            first_question,
            '`python -c "import click, yaml, pydantic"`',
            run(sys.executable, "-c", "import click, yaml, pydantic"),
            bound=3,
            rounds=rounds * 3,
        )  # fmt: skip
    )
    return found


def main() -> None:
    """Measure, and print the table as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5, help="pairs for the slow comparisons (default 5)")
    rounds = parser.parse_args().rounds
    with tempfile.TemporaryDirectory() as folder:
        found = rows(Path(folder), rounds)
    print(
        f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    )
    print()
    print("| what | median | beside | median | ratio | at most | held |")
    print("|---|---|---|---|---|---|---|")
    for row in found:
        print(row)


if __name__ == "__main__":
    main()
