"""What a learner is asked today: the plan's promises, for any state of any learner."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.items.item import Difficulty, Item
from quizgen.quiz.plan import NEW_A_DAY, USUAL_LIMIT, Agenda, Day, Spaced, Wishes, agenda
from quizgen.quiz.session import Answer, Wanted
from quizgen.quiz.verdict import RIGHT, WRONG, Verdict
from quizgen.store.schedule import Schedule, State
from tests.banks import item

NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
TODAY = Day.of(NOON, UTC)
EVERYTHING = Wishes(new=1000, limit=1000)


def schedule(one: Item, *, due: float, ago: float, stability: float = 1.0) -> Schedule:
    """An item's schedule: due in so many days (before now: less than 0), last reviewed so many days ago."""
    last = NOON - timedelta(days=ago)
    return Schedule(
        item=one.id,
        facts=one.facts,
        deck="tea",
        due=NOON + timedelta(days=due),
        stability=stability,
        difficulty=5.0,
        state=State.REVIEW,
        step=None,
        reps=1,
        lapses=0,
        first=last,
        last=last,
    )


@st.composite
def states(draw: st.DrawFn) -> tuple[tuple[Item, ...], dict[str, Schedule]]:
    """Items over a few topics and facts, sets among them, some of them learned in the last weeks."""
    items = []
    for number in range(draw(st.integers(1, 25))):
        facts = draw(st.lists(st.sampled_from("abcdefghijkl"), min_size=1, max_size=3, unique=True))
        items.append(
            item(
                f"f{number}/t",
                facts=tuple(facts),
                key=(draw(st.sampled_from(["1", "2", "3", "4", "5", "6", "7", "8"])),),
                topic=draw(st.sampled_from(["leaf", "cup", "pot"])),
                essential=draw(st.booleans()),
                difficulty=Difficulty(draw(st.sampled_from([0.1, 0.3, 0.5, 0.7, 0.95])), ""),
            )
        )
    known = draw(st.lists(st.sampled_from(items), unique_by=lambda one: one.id))
    learned = {
        one.id: schedule(
            one,
            ago=(ago := draw(st.floats(0.0, 60.0))),
            due=draw(st.floats(-ago + 0.001, 60.0)) if ago > 0.001 else 1.0,
            stability=draw(st.floats(0.01, 365.0)),
        )
        for one in known
    }
    return tuple(items), learned


def _related(one: Item, two: Item) -> bool:
    return one.id != two.id and not set(one.facts).isdisjoint(two.facts)


State_ = tuple[tuple[Item, ...], dict[str, Schedule]]


@given(states())
def test_due_comes_before_new(state: State_) -> None:
    """What is due stands first, and is due; what follows was never asked."""
    items, schedules = state
    plan = agenda(items, schedules, TODAY, EVERYTHING)
    assert plan.items == plan.due + plan.new
    assert all(TODAY.reaches(schedules[one.id]) for one in plan.due)
    assert not any(one.id in schedules for one in plan.new)


@given(states())
def test_no_two_siblings_on_one_day(state: State_) -> None:
    """Nothing shares a fact with anything else that is asked today, or was."""
    items, schedules = state
    plan = agenda(items, schedules, TODAY, EVERYTHING)
    before = [one for one in items if one.id in schedules and TODAY.holds(schedules[one.id].last)]
    for one in plan.items:
        assert not any(_related(one, other) for other in (*plan.items, *before))


@given(states())
def test_no_two_new_ones_with_one_answer(state: State_) -> None:
    """Two new items with the same answer would be learned as one."""
    new = agenda(*state, TODAY, EVERYTHING).new
    assert len({one.key for one in new}) == len(new)


@given(states(), st.integers(0, 12), st.integers(1, 12))
def test_limits_are_kept(state: State_, new: int, limit: int) -> None:
    """Never more new ones nor more in all than was said; and what is left is told."""
    plan = agenda(*state, TODAY, Wishes(new=new, limit=limit))
    assert len(plan.new) <= new
    assert len(plan.items) <= limit
    everything = agenda(*state, TODAY, EVERYTHING)
    assert len(plan.due) + plan.due_left == len(everything.due) + everything.due_left


