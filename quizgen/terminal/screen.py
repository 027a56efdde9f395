"""Whole pages at a terminal: a header, a body that can be scrolled, a line to type in, and what keys do.

A page is laid out anew for every window size, and only the rows that changed are written.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from quizgen.base.text import squeeze, visible
from quizgen.terminal.editor import Line
from quizgen.terminal.keys import Keyboard, keyboard
from quizgen.terminal.layout import Block, cells, chop, lines_of
from quizgen.terminal.look import Look, Style, styled

PROSE = 76
"""Columns of text at most: lines of 45 to 75 characters are the easiest to read (Bringhurst, 2.1.2)."""
# xterm: the alternate screen; pastes in brackets; no wrapping, so that a row is a row in any window.
_ENTER = "\x1b[?1049h\x1b[?2004h\x1b[?7l\x1b[2J"
_LEAVE = "\x1b[0m\x1b[?25h\x1b[?7h\x1b[?2004l\x1b[?1049l"
_BEGIN, _END = "\x1b[?2026h", "\x1b[?2026l"  # what stands between is shown at once, where a terminal can


@dataclass(frozen=True, slots=True)
class Hint:
    """A key, and in a word or two what it does now."""

    key: str
    does: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """What is to be seen. A block without anything in it is an empty row.

    `share` (0 to 1) is drawn as a bar. `focus` is the block that is brought into view, but not by driving
    `keep` out of it, where that is given. A `pager` is there to be read: the space bar shows more of it.
    `entries` are lines to type in, each behind its prompt, `typing` the one with the cursor. `note` is a
    remark above the hints.
    """

    title: str
    status: str = ""
    share: float | None = None
    body: Sequence[Block] = ()
    focus: int | None = None
    keep: int | None = None
    pager: bool = False
    entries: Sequence[tuple[str, Line]] = ()
    typing: int = 0
    note: str = ""
    hints: Sequence[Hint] = ()


@dataclass(frozen=True, slots=True)
class Window:
    """The size of the window, and where in it the text stands."""

    columns: int
    rows: int

    @property
    def width(self) -> int:
        """Columns for text."""
        return max(min(self.columns - 2 * (1 if self.columns < 50 else 2), PROSE), 10)

    @property
    def margin(self) -> str:
        """What stands before each row: narrow, or the half of what a wide window has to spare."""
        return " " * max((self.columns - self.width) // 2, 0)


@dataclass(slots=True)
class Frame:
    """A page laid out: its rows, and where the cursor stands (row and column from 0), if it is to be seen."""

    rows: list[str]
    cursor: tuple[int, int] | None = None
    scroll: int = 0
    more: int = 0


@dataclass(slots=True)
class Screen:
    """A terminal that shows one page at a time. Made by `open_screen`."""

    keys: Keyboard
    _shown: list[str] = field(default_factory=list)
    _window: Window = Window(0, 0)
    _scroll: int | None = None
    _more: int = 0
    _page: Page | None = None

    def show(self, page: Page, *, turned: bool = True) -> None:
        """Show a page; one that is not `turned` is the same as before with a change, and stays scrolled."""
        if turned:
            self._scroll = None
        self._page = page
        size = os.get_terminal_size(sys.stdout.fileno())
        window = Window(size.columns or 80, size.lines or 24)
        if window != self._window:
            self._shown, self._window, self._scroll = [], window, None
        frame = lay_out(page, window, Look.here(), self._scroll)
        self._scroll, self._more = frame.scroll, frame.more
        self._write(frame)

    @property
    def width(self) -> int:
        """Columns for text in the window as it is now."""
        size = os.get_terminal_size(sys.stdout.fileno())
        return Window(size.columns or 80, size.lines or 24).width

    def _write(self, frame: Frame) -> None:
        before = self._shown or [""] * len(frame.rows)
        parts = [_BEGIN, "\x1b[?25l"] + ([] if self._shown else ["\x1b[2J"])
        for place, (old, new) in enumerate(zip(before, frame.rows, strict=True)):
            if old != new or not self._shown:
                parts.append(f"\x1b[{place + 1};1H\x1b[2K{new}")
        if frame.cursor is not None:
            parts.append(f"\x1b[{frame.cursor[0] + 1};{frame.cursor[1] + 1}H\x1b[?25h")
        sys.stdout.write("".join([*parts, _END]))
        sys.stdout.flush()
        self._shown = frame.rows

    def read(self, timeout: float | None = None) -> str:
        """The next key that is not about the window itself: scrolling and resizing are done here."""
        while True:
            key = self.keys.read(timeout)
            if key == "<resize>":
                self._shown = []
            elif key == "<pgdn>" or (key == " " and self._more and self._page and self._page.pager):
                self._scroll = (self._scroll or 0) + max(self._window.rows // 2, 1)
            elif key == "<pgup>":
                self._scroll = max(0, (self._scroll or 0) - max(self._window.rows // 2, 1))
            else:
                return key
            if self._page is not None:
                self.show(self._page, turned=False)


@contextmanager
def open_screen() -> Iterator[Screen]:
    """A screen, while the terminal is given to it; afterwards everything stands as it was before."""
    if getattr(sys.stdout, "errors", "") in ("strict", "surrogateescape"):
        sys.stdout.reconfigure(errors="replace")  # type: ignore[union-attr]

    def enter() -> None:
        sys.stdout.write(_ENTER)
        sys.stdout.flush()

    def leave() -> None:
        sys.stdout.write(_LEAVE)
        sys.stdout.flush()

    with keyboard(enter, leave) as keys:
        yield Screen(keys)


def lay_out(page: Page, window: Window, look: Look, scroll: int | None = None) -> Frame:
    """The rows of a page in a window; `scroll` is the body's first row to be seen, None to choose one."""
    look = Look(window.width, styled=look.styled, links=look.links)
    tall = window.rows >= 14
    head = _head(page, window.width, look, tall=tall)
    foot = _foot(page, window.width, look, tall=tall)
    entries, cursor = _entries(page, window.width, look)
    if entries and tall:
        entries.insert(0, "")
    room = max(window.rows - len(head) - len(foot) - len(entries), 1)
    body, starts = _body(page, look)
    most = max(len(body) - room, 0)
    if scroll is None or page.focus is not None:
        scroll = _scroll(page, starts, len(body), room, scroll)
    scroll = min(max(scroll, 0), most)
    seen = body[scroll : scroll + room]
    if most > scroll:
        seen[-1] = styled(f"▼ more: {'Space' if page.pager else 'Page Down'}", "faint", look)
    if scroll and tall:
        head[-1] = styled("▲ more: Page Up", "faint", look)
    rows = [*head, *seen]
    if cursor is not None:
        cursor = (len(rows) + cursor[0] + (1 if entries and tall else 0), cursor[1] + len(window.margin))
    rows += entries
    rows += [""] * (window.rows - len(rows) - len(foot)) + foot
    return Frame(
        [(window.margin + row if row else "") for row in rows[: window.rows]], cursor, scroll, most - scroll
    )


