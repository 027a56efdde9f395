"""`quizgen sheet`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import click

from quizgen import terminal
from quizgen.base.files import read_text
from quizgen.base.problems import Problem
from quizgen.cli import tab
from quizgen.cli.common import bank_for, fail
from quizgen.cli.writing import write
from quizgen.reading import sheet


@click.command("sheet")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The CSV file to write.")
@click.option("--count", type=click.IntRange(min=1), default=60, show_default=True, help="How many items.")
@click.option("--seed", type=int, default=1, show_default=True, help="Another number draws other items.")
@click.option(
    "--without",
    type=click.Path(path_type=Path),
    multiple=True,
    help="A sheet whose items are not drawn again; may be repeated.",
)
@click.option("--mark", type=click.Path(path_type=Path), help="Grade the answers on this sheet instead.")
def command(deck: str | None, output: Path | None, mark: Path | None, **drawn: Any) -> None:
    """Write a sheet for a blind reading: items to answer without their keys, and to mark for faults.

    Rules find what is wrong with a question's form; whether it can be read in two ways, only a reader finds.
    Give the sheet (a CSV file, for any spreadsheet) to somebody who knows the subject: to answer every item,
    and to say in the columns after it what is wrong. With --mark the answers are graded, and the keys,
    explanations and sources added, for a second look.

    \b
    quizgen sheet --count 150 -o reading.csv
    quizgen sheet --mark reading.csv -o read.csv
    quizgen sheet --count 60 --seed 2 --without reading.csv -o again.csv
    """
    bank = bank_for(deck)
    if mark is None:
        seen = {row["id"] for path in drawn["without"] for row in _rows(path)}
        rows = sheet.blind(sheet.draw(bank, drawn["count"], drawn["seed"], seen))
    else:
        rows = sheet.marked(_rows(mark), bank)
        _tell(rows)
    if output is not None:
        write(output, sheet.written(rows))
    elif mark is None:
        terminal.out(sheet.written(rows).decode("utf-8-sig").removesuffix("\n"))


def _rows(path: Path) -> list[sheet.Row]:
    text, problems = read_text(path, str(path))
    if text is None:
        fail(problems)
    rows, wrong = sheet.read(text)
    if wrong is not None:
        hint = "name a sheet that `quizgen sheet` wrote, saved as CSV with commas"
        fail([Problem(str(path), 1, 1, "", wrong, hint)])
    return rows


def _tell(rows: list[sheet.Row]) -> None:
    """How many answers came out how, and each one that a second look is due to."""
    counts = Counter(row["verdict"] for row in rows)
    marks = ("right", "nearly", "wrong", "unreadable", "none", "changed", "gone")
    terminal.table(("Verdict", "Items"), [(mark, str(counts[mark])) for mark in marks if counts[mark]])
    for row in rows:
        if row["verdict"] in ("nearly", "wrong", "unreadable"):
            terminal.say(f"{row['answer']!r} for {row.get('key', '')!r}", lead=f"{row['item']}:", hang=True)
