"""Numbers as people write them."""

from __future__ import annotations

import re

_UNITS = (
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
)
_TENS = ("_", "_", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_SCALES = ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (10**3, "thousand"))


def grouped(number: int | float) -> str:
    """`16,500`, `52.4`; a comma parts the thousands."""
    return f"{number:,}"


def spoken(number: int | float) -> str:
    """A number as prose has it: `300 million`, `1.2 billion`, `16,500`, `8`."""
    for scale, name in _SCALES[:3]:
        if abs(number) >= scale and number * 100 % scale == 0:
            return f"{number / scale:g} {name}"
    return grouped(number)


def in_words(number: int) -> str:
    """`three hundred million`, `twenty-one`; for whole numbers from 0 below 10**15, British usage.

    Raises ValueError outside that range.
    """
    if not 0 <= number < 10**15:
        raise ValueError(f"{number} has no words here: expected 0 to 10**15")
    if number < 20:
        return _UNITS[number]
    if number < 100:
        tens, rest = divmod(number, 10)
        return _TENS[tens] + (f"-{_UNITS[rest]}" if rest else "")
    if number < 1000:
        hundreds, rest = divmod(number, 100)
        return f"{_UNITS[hundreds]} hundred" + (f" and {in_words(rest)}" if rest else "")
    for scale, name in _SCALES:
        if number >= scale:
            count, rest = divmod(number, scale)
            joint = " and " if rest < 100 else " "
            return f"{in_words(count)} {name}" + (f"{joint}{in_words(rest)}" if rest else "")
    raise AssertionError(number)


def forms(number: int | float) -> tuple[str, ...]:
    """The usual ways to write a number, the most readable first."""
    written = [spoken(number), grouped(number), str(number)]
    if isinstance(number, int) and 0 <= number < 10**15:
        written.append(in_words(number))
    return tuple(dict.fromkeys(written))


_SIZES = {name: size for size, name in _SCALES}
_LEADING = re.compile(r"(\d[\d,]*(?:\.\d+)?)(?: (thousand|million|billion|trillion)\b)?")


def leading(text: str) -> float | None:
    """The number that a text begins with, None where there is none; `5 million yen` begins with 5,000,000."""
    found = _LEADING.match(text)
    if found is None:
        return None
    number, scale = found.groups()
    return float(number.replace(",", "")) * _SIZES.get(scale, 1)
