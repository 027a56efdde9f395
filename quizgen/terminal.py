"""The one place that writes to the terminal: control characters are made visible here, and nowhere else.

What it shows depends on what is there. At a terminal: wrapped lines, colours, links. In a pipe: each
paragraph as one whole line, no escapes. With `NO_COLOR` or `TERM=dumb`: wrapped lines without any escape.
Colour never says anything that the words don't say too.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Literal, TextIO

import click

from quizgen.base.text import squeeze, visible

Style = Literal["plain", "strong", "faint", "right", "nearly", "wrong", "link"]

# The terminal's own sixteen colours, so that a light or dark theme stays readable; yellow isn't, on white.
_STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "right": {"bold": True, "fg": "green"},
    "nearly": {"bold": True, "fg": "magenta"},
    "wrong": {"bold": True, "fg": "red"},
    "link": {"underline": True},
}
_NARROWEST, _WIDEST = 20, 88  # in columns; prose in longer lines is hard to follow back
_LINKING_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"}
_LINKING_TERMS = ("xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm", "contour")

# Ways of Python's streams to fail on a letter, or to pass a byte through that is no letter.
_FRAGILE = ("strict", "surrogateescape")


@dataclass(frozen=True, slots=True)
class Look:
    """What can be shown: the columns to wrap at (None: whole lines), escapes for style, clickable links."""

    width: int | None
    styled: bool
    links: bool

    @classmethod
    def of(cls, environ: Mapping[str, str], *, tty: bool, columns: int) -> Look:
        """The look of an output that is `columns` wide, by the conventions of https://no-color.org."""
        if not tty:
            return cls(None, styled=False, links=False)
        width = max(columns, _NARROWEST)
        styled = not environ.get("NO_COLOR") and environ.get("TERM", "dumb") not in ("dumb", "unknown", "")
        return cls(width, styled=styled, links=styled and _links(environ))

    @classmethod
    def here(cls) -> Look:
        """The look of standard output as it is now: a window may be resized between two lines."""
        if not sys.stdout.isatty():
            return cls(None, styled=False, links=False)
        import shutil  # it brings every kind of compression along, and a pipe needs none of it

        return cls.of(os.environ, tty=True, columns=shutil.get_terminal_size().columns)


def _links(environ: Mapping[str, str]) -> bool:
    """Whether the terminal is known to open links (OSC 8); an unknown one gets the address in full.

    No terminal says so when asked; the names are those of https://github.com/Alhadis/OSC8-Adoption. Inside
    tmux and screen nobody knows what the outer terminal can do, whatever it left in the environment.
    """
    term = environ.get("TERM", "")
    if "TMUX" in environ or "STY" in environ or term.startswith(("tmux", "screen")):
        return False
    vte = environ.get("VTE_VERSION", "")
    return (
        (vte.isdecimal() and int(vte) >= 5000)
        or environ.get("TERM_PROGRAM", "") in _LINKING_PROGRAMS
        or term.startswith(_LINKING_TERMS)
        or any(name in environ for name in ("WT_SESSION", "KITTY_WINDOW_ID", "KONSOLE_VERSION", "DOMTERM"))
    )


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


def _cells(text: str) -> int:
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


# Han and kana may be parted anywhere but before closing punctuation; Hangul, like Latin, at its spaces.
_PIECES = re.compile(
    r"\s+|[\u3041-\u30ff\u3400-\u9fff][、。，．」』）】〉》！？]*|[^\s\u3041-\u30ff\u3400-\u9fff]+"
)


def _pieces(text: str, width: int) -> Iterable[str]:
    """What a line may be broken between; a word wider than a line is cut, but an address never."""
    for piece in _PIECES.findall(text):
        if _cells(piece) <= width or "://" in piece:
            yield piece
        else:
            from rich.cells import chop_cells

            yield from chop_cells(piece, width)


def wrap(text: str, width: int, *, first: int = 0) -> list[str]:
    """The lines of `text`, each at most `width` columns; the first has `first` columns taken already.

    Hangul, kana and Han letters take two columns. An address is kept whole, however long, so that it can be
    copied.
    """
    lines, line, used = [], "", first
    for piece in _pieces(squeeze(text), width):
        size = _cells(piece)
        if used + size > width and (line or used):
            lines.append(line.rstrip())
            line, used = "", 0
        if line or not piece.isspace():
            line, used = line + piece, used + size
    return [*lines, line.rstrip()]


def _styled(text: str, style: Style, look: Look) -> str:
    return click.style(text, **_STYLES[style]) if look.styled and text and _STYLES[style] else text


def say(
    text: str = "", *, lead: str = "", style: Style = "plain", indent: int = 0, hang: bool = False
) -> None:
    """Write one paragraph, after its `lead` ("a)", "Right.") where it has one: then that takes the style.

    `indent` is in columns; with `hang`, the lines after the first begin below the text and not the lead.
    """
    look = Look.here()
    text, lead = squeeze(visible(text)), squeeze(visible(lead))
    taken = _cells(lead) + 1 if lead else 0
    margin = " " * (indent + (taken if hang else 0))
    lines = [text]
    if look.width is not None:
        room = max(min(look.width, _WIDEST) - len(margin), _NARROWEST // 2)
        lines = wrap(text, room, first=0 if hang else taken)
    head = _styled(lead, style, look) + (" " if lead and lines[0] else "")
    for place, line in enumerate(lines):
        begin = " " * indent + head if place == 0 else margin
        _write((begin + (line if lead else _styled(line, style, look))).rstrip())


def link(words: str, address: str, *, indent: int = 0) -> None:
    """Write a link: `words` to click on where the terminal can, else the address, whole and on one line."""
    look = Look.here()
    address = _one_address(address)
    if look.links and address.startswith(("https://", "http://")):
        shown = _styled(squeeze(visible(words)), "link", look)
        _write(f"{' ' * indent}\x1b]8;;{address}\x1b\\{shown}\x1b]8;;\x1b\\")
    else:
        _write(" " * indent + address)


def _one_address(address: str) -> str:
    """The address in the letters that one may have (RFC 3986): anything else is percent-encoded."""
    return "".join(
        char if "!" <= char <= "~" else "".join(f"%{byte:02X}" for byte in char.encode("utf-8", "replace"))
        for char in address.strip()
    )


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
