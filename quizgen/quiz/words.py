"""Comparing answers that are words: the same, the same with a slip, a part, or something else."""

from __future__ import annotations

import re
from enum import IntEnum

from quizgen.base.text import fold, unify
from quizgen.quiz import numbers
from quizgen.quiz.slips import one_slip

# Words that carry no answer by themselves, so that leaving them out or putting them in changes nothing.
_SMALL = {"the", "a", "an", "and"}
_LEADING = {"in", "on", "at", "by", "from", "to"}
_TITLE_WORDS = """
    mr mrs ms dr sir president prime minister premier emperor empress king queen gen admiral secretary
    ambassador chancellor foreign defence defense vice deputy
"""
_TITLES = set(_TITLE_WORDS.split())
# One letter apart and yet another answer: "eighty" is no slip for "eight", nor "billion" for "million".
_NEVER_A_SLIP = numbers.WORDS.keys() | numbers.SCALES.keys()
_DOTTED = re.compile(r"\b(?:[^\W\d_]\.){2,}")  # U.S.A.


class Likeness(IntEnum):
    """How a response lies to one form of the answer, from nothing to everything."""

    OTHER = 0
    PART = 1
    SLIP = 2
    SAME = 3


def joined(text: str) -> str:
    """The text's folded words without what stands between them: what two spellings of one name share."""
    return "".join(_words(text))


def _words(text: str) -> list[str]:
    closed = _DOTTED.sub(lambda found: found.group().replace(".", ""), text.replace("&", " and "))
    folded = fold(closed).split()
    kept = [word for word in folded if word not in _SMALL] or folded
    start = next((place for place, word in enumerate(kept) if word not in _TITLES), 0)
    kept = kept[start:]
    return kept[1:] if len(kept) > 1 and kept[0] in _LEADING else kept


def _is_slip(given: str, wanted: str) -> bool:
    """Whether one word is the other with one slip: Latin letters only, four or more of them."""
    if min(len(given), len(wanted)) < 4 or not (given + wanted).isascii() or not (given + wanted).isalpha():
        return False
    if given in _NEVER_A_SLIP and wanted in _NEVER_A_SLIP:
        return False
    return one_slip(given, wanted)


def _same_but_for_slips(given: list[str], wanted: list[str]) -> bool:
    if len(given) == len(wanted):
        return all(one == two or _is_slip(one, two) for one, two in zip(given, wanted, strict=True))
    # "Park Chunhee" for "Park Chung-hee": words run together, with one slip in the whole.
    return _is_slip("".join(given), "".join(wanted))


def _parts(text: str) -> list[str]:
    """The folded members of a list such as "Japan, China and South Korea", sorted; or the whole."""
    members = re.split(r"\s*[,;&/]\s*|\s+and\s+", unify(text).casefold())
    return sorted(joined(member) for member in members if member)


def forms_of(text: str) -> tuple[str, ...]:
    """`text`, and where it ends in brackets also what stands before them and in them."""
    found = re.fullmatch(r"(.+?)\s*\(([^()]+)\)", text.strip())
    return (text, found[1], found[2]) if found else (text,)


def liken(given: str, wanted: str, *, stem: str = "") -> Likeness:
    """How the response `given` lies to `wanted`, one form of the answer to `stem`.

    A part is a third or more of the answer's words, with at least one that the stem doesn't already say.
    """
    mine, theirs = _words(given), _words(wanted)
    if "".join(mine) == "".join(theirs) or _parts(given) == _parts(wanted):
        return Likeness.SAME
    if _same_but_for_slips(mine, theirs):
        return Likeness.SLIP
    telling = {word for word in mine if word not in _LEADING and word != "of"} - set(_words(stem))
    if telling and len(theirs) / 3 <= len(mine) < len(theirs) and set(mine) <= set(theirs):
        return Likeness.PART
    return Likeness.OTHER
