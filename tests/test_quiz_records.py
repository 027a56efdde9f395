"""What is recorded and what is not, and what learners remarked."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from quizgen.base import clock
from quizgen.store.store import Store
from tests.page_terminal import PageTerminal
from tests.pseudo_terminal import CHECKOUT, PseudoTerminal, environment
from tests.test_quiz_command import DECK, piped


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    PageTerminal.end_all()


def _count(path: Path) -> int:
    with Store.open(path, now=clock.now()) as store:
        return len(list(store.reviews()))


def test_a_pipe_records_nothing(tmp_path: Path) -> None:
    """Answers from a pipe touch nobody's progress: no store is made."""
    assert piped(DECK, answers="x\nx\n", XDG_DATA_HOME=str(tmp_path)).returncode == 0
    assert list(tmp_path.iterdir()) == []


def test_a_pipe_records_where_it_is_told_to(tmp_path: Path) -> None:
    """--state, QUIZGEN_STATE and --record each make answers from a pipe count."""
    first, second = tmp_path / "a", tmp_path / "b"
    said = piped(DECK, "--state", str(first), answers="x\nx\n").stdout
    assert said.startswith("Tea and treaties: 2 questions (0 due, 2 new).\n")
    assert "Next: tomorrow, 2 questions.\n" in said
    piped(DECK, answers="x\n", QUIZGEN_STATE=str(second))
    piped(DECK, "--cram", "--record", answers="x\nx\n", XDG_DATA_HOME=str(tmp_path))
    stores = (first, second, tmp_path / "quizgen" / "progress.sqlite3")
    assert [_count(path) for path in stores] == [2, 1, 2]


def test_cramming_records_nothing(tmp_path: Path) -> None:
    """--cram and --seed leave the store as it is, at a terminal too."""
    for options in (["--cram"], ["--seed", "1"]):
        terminal = PageTerminal(["-m", "quizgen", "quiz", DECK, *options], XDG_DATA_HOME=str(tmp_path))
        terminal.tap("x", "Enter", "q", "Enter")
        assert terminal.finish() == 0
    assert list(tmp_path.iterdir()) == []


def test_when_nothing_is_due_it_says_so(tmp_path: Path) -> None:
    """A second session on one day has nothing to ask, and says when it will, and what can be done."""
    state = ["--state", str(tmp_path / "state")]
    piped(DECK, *state, answers="23 November 2016\n22 June 1965\n" * 2, QUIZGEN_NOW="2026-11-22T09:00")
    said = piped(DECK, *state, QUIZGEN_NOW="2026-11-22T09:05")
    assert said.returncode == 0
    assert said.stdout == (
        "Nothing is due now, and today's new questions are learned.\n"
        "Next: tomorrow, 2 questions.\n"
        "For more today: --new 5 brings in new questions, --cram practises without the schedule.\n"
    )


def test_commands_in_lines(tmp_path: Path) -> None:
    """In lines a colon makes a command: hard, undo, the wrong grading, a remark, the list."""
    screen = PseudoTerminal(["-m", "quizgen", "quiz", DECK, "--plain", "--state", str(tmp_path / "state")])
    screen.answer(":u")
    screen.wait_for("There is no answer to take back.\n")
    screen.answer("nothing of the kind")
    screen.press("w\n")
    screen.wait_for("Counted as right, as you say.\n")
    screen.press("h\n")
    screen.wait_for("Counted as hard.\n")
    assert _count(tmp_path / "state") == 1
    screen.press("f the year is odd\n")
    screen.wait_for("Thank you.")
    screen.press("u\n")
    screen.wait_for("The last answer is taken back.\n")
    assert _count(tmp_path / "state") == 0
    screen.answer(":?")
    screen.wait_for("Take the last answer back")
    screen.answer(":q")
    assert screen.end() == 0


def test_remarks_are_listed_for_the_author(tmp_path: Path) -> None:
    """A remark is listed with its question, its fact and the line where that stands."""
    state = str(tmp_path / "state")
    terminal = PageTerminal(["-m", "quizgen", "quiz", DECK, "--topic", "leaf", "--state", state])
    terminal.tap("Esc", "f", *"the year", "Enter")
    assert "Your remark is kept" in terminal.shown
    terminal.kill()
    done = _flags(state)
    assert "the year\n  leaf-inked/day: On what date was the Leaf Pact inked?\n" in done
    assert "pack.yaml:" in done
    assert ": leaf-inked\n" in done
    (row,) = json.loads(_flags(state, "--json"))
    assert (row["remark"], row["item"], row["deck"]) == ("the year", "leaf-inked/day", "tea")
    assert row["facts"][0]["fact"] == "leaf-inked"


def test_without_a_store_there_are_no_remarks(tmp_path: Path) -> None:
    """Where nothing was ever kept, there is nothing to list, and no store is made for it."""
    assert _flags(str(tmp_path / "state")) == "There are no remarks on the deck tea.\n"
    assert list(tmp_path.iterdir()) == []


def _flags(state: str, *options: str) -> str:
    command = [sys.executable, "-m", "quizgen", "flags", DECK, "--state", state, *options]
    return subprocess.run(
        command, capture_output=True, text=True, check=True, cwd=CHECKOUT, env=environment({})
    ).stdout
