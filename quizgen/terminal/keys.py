"""Reading single keys: what a terminal sends for them, and a keyboard that puts the terminal back as it was.

A key is the character that it types, or a name in angle brackets: `<enter>`, `<up>`, `<esc>`. Three names
are no keys: `<resize>` (the window has another size, or was away), `<tick>` (nothing came in time) and
`<gone>` (there is no terminal any more). Sequences are those of ECMA-48 and of xterm's `ctlseqs`, which all
terminals of today share.

These are a few lines of our own instead of prompt_toolkit because importing that alone takes two thirds of
what everything takes that comes before a quiz's first question.
"""

from __future__ import annotations

import codecs
import os
import re
import select
import signal
import sys
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import Any

ESCAPE_WAIT = 0.05
"""Seconds after which an escape character is the Esc key: a terminal sends the rest of a sequence at once."""

_NAMES = {
    "\r": "<enter>", "\n": "<enter>", "\t": "<tab>", "\x7f": "<backspace>", "\x08": "<backspace>",
    "\x01": "<home>", "\x02": "<left>", "\x04": "<ctrl-d>", "\x05": "<end>", "\x06": "<right>",
    "\x0b": "<ctrl-k>", "\x0c": "<resize>", "\x0e": "<down>", "\x10": "<up>", "\x15": "<ctrl-u>",
    "\x17": "<ctrl-w>",
}  # fmt: skip
_ARROWS = {"A": "up", "B": "down", "C": "right", "D": "left", "H": "home", "F": "end"}
_NUMBERED = {"1": "home", "3": "delete", "4": "end", "5": "pgup", "6": "pgdn", "7": "home", "8": "end"}
_SEQUENCE = re.compile(r"\x1b(?:\[([0-?]*)[ -/]*([@-~])|O([ -~])|([^\[O\x1b]))")
_UNFINISHED = re.compile(r"\x1b(?:\[[0-?]*[ -/]*|O|[\]P_^X][^\x07\x1b]*\x1b?)?\Z")
_STRING = re.compile(
    r"\x1b[\]P_^X].*?(?:\x07|\x1b\\)", re.DOTALL
)  # a terminal's answer to somebody's question


class Decoder:
    """Makes keys of what a terminal sends, however it is cut into pieces."""

    def __init__(self, encoding: str = "utf-8") -> None:
        self._text = codecs.getincrementaldecoder(encoding)(errors="replace")
        self._rest = ""
        self._pasting = False

    @property
    def waiting(self) -> bool:
        """Whether an escape has come of which nobody knows yet what it begins."""
        return bool(self._rest)

    def feed(self, data: bytes) -> list[str]:
        """The keys that are complete with this."""
        text, self._rest = self._rest + self._text.decode(data), ""
        return list(self._keys(text))

    def flush(self) -> list[str]:
        """The keys of what was still waiting: an escape with nothing behind it is the Esc key."""
        rest, self._rest = self._rest, ""
        return ["<esc>"] if rest == "\x1b" else []

    def _keys(self, text: str) -> Iterator[str]:
        while text:
            if text[0] != "\x1b":
                yield from self._plain(text[0])
                text = text[1:]
            elif string := _STRING.match(text):
                text = text[string.end() :]
            elif _UNFINISHED.match(text):
                self._rest, text = text, ""
            elif found := _SEQUENCE.match(text):
                name = self._named(*found.groups())
                if name:
                    yield name
                text = text[found.end() :]
            elif text.startswith("\x1b\x1b"):
                yield "<esc>"
                text = text[1:]
            else:
                text = text[1:]

    def _plain(self, char: str) -> Iterator[str]:
        if self._pasting and char in "\r\n\t":
            yield " "  # what is pasted is text: it sends no answer
        elif char in _NAMES:
            yield _NAMES[char]
        elif char.isprintable():
            yield char

    def _named(self, values: str | None, final: str | None, single: str | None, alt: str | None) -> str:
        if alt:
            return ""
        if single:
            return "<enter>" if single == "M" else f"<{_ARROWS[single]}>" if single in _ARROWS else ""
        number, _, modifier = (values or "").partition(";")
        if final == "~":
            if number in ("200", "201"):
                self._pasting = number == "200"
                return ""
            return f"<{_NUMBERED[number]}>" if number in _NUMBERED else ""
        if final in _ARROWS:
            return f"<shift-{_ARROWS[final]}>" if modifier == "2" else f"<{_ARROWS[final]}>"
        return ""


