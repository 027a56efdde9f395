"""Whether what was learned is remembered as well as FSRS expects.

Only reviews of an item that had been learned count (FSRS's state "review"): the first answer to an item, and
those of its learning steps minutes later, test no memory. Hard counts as remembered, as FSRS takes it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from itertools import pairwise
from typing import TYPE_CHECKING

from quizgen.base.shares import wilson
from quizgen.stats.progress import Recall, Retention, Share

if TYPE_CHECKING:
    from quizgen.store.review import Answered

EDGES = (0, 50, 70, 80, 90, 95, 100)
"""In percent. FSRS aims at 90, so most reviews lie near it; what was left for long lies below."""
_LEARNED = 2  # schedule.State.REVIEW, as a number: the rows are plain
_AGAIN = 1
_Seen = tuple[float, bool, date]


def retention(answered: Sequence[Answered], when: Sequence[date], begin: date, today: date) -> Retention:
    """What was remembered from one day to another; `when` are the reviews' days."""
    seen: list[_Seen] = [
        (one.recall, one.rating != _AGAIN, day)
        for one, day in zip(answered, when, strict=True)
        if one.state == _LEARNED and one.recall is not None and begin <= day <= today
    ]
    buckets: dict[int, list[_Seen]] = {edge: [] for edge in EDGES[:-1]}
    weeks: dict[date, list[_Seen]] = {}
    for one in seen:
        percent = 100 * one[0]
        buckets[next(edge for edge in reversed(EDGES[:-1]) if percent >= edge)].append(one)
        weeks.setdefault(week_of(one[2]), []).append(one)
    ends = pairwise(EDGES)
    return Retention(
        _recall("all", seen),
        tuple(_recall(f"{low}–{high} %", buckets[low]) for low, high in ends),
        tuple(_recall(week.isoformat(), weeks[week]) for week in sorted(weeks)),
    )


def week_of(day: date) -> date:
    """The Monday of a day's week."""
    return day - timedelta(days=day.weekday())


def _recall(label: str, seen: Sequence[_Seen]) -> Recall:
    expected = sum(one[0] for one in seen) / len(seen) if seen else None
    return Recall(label, expected, share(one[1] for one in seen))


def share(held: Iterable[bool]) -> Share:
    """How many of these hold."""
    found = list(held)
    return Share(sum(found), len(found), *wilson(sum(found), len(found)))
