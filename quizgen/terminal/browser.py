"""The one door to the learner's browser."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping

from quizgen.terminal.layout import is_web, one_address


def has_browser(environ: Mapping[str, str], platform: str) -> bool:
    """Whether a browser would open in a window of its own.

    One that runs in the terminal (lynx, w3m) would take the quiz's place there, and one on the far side of
    SSH would be seen by nobody.
    """
    if environ.get("BROWSER"):
        return True
    if environ.get("SSH_CONNECTION"):
        return False
    return platform in ("darwin", "win32") or bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def open_address(address: str) -> bool:
    """Open an address of the web in the learner's browser; False where there is none, or no such address."""
    address = one_address(address)
    if not is_web(address) or not has_browser(os.environ, sys.platform):
        return False
    import subprocess
    import webbrowser

    try:
        webbrowser.get()
        # A process of its own: what a browser has to say would be written across the quiz.
        subprocess.Popen(  # noqa: S603  the address is one argument, and begins with http
            [sys.executable, "-m", "webbrowser", "-t", address],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
    except (OSError, webbrowser.Error):
        return False
    return True
