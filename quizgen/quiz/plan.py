"""What to ask a learner today: first what is due, then what is new. Pure: state and time are given.

- **Due** is what FSRS expects to be forgotten soon: the most endangered first (the longest time since the
  last review, beside the item's stability).
- **New** items come in the order in which they are learned best: essential before detail, easy before hard,
  and the deck's own study order within that; topics take turns.
- **Siblings**, which share a fact, give each other's answers away: no two on one day. So do two new items
  with the same answer.

Days are the learner's own, and begin at four in the morning (`quizgen.store.day`).
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta, tzinfo
from typing import TYPE_CHECKING

from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.quiz.session import Answer, Wanted, apart, in_turns
from quizgen.store.day import day_bounds

if TYPE_CHECKING:
    from quizgen.store.schedule import Schedule

NEW_A_DAY = 10
"""New items a day, unless a learner says otherwise: half of a usual session, so that reviews have room."""
USUAL_LIMIT = 20
"""Questions in a session: about ten minutes."""
_WITHIN_A_DAY = timedelta(hours=20)
_GAP, _LEAST_GAP, _TRIES = 5, 2, 3


@dataclass(frozen=True, slots=True)
class Day:
    """A moment, and when the learner's day that it belongs to began and ends."""

    at: datetime
    began: datetime
    ended: datetime

    @classmethod
    def of(cls, now: datetime, zone: tzinfo | None = None) -> Day:
        """The day around a moment; in the machine's own time zone unless another is given."""
        return cls(now, *day_bounds(now, zone))

    def holds(self, moment: datetime) -> bool:
        """Whether a moment belongs to this day."""
        return self.began <= moment < self.ended

    def reaches(self, schedule: Schedule) -> bool:
        """Whether an item is due: at any hour of its day; within a day's learning steps at its very time."""
        if schedule.due - schedule.last < _WITHIN_A_DAY:
            return schedule.due <= self.at
        return schedule.due < self.ended


@dataclass(frozen=True, slots=True)
class Wishes:
    """How much a learner wants; None: as much as is usual."""

    wanted: Wanted = field(default_factory=Wanted)
    new: int | None = None
    limit: int | None = None


@dataclass(frozen=True, slots=True)
class Agenda:
    """What a session sets out to ask; how much else is due today; how much else is new."""

    due: tuple[Item, ...]
    new: tuple[Item, ...]
    due_left: int = 0
    new_left: int = 0

    @property
    def items(self) -> tuple[Item, ...]:
        """Everything, in the order in which it is asked."""
        return self.due + self.new


def agenda(items: Sequence[Item], schedules: Mapping[str, Schedule], day: Day, wishes: Wishes) -> Agenda:
    """What to ask now, of a deck's items in study order. The same for the same state, everywhere."""
    limit = USUAL_LIMIT if wishes.limit is None else wishes.limit
    seen = _Seen.before(items, schedules, day)
    wanted = [item for item in items if wishes.wanted.fits(item)]
    due = _due(wanted, schedules, day)
    chosen = seen.take(due, limit)
    fresh = [item for item in _in_learning_order(wanted) if item.id not in schedules]
    room = limit - len(chosen)
    if wishes.new is not None:
        allowed = wishes.new
    else:
        begun = sum(1 for one in schedules.values() if day.holds(one.first))
        allowed = max(NEW_A_DAY - begun, 0)
    new = seen.take(fresh, min(room, allowed), answers=True)
    return Agenda(tuple(apart(chosen)), tuple(apart(new)), len(due) - len(chosen), len(fresh) - len(new))


def _due(items: Iterable[Item], schedules: Mapping[str, Schedule], day: Day) -> list[Item]:
    """The items that are due, the most endangered first; what FSRS expects falls with time by stability."""
    due = [item for item in items if item.id in schedules and day.reaches(schedules[item.id])]

    def danger(item: Item) -> tuple[float, str]:
        one = schedules[item.id]
        return (-(day.at - one.last).total_seconds() / max(one.stability, 1e-9), item.id)

    return sorted(due, key=danger)


def _in_learning_order(items: Sequence[Item]) -> list[Item]:
    """Items that are new: essential first, then the easier third, then the harder ones; topics take turns.

    Within that they keep the order in which they come.
    """
    tiers: dict[tuple[bool, int], list[Item]] = {}
    for item in items:
        tiers.setdefault((not item.essential, min(int(item.difficulty.level * 3), 2)), []).append(item)
    return [item for _, tier in sorted(tiers.items()) for item in in_turns(tier)]


class _Seen:
    """Which facts and answers a day has had already, and by which item."""

    def __init__(self) -> None:
        self._facts: dict[str, set[str]] = {}
        self._answers = set[str]()

    @classmethod
    def before(cls, items: Iterable[Item], schedules: Mapping[str, Schedule], day: Day) -> _Seen:
        """What was asked on this day until now."""
        seen = cls()
        facts = {item.id: item.facts for item in items}
        for one in schedules.values():
            if day.holds(one.last):
                seen._add(one.item, (*one.facts, *facts.get(one.item, ())))
        return seen

    def _add(self, item: str, facts: Iterable[str]) -> None:
        for fact in facts:
            self._facts.setdefault(fact, set()).add(item)

    def _clashes(self, item: Item) -> bool:
        return any(self._facts.get(fact, set()) - {item.id} for fact in item.facts)

    def take(self, items: Iterable[Item], most: int, *, answers: bool = False) -> list[Item]:
        """The first `most` items that clash with nothing; with `answers` also not by the same answer."""
        taken = list[Item]()
        for item in items:
            if len(taken) >= most:
                break
            told = _answer_of(item) if answers else ""
            if self._clashes(item) or (told and told in self._answers):
                continue
            self._add(item.id, item.facts)
            self._answers.add(told)
            taken.append(item)
        return taken


def _answer_of(item: Item) -> str:
    """The one answer of an item, for comparison; nothing where there are several, or "True" and "False"."""
    one = len(item.key) == 1 and item.type is not ItemType.BOOLEAN
    return fold(item.key[0]) if one else ""


def _nobody() -> Collection[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Spaced:
    """A plan that asks an agenda through. What was wrong comes back later in the session, twice at most.

    `taken` says which facts another session has asked about in the meantime: their items are left out.
    `over` says that the time is up.
    """

    agenda: Agenda
    taken: Callable[[], Collection[str]] = _nobody
    over: Callable[[], bool] = bool

    def next(self, answers: Sequence[Answer]) -> Item | None:
        """The next item of the agenda, or one that was wrong when others have come in between."""
        if self.over():
            return None
        back = self._back(answers)
        first = self._pending(answers)
        if back and (back[0][0] >= _GAP or (first is None and back[0][0] >= _LEAST_GAP)):
            return back[0][1]
        return first

    def _pending(self, answers: Sequence[Answer]) -> Item | None:
        done = {answer.item.id for answer in answers}
        left = [item for item in self.agenda.items if item.id not in done]
        taken = self.taken() if left else ()
        return next((item for item in left if not any(fact in taken for fact in item.facts)), None)

    def _back(self, answers: Sequence[Answer]) -> list[tuple[int, Item]]:
        """What was wrong last time, and how many answers ago; the longest ago first."""
        last = {answer.item.id: place for place, answer in enumerate(answers)}
        tries = [answer.item.id for answer in answers]
        return [
            (len(answers) - 1 - place, answers[place].item)
            for name, place in sorted(last.items(), key=lambda pair: pair[1])
            if not answers[place].right and tries.count(name) < _TRIES
        ]

    def total(self) -> int:
        """How many different items there are."""
        return len(self.agenda.items)
