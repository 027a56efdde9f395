"""Dates to the precision that is known, and the ways in which people write them."""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from functools import total_ordering
from typing import Literal

from quizgen.base.problems import brief

Precision = Literal["year", "month", "day"]

MONTHS = tuple(calendar.month_name)[1:]
_ISO = re.compile(r"([0-9]{4})(?:-([0-9]{2})(?:-([0-9]{2}))?)?")


@total_ordering
@dataclass(frozen=True, slots=True)
class PartialDate:
    """A day, a month or a year of the Gregorian calendar; `str()` gives it in ISO 8601."""

    year: int
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, raw: str | int) -> PartialDate:
        """Read `2016`, `2016-11` or `2016-11-23`.

        Raises ValueError, with a message for the author of a fact.
        """
        match = _ISO.fullmatch(str(raw).strip())
        if match is None:
            raise ValueError(f"{brief(raw)} is not a date: expected 2016, 2016-11 or 2016-11-23")
        year, month, day = (int(part) if part else None for part in match.groups())
        assert year is not None  # noqa: S101  the pattern always has a year
        if year == 0:
            raise ValueError(f"{brief(raw)} is not a date: there is no year 0")
        if month is not None and not 1 <= month <= 12:
            raise ValueError(f"{brief(raw)} is not a date: there is no month {month}")
        if month is not None and day is not None:
            last = calendar.monthrange(year, month)[1]
            if not 1 <= day <= last:
                raise ValueError(f"{brief(raw)} is not a date: {MONTHS[month - 1]} {year} has {last} days")
        return cls(year, month, day)

    @property
    def precision(self) -> Precision:
        """How exactly the date is known."""
        if self.month is None:
            return "year"
        return "month" if self.day is None else "day"

    @property
    def first(self) -> tuple[int, int, int]:
        """The first day that the date can mean, as (year, month, day)."""
        return (self.year, self.month or 1, self.day or 1)

    @property
    def last(self) -> tuple[int, int, int]:
        """The last day that the date can mean, as (year, month, day)."""
        month = self.month or 12
        return (self.year, month, self.day or calendar.monthrange(self.year, month)[1])

    def overlaps(self, other: PartialDate) -> bool:
        """Whether the two can mean the same day: `2016` and `2016-11` do."""
        if self.year != other.year or self.month is None or other.month is None:
            return self.year == other.year
        return self.month == other.month and (self.day is None or other.day in (None, self.day))

    def __lt__(self, other: PartialDate) -> bool:
        return (self.first, self.last) < (other.first, other.last)

    def __str__(self) -> str:
        text = f"{self.year:04d}"
        if self.month is not None:
            text += f"-{self.month:02d}"
        if self.day is not None:
            text += f"-{self.day:02d}"
        return text

    @property
    def text(self) -> str:
        """The date as British prose has it: `2016`, `November 2016`, `23 November 2016`."""
        if self.month is None:
            return str(self.year)
        month = f"{MONTHS[self.month - 1]} {self.year}"
        return month if self.day is None else f"{self.day} {month}"

    @property
    def on(self) -> str:
        """The date with its preposition: `in 2016`, `in November 2016`, `on 23 November 2016`."""
        return f"{'on' if self.day else 'in'} {self.text}"

    def forms(self) -> tuple[str, ...]:
        """Every usual way to write the date in English, the plainest first; none of them ambiguous."""
        if self.month is None:
            return (str(self.year),)
        names = dict.fromkeys((MONTHS[self.month - 1], *_abbreviations(self.month)))
        forms = [self.text]
        for month in names:
            if self.day is None:
                forms += [f"{month} {self.year}", f"{month}, {self.year}", f"{month} of {self.year}"]
                continue
            ordinal_day = ordinal(self.day)
            forms += [
                f"{self.day} {month} {self.year}",
                f"{month} {self.day}, {self.year}",
                f"{month} {self.day} {self.year}",
                f"{self.day} {month}, {self.year}",
                f"{ordinal_day} {month} {self.year}",
                f"{ordinal_day} of {month} {self.year}",
                f"{ordinal_day} of {month}, {self.year}",
                f"{month} {ordinal_day}, {self.year}",
            ]
        forms.append(str(self))
        return tuple(dict.fromkeys(forms))


def _abbreviations(month: int) -> tuple[str, ...]:
    short = calendar.month_abbr[month]
    if month == 5:
        return ()
    return (short, f"{short}.", *(("Sept", "Sept.") if month == 9 else ()))


def ordinal(number: int) -> str:
    """`1st`, `2nd`, `3rd`, `4th`, `11th`."""
    suffix = "th" if 10 <= number % 100 <= 20 else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"
