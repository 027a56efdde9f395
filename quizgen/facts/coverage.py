"""The coverage list: what became of each paragraph of the works that decide what a pack covers.

It is `coverage.csv` in the pack's folder, with the columns source, paragraph, fate, facts and reason. The
fate is `facts` (named, with spaces between), `repeats` or `no-fact` (for the reason given), or `furniture`:
a title, caption or the like, which is no paragraph of substance.
"""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.base.files import is_file, read_text
from quizgen.base.problems import Problem

if TYPE_CHECKING:
    from quizgen.facts.model import Pack

COLUMNS = ("source", "paragraph", "fate", "facts", "reason")
_FATES = ("facts", "repeats", "no-fact")


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph and what became of it."""

    source: str
    paragraph: str
    fate: str
    facts: tuple[str, ...]
    reason: str

    @property
    def of_substance(self) -> bool:
        """Whether the paragraph says something, and is more than furniture of the page."""
        return self.fate != "furniture"

    @property
    def covered(self) -> bool:
        """Whether it has facts, or a recorded reason why not; any other fate is work still to be done."""
        return self.fate in _FATES and bool(self.facts if self.fate == "facts" else self.reason)


def coverage_path(pack: Pack) -> Path:
    """Where a pack's coverage list is, if it has one."""
    return pack.root / "coverage.csv"


def read(path: Path) -> tuple[list[Row] | None, list[Problem]]:
    """The list's rows; None where there is no list, or none that can be read."""
    if not is_file(path):
        return None, []
    text, problems = read_text(path, str(path))
    if text is None:
        return None, problems
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    except csv.Error as error:
        return None, [Problem(str(path), 0, 0, "", f"this is no CSV ({error})", "mend the line")]
    if not rows or tuple(rows[0]) != COLUMNS:
        message = f"the first line is not {','.join(COLUMNS)!r}"
        return None, [Problem(str(path), 1, 1, "", message, "write the names of the columns there")]
    for number, row in enumerate(rows, 1):
        if len(row) != len(COLUMNS):
            message = f"record {number} has {len(row)} columns, and {len(COLUMNS)} were expected"
            return None, [
                Problem(str(path), 0, 0, "", message, "put quotation marks round a text with commas")
            ]
    return [
        Row(source, paragraph, fate, tuple(facts.split()), reason.strip())
        for source, paragraph, fate, facts, reason in rows[1:]
    ], []