@given(states())
def test_the_same_state_gives_the_same_plan(state: State_) -> None:
    """Neither the order in which schedules come out of the store nor an earlier call changes anything."""
    items, schedules = state
    shuffled = dict(reversed(schedules.items()))
    assert agenda(items, schedules, TODAY, Wishes()) == agenda(items, shuffled, TODAY, Wishes())


@given(states())
def test_nothing_is_passed_over_without_a_reason(state: State_) -> None:
    """What is due or new and isn't asked has a sibling that is, or was today, or a double answer."""
    items, schedules = state
    plan = agenda(items, schedules, TODAY, EVERYTHING)
    asked = set(plan.items)
    today = [one for one in items if one.id in schedules and TODAY.holds(schedules[one.id].last)]
    for one in items:
        due = one.id in schedules and TODAY.reaches(schedules[one.id])
        if one in asked or not (due or one.id not in schedules):
            continue
        related = any(_related(one, other) for other in (*asked, *today))
        assert related or (not due and any(one.key == other.key for other in plan.new))


def _plan(items: Sequence[Item], schedules: Mapping[str, Schedule], **wishes: int) -> list[str]:
    return [one.id for one in agenda(items, schedules, TODAY, Wishes(**wishes)).items]  # type: ignore[arg-type]


def test_the_most_endangered_comes_first() -> None:
    """Of what is due, that of which most is forgotten: long ago, beside how stable it is."""
    items = [item(f"{name}/t", key=(name,)) for name in "abc"]
    schedules = {
        "a/t": schedule(items[0], due=-1, ago=10, stability=10),
        "b/t": schedule(items[1], due=-1, ago=3, stability=1),
        "c/t": schedule(items[2], due=-5, ago=20, stability=40),
    }
    assert _plan(items, schedules, limit=1) == ["b/t"]
    assert _plan(items, schedules, limit=2) == ["b/t", "a/t"]


def test_essential_comes_before_detail_and_easy_before_hard() -> None:
    """New items of one topic: essential first, the easier first in each, else in the deck's own order."""
    items = [
        item("hard/t", difficulty=Difficulty(0.9, ""), key=("1",)),
        item("easy/t", difficulty=Difficulty(0.1, ""), key=("2",)),
        item("also/t", difficulty=Difficulty(0.2, ""), key=("3",)),
        item("core-hard/t", essential=True, difficulty=Difficulty(0.8, ""), key=("4",)),
        item("core/t", essential=True, difficulty=Difficulty(0.3, ""), key=("5",)),
    ]
    assert _plan(items, {}) == ["core/t", "core-hard/t", "easy/t", "also/t", "hard/t"]


def test_topics_take_turns() -> None:
    """Six new items of three topics: no topic twice in a row, each comes up twice."""
    items = [item(f"{topic}{n}/t", topic=topic, key=(f"{topic}{n}",)) for topic in "xyz" for n in range(5)]
    plan = agenda(items, {}, TODAY, Wishes(new=6))
    assert [one.topic for one in plan.new] == ["x", "y", "z", "x", "y", "z"]


def test_ten_new_ones_a_day_unless_more_are_wished_for() -> None:
    """A second session on one day brings no more new items, unless it is told how many."""
    items = [item(f"f{n}/t", key=(str(n),)) for n in range(40)]
    assert len(_plan(items, {})) == NEW_A_DAY
    learned = {one.id: schedule(one, due=3, ago=0.1) for one in items[:7]}
    assert len(_plan(items, learned)) == NEW_A_DAY - 7
    assert len(_plan(items, learned, new=15)) == 15
    assert len(_plan(items, learned, new=50)) == USUAL_LIMIT


def test_only_what_is_wished_for_is_asked() -> None:
    """A topic that is wished for leaves out what is due elsewhere."""
    items = [item("a/t", topic="leaf", key=("1",)), item("b/t", topic="cup", key=("2",))]
    schedules = {one.id: schedule(one, due=-1, ago=3) for one in items}
    wishes = Wishes(Wanted(topics=frozenset({"cup"})))
    assert [one.id for one in agenda(items, schedules, TODAY, wishes).items] == ["b/t"]


