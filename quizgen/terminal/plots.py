"""Whether plots in block characters can be shown, and how wide."""

from __future__ import annotations

import sys

from quizgen.terminal.look import WIDEST, Look

_BLOCKS = "▁▂▃▄▅▆▇█░▒▓·●│─"


def drawing_width() -> int | None:
    """The columns that a plot may take; None where it is to be words and tables instead.

    That is in a pipe, with `NO_COLOR` or `TERM=dumb`, since whoever asks for plain text may be having it read
    out; and where the output's encoding lacks the characters.
    """
    look = Look.here()
    if look.width is None or not look.styled:
        return None
    try:
        _BLOCKS.encode(sys.stdout.encoding or "ascii")
    except (UnicodeEncodeError, LookupError):
        return None
    return min(look.width, WIDEST)
