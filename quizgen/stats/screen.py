"""Progress in the terminal: drawn where that helps, and otherwise as sentences and tables."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from quizgen import terminal
from quizgen.stats import draw, words
from quizgen.stats.progress import Day, Progress, Recall, Strength
from quizgen.stats.retention import week_of
from quizgen.terminal import Block

FEW = 5
"""How many of the hardest items a screen has room for; the page and the JSON have more."""
COUNTS = ("Items", "Known", "Learning", "Not asked", "Due")


def show(progress: Progress) -> None:
    """Write everything."""
    width = terminal.drawing_width()
    local = progress.at.astimezone()
    terminal.say(f"{progress.name}: {local.day} {local:%B %Y}", style="strong")
    terminal.say(words.summary(progress))
    _due(progress, width)
    if not progress.reviews:
        return
    _habit(progress, width)
    _retention(progress, width)
    _topics(progress, width)
    _hardest(progress)


def _head(text: str) -> None:
    terminal.say()
    terminal.say(text, style="strong")


def _draw(lines: Sequence[str]) -> None:
    for line in lines:
        terminal.show(Block(text=line, exact=True))


def _due(progress: Progress, width: int | None) -> None:
    _head("Due")
    terminal.say(words.due(progress))
    forecast = progress.forecast
    if not any(day.items for day in forecast.days):
        return
    if width is not None:
        _draw(draw.forecast(forecast.days, width))
        terminal.say(f"Items due on each of the next {len(forecast.days)} days.", style="faint")
    else:
        rows = [(day.day.isoformat(), str(day.items)) for day in forecast.days if day.items]
        terminal.table(("Day", "Items due"), rows)
    if forecast.later:
        terminal.say(f"{words.count(forecast.later, 'item')} later than that.")


def _habit(progress: Progress, width: int | None) -> None:
    _head("Days")
    habit = progress.habit
    terminal.say(words.regular(habit))
    if width is not None:
        lines, weeks = draw.calendar(habit.days, width)
        _draw(lines)
        busiest = max(day.reviews for day in habit.days)
        key = f"{draw.SHADES}  from none to {words.count(busiest, 'answer')} a day"
        shown = len({week_of(day.day) for day in habit.days})
        terminal.say(key if weeks == shown else f"{key}; the last {weeks} weeks", style="faint")
        return
    weeks_done: dict[str, list[Day]] = {}
    for day in habit.days:
        if day.reviews:
            weeks_done.setdefault(week_of(day.day).isoformat(), []).append(day)
    terminal.table(("Week from", "Days", "Answers", "Right", "Minutes"), map(_week, weeks_done.items()))


def _week(week: tuple[str, Sequence[Day]]) -> tuple[str, ...]:
    monday, days = week
    reviews, right = sum(day.reviews for day in days), sum(day.right for day in days)
    minutes = timedelta(seconds=sum(day.seconds for day in days)) / timedelta(minutes=1)
    return monday, str(len(days)), str(reviews), words.percent(right / reviews), f"{minutes:.0f}"


def _retention(progress: Progress, width: int | None) -> None:
    _head("Memory")
    terminal.say(words.remembered(progress.retention))
    found = [recall for recall in progress.retention.buckets if recall.remembered.of]
    if not found:
        return
    if width is None:
        headers = ("Chance by FSRS", "Expected", "Remembered", "Between", "Reviews")
        terminal.table(headers, map(_recall_row, found))
        weeks = progress.retention.weeks
        terminal.table(("Week from", *headers[1:]), map(_recall_row, weeks))
        return
    room = max(12, min(50, width - 19))
    for recall in found:
        drawn = draw.interval(recall, room)
        _draw([f"{recall.label:>9} {drawn} {recall.remembered.of:>{width and 7}}"])
    _draw([" " * 10 + f"0 %{'100 %':>{room - 3}} reviews"])
    key = "● remembered, ─ the 95 % interval, │ expected; a line for each range of FSRS's expectation."
    terminal.say(key, style="faint")


def _recall_row(recall: Recall) -> tuple[str, ...]:
    share = recall.remembered
    expected = words.percent(recall.expected)
    return recall.label, expected, words.percent(share.value), words.between(share), str(share.of)


def _topics(progress: Progress, width: int | None) -> None:
    _head("Topics")
    if width is None:
        rows = [(one.name, *map(str, counts(one)), words.percent(one.recall)) for one in progress.topics]
        terminal.table(("Topic", *COUNTS, "Chance to know now"), rows)
        return
    room = max(10, min(40, width - 22))
    for one in progress.topics:
        terminal.say(one.name)
        bar = draw.parts((one.known, one.learning, one.unseen), room)
        _draw([f"  {bar} {one.known:>4} of {one.items:<4} {words.percent(one.recall):>5}"])
    key = "█ known, ▒ being learned, ░ not asked yet; at the end, the chance to know now what was asked."
    terminal.say(key, style="faint")


def counts(strength: Strength) -> tuple[int, ...]:
    """A topic's figures, under the heads `COUNTS`."""
    return strength.items, strength.known, strength.learning, strength.unseen, strength.due


def _hardest(progress: Progress) -> None:
    if not progress.hardest:
        return
    _head("Hardest")
    for number, one in enumerate(progress.hardest[:FEW], 1):
        lead = f"{number}."
        indent = len(lead) + 1
        terminal.say(one.stem, lead=lead, hang=True)
        terminal.say("; ".join(one.answer), lead="Answer:", indent=indent)
        forgotten = words.count(one.lapses, "time")
        terminal.say(f"Forgotten {forgotten} in {words.count(one.reviews, 'review')}.", indent=indent)
        terminal.say(", ".join(one.facts), lead="Fact:", indent=indent)
        terminal.say(one.source, lead="Source:", indent=indent)
        terminal.link(f"Open the passage of {one.source}", one.link, indent=indent)
