"""A program on a pseudo-terminal, driven as a person would."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import select
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path

_FUTEX = {"x86_64": "202", "aarch64": "98"}.get(os.uname().machine, "")  # the system call to wait for a lock
PATIENCE = 60  # seconds without a sign of life before a test gives up; nothing is asserted about time
CHECKOUT = Path(__file__).parent.parent
_ESCAPES = re.compile(r"\x1b(?:\][^\x07\x1b]*(?:\x07|\x1b\\)|\[[0-?]*[ -/]*[@-~]|[=>])")
# What readline writes at a prompt for the terminal's sake (bracketed paste); no output of ours.
_READLINE = re.compile(r"\x1b\[\?(?:2004|1034)[hl]\r?")

# No trace of the terminal that the tests themselves run in.
_FOREIGN = set(os.environ) & {
    "TERM", "NO_COLOR", "COLUMNS", "LINES", "TMUX", "STY", "VTE_VERSION", "WT_SESSION", "KITTY_WINDOW_ID",
    "TERM_PROGRAM", "KONSOLE_VERSION", "DOMTERM", "PYTHONIOENCODING", "INPUTRC", "QUIZGEN_STATE",
    "QUIZGEN_NOW", "DISPLAY", "WAYLAND_DISPLAY", "BROWSER", "SSH_CONNECTION",
}  # fmt: skip

_PROMPT = re.compile(
    r"^(?:Your answer|All that|True or|The |First to|Next|What is wrong)[^\n]*[:?] \Z", re.MULTILINE
)
# Nobody's progress is touched by a test: without a place of its own, a session finds an empty data folder.
_NOWHERE = tempfile.TemporaryDirectory(prefix="quizgen-tests-")


def environment(extra: Mapping[str, str]) -> dict[str, str]:
    """The tests' environment, cleared of what describes their own terminal, with `extra`."""
    kept = {name: value for name, value in os.environ.items() if name not in _FOREIGN}
    return {
        **kept,
        "TERM": "xterm-256color",
        "PYTHONUTF8": "1",
        "XDG_DATA_HOME": _NOWHERE.name,
        "LC_ALL": "C.UTF-8",
        **extra,
    }


def plain(text: str) -> str:
    """What a reader sees of `text`: no escapes, and line ends as in a file."""
    return _ESCAPES.sub("", text).replace("\r\n", "\n").replace("\r", "")


class PseudoTerminal:
    """Runs `arguments` of this Python with standard input, output and errors on a pseudo-terminal."""

    def __init__(self, arguments: Sequence[str], *, columns: int = 80, rows: int = 24, **extra: str) -> None:
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        self._process = subprocess.Popen(
            [sys.executable, *arguments],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=CHECKOUT,
            env=environment(extra),
            start_new_session=True,
            # The terminal must be the program's own, or Ctrl-C would reach nobody.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  no threads here
        )
        os.close(theirs)
        self._raw = b""
        self._read = 0
        self._typing = False

    def _more(self) -> bool:
        if not select.select([self._mine], [], [], PATIENCE)[0]:
            self._process.kill()
            raise AssertionError(f"nothing came for {PATIENCE} seconds after:\n{self.output}")
        try:
            data = os.read(self._mine, 65536)
        except OSError:  # how Linux says that the other side has closed
            data = b""
        self._raw += data
        return bool(data)

    @property
    def raw(self) -> str:
        """Everything written so far, escapes and all, but for readline's own."""
        return _READLINE.sub("", self._raw.decode("utf-8", "replace"))

    @property
    def output(self) -> str:
        """Everything written so far, as a reader sees it."""
        return plain(self.raw)

    def wait_for(self, text: str) -> str:
        """Read until `text` stands in what came since the last wait, and return what came up to its end."""
        while (found := self.output.find(text, self._read)) < 0:
            if not self._more():
                raise AssertionError(f"{text!r} never came; there was:\n{self.output}")
        begin, self._read = self._read, found + len(text)
        return self.output[begin : self._read]

    def answer(self, line: str) -> None:
        """Answer a prompt of the quiz with the line and Enter, and wait until it was taken."""
        self.press(f"{line}\n")
        self.wait_for(f"{line}\n")

    def go_on(self) -> None:
        """Go on from an answer to the next question."""
        self.press("\n")

    def press(self, keys: str) -> None:
        """Press keys once the program waits for them: `\\n` Enter, `\\x03` Ctrl-C, `\\x04` Ctrl-D."""
        while not _PROMPT.search(self.output, self._read) and not self._typing:
            if not self._more():
                raise AssertionError(f"no prompt came; there was:\n{self.output}")
        self._read = len(self.output)
        self._typing = not keys.endswith("\n")
        self._wait_until_it_reads()
        os.write(self._mine, keys.encode())

    def _wait_until_it_reads(self) -> None:
        """Between its prompt and its reading a program hears no Ctrl-C; no finger is as quick."""
        status = Path(f"/proc/{self._process.pid}/stat")
        while status.exists() and (
            status.read_text().rpartition(")")[2].split()[0] != "S" or self._waits_for_a_thread()
        ):
            time.sleep(0.01)

    def _waits_for_a_thread(self) -> bool:
        """Whether it sleeps until another of its threads lets go, and not until a key comes."""
        try:
            call = Path(f"/proc/{self._process.pid}/syscall").read_text()
        except OSError:  # not every system tells
            return False
        return call.split()[0] == _FUTEX

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._more():
            pass
        os.close(self._mine)
        return self._process.wait(PATIENCE)
