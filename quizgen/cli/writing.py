"""Making a file of a bank, and writing it where it was asked for."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.base.errors import QuizgenError
from quizgen.base.files import write_together, writing_problem
from quizgen.base.problems import Problem
from quizgen.cli.common import fail
from quizgen.export import EXPORTERS

if TYPE_CHECKING:
    from quizgen.items.item import Bank


def export(bank: Bank, form: str) -> bytes:
    """The bank as one of `EXPORTERS` writes it; an item that doesn't fit is reported, with exit code 1."""
    try:
        return EXPORTERS[form](bank)
    except QuizgenError as error:
        fail([Problem(bank.deck.id, 0, 0, "", str(error), "look at its template's slot and blanks")])


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`; where that fails, say why and exit 1 with whatever was there left as it was."""
    write_all([(path, data)])


def write_all(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files, none before all are whole; where that fails, say why and exit 1."""
    try:
        write_together(files)
    except OSError as error:
        fail([writing_problem(Path(error.filename or files[-1][0]), error)])
