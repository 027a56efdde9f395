"""The English of questions: what makes one negative, answerable with yes or no, or without a point."""

from __future__ import annotations

import re

WORDS = frozenset({"who", "whom", "whose", "what", "which", "when", "where", "why", "how"})
"""The words that ask."""

_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")
_NEGATIVE = frozenset({"not", "except", "least", "never", "neither", "nor", "incorrect", "false", "untrue"})
# One of these stands in every text that has a negative word, and in few others: a plain search tells soonest.
_HINTS = ("not", "n't", "n’t", "except", "least", "ne", "nor", "incorrect", "false", "untrue")
_NEGATIVE_PAIRS = re.compile(r"\b(?:isn|wasn|aren|weren|didn|doesn|don|hasn|haven)['’]t\b", re.IGNORECASE)
_AT_LEAST = re.compile(r"\bat least\b", re.IGNORECASE)
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_YES_NO = re.compile(
    r"(?:^|, )(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should) (?!of\b)",
    re.IGNORECASE,
)
_UNFOCUSED = re.compile(
    r"\bwhich of the following\b|\bwhich (?:statement|sentence)\b|\bis true\b", re.IGNORECASE
)


def negative(text: str) -> str | None:
    """The word that makes a question negative; what stands in quotation marks is another's word."""
    small = text.casefold()
    if not any(hint in small for hint in _HINTS):
        return None
    plain = _QUOTED.sub(" ", _AT_LEAST.sub(" ", text))
    found = [word for word in _WORD.findall(plain) if word.casefold() in _NEGATIVE]
    found += _NEGATIVE_PAIRS.findall(plain)
    return found[0].casefold() if found else None


def yes_no(text: str) -> bool:
    """Whether yes or no answers a question."""
    return bool(_YES_NO.search(text)) and not WORDS & {word.casefold() for word in _WORD.findall(text)}


def unfocused(text: str) -> bool:
    """Whether a question cannot be answered without its options."""
    return bool(_UNFOCUSED.search(text))


def ends_in_article(text: str) -> str | None:
    """The article with which a text ends, whatever mark follows it."""
    last = (_WORD.findall(text) or [""])[-1].casefold()
    return last if last in ("a", "an", "the") else None