def _scroll(page: Page, starts: list[int], length: int, room: int, scroll: int | None) -> int:
    """The first row to show so that the focus is in view."""
    now = scroll or 0
    if page.focus is None or length <= room:
        return now
    first = starts[page.focus]
    last = starts[page.focus + 1] if page.focus + 1 < len(starts) else length
    if page.pager:
        least = starts[page.keep or 0]
        return min(max(last - room + 1, 0), max(least - 1, 0)) if scroll is None else scroll
    if first < now:
        return first
    return max(last - room + 1, 0) if last > now + room - 1 else now


def _body(page: Page, look: Look) -> tuple[list[str], list[int]]:
    """The body's rows, and at which of them each block begins."""
    rows, starts = list[str](), list[int]()
    for block in page.body:
        starts.append(len(rows))
        for line in lines_of(block, look):
            # Only an address can be wider than the window; its pieces stand in rows of their own.
            rows += [line] if "\x1b" in line or look.width is None else chop(line, look.width)
    return rows, starts


def _head(page: Page, width: int, look: Look, *, tall: bool) -> list[str]:
    title, status = squeeze(visible(page.title)), squeeze(visible(page.status))
    space = width - cells(status) - 2
    if cells(title) > space:
        title = f"{chop(title, space - 1)[0].rstrip()}…" if space > 8 else ""
    gap = " " * (width - cells(title) - cells(status)) if title else ""
    rows = [styled(title, "strong", look) + gap + styled(chop(status, width)[0], "faint", look)]
    if not tall:
        return rows
    if page.share is not None:
        done = round(page.share * width)
        rows.append("━" * done + styled("─" * (width - done), "faint", look))
    return [*rows, ""]


def _foot(page: Page, width: int, look: Look, *, tall: bool) -> list[str]:
    rows = [""] if tall else []
    if page.note:
        rows += lines_of(Block(text=page.note, style="nearly"), look)
    hints = list(page.hints)
    # Where they don't fit, the last but one goes: the last one leads to a list of all.
    while len(lines := _hints(hints, width)) > (2 if tall else 1) and len(hints) > 2:
        del hints[-2]
    for line in lines:
        rows.append(
            "   ".join(f"{styled(one.key, 'strong', look)} {styled(one.does, 'faint', look)}" for one in line)
        )
    return rows


def _hints(hints: Sequence[Hint], width: int) -> list[list[Hint]]:
    """The hints in lines."""
    lines, used = list[list[Hint]](), 0
    for hint in hints:
        size = cells(hint.key) + 1 + cells(hint.does)
        if not lines or used + 3 + size > width:
            lines.append([hint])
            used = size
        else:
            lines[-1].append(hint)
            used += 3 + size
    return lines


def _entries(page: Page, width: int, look: Look) -> tuple[list[str], tuple[int, int] | None]:
    """The rows to type in, and where the cursor stands among them; a long line is shown around its cursor."""
    rows: list[str] = []
    cursor = None
    for place, (prompt, line) in enumerate(page.entries):
        lead = squeeze(visible(prompt))
        active = place == page.typing
        style: Style = "strong" if active else "faint"
        if cells(lead) > width // 2:
            rows.append(styled(chop(lead, width)[0], style, look))
            lead = ">"
        room = width - cells(lead) - 2
        before, after = visible(line.before), visible(line.after)
        while cells(before) > room:
            before = before[1:]
        if active:
            cursor = (len(rows), cells(lead) + 1 + cells(before))
        rest = chop(after, max(room - cells(before), 1))[0] if after else ""
        rows.append(f"{styled(lead, style, look)} {before}{rest}")
    return rows, cursor
