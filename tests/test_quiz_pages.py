"""The quiz a page at a time: the screen after each key, as it looks, under `cases/quiz/pages-*.txt`."""

from __future__ import annotations

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.page_terminal import LEFT, PageTerminal
from tests.pseudo_terminal import CHECKOUT

CASES = Path(__file__).parent / "cases" / "quiz"
DESK = ["-m", "tests.quiz_desk", "keys"]
ADDRESS = "https://example.org/leaf#:~:text=the%20leaf,of%20tea"
# Keys and what each step shows; a session through every type of question, with whatever can be done beside.
STEPS = (
    "Down", "b", "?", "x", "Enter",  # choice: arrows, a letter, the list of keys, on
    "2 0 1 5 Enter", "w", "u", "Esc", "u",  # typed: wrong, granted, taken back twice
    "2", "Enter", "2 0 1 6 Enter", "Enter",
    "T h e Space l e a f Enter", "2 0 1 Enter", "s", "x", "Enter",  # two blanks, the source
    "f", "Enter",  # false
    "a", "Down Down Space", "Enter", "Enter",  # several
    "Down Space", "Down", "Enter", "u", "b c", "Enter", "Enter",  # order: lifted, then by letters
    "b", "Enter", "Right", "Enter", "Enter",  # match: one is missing; arrows
    "1", "x", "Enter",  # the result, a source of it
)  # fmt: skip


@pytest.fixture(autouse=True)
def _ended() -> Iterator[None]:
    yield
    PageTerminal.end_all()


def _session(columns: int, rows: int) -> str:
    terminal = PageTerminal(DESK, columns=columns, rows=rows)
    parts = [f"{columns}x{rows}\n{terminal.shown}"]
    for step in STEPS:
        parts.append(f"=== {step}\n{terminal.tap(*step.split())}")
    assert terminal.finish() == 0
    return "".join(parts)


@pytest.mark.parametrize(("columns", "rows"), [(80, 24), (40, 24), (120, 50), (60, 10)])
def test_every_page_looks_like_this(columns: int, rows: int) -> None:
    """After each key the screen is as its case file shows it: usual, narrow, wide, and in a tall font."""
    path = CASES / f"pages-{columns}x{rows}.txt"
    shown = _session(columns, rows)
    if os.environ.get("QUIZGEN_REWRITE_DOCS"):
        path.write_text(shown, encoding="utf-8")
    assert shown == path.read_text(encoding="utf-8")


def test_a_letter_and_a_number_answer_at_once() -> None:
    """One keystroke is enough for a choice: its letter, big or small, or its number."""
    for key in ("b", "B", "2"):
        terminal = PageTerminal(DESK)
        assert "✓ b) 2016 — your answer, and right" in terminal.tap(key)
        terminal.tap("Ctrl-C")
        terminal.finish()


def test_letters_are_never_commands_where_letters_are_typed() -> None:
    """Every letter that means something elsewhere, and the question mark, can be typed into an answer."""
    terminal = PageTerminal(DESK)
    assert "Your answer: hgewusfq?" in terminal.tap("b", "Enter", *"hgewusfq?")
    assert "Right:" in terminal.tap("Enter")


def test_a_line_with_a_colon_is_a_command_here_too() -> None:
    """What is known from lines works on a page: `:u` takes the last answer back."""
    terminal = PageTerminal(DESK)
    terminal.tap("b", "Enter")
    assert "The last answer is taken back." in terminal.tap(":", "u", "Enter")
    assert "1/7" in terminal.shown


def test_hangul_and_kana_are_edited_by_letter() -> None:
    """The cursor stands behind wide letters, and Backspace takes one whole letter away."""
    terminal = PageTerminal(DESK)
    terminal.tap("b", "Enter", "한", "국", "か")
    row, column = terminal.cursor or (0, 0)
    assert terminal.shown.splitlines()[row].endswith("Your answer: 한국か")
    terminal.tap("Left", "Backspace")
    assert terminal.shown.splitlines()[row].endswith("Your answer: 한か")
    assert terminal.cursor == (row, column - 4)


def test_what_is_pasted_is_typed_and_never_sent() -> None:
    """A pasted text with line ends stays on its line, in its brackets and out of them."""
    terminal = PageTerminal(DESK)
    terminal.tap("b", "Enter")
    # The screen may be drawn in the midst of what is pasted: the last letter tells that all of it is there.
    terminal.tap("\x1b[200~one\rtwo\x1b[201~")
    assert "Your answer: one two" in terminal.await_text("Your answer: one two")


def test_a_key_cut_in_two_is_one_key() -> None:
    """An arrow of which the second half comes late is an arrow, and no Esc and two letters."""
    terminal = PageTerminal(DESK)
    os.write(terminal._mine, b"\x1b[")
    assert "▸ a) 2012" in terminal.tap("B")


def test_another_window_size_is_taken_at_once() -> None:
    """The page is laid out anew when the window changes, in the middle of an answer too."""
    terminal = PageTerminal(DESK)
    terminal.tap("b", "Enter", "2", "0")
    narrow = terminal.resize(30, 12)
    assert max(map(len, narrow.splitlines())) <= 30
    assert "Your answer: 20" in narrow
    assert "Your answer: 201" in terminal.tap("1")


