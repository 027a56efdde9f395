"""Bad data as a value: where it stands, what was expected, and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong, in one place.

    `path` is as the user gave it; `line` and `column` count from 1, and 0 stands for "the file as a whole".
    `message` says what is there and what was expected, `hint` what to do.
    """

    path: str
    line: int
    column: int
    field: str
    message: str
    hint: str

    def __str__(self) -> str:
        place = f"{self.path}:{self.line}:{self.column}" if self.line else self.path
        field = f" {self.field}:" if self.field else ""
        return f"{place}:{field} {self.message}; {self.hint}"


def brief(value: object, limit: int = 60) -> str:
    """`value` as a message quotes it: in quotation marks if it is text, and cut if it is long."""
    if isinstance(value, str) and len(value) > limit:
        return f"{value[:limit]!r}…"
    match value:
        case dict():
            return "a mapping"
        case list() | tuple():
            return "a list"
        case None:
            return "nothing"
        case bool():
            return str(value).lower()  # as YAML spells it
        case _:
            return repr(value)


def nearest(word: str, known: Iterable[str]) -> str | None:
    """The known name that `word` was probably meant to be, or None."""
    import difflib  # only a mistake needs it, and it takes its time

    found = difflib.get_close_matches(word.lower(), list(known), n=1, cutoff=0.55)
    return found[0] if found else None


def did_you_mean(word: str, known: Iterable[str], what: str) -> str:
    """A hint for an unknown name: the nearest right one, or all of them where they are few."""
    names = sorted(known)
    guess = nearest(word, names)
    if guess is not None:
        return f"did you mean {guess!r}?"
    if not names:
        return f"there is no {what} yet: add one first"
    if len(names) > 24:
        return f"none of the {len(names)} known ones is like it"
    return f"known: {', '.join(names)}"
