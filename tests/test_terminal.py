"""What the one terminal module shows, on which terminal."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen import terminal
from quizgen.terminal import Look, wrap
from tests.banks import HOSTILE
from tests.pseudo_terminal import PseudoTerminal, environment

ADDRESS = "https://example.org/a%20page#:~:text=the%20leaf,of%20tea"
SHOWING = f"from quizgen import terminal as t; t.link('Open the passage', {ADDRESS!r})"


def shown(program: str, *, columns: int = 80, **extra: Any) -> PseudoTerminal:
    """The pseudo-terminal after a program that uses the terminal module has ended."""
    screen = PseudoTerminal(["-c", f"from quizgen import terminal as t; {program}"], columns=columns, **extra)
    assert screen.end() == 0, screen.output
    return screen


@pytest.mark.parametrize(
    ("environ", "styled", "links"),
    [
        ({"TERM": "xterm-256color"}, True, False),
        ({"TERM": "dumb"}, False, False),
        ({"TERM": ""}, False, False),
        ({}, False, False),
        ({"TERM": "xterm", "NO_COLOR": "1"}, False, False),
        ({"TERM": "xterm", "NO_COLOR": ""}, True, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "7600"}, True, True),
        ({"TERM": "xterm-256color", "VTE_VERSION": "4999"}, True, False),
        ({"TERM": "xterm-256color", "VTE_VERSION": "new"}, True, False),
        ({"TERM": "xterm-256color", "WT_SESSION": "x"}, True, True),
        ({"TERM": "xterm-kitty"}, True, True),
        ({"TERM": "xterm-256color", "KITTY_WINDOW_ID": "1"}, True, True),
        ({"TERM": "foot-extra"}, True, True),
        ({"TERM": "alacritty"}, True, True),
        ({"TERM": "xterm-256color", "KONSOLE_VERSION": "220400"}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "iTerm.app"}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "WezTerm"}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "vscode"}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "ghostty"}, True, True),
        ({"TERM": "xterm-256color", "TERM_PROGRAM": "Apple_Terminal"}, True, False),
        ({"TERM": "tmux-256color", "VTE_VERSION": "7600", "TMUX": "/tmp/x,1,0"}, True, False),  # noqa: S108
        ({"TERM": "screen", "VTE_VERSION": "7600"}, True, False),
        ({"TERM": "xterm-kitty", "NO_COLOR": "1"}, False, False),
    ],
)
def test_the_environment_says_what_can_be_shown(environ: dict[str, str], styled: bool, links: bool) -> None:
    """Colour follows NO_COLOR and TERM; links only where the terminal is known to open them."""
    assert Look.of(environ, tty=True, columns=100) == Look(100, styled=styled, links=links)
    assert Look.of(environ, tty=False, columns=100) == Look(None, styled=False, links=False)


@given(st.text(max_size=200), st.integers(10, 60))
def test_wrapping_keeps_every_word_in_its_order(text: str, width: int) -> None:
    """Wrapping changes nothing but white space."""
    assert "".join("".join(wrap(text, width)).split()) == "".join(text.split())


@given(st.text("ab 한국어日本かなカナ、。", max_size=120), st.integers(10, 60))
def test_no_line_is_too_wide(text: str, width: int) -> None:
    """Lines fit, with two columns for each Hangul, kana or Han letter; closing marks may hang by one."""
    from rich.cells import cell_len

    for line in wrap(text, width):
        assert cell_len(line.rstrip("、。")) <= width


def test_an_address_is_never_broken() -> None:
    """An address longer than the line stays whole, so that it can be copied."""
    assert wrap(f"See {ADDRESS} for more.", 20) == ["See", ADDRESS, "for more."]


def test_a_long_word_is_cut_to_the_width() -> None:
    """A word without an end doesn't run out of the window."""
    assert wrap("a" * 25, 10) == ["a" * 10, "a" * 10, "a" * 5]


def test_hangul_breaks_at_spaces_and_kana_anywhere() -> None:
    """Korean wraps between its words, Japanese within them but not before a full stop."""
    assert wrap("대한민국과 일본의 협정", 11) == ["대한민국과", "일본의 협정"]
    assert wrap("これは日本語です。", 6) == ["これは", "日本語", "です。"]


def test_a_link_can_be_clicked_where_the_terminal_opens_links() -> None:
    """Such a terminal gets the words, with the address behind them."""
    screen = shown(SHOWING, VTE_VERSION="7600")
    assert screen.raw == f"\x1b]8;;{ADDRESS}\x1b\\\x1b[4mOpen the passage\x1b[0m\x1b]8;;\x1b\\\r\n"
    assert screen.output == "Open the passage\n"


@pytest.mark.parametrize("columns", [20, 40, 80])
def test_elsewhere_a_link_is_its_whole_address(columns: int) -> None:
    """An unknown terminal gets the address on a line of its own, without a line end within it."""
    assert shown(SHOWING, columns=columns).raw == f"{ADDRESS}\r\n"


