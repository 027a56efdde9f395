"""Dates to the precision that is known."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.base.dates import PartialDate, ordinal

DATES = st.builds(
    lambda day, parts: PartialDate(*(day.year, day.month, day.day)[:parts]),
    st.dates(datetime.date(1, 1, 1), datetime.date(9999, 12, 31)),
    st.integers(1, 3),
)


@given(DATES)
def test_a_date_that_is_written_is_read(date: PartialDate) -> None:
    """Every date comes back from its ISO form, and a year from its number."""
    assert PartialDate.parse(str(date)) == date
    if date.month is None and date.year > 999:
        assert PartialDate.parse(date.year) == date


@given(DATES, DATES)
def test_dates_overlap_where_a_day_fits_both(one: PartialDate, other: PartialDate) -> None:
    """Two dates overlap, either way round, exactly where one of them holds the other's first day."""
    holds = any(a.first <= b.first <= a.last for a, b in ((one, other), (other, one)))
    assert one.overlaps(other) is other.overlaps(one) is holds


@given(DATES)
def test_the_last_day_is_a_day_of_the_date(date: PartialDate) -> None:
    """First and last are days of the calendar, and the day after the last is no longer the date's."""
    first, last = datetime.date(*date.first), datetime.date(*date.last)
    assert first <= last
    if last < datetime.date.max:
        after = last + datetime.timedelta(1)
        assert not PartialDate(after.year, after.month, after.day).overlaps(date)
        assert date.day or (after.day == 1 and (date.month or after.month == 1))


@given(DATES)
def test_every_form_is_another_and_has_the_year(date: PartialDate) -> None:
    """No form stands twice, the first is the one that is shown, and each tells the year."""
    forms = date.forms()
    assert forms[0] == date.text
    assert len(set(forms)) == len(forms)
    assert all(str(date.year) in form for form in forms)


@given(st.lists(DATES))
def test_sorting_puts_the_earliest_first(dates: list[PartialDate]) -> None:
    """A sorted list never goes back, and a shorter span stands before a longer one that begins with it."""
    ordered = sorted(dates)
    spans = [(date.first, date.last) for date in ordered]
    assert spans == sorted(spans)
    day, month, year = PartialDate(2016, 1, 1), PartialDate(2016, 1), PartialDate(2016)
    assert sorted([year, month, day]) == [day, month, year]


@pytest.mark.parametrize(
    ("raw", "message"),
    [
        ("2016-13", "'2016-13' is not a date: there is no month 13"),
        ("2016-00-01", "'2016-00-01' is not a date: there is no month 0"),
        ("2015-02-29", "'2015-02-29' is not a date: February 2015 has 28 days"),
        ("2016-11-00", "'2016-11-00' is not a date: November 2016 has 30 days"),
        ("0000", "'0000' is not a date: there is no year 0"),
        ("23 November 2016", "'23 November 2016' is not a date: expected 2016, 2016-11 or 2016-11-23"),
        ("２０１６", "'２０１６' is not a date: expected 2016, 2016-11 or 2016-11-23"),
        (65, "65 is not a date: expected 2016, 2016-11 or 2016-11-23"),
        (20161123, "20161123 is not a date: expected 2016, 2016-11 or 2016-11-23"),
        ("", "'' is not a date: expected 2016, 2016-11 or 2016-11-23"),
        ("x" * 99, f"'{'x' * 60}'… is not a date: expected 2016, 2016-11 or 2016-11-23"),
    ],
)
def test_what_is_no_date_is_said_in_words(raw: str | int, message: str) -> None:
    """An impossible or unreadable date is refused with what is wrong about it."""
    with pytest.raises(ValueError, match="is not a date") as error:
        PartialDate.parse(raw)
    assert str(error.value) == message


def test_a_date_reads_as_british_prose() -> None:
    """Year, month and day read as prose has them, with their preposition."""
    day, month, year = PartialDate(2016, 11, 23), PartialDate(2016, 11), PartialDate(2016)
    assert [date.text for date in (day, month, year)] == ["23 November 2016", "November 2016", "2016"]
    assert [date.on for date in (day, month, year)] == ["on 23 November 2016", "in November 2016", "in 2016"]
    assert [date.precision for date in (day, month, year)] == ["day", "month", "year"]


def test_the_usual_forms_are_there() -> None:
    """American and British orders, ordinals, short months and ISO are forms; May has no short one."""
    forms = PartialDate(2012, 9, 22).forms()
    assert {"22 September 2012", "September 22, 2012", "22nd of September 2012", "Sept. 22, 2012"} <= set(
        forms
    )
    assert "2012-09-22" in forms
    assert PartialDate(1910, 5).forms() == ("May 1910", "May, 1910", "May of 1910", "1910-05")


@pytest.mark.parametrize(
    ("number", "written"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (12, "12th"), (13, "13th"), (22, "22nd")],
)
def test_ordinals(number: int, written: str) -> None:
    """The teens take `th`, and everything else its last figure's ending."""
    assert ordinal(number) == written
