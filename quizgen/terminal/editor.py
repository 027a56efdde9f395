"""A line of text under a cursor, and what keys do to it. Pure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from quizgen.terminal.layout import cells

LONGEST = 2000
"""In characters: no answer is longer, and a pasted book would be."""


@dataclass(frozen=True, slots=True)
class Line:
    """What was typed, in two parts: what stands before the cursor, and what stands after it."""

    before: str = ""
    after: str = ""

    @property
    def text(self) -> str:
        """The whole line."""
        return self.before + self.after

    def press(self, key: str) -> Line | None:
        """The line after a key; None where the key means nothing to a line."""
        if len(key) == 1:
            return Line((self.before + key)[:LONGEST], self.after)
        change = _CHANGES.get(key)
        return None if change is None else change(self)

    def at(self, place: int) -> Line:
        """The line with the cursor at a place, counted from 0."""
        return Line(self.text[:place], self.text[place:])

    def without_word(self) -> Line:
        """The line without the word before the cursor."""
        kept = self.before.rstrip().rpartition(" ")
        return Line(kept[0] + kept[1], self.after)


_CHANGES: dict[str, Callable[[Line], Line]] = {
    "<backspace>": lambda line: Line(line.before[:-1], line.after),
    "<delete>": lambda line: Line(line.before, line.after[1:]),
    "<ctrl-d>": lambda line: Line(line.before, line.after[1:]),
    "<left>": lambda line: line.at(_back(line.before)),
    "<right>": lambda line: line.at(len(line.before) + _forth(line.after)),
    "<home>": lambda line: line.at(0),
    "<end>": lambda line: line.at(len(line.text)),
    "<ctrl-u>": lambda line: Line("", line.after),
    "<ctrl-k>": lambda line: Line(line.before, ""),
    "<ctrl-w>": Line.without_word,
}


def _back(text: str) -> int:
    """Where the last letter of the text begins, with the marks that are set upon it."""
    place = max(0, len(text) - 1)
    while place and not cells(text[place]):
        place -= 1
    return place


def _forth(text: str) -> int:
    """Where the first letter of the text ends."""
    place = min(1, len(text))
    while place < len(text) and not cells(text[place]):
        place += 1
    return place
