"""The timeline as SVG; the one place that knows drawsvg.

Time runs downwards by the year, and years in which nothing is dated are folded, or a century and a half
would be mostly empty. Topics are lanes. Every position is a whole number, so that the same facts give the
same bytes on any machine.
"""

from __future__ import annotations

import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import drawsvg

from quizgen.base.text import visible
from quizgen.page.colours import SHADES, css

if TYPE_CHECKING:
    from quizgen.page.timeline import Mark

WIDTH = 1080  # in pixels, as everything here
MARGIN, AXIS, LANES = 24, 66, 84
LANES_WIDTH = 430  # what all lanes share
EDGE = 10  # of a lane, for the bars of periods
LINE, STEP = 18, 14  # from one line of a label to the next, from one dot to the next
LETTER = 7.2  # a letter's mean width at 13 pixels in the common sans-serif fonts
DATE = 60  # the column of days before the labels


@dataclass(frozen=True, slots=True)
class _Plan:
    """Where things stand."""

    lanes: Mapping[str, int]
    lane: int
    """The width of a lane."""
    head: int
    """Where the lanes' names end and the years begin."""

    @property
    def labels(self) -> int:
        """Where the column of labels begins."""
        return LANES + self.lane * len(self.lanes) + 22

    @property
    def per_line(self) -> int:
        """How many dots have room side by side in a lane; the left edge is for the bars of periods."""
        return max(1, (self.lane - EDGE) // STEP)

    def lines(self, mark: Mark) -> list[str]:
        """A mark's words, broken to the width of the labels."""
        room = int((WIDTH - MARGIN - self.labels - DATE - 14) / LETTER)
        return textwrap.wrap(visible(mark.words), room) or [""]

    def height(self, marks: Sequence[Mark]) -> int:
        """The height of a year's row."""
        labels = sum(len(self.lines(mark)) * LINE + 3 for mark in marks if mark.essential)
        by_lane = [sum(mark.topic == topic for mark in marks) for topic in self.lanes]
        dots = max(-(-count // self.per_line) for count in by_lane) * STEP
        return max(labels, dots, 16) + 8


def picture(title: str, topics: Mapping[str, str], marks: Sequence[Mark]) -> str:
    """The timeline of the marks, one lane for each of the topics (their names by id) that has any."""
    used = {mark.topic for mark in marks}
    names = {topic: name for topic, name in topics.items() if topic in used}
    lanes = {topic: index for index, topic in enumerate(names)}
    # The names stand aslant: at 45 degrees a name takes 0.71 of its length upwards.
    head = 40 + int(max(map(len, names.values()), default=0) * LETTER * 0.78)
    plan = _Plan(lanes, min(48, max(22, LANES_WIDTH // max(1, len(lanes)))), head)
    tops, bottom, folded = _rows(marks, plan)
    drawing = drawsvg.Drawing(WIDTH, bottom + 48)
    drawing.append_css(css(len(lanes)))
    drawing.append_title(visible(f"{title}: a timeline"))
    drawing.append(drawsvg.Rectangle(0, 0, WIDTH, bottom + 48, rx=8, class_="paper"))
    _head(drawing, plan, names, bottom)
    _axis(drawing, tops, (plan.head, bottom), folded)
    _bars(drawing, plan, tops, marks)
    for year, top in tops.items():
        drawing.append(_text(str(year), AXIS - 12, top + 17, "year"))
        _dots(drawing, plan, [mark for mark in marks if mark.start.year == year], top)
    _key(drawing, bottom)
    return str(drawing.as_svg()) + "\n"


def _rows(marks: Sequence[Mark], plan: _Plan) -> tuple[dict[int, int], int, list[tuple[int, int, int]]]:
    """Each year's top, where the last row ends, and the folds: their top, height and number of years."""
    years = sorted({end.year for mark in marks for end in (mark.start, mark.end) if end is not None})
    tops, folded, y = {}, [], plan.head
    for index, year in enumerate(years):
        left_out = year - years[index - 1] - 1 if index else 0
        if left_out:
            fold = 8 + min(left_out, 24)
            folded.append((y, fold, left_out))
            y += fold
        tops[year] = y
        y += plan.height([mark for mark in marks if mark.start.year == year])
    return tops, y, folded


def _text(words: str, x: int, y: int, kind: str, **more: Any) -> drawsvg.Text:
    return drawsvg.Text(visible(words), None, x=x, y=y, class_=kind, **more)


def _head(drawing: drawsvg.Drawing, plan: _Plan, names: Mapping[str, str], bottom: int) -> None:
    """The lanes and their names."""
    for topic, index in plan.lanes.items():
        x = LANES + index * plan.lane
        if index % 2 == 0:
            drawing.append(
                drawsvg.Rectangle(x, plan.head - 6, plan.lane, bottom - plan.head + 6, class_="lane")
            )
        at = (x + plan.lane // 2 + 2, plan.head - 14)
        drawing.append(_text(names[topic], *at, f"name c{index}", transform=f"rotate(-45 {at[0]} {at[1]})"))


def _axis(
    drawing: drawsvg.Drawing,
    tops: Mapping[int, int],
    ends: tuple[int, int],
    folded: Iterable[tuple[int, int, int]],
) -> None:
    """The line of time, a rule above each year, and dashes where years are left out."""
    for top in tops.values():
        drawing.append(drawsvg.Line(AXIS, top, WIDTH - MARGIN, top, class_="rule"))
    drawing.append(drawsvg.Line(AXIS, ends[0], AXIS, ends[1], class_="axis"))
    for top, height, count in folded:
        drawing.append(drawsvg.Rectangle(AXIS - 3, top, 6, height, class_="paper"))
        fold = drawsvg.Line(AXIS, top + 2, AXIS, top + height, class_="fold")
        fold.append_title(f"{count} years without a date" if count > 1 else "a year without a date")
        drawing.append(fold)


def _bars(drawing: drawsvg.Drawing, plan: _Plan, tops: Mapping[int, int], marks: Iterable[Mark]) -> None:
    """Periods, from the row of their first year to that of their last, side by side where they overlap."""
    ends: dict[tuple[str, int], int] = {}
    for mark in marks:
        if mark.end is None:
            continue
        begin, end = tops[mark.start.year] + 4, tops[mark.end.year] + 18
        column = next(c for c in range(99) if ends.get((mark.topic, c), 0) < begin)
        ends[mark.topic, column] = end
        index = plan.lanes[mark.topic]
        x = LANES + index * plan.lane + 1 + 4 * column
        bar = drawsvg.Rectangle(x, begin, 3, end - begin, rx=1, class_=f"bar f{index}")
        bar.append_title(visible(mark.statement))
        drawing.append(bar)


def _dots(drawing: drawsvg.Drawing, plan: _Plan, marks: Sequence[Mark], top: int) -> None:
    """A year's facts: a dot for each in its lane, and words for those to begin with."""
    seen: dict[str, int] = {}
    y = top + 17
    for mark in marks:
        index, count = plan.lanes[mark.topic], seen.get(mark.topic, 0)
        seen[mark.topic] = count + 1
        down, across = divmod(count, plan.per_line)
        left = LANES + index * plan.lane + EDGE + (plan.lane - EDGE - plan.per_line * STEP) // 2
        x = left + across * STEP + STEP // 2
        dot = _dot(index, x, top + 13 + down * STEP, essential=mark.essential)
        dot.append_title(visible(f"{mark.start.text}: {mark.statement}"))
        drawing.append(dot)
        if mark.essential:
            y = _label(drawing, plan, mark, y)


def _dot(index: int, x: int, y: int, *, essential: bool) -> drawsvg.DrawingElement:
    """A dot in its topic's colour; where topics outnumber colours, the next ones are square."""
    kind = f"dot f{index}" if essential else f"ring s{index}"
    if index // SHADES % 2:
        return drawsvg.Rectangle(x - 4, y - 4, 8, 8, class_=kind)
    return drawsvg.Circle(x, y, 5 if essential else 4, class_=kind)


def _label(drawing: drawsvg.Drawing, plan: _Plan, mark: Mark, y: int) -> int:
    """A mark's day and words; returns where the next label stands."""
    index, x = plan.lanes[mark.topic], plan.labels
    group = drawsvg.Group()
    group.append_title(visible(mark.statement))
    group.append(_dot(index, x, y - 4, essential=True))
    group.append(_text(mark.when, x + 12, y, f"day c{index}"))
    for line in plan.lines(mark):
        group.append(_text(line, x + 12 + DATE, y, "words"))
        y += LINE
    drawing.append(group)
    return y + 3


def _key(drawing: drawsvg.Drawing, bottom: int) -> None:
    """What filled and open dots mean."""
    y = bottom + 28
    drawing.append(drawsvg.Circle(LANES, y - 4, 5, class_="dot key"))
    drawing.append(_text("what to begin with, in words on the right", LANES + 12, y, "words"))
    drawing.append(drawsvg.Circle(LANES + 296, y - 4, 4, class_="ring keyring"))
    drawing.append(
        _text("more: rest the pointer on one to read it, or see the table", LANES + 308, y, "words")
    )
    drawing.append(drawsvg.Rectangle(LANES + 690, y - 14, 3, 20, rx=1, class_="bar key"))
    drawing.append(_text("a period", LANES + 700, y, "words"))
