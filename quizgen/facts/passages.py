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
_SIGN = re.compile(r"([$€£¥%])")
_POSSESSIVE = re.compile(r"(?<=\w)['’‘ʼ]s\b")


def _parted(text: str) -> str:
    """Words parted as a reader parts them: `8,000` is one; `$300`, `52%` and `Japan's` are two."""
    return _POSSESSIVE.sub(" s", _SIGN.sub(r" \1 ", _IN_NUMBER.sub("_", text)))


def stands_in(form: str, text: str) -> bool:
    """Whether the words of `form` stand in `text` one after another; 8 does not stand in 8,000."""
    form, text = _parted(form), _parted(text)
    wanted = fold(form)
    # fold() drops a leading article, which would cut one from the text that the form itself begins with.
    return bool(wanted) and f" {wanted} " in f" {fold('x ' + text)} "


def find(paragraph: str, start: str, end: str) -> tuple[Passage | None, str]:
    """The passage from `start` to `end` in a paragraph, or None and what is not there."""
    text = unify(paragraph)
    # Not by folding the text: that changes its length ("ß" to "ss"), and with it every place in it.
    first, last = _words(start), _words(end)
    begin = first.search(text)
    if begin is None:
        return None, f"its first words {start!r} do not stand there"
    within = first.pattern == last.pattern or last.search(begin.group()) is not None
    stop = last.search(text, begin.start() if within else begin.start() + 1)
    if stop is None:
        where = "do not stand there" if last.search(text) is None else "stand before its first"
        return None, f"its last words {end!r} {where}"
    return Passage(squeeze(text[begin.start() : max(stop.end(), begin.end())])), ""


def occurs_before(blocks: list[str], number: int, start: str) -> int | None:
    """The number of an earlier paragraph in which `start` stands too: the link would open there. Or None."""
    first = _words(start)
    for index, block in enumerate(blocks[: number - 1], 1):
        if first.search(unify(block)):
            return index
    return None


def _words(text: str) -> re.Pattern[str]:
    """What finds words of a unified text, large or small, and never a part of one: a link does the same."""
    plain = unify(text)
    before, after = (r"\b" if plain[edge].isalnum() else "" for edge in (0, -1))
    return re.compile(before + re.escape(plain) + after, re.IGNORECASE)
