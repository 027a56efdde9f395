"""A real terminal around a real shell: tmux, driven by its keys and read by its screen."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import time
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType

from tests.pseudo_terminal import CHECKOUT, PATIENCE, environment

TMUX = shutil.which("tmux")


class Tmux:
    """A window of its own server, so that nobody's own tmux is touched; to be used in a `with`."""

    def __init__(self, command: Sequence[str], *, columns: int, rows: int, **extra: str) -> None:
        self._name = f"quizgen-{os.getpid()}-{time.monotonic_ns()}"
        self._home = environment(extra)
        options = ("default-terminal", "tmux-256color"), ("remain-on-exit", "on")
        settings = [word for name, value in options for word in ("set-option", "-g", name, value, ";")]
        size = ["-x", str(columns), "-y", str(rows)]
        session = ["new-session", "-d", *size, shlex.join(command)]
        self._do("-f", "/dev/null", "start-server", ";", *settings, *session)

    def _do(self, *arguments: str, check: bool = True) -> str:
        assert TMUX is not None
        command = [TMUX, "-L", self._name, *arguments]
        done = subprocess.run(
            command, capture_output=True, text=True, check=check, cwd=CHECKOUT, env=self._home
        )
        return done.stdout

    def __enter__(self) -> Tmux:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the window, as a person would, and wait until what ran in it, hung up, has ended."""
        process = Path("/proc", self._do("display-message", "-p", "#{pane_pid}").strip())
        self._do("kill-server", check=False)
        while process.exists():
            time.sleep(0.01)

    @property
    def shown(self) -> str:
        """What stands on the screen."""
        return "\n".join(row.rstrip() for row in self._do("capture-pane", "-p").splitlines()).rstrip() + "\n"

    def see(self, text: str) -> str:
        """Wait until a text stands on the screen; returns all of it."""
        for _ in range(PATIENCE * 20):
            if text in (shown := self.shown):
                return shown
            time.sleep(0.05)
        raise AssertionError(f"{text!r} never came; there was:\n{self.shown}")

    def tap(self, *keys: str, then: str) -> str:
        """Press keys by tmux's names, and wait for a text."""
        self._do("send-keys", *keys)
        return self.see(then)

    def resize(self, columns: int, rows: int) -> None:
        """Give the window another size."""
        self._do("resize-window", "-x", str(columns), "-y", str(rows))
