"""The learner's days, found quickly for a hundred thousand times."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, tzinfo

from quizgen.store.day import day_bounds, day_of
from quizgen.store.review import micros, moment


class Calendar:
    """Which of the learner's days a time belongs to; the days begin at four in the morning."""

    def __init__(self, zone: tzinfo | None) -> None:
        self._zone = zone

    def day_of(self, at: datetime) -> date:
        """The day of a time."""
        return day_of(at, self._zone)

    def days(self, times: Iterable[int]) -> list[date]:
        """The days of times in microseconds since 1970; quick where they are in order."""
        found = list[date]()
        begin, end, day = 0, 0, date.min
        for at in times:
            if not begin <= at < end:
                when = moment(at)
                begin, end = map(micros, day_bounds(when, self._zone))
                day = day_of(when, self._zone)
            found.append(day)
        return found
