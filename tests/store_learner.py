"""A learner who forgets as people do, and comes back day after day."""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta, tzinfo

from quizgen.items.item import Item
from quizgen.quiz.plan import Day, Spaced, Wishes, agenda
from quizgen.quiz.session import Answer
from quizgen.quiz.verdict import RIGHT, WRONG
from quizgen.store.review import Rating, Review
from quizgen.store.schedule import Answer as Rated
from quizgen.store.schedule import Schedule, State, replay
from tests.store_desk import review

BEGIN = date(2026, 1, 1)
GUESSED = 0.3  # how often a new item is known, or guessed


@dataclass
class Learner:
    """`strength`: by how much what is learned lasts longer than FSRS expects; `absent`: the days off, of 1.

    From the day `away` on there are two weeks without a session.
    """

    strength: float
    absent: float
    zone: tzinfo
    away: int = 300
    reviews: list[Review] = field(default_factory=list)
    schedules: dict[str, Schedule] = field(default_factory=dict)
    days: list[tuple[int, int, int]] = field(default_factory=list)
    """Of each day: the questions asked, what was due and left for another day, the items begun so far."""
    kept: list[bool] = field(default_factory=list)
    """Of each first answer of a day to an item in review: whether it was known."""

    def learn(self, items: Sequence[Item], days: int) -> None:
        """Come back for so many days, at some hour of the evening, sometimes after midnight."""
        chance = random.Random(f"{self.strength} {self.absent}")  # noqa: S311  a learner is no secret
        for number in range(days):
            if self.away <= number < self.away + 14 or chance.random() < self.absent:
                self.days.append((0, 0, len(self.schedules)))
                continue
            hour = chance.choice([17, 18, 20, 21, 23, 25, 26])
            wall = datetime.combine(BEGIN + timedelta(days=number), time(), self.zone) + timedelta(hours=hour)
            self._session(items, wall.astimezone(UTC), chance)

    def _session(self, items: Sequence[Item], now: datetime, chance: random.Random) -> None:
        told = agenda(items, self.schedules, Day.of(now, self.zone), Wishes())
        plan, answers = Spaced(told), list[Answer]()
        seen = set[str]()
        while (item := plan.next(answers)) is not None:
            now += timedelta(seconds=chance.randint(8, 40))
            known = chance.random() < self._recall(item, now)
            before = self.schedules.get(item.id)
            if before is not None and before.state == State.REVIEW and item.id not in seen:
                self.kept.append(known)
            seen.add(item.id)
            self._answer(item, Rating.GOOD if known else Rating.AGAIN, now)
            answers.append(Answer(item, "", RIGHT if known else WRONG))
        self.days.append((len(answers), told.due_left, len(self.schedules)))

    def _recall(self, item: Item, now: datetime) -> float:
        before = self.schedules.get(item.id)
        if before is None:
            return GUESSED
        return before.recall(before.last + (now - before.last) / self.strength)

    def _answer(self, item: Item, rating: Rating, now: datetime) -> None:
        one = review(f"{len(self.reviews):06}", rating, item=item.id, at=now, facts=item.facts)
        self.reviews.append(one)
        rated = Rated(one.item, one.facts, one.deck, one.at, one.rating)
        after = replay([rated], self.schedules.get(item.id))
        assert after is not None
        self.schedules[item.id] = after
