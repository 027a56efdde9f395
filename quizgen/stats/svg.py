"""Plots as SVG, written as text: a page that every installation can make needs no drawing library.

They are bars, cells and dots; drawsvg, which draws the timeline, would have to come with every quizgen for
them. All words pass `export.html.escape`, and everything else is a number. Widths are of a phone's page, so
that the labels keep their size there; on a wider one the plots grow a little, or stand side by side.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from quizgen.export.html import escape
from quizgen.stats.draw import level
from quizgen.stats.progress import Day, Recall
from quizgen.stats.retention import week_of

WIDTH = 340  # in the plots' own units, as everything here; one is a CSS pixel on a narrow page
_LEFT, _FOOT, _HEAD = 34, 20, 10
_CELL, _WEEKS = 11.3, 27
_LETTER = 6.2  # a letter's mean width at 11 pixels
_NAMED = {0: "Mon", 2: "Wed", 4: "Fri"}


def _text(x: float, y: float, words: str, where: str = "start") -> str:
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{where}">{escape(words)}</text>'


def _line(x1: float, y1: float, x2: float, y2: float, kind: str) -> str:
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" class="{kind}"/>'


def _rect(box: tuple[float, float, float, float], kind: str, words: str = "") -> str:
    x, y, width, height = box
    title = f"<title>{escape(words)}</title>" if words else ""
    size = f'x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}"'
    return f'<rect {size} rx="1.5" class="{kind}">{title}</rect>'


def _plot(height: float, words: str, parts: Iterable[str]) -> str:
    """A plot that says in words what it shows, for who doesn't see it."""
    head = f'<svg viewBox="0 0 {WIDTH} {height:.0f}" role="img" aria-label="{escape(words)}">'
    return "\n".join((head, *parts, "</svg>"))


@dataclass(frozen=True, slots=True)
class Bar:
    """A value under a label; `tick` is written below the axis where it has one."""

    value: float
    label: str
    tick: str = ""


def bars(bars_: Sequence[Bar], words: str, height: float = 130) -> str:
    """Columns on one axis, from 0 to the highest of them."""
    top = _round_up(max((bar.value for bar in bars_), default=0))
    step = (WIDTH - _LEFT) / max(1, len(bars_))
    floor = height - _FOOT

    def y(value: float) -> float:
        return floor - (floor - _HEAD) * value / top

    parts = []
    for mark in (0, top / 2, top):
        parts += [
            _line(_LEFT, y(mark), WIDTH, y(mark), "rule"),
            _text(_LEFT - 5, y(mark) + 4, f"{mark:g}", "end"),
        ]
    taken = 0.0
    for n, bar in enumerate(bars_):
        x = _LEFT + n * step
        if bar.value:
            high = max(1.5, floor - y(bar.value))
            parts.append(_rect((x + step * 0.1, floor - high, step * 0.8, high), "bar", bar.label))
        end = x + len(bar.tick) * _LETTER
        if bar.tick and taken <= x and end < WIDTH:
            parts.append(_text(x, height - 5, bar.tick))
            taken = end + _LETTER
    return _plot(height, words, parts)


def _round_up(value: float) -> float:
    """The next number with a half that reads well: 2, 4, 10, 20, 40, 100 …"""
    top = 2.0
    while top < value:
        top *= 2.5 if f"{top:g}"[0] == "4" else 2
    return top


def calendar(days: Sequence[Day], words: str) -> str:
    """A cell for each day, a column for each week, so many weeks in a band; the latest band is the last."""
    busiest = max((day.reviews for day in days), default=0)
    weeks = sorted({week_of(day.day) for day in days})
    first = len(weeks) % _WEEKS
    bands = [weeks[:first], *(weeks[n : n + _WEEKS] for n in range(first, len(weeks), _WEEKS))]
    high = 7 * _CELL + 22
    places = {}
    parts = []
    for row, band in enumerate([band for band in bands if band]):
        y = row * high + 14
        parts += [
            _text(_LEFT - 6, y + n * _CELL + 9, name, "end")
            for n, name in ((0, "Mon"), (2, "Wed"), (4, "Fri"))
        ]
        for column, week in enumerate(band):
            x = _LEFT + column * _CELL
            places[week] = (x, y)
            if (week + timedelta(days=6)).day <= 7 and column < len(band) - 1:
                end = week + timedelta(days=6)
                parts.append(_text(x, y - 4, f"{end:%Y}" if end.month == 1 else f"{end:%b}"))
    for day in days:
        x, y = places[week_of(day.day)]
        said = f"{day.day.isoformat()}: {day.reviews} answers"
        box = (x, y + day.day.weekday() * _CELL, _CELL - 2, _CELL - 2)
        parts.append(_rect(box, f"d{level(day.reviews, busiest)}", said))
    return _plot(high * len([band for band in bands if band]), words, parts)


def memory(recalls: Sequence[Recall], words: str, height: float = 250) -> str:
    """What was remembered, with its interval, over what was expected; on the diagonal both are equal."""
    shown = [
        (recall, recall.expected, recall.remembered.value)
        for recall in recalls
        if recall.expected is not None and recall.remembered.value is not None
    ]
    least = min((min(expected, recall.remembered.low) for recall, expected, _ in shown), default=0.0)
    low = int(least * 10) / 10 if least < 0.9 else 0.8
    floor, left = height - 34, _LEFT + 8

    def x(value: float) -> float:
        return left + (WIDTH - left - 12) * (value - low) / (1 - low)

    def y(value: float) -> float:
        return floor - (floor - _HEAD) * (value - low) / (1 - low)

    parts = []
    marks = [low + (1 - low) * n / 4 for n in range(5)]
    for mark in marks:
        parts += [
            _line(left, y(mark), WIDTH - 12, y(mark), "rule"),
            _text(left - 5, y(mark) + 4, f"{100 * mark:.0f} %", "end"),
            _text(x(mark), floor + 15, f"{100 * mark:.0f} %", "middle" if mark < 1 else "end"),
        ]
    parts += [
        _line(x(low), y(low), x(1), y(1), "same"),
        _text((left + WIDTH) / 2, height - 4, "expected by FSRS", "middle"),
    ]
    for recall, expected, value in shown:
        share = recall.remembered
        said = f"{recall.label}: {share.count} of {share.of} remembered, {100 * expected:.0f} % expected"
        parts.append(_line(x(expected), y(share.low), x(expected), y(share.high), "range"))
        at = f'cx="{x(expected):.1f}" cy="{y(value):.1f}" r="4.5"'
        parts.append(f'<circle {at} class="bar"><title>{escape(said)}</title></circle>')
    return _plot(height, words, parts)


def strength(counts: Sequence[int]) -> str:
    """A bar of known, learning and unseen items, for a cell of a table that has the numbers too."""
    whole, x, parts = sum(counts), 0.0, []
    for kind, count in zip(("known", "learning", "unseen"), counts, strict=True):
        width = 100 * count / whole
        parts.append(f'<rect x="{x:.2f}" y="0" width="{width:.2f}" height="10" class="{kind}"/>')
        x += width
    return f'<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">{"".join(parts)}</svg>'
