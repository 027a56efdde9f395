"""The quiz in tmux, as somebody sees it who has a shell around it. Skipped where there is no tmux."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.pseudo_terminal import CHECKOUT
from tests.tmux import TMUX, Tmux

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")

DECK = str(CHECKOUT / "tests" / "cases" / "quiz" / "deck.yaml")
QUIZ = [sys.executable, "-m", "quizgen", "quiz", DECK]


@pytest.mark.parametrize(("columns", "rows"), [(40, 24), (80, 24), (120, 50)])
def test_the_screen_fits(tmp_path: Path, columns: int, rows: int) -> None:
    """At each size the header stands in the first row, the keys in the last, and nothing is overrun."""
    with Tmux([*QUIZ, "--state", str(tmp_path / "s")], columns=columns, rows=rows) as window:
        shown = window.see("I don't know").splitlines()
        assert "1/2 · new 2" in shown[0]
        assert len(shown) == rows
        assert "Esc other keys" in shown[-1]
        shown = window.tap("x", "Enter", then="Enter next").splitlines()
        assert max(map(len, shown)) <= columns
        assert len(shown) == rows


def test_a_closed_window_goes_on_where_it_stopped(tmp_path: Path) -> None:
    """The window is closed after an answer; the next start says that it goes on, and asks the second."""
    command = [*QUIZ, "--state", str(tmp_path / "s")]
    with Tmux(command, columns=80, rows=24) as window:
        window.see("1/2")
        window.tap("x", "Enter", then="Enter next")
    with Tmux(command, columns=80, rows=24) as window:
        shown = window.see("2/2 · new 1")
    assert "Going on where it stopped: 1 answered already." in shown


def test_ctrl_z_gives_the_shell_back_and_fg_the_quiz(tmp_path: Path) -> None:
    """Stopped, it leaves the shell its screen and its echo; called back, its page is as it was."""
    stty = "stty -a | tr ' ' '\\n' | grep -xc -e -echo -e -icanon"
    with Tmux(["bash", "--norc", "-i"], columns=80, rows=24) as window:
        window.see("bash")
        window.tap(" ".join([*QUIZ, "--state", str(tmp_path / "s")]), "Enter", then="1/2 · new 2")
        window.tap("h", "a", "l", "f", then="Your answer: half")
        assert "Tea and treaties" not in window.tap("C-z", then="Stopped")
        window.tap(f"clear; {stty}", "Enter", then="0\nbash")
        window.tap("clear; fg", "Enter", then="Your answer: half")
        window.tap("BSpace", then="Your answer: hal\n")
        window.tap("C-c", then="No question was answered.")
        window.tap(f"clear; {stty}", "Enter", then="0\nbash")


def test_the_window_may_be_resized(tmp_path: Path) -> None:
    """Dragged narrow and wide again, the page follows."""
    with Tmux([*QUIZ, "--state", str(tmp_path / "s")], columns=80, rows=24) as window:
        wide = window.see("I don't know")
        window.resize(40, 20)
        narrow = window.see("\n Enter I don't know")
        assert len(narrow.splitlines()) == 20
        window.resize(80, 24)
        window.see("\n  Enter I don't know")
        assert window.shown == wide
