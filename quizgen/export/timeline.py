"""A small picture of where a date stands among its neighbours, for the answer side of a card.

The neighbours are the deck's landmarks: the essential facts that have a date. A line shows the distances, to
scale, and a list below it says what each dot is. Only the line is SVG. The words are HTML, because the text
of a picture neither wraps on a narrow screen nor grows with large type.

The SVG is written as text and not with drawsvg: it is a dozen shapes, drawsvg is an extra that an Anki deck
must not need, and what Anki gives a meaning to (braces, brackets, backslashes) only `html.py` escapes. Places
are whole thousandths of the width, so that the same facts give the same bytes on any machine, and every
element is closed as a browser closes it, so that opening the note in Anki's editor changes nothing.
"""

from __future__ import annotations

import datetime
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import attrgetter
from typing import TYPE_CHECKING

from quizgen.base.dates import MONTHS, PartialDate
from quizgen.export.html import text

if TYPE_CHECKING:
    from quizgen.items.item import Item, Moment

NEIGHBOURS = 2
"""How many landmarks are shown before the date, and how many after it."""

_LEFT, _WIDTH = 30, 940  # of the line, in thousandths of the picture: a dot at its end stays whole
_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)  # years from one tick to the next
_ROOM = 80  # for half of a year's figures, in thousandths
_RADIUS = {"near": 0.25, "this": 0.4}  # of a dot, in em
_HEIGHT = {"near": 0.26, "this": 0.56}  # of a bar
_MOST_TICKS = 4  # or their years would touch in large type on a narrow phone


@dataclass(frozen=True)
class Stop:
    """A moment, read: what was, from when, and until when if it was a period."""

    label: str
    first: PartialDate
    last: PartialDate | None

    @classmethod
    def read(cls, moment: Moment) -> Stop | None:
        """The moment's stop; None where its dates are none."""
        try:
            first = PartialDate.parse(moment.first)
            return cls(moment.label, first, PartialDate.parse(moment.last) if moment.last else None)
        except ValueError:
            return None

    @cached_property
    def earliest(self) -> int:
        """The first day on which it can have begun, counted as `date.toordinal` does."""
        return datetime.date(*self.first.first).toordinal()

    @cached_property
    def latest(self) -> int:
        """The last day on which it can have begun."""
        return datetime.date(*self.first.last).toordinal()

    @cached_property
    def middle(self) -> int:
        """The middle of the days on which it can have begun, where its dot stands."""
        return (self.earliest + self.latest) // 2

    @cached_property
    def end(self) -> int:
        """The last day that it can have reached."""
        return datetime.date(*self.last.last).toordinal() if self.last else self.latest

    @property
    def when(self) -> str:
        """Its date in few letters: `23 Nov 2016`, `1910–1945`."""
        return f"{_short(self.first)}–{_short(self.last)}" if self.last else _short(self.first)


class Timelines:
    """The landmarks of a deck, and pictures of what lies among them."""

    def __init__(self, items: Iterable[Item]) -> None:
        essential: dict[tuple[str, ...], Stop] = {}
        dated: dict[tuple[str, ...], Stop] = {}
        for item in items:
            stop = Stop.read(item.moment) if item.moment and item.facts not in dated else None
            if stop is not None:
                dated[item.facts] = stop
                if item.essential:
                    essential[item.facts] = stop
        # A deck that calls nothing essential still has dates. Names first, so that equals have one order.
        found = [stop for _, stop in sorted((essential or dated).items())]
        self._dated = dated
        self._by_earliest = sorted(found, key=attrgetter("earliest"))
        self._by_latest = sorted(found, key=attrgetter("latest"))

    def picture(self, moment: Moment | None) -> str:
        """The moment among its neighbours as HTML; nothing where there is no date or no neighbour.

        A landmark counts as a neighbour only if it surely began earlier or later: `2016` is neither before
        nor after November 2016.
        """
        this = Stop.read(moment) if moment else None
        if this is None:
            return ""
        upto = bisect_left(self._by_latest, this.earliest, key=attrgetter("latest"))
        since = bisect_right(self._by_earliest, this.latest, key=attrgetter("earliest"))
        before = self._by_latest[max(0, upto - NEIGHBOURS) : upto]
        after = self._by_earliest[since : since + NEIGHBOURS]
        if not before and not after:
            return ""
        rows = sorted([*before, this, *after], key=attrgetter("middle"))
        return f'<div class="timeline">{_line(rows, this)}{_list(rows, this)}</div>'

    def stops(self, item: Item) -> list[Stop]:
        """The moments of the entries that an item puts in order, in order; none if not all are known."""
        found = [stop for fact in item.facts if (stop := self._dated.get((fact,)))]
        found.sort(key=attrgetter("earliest"))
        return found if tuple(stop.label for stop in found) == item.key else []

    def spread(self, stops: Sequence[Stop]) -> str:
        """The moments of an item to be put in order as a line to scale, as HTML."""
        return f'<div class="timeline">{_line(stops, None)}</div>' if stops else ""


