"""A store with as many reviews as one wants: learners that are made up, the same ones each time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from quizgen.items.item import Item
from quizgen.store.review import Rating, Review
from quizgen.store.store import Store

LONGEST = timedelta(days=40)
"""Between two reviews of an item: short enough that a deck of a thousand items gets to many reviews."""


def reviews(
    deck: str, items: Sequence[Item], count: int, now: datetime, *, strength: float = 0.88
) -> Iterator[Review]:
    """So many reviews up to `now`, of items that come back later and later while they are known.

    `strength` is the chance to know an item that has come back. Items are begun one after another.
    """
    draw = Random(7)  # noqa: S311  nobody's secret
    span = timedelta(days=count / len(items) * 9)
    made = list[tuple[datetime, Item, Rating, float]]()
    while len(made) < count:
        for place, item in enumerate(items):
            at = now - span + span * 0.5 * (place / len(items)) + timedelta(hours=draw.gauss(0, 2))
            gap = timedelta(minutes=10)
            while at < now:
                known = draw.random() < (strength if gap >= timedelta(days=1) else 0.6)
                rating = draw.choices((Rating.HARD, Rating.GOOD, Rating.EASY), (1, 8, 1))[0]
                made.append((at, item, rating if known else Rating.AGAIN, draw.lognormvariate(2, 0.6)))
                gap = min(LONGEST, max(gap * 2.3, timedelta(days=1))) if known else timedelta(minutes=10)
                at += gap * draw.uniform(0.9, 1.3)
        span *= 1.3
        if len(made) < count:
            made.clear()
    made.sort(key=lambda one: one[0])
    for n, (at, item, rating, seconds) in enumerate(made[-count:]):
        yield Review(
            id=f"{n:016x}",
            item=item.id,
            facts=item.facts,
            deck=deck,
            at=at,
            rating=rating,
            seconds=round(seconds, 2),
            response="a",
            mark="wrong" if rating is Rating.AGAIN else "right",
            session=f"{at:%Y%m%d}",
        )


def write_store(path: Path, deck: str, items: Sequence[Item], count: int, now: datetime) -> None:
    """A store with so many reviews."""
    with Store.open(path, now=now) as store:
        store.merge(reviews(deck, items, count, now))
