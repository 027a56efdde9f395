"""When, how long and how regularly somebody learned."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from statistics import median
from typing import TYPE_CHECKING

from quizgen.stats.progress import Day, Habit

if TYPE_CHECKING:
    from quizgen.store.review import Answered

LONGEST = 300.0
"""Seconds. Who takes longer for an answer has left the desk, and is not counted as learning for the rest."""
_AGAIN = 1


def habit(answered: Sequence[Answered], when: Sequence[date], begin: date, today: date) -> Habit:
    """What was done on each day from one to another; `when` are the reviews' days."""
    counts: dict[date, list[float]] = {}
    times = []
    for one, day in zip(answered, when, strict=True):
        if begin <= day <= today:
            found = counts.setdefault(day, [0, 0, 0.0])
            found[0] += 1
            found[1] += one.rating != _AGAIN
            if one.seconds is not None:
                times.append(one.seconds)
                found[2] += min(one.seconds, LONGEST)
    spans = (begin + timedelta(days=n) for n in range((today - begin).days + 1))
    days = tuple(_day(day, counts.get(day)) for day in spans)
    return Habit(days, len(counts), streak(set(when), today), median(times) if times else None)


def _day(day: date, found: Sequence[float] | None) -> Day:
    return Day(day, int(found[0]), int(found[1]), round(found[2], 1)) if found else Day(day, 0, 0, 0.0)


def streak(days: Collection[date], today: date) -> int:
    """The days in a row up to today; a day that isn't over yet breaks nothing."""
    day = today if today in days else today - timedelta(days=1)
    count = 0
    while day in days:
        count, day = count + 1, day - timedelta(days=1)
    return count
