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
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import yaml

from benchmarks import questions
from benchmarks.measure import QUIZGEN, Row, Side, Work, compare, first_question, inside, process
from benchmarks.synthetic import write_pack
from quizgen.cli.common import bank_for
from quizgen.export import anki_file, anki_note_type
from quizgen.export.anki_notes import notes_of
from quizgen.facts.check import soundness
from quizgen.facts.load import load_pack

HERE = Path(__file__).resolve().parent


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


def rows(folder: Path, rounds: int) -> Iterator[Row]:
    """Every comparison."""
    large = write_pack(folder / "10000", 10_000)
    pack = large.with_name("pack.yaml")
    text = pack.read_text("utf-8")

    def load() -> None:
        loaded, problems = load_pack(pack)
        assert loaded is not None, problems  # noqa: S101  the synthetic pack is sound
        assert not soundness(loaded)  # noqa: S101

    yield compare(
        Side("load and validate 10,000 facts", inside(load)),
        Side("`yaml.load(…, CSafeLoader)`", inside(lambda: yaml.load(text, yaml.CSafeLoader))),
        bound=0.5,
        rounds=rounds,
    )
    medium = write_pack(folder / "cards", 2_500)
    cards = dump_notes(medium, folder / "notes.pickle")
    alone = (sys.executable, HERE / "genanki_alone.py", folder / "notes.pickle", folder / "theirs.apkg")
    yield compare(
        Side(f"from YAML to `.apkg`, {cards:,} cards", build(medium, folder)),
        Side("genanki alone, the same notes", process(*alone)),
        bound=4,
        rounds=rounds,
    )
    yield from questions.rows(folder, medium, folder / "notes.pickle", rounds)
    small = write_pack(folder / "1000", 1_000)
    yield compare(
        Side("`quizgen build`, 10,000 facts", build(large, folder)),
        Side("1,000 facts", build(small, folder)),
        bound=11,
        rounds=max(1, rounds // 2),
    )
    yield compare(
        Side("`quizgen --version`", process(*QUIZGEN, "--version")),
        Side('`python -c "import click"`', process(sys.executable, "-c", "import click")),
        bound=1.5,
        rounds=rounds * 3,
    )
    for kept, how in ((True, "started before"), (False, "started for the first time")):
        yield compare(
            Side(f"`quizgen quiz` to the first question, {how}", first_question(folder / "cache", kept=kept)),
            Side(
                '`python -c "import click, yaml, pydantic"`',
                process(sys.executable, "-c", "import click, yaml, pydantic"),
            ),
            bound=3,
            rounds=rounds * 3,
        )


def build(recipe: Path, folder: Path) -> Work:
    """`quizgen build`, as a whole process."""
    return process(*QUIZGEN, "build", recipe, "-o", folder / f"{recipe.parent.name}.apkg")


def main() -> None:
    """Measure, and print the table as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--rounds", type=int, default=5, help="pairs for the slow comparisons (default 5)")
    rounds = parser.parse_args().rounds
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    print(f"Python {platform.python_version()}, {machine}, {rounds} rounds")
    print()
    print("| what | median | beside | median | ratio | at most | held |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        for row in rows(Path(folder), rounds):
            print(row, flush=True)


if __name__ == "__main__":
    main()
