"""A store as JSON Lines: to keep, to read elsewhere, to carry to another machine, to merge."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import BinaryIO, NamedTuple

from quizgen.base.problems import Problem, brief
from quizgen.store.fields import FieldError, entry_from, fields_of
from quizgen.store.review import Entry

KIND, FORMAT = "quizgen-progress", 1
LONGEST_LINE = 256 * 1024
"""In bytes; a review has some hundred, and 2,000 characters of response have at most 24,000."""


class Lines(NamedTuple):
    """What a file holds: entries with their lines, and the problems of the lines that hold none."""

    entries: list[tuple[int, Entry]]
    problems: list[Problem]


def write_lines(entries: Iterable[Entry]) -> Iterator[bytes]:
    """An export, line by line."""
    yield _line({"kind": KIND, "format": FORMAT})
    for entry in entries:
        yield _line(fields_of(entry))


def _line(fields: dict[str, object]) -> bytes:
    # Letters as they are: people look into these files.
    return json.dumps(fields, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_lines(stream: BinaryIO, shown: str) -> Lines:
    """Everything that an export holds; `shown` is its path as messages name it. Raises OSError."""
    lines = Lines([], [])
    known: dict[str, tuple[int, Entry]] = {}
    for number, line in _split(stream):
        try:
            entry = _entry(line)
            if entry is None:
                continue
            first, other = known.setdefault(entry.id, (number, entry))
            if other != entry:
                message = f"line {first} has another entry with the id {brief(entry.id)}"
                raise FieldError("id", message, "leave one of them out")
        except FieldError as error:
            lines.problems.append(Problem(shown, number, 1, error.field, error.message, error.hint))
        except json.JSONDecodeError as error:
            hint = "export it again, or leave the line out with --keep-going"
            message = f"this line is no JSON ({error.msg})"
            lines.problems.append(Problem(shown, number, error.colno, "", message, hint))
        else:
            lines.entries.append((number, entry))
    return lines


def _split(stream: BinaryIO) -> Iterator[tuple[int, bytes]]:
    """Lines with their numbers, from 1; what is too long ends at `LONGEST_LINE` and one byte."""
    number = 0
    while line := stream.readline(LONGEST_LINE + 1):
        number += 1
        yield number, line
        while len(line) > LONGEST_LINE and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE + 1)


def _entry(line: bytes) -> Entry | None:
    """The entry of a line, or None where it holds none. Raises FieldError and JSONDecodeError."""
    if len(line) > LONGEST_LINE:
        message = f"the line has more than {LONGEST_LINE:,} bytes"
        raise FieldError("", message, "no export has such a line: leave it out")
    try:
        text = line.decode("utf-8-sig").strip()
    except UnicodeDecodeError:
        raise FieldError("", "this line is not UTF-8 text", "leave it out with --keep-going") from None
    if not text:
        return None
    try:
        fields = json.loads(text)
    except json.JSONDecodeError:
        raise
    except ValueError:
        raise FieldError("", "a number in this line is too long", "correct it") from None
    except RecursionError:
        raise FieldError(
            "", "the line is nested too deep", "no export has such a line: leave it out"
        ) from None
    if not isinstance(fields, dict):
        raise FieldError("", f"expected an object in braces, found {brief(fields)}", "leave the line out")
    if fields.get("kind") == KIND:
        if fields.get("format") != FORMAT:
            message = (
                f"the export has the format {brief(fields.get('format'))}, and this quizgen knows {FORMAT}"
            )
            raise FieldError("format", message, "upgrade quizgen")
        return None
    return entry_from(fields)
