"""What falls due, and when."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from quizgen.stats.progress import Due, Forecast

if TYPE_CHECKING:
    from quizgen.stats.days import Calendar
    from quizgen.store.schedule import Schedule

AHEAD = 30
"""Days."""


def forecast(schedules: Iterable[Schedule], now: datetime, calendar: Calendar) -> Forecast:
    """How many items fall due on each of the next days, if nothing is learned in the meantime."""
    due = [schedule.due for schedule in schedules]
    today = calendar.day_of(now)
    counts = Counter(max(today, calendar.day_of(at)) for at in due)
    days = tuple(Due(day := today + timedelta(days=n), counts[day]) for n in range(AHEAD))
    return Forecast(sum(at <= now for at in due), days, len(due) - sum(day.items for day in days))
