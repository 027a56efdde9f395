"""What the quiz says of a response."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Mark(StrEnum):
    """The four things that can be said of a response."""

    RIGHT = "right"
    NEARLY = "nearly"
    WRONG = "wrong"
    UNREADABLE = "unreadable"


# Of several accepted forms the kindest reading counts; and to ask again is kinder than to mark wrong.
_KINDNESS = (Mark.WRONG, Mark.UNREADABLE, Mark.NEARLY, Mark.RIGHT)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mark, and one sentence for the learner (or none).

    With `NEARLY` the note says what is missing, with `UNREADABLE` how to answer, with `RIGHT` how the answer
    is spelt, with `WRONG` how far the response was right. It never gives the answer away while the question
    is to be asked again.
    """

    mark: Mark
    note: str = ""

    @property
    def asks_again(self) -> bool:
        """Whether the question stands until there is another response."""
        return self.mark in (Mark.NEARLY, Mark.UNREADABLE)


RIGHT = Verdict(Mark.RIGHT)
WRONG = Verdict(Mark.WRONG)


def nearly(note: str) -> Verdict:
    """Right as far as it goes; `note` says what is missing."""
    return Verdict(Mark.NEARLY, note)


def unreadable(note: str) -> Verdict:
    """No answer that could be judged; `note` says how to give one."""
    return Verdict(Mark.UNREADABLE, note)


def kindest(verdicts: list[Verdict]) -> Verdict:
    """The best of several verdicts on one response; WRONG where there is none."""
    return max(verdicts, key=lambda verdict: _KINDNESS.index(verdict.mark), default=WRONG)
