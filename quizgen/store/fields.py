"""Entries from fields that anybody may have written: an export's line, a row of a damaged file."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any

from quizgen.base.problems import brief, did_you_mean
from quizgen.store.review import LONGEST_TEXT, Change, Entry, Flag, Rating, Review, check_time

_LONGEST_ID = 500  # characters; an item's id has at most 161
_MOST_FACTS = 100


class FieldError(ValueError):
    """A field that is not as it should be, and what to do."""

    def __init__(self, field: str, message: str, hint: str) -> None:
        super().__init__(f"{field}: {message}")
        self.field, self.message, self.hint = field, message, hint


def _text(value: object, longest: int = LONGEST_TEXT) -> str:
    if not isinstance(value, str):
        raise ValueError(f"expected text, found {brief(value)}")
    if len(value) > longest:
        raise ValueError(f"the text has {len(value):,} characters, and at most {longest:,} are kept")
    try:
        value.encode("utf-8")
    except UnicodeEncodeError:
        raise ValueError("the text has half a character in it (a lone surrogate)") from None
    return value


def _name(value: object) -> str:
    text = _text(value, _LONGEST_ID)
    if not text:
        raise ValueError("an id is not empty")
    return text


def _short(value: object) -> str:
    return _text(value, _LONGEST_ID)


def _names(value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or len(value) > _MOST_FACTS:
        raise ValueError(f"expected a list of at most {_MOST_FACTS} ids, found {brief(value)}")
    return tuple(_name(name) for name in value)


def _time(value: object) -> datetime:
    try:
        at = datetime.fromisoformat(_text(value))
    except ValueError:
        raise ValueError(f"expected a time like '2026-11-22T06:30:00Z', found {brief(value)}") from None
    if at.tzinfo is None:
        raise ValueError(f"the time {value!r} does not say how far it is from UTC")
    check_time(at)
    return at.astimezone(UTC)


def _rating(value: object) -> Rating:
    if isinstance(value, bool) or not isinstance(value, int) or not 1 <= value <= 4:
        raise ValueError(f"expected 1 (Again), 2 (Hard), 3 (Good) or 4 (Easy), found {brief(value)}")
    return Rating(value)


def _seconds(value: object) -> float | None:
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < math.inf:
        raise ValueError(f"expected a number of seconds or null, found {brief(value)}")
    return float(value)


_ITEM = {"id": _name, "at": _time, "item": _name, "facts": _names, "deck": _short}
_FIELDS: dict[str, dict[str, Callable[[object], Any]]] = {
    "review": {
        **_ITEM,
        "rating": _rating,
        "seconds": _seconds,
        "response": _text,
        "mark": _short,
        "session": _short,
    },
    "rerate": {"id": _name, "at": _time, "review": _name, "rating": _rating},
    "undo": {"id": _name, "at": _time, "review": _name},
    "flag": {**_ITEM, "remark": _text, "revision": _short},
}


def entry_from(fields: Mapping[str, object]) -> Entry:
    """The entry that fields spell out. Raises FieldError on the first that is wrong."""
    kind = fields.get("kind")
    if not isinstance(kind, str) or kind not in _FIELDS:
        raise FieldError("kind", f"expected one of {', '.join(_FIELDS)}, found {brief(kind)}", "correct it")
    wanted = _FIELDS[kind]
    for name in fields:
        if name != "kind" and name not in wanted:
            raise FieldError(name, "this field is unknown", did_you_mean(name, wanted, "field"))
    found = {}
    for name, read in wanted.items():
        if name not in fields:
            raise FieldError(name, f"a {kind} has this field, and it is missing", "add it")
        try:
            found[name] = read(fields[name])
        except ValueError as error:
            raise FieldError(name, str(error), "correct it, or leave the line out") from error
    match kind:
        case "review":
            return Review(**found)
        case "flag":
            return Flag(**found)
        case _:
            return Change(rating=found.pop("rating", None), **found)


def fields_of(entry: Entry) -> dict[str, object]:
    """The fields of an entry, as an export's line has them."""
    kind = {Review: "review", Flag: "flag"}.get(type(entry))
    if isinstance(entry, Change):
        kind = "undo" if entry.rating is None else "rerate"
    assert kind is not None  # noqa: S101  there are three kinds of entry
    fields: dict[str, object] = {"kind": kind}
    for name in _FIELDS[kind]:
        value = getattr(entry, name)
        match value:
            case datetime():
                value = value.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
            case Rating():
                value = int(value)
            case tuple():
                value = list(value)
        fields[name] = value
    return fields
