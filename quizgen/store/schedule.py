"""When an item is due: FSRS, through py-fsrs, which this module alone imports."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from functools import cache
from typing import TYPE_CHECKING, NamedTuple

from quizgen.store.review import EPOCH, Rating

if TYPE_CHECKING:
    from fsrs import Card, Scheduler

# The weights that FSRS 6 was published with. They are said here, so that a later py-fsrs with other ones
# doesn't move every learner's schedule; a test compares them with py-fsrs's own.
_TOLD = (
    "0.212 1.2931 2.3065 8.2956 6.4133 0.8334 3.0194 0.001 1.8722 0.1666 0.796 1.4835 0.0614 0.2629 1.6483 \
0.6014 1.8729 0.5425 0.0912 0.0658 0.1542"
)
PARAMETERS = tuple(map(float, _TOLD.split()))
RETENTION = 0.9
"""The share of items to be known when they fall due."""

_DECAY = -PARAMETERS[20]
_FACTOR = 0.9 ** (1 / _DECAY) - 1
_DAY = 86_400.0


class State(IntEnum):
    """Where an item stands, in FSRS's numbers."""

    LEARNING = 1
    REVIEW = 2
    RELEARNING = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """What FSRS knows of an item.

    `stability` is the number of days after which it will be known with a chance of 90 %; `difficulty` runs
    from 1 to 10; `step` is the learning step, None in review. `reps` counts all reviews, `lapses` those in
    which an item that had been learned was not known. `first` and `last` are the times of its reviews;
    `facts` and `deck` are as the last one told.
    """

    item: str
    facts: tuple[str, ...]
    deck: str
    due: datetime
    stability: float
    difficulty: float
    state: State
    step: int | None
    reps: int
    lapses: int
    first: datetime
    last: datetime

    def recall(self, at: datetime) -> float:
        """The chance that the item is known at a time, from 0 to 1; py-fsrs says the same at whole days."""
        return _recall(self.stability, at - self.last)


def _recall(stability: float, passed: timedelta) -> float:
    days = max(0.0, passed.total_seconds() / _DAY)
    return float((1 + _FACTOR * days / stability) ** _DECAY)


class Answer(NamedTuple):
    """As much of a review as a schedule hangs on; `at` is in UTC."""

    item: str
    facts: tuple[str, ...]
    deck: str
    at: datetime
    rating: Rating
    n: int = 0
    """The review's number in the log."""


class Expected(NamedTuple):
    """What was held of an item just before it was answered once more."""

    n: int
    state: State
    recall: float


@cache
def _scheduler() -> Scheduler:
    from fsrs import Scheduler  # 20 ms that no command needs before the first answer

    # No fuzz: the same log has to give the same schedules, on every machine.
    return Scheduler(parameters=PARAMETERS, desired_retention=RETENTION, enable_fuzzing=False)


def replay(
    answers: Iterable[Answer], before: Schedule | None = None, expected: list[Expected] | None = None
) -> Schedule | None:
    """An item's schedule after more answers, in order of time; None where there is none.

    To `expected` is added what was held of the item before each answer but its very first.
    """
    from fsrs import Rating as FsrsRating
    from fsrs import State as FsrsState

    scheduler = _scheduler()
    card, answer, first = _card(before), None, before.first if before else None
    reps, lapses = (before.reps, before.lapses) if before else (0, 0)
    for answer in answers:
        reps += 1
        if expected is not None and card.stability is not None and card.last_review is not None:
            recall = _recall(card.stability, answer.at - card.last_review)
            expected.append(Expected(answer.n, State(card.state), recall))
        lapses += card.state == FsrsState.Review and answer.rating == Rating.AGAIN
        first = first or answer.at
        card, _ = scheduler.review_card(card, FsrsRating(answer.rating), answer.at)
    if answer is None or first is None or card.stability is None or card.difficulty is None:
        return before
    return Schedule(
        item=answer.item,
        facts=answer.facts,
        deck=answer.deck,
        due=card.due,
        stability=card.stability,
        difficulty=card.difficulty,
        state=State(card.state),
        step=card.step,
        reps=reps,
        lapses=lapses,
        first=first,
        last=answer.at,
    )


def _card(schedule: Schedule | None) -> Card:
    from fsrs import Card
    from fsrs import State as FsrsState

    if schedule is None:
        return Card(card_id=0, due=EPOCH)  # nobody looks at when a new card is due
    return Card(
        card_id=0,
        state=FsrsState(schedule.state),
        step=schedule.step,
        stability=schedule.stability,
        difficulty=schedule.difficulty,
        due=schedule.due,
        last_review=schedule.last,
    )


@cache
def fingerprint() -> str:
    """What the scheduler makes of one history that goes through all of its states.

    Schedules that were made with another fingerprint (by a py-fsrs that reckons differently) are made anew.
    Rounded, because the last digits of a power hang on the machine.
    """
    told, schedule, at = [], None, EPOCH
    for hours, rating in zip((0, 1, 30, 200, 1, 300, 900, 5, 2000), (2, 3, 3, 3, 1, 3, 4, 3, 2), strict=True):
        at += timedelta(hours=hours)
        schedule = replay([Answer("", (), "", at, Rating(rating))], schedule)
        assert schedule is not None  # noqa: S101  there was an answer
        told.append(f"{schedule.due - at} {schedule.stability:.6g} {schedule.difficulty:.6g}")
    return "; ".join(told)
