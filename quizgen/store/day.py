"""The learner's day, which begins at four in the morning: who learns at midnight is still at today's work.

It is the day where the learner is: the system's time zone, unless another is given. Anki does the same.
"""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, tzinfo

DAY_BEGINS = time(4)


def day_of(at: datetime, zone: tzinfo | None = None) -> date:
    """The learner's day at a time."""
    wall = at.astimezone(zone).replace(tzinfo=None)
    return wall.date() if wall.time() >= DAY_BEGINS else wall.date() - timedelta(days=1)


def day_bounds(at: datetime, zone: tzinfo | None = None) -> tuple[datetime, datetime]:
    """When the learner's day began and when the next one begins, in UTC; 23 to 25 hours apart."""
    day = day_of(at, zone)
    return _begin(day, zone), _begin(day + timedelta(days=1), zone)


def _begin(day: date, zone: tzinfo | None) -> datetime:
    # Without a zone, astimezone() takes a naive time for one of the system's.
    return datetime.combine(day, DAY_BEGINS, zone).astimezone(UTC)
