"""The one place that writes to the terminal: control characters are made visible here, and nowhere else.

`lines` writes and reads lines, at a terminal or in a pipe. `screen` shows whole pages at a terminal and
`keys` reads single keys; both are imported by who needs them. Colour never says anything that the words don't
say too.
"""

from quizgen.terminal.layout import Block, wrap
from quizgen.terminal.lines import (
    ask,
    err,
    give_up_output,
    interactive,
    link,
    out,
    progress,
    say,
    show,
    table,
)
from quizgen.terminal.look import Look, Style
from quizgen.terminal.plots import drawing_width

__all__ = [
    "Block",
    "Look",
    "Style",
    "ask",
    "drawing_width",
    "err",
    "give_up_output",
    "interactive",
    "link",
    "out",
    "progress",
    "say",
    "show",
    "table",
    "wrap",
]
