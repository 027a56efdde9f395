"""`quizgen state`: look after what a learner has answered."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.base import clock
from quizgen.base.files import is_file
from quizgen.base.problems import Problem, brief
from quizgen.base.text import count
from quizgen.cli.common import fail
from quizgen.store.place import place

if TYPE_CHECKING:
    from quizgen.store.lines import Lines
    from quizgen.store.review import Entry
    from quizgen.store.store import Store

MOST_SHOWN = 100
"""Problems of one file; a file that is none of ours has one in each line."""

_state = click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The store; left out: $QUIZGEN_STATE, or the one in your data folder.",
)
_json = click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")


@click.group("state")
def command() -> None:
    """Look after your progress: the store in which `quizgen quiz` keeps every answer.

    Its log of answers is only ever added to, and each schedule follows from it. docs/progress.md says what it
    holds, and how to move it.

    \b
    quizgen state where
    quizgen state export backup.jsonl
    quizgen state import other-machine.jsonl
    """


@command.command("where")
@_state
@_json
def where(state: Path | None, as_json: bool) -> None:
    """Print where the store is.

    \b
    quizgen state where
    """
    path = place(state)
    if not as_json:
        terminal.out(str(path))
        return
    size = path.stat().st_size if is_file(path) else None
    told = "--state" if state else "QUIZGEN_STATE" if os.environ.get("QUIZGEN_STATE") else "user data folder"
    _print({"path": str(path), "told_by": told, "exists": not _missing(path), "bytes": size})


@command.command("check")
@_state
@_json
def check(state: Path | None, as_json: bool) -> None:
    """Look whether the store is sound, and whether its schedules follow from its log.

    \b
    quizgen state check
    quizgen state check --state copy.sqlite3 --json
    """
    with _store(state) as store:
        health = store.examine()
    if as_json:
        _print(json.loads(json.dumps(asdict(health), default=datetime.isoformat)))
    for note in health.notes:
        terminal.err(f"note: {note}")
    _report(health.problems)
    if health.problems:
        sys.exit(1)
    if not as_json:
        reviews = (
            f"{count(health.reviews, 'review')} of {count(health.items, 'item')}, {health.undone:,} undone"
        )
        terminal.out(f"{place(state)} is sound: {reviews}, {count(health.flags, 'flag')}.")


@command.command("rebuild")
@_state
@_json
def rebuild(state: Path | None, as_json: bool) -> None:
    """Make every schedule anew from the log.

    \b
    quizgen state rebuild
    """
    with _store(state) as store:
        made = store.rebuild()
    if as_json:
        _print({"schedules": made})
    else:
        terminal.out(f"{count(made, 'schedule')} made anew from the log.")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path), required=False)
@_state
def export(file: Path | None, state: Path | None) -> None:
    """Write everything that was ever answered or flagged as JSON Lines.

    To FILE, or to standard output. The lines are described in docs/progress.md.

    \b
    quizgen state export backup.jsonl
    quizgen state export | gzip > backup.jsonl.gz
    """
    from quizgen.cli.writing import write
    from quizgen.store.lines import write_lines

    with _store(state) as store:
        lines = write_lines(store.entries())
        if file is None:
            _show(lines)
            return
        if file.exists() and file.samefile(store.path):
            fail([Problem(str(file), 0, 0, "FILE", "this is the store itself", "name another file")])
        data = list(lines)
    write(file, b"".join(data))
    terminal.out(f"{count(len(data) - 1, 'entry', 'entries')} written to {file}.")


@command.command("import")
@click.argument("file", type=click.Path(path_type=Path, allow_dash=True))
@click.option("--keep-going", is_flag=True, help="Take in the lines that are sound, where others are not.")
@_state
@_json
def import_(file: Path, keep_going: bool, state: Path | None, as_json: bool) -> None:
    """Take in what `quizgen state export` wrote, on this machine or another; - is standard input.

    What is there already stays as it is: two machines' exports can be merged in any order, any number of
    times. With a problem in any line nothing is taken in, unless you say --keep-going; the exit code is 1
    all the same.

    \b
    quizgen state import other-machine.jsonl
    gunzip -c backup.jsonl.gz | quizgen state import -
    """
    lines = _read(file)
    with _store(state, make=True) as store:
        clashes = {id(entry) for entry in store.conflicts(entry for _, entry in lines.entries)}
        problems = [
            *lines.problems,
            *(_clash(file, line, entry) for line, entry in lines.entries if id(entry) in clashes),
        ]
        added = known = 0
        if keep_going or not problems:
            entries = [entry for _, entry in lines.entries if id(entry) not in clashes]
            with terminal.progress("taking in", len(entries)) as step:
                added, known = store.merge(_stepping(entries, step))
    problems.sort()
    _report(problems)
    if as_json:
        _print({"added": added, "known": known, "problems": [asdict(problem) for problem in problems]})
    elif keep_going or not problems:
        terminal.out(f"{count(added, 'entry', 'entries')} taken in, {known:,} there already.")
    else:
        terminal.err("Nothing was taken in; --keep-going takes in the lines that are sound.")
    if problems:
        sys.exit(1)


@command.command("salvage")
@click.argument("new", type=click.Path(path_type=Path))
@_state
@_json
def salvage(new: Path, state: Path | None, as_json: bool) -> None:
    """Save what can be read of a damaged store into a new one. The damaged one is left as it is.

    \b
    quizgen state salvage saved.sqlite3
    """
    from quizgen.store.database import StoreError
    from quizgen.store.rescue import rescue

    try:
        rescued = rescue(place(state), new, clock.now(), terminal.progress)
    except StoreError as error:
        fail([error.problem])
    if as_json:
        _print({"reviews": rescued.reviews, "entries": rescued.entries, "path": str(new)})
        return
    terminal.out(
        f"{count(rescued.entries, 'entry', 'entries')} saved into {new}, {rescued.reviews:,} of them reviews."
    )
    terminal.out("Look at it with `quizgen stats --state FILE`, and put it in the damaged one's place.")


@contextmanager
def _store(state: Path | None, *, make: bool = False) -> Iterator[Store]:
    """The store. Looking at one that is not there is a mistake, and shall not make it."""
    from quizgen.store.database import StoreError
    from quizgen.store.store import Store

    path = place(state)
    if not make and _missing(path):
        hint = "answer a question with `quizgen quiz`, or name another file with --state or QUIZGEN_STATE"
        fail([Problem(str(path), 0, 0, "", "there is no store yet", hint)])
    try:
        with Store.open(path, now=clock.now()) as store:
            yield store
    except StoreError as error:
        fail([error.problem])


def _missing(path: Path) -> bool:
    """Whether there is certainly nothing at a path; where one may not look, opening it will say why."""
    try:
        path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def _read(file: Path) -> Lines:
    """What an export holds, with its problems; where it cannot be read at all, exit 1."""
    from quizgen.store.lines import read_lines

    if str(file) == "-":
        return read_lines(sys.stdin.buffer, "standard input")
    try:
        with file.open("rb") as stream:
            if stream.peek(16).startswith(b"SQLite format 3\0"):  # the bytes that every database begins with
                hint = f"`quizgen state export --state {file}` makes an export of it"
                fail([Problem(str(file), 0, 0, "FILE", "this is a store, and an export was expected", hint)])
            return read_lines(stream, str(file))
    except OSError as error:
        message = f"the file cannot be read ({error.strerror or type(error).__name__})"
        fail([Problem(str(file), 0, 0, "FILE", message, "check the path")])


def _clash(file: Path, line: int, entry: Entry) -> Problem:
    message = f"the store has another entry with the id {brief(entry.id)}"
    return Problem(str(file), line, 1, "id", message, "the store's was kept; leave the line out")


def _stepping(entries: Iterable[Entry], step: Callable[[], None]) -> Iterator[Entry]:
    for entry in entries:
        yield entry
        step()


def _report(problems: Sequence[Problem]) -> None:
    """Print problems, but not a line for each of a file that is none of ours."""
    for problem in problems[:MOST_SHOWN]:
        terminal.err(str(problem))
    if len(problems) > MOST_SHOWN:
        terminal.err(f"… and {len(problems) - MOST_SHOWN:,} more problems")


def _show(lines: Iterable[bytes]) -> None:
    """Write an export to standard output; at a terminal, what was typed must not control it."""
    if sys.stdout.isatty():
        for line in lines:
            terminal.out(line.decode().removesuffix("\n"))
        return
    sys.stdout.buffer.writelines(lines)
    sys.stdout.buffer.flush()  # here a closed pipe ends the command; later it would be a traceback


def _print(told: dict[str, Any]) -> None:
    terminal.out(json.dumps(told, ensure_ascii=False, indent=1))
