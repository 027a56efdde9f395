"""A terminal that shows whole pages: the screen as a person sees it, after each key."""

from __future__ import annotations

import fcntl
import os
import signal
import struct
import termios
from collections.abc import Sequence
from typing import Any, ClassVar

import pyte

from tests.pseudo_terminal import PseudoTerminal

KEYS = {
    "Enter": "\r", "Esc": "\x1b", "Up": "\x1b[A", "Down": "\x1b[B", "Left": "\x1b[D", "Right": "\x1b[C",
    "Space": " ", "Backspace": "\x7f", "PageDown": "\x1b[6~", "PageUp": "\x1b[5~", "Tab": "\t",
    "ShiftUp": "\x1b[1;2A", "ShiftDown": "\x1b[1;2B", "Home": "\x1b[H", "End": "\x1b[F", "Delete": "\x1b[3~",
    "Ctrl-C": "\x03", "Ctrl-D": "\x04", "Ctrl-U": "\x15", "Ctrl-W": "\x17", "Ctrl-Z": "\x1a",
}  # fmt: skip
FRAME_ENDS = b"\x1b[?2026l"
LEFT = "\x1b[?1049l"


class PageTerminal(PseudoTerminal):
    """Runs a program that shows pages; knows when a page is whole, and what stands where."""

    running: ClassVar[list[PageTerminal]] = []

    def __init__(self, arguments: Sequence[str], *, columns: int = 80, rows: int = 24, **extra: str) -> None:
        self._screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self._screen)
        self._fed = 0
        self.ended = False
        self.running.append(self)
        super().__init__(arguments, columns=columns, rows=rows, **extra)
        self.before = self.mode()
        self.await_frame(0)

    def _more(self) -> bool:
        more = super()._more()
        self.ended = not more
        self._stream.feed(self._raw[self._fed :])
        self._fed = len(self._raw)
        return more

    def await_frame(self, count: int) -> None:
        """Read until more than `count` pages were shown in all, or the program has ended."""
        while self.frames() <= count:
            if not self._more():
                return

    def await_text(self, text: str) -> str:
        """Read until `text` is shown, or the program has ended; returns what is shown."""
        while text not in self.shown and self._more():
            pass
        return self.shown

    def frames(self) -> int:
        """How many pages were shown."""
        return self._raw.count(FRAME_ENDS)

    def tap(self, *keys: str) -> str:
        """Press keys, one after another, each once the page before it is whole; returns what is shown."""
        for key in keys:
            if self.ended:
                break
            count = self.frames()
            os.write(self._mine, KEYS.get(key, key).encode())
            self.await_frame(count)
        return self.shown

    def type(self, text: str) -> str:
        """Type a text letter by letter."""
        return self.tap(*text)

    @property
    def shown(self) -> str:
        """The screen's rows, without what is blank at their ends and below."""
        return "\n".join(row.rstrip() for row in self._screen.display).rstrip() + "\n"

    @property
    def cursor(self) -> tuple[int, int] | None:
        """Row and column of the cursor, from 0; None where it is hidden."""
        cursor = self._screen.cursor
        return None if cursor.hidden else (cursor.y, cursor.x)

    def resize(self, columns: int, rows: int) -> str:
        """Give the window another size, as a person drags its corner."""
        count = self.frames()
        self._screen.resize(rows, columns)
        fcntl.ioctl(self._mine, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self.await_frame(count)
        return self.shown

    def mode(self) -> list[Any]:
        """How the terminal is set."""
        return termios.tcgetattr(self._mine)

    def signal(self, number: signal.Signals) -> None:
        """Send the program a signal."""
        os.kill(self._process.pid, number)

    def finish(self) -> int:
        """Read to the end; the exit code, negative for the signal that ended it. The terminal stays open."""
        while self._more():
            pass
        self.after = self.mode()
        self.running.remove(self)
        os.close(self._mine)
        return self._process.wait(60)

    def press_blindly(self, keys: str) -> None:
        """Press keys and wait for nothing."""
        os.write(self._mine, keys.encode())

    def kill(self) -> None:
        """Kill the program, as the system does when it needs the memory."""
        self.running.remove(self)
        self._process.kill()
        self._process.wait()
        os.close(self._mine)

    @classmethod
    def end_all(cls) -> None:
        """End what a test has left running."""
        while cls.running:
            terminal = cls.running.pop()
            terminal._process.kill()
            terminal._process.wait()
            os.close(terminal._mine)
