"""Letters for options."""

from __future__ import annotations

LETTERS = "abcdefghijklmnopqrstuvwxyz"


def label(place: int) -> str:
    """The letter of the option at `place`, counted from 0. There are never more options than letters."""
    return LETTERS[place]


def span(count: int) -> str:
    """The letters of `count` options, for a message: "a to c"."""
    return f"{label(0)} to {label(count - 1)}" if count > 1 else label(0)


def example(count: int) -> str:
    """A row of `count` letters, to show how one is written: "b a c"."""
    return " ".join((LETTERS[1::-1] + LETTERS[2:])[:count])