def test_a_link_cannot_smuggle_escapes(capsys: pytest.CaptureFixture[str]) -> None:
    """What no address may hold is percent-encoded: an escape in it never reaches the terminal."""
    evil = "https://example.org/\x1b]0;owned\x07\x1b\\한 <b>"
    assert shown(f"t.link('x', {evil!r})", VTE_VERSION="7600").raw.count("\x1b]") == 2
    terminal.link("x", evil)
    assert capsys.readouterr().out == "https://example.org/%1B]0;owned%07%1B\\%ED%95%9C%20<b>\n"


def test_only_web_addresses_can_be_clicked() -> None:
    """Another scheme is shown as the text that it is, also where links work."""
    assert shown("t.link('x', 'javascript:alert(1)')", VTE_VERSION="7600").raw == "javascript:alert(1)\r\n"


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_the_text_that_it_is(text: str, capsys: pytest.CaptureFixture[str]) -> None:
    """No control character of a fact reaches the output, by whichever way it is written."""
    terminal.out(text)
    terminal.err(text)
    terminal.say(text, lead=text)
    terminal.link(text, text)
    terminal.table((text,), [(text,)])
    captured = capsys.readouterr()
    for char in captured.out + captured.err:
        assert char in "\n\t" or char.isprintable() or char == "\u200d", repr(char)


def test_colour_is_only_at_a_terminal(capsys: pytest.CaptureFixture[str]) -> None:
    """A styled paragraph is bold green at a terminal, and plain in a pipe, without colour or when dumb."""
    say = "t.say('Well done.', lead='Right.', style='right')"
    assert shown(say).raw == "\x1b[32m\x1b[1mRight.\x1b[0m Well done.\r\n"
    assert shown(say, NO_COLOR="1").raw == shown(say, TERM="dumb").raw == "Right. Well done.\r\n"
    terminal.say("Well done.", lead="Right.", style="right")
    assert capsys.readouterr().out == "Right. Well done.\n"


def test_a_paragraph_wraps_below_its_text() -> None:
    """With `hang` the second line begins below the first line's text, and not below its letter."""
    say = "t.say('the treaty that was signed in the spring', lead='a)', indent=2, hang=True)"
    assert shown(say, columns=24).output == ("  a) the treaty that was\n     signed in the\n     spring\n")


def test_in_a_pipe_a_paragraph_is_one_line(capsys: pytest.CaptureFixture[str]) -> None:
    """Programs and screen readers get whole lines."""
    terminal.say("word " * 100)
    assert capsys.readouterr().out == ("word " * 100).strip() + "\n"


def test_a_table_is_aligned_at_a_terminal_and_tabbed_in_a_pipe(capsys: pytest.CaptureFixture[str]) -> None:
    """Columns line up for a person, Hangul included; a program gets one tab between cells."""
    rows = [("GSOMIA", "3 of 4"), ("한국", "1 of 1")]
    show = f"t.table(('Topic', 'Right'), {rows!r})"
    assert shown(show).output == "Topic   Right\nGSOMIA  3 of 4\n한국    1 of 1\n"
    assert shown(show, NO_COLOR="1").raw == "Topic   Right\r\nGSOMIA  3 of 4\r\n한국    1 of 1\r\n"
    terminal.table(("Topic", "Right"), rows)
    assert capsys.readouterr().out == "Topic\tRight\nGSOMIA\t3 of 4\n한국\t1 of 1\n"


def test_an_encoding_without_the_letters_is_no_error() -> None:
    """Where the output can't hold a letter its escape is shown, and the program goes on."""
    done = subprocess.run(
        [sys.executable, "-c", "from quizgen import terminal as t; t.out('한국'); t.say('→')"],
        env=environment({"PYTHONUTF8": "0", "PYTHONIOENCODING": "latin-1"}),
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "\\ud55c\\uad6d\n\\u2192\n"


def test_bytes_that_are_no_text_are_read_all_the_same() -> None:
    """A piped answer that is not UTF-8 is read with a mark in its place, and shown."""
    program = "from quizgen import terminal as t; print(repr(t.ask('?')), repr(t.ask('?')))"
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=b"\xff\xfea\x1b\n",
        env=environment({}),
        capture_output=True,
        check=True,
    )
    assert done.stdout.decode() == "? ��a␛\n?\n'��a\\x1b' None\n"


def test_plain_text_needs_no_rich() -> None:
    """Start-up stays quick: rich is imported for tables and wide letters alone."""
    program = (
        "import sys; from quizgen import terminal as t; t.out('a'); t.say('b', lead='c', style='wrong');"
        "t.link('d', 'https://example.org'); t.out(str('rich' in sys.modules))"
    )
    assert shown(program).output == "a\nc b\nhttps://example.org\nFalse\n"
