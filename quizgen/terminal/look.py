"""What a terminal can show: how wide it is, whether it takes styles and links, and what is asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

import click

Style = Literal["plain", "strong", "faint", "right", "nearly", "wrong", "link"]

# The terminal's own sixteen colours, so that a light or dark theme stays readable; yellow isn't, on white.
STYLES: dict[str, dict[str, Any]] = {
    "plain": {},
    "strong": {"bold": True},
    "faint": {"dim": True},
    "right": {"bold": True, "fg": "green"},
    "nearly": {"bold": True, "fg": "magenta"},
    "wrong": {"bold": True, "fg": "red"},
    "link": {"underline": True},
}
NARROWEST, WIDEST = 20, 88  # in columns; prose in longer lines is hard to follow back
_LINKING_PROGRAMS = {"iTerm.app", "WezTerm", "vscode", "ghostty", "Hyper", "Tabby", "rio"}
_LINKING_TERMS = ("xterm-kitty", "foot", "alacritty", "xterm-ghostty", "wezterm", "contour")


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
        width = max(columns, NARROWEST)
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


def styled(text: str, style: Style, look: Look) -> str:
    """`text`, which is safe already, in a style where the terminal takes any."""
    return click.style(text, **STYLES[style]) if look.styled and text and STYLES[style] else text
