"""What keys are made of, what they do to a line of text, and which browser may be opened."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.terminal.browser import has_browser, open_address
from quizgen.terminal.editor import Line
from quizgen.terminal.keys import Decoder
from quizgen.terminal.layout import Block
from quizgen.terminal.look import Look
from quizgen.terminal.screen import Hint, Page, Window, lay_out

SENT = {
    "a": "a", "한": "한", "<enter>": "\r", "<tab>": "\t", "<backspace>": "\x7f", "<up>": "\x1b[A",
    "<down>": "\x1bOB", "<left>": "\x1b[D", "<right>": "\x1b[1;5C", "<home>": "\x1b[1~", "<end>": "\x1b[F",
    "<delete>": "\x1b[3~", "<pgup>": "\x1b[5~", "<pgdn>": "\x1b[6~", "<shift-up>": "\x1b[1;2A",
}  # fmt: skip


@given(st.lists(st.sampled_from(sorted(SENT)), max_size=12), st.randoms(use_true_random=False))
def test_keys_are_the_same_however_they_come(keys: list[str], chance: object) -> None:
    """Cut at any place, even within a letter's bytes, the same keys come out."""
    data = "".join(SENT[key] for key in keys).encode()
    cut = chance.randint(0, len(data))  # type: ignore[attr-defined]
    decoder = Decoder()
    assert decoder.feed(data[:cut]) + decoder.feed(data[cut:]) == keys
    assert not decoder.waiting


def test_an_escape_alone_is_the_esc_key() -> None:
    """What stays alone after a while is Esc; twice Esc is Esc twice."""
    decoder = Decoder()
    assert decoder.feed(b"\x1b") == []
    assert decoder.waiting
    assert decoder.flush() == ["<esc>"]
    assert decoder.feed(b"\x1b\x1b") + decoder.flush() == ["<esc>", "<esc>"]


@pytest.mark.parametrize(
    "data", [b"\x1b]11;rgb:0/0/0\x07", b"\x1b[?62;4c", b"\x1b[24;80R", b"\x1bx", b"\x00"]
)
def test_what_is_no_key_types_nothing(data: bytes) -> None:
    """A terminal's answers, keys with Alt and unknown sequences leave no letters behind."""
    decoder = Decoder()
    assert decoder.feed(data) + decoder.flush() == []


@given(st.binary(max_size=60))
def test_whatever_comes_only_what_can_be_printed_is_typed(data: bytes) -> None:
    """No byte of any kind makes a control character out of a key, or stops the reading."""
    decoder = Decoder()
    for key in decoder.feed(data) + decoder.flush():
        assert key.isprintable()


@given(st.lists(st.sampled_from(["x", "한", "e\u0301", "<left>", "<right>", "<home>", "<end>"]), max_size=20))
def test_moving_the_cursor_changes_no_text(keys: list[str]) -> None:
    """Only letters change what is typed, and every letter that is typed is there."""
    line = Line()
    typed = 0
    for key in keys:
        for one in [key] if key.startswith("<") else key:
            line = line.press(one) or line
            typed += not key.startswith("<")
    assert len(line.text) == typed


@pytest.mark.parametrize(
    ("before", "key", "after"),
    [
        (Line("one two", ""), "<ctrl-w>", Line("one ", "")),
        (Line("one", "two"), "<ctrl-u>", Line("", "two")),
        (Line("one", "two"), "<ctrl-k>", Line("one", "")),
        (Line("on", "e"), "<delete>", Line("on", "")),
        (Line("ae\u0301", ""), "<left>", Line("a", "e\u0301")),
        (Line("", "e\u0301a"), "<right>", Line("e\u0301", "a")),
    ],
)
def test_a_line_is_edited(before: Line, key: str, after: Line) -> None:
    """Words, halves and letters with their marks are deleted and stepped over whole."""
    assert before.press(key) == after


@pytest.mark.parametrize(
    ("environ", "platform", "there"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({"DISPLAY": ":0", "SSH_CONNECTION": "x"}, "linux", False),
        ({"BROWSER": "firefox", "SSH_CONNECTION": "x"}, "linux", True),
        ({}, "darwin", True),
        ({"SSH_CONNECTION": "x"}, "darwin", False),
    ],
)
def test_a_browser_opens_where_it_would_be_seen(environ: dict[str, str], platform: str, there: bool) -> None:
    """Not over SSH, and not a browser that would take the terminal for itself."""
    assert has_browser(environ, platform) is there


@pytest.mark.parametrize("address", ["javascript:alert(1)", "file:///etc/passwd", "ftp://example.org", "-x"])
def test_nothing_but_the_web_is_opened(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """An address of another kind is opened nowhere, whatever browser there is."""
    monkeypatch.setenv("BROWSER", "true")
    assert open_address(address) is False


@given(
    st.integers(20, 130),
    st.integers(1, 60),
    st.lists(st.text(max_size=120), max_size=12),
    st.text(max_size=90),
)
def test_a_page_never_leaves_its_window(columns: int, rows: int, texts: list[str], note: str) -> None:
    """However long the text: never a row too many, nor, from 20 columns on, a column that is out of it."""
    from rich.cells import cell_len

    page = Page(
        title="A title that is rather long",
        status="3/20 · due 12",
        share=0.3,
        body=[Block(text=text, lead="a)", hang=True) for text in texts],
        entries=[("Your answer:", Line(note, "behind"))],
        hints=[Hint("Enter", "answer"), Hint("?", "keys")],
        note=note,
    )
    frame = lay_out(page, Window(columns, rows), Look(columns, styled=False, links=False))
    assert len(frame.rows) == rows
    for row in frame.rows:
        assert cell_len(row) <= columns
    if frame.cursor is not None:
        assert frame.cursor[0] >= 0