def can_read_keys() -> bool:
    """Whether single keys can be read here: both ends are a terminal, and the system knows termios."""
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        return False
    try:
        import termios  # noqa: F401  asked for, not used: Windows has none
    except ImportError:
        return False
    return True


class Keyboard:
    """Reads keys from standard input, a terminal in raw mode. Made by `keyboard`."""

    def __init__(self, wake: int, encoding: str) -> None:
        self._input = sys.stdin.fileno()
        self._wake = wake
        self._decoder = Decoder(encoding)
        self._keys = deque[str]()

    def read(self, timeout: float | None = None) -> str:
        """The next key; `<tick>` where none comes in so many seconds."""
        while not self._keys:
            wait = ESCAPE_WAIT if self._decoder.waiting else timeout
            ready, _, _ = select.select([self._input, self._wake], [], [], wait)
            if self._wake in ready:
                os.read(self._wake, 4096)
                return "<resize>"
            if ready:
                self._keys += self._decoder.feed(self._received()) or ()
            elif self._decoder.waiting:
                self._keys += self._decoder.flush()
            else:
                return "<tick>"
        return self._keys.popleft()

    def _received(self) -> bytes:
        with suppress(OSError):
            if data := os.read(self._input, 4096):
                return data
        self._keys.append("<gone>")
        return b""


@contextmanager
def keyboard(enter: Callable[[], None], leave: Callable[[], None]) -> Iterator[Keyboard]:
    """A keyboard, while the terminal is in raw mode; `enter` and `leave` are called around that.

    However this ends, by an exception, Ctrl-C, SIGTERM or SIGHUP, the terminal is as it was before; so it is
    while the program is stopped by Ctrl-Z. A signal that ends a program ends it as SystemExit.
    """
    import termios

    stdin = sys.stdin.fileno()
    before = termios.tcgetattr(stdin)
    wake, woken = os.pipe()
    os.set_blocking(woken, False)

    def raw() -> None:
        mode = termios.tcgetattr(stdin)
        mode[0] &= ~(termios.ICRNL | termios.IXON)
        # Ctrl-C and Ctrl-Z stay signals; Ctrl-V and the like become keys.
        mode[3] &= ~(termios.ICANON | termios.ECHO | termios.IEXTEN)
        mode[6][termios.VMIN], mode[6][termios.VTIME] = 1, 0
        termios.tcsetattr(stdin, termios.TCSADRAIN, mode)
        enter()

    def cooked() -> None:
        with suppress(OSError, termios.error):
            leave()
            termios.tcsetattr(stdin, termios.TCSADRAIN, before)

    with _signals(raw, cooked, woken):
        try:
            raw()
            yield Keyboard(wake, sys.stdin.encoding or "utf-8")
        finally:
            cooked()
            os.close(wake)
            os.close(woken)


@contextmanager
def _signals(raw: Callable[[], None], cooked: Callable[[], None], woken: int) -> Iterator[None]:
    def resized(*_: object) -> None:
        with suppress(OSError):
            os.write(woken, b".")

    def end(number: int, _: FrameType | None) -> None:
        raise SystemExit(128 + number)

    def stop(*_: object) -> None:
        cooked()
        signal.signal(signal.SIGTSTP, signal.SIG_DFL)
        os.kill(os.getpid(), signal.SIGTSTP)
        # Here the program stands still until it is called back.
        signal.signal(signal.SIGTSTP, stop)
        raw()
        resized()

    handlers: dict[signal.Signals, Any] = {
        signal.SIGWINCH: resized,
        signal.SIGTERM: end,
        signal.SIGHUP: end,
        signal.SIGTSTP: stop,
    }
    before = {number: signal.signal(number, handler) for number, handler in handlers.items()}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
