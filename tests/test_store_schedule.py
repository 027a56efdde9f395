"""Schedules: py-fsrs's own to the day, and the same again from the log alone."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import fsrs
import pytest
from fsrs.scheduler import DEFAULT_PARAMETERS
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.store import schedule as schedules
from quizgen.store.book import Book
from quizgen.store.review import Change, Entry, Rating, Review
from quizgen.store.schedule import PARAMETERS, Answer, Schedule, replay
from tests.store_desk import NOON, opened, review

RATINGS = st.sampled_from(list(Rating))
# From a second to four years between two answers: learning steps, the same day, the next, long after.
GAPS = st.one_of(
    st.integers(1, 3600), st.integers(3600, 3 * 86_400), st.integers(86_400, 4 * 365 * 86_400)
).map(lambda seconds: timedelta(seconds=seconds))


@st.composite
def histories(draw: st.DrawFn) -> list[Review]:
    """Reviews of up to three items, one after another."""
    at, reviews = NOON, []
    for number in range(draw(st.integers(1, 25))):
        at += draw(GAPS)
        item = draw(st.sampled_from(["tide/date", "tide/place", "pier/date"]))
        reviews.append(review(f"r{number:02}", draw(RATINGS), item=item, at=at))
    return reviews


def by_fsrs(reviews: list[Review]) -> fsrs.Card:
    """What py-fsrs itself makes of an item's reviews, with its own defaults and no fuzz."""
    scheduler = fsrs.Scheduler(enable_fuzzing=False)
    card = fsrs.Card()
    for one in reviews:
        card, _ = scheduler.review_card(card, fsrs.Rating(one.rating), one.at)
    return card


def same(ours: Schedule, theirs: fsrs.Card) -> bool:
    """Whether the store and py-fsrs hold the same of an item."""
    names = ("due", "stability", "difficulty", "state", "step")
    return ours.last == theirs.last_review and all(
        getattr(ours, name) == getattr(theirs, name) for name in names
    )


@given(histories())
@settings(max_examples=30, deadline=None)
def test_the_schedule_is_py_fsrss(reviews: list[Review]) -> None:
    """For any ratings at any times, recorded one by one: due to the microsecond, and every other number."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "s") as store:
        for one in reviews:
            store.record(one)
        kept = store.schedules()
    assert kept.keys() == {one.item for one in reviews}
    for item, found in kept.items():
        own = [one for one in reviews if one.item == item]
        assert same(found, by_fsrs(own))
        assert (found.reps, found.first) == (len(own), own[0].at)


@st.composite
def doings(draw: st.DrawFn) -> list[Entry]:
    """Reviews in any order of time, and changes of them."""
    reviews = draw(st.permutations(draw(histories())))
    changes = [
        Change(
            id=f"c{number}",
            review=draw(st.sampled_from(reviews)).id,
            at=NOON + draw(GAPS),
            rating=draw(st.none() | RATINGS),
        )
        for number in range(draw(st.integers(0, 6)))
    ]
    return [*reviews, *changes]


@given(doings(), st.data())
@settings(max_examples=30, deadline=None)
def test_the_log_alone_gives_every_schedule(entries: list[Entry], data: st.DataObject) -> None:
    """However the log came about, one by one or merged in any order: rebuilding it changes nothing."""
    shuffled = data.draw(st.permutations(entries))
    with (
        tempfile.TemporaryDirectory() as folder,
        opened(Path(folder) / "one") as store,
        opened(Path(folder) / "two") as other,
    ):
        for entry in entries:
            store.merge([entry])
        before, foreseen = store.schedules(), store.answered()
        assert store.examine().problems == ()
        assert store.rebuild() == len(before)
        assert (store.schedules(), store.answered()) == (before, foreseen)
        other.merge(shuffled)
        assert other.schedules() == before
        assert list(other.reviews()) == list(store.reviews())


@given(histories())
@settings(max_examples=15, deadline=None)
def test_undoing_everything_leaves_nothing(reviews: list[Review]) -> None:
    """In any order, without a trace in what follows from the log."""
    with tempfile.TemporaryDirectory() as folder, opened(Path(folder) / "s") as store:
        store.merge(reviews)
        for one in reviews:
            store.undo(one.id, one.at)
        assert (store.schedules(), list(store.reviews()), store.answered()) == ({}, [], [])
        assert len(list(store.entries())) == 2 * len(reviews)


@given(RATINGS, st.integers(0, 3000))
def test_the_chance_of_recall_is_fsrss(rating: Rating, days: int) -> None:
    """At whole days, where py-fsrs tells it."""
    found = replay([Answer("a", (), "d", NOON, rating)])
    assert found is not None
    card = by_fsrs([review("r1", rating)])
    at = NOON + timedelta(days=days)
    assert found.recall(at) == pytest.approx(fsrs.Scheduler().get_card_retrievability(card, at), rel=1e-12)


def test_recall_is_sure_before_it_was_asked() -> None:
    """A clock that was set back gives no chance above one, and no complex number."""
    found = replay([Answer("a", (), "d", NOON, Rating.GOOD)])
    assert found is not None
    assert found.recall(NOON - timedelta(days=400)) == 1


def test_the_weights_are_those_of_py_fsrs() -> None:
    """They are said in our code, so that an upgrade of py-fsrs moves nobody's schedule unseen."""
    assert PARAMETERS == DEFAULT_PARAMETERS


def test_another_scheduler_makes_every_schedule_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where py-fsrs reckons differently from the one before, the first answer brings all items up to date."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1", item="pier/date"))
        store.record(review("r2", Rating.EASY))
    told = schedules.fingerprint()
    rebuilt = list[Book]()
    real = Book.rebuild

    def rebuild(book: Book) -> int:
        rebuilt.append(book)
        return real(book)

    monkeypatch.setattr(Book, "rebuild", rebuild)
    with opened(tmp_path / "s") as store:
        store.record(review("r3", days=1))
        assert not rebuilt
    monkeypatch.setattr("quizgen.store.book.fingerprint", lambda: told + " of another kind")
    with opened(tmp_path / "s") as store:
        store.record(review("r4", days=2))
        store.record(review("r5", days=3))
        assert len(rebuilt) == 1


def test_a_lapse_is_a_learned_item_that_was_not_known() -> None:
    """Not knowing an item that is still being learned is none."""
    times = [NOON + timedelta(days=days) for days in range(4)]
    ratings = [Rating.AGAIN, Rating.GOOD, Rating.GOOD, Rating.AGAIN]
    answers = [Answer("a", (), "d", at, rating) for at, rating in zip(times, ratings, strict=True)]
    found = replay(answers)
    assert found is not None
    assert (found.reps, found.lapses) == (4, 1)


def test_a_clock_at_the_end_of_time_is_refused(tmp_path: Path) -> None:
    """FSRS plans a hundred years ahead: where that leaves the calendar, nothing is recorded."""
    with opened(tmp_path / "s") as store:
        late = review("r1", Rating.EASY, at=datetime(9999, 12, 31, tzinfo=UTC))
        with pytest.raises(ValueError, match="year"):
            store.record(late)
        assert list(store.entries()) == []
