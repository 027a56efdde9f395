"""The one place that asks what day it is, and what time."""

from __future__ import annotations

import datetime
import math
import os
import time


def today() -> datetime.date:
    """Today in UTC, or the day of `SOURCE_DATE_EPOCH` (in seconds) where that is set.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()


def now() -> datetime.datetime:
    """The time in UTC, or the one that `QUIZGEN_NOW` tells in ISO 8601 (without an offset: UTC), for tests.

    Raises ValueError where `QUIZGEN_NOW` is no time.
    """
    told = os.environ.get("QUIZGEN_NOW")
    if told:
        moment = datetime.datetime.fromisoformat(told)
        return (moment if moment.tzinfo else moment.replace(tzinfo=datetime.UTC)).astimezone(datetime.UTC)
    return datetime.datetime.now(datetime.UTC)


def monotonic() -> float:
    """Seconds since some point in the past: for how long something took, whatever is done to the clock."""
    return time.monotonic()


def build_moment() -> int:
    """When a build is made, in seconds since 1970: `SOURCE_DATE_EPOCH` where that is set.

    Rounded up, so that it is later than whatever was done in Anki before, which rounds down.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdigit():
        return int(epoch)
    return math.ceil(time.time())
