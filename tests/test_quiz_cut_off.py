"""Nothing lost: sessions that are killed, closed, or run side by side, through the real command."""

from __future__ import annotations

import random
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizgen.base import clock
from quizgen.store.review import Review
from quizgen.store.store import Store
from tests.page_terminal import PageTerminal
from tests.pseudo_terminal import CHECKOUT, environment

KILLS = 30
FACTS = 60
_PACK = """
pack: {id: tea, name: Tea and treaties}
topics: [{id: leaf, name: The leaf}, {id: cup, name: The cup}, {id: pot, name: The pot}]
types: [{id: pact, name: pact, plural: pacts}]
sources:
  - {id: ministry, title: Pacts, publisher: Ministry of Tea, url: "https://example.org/leaf", trust: primary}
properties:
  - id: inked
    name: inked
    about: [pact]
    value: date
    sentence: "{{ subject }} was inked {{ value.on }}."
    templates: [{id: year, slot: 1, type: typed, ask: "In which year was {{ subject }} inked?"}]
"""
_RECIPE = """
deck: {id: tea, name: Tea, pack: tea, revision: 2026-11-22, anki: {deck: 1700000123, note_type: 1700000456}}
"""


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    PageTerminal.end_all()


@pytest.fixture(scope="module")
def deck(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A deck of typed questions, each with a year of its own."""
    folder = tmp_path_factory.mktemp("deck")
    entities = ["entities:"]
    facts = ["facts:"]
    for number in range(FACTS):
        entities.append(f"  - {{id: pact-{number}, type: pact, name: Pact No. {number}}}")
        facts.append(
            f"  - {{id: fact-{number}, topic: {('leaf', 'cup', 'pot')[number % 3]}, about: pact-{number},"
            f" property: inked, value: {1900 + number},"
            " cites: [{source: ministry, paragraph: 1, start: it was, end: was inked}]}"
        )
    (folder / "tea").mkdir()
    (folder / "tea" / "pack.yaml").write_text("\n".join([_PACK, *entities, *facts]) + "\n", encoding="utf-8")
    (folder / "deck.yaml").write_text(_RECIPE, encoding="utf-8")
    # The items are made once, or every start would make them anew.
    command = [sys.executable, "-m", "quizgen", "quiz", str(folder / "deck.yaml"), "--count", "1"]
    home = environment({"XDG_CACHE_HOME": str(folder / "cache")})
    subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=True, env=home, cwd=CHECKOUT)
    return folder / "deck.yaml"


class _Learner:
    """Somebody who knows every answer, and notes what the quiz has acknowledged."""

    def __init__(self, deck: Path, state: Path) -> None:
        self.deck = deck
        self.state = state
        self.acknowledged: list[str] = []

    def sit_down(self) -> PageTerminal:
        """Start the quiz."""
        amounts = ["--new", str(FACTS), "--limit", str(FACTS), "--state", str(self.state)]
        cache = str(self.deck.parent / "cache")
        return PageTerminal(["-m", "quizgen", "quiz", str(self.deck), *amounts], XDG_CACHE_HOME=cache)

    def asked(self, terminal: PageTerminal) -> int:
        """The number of the fact on the screen."""
        found = re.search(r"Pact No\. (\d+)", terminal.shown)
        assert found is not None, terminal.shown
        return int(found[1])

    def answer(self, terminal: PageTerminal) -> None:
        """Give the right answer and go on."""
        number = self.asked(terminal)
        terminal.type(str(1900 + number))
        assert "Right." in terminal.tap("Enter")
        self.acknowledged.append(f"fact-{number}/year")
        terminal.tap("Enter")

    def log(self) -> list[Review]:
        with Store.open(self.state, now=clock.now()) as store:
            return list(store.reviews())


def _item(number: int) -> str:
    return f"fact-{number}/year"


def test_killed_at_any_moment_it_loses_nothing(deck: Path, tmp_path: Path) -> None:
    """Killed dozens of times, in the middle of anything: what was acknowledged is in the log, once, and each
    start goes on with what was not asked yet, or was wrong."""
    chance = random.Random(6)  # noqa: S311  no secret
    learner = _Learner(deck, tmp_path / "state")
    for _ in range(KILLS):
        terminal = learner.sit_down()
        done = {review.item for review in learner.log()}
        if "Nothing is due" in terminal.shown or "Result" in terminal.shown.splitlines()[0]:
            break
        again = "asked again" in terminal.shown
        assert f" {len(done) + (not again)}/60 " in terminal.shown.splitlines()[0]
        assert (_item(learner.asked(terminal)) in done) is again
        for _ in range(chance.randrange(3)):
            learner.answer(terminal)
        terminal.press_blindly(chance.choice(["1", "\r", "x\r", "\r\r19", "\x1bq", "\x1b[B\r"]))
        time.sleep(chance.random() * 0.03)
        terminal.kill()
        answered = [review.item for review in learner.log()]
        assert set(learner.acknowledged) <= set(answered)
        learner.acknowledged = answered
    counted = Counter(review.item for review in learner.log() if review.mark == "right")
    assert counted
    assert max(counted.values()) == 1
    (sound,) = sqlite3.connect(learner.state).execute("PRAGMA integrity_check").fetchone()
    assert sound == "ok"


def test_two_sessions_at_once_share_the_work(deck: Path, tmp_path: Path) -> None:
    """What one session has asked, the other does not ask again; both are in the log."""
    learner = _Learner(deck, tmp_path / "state")
    one = learner.sit_down()
    for _ in range(3):
        learner.answer(one)
    on_screen = {_item(learner.asked(one))}
    two = learner.sit_down()
    for _ in range(4):
        learner.answer(two)
    on_screen.add(_item(learner.asked(two)))
    for _ in range(4):
        learner.answer(one)
    learner.answer(two)
    times = Counter(learner.acknowledged)
    # What stood on one screen before the other session answered it may be answered in both.
    assert {name for name, count in times.items() if count > 1} <= on_screen
    assert [review.item for review in learner.log()] == learner.acknowledged
    assert len({review.session for review in learner.log()}) == 2


def test_an_undone_answer_stays_undone(deck: Path, tmp_path: Path) -> None:
    """What was taken back doesn't count after a start either, and is asked again."""
    learner = _Learner(deck, tmp_path / "state")
    terminal = learner.sit_down()
    first = learner.asked(terminal)
    learner.answer(terminal)
    assert "The last answer is taken back." in terminal.tap("Esc", "u")
    terminal.kill()
    assert learner.log() == []
    assert learner.asked(learner.sit_down()) == first


def test_a_session_that_was_ended_is_not_gone_on_with(deck: Path, tmp_path: Path) -> None:
    """After leaving by `q` the next start is a session of its own."""
    learner = _Learner(deck, tmp_path / "state")
    terminal = learner.sit_down()
    learner.answer(terminal)
    terminal.tap("Esc", "q", "Enter")
    assert terminal.finish() == 0
    assert " 1/59 " in learner.sit_down().shown.splitlines()[0]
    assert len(learner.log()) == 1


@pytest.mark.parametrize(("key", "rating"), [("h", 2), ("e", 4), ("Enter", 3)])
def test_a_rating_is_recorded(deck: Path, tmp_path: Path, key: str, rating: int) -> None:
    """A right answer is Good by itself; `h` and `e` say Hard and Easy before the next question."""
    learner = _Learner(deck, tmp_path / "state")
    terminal = learner.sit_down()
    number = learner.asked(terminal)
    terminal.tap(*str(1900 + number), "Enter", key)
    (review,) = learner.log()
    assert (review.rating, review.item, review.mark) == (rating, _item(number), "right")


def test_a_grading_that_was_wrong_is_corrected(deck: Path, tmp_path: Path) -> None:
    """A wrong answer is Again; `w` makes it Good, and a right one Again."""
    learner = _Learner(deck, tmp_path / "state")
    terminal = learner.sit_down()
    terminal.tap("7", "Enter")
    assert learner.log()[0].rating == 1
    assert "Counted as right, as you say." in terminal.tap("w")
    assert learner.log()[0].rating == 3
    assert "Counted as wrong, as you say." in terminal.tap("w")
    assert learner.log()[0].rating == 1
