"""Plots in block characters: lines of text, no wider than told. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from quizgen.stats.progress import Day, Due, Recall
from quizgen.stats.retention import week_of
from quizgen.stats.words import day as short_day

_EIGHTHS = " ▁▂▃▄▅▆▇█"
SHADES = "·░▒▓█"
"""From no review on a day to many."""
_NAMES = ("Mon", "", "Wed", "", "Fri", "", "Sun")
_MARGIN = 4  # columns before the calendar's weeks


def columns(values: Sequence[int], rows: int, wide: int) -> list[str]:
    """Values as columns `wide` characters broad and at most `rows` lines high; any but 0 shows."""
    top = max(values, default=0)
    heights = [max(1, round(value / top * rows * 8)) if value else 0 for value in values]
    lines = []
    for row in reversed(range(rows)):
        cells = (_EIGHTHS[min(8, max(0, height - row * 8))] * wide for height in heights)
        lines.append("".join(cells).rstrip())
    return lines


def forecast(days: Sequence[Due], width: int, rows: int = 5) -> list[str]:
    """Columns for the days to come, with a scale at the left and a date under the first day of each week."""
    values = [day.items for day in days]
    top = str(max(values, default=0))
    margin = len(top) + 1
    wide = max(1, min(2, (width - margin) // len(days)))
    drawn = columns(values, rows, wide)
    lines = [f"{top if n == 0 else '':>{margin - 1}} {line}".rstrip() for n, line in enumerate(drawn)]
    lines.append(f"{'0':>{margin - 1}} " + "─" * (wide * len(days)))
    return [*lines, _axis(days, margin, wide, width)]


def _axis(days: Sequence[Due], margin: int, wide: int, width: int) -> str:
    line = " " * margin
    for n, one in enumerate(days):
        label = "today" if n == 0 else short_day(one.day)
        at = margin + n * wide
        if n % 7 == 0 and len(line) <= at and at + len(label) <= width:
            line = line.ljust(at) + label + " "
    return line.rstrip()


def calendar(days: Sequence[Day], width: int) -> tuple[list[str], int]:
    """A row for each weekday and a column for each week, the latest ones that fit; and how many weeks do."""
    weeks = sorted({week_of(one.day) for one in days})
    wide = 2 if _MARGIN + 2 * len(weeks) <= width else 1
    weeks = weeks[-((width - _MARGIN) // wide) :]
    shade = shades(days)
    lines = [_months(weeks, wide)]
    for weekday, name in enumerate(_NAMES):
        cells = (shade.get(week + timedelta(days=weekday), " ").ljust(wide) for week in weeks)
        lines.append(f"{name:<{_MARGIN}}{''.join(cells)}".rstrip())
    return lines, len(weeks)


def shades(days: Sequence[Day]) -> dict[date, str]:
    """A shade for each day, by how it compares with the busiest one."""
    top = max((one.reviews for one in days), default=0)
    return {one.day: SHADES[level(one.reviews, top)] for one in days}


def level(reviews: int, top: int) -> int:
    """From 0, no review, to 4, more than three quarters of the busiest day's."""
    return -(-4 * reviews // top) if reviews else 0


def _months(weeks: Sequence[date], wide: int) -> str:
    line = " " * _MARGIN
    for n, week in enumerate(weeks):
        at = _MARGIN + n * wide
        # A month is named over the week in which it begins; the first only if its name has room.
        begins = n == 0 or (week + timedelta(days=6)).day <= 7
        if begins and len(line) <= at and (n or (week + timedelta(days=6)).day < 21):
            end = week + timedelta(days=6)
            line = line.ljust(at) + (f"{end:%Y} " if end.month == 1 else f"{end:%b} ")
    return line.rstrip()


def interval(recall: Recall, width: int) -> str:
    """One line from 0 to 100 %: what was remembered, its interval, and what was expected."""
    share = recall.remembered
    if recall.expected is None or share.value is None:
        return ""

    def place(value: float) -> int:
        return min(width - 1, int(value * width))

    line = [" "] * width
    for at in range(place(share.low), place(share.high) + 1):
        line[at] = "─"
    line[place(recall.expected)] = "│"
    line[place(share.value)] = "●"
    return "".join(line)


def parts(counts: Sequence[int], width: int, letters: str = "█▒░") -> str:
    """Parts of a whole as one bar; a part that is there is seen."""
    whole = sum(counts)
    if not whole:
        return ""
    sizes = [max(1, round(count / whole * width)) if count else 0 for count in counts]
    sizes[sizes.index(max(sizes))] += width - sum(sizes)
    return "".join(letter * size for letter, size in zip(letters, sizes, strict=True))
