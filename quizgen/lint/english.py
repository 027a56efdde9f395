"""The little English that rules need: words, articles by sound, dates and numbers in text."""

from __future__ import annotations

import re

from quizgen.base.dates import MONTHS

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_MONTH = "|".join(MONTHS)
DATE = re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTH})(?: \d{{4}})?|(?:{_MONTH}) \d{{4}}|(?:1\d|20)\d\d)\b")
NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")

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


def words(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [word.casefold() for word in _WORD.findall(text)]


def telling(text: str) -> set[str]:
    """The words that say what a text is about."""
    return {word for word in words(text) if word not in SMALL and len(word) > 2}


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
