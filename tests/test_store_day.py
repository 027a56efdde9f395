"""The learner's day: it begins at four in the morning, where the learner is."""

from __future__ import annotations

import os
import subprocess
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.store.day import day_bounds, day_of

SEOUL, LONDON, NEW_YORK = ZoneInfo("Asia/Seoul"), ZoneInfo("Europe/London"), ZoneInfo("America/New_York")
LORD_HOWE = ZoneInfo("Australia/Lord_Howe")  # its clocks change by half an hour
ZONES = st.sampled_from([UTC, SEOUL, LONDON, NEW_YORK, LORD_HOWE])
TIMES = st.datetimes(datetime(1971, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))


def test_after_midnight_it_is_still_the_day_before() -> None:
    """Until four."""
    assert day_of(datetime(2026, 11, 22, 3, 59, 59, tzinfo=LONDON), LONDON) == date(2026, 11, 21)
    assert day_of(datetime(2026, 11, 22, 4, tzinfo=LONDON), LONDON) == date(2026, 11, 22)


def test_a_moment_has_the_day_of_the_place() -> None:
    """When it is evening in London it is already tomorrow's morning in Seoul."""
    moment = datetime(2026, 11, 22, 20, tzinfo=UTC)
    assert day_of(moment, LONDON) == date(2026, 11, 22)
    assert day_of(moment, SEOUL) == date(2026, 11, 23)


@pytest.mark.parametrize(
    ("noon", "hours"), [("2026-03-28", 23), ("2026-10-24", 25), ("2026-07-01", 24), ("2026-03-29", 24)]
)
def test_a_day_on_which_clocks_change_is_an_hour_shorter_or_longer(noon: str, hours: int) -> None:
    """The change comes at one in the morning, and belongs to the day before."""
    begin, end = day_bounds(datetime.fromisoformat(f"{noon}T12:00").replace(tzinfo=LONDON), LONDON)
    assert end - begin == timedelta(hours=hours)


@given(TIMES, ZONES)
def test_a_moment_lies_within_its_day(moment: datetime, zone: ZoneInfo) -> None:
    """And one day ends where the next one begins."""
    begin, end = day_bounds(moment, zone)
    assert begin <= moment < end
    assert day_of(begin, zone) == day_of(end - timedelta(microseconds=1), zone) == day_of(moment, zone)
    assert day_bounds(end, zone)[0] == end
    assert day_of(end, zone) == day_of(moment, zone) + timedelta(days=1)


@pytest.mark.skipif(not hasattr(__import__("time"), "tzset"), reason="Windows has no TZ")
@pytest.mark.parametrize("zone", ["Asia/Seoul", "America/New_York", "Europe/London"])
def test_the_systems_zone_is_the_learners(zone: str) -> None:
    """Without a zone it is the system's, with its rules for summer too."""
    code = """
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo
import os
from quizgen.store.day import day_bounds
zone = ZoneInfo(os.environ["TZ"])
for days in range(370):
    moment = datetime(2026, 1, 1, 5, tzinfo=UTC) + timedelta(days=days, hours=days % 24)
    assert day_bounds(moment) == day_bounds(moment, zone), moment
"""
    root = Path(__file__).parent.parent
    subprocess.run(
        [sys.executable, "-c", code], check=True, cwd=root, env={**os.environ, "TZ": zone}, timeout=60
    )
