"""Reading the options that a response names: "b", "(b)", "2", "a c", "ac", "1-b 2-a", or their words."""

from __future__ import annotations

import re
from collections.abc import Sequence

from quizgen.base.text import unify
from quizgen.quiz.answers import judge
from quizgen.quiz.letters import LETTERS
from quizgen.quiz.numbers import read_quantity
from quizgen.quiz.verdict import Mark
from quizgen.quiz.words import joined

_NUMBER_FIRST = re.compile(r"(\d)\W*([a-z])\W*")
_LETTER_FIRST = re.compile(r"([a-z])\W*(\d)\W*")
_TEXTS = re.compile(r"\s*[;\n]\s*")
_LOOSE_TEXTS = re.compile(r"\s*[,;/]\s*|\s+and\s+|\s*[>→]\s*")


def _tokens(text: str) -> list[str]:
    """The words and numbers of the text, folded, a leading "a" among them: it is a letter here."""
    return re.findall(r"\w+", unify(text).casefold())


def _numbered(options: Sequence[str]) -> bool:
    """Whether a bare number can mean a place: not where an option is a number itself."""
    return not any(read_quantity(option) for option in options)


def _place(word: str, count: int, *, numbers: bool) -> int | None:
    if len(word) == 1 and word in LETTERS[:count]:
        return LETTERS.index(word)
    if numbers and word.isdecimal() and len(word) < 3 and 1 <= int(word) <= count:
        return int(word) - 1
    return None


def by_text(options: Sequence[str], response: str) -> int | None:
    """The one option whose words (or date, or number) the response gives, or None."""
    same = [place for place, option in enumerate(options) if joined(option) == joined(response)]
    if same:
        return same[0]
    marks = [
        judge((option,), response, rivals={joined(other) for other in options if other != option}).mark
        for option in options
    ]
    return marks.index(Mark.RIGHT) if marks.count(Mark.RIGHT) == 1 else None


def read_one(options: Sequence[str], response: str) -> int | None:
    """The place of the one option that the response names by letter, number or words."""
    plain = [unify(option).casefold() for option in options]
    if unify(response).casefold() in plain:
        return plain.index(unify(response).casefold())
    words = _tokens(response)
    if words and words[0] in ("option", "answer"):
        words = words[1:]
    if len(words) == 1 and (place := _place(words[0], len(options), numbers=_numbered(options))) is not None:
        return place
    # "b) 2016": a letter followed by that very option, or a contradiction that nobody should guess at.
    if both := re.fullmatch(r"\s*\(?([A-Za-z])[).:]\s*(\S.*)", response):
        place = _place(both[1].lower(), len(options), numbers=False)
        return place if by_text(options, both[2]) == place else None
    return by_text(options, response)


def read_letters(count: int, response: str, *, numbers: bool) -> list[int] | None:
    """The places that a row of letters names, apart or run together, in the order given."""
    places: list[int] = []
    for word in _tokens(response):
        if word == "and":
            continue
        place = _place(word, count, numbers=numbers)
        pieces = [place] if place is not None else [_place(char, count, numbers=numbers) for char in word]
        if any(piece is None for piece in pieces):
            return None
        places += [piece for piece in pieces if piece is not None]
    return places or None


def read_many(options: Sequence[str], response: str, *, numbers: bool) -> list[int] | None:
    """The places that the response names by letters, numbers or the options' own words, in its order.

    `numbers` says whether numbers may stand for places at all.
    """
    letters = read_letters(len(options), response, numbers=numbers and _numbered(options))
    if letters is not None:
        return letters
    for pattern in (_TEXTS, _LOOSE_TEXTS):
        texts = [text for text in pattern.split(response) if text.strip()]
        places = [read_one(options, text) for text in texts]
        if places and None not in places:
            return [place for place in places if place is not None]
    return None


def read_pairs(count: int, response: str) -> list[int] | None:
    """The letters of "1b 2a 3c" or "b1 a2 c3" in the order of the numbers; None where it is no such row."""
    plain = unify(response).casefold()
    pairs = [(int(number), letter) for number, letter in _NUMBER_FIRST.findall(plain)]
    if _NUMBER_FIRST.sub("", plain):
        pairs = [(int(number), letter) for letter, number in _LETTER_FIRST.findall(plain)]
        if _LETTER_FIRST.sub("", plain):
            return None
    if sorted(number for number, _ in pairs) != list(range(1, len(pairs) + 1)):
        return None
    places = [_place(letter, count, numbers=False) for _, letter in sorted(pairs)]
    return [place for place in places if place is not None] if None not in places else None
