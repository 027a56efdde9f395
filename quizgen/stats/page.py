"""Progress as one page of HTML: no script, no network, light and dark, each plot with its table."""

from __future__ import annotations

from collections.abc import Sequence

from quizgen.export.html import inline, link
from quizgen.stats import svg, words
from quizgen.stats.colours import CSS
from quizgen.stats.markup import details, figure, section, table, table_of
from quizgen.stats.progress import Day, Hard, Progress, Recall, Strength
from quizgen.stats.retention import week_of

# Whatever a pack or a store holds, the page can load nothing and run nothing.
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


def page(progress: Progress) -> str:
    """The whole page."""
    local = progress.at.astimezone()
    title = f"{progress.name}: {local.day} {local:%B %Y}"
    sections = [_due(progress)]
    if progress.reviews:
        sections += [_days(progress), _memory(progress), _topics(progress), _hardest(progress)]
    return "\n".join(
        (
            "<!DOCTYPE html>",
            '<html lang="en">',
            "<head>",
            '<meta charset="utf-8">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="color-scheme" content="light dark">',
            '<meta name="referrer" content="no-referrer">',
            f"<title>{inline(title)}</title>".replace("<bdi>", "").replace("</bdi>", ""),
            f"<style>{CSS}</style>",
            "</head>",
            "<body>",
            "<main>",
            f"<h1>{inline(title)}</h1>",
            f"<p>{inline(words.summary(progress))}</p>",
            *sections,
            "</main>",
            "</body>",
            "</html>",
            "",
        )
    )


def _due(progress: Progress) -> str:
    forecast = progress.forecast
    sentence = words.due(progress)
    if not any(day.items for day in forecast.days):
        return section("Due", sentence)
    if forecast.later:
        sentence += f" {words.count(forecast.later, 'item')} after that."
    bars = [
        svg.Bar(day.items, f"{day.day.isoformat()}: {day.items}", _tick(n, words.day(day.day)))
        for n, day in enumerate(forecast.days)
    ]
    caption = f"Items due on each of the next {len(bars)} days"
    rows = [(day.day.isoformat(), str(day.items)) for day in forecast.days]
    drawn = table(caption, ("Day", "Items"), rows)
    return section("Due", sentence, figure(svg.bars(bars, caption), caption, drawn))


def _tick(n: int, label: str) -> str:
    """A label for each seventh place."""
    return label if n % 7 == 0 else ""


def _days(progress: Progress) -> str:
    habit = progress.habit
    weeks: dict[str, list[Day]] = {}
    for day in habit.days:
        weeks.setdefault(week_of(day.day).isoformat(), []).append(day)
    rows = [_week(week, days) for week, days in weeks.items()]
    headers = ("Week from", "Days", "Answers", "Right", "Minutes")
    busiest = max(day.reviews for day in habit.days)
    caption = f"Answers on each day, from none to {busiest:,}"
    calendar = figure(svg.calendar(habit.days, caption), caption, table(caption, headers, rows))
    bars = [
        svg.Bar(sum(day.seconds for day in days) / 60, f"Week from {week}", _tick(n, words.day(days[0].day)))
        for n, (week, days) in enumerate(weeks.items())
    ]
    caption = "Minutes in each week"
    minutes = table(caption, ("Week from", "Minutes"), [(row[0], row[-1]) for row in rows])
    plots = f'<div class="plots">\n{calendar}\n{figure(svg.bars(bars, caption), caption, minutes)}\n</div>'
    return section("Days", words.regular(habit), plots)


def _week(monday: str, days: Sequence[Day]) -> tuple[str, ...]:
    reviews, right = sum(day.reviews for day in days), sum(day.right for day in days)
    share = words.percent(right / reviews) if reviews else "–"
    studied = sum(day.reviews > 0 for day in days)
    return monday, str(studied), str(reviews), share, f"{sum(day.seconds for day in days) / 60:.0f}"


def _memory(progress: Progress) -> str:
    retention = progress.retention
    sentence = words.remembered(retention)
    found = [recall for recall in retention.buckets if recall.remembered.of]
    if not found:
        return section("Memory", sentence)
    headers = ("Expected", "Remembered", "95 % interval", "Reviews")
    caption = "Remembered over expected, with 95 % intervals; on the line both are equal"
    by_chance = table(caption, ("FSRS's range", *headers), map(_recall, found))
    plot = figure(svg.memory(found, caption), caption, by_chance)
    weeks = table("The same by week", ("Week from", *headers), map(_recall, retention.weeks))
    return section("Memory", sentence, plot, details("By week", weeks))


def _recall(recall: Recall) -> tuple[str, ...]:
    share = recall.remembered
    expected = words.percent(recall.expected)
    return recall.label, expected, words.percent(share.value), words.between(share), f"{share.of:,}"


def _topics(progress: Progress) -> str:
    headers = ("Topic", "", "Items", "Known", "Learning", "Not asked", "Due", "Chance to know now")
    rows = [(one.name, _strength(one)) for one in progress.topics]
    caption = "Items of each topic: known, being learned, not asked yet"
    sentence = "The chance is the mean one that FSRS gives, over what was asked of the topic."
    return section("Topics", sentence, table_of(caption, headers, rows))


def _strength(one: Strength) -> tuple[str, ...]:
    bar = svg.strength((one.known, one.learning, one.unseen))
    counts = (one.items, one.known, one.learning, one.unseen, one.due)
    return bar, *map(str, counts), inline(words.percent(one.recall))


def _hardest(progress: Progress) -> str:
    if not progress.hardest:
        return section("Hardest", "No learned item has been forgotten yet.")
    sentence = "What was forgotten most often after it had been learned."
    return section("Hardest", sentence, f"<ol>{''.join(map(_hard, progress.hardest))}</ol>")


def _hard(one: Hard) -> str:
    told = f"Forgotten {words.count(one.lapses, 'time')} in {words.count(one.reviews, 'review')}."
    facts = ", ".join(one.facts)
    return (
        f"<li><p>{inline(one.stem)}</p>\n<p><b>{inline('; '.join(one.answer))}</b></p>\n"
        f"<p>{inline(told)} Fact {inline(facts)}. {link(one.link, one.source)}</p></li>"
    )
