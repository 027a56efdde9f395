"""Progress in words: the sentences that the terminal and the page share."""

from __future__ import annotations

from datetime import date

from quizgen.stats.progress import Habit, Progress, Recall, Retention, Share

_SPACE = "\N{NO-BREAK SPACE}"

ENOUGH = 30
"""Reviews, below which nothing is said of whether somebody remembers better or worse than expected."""


def count(number: int, what: str) -> str:
    """ "1 item", "1,200 items"."""
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def percent(value: float | None) -> str:
    """A share in whole percent; only all of them is 100, and only none of them 0."""
    if value is None:
        return "–"
    if 0 < value < 1:
        return f"{min(99, max(1, round(100 * value)))}{_SPACE}%"
    return f"{100 * value:.0f}{_SPACE}%"


def between(share: Share) -> str:
    """The interval of a share, in whole percent where they tell its ends apart."""
    if not share.of:
        return "–"
    low, high = f"{100 * share.low:.0f}", f"{100 * share.high:.0f}"
    if low == high:  # of very many
        low, high = f"{100 * share.low:.1f}", f"{100 * share.high:.1f}"
    return f"{low}–{high}{_SPACE}%"


def duration(seconds: float) -> str:
    """ "40 s", "12 min", "3 h 5 min"."""
    if seconds < 60:
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60)
    return f"{minutes // 60} h {minutes % 60} min" if minutes >= 60 else f"{minutes} min"


def day(when: date) -> str:
    """ "22 Nov"."""
    return f"{when.day} {when:%b}"


def summary(progress: Progress) -> str:
    """How the deck's items stand."""
    items = progress.items
    words = f"{items.known:,} of {count(items.total, 'item')} known, {items.learning:,} being learned"
    words += f", {items.unseen:,} not asked yet."
    if items.retired:
        gone = count(items.retired, "item")
        words += f" {gone} that you answered {'is' if items.retired == 1 else 'are'} no longer in the deck."
    return words


def due(progress: Progress) -> str:
    """What is due now and soon."""
    forecast = progress.forecast
    today, week = forecast.days[0].items, sum(day.items for day in forecast.days[:7])
    if not progress.items.total - progress.items.unseen:
        return "Nothing is due: no item of this deck has been asked yet. `quizgen quiz` begins."
    now = f"{count(forecast.due_now, 'item')} due now" if forecast.due_now else "Nothing is due now"
    later = f"{today - forecast.due_now:,}" if today > forecast.due_now else "none"
    return f"{now}, {later} later today; {week:,} within seven days in all."


def remembered(retention: Retention) -> str:
    """What was remembered, beside what FSRS expected, and whether chance can explain the difference."""
    whole = retention.whole
    if whole.expected is None:
        return "No learned item has come back yet, so there is nothing to say of how well it is remembered."
    share = whole.remembered
    reviews = count(share.of, "review")
    words = f"You remembered {percent(share.value)} ({between(share)}) in {reviews} of learned items; "
    return f"{words}FSRS expected {percent(whole.expected)}. {_verdict(whole)}"


def _verdict(whole: Recall) -> str:
    assert whole.expected is not None  # noqa: S101  who calls has looked
    if whole.remembered.of < ENOUGH:
        return "That is too few to judge by."
    if whole.expected < whole.remembered.low:
        return "You remember better than it expects."
    if whole.expected > whole.remembered.high:
        return "You remember less than it expects."
    return "The difference is within what chance explains."


def regular(habit: Habit) -> str:
    """How often and how long."""
    seconds, reviews = sum(one.seconds for one in habit.days), sum(one.reviews for one in habit.days)
    words = f"You learned on {habit.studied} of the last {count(len(habit.days), 'day')}"
    words += f", {count(reviews, 'answer')} in {duration(seconds)}."
    if habit.median is not None:
        words += f" Half of the answers took {habit.median:.1f} seconds or less."
    if habit.streak > 1:
        words += f" You have learned {habit.streak:,} days in a row."
    return words
