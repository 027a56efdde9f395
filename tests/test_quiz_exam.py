"""The exam: nothing is told until the end, then a score with an honest interval, and a result to hand in."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.base.shares import wilson
from quizgen.export.exam_page import exam_page
from quizgen.quiz.exam import Sitting, document
from quizgen.quiz.session import Answer
from quizgen.quiz.verdict import RIGHT, WRONG, nearly
from tests.banks import DECK, HOSTILE, hostile, one_of_each
from tests.page_terminal import PageTerminal
from tests.test_quiz_command import DECK as TEA
from tests.test_quiz_command import piped

BEGUN = datetime(2026, 11, 22, 9, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    PageTerminal.end_all()


@pytest.mark.parametrize(
    ("right", "asked", "low", "high"),
    [(0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (5, 10, 0.2366, 0.7634), (27, 30, 0.7438, 0.9654)],
)
def test_the_interval_is_wilsons(right: int, asked: int, low: float, high: float) -> None:
    """The interval's ends solve the equation that defines it, (share − p)² = z² p (1 − p) / n."""
    ends = wilson(right, asked)
    assert ends == pytest.approx((low, high), abs=5e-5)
    for end in ends:
        assert (right / asked - end) ** 2 == pytest.approx(1.959964**2 * end * (1 - end) / asked, abs=1e-9)


@given(st.integers(0, 200), st.integers(0, 200))
def test_the_interval_holds_the_share(right: int, more: int) -> None:
    """Whatever the score, the interval lies between 0 and 1 and holds the share."""
    asked = right + more
    low, high = wilson(right, asked)
    assert 0 <= low <= high <= 1
    if asked:
        assert low - 1e-12 <= right / asked <= high + 1e-12


def test_nothing_is_told_until_the_end() -> None:
    """Neither verdict nor source comes between the questions; "nearly" is an answer; then all is told."""
    done = piped(TEA, "--exam", "2", "--seed", "1", answers="2016\n22 June 1965\n")
    assert done.returncode == 0
    before, _, after = done.stdout.partition("Result:")
    for word in ("Right.", "Wrong.", "Nearly", "Source", "Right answer"):
        assert word not in before
    assert after.startswith(
        " 1 of 2 questions right, 50 %. With 95 % confidence you know 9 to 91 % of it all."
    )
    assert "Yours: 2016\n   Right: 23 November 2016\n" in after
    assert "https://example.org/leaf" in after


def test_an_exam_at_a_terminal_goes_from_question_to_question(tmp_path: Path) -> None:
    """On pages too, an answer leads straight to the next question, and the last one to the result."""
    out = tmp_path / "result.json"
    arguments = ["-m", "quizgen", "quiz", TEA, "--exam", "2", "--time", "30", "--out", str(out)]
    terminal = PageTerminal([*arguments, "--state", str(tmp_path / "state")])
    assert "1/2 · 30 min left" in terminal.shown
    assert "2/2 · 30 min left" in terminal.tap("x", "Enter")
    shown = terminal.tap("Enter")
    assert "0 of 2 questions right, 0 %." in shown
    terminal.tap("Enter")
    assert terminal.finish() == 0
    assert json.loads(out.read_text())["score"] == {
        "right": 0,
        "asked": 2,
        "share": 0.0,
        "interval_95": [0.0, 0.6576],
    }


def test_an_exam_that_was_cut_off_goes_on(tmp_path: Path) -> None:
    """Killed after its first answer, it begins again with the second, and its time has run on."""
    arguments = ["-m", "quizgen", "quiz", TEA, "--exam", "2", "--time", "30", "--state", str(tmp_path / "s")]
    terminal = PageTerminal(arguments, QUIZGEN_NOW="2026-11-22T09:00:00")
    terminal.tap("x", "Enter")
    terminal.kill()
    again = PageTerminal(arguments, QUIZGEN_NOW="2026-11-22T09:10:30")
    assert "2/2 · 20 min left" in again.shown
    assert "Going on where it stopped: 1 answered already." in again.shown
    again.kill()
    late = PageTerminal(arguments, QUIZGEN_NOW="2026-11-22T09:31:00")
    assert "0 of 2 questions right" in late.shown


