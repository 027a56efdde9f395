"""The one place that asks what day it is."""

from __future__ import annotations

import datetime
import os


def today() -> datetime.date:
    """Today in UTC, or the day of `SOURCE_DATE_EPOCH` (in seconds) where that is set.

    See https://reproducible-builds.org/specs/source-date-epoch/.
    """
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    if epoch is not None and epoch.isdigit():
        return datetime.datetime.fromtimestamp(int(epoch), datetime.UTC).date()
    return datetime.datetime.now(datetime.UTC).date()
