"""The dated facts of a pack, in the order of time."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.dates import MONTHS, PartialDate
from quizgen.facts.values import Period
from quizgen.generate.wording import happening, statement

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack


@dataclass(frozen=True, slots=True)
class Mark:
    """One fact on the timeline: a date, or a period where there is an `end`."""

    fact: str
    topic: str
    start: PartialDate
    end: PartialDate | None
    words: str
    """What was then: the statement, without its date where the fact's property knows how."""
    statement: str
    essential: bool

    @property
    def when(self) -> str:
        """The date in its year: `23 Nov`, `Nov`, or nothing where only the year is known."""
        if self.start.month is None:
            return ""
        month = MONTHS[self.start.month - 1][:3]
        return month if self.start.day is None else f"{self.start.day} {month}"


def marks(pack: Pack) -> list[Mark]:
    """Every date and period that the pack states, the earliest first; what somebody claims is left out."""
    found = []
    for fact in pack.facts.values():
        value = fact.values[0]
        if fact.holder is None and isinstance(value, PartialDate | Period):
            start, end = (value, None) if isinstance(value, PartialDate) else (value.start, value.end)
            found.append(_mark(fact, start, end))
    return sorted(found, key=lambda mark: (mark.start.first, mark.start.last, mark.fact))


def _mark(fact: Fact, start: PartialDate, end: PartialDate | None) -> Mark:
    return Mark(
        fact=fact.id,
        topic=fact.record.topic,
        start=start,
        end=end,
        words=happening(fact),
        statement=statement(fact),
        essential=fact.record.essential,
    )