@pytest.mark.parametrize(
    ("due", "ago", "reached"),
    [(0.6, 1.0, True), (0.7, 1.0, False), (-0.1, 3.0, True), (0.01, 0.0, False), (-0.001, 0.01, True)],
)
def test_due_is_a_matter_of_days(due: float, ago: float, reached: bool) -> None:
    """At noon all that falls due before four in the morning is due; a step of minutes waits for its time."""
    assert TODAY.reaches(schedule(item("a/t"), due=due, ago=ago)) is reached


@given(
    st.datetimes(datetime(2020, 1, 1), datetime(2030, 1, 1)),
    st.sampled_from(
        ["Asia/Seoul", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo"]
    ),
)
def test_every_moment_has_a_day(wall: datetime, zone: str) -> None:
    """Across time zones and summer time, each moment lies in its day, and the next begins where it ends."""
    now = wall.replace(tzinfo=UTC)
    day = Day.of(now, ZoneInfo(zone))
    assert day.began <= now < day.ended
    assert timedelta(hours=22) <= day.ended - day.began <= timedelta(hours=26)
    assert Day.of(day.ended, ZoneInfo(zone)).began == day.ended


def _run(plan: Spaced, verdicts: Mapping[str, Sequence[Verdict]]) -> list[str]:
    """What a plan asks where each item gets these verdicts in turn, and RIGHT when they are used up."""
    answers: list[Answer] = []
    while (one := plan.next(answers)) is not None:
        times = sum(answer.item.id == one.id for answer in answers)
        left = verdicts.get(one.id, ())[times:]
        answers.append(Answer(one, "", left[0] if left else RIGHT))
    return [answer.item.id for answer in answers]


def _agenda(count: int) -> Agenda:
    return Agenda((), tuple(item(f"f{n}/t") for n in range(count)))


def test_what_was_wrong_comes_back_after_five_others() -> None:
    """A mistake is asked again later in the session, and not at once."""
    asked = _run(Spaced(_agenda(9)), {"f1/t": [WRONG]})
    assert asked == [f"{name}/t" for name in ("f0", "f1", "f2", "f3", "f4", "f5", "f6", "f1", "f7", "f8")]


def test_three_times_are_enough() -> None:
    """What is wrong again and again is left for another day."""
    assert _run(Spaced(_agenda(20)), {"f0/t": [WRONG] * 9}).count("f0/t") == 3


def test_the_last_one_is_not_asked_twice_in_a_row() -> None:
    """At the end a mistake comes back after two others, or not today."""
    assert _run(Spaced(_agenda(3)), {"f0/t": [WRONG]}) == ["f0/t", "f1/t", "f2/t", "f0/t"]
    assert _run(Spaced(_agenda(2)), {"f1/t": [WRONG] * 9}) == ["f0/t", "f1/t"]


@given(st.integers(1, 12), st.lists(st.booleans(), min_size=40, max_size=40))
def test_a_plan_ends_and_asks_everything(count: int, rights: list[bool]) -> None:
    """Whatever is right or wrong, every item is asked, and the session comes to its end."""
    answers: list[Answer] = []
    plan = Spaced(_agenda(count))
    for right in rights:
        one = plan.next(answers)
        if one is None:
            break
        answers.append(Answer(one, "", RIGHT if right else WRONG))
    assert {answer.item.id for answer in answers} == {f"f{n}/t" for n in range(count)}
    assert plan.next(answers) is None


def test_what_another_session_asked_is_left_out() -> None:
    """An item that another session has just asked, or a sibling of it, is not asked here."""
    taken = set[str]()
    plan = Spaced(_agenda(3), lambda: taken)
    first = plan.next([])
    assert first is not None
    taken.add("f1")
    answers = [Answer(first, "", RIGHT)]
    assert plan.next(answers) == item("f2/t")


def test_the_time_is_up() -> None:
    """When the minutes are over, nothing more is begun."""
    over = [False]
    plan = Spaced(_agenda(3), over=lambda: over[0])
    assert plan.next([]) is not None
    over[0] = True
    assert plan.next([]) is None


def test_an_undone_answer_is_asked_again() -> None:
    """A plan hangs on the answers alone: without the last one it asks what it asked before."""
    plan = Spaced(_agenda(3))
    first = plan.next([])
    assert first is not None
    assert plan.next([Answer(first, "", WRONG)]) != first
    assert plan.next([]) == first
    assert replace(plan) == plan
