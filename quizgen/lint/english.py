"""The little English that rules need: words, articles by sound, dates and numbers in text."""

from __future__ import annotations

import re
from functools import lru_cache

from quizgen.base.dates import MONTHS

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MONTH = "|".join(MONTHS)
DATE = re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{4}}|(?:1\d|20)\d\d)\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

_YEAR = re.compile(r"(?:1\d|20)\d\d")
_PERIOD = re.compile(rf"({DATE.pattern}) (?:to|–|-) ({DATE.pattern})")
# A number, with its unit or as an ordinal; "38th parallel" is words.
_COUNTED = re.compile(rf"{NUMBER.pattern}(?: |%|$|(?:st|nd|rd|th)$)")

# Words that tell nothing about what a text is about.
SMALL = frozenset(
    {
        "a",
        "an",
        "the",
        "of",
        "and",
        "or",
        "in",
        "on",
        "at",
        "to",
        "for",
        "with",
        "by",
        "from",
        "as",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "this",
        "that",
        "these",
        "those",
        "which",
        "what",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "how",
        "many",
        "much",
        "did",
        "do",
        "does",
        "had",
        "has",
        "have",
        "not",
        "no",
        "one",
        "two",
    }
)

_ARTICLE = re.compile(r"\b([Aa]n?) ([^\W_][\w’'-]*)")
_SILENT_H = ("hour", "honest", "honour", "honor", "heir")
_YOU = ("uni", "use", "usu", "uti", "ubi", "eu", "ew", "one", "once")
_LETTERS_LIKE_VOWELS = frozenset("AEFHILMNORSX")


# Many rules look at one item's few texts, one rule after the other.
_kept = lru_cache(maxsize=1024)


@_kept
def words(text: str) -> tuple[str, ...]:
    """The words of a text, in small letters."""
    return tuple(_WORD.findall(text.casefold()))


@_kept
def telling(text: str) -> frozenset[str]:
    """The words that say what a text is about."""
    return frozenset([word for word in words(text) if len(word) > 2 and word not in SMALL])


@_kept
def form(text: str) -> str:
    """What an answer looks like: `year`, `month`, `day`, `period`, `number` or `words`."""
    if _YEAR.fullmatch(text):
        return "year"
    if _PERIOD.fullmatch(text):
        return "period"
    if DATE.fullmatch(text):
        return "day" if text[0].isdigit() else "month"
    return "number" if _COUNTED.match(text) else "words"


@_kept
def moment(text: str) -> tuple[int, ...] | None:
    """Year, month and day of a date's first day, and of its last for a period; None for anything else."""
    kind = form(text)
    if kind == "period":
        found = _PERIOD.fullmatch(text)
        ends = [moment(end) for end in found.groups()] if found else []
        return None if None in ends else tuple(part for end in ends if end for part in end)
    parts = text.split()
    if kind not in ("year", "month", "day") or not _YEAR.fullmatch(parts[-1]):
        return None
    month = MONTHS.index(parts[-2]) + 1 if len(parts) > 1 else 1
    return (int(parts[-1]), month, int(parts[0]) if len(parts) > 2 else 1)


@_kept
def wrong_article(text: str) -> str | None:
    """The first `a` or `an` that does not fit the sound behind it, with that word; or None."""
    for article, word in _ARTICLE.findall(text):
        if (article.casefold() == "an") is not _begins_like_a_vowel(word):
            return f"{article} {word}"
    return None


def _begins_like_a_vowel(word: str) -> bool:
    """Whether a word is spoken with a vowel first.

    Capitals are spelt where they are few or begin like no word (an MOU, an MLSA), and else read (a NATO).
    """
    if word.isupper() and len(word) > 1 and (len(word) <= 3 or not set(word[:2]) & set("AEIOU")):
        return word[0] in _LETTERS_LIKE_VOWELS
    if word[0].isdigit():
        return word[0] == "8" or word.split("-", maxsplit=1)[0] in ("11", "18")
    lowered = word.casefold()
    if lowered.startswith(_SILENT_H):
        return True
    return lowered[0] in "aeiou" and not lowered.startswith(_YOU)
