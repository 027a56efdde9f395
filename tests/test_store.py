"""The store: the log is the truth, and is only ever added to."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
import threading
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from quizgen.store.review import Rating, SessionRecord, new_id
from quizgen.store.schedule import State
from tests.store_desk import NOON, flag, opened, review


def test_a_review_comes_back_as_it_was_recorded(tmp_path: Path) -> None:
    """Every field survives the file, in another process's eyes too: the store was closed in between."""
    one = review("r1", Rating.HARD, response="竹島 / 독도 \x1b[31m\x00", seconds=None, facts=("a", "b"))
    with opened(tmp_path / "s") as store:
        store.record(one)
    with opened(tmp_path / "s") as store:
        assert list(store.reviews()) == [one]


def test_text_that_no_file_can_hold_does_not_cost_the_answer(tmp_path: Path) -> None:
    """A lone surrogate, as a broken terminal types one, is replaced; responses end after 2,000 characters."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1", response="caf\udce9"))
        store.record(review("r2", response="x" * 5000, days=1))
        assert [found.response for found in store.reviews()] == ["caf?", "x" * 2000]


def test_an_undone_review_counts_no_more_and_stays_in_the_log(tmp_path: Path) -> None:
    """Undoing adds to the log; the schedule is what it was before the review."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        before = store.schedules()
        store.record(review("r2", Rating.AGAIN, days=3))
        store.undo("r2", NOON)
        assert store.schedules() == before
        assert [found.id for found in store.reviews()] == ["r1"]
        assert len(list(store.entries())) == 3


def test_undoing_an_items_only_review_makes_it_new_again(tmp_path: Path) -> None:
    """An item without a review that counts has no schedule."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        store.undo("r1", NOON)
        assert store.schedules() == {}


def test_the_last_rating_of_a_review_counts(tmp_path: Path) -> None:
    """After two changes of rating, everything is as if the last had been given at once."""
    with opened(tmp_path / "s") as store, opened(tmp_path / "other") as other:
        store.record(review("r1"))
        store.rerate("r1", Rating.AGAIN, NOON + timedelta(seconds=1))
        store.rerate("r1", Rating.EASY, NOON + timedelta(seconds=2))
        other.record(review("r1", Rating.EASY))
        assert store.schedules() == other.schedules()
        assert list(store.reviews()) == list(other.reviews())


def test_a_rating_is_not_changed_back_by_an_undone_clock(tmp_path: Path) -> None:
    """An undone review stays undone, whatever is said of it afterwards."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        store.undo("r1", NOON)
        store.rerate("r1", Rating.EASY, NOON + timedelta(seconds=2))
        assert list(store.reviews()) == []


@pytest.mark.parametrize("change", ["undo", "rerate"])
def test_what_is_not_there_cannot_be_changed(tmp_path: Path, change: str) -> None:
    """A change of an unknown review is a mistake of the caller's, and leaves no trace."""
    with opened(tmp_path / "s") as store:
        with pytest.raises(ValueError, match="no review r9"):
            store.undo("r9", NOON) if change == "undo" else store.rerate("r9", Rating.GOOD, NOON)
        assert list(store.entries()) == []


def test_the_same_review_twice_is_one(tmp_path: Path) -> None:
    """Recording again what is there changes nothing; another review with its id is refused."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        before = store.schedules()
        store.record(review("r1"))
        with pytest.raises(ValueError, match="another entry"):
            store.record(review("r1", Rating.AGAIN))
        assert store.schedules() == before
        assert len(list(store.entries())) == 1


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE log SET rating = 4",
        "DELETE FROM log",
        "INSERT OR REPLACE INTO log (id, kind, at) VALUES ('r1', 'review', 0)",
        "UPDATE flags SET remark = ''",
        "DELETE FROM flags",
        "INSERT OR REPLACE INTO flags VALUES ('f1', '', '', '', 0, '', '')",
    ],
)
def test_nobody_can_change_what_was_written(tmp_path: Path, statement: str) -> None:
    """The file itself refuses, whichever program asks."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        store.flag(flag("f1"))
    connection = sqlite3.connect(tmp_path / "s")
    with pytest.raises(sqlite3.IntegrityError, match="only ever added to"):
        connection.execute(statement)
    connection.close()


def test_reviews_are_chosen_by_deck_session_and_time(tmp_path: Path) -> None:
    """In order of time, not of recording; `since` includes its own moment."""
    with opened(tmp_path / "s") as store:
        store.record(review("late", days=2))
        store.record(review("early", days=1, session="s2"))
        store.record(review("else", days=3, deck="other"))
        assert [found.id for found in store.reviews()] == ["early", "late", "else"]
        assert [found.id for found in store.reviews(deck="tides")] == ["early", "late"]
        assert [found.id for found in store.reviews(session="s2")] == ["early"]
        assert [found.id for found in store.reviews(since=NOON + timedelta(days=2))] == ["late", "else"]


