"""An interactive bash, zsh or fish on a pseudo-terminal, with none of its user's own settings."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import subprocess
import termios
from pathlib import Path
from types import TracebackType
from typing import Self

from tests.pseudo_terminal import PATIENCE, plain

_START = {
    "bash": ["bash", "--norc", "--noprofile", "-i"],
    "zsh": ["zsh", "-f", "-i"],
    "fish": ["fish", "--no-config", "-i"],
}
# The prompt, and how it is typed, so that it is seen only when the shell shows it.
_READY, _TYPED = "ready?", "'rea''dy? '"
_SET_UP = {
    "bash": f"PS1={_TYPED}; source %s\n",
    "zsh": f"PS1={_TYPED}; autoload -Uz compinit; compinit -D; source %s\n",
    "fish": f"function fish_prompt; echo {_TYPED}; end; source %s\n",
}


class Shell:
    """A shell that is typed into. To be used in a `with`."""

    def __init__(self, name: str, told: dict[str, str], folder: Path) -> None:
        self._name, self._told, self._raw, self._read = name, told, b"", 0
        self._mine, theirs = pty.openpty()
        # A plain terminal: no shell asks it what it can do and waits for the answer.
        self._process = subprocess.Popen(
            _START[name],
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=folder,
            env={**told, "TERM": "dumb"},
            start_new_session=True,
            # The terminal must be the shell's own, or fish refuses it.
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # noqa: PLW1509  no threads here
        )
        os.close(theirs)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        os.close(self._mine)
        os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait(PATIENCE)

    def load(self, command: str, script: Path) -> None:
        """Write what a command prints to a script, and source it."""
        with script.open("wb") as stream:
            subprocess.run(command.split(), env=self._told, stdout=stream, check=True)
        self.type(_SET_UP[self._name] % script)
        self.wait_for(_READY)

    def type(self, keys: str) -> None:
        """Press keys."""
        os.write(self._mine, keys.encode())

    @property
    def output(self) -> str:
        """Everything that was shown."""
        return plain(self._raw.decode("utf-8", "replace"))

    def wait_for(self, text: str) -> None:
        """Read until `text` stands in what was shown since the last wait."""
        while (found := self.output.find(text, self._read)) < 0:
            if not select.select([self._mine], [], [], PATIENCE)[0]:
                raise AssertionError(f"{text!r} never came; there was:\n{self.output}")
            self._raw += os.read(self._mine, 65536)
        self._read = found + len(text)
