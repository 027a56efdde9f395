"""Plots in block characters: exact lines, and what holds of any."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.stats import draw, words
from quizgen.stats.progress import Day, Due, Recall, Share
from quizgen.terminal.layout import cells

SUNDAY = date(2026, 11, 22)


def days(*reviews: int) -> list[Day]:
    """Days up to a Sunday."""
    first = SUNDAY - timedelta(days=len(reviews) - 1)
    return [Day(first + timedelta(days=n), count, count, 0.0) for n, count in enumerate(reviews)]


def test_columns_show_every_value_but_none() -> None:
    """The highest fills its lines, and however little there is, it shows."""
    assert draw.columns([0, 1, 800, 400], 2, 1) == ["  █", " ▁██"]


def test_the_calendar_has_a_row_for_each_weekday() -> None:
    """Shades follow the busiest day; a month is named over its first week; days to come are blank."""
    counts = [0] * 22 + [4] + [1, 0, 4, 3, 2, 1]
    lines, weeks = draw.calendar([Day(one.day - timedelta(days=1), *rest(one)) for one in days(*counts)], 40)
    assert weeks == 5
    assert lines == [
        "      Nov",
        "Mon   · · · ░",
        "      · · · ·",
        "Wed   · · · █",
        "      · · · ▓",
        "Fri   · · · ▒",
        "    · · · · ░",
        "Sun · · · █",
    ]


def rest(day: Day) -> tuple[int, int, float]:
    """What a day holds beside its date."""
    return day.reviews, day.right, day.seconds


@given(st.integers(1, 900), st.integers(0, 10**6), st.integers(20, 88))
def test_no_plot_is_wider_than_told(count: int, most: int, width: int) -> None:
    """However many days and answers, each line has at most so many columns."""
    counts = [most * n % (most + 1) for n in range(count)]
    lines, _ = draw.calendar(days(*counts), width)
    assert max(map(cells, lines)) <= width
    due = [Due(SUNDAY + timedelta(days=n), (counts * 30)[n]) for n in range(30)]
    if width >= 38:  # thirty days and their scale
        assert max(map(cells, draw.forecast(due, width))) <= width


@given(st.tuples(st.integers(0, 9999), st.integers(0, 9999), st.integers(0, 9999)), st.integers(4, 88))
def test_the_parts_of_a_bar_fill_it(counts: tuple[int, int, int], width: int) -> None:
    """A bar is just as wide as told, and each part that is there has a letter."""
    bar = draw.parts(counts, width)
    if sum(counts):
        assert len(bar) == width
        assert [letter in bar for letter in "█▒░"] == [count > 0 for count in counts]
    else:
        assert bar == ""


def test_an_interval_shows_what_was_expected_and_what_was_remembered() -> None:
    """From 0 % at the left to 100 % at the right."""
    assert draw.interval(Recall("x", 0.9, Share(7, 10, 0.4, 0.89)), 20) == "        ──────●───│ "


@pytest.mark.parametrize(
    ("value", "shown"), [(0.0, "0 %"), (0.001, "1 %"), (0.999, "99 %"), (1.0, "100 %"), (None, "–")]
)
def test_only_all_is_a_hundred_percent(value: float | None, shown: str) -> None:
    """A share that is nearly all, or nearly none, is not rounded to it."""
    assert words.percent(value).replace("\N{NO-BREAK SPACE}", " ") == shown


def test_of_very_many_the_interval_has_a_digit_more() -> None:
    """Two ends that read alike would look like none."""
    assert words.between(Share(88, 100, 0.8791, 0.8814)) == "87.9–88.1\N{NO-BREAK SPACE}%"
