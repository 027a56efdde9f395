"""Finding a cited passage in its source's text, and the answer in the passage."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

from quizgen.base.text import fold, squeeze, unify

_BLANK_LINE = re.compile(r"\n\s*\n")
# A remark of whoever copied the text, or a cut: not the source's own words.
_REMARK = re.compile(r"\[[^\]]*\]")


def paragraphs(text: str) -> list[str]:
    """A source's text, split on blank lines; paragraph 1 is the first."""
    blocks = (block.strip() for block in _BLANK_LINE.split(text))
    return [block for block in blocks if block]


@dataclass(frozen=True, slots=True)
class Passage:
    """The words from a citation's first to its last, white space squeezed."""

    text: str

    @property
    def digest(self) -> str:
        """The SHA-256 of the words, in hexadecimal."""
        return hashlib.sha256(self.text.encode()).hexdigest()

    def states(self, form: str) -> bool:
        """Whether `form` stands in the passage as whole words; bracketed remarks do not count."""
        return stands_in(form, _REMARK.sub(" ", self.text))


_IN_NUMBER = re.compile(r"(?<=\d)[,.](?=\d)")


def stands_in(form: str, text: str) -> bool:
    """Whether the words of `form` stand in `text` one after another; 8 does not stand in 8,000."""
    form, text = _IN_NUMBER.sub("_", form), _IN_NUMBER.sub("_", text)
    wanted = fold(form)
    # fold() drops a leading article, which would cut one from the text that the form itself begins with.
    return bool(wanted) and f" {wanted} " in f" {fold('x ' + text)} "


def find(paragraph: str, start: str, end: str) -> tuple[Passage | None, str]:
    """The passage from `start` to `end` in a paragraph, or None and what is not there."""
    text = unify(paragraph)
    lowered, first, last = text.casefold(), unify(start).casefold(), unify(end).casefold()
    begin = lowered.find(first)
    if begin < 0:
        return None, f"its first words {start!r} do not stand there"
    stop = lowered.find(last, begin if first == last or last in first else begin + 1)
    if stop < 0:
        return None, f"its last words {end!r} do not stand after its first"
    stop = max(stop + len(last), begin + len(first))
    return Passage(squeeze(text[begin:stop])), ""


def occurs_before(blocks: list[str], number: int, start: str) -> int | None:
    """The number of an earlier paragraph in which `start` stands too: the link would open there. Or None."""
    first = unify(start).casefold()
    for index, block in enumerate(blocks[: number - 1], 1):
        if first in unify(block).casefold():
            return index
    return None
