"""From reviews and schedules to figures: every number by hand."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from math import sqrt
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.base.shares import wilson
from quizgen.stats.days import Calendar
from quizgen.stats.habit import streak
from quizgen.stats.measure import View, measure
from quizgen.store.review import Rating, micros
from quizgen.store.schedule import State
from tests.progress_desk import NOW, answered, bank, item, progress, schedule

TODAY = NOW.date()


def test_nothing_answered_is_nothing_measured() -> None:
    """An empty store gives noughts and empty lists, and no share of nothing."""
    found = progress(bank(item("a/x")))
    assert (found.reviews, found.items.unseen, found.habit.streak, found.habit.median) == (0, 1, 0, None)
    assert (found.retention.whole.expected, found.retention.whole.remembered.value) == (None, None)
    assert [day.items for day in found.forecast.days] == [0] * 30
    assert found.topics[0].recall is None


def test_the_forecast_counts_each_item_on_its_day() -> None:
    """What is overdue counts today; what is due after the thirtieth day is later."""
    items = [item(f"{name}/x") for name in "abcdef"]
    found = progress(
        bank(*items),
        *(schedule(f"{name}/x", due=due) for name, due in zip("abcde", (-40, 0, 0.3, 1, 40), strict=True)),
    ).forecast
    assert (found.due_now, found.later) == (2, 1)
    assert [(day.day, day.items) for day in found.days[:3]] == [
        (TODAY, 3),
        (TODAY + timedelta(days=1), 1),
        (TODAY + timedelta(days=2), 0),
    ]


def test_what_the_deck_has_no_more_is_retired() -> None:
    """A vanished item's answers count among all answers and days, and nowhere else."""
    found = progress(
        bank(item("a/x")),
        schedule("gone/x", due=-1, lapses=3),
        log=(answered("gone/x", 2), answered("a/x", 1)),
    )
    assert (found.reviews, found.retired, found.items.retired) == (2, 1, 1)
    assert (found.forecast.due_now, found.hardest, found.items.known) == (0, (), 0)
    assert found.habit.studied == 2


def test_an_item_learned_in_another_deck_counts() -> None:
    """Progress hangs on items: answers in another deck count where the item is in this one too."""
    log = (answered("a/x", 2, deck="other"), answered("b/x", 1, deck="other"))
    found = progress(bank(item("a/x")), log=log)
    assert (found.reviews, found.retired) == (1, 0)


def test_first_answers_and_learning_steps_test_no_memory() -> None:
    """Only reviews of learned items are compared with what FSRS expected."""
    log = (
        answered("a/x", 5, Rating.AGAIN),
        answered("a/x", 4, Rating.AGAIN, expected=0.9, state=State.LEARNING),
        answered("a/x", 3, Rating.AGAIN, expected=0.9, state=State.RELEARNING),
        answered("a/x", 2, Rating.HARD, expected=0.92),
        answered("a/x", 1, Rating.AGAIN, expected=0.8),
    )
    whole = progress(bank(item("a/x")), log=log).retention.whole
    assert (whole.remembered.count, whole.remembered.of) == (1, 2)
    assert whole.expected == pytest.approx(0.86)


def test_reviews_fall_into_buckets_and_weeks() -> None:
    """A bucket holds its lower bound; weeks begin on Monday."""
    log = tuple(
        answered("a/x", days, rating, expected=expected)
        for days, rating, expected in (
            (7, Rating.AGAIN, 0.49),  # Sunday
            (6, Rating.GOOD, 0.5),  # Monday
            (2, Rating.GOOD, 0.9),
            (1, Rating.AGAIN, 1.0),
        )
    )
    found = progress(bank(item("a/x")), log=log).retention
    assert [(one.label, one.remembered.count, one.remembered.of) for one in found.buckets] == [
        ("0–50 %", 0, 1),
        ("50–70 %", 1, 1),
        ("70–80 %", 0, 0),
        ("80–90 %", 0, 0),
        ("90–95 %", 1, 1),
        ("95–100 %", 0, 1),
    ]
    assert [(one.label, one.remembered.of) for one in found.weeks] == [("2026-11-09", 1), ("2026-11-16", 3)]


def test_only_the_days_looked_at_count() -> None:
    """Of three days, today is the last; what is older is left out, but for the count of all answers."""
    log = (answered("a/x", 3, expected=0.9), answered("a/x", 2, expected=0.9), answered("a/x", 0))
    found = progress(bank(item("a/x")), log=log, days=3)
    assert [day.reviews for day in found.habit.days] == [1, 0, 1]
    assert (found.reviews, found.habit.studied, found.retention.whole.remembered.of) == (3, 2, 1)


def test_time_spent_is_capped_and_the_median_is_not() -> None:
    """Who leaves the desk is counted five minutes; an answer without a time counts none."""
    log = tuple(answered("a/x", 1, seconds=seconds) for seconds in (4.0, 8.0, 5000.0, None))
    habit = progress(bank(item("a/x")), log=log).habit
    assert habit.days[-2].seconds == 4 + 8 + 300
    assert habit.median == 8


