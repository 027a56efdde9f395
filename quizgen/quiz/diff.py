"""How what was typed differs from what is right: in columns for the eye, in words for the ear. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from difflib import SequenceMatcher

from quizgen.terminal.layout import cells

_ALIKE = 0.5
"""From which likeness on (Ratcliff and Obershelp's, 0 to 1) a comparison shows more than the two texts do."""
_GAP = "·"


@dataclass(frozen=True, slots=True)
class Aligned:
    """Two texts under each other, with `^` below where they differ and `·` where one has nothing."""

    given: str
    right: str
    marks: str


def nearest(given: str, forms: tuple[str, ...]) -> str | None:
    """The form of the answer that is most like what was typed; None where none is like it."""
    scored = [(SequenceMatcher(None, given.casefold(), form.casefold()).ratio(), form) for form in forms]
    likeness, form = max(scored, key=lambda pair: pair[0], default=(0.0, ""))
    return form if likeness >= _ALIKE and given.strip() != form else None


def align(given: str, right: str) -> Aligned:
    """The two texts with their equal parts in the same columns; capitals don't count."""
    tops, bottoms, marks = "", "", ""
    matcher = SequenceMatcher(None, given.casefold(), right.casefold(), autojunk=False)
    if len(given.casefold()) != len(given) or len(right.casefold()) != len(right):
        matcher = SequenceMatcher(None, given, right, autojunk=False)
    for tag, a, b, c, d in matcher.get_opcodes():
        one, two = given[a:b], right[c:d]
        width = max(cells(one), cells(two))
        tops += one + _GAP * (width - cells(one))
        bottoms += two + _GAP * (width - cells(two))
        marks += (" " if tag == "equal" else "^") * width
    return Aligned(tops, bottoms, marks.rstrip())


def rows(given: str, right: str, width: int) -> list[Aligned]:
    """The same in pieces of at most `width` columns, cut where both texts have a whole letter."""
    whole = align(given, right)
    pieces, start = list[Aligned](), 0
    tops, bottoms = _columns(whole.given), _columns(whole.right)
    marks = whole.marks.ljust(len(tops))
    while start < len(tops):
        end = min(start + width, len(tops))
        while end < len(tops) and end > start + 1 and ("" in (tops[end], bottoms[end])):
            end -= 1
        pieces.append(
            Aligned("".join(tops[start:end]), "".join(bottoms[start:end]), marks[start:end].rstrip())
        )
        start = end
    return pieces


def _columns(text: str) -> list[str]:
    """What stands in each column: a wide letter is followed by an empty one, a mark is with its letter."""
    columns: list[str] = []
    for char in text:
        size = cells(char)
        if size == 0 and columns:
            columns[-1] += char
        else:
            columns += [char, *[""] * (size - 1)]
    return columns


def in_words(given: str, right: str) -> str:
    """The words that differ, as a sentence: “Novmeber” stands for “November”; “2016” is missing."""
    mine, theirs = re.findall(r"\S+", given), re.findall(r"\S+", right)
    matcher = SequenceMatcher(
        None, [one.casefold() for one in mine], [one.casefold() for one in theirs], autojunk=False
    )
    said: list[str] = []
    for tag, a, b, c, d in matcher.get_opcodes():
        pairs = [(mine[a:b], theirs[c:d])]
        if b - a == d - c:
            pairs = [([one], [two]) for one, two in zip(mine[a:b], theirs[c:d], strict=True)]
        for one, two in pairs if tag != "equal" else ():
            wrote, meant = f"“{' '.join(one)}”", f"“{' '.join(two)}”"
            said.append(
                f"{wrote} stands for {meant}"
                if one and two
                else f"{meant} is missing"
                if two
                else f"{wrote} is too much"
            )
    text = "; ".join(said)
    return f"{text[:1].upper()}{text[1:]}." if text else ""
