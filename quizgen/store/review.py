"""What the store holds: reviews and what was changed of them, flags, sessions."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import IntEnum
from typing import NamedTuple

EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
LONGEST_TEXT = 2000
"""In characters; of a response or a remark, what goes beyond that is not kept."""

LAST_YEAR = 9000
"""FSRS plans a hundred years ahead, and Python's years end with 9999."""


class Rating(IntEnum):
    """How well an item was known, in FSRS's numbers."""

    AGAIN = 1
    HARD = 2
    GOOD = 3
    EASY = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """One answer to one item.

    `id` is unique across machines, so that logs can be merged. `facts` are those that the item rests on: two
    items with one in common are siblings. `at` is in UTC. `seconds` passed from the question to the answer;
    None where nobody knows. `response` is what was typed, `mark` is right, nearly or wrong.
    """

    id: str
    item: str
    facts: tuple[str, ...]
    deck: str
    at: datetime
    rating: Rating
    seconds: float | None
    response: str
    mark: str
    session: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What was said of a review later on: its rating is another, or it shall not count (`rating` is None)."""

    id: str
    review: str
    at: datetime
    rating: Rating | None


class Answered(NamedTuple):
    """As much of a review as statistics need; a tuple, because there may be a hundred thousand.

    `at` is in microseconds since 1970, in UTC. `state` (of `schedule.State`) and `recall`, the chance from 0
    to 1 that the item would be known, are what FSRS held just before; both None where the item was new.
    """

    n: int
    item: str
    deck: str
    at: int
    rating: int
    seconds: float | None
    state: int | None
    recall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Flag:
    """A learner's remark that something is wrong with an item; `revision` is the deck's when it was said."""

    id: str
    item: str
    facts: tuple[str, ...]
    deck: str
    at: datetime
    remark: str
    revision: str


Entry = Review | Change | Flag
"""What is written once and never changed: what two machines' stores can be merged from."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionRecord:
    """A session: what was wished for (JSON), and the ids of the items that it set out to ask, in order."""

    id: str
    deck: str
    at: datetime
    wishes: str
    items: tuple[str, ...]


def check_time(at: datetime) -> None:
    """Raise ValueError where no clock that works tells this time."""
    if not EPOCH.year <= at.year < LAST_YEAR:
        raise ValueError(f"the year {at.year} is none in which anybody answers")


def new_id(at: datetime) -> str:
    """An id that no other machine gives: 12 hex digits of time, so that ids sort by it, and 20 of chance."""
    return f"{micros(at) // 1000:012x}{os.urandom(10).hex()}"


def micros(at: datetime) -> int:
    """Microseconds since 1970 in UTC: exact, and quick to compare. Raises ValueError without a time zone."""
    if at.tzinfo is None:
        raise ValueError("a time in the store has a time zone")
    return (at - EPOCH) // timedelta(microseconds=1)


def moment(stored: int) -> datetime:
    """The time that `micros` made a number of, in UTC."""
    return EPOCH + timedelta(0, 0, stored)  # by place: a hundred thousand are made for the statistics


def storable(text: str) -> str:
    """Text as the store keeps it: not too long, and without the lone surrogates that UTF-8 cannot hold."""
    return text[:LONGEST_TEXT].encode("utf-8", "replace").decode("utf-8")