def _line(rows: Sequence[Stop], this: Stop | None) -> str:
    """The picture itself: a line to scale, with a dot or a bar for each row."""
    start, end = min(stop.earliest for stop in rows), max(stop.end for stop in rows)

    def across(day: int) -> int:
        return _LEFT + _WIDTH * (day - start) // max(1, end - start)

    years = {year: across(datetime.date(year, 1, 1).toordinal()) for year in _years(start, end)}
    # A year at the very end would reach over the edge in large type.
    ticks = [_tick(year, x) for year, x in years.items() if _ROOM <= x <= 1000 - _ROOM]
    # The date itself is drawn last, over neighbours that it touches.
    marks = [_mark(stop, "near" if this else "this", across) for stop in rows if stop is not this]
    marks += [_mark(this, "this", across)] if this else []
    ends = f"{datetime.date.fromordinal(start).year} to {datetime.date.fromordinal(end).year}"
    place = f"{this.when} is number {rows.index(this) + 1} of {len(rows)}" if this else f"{len(rows)} dates"
    told = f"Timeline of {ends}: {place}."
    return (
        f'<svg width="100%" height="{"2.4em" if ticks else "1.1em"}" fill="currentColor" role="img">'
        f"<title>{told}</title>"
        '<line class="axis" x1="0" y1="0.55em" x2="100%" y2="0.55em"></line>'
        f"{''.join(ticks)}{''.join(marks)}</svg>"
    )


def _years(start: int, end: int) -> list[int]:
    """The years that are written on the line: round ones within it, and few."""
    first, last = datetime.date.fromordinal(start).year + 1, datetime.date.fromordinal(end).year
    for step in _STEPS:
        years = [year for year in range(first, last + 1) if year % step == 0]
        if len(years) <= _MOST_TICKS:
            return years
    return []


def _tick(year: int, x: int) -> str:
    at = _percent(x)
    return (
        f'<line class="axis" x1="{at}" y1="0.55em" x2="{at}" y2="1.1em"></line>'
        f'<text x="{at}" y="2.6em">{year}</text>'
    )


def _mark(stop: Stop, kind: str, across: Callable[[int], int]) -> str:
    """A dot in the middle of the days that a date can mean, or a bar over all days of a period."""
    if stop.last is None:
        place = f'cx="{_percent(across(stop.middle))}" cy="0.55em"'
        return f'<circle class="{kind}" {place} r="{_RADIUS[kind]}em"></circle>'
    left, height = across(stop.earliest), _HEIGHT[kind]
    width = max(15, across(stop.end) - left)
    return (
        f'<rect class="{kind}" x="{_percent(left)}" y="{0.55 - height / 2:.2f}em"'
        f' width="{_percent(width)}" height="{height}em" rx="{height / 2:.2f}em"></rect>'
    )


def _list(rows: Iterable[Stop], this: Stop) -> str:
    """What the dots are, in order; the card's own date is marked for eyes and for ears."""
    entries = []
    for stop in rows:
        opening = '<li class="this" aria-current="date">' if stop is this else "<li>"
        label = stop.label.rstrip(".")  # where nobody has worded the entry it is a sentence
        entries.append(f'{opening}<span class="when">{text(stop.when)}</span> {_said(label)}</li>')
    return f"<ol>{''.join(entries)}</ol>"


def _said(label: str) -> str:
    return f'<span class="what" dir="auto">{text(label)}</span>'


def _percent(thousandths: int) -> str:
    return f"{thousandths // 10}.{thousandths % 10}%"


def _short(date: PartialDate) -> str:
    """A date as in `23 Nov 2016`, `Nov 2016`, `2016`."""
    if date.month is None:
        return str(date.year)
    month = MONTHS[date.month - 1]
    name = f"{month[:3] if len(month) > 4 else month} {date.year}"
    return name if date.day is None else f"{date.day} {name}"
