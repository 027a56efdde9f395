"""A learner's desk: reviews and stores for the tests to work on."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from quizgen.store.review import Flag, Rating, Review
from quizgen.store.store import Store

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
LATER = NOON + timedelta(days=60_000)
"""A time by which nothing in the tests lies in the future."""


def review(
    name: str, rating: Rating = Rating.GOOD, *, item: str = "tide/date", days: float = 0, **other: object
) -> Review:
    """A review, so many days after `NOON`, of an item on the fact that its id begins with."""
    fields: dict[str, object] = {
        "id": name,
        "item": item,
        "facts": (item.partition("/")[0],),
        "deck": "tides",
        "at": NOON + timedelta(days=days),
        "rating": rating,
        "seconds": 4.25,
        "response": "1897",
        "mark": "right",
        "session": "s1",
    }
    return Review(**{**fields, **other})  # type: ignore[arg-type]  # the tests name real fields


def flag(name: str, remark: str = "is it 1898?") -> Flag:
    """A remark on an item."""
    return Flag(
        id=name,
        item="tide/date",
        facts=("tide",),
        deck="tides",
        at=NOON,
        remark=remark,
        revision="2026-11-22",
    )


def opened(path: Path, now: datetime = LATER) -> Store:
    """The store at a path."""
    return Store.open(path, now=now)
