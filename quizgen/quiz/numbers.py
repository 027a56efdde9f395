"""Reading numbers with their units as people write them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from quizgen.base.numbers import in_words
from quizgen.base.text import unify

WORDS = {in_words(number): number for number in (*range(20), *range(20, 100, 10))} | {"once": 1, "twice": 2}
_BIG = {"thousand": 10**3, "million": 10**6, "billion": 10**9, "trillion": 10**12}
SCALES = _BIG | {"hundred": 100, "dozen": 12}
_SHORT_SCALES = {"k": 10**3, "m": 10**6, "mn": 10**6, "bn": 10**9, "b": 10**9, "tn": 10**12}

_HEDGE = re.compile(
    r"^(?:about|around|approximately|approx\.?|roughly|some|nearly|almost|over|more than|at least|up to|"
    r"circa|ca?\.|~|a total of|exactly|just|the\b)\s*(?=\S)"
)
_COIN = re.compile(r"^(us\s?\$|\$|usd\b|€|eur\b|£|gbp\b|¥|jpy\b|₩|krw\b)\s*")
_FIGURES = re.compile(r"(\d{1,3}(?:[ ,']\d{3})+(?!\d)|\d+)(\.\d+)?(?:st|nd|rd|th)?(?![\d])")
_UNIT = re.compile(r"[^\W\d_]+(?:[\s.'-]+[^\W\d_]+)*\.?|[%$€£¥₩°]")

_SAME_UNIT = {
    "$": "dollar", "us$": "dollar", "usd": "dollar", "us dollar": "dollar", "american dollar": "dollar",
    "u s dollar": "dollar", "€": "euro", "eur": "euro", "£": "pound", "gbp": "pound", "¥": "yen",
    "jpy": "yen", "japanese yen": "yen", "₩": "won", "krw": "won", "south korean won": "won",
    "korean won": "won", "percent": "%", "per cent": "%", "pct": "%", "km": "kilometre",
    "kilometer": "kilometre", "meter": "metre", "m": "metre", "mile": "mile", "nm": "nautical mile",
    "people": "person", "yr": "year", "hr": "hour", "min": "minute",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Quantity:
    """An exact number and its unit, as one name per unit; no unit is the empty text."""

    value: Fraction
    unit: str


def unit_name(text: str) -> str:
    """One name for a unit however it is written: singular, British, spelt out where that is known."""
    words = [
        word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
        for word in re.sub(r"[.'-]", " ", text).split()
        if word not in ("of", "the", "in")
    ]
    name = " ".join(words)
    return _SAME_UNIT.get(name, name)


def _joins(word: str, following: str, *, begun: bool) -> bool:
    """Whether the word only leads to the next: "a" million, two "and" a half."""
    if word == "and":
        return begun and (following in WORDS or following in ("a", "half"))
    return word in ("a", "an") and (following in SCALES or following == "half")


def _spelt(words: list[str]) -> tuple[Fraction, int] | None:
    """The number that the first words spell, and how many words it takes.

    A thousand, a million … end a group; a hundred, a dozen and a half work within one.
    """
    total, group, used = Fraction(0), Fraction(0), 0
    words = [word.removesuffix("s") if word.removesuffix("s") in SCALES else word for word in words]
    for place, word in enumerate(words):
        following = words[place + 1] if place + 1 < len(words) else ""
        if word in WORDS:
            group += WORDS[word]
        elif word == "half":
            group += Fraction(1, 2)
        elif word in _BIG:
            total, group = total + (group or 1) * _BIG[word], Fraction(0)
        elif word in SCALES:
            group = (group or Fraction(1)) * SCALES[word]
        elif _joins(word, following, begun=used > 0):
            continue
        else:
            break
        used = place + 1
    return (total + group, used) if used else None


def _in_words(text: str) -> list[tuple[Fraction, str]]:
    words = text.replace("-", " ").split()
    found = _spelt(words)
    return [(found[0], " ".join(words[found[1] :]))] if found else []


def _in_figures(text: str) -> list[tuple[Fraction, str]]:
    found = _FIGURES.match(text)
    if not found:
        return []
    value = Fraction(re.sub(r"[ ,']", "", found[1]) + (found[2] or ""))
    rest = text[found.end() :].strip(" -")
    first, _, after = rest.partition(" ")
    first = first.removesuffix("s") if first.removesuffix("s") in SCALES else first
    if first in SCALES:
        return [(value * SCALES[first], after.strip())]
    if first in _SHORT_SCALES:
        # "5m" is five million or five metres: both readings stand, and the key decides.
        return [(value * _SHORT_SCALES[first], after.strip()), (value, rest)]
    return [(value, rest)]


def read_quantity(text: str) -> tuple[Quantity, ...]:
    """The readings of `text` as a number with or without a unit; none where it is no number.

    "300 million dollars", "$300m", "US$ 300,000,000" and "three hundred million dollars" are one. Words such
    as "about" and "more than" are passed over.
    """
    plain = unify(text).casefold().strip(" .,;!?")
    while shorter := _HEDGE.sub("", plain):
        if shorter == plain:
            break
        plain = shorter
    sign = 1
    if found := re.match(r"(?:-|minus )\s*(?=\d|\w)", plain):
        sign, plain = -1, plain[found.end() :]
    coin = _COIN.match(plain)
    if coin:
        plain = plain[coin.end() :]
    readings: list[Quantity] = []
    for value, rest in _in_figures(plain) or _in_words(plain):
        if rest and not _UNIT.fullmatch(rest):
            continue
        unit = unit_name(rest)
        if coin:
            prefix = unit_name(coin[1].replace(" ", ""))
            if unit not in ("", prefix):
                continue
            unit = prefix
        readings.append(Quantity(value * sign, unit))
    return tuple(readings)
