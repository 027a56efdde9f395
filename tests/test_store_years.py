"""Two years of daily use by learners of different strength, under the quiz's own plan."""

from __future__ import annotations

from collections import defaultdict
from datetime import UTC, timedelta
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from quizgen.items.item import Item
from quizgen.quiz.plan import NEW_A_DAY, USUAL_LIMIT
from quizgen.store.day import day_of
from tests.banks import item
from tests.store_desk import opened
from tests.store_learner import BEGIN, Learner

DAYS = 730
# London's clocks change twice a year; who learns at two in the morning meets the hour that comes twice.
LONDON = ZoneInfo("Europe/London")
LEARNERS = {"weak": (0.4, 0.2), "usual": (1.0, 0.1), "strong": (2.0, 0.0), "rare": (1.0, 0.7)}


def bank() -> list[Item]:
    """Two hundred facts with three items each, in two topics; an item in ten is of two facts."""
    items = []
    for fact in range(200):
        for template in ("date", "place", "who"):
            facts = (f"f{fact}", f"f{fact + 1}") if fact % 10 == 0 and template == "who" else (f"f{fact}",)
            topic = "leaf" if fact % 2 else "cup"
            items.append(item(f"f{fact}/{template}", facts=facts, topic=topic, key=(f"{fact} {template}",)))
    return items


@pytest.fixture(scope="module", params=LEARNERS)
def learner(request: pytest.FixtureRequest) -> Learner:
    """A learner after two years."""
    strength, absent = LEARNERS[request.param]
    learned = Learner(strength, absent, LONDON)
    learned.learn(bank(), DAYS)
    return learned


def test_the_work_of_a_day_stays_what_was_promised(learner: Learner) -> None:
    """No session is longer than twenty questions, and what was wrong up to twice more."""
    assert max(asked for asked, _, _ in learner.days) <= 3 * USUAL_LIMIT
    begun = [items for _, _, items in learner.days]
    assert max(b - a for a, b in pairwise(begun)) <= NEW_A_DAY


def test_what_is_left_for_another_day_does_not_pile_up(learner: Learner) -> None:
    """In the last quarter no more is left undone than in the one before, for whoever comes most days."""
    if learner.absent > 0.5:
        pytest.skip("who comes on three days in ten is promised nothing")
    quarters = [learner.days[DAYS // 2 : 3 * DAYS // 4], learner.days[3 * DAYS // 4 :]]
    before, last = (sum(left for _, left, _ in days) / len(days) for days in quarters)
    assert last <= max(before, USUAL_LIMIT)


def test_what_is_due_is_known_about_as_often_as_fsrs_aims_for(learner: Learner) -> None:
    """Nine in ten for whom FSRS describes; the strong know more, the weak less, but never few."""
    known = sum(learner.kept) / len(learner.kept)
    low, high = {0.4: (0.7, 0.9), 1.0: (0.8, 0.95), 2.0: (0.9, 1.0)}[learner.strength]
    assert low <= known <= high, known


def test_siblings_are_never_met_on_one_day(learner: Learner) -> None:
    """Two years long, in a city where two nights a year are an hour shorter or longer."""
    met = defaultdict[tuple[object, str], set[str]](set)
    for one in learner.reviews:
        for fact in one.facts:
            met[day_of(one.at, LONDON), fact].add(one.item)
    assert all(len(items) == 1 for items in met.values())


def test_the_store_holds_it_as_it_was(learner: Learner, tmp_path: Path) -> None:
    """Two years of answers give the schedules that were followed; every item's due date is finite."""
    with opened(tmp_path / "s") as store:
        store.merge(learner.reviews)
        assert store.schedules() == learner.schedules
        assert sum(1 for _ in store.reviews()) == len(learner.reviews)
    end = max(one.at for one in learner.reviews)
    assert end.astimezone(UTC).date() > BEGIN + timedelta(days=700)
    assert all(one.due - one.last <= timedelta(days=36_500) for one in learner.schedules.values())