@pytest.mark.parametrize("size", [(1, 1), (5, 3), (20, 4), (10, 30), (400, 5)])
def test_no_window_is_too_small(size: tuple[int, int]) -> None:
    """In whatever window it is asked and answered, and ends well."""
    terminal = PageTerminal(DESK, columns=size[0], rows=size[1])
    terminal.tap("b", "Enter", "2", "Enter", "Enter", "q")
    terminal.tap("Esc", "q", "Enter")
    assert terminal.finish() == 0


@pytest.mark.parametrize(
    ("end", "code"),
    [("q", 0), ("Ctrl-C", 0), (signal.SIGTERM, 128 + 15), (signal.SIGHUP, 128 + 1)],
    ids=["q", "Ctrl-C", "SIGTERM", "SIGHUP"],
)
def test_the_terminal_is_given_back(end: str | signal.Signals, code: int) -> None:
    """However it ends, the terminal is set as before, and its own screen and cursor are back."""
    terminal = PageTerminal(DESK)
    terminal.tap("b", "Enter")
    assert terminal.mode() != terminal.before
    if isinstance(end, signal.Signals):
        terminal.signal(end)
    elif end == "q":
        terminal.tap("Esc", "q", "Enter")
    else:
        terminal.tap(end)
    assert terminal.finish() == code
    assert terminal.after == terminal.before
    assert terminal.raw.count(LEFT) == 1
    assert "\x1b[?25h" in terminal.raw.rpartition("\x1b[?25l")[2]
    assert "Traceback" not in terminal.raw


def test_an_error_gives_the_terminal_back_too() -> None:
    """A fault of ours shows its traceback on a terminal that works."""
    program = (
        "from tests import quiz_desk\n"
        "from tests.banks import one_of_each\n"
        "from quizgen.quiz.by_key import Pages\n"
        "from quizgen.quiz.desk import Desk\n"
        "from quizgen.quiz.keeper import Nowhere\n"
        "from quizgen.quiz.session import Fixed\n"
        "bank = one_of_each()\n"
        "desk = Desk(bank, Fixed(bank.items), Nowhere(bank.deck, None))\n"
        "desk.judge = None\n"
        "Pages(desk).run()\n"
    )
    terminal = PageTerminal(["-c", program])
    terminal.tap("b")
    assert terminal.finish() == 1
    assert terminal.after == terminal.before
    assert "TypeError" in terminal.raw.rpartition(LEFT)[2]


def test_without_a_browser_the_whole_address_is_shown() -> None:
    """`s` shows the address in full where nothing can open it."""
    terminal = PageTerminal(DESK, columns=100)
    terminal.tap("b")
    assert ADDRESS in terminal.tap("s")


def test_with_a_browser_the_source_is_one_key_away(tmp_path: Path) -> None:
    """`s` gives the passage's address to the learner's browser, and says so."""
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(
        f'#!/bin/sh\necho "$1" >> "{opened}.part" && mv "{opened}.part" "{opened}"\necho noise\n'
    )
    browser.chmod(0o755)
    terminal = PageTerminal(DESK, BROWSER=f"{browser} %s")
    terminal.tap("b")
    assert "Opened source 1 in your browser." in terminal.tap("s")
    while not opened.exists():
        time.sleep(0.01)
    assert opened.read_text() == f"{ADDRESS}\n"
    assert "noise" not in terminal.raw


# Everything that the screen itself writes: where to, how, and in which look.
_OURS = re.compile(r"\x1b\[(?:\?(?:1049|2004|2026|25|7)[hl]|\d+;\d+H|2[JK]|[0-9;]*m)|[\r\n]")


def test_nothing_hostile_reaches_the_screen() -> None:
    """No control character of a fact, an answer or a remark is written, on any page."""
    terminal = PageTerminal(["-m", "tests.quiz_desk", "keys", "hostile"], columns=50, rows=16)
    while not terminal.ended:
        # What no key may be, and then one that is, so that there is a page to wait for.
        terminal.tap("\x9b\u202e\x00x", "Enter", "s", "z", "Enter")
    rest = _OURS.sub("", terminal.raw)
    bad = {char for char in rest if not char.isprintable() and char not in "\u200d"}
    assert not bad


def test_it_runs_from_the_command(tmp_path: Path) -> None:
    """`quizgen quiz` at a terminal shows pages, and leaves the result behind in lines."""
    deck = CHECKOUT / "tests" / "cases" / "quiz" / "deck.yaml"
    terminal = PageTerminal(["-m", "quizgen", "quiz", str(deck), "--state", str(tmp_path / "state")])
    assert "1/2 · new 2" in terminal.shown
    terminal.tap("x", "Enter", "Enter", "Esc", "q", "Enter")
    assert terminal.finish() == 0
    assert terminal.raw.rpartition(LEFT)[2] == (
        "\x1b[1mResult:\x1b[0m 0 of 1 question right, 0 %. 1 new one is left for today. Next: tomorrow,\r\n"
        "1 question.\r\n"
    )
