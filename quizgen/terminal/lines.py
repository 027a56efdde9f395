"""Lines: writing them, one paragraph after another, and reading them.

What is shown depends on what is there. At a terminal: wrapped lines, colours, links. In a pipe: each
paragraph as one whole line, no escapes. With `NO_COLOR` or `TERM=dumb`: wrapped lines without any escape.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import Literal, TextIO

import click

from quizgen.base.text import squeeze, visible
from quizgen.terminal.layout import Block, lines_of
from quizgen.terminal.look import Look, Style

# Ways of Python's streams to fail on a letter, or to pass a byte through that is no letter.
_FRAGILE = ("strict", "surrogateescape")


def _write(text: str, *, error: bool = False) -> None:
    """Write a line that is safe already. An encoding that lacks a letter shows its escape, and goes on."""
    stream = sys.stderr if error else sys.stdout
    if getattr(stream, "errors", "") in _FRAGILE:
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    click.echo(text, err=error)


def out(text: str = "") -> None:
    """Write one line, or several, of plain text to standard output."""
    _write(visible(text))


def err(text: str) -> None:
    """Write one line, or several, of plain text to standard error."""
    _write(visible(text), error=True)


def show(block: Block) -> None:
    """Write one paragraph or link."""
    for line in lines_of(block, Look.here()):
        _write(line)


def say(
    text: str = "", *, lead: str = "", style: Style = "plain", indent: int = 0, hang: bool = False
) -> None:
    """Write one paragraph; what the arguments mean, `Block` says."""
    show(Block(text=text, lead=lead, style=style, indent=indent, hang=hang))


def link(words: str, address: str, *, indent: int = 0) -> None:
    """Write a link: `words` to click on where the terminal can, else the address, whole and on one line."""
    show(Block(text=words, address=address, indent=indent))


def table(headers: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Write a table: aligned and wrapped at a terminal; in a pipe a line for each row, with tabs."""
    look = Look.here()
    cells = [[squeeze(visible(cell)) for cell in row] for row in (headers, *rows)]
    if look.width is None:
        for row in cells:
            _write("\t".join(row))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    drawn = Table(box=None, padding=(0, 2, 0, 0), pad_edge=False, header_style="")
    for header in cells[0]:
        drawn.add_column(Text.assemble((header, "bold")), overflow="fold")
    for row in cells[1:]:
        drawn.add_row(*map(Text, row))
    colours: Literal["standard"] | None = "standard" if look.styled else None
    console = Console(
        width=look.width, color_system=colours, force_terminal=look.styled, legacy_windows=False
    )
    with console.capture() as capture:
        console.print(drawn)
    for line in capture.get().splitlines():
        _write(line.rstrip())


def interactive() -> bool:
    """Whether a person is there to be asked again: whether standard input is a terminal."""
    return sys.stdin.isatty()


def ask(prompt: str) -> str | None:
    """The line that is answered to `prompt`; None where there is no more (Ctrl-D, the end of a file).

    Raises KeyboardInterrupt on Ctrl-C. What doesn't come from a keyboard is written out after the prompt, so
    that the output reads whole.
    """
    typed = interactive()
    if getattr(sys.stdin, "errors", "") in _FRAGILE:
        sys.stdin.reconfigure(errors="replace")  # type: ignore[union-attr]
    try:
        if typed:
            _edit_lines()
            return input(f"{visible(prompt)} ")
        line = _read_line(sys.stdin)
    except EOFError:
        _write("")  # the prompt is there already; what follows begins on a line of its own
        return None
    _write(visible(prompt) + (f" {visible(line)}" if line else ""))
    return line


def _read_line(stream: TextIO) -> str | None:
    line = stream.readline(10_000)
    return line.rstrip("\r\n") if line else None


def _edit_lines() -> None:
    """Let arrows and Backspace work on what is typed, in Hangul and kana too, where the terminal can."""
    if Look.here().styled:
        try:
            import readline
        except ImportError:
            return  # Windows, and Python builds without it
        readline.set_auto_history(False)  # the answer before is no help to anybody


def give_up_output() -> None:
    """Send what is still to be written nowhere: the reader of the pipe has gone, and that is no error."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, sys.stdout.fileno())
    os.close(nowhere)


@contextmanager
def progress(what: str, total: int) -> Iterator[Callable[[], None]]:
    """Show on standard error how far a long work is, at a terminal; yields what to call at each step."""
    if not sys.stderr.isatty() or total < 200:
        yield lambda: None
        return
    with click.progressbar(length=total, label=what, file=sys.stderr) as bar:
        yield lambda: bar.update(1)