def test_the_result_is_a_document() -> None:
    """Every answer with what was right and where it stands; what was not reached counts, and is listed."""
    items = one_of_each().items[:3]
    answers = (Answer(items[0], "b", RIGHT, seconds=2.0), Answer(items[1], "'15", nearly("No.")))
    found = document(DECK, Sitting(items, answers, BEGUN, BEGUN, 20))
    assert found["score"]["right"] == 1
    assert found["score"]["asked"] == 3
    assert [one["mark"] for one in found["answers"]] == ["right", "nearly"]
    assert found["answers"][1]["right_answer"] == "2016"
    assert found["answers"][1]["sources"][0]["link"] == items[1].sources[0].link
    assert [one["item"] for one in found["unanswered"]] == ["treaty/cloze"]
    json.dumps(found)


def test_a_page_to_hand_in_holds_no_markup_of_others() -> None:
    """Whatever a deck or an answer holds is text on the page; it loads nothing and runs nothing."""
    items = hostile().items
    answers = tuple(Answer(one, HOSTILE[place % len(HOSTILE)], WRONG) for place, one in enumerate(items))
    html = exam_page(document(DECK, Sitting(items, answers, BEGUN, BEGUN, None)))
    tags = set(re.findall(r"<(/?[a-zA-Z!][a-zA-Z0-9]*)", html))
    assert "script" not in tags
    assert "b" in tags  # ours
    assert "<b>bold" not in html
    assert "default-src 'none'" in html
    assert not re.search(r"\bsrc=|<link|@import|url\(", html)
    assert all(char.isprintable() or char in "\n\u200d" for char in html)


def test_a_result_can_be_handed_in(tmp_path: Path) -> None:
    """`--out` writes a page or JSON by the file's ending, and refuses any other before the first question."""
    out = tmp_path / "result.html"
    done = piped(TEA, "--exam", "2", "--seed", "1", "--out", str(out), answers="x\n")
    assert done.stdout.endswith(f"The result is in {out}.\n")
    page = out.read_text(encoding="utf-8")
    assert "0 of 2 right, 0 %" in page
    assert "Not answered" in page
    done = piped(TEA, "--exam", "2", "--out", str(tmp_path / "result.pdf"))
    assert done.returncode == 2
    assert "--out takes a file that ends in .json or .html, not 'result.pdf'" in done.stderr
    done = piped(TEA, "--exam", "2", "--out", str(tmp_path / "no" / "result.html"), answers="x\n")
    assert done.returncode == 1
    assert "the result cannot be written" in done.stderr


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (["--time", "5"], "--time and --out go with --exam"),
        (["--exam", "5", "--limit", "3"], "--exam says how many questions"),
        (["--exam", "5", "--minutes", "3"], "an exam's time is --time"),
        (["--cram", "--new", "3"], "--new goes with the schedule"),
    ],
)
def test_wishes_that_contradict_are_refused(options: list[str], said: str) -> None:
    """Two options that don't go together are told, with exit code 2."""
    done = piped(TEA, *options)
    assert done.returncode == 2
    assert said in done.stderr


def test_nearly_right_is_an_answer_in_an_exam(tmp_path: Path) -> None:
    """At a terminal too "nearly" is not said in an exam: it would be a hint. It counts as not right."""
    terminal = PageTerminal(
        ["-m", "quizgen", "quiz", TEA, "--exam", "1", "--topic", "leaf", "--state", str(tmp_path / "state")]
    )
    shown = terminal.tap(*"2016", "Enter")
    assert "0 of 1 question right" in shown
    assert "Yours: 2016" in shown
