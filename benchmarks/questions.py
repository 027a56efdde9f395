"""Generating and checking questions, beside genanki writing the same cards, and ten times as many facts.

Usage: python -m benchmarks.questions
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from benchmarks import genanki_alone
from benchmarks.measure import Row, Side, Work, compare, inside
from benchmarks.synthetic import write_pack
from quizgen.cli.common import recipe_for
from quizgen.generate.bank import generate
from quizgen.generate.judge import Judge
from quizgen.lint.lint import lint


def made_and_checked(recipe_path: Path) -> Work:
    """Every item of a deck generated, and held to every rule; the facts are loaded before."""
    recipe, pack = recipe_for(str(recipe_path))

    def work() -> None:
        lint(generate(pack, recipe), Judge(pack))

    return inside(work)


def rows(folder: Path, medium: Path, notes: Path, rounds: int) -> Iterator[Row]:
    """Both comparisons. `medium` is a recipe, and `notes` its notes for `genanki_alone.py`."""
    yield compare(
        Side("generate and check 10,000 cards", made_and_checked(medium)),
        Side("genanki alone, the same notes", inside(lambda: genanki_alone.main(notes, folder / "q.apkg"))),
        bound=3,
        rounds=rounds,
    )
    sizes = [write_pack(folder / f"questions-{size}", size) for size in (10_000, 1_000)]
    yield compare(
        Side("generate and check, 10,000 facts", made_and_checked(sizes[0])),
        Side("1,000 facts", made_and_checked(sizes[1])),
        bound=11,
        rounds=max(1, rounds // 2),
    )


def main() -> None:
    """Measure these alone."""
    from benchmarks.run import dump_notes

    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        medium = write_pack(folder / "cards", 2_500)
        dump_notes(medium, folder / "notes.pickle")
        for row in rows(folder, medium, folder / "notes.pickle", rounds=5):
            print(row, flush=True)


if __name__ == "__main__":
    main()
