"""From the log and the schedules to a learner's progress."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo
from typing import TYPE_CHECKING

from quizgen.stats.days import Calendar
from quizgen.stats.forecast import forecast
from quizgen.stats.habit import habit
from quizgen.stats.items import hardest, standing, strengths
from quizgen.stats.progress import Progress
from quizgen.stats.retention import retention

if TYPE_CHECKING:
    from quizgen.items.item import Bank
    from quizgen.store.review import Answered
    from quizgen.store.schedule import Schedule


@dataclass(frozen=True, slots=True)
class View:
    """When, where, and how far back progress is looked at: `at` is aware, `days` count the day of it.

    `zone` is the learner's time zone; None is the system's.
    """

    at: datetime
    days: int
    zone: tzinfo | None = None


def measure(
    bank: Bank, schedules: Mapping[str, Schedule], answered: Sequence[Answered], view: View
) -> Progress:
    """The progress on a deck, from all schedules and all answers there are, in order of time.

    Progress hangs on items: what was answered in another deck counts, if this one has the item too. An item
    that the deck has no more counts among its answers and its days, and nowhere else.
    """
    calendar = Calendar(view.zone)
    here = {item.id for item in bank.items}
    answered = [one for one in answered if one.item in here or one.deck == bank.deck.id]
    when = calendar.days(one.at for one in answered)
    today = calendar.day_of(view.at)
    seen = {name: schedule for name, schedule in schedules.items() if name in here}
    asked = {one.item for one in answered}
    begin = date.fromordinal(max(1, today.toordinal() - view.days + 1))
    return Progress(
        deck=bank.deck.id,
        name=bank.deck.name,
        at=view.at,
        reviews=len(answered),
        retired=sum(one.item not in here for one in answered) if asked - here else 0,
        items=standing(bank.items, seen, retired=len(asked - here)),
        forecast=forecast(seen.values(), view.at, calendar),
        retention=retention(answered, when, begin, today),
        habit=habit(answered, when, begin, today),
        topics=strengths(bank, seen, view.at),
        hardest=hardest(bank.items, seen, view.at),
    )