@pytest.mark.parametrize(
    ("days", "expected"),
    [((), 0), ((0,), 1), ((1,), 1), ((2,), 0), ((0, 1, 2, 4), 3), ((1, 2), 2)],
)
def test_a_streak_may_end_yesterday(days: tuple[int, ...], expected: int) -> None:
    """Days in a row up to today; a day that has not been used yet breaks nothing."""
    assert streak({TODAY - timedelta(days=day) for day in days}, TODAY) == expected


def test_a_day_begins_at_four_in_the_morning() -> None:
    """An answer after midnight belongs to the evening before, where the learner is."""
    night = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)  # 03:30 on the 23rd in Seoul
    calendar = Calendar(ZoneInfo("Asia/Seoul"))
    later = [micros(night), micros(night + timedelta(minutes=30))]
    assert calendar.days(later) == [date(2026, 11, 22), date(2026, 11, 23)]


@given(
    st.lists(st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1))),
    st.sampled_from(["Europe/London", "Australia/Lord_Howe", "America/St_Johns", "Asia/Seoul", "UTC"]),
)
def test_days_are_found_in_any_order(times: list[datetime], zone: str) -> None:
    """The quick way gives each time the day that looking it up alone gives, over changes of the clock too."""
    calendar = Calendar(ZoneInfo(zone))
    moments = [time.replace(tzinfo=UTC) for time in times]
    assert calendar.days(map(micros, moments)) == [calendar.day_of(moment) for moment in moments]


def test_topics_stand_in_the_decks_order_with_their_items() -> None:
    """A topic without items is left out; the chance is the mean over what was asked."""
    items = [item("b/x", "two"), item("a/x"), item("a/y"), item("a/z")]
    found = progress(
        bank(*items),
        schedule("a/x", stability=10, last=10, due=-1),  # 90 % after as many days as the stability
        schedule("a/y", state=State.LEARNING),  # just answered: certain
    ).topics
    assert [(one.topic, one.items, one.known, one.learning, one.unseen, one.due) for one in found] == [
        ("one", 3, 1, 1, 1, 1),
        ("two", 1, 0, 0, 1, 0),
    ]
    assert found[0].recall == pytest.approx(0.95)


def test_the_hardest_are_those_forgotten_most() -> None:
    """By lapses, then by FSRS's difficulty; what was never forgotten is not hard, and ten are enough."""
    names = [f"{letter}/x" for letter in "abcdefghijklm"]
    schedules = [schedule(name, lapses=1, difficulty=5) for name in names]
    schedules[5:8] = [
        schedule("f/x", lapses=2, difficulty=3),
        schedule("g/x", lapses=2, difficulty=9),
        schedule("h/x", lapses=0),
    ]
    found = progress(bank(*map(item, names)), *schedules).hardest
    assert [one.item for one in found[:3]] == ["g/x", "f/x", "a/x"]
    assert (len(found), found[0].facts, found[0].lapses, found[0].source) == (
        10,
        ("g",),
        2,
        "A Press, A Work",
    )


@pytest.mark.parametrize(("right", "asked"), [(0, 10), (10, 10), (8, 10), (1, 3), (90, 100), (5000, 9000)])
def test_the_interval_is_wilsons(right: int, asked: int) -> None:
    """By its definition: at its ends the share that was seen is just 1.96 standard errors away."""
    for end in wilson(right, asked):
        assert abs(right / asked - end) == pytest.approx(1.959964 * sqrt(end * (1 - end) / asked), abs=1e-8)


@given(st.integers(0, 500).flatmap(lambda asked: st.tuples(st.integers(0, asked), st.just(asked))))
def test_an_interval_holds_the_share(case: tuple[int, int]) -> None:
    """It never leaves 0 to 1, and the share that was seen lies in it."""
    right, asked = case
    low, high = wilson(right, asked)
    assert 0 <= low <= high <= 1
    assert not asked or low - 1e-12 <= right / asked <= high + 1e-12


def test_a_review_from_the_future_is_no_day_of_the_calendar() -> None:
    """What a wrong clock dated ahead neither lengthens the calendar nor the streak."""
    found = progress(bank(item("a/x")), log=(answered("a/x", -400),))
    assert (found.reviews, found.habit.studied, found.habit.streak, found.habit.days[-1].day) == (
        1,
        0,
        0,
        TODAY,
    )


def test_the_calendar_ends_at_the_first_day_there_is() -> None:
    """However many days are asked for, no day lies before the year 1."""
    found = measure(bank(item("a/x")), {}, [], View(datetime(1, 1, 3, 12, tzinfo=UTC), 3660, UTC))
    assert found.habit.days[0].day == date(1, 1, 1)
