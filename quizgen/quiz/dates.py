"""Reading dates and periods as people write them, to whatever precision they give."""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass
from enum import Enum, auto

from quizgen.base.dates import MONTHS
from quizgen.base.text import unify
from quizgen.quiz.slips import one_slip

MONTH_NAMES = tuple(name.casefold() for name in MONTHS)
_DAY_NAMES = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS = tuple(_DAY_NAMES.split())
_SHORT = {name[:3]: number for number, name in enumerate(MONTH_NAMES, 1)} | {"sept": 9}
_FILLERS = {"of", "the", "in", "on", "ad", "ce", "year", "early", "late", "mid", "since", "from"} | set(
    WEEKDAYS
)
_FILLERS |= {name[:3] for name in WEEKDAYS} | {"tues", "thur", "thurs"}
_ORDINAL_NAMES = """
    first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth
    fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third
    twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first
"""
_ORDINALS = {word: day for day, word in enumerate(_ORDINAL_NAMES.split(), 1)}

_YEAR_FIRST = re.compile(r"(\d{4})\s*[-/.]\s*(\d{1,2})(?:\s*[-/.]\s*(\d{1,2}))?\.?")
_EAST_ASIAN = re.compile(r"(\d{3,4})\s*[年년](?:\s*(\d{1,2})\s*[月월](?:\s*(\d{1,2})\s*[日일])?)?")
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_YEAR_LAST = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{1,2})\s*[-/.]\s*('?\d\d|\d{4})")
_MONTH_YEAR = re.compile(r"(\d{1,2})\s*[-/.]\s*(\d{4})")
_DAY = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?")
_YEAR = re.compile(r"(\d{3,4})")
_DECADE = re.compile(r"(\d{3}0)'?s")


@dataclass(frozen=True, slots=True)
class When:
    """A date as far as it was given; what was not given is None. A decade is its first year, and says so."""

    year: int | None = None
    month: int | None = None
    day: int | None = None
    decade: bool = False


@dataclass(frozen=True, slots=True)
class DateText:
    """What a text says as a date: one reading, or two where it is ambiguous, or what is wrong with it."""

    readings: tuple[When, ...]
    trouble: str = ""


class Fit(Enum):
    """How a given date lies to the one asked for."""

    SAME = auto()
    LESS = auto()
    DIFFERENT = auto()


def compare(key: When, given: When) -> tuple[Fit, tuple[str, ...]]:
    """How `given` fits `key` at the precision of `key`, and with LESS the parts that are missing."""
    missing: list[str] = []
    for part in ("year", "month", "day"):
        wanted, found = getattr(key, part), getattr(given, part)
        if wanted is None:
            continue
        if part == "year" and given.decade and not key.decade:
            if wanted // 10 * 10 != found:
                return Fit.DIFFERENT, ()
            missing.append("exact year")
        elif found is None:
            missing.append(part)
        elif wanted != found:
            return Fit.DIFFERENT, ()
    return (Fit.LESS, tuple(missing)) if missing else (Fit.SAME, ())


def _possible(when: When) -> bool:
    try:
        # 2000 was a leap year: a 29 February without its year is possible.
        datetime.date(when.year or 2000, when.month or 1, when.day or 1)
    except ValueError:
        return False
    return True


def _checked(*readings: When) -> DateText:
    possible = tuple(dict.fromkeys(when for when in readings if _possible(when)))
    return DateText(possible, "" if possible else "There is no such date in the calendar.")


def _number(text: str | None) -> int | None:
    return int(text) if text else None


def _in_figures(text: str) -> DateText | None:
    if found := _YEAR_FIRST.fullmatch(text) or _EAST_ASIAN.fullmatch(text) or _COMPACT.fullmatch(text):
        year, month, day = map(_number, found.groups())
        return _checked(When(year, month, day))
    if found := _MONTH_YEAR.fullmatch(text):
        return _checked(When(int(found[2]), int(found[1])))
    if found := _YEAR_LAST.fullmatch(text):
        if len(found[3]) < 4:
            return DateText((), "Give the year in full, with four figures.")
        one, two, last = int(found[1]), int(found[2]), int(found[3])
        return _checked(When(last, two, one), When(last, one, two))
    return None


def _month(word: str) -> int | None:
    word = word.rstrip(".")
    if word in _SHORT:
        return _SHORT[word]
    if word in MONTH_NAMES:
        return MONTH_NAMES.index(word) + 1
    near = [number for number, name in enumerate(MONTH_NAMES, 1) if len(name) > 4 and one_slip(word, name)]
    return near[0] if len(near) == 1 and len(word) > 4 else None


def _in_words(text: str) -> DateText | None:
    parts: dict[str, int] = {}
    decade = False
    for word in re.sub(r"[,;]", " ", text).split():
        if word.rstrip(".") in _FILLERS:
            continue
        if found := _DECADE.fullmatch(word):
            name, value, decade = "year", int(found[1]), True
        elif found := _DAY.fullmatch(word):
            name, value = "day", int(found[1])
        elif found := _YEAR.fullmatch(word):
            name, value = "year", int(found[1])
        elif word in _ORDINALS:
            name, value = "day", _ORDINALS[word]
        elif (month := _month(word)) is not None:
            name, value = "month", month
        elif re.fullmatch(r"'\d\d", word):
            return DateText((), "Give the year in full, with four figures.")
        else:
            return None
        if name in parts:
            return None
        parts[name] = value
    if not parts or ("day" in parts and "month" not in parts):
        return None
    return _checked(When(parts.get("year"), parts.get("month"), parts.get("day"), decade))


def read_date(text: str) -> DateText | None:
    """The date that `text` is, in any usual English form or in figures; None where it is no date.

    Day and month in figures with the year last have two readings (British and American) unless one is
    impossible or both are the same day.
    """
    plain = unify(text).casefold().strip(" .,;!?")
    return _in_figures(plain) or _in_words(plain)


_BETWEEN = re.compile(r"\s*-\s*|\s+(?:to|until|till|through|and)\s+")


def _borrowed(left: str, right: str) -> tuple[str, str]:
    """Both ends in full: "22-24 October 2024", "June to July 2024" and "1910-45" share a part."""
    if re.fullmatch(r"\d\d", right) and (found := re.search(r"\b(\d\d)\d\d$", left)):
        return left, found[1] + right
    end = read_date(right)
    if end is None or not end.readings or end.readings[0].month is None:
        return left, right
    year = end.readings[0].year or ""
    if re.fullmatch(_DAY, left):
        return f"{left} {MONTH_NAMES[end.readings[0].month - 1]} {year}", right
    begin = read_date(left)
    if begin is not None and begin.readings and begin.readings[0].year is None:
        if re.fullmatch(_DAY, right.split(maxsplit=1)[0]) and begin.readings[0].month and not year:
            return left, right
        return f"{left} {year}", right
    return left, right


def read_period(text: str) -> tuple[DateText, DateText] | None:
    """The two ends of the period that `text` is; None where it is none."""
    plain = re.sub(r"^(?:from|between)\s+", "", unify(text).casefold().strip(" .,;!?"))
    for found in _BETWEEN.finditer(plain):
        left, right = _borrowed(plain[: found.start()].strip(), plain[found.end() :].strip())
        begin, end = read_date(left), read_date(right)
        if begin is not None and end is not None:
            return begin, end
    # "October 22-24, 2024", the American order.
    if american := re.fullmatch(r"([a-z.]+)\s+(\d{1,2})\s*(?:-|to)\s*(\d{1,2}),?\s+(\d{4})", plain):
        begin, end = (read_date(f"{american[day]} {american[1]} {american[4]}") for day in (2, 3))
        if begin is not None and end is not None:
            return begin, end
    return None
