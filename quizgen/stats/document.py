"""Progress as JSON, in the shape that docs/stats.md describes."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from quizgen.stats.progress import FORMAT, Progress


def document(progress: Progress) -> dict[str, Any]:
    """Plain data: days as `2026-11-22`, times in UTC, shares and chances from 0 to 1 to four digits."""
    return {"format": FORMAT, **_plain(asdict(progress))}


def _plain(value: Any) -> Any:
    match value:
        case dict():
            return {key: _plain(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_plain(inner) for inner in value]
        case float():
            return round(value, 4)
        case datetime():
            return value.isoformat(timespec="seconds")
        case date():
            return value.isoformat()
        case _:
            return value
