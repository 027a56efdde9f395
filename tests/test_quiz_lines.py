"""The quiz in lines, with every type of item: whole sessions, as they look, under `cases/quiz/*.txt`."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from tests.pseudo_terminal import CHECKOUT, PseudoTerminal, environment

CASES = Path(__file__).parent / "cases" / "quiz"
DESK = ["-m", "tests.quiz_desk"]
# Right, wrong, not understood and then given up, nearly and then right, half right, and more.
STANDS = ("leaf", "b b c", "a c b")  # not understood: the question is asked again
ANSWERS = ["b", "2015", "leaf", "", "f", "a, b", "cab", "b b c", "a c b", "1b 2a"]


def _at_terminal(columns: int, **extra: Any) -> PseudoTerminal:
    screen = PseudoTerminal(DESK, columns=columns, **extra)
    for answer in ANSWERS:
        screen.answer(answer)
        if answer not in STANDS:
            screen.go_on()
    assert screen.end() == 0
    return screen


def _piped(lines: str) -> str:
    done = subprocess.run(
        [sys.executable, *DESK],
        input=lines,
        capture_output=True,
        text=True,
        check=True,
        cwd=CHECKOUT,
        env=environment({}),
    )
    assert done.stderr == ""
    return done.stdout


def _expected(name: str) -> str:
    return (CASES / f"{name}.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(("name", "columns"), [("wide", 80), ("narrow", 40)])
def test_a_session_looks_like_this(name: str, columns: int) -> None:
    """At a terminal of 80 and of 40 columns a whole session reads as its case file shows it."""
    assert _at_terminal(columns, NO_COLOR="1").output == _expected(name)


def test_colour_changes_no_word() -> None:
    """With colour, without it and on a dumb terminal the very same words stand in the same lines."""
    coloured = _at_terminal(80)
    assert "\x1b[32m" in coloured.raw
    for extra in ({"NO_COLOR": "1"}, {"TERM": "dumb"}):
        bare = _at_terminal(80, **extra)
        assert "\x1b" not in bare.raw
        assert bare.output == coloured.output


def test_a_narrow_terminal_is_never_overrun() -> None:
    """At 40 columns no line of ours is wider, but for the addresses, which stay whole."""
    for line in _at_terminal(40).output.splitlines():
        assert cell_len(line) <= 40 or "https://" in line or line.startswith("The ")


def test_piped_answers_take_a_line_each() -> None:
    """From a pipe every line meets its question, and the output is whole lines in reading order."""
    lines = ["b", "2015", "the leaf; 2016", "t", "", "b a c", "b a"]
    assert _piped("\n".join(lines) + "\n") == _expected("piped")


def test_a_line_that_cannot_be_read_still_takes_its_turn() -> None:
    """Endless nonsense from a pipe ends with the last question, and asks nothing twice."""
    said = _piped("?!\n" * 100)
    assert said.count("Not understood.") == 7
    assert "Result: 0 of 7 questions right, 0 %." in said


def test_a_pipe_that_ends_early_gives_the_result_so_far() -> None:
    """The end of the input ends the quiz as Ctrl-D does."""
    said = _piped("b\n")
    assert "Result: 1 of 1 question right, 100 %. You ended before question 2." in said
    assert "Look at these again" not in said