def test_reading_goes_on_over_batches(tmp_path: Path) -> None:
    """More reviews than are read at a time come once each, many of them at one moment."""
    reviews = [review(f"{number:05}", days=number // 3000) for number in range(9001)]
    with opened(tmp_path / "s") as store:
        store.merge(reversed(reviews))
        assert list(store.reviews()) == reviews
        assert {entry.id for entry in store.entries()} == {one.id for one in reviews}


def test_a_reader_keeps_nobody_from_writing(tmp_path: Path) -> None:
    """While one session is in the middle of reading, another records."""
    with opened(tmp_path / "s") as store, opened(tmp_path / "s") as other:
        store.merge(review(f"{number:05}") for number in range(5000))
        reading = store.reviews()
        next(reading)
        other.record(review("new", days=1))
        assert sum(1 for _ in reading) == 5000


def test_schedules_hang_on_the_items_id_alone(tmp_path: Path) -> None:
    """An item learnt in one deck is known in another; `deck` tells where it was last asked."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1", deck="one"))
        store.record(review("r2", deck="two", days=1))
        assert store.schedules()["tide/date"].reps == 2
        assert store.schedules("one") == {}
        assert list(store.schedules("two")) == ["tide/date"]


def test_a_clock_that_was_set_back_loses_nothing(tmp_path: Path) -> None:
    """Reviews recorded in the wrong order give the schedules that they give in order of time."""
    reviews = [review("r1"), review("r2", days=400), review("r3", Rating.AGAIN, days=35)]
    with opened(tmp_path / "s") as store, opened(tmp_path / "other") as other:
        for one in reviews:
            store.record(one)
        for one in sorted(reviews, key=lambda one: one.at):
            other.record(one)
        assert store.schedules() == other.schedules()
        assert store.examine().problems == ()


def test_a_review_from_the_future_waits_for_its_time(tmp_path: Path) -> None:
    """A clock that was a year ahead once does not put an item off for a year; the review counts later."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        usual = store.schedules()
        store.record(review("r2", days=365))
        store.record(review("r3", item="pier/date", days=365))
        whole = store.schedules()
    with opened(tmp_path / "s", NOON + timedelta(days=2)) as store:
        assert store.schedules() == usual
    with opened(tmp_path / "s", NOON + timedelta(days=365)) as store:
        assert store.schedules() == whole
        assert whole.keys() == {"tide/date", "pier/date"}


def test_flags_are_kept_in_order(tmp_path: Path) -> None:
    """By deck too."""
    one, two = flag("f1"), replace(flag("f2", "\x1b]0;owned\x07"), deck="other", at=NOON - timedelta(days=1))
    with opened(tmp_path / "s") as store:
        store.flag(one)
        store.flag(two)
        assert store.flags() == [two, one]
        assert store.flags("tides") == [one]


def session(name: str, days: float = 0) -> SessionRecord:
    """A session so many days after `NOON`."""
    return SessionRecord(
        id=name, deck="tides", at=NOON + timedelta(days=days), wishes='{"limit": 20}', items=("a/b", "c/d")
    )


def elsewhere(path: Path, code: str) -> None:
    """Run code in another process, which ends; `store` is the store at a path."""
    head = "from pathlib import Path; from tests.store_desk import *; from tests.test_store import session; "
    head += f"store = opened(Path({str(path)!r}), NOON); "
    root = Path(__file__).parent.parent
    subprocess.run([sys.executable, "-c", head + code], check=True, cwd=root, timeout=60)


def test_a_session_that_was_cut_off_is_found(tmp_path: Path) -> None:
    """As it was begun; once, because it now belongs to whoever asked for it."""
    elsewhere(tmp_path / "s", "store.session_begin(session('s1'))")
    with opened(tmp_path / "s", NOON) as store:
        assert store.session_open("other") is None
        assert store.session_open("tides") == session("s1")
        store.session_end("s1", NOON)
        assert store.session_open("tides") is None


def test_a_session_is_taken_up_once(tmp_path: Path) -> None:
    """Of two who come after it was cut off, the first has it, for as long as that one runs."""
    elsewhere(tmp_path / "s", "store.session_begin(session('s1'))")
    with opened(tmp_path / "s", NOON) as store:
        assert store.session_open("tides") == session("s1")
        elsewhere(tmp_path / "s", "assert store.session_open('tides') is None")


def test_a_session_that_runs_is_nobody_elses(tmp_path: Path) -> None:
    """Two sessions at once: the second does not take the first one's questions."""
    with opened(tmp_path / "s", NOON) as store:
        store.session_begin(session("s1"))
        elsewhere(tmp_path / "s", "assert store.session_open('tides') is None")


def test_a_session_from_before_a_finished_one_stays_closed(tmp_path: Path) -> None:
    """Who has since finished another session does not go on with an old one."""
    elsewhere(tmp_path / "s", "store.session_begin(session('s1'))")
    with opened(tmp_path / "s", NOON) as store:
        store.session_begin(session("s2", days=1))
        store.session_end("s2", NOON)
        assert store.session_open("tides") is None


def test_two_sessions_write_at_once(tmp_path: Path) -> None:
    """Four threads with a connection each: every review is there, and the schedules follow from them."""
    path = tmp_path / "s"
    opened(path).close()

    def learn(who: int) -> None:
        with opened(path) as store:
            for number in range(25):
                store.record(review(f"{who}-{number}", item=f"tide/{number % 5}", days=number + who / 10))

    threads = [threading.Thread(target=learn, args=(who,)) for who in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with opened(path) as store:
        health = store.examine()
        assert (health.reviews, health.problems) == (100, ())


def test_a_store_is_its_owners_alone(tmp_path: Path) -> None:
    """Nobody else may read what a learner answered, nor list the folder that was made for it."""
    path = tmp_path / "deep" / "er" / "progress.sqlite3"
    opened(path).close()
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o077 == 0
    assert list(path.parent.iterdir()) == [path]  # no second file: one is all there is to copy


def test_ids_are_unique_and_sort_by_time() -> None:
    """Two ids of one moment differ; a later moment's id sorts after an earlier one's."""
    assert new_id(NOON) != new_id(NOON)
    assert new_id(NOON) < new_id(NOON + timedelta(milliseconds=1))


def test_a_new_item_that_was_known_is_in_learning(tmp_path: Path) -> None:
    """py-fsrs's learning steps: Good means again in ten minutes."""
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))
        found = store.schedules()["tide/date"]
    assert (found.state, found.due, found.first, found.last) == (
        State.LEARNING,
        NOON + timedelta(minutes=10),
        NOON,
        NOON,
    )
