"""What is said of a learner's progress: records, as `quizgen stats --json` prints them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

FORMAT = "quizgen/stats@1"


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many, and between which shares the true one lies at 95 % confidence."""

    count: int
    of: int
    low: float
    high: float

    @property
    def value(self) -> float | None:
        """The share from 0 to 1; None of nothing."""
        return self.count / self.of if self.of else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A deck's items by how they stand, and what was answered that the deck has no more."""

    total: int
    known: int
    learning: int
    unseen: int
    retired: int


@dataclass(frozen=True, slots=True)
class Due:
    """How many items fall due on a day."""

    day: date
    items: int


@dataclass(frozen=True, slots=True)
class Forecast:
    """`due_now` count for the first of `days` too; `later` are due after the last one."""

    due_now: int
    days: tuple[Due, ...]
    later: int


@dataclass(frozen=True, slots=True)
class Recall:
    """What was remembered beside what FSRS expected, for some reviews. `expected` is None of none."""

    label: str
    expected: float | None
    remembered: Share


@dataclass(frozen=True, slots=True)
class Retention:
    """All reviews of learned items in the time looked at, and the same by expected chance and by week."""

    whole: Recall
    buckets: tuple[Recall, ...]
    weeks: tuple[Recall, ...]


@dataclass(frozen=True, slots=True)
class Day:
    """What was done on one day."""

    day: date
    reviews: int
    right: int
    seconds: float


@dataclass(frozen=True, slots=True)
class Habit:
    """The days looked at, oldest first, and how regular they were.

    `streak` counts the days in a row up to today, or up to yesterday where today is still to come. `median`
    is the seconds that half of the answers took less than; None where no time was taken.
    """

    days: tuple[Day, ...]
    studied: int
    streak: int
    median: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Strength:
    """How a topic stands; `recall` is the mean chance that what was asked of it is known now."""

    topic: str
    name: str
    items: int
    known: int
    learning: int
    unseen: int
    due: int
    recall: float | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Hard:
    """An item that was forgotten after it had been learned: `lapses` times in `reviews`."""

    item: str
    facts: tuple[str, ...]
    stem: str
    answer: tuple[str, ...]
    topic: str
    lapses: int
    reviews: int
    recall: float
    source: str
    link: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Progress:
    """Everything, as of `at`. `reviews` counts those of all time, `retired` those of items that are gone."""

    deck: str
    name: str
    at: datetime
    reviews: int
    retired: int
    items: Items
    forecast: Forecast
    retention: Retention
    habit: Habit
    topics: tuple[Strength, ...]
    hardest: tuple[Hard, ...]
