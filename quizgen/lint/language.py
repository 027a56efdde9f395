"""Rules on what a stem's words ask for, and on their spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from operator import eq

from quizgen.items.item import Item, ItemType
from quizgen.lint.english import SMALL, form, words
from quizgen.lint.rule import Rule, Severity

# What each question word must be answered with, by the form of the answer; other words ask for anything.
_WHICH = re.compile(r"\b(?:which|what)(?: of (?:these|the))? (year|month|day|date)\b", re.IGNORECASE)
_WHEN = re.compile(r"(?:^|, )(?:from )?when\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:who|whom|whose|what|which|when|where|why|how)\b", re.IGNORECASE)
_FITS = {
    "year": {"year"},
    "month": {"month"},
    "day": {"day"},
    "date": {"day", "month", "year"},
}
_SAID = {"year": {"year"}, "month": {"month"}, "day": {"day", "date"}}
_SAYS = re.compile(r"\b(?:years?|months?|days?|dates?|when)\b", re.IGNORECASE)
_ACRONYM = re.compile(r"\b[A-Z][A-Za-z]*[A-Z]\b")

# American endings and words, and what British usage has for them. `-ize` is left to the house: Oxford
# spells so. A licence is a noun and to license a verb, so that neither is listed.
_AMERICAN = {
    "color": "colour",
    "favor": "favour",
    "favorable": "favourable",
    "honor": "honour",
    "labor": "labour",
    "neighbor": "neighbour",
    "neighboring": "neighbouring",
    "endeavor": "endeavour",
    "harbor": "harbour",
    "behavior": "behaviour",
    "rumor": "rumour",
    "center": "centre",
    "theater": "theatre",
    "meter": "metre",
    "kilometer": "kilometre",
    "liter": "litre",
    "defense": "defence",
    "offense": "offence",
    "pretense": "pretence",
    "program": "programme",
    "catalog": "catalogue",
    "dialog": "dialogue",
    "traveled": "travelled",
    "traveling": "travelling",
    "canceled": "cancelled",
    "canceling": "cancelling",
    "labeled": "labelled",
    "signaled": "signalled",
    "signaling": "signalling",
    "modeled": "modelled",
    "fulfill": "fulfil",
    "skillful": "skilful",
    "judgment": "judgement",
    "aging": "ageing",
    "plow": "plough",
    "maneuver": "manoeuvre",
    "artifact": "artefact",
    "skeptical": "sceptical",
    "gray": "grey",
    "normalize": "normalise",
    "normalization": "normalisation",
    "organize": "organise",
    "organization": "organisation",
    "recognize": "recognise",
    "recognized": "recognised",
    "mobilize": "mobilise",
    "mobilization": "mobilisation",
    "apologize": "apologise",
    "criticize": "criticise",
    "criticized": "criticised",
    "authorize": "authorise",
    "authorized": "authorised",
    "finalize": "finalise",
    "finalized": "finalised",
    "emphasize": "emphasise",
    "analyze": "analyse",
    "analyzed": "analysed",
    "paralyzed": "paralysed",
}
_SPELLINGS = frozenset(_AMERICAN) | {f"{word}s" for word in _AMERICAN}
_QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")
_LETTERS = re.compile(r"[A-Za-z]+")


def _spelling(item: Item) -> Iterator[str]:
    for text in (item.stem, *item.options, *item.prompts, item.explanation):
        found = _american(text)
        if found is not None:
            yield f"{found[0]!r} is American spelling for {found[1]!r}"
            return


@lru_cache(maxsize=1024)
def _american(text: str) -> tuple[str, str] | None:
    """A word that is spelt the American way, and its British form; names and quotations keep their own."""
    if _SPELLINGS.isdisjoint(words(text)):
        return None
    plain = _QUOTED.sub(" ", text)
    for found in _LETTERS.finditer(plain):
        word = found.group()
        # The first word of a sentence has a capital without being a name.
        first = found.start() == 0 or plain[: found.start()].endswith((". ", "? ", "! "))
        british = _AMERICAN.get(word.casefold()) or _AMERICAN.get(word.casefold().removesuffix("s"))
        if british and (word.islower() or (first and not _within_a_name(plain, found.end()))):
            return word, british
    return None


def _within_a_name(text: str, end: int) -> bool:
    """Whether a capital follows, as in `Defense Secretary` or `Labor Mobilization Plan`."""
    return bool(re.match(r" [A-Z]", text[end:]))


_SMALL = frozenset(["the", "a", "an", "of", "in", "on", "to", "and", "by", "for", "with", "at", "from"])


def _doubled(item: Item) -> Iterator[str]:
    """A small word said twice: an answer brought its own article to a sentence that had one."""
    for text in (item.stem, item.explanation, *item.options):
        word = _twice(text)
        if word is not None:
            yield f"'{word} {word}' says a word twice"
            return


@lru_cache(maxsize=1024)
def _twice(text: str) -> str | None:
    """A small word that stands twice in a row, or None."""
    found = text.casefold().split()
    # Two lists compared side by side: ten times as quick as a pattern that refers back.
    if not any(map(eq, found, found[1:])):
        return None
    return next((one for one, two in pairwise(found) if one == two and one in _SMALL), None)


def _asked_form(item: Item) -> set[str] | None:
    """The forms that the stem's question word can be answered with; None where it may be any."""
    which = _WHICH.search(item.stem)
    if which:
        return _FITS[which.group(1).casefold()]
    # Only the first question word asks: `Which politician said how many …?` wants a name.
    many = _HOW_MANY.search(item.stem)
    first = _ASKS.search(item.stem) if many else None
    if first and many and first.start() == many.start():
        return {"number"}
    if _WHEN.search(item.stem) and form(item.key[0]) in ("year", "month", "day", "period"):
        return {"year", "month", "day", "period"}
    return None


def _question_word(item: Item) -> Iterator[str]:
    wanted = _asked_form(item)
    if wanted is None:
        return
    if form(item.key[0]) not in wanted:
        yield f"the stem asks for a {' or '.join(sorted(wanted))}, and {item.key[0]!r} is none"
        return
    for option in item.options:
        if form(option) not in wanted:
            yield f"the stem asks for a {' or '.join(sorted(wanted))}, and {option!r} is none"
            return


def _granularity(item: Item) -> Iterator[str]:
    kind = form(item.key[0])
    known = _SAID.get(kind)
    if known is not None:
        asks = {word.casefold().removesuffix("s") for word in _SAYS.findall(item.stem)}
        if not asks & known:
            yield f"the stem does not say that a {kind} is wanted"


def _expansion(item: Item) -> Iterator[str]:
    """The words behind an acronym that is the answer: their initials stand in a row in the stem."""
    for answer in item.key:
        if answer.isupper() and _ACRONYM.fullmatch(answer):
            initials = "".join([word[0] for word in words(item.stem) if word not in SMALL])
            if answer.casefold() in initials:
                yield f"the stem writes out {answer!r}"
                return


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"

E, W = Severity.ERROR, Severity.WARNING
LANGUAGE_RULES = (
    Rule(
        "stem-question-word",
        E,
        "ask with the word that every option answers",
        "An option that cannot answer 'how many' or 'in which year' is struck out without knowing.",
        _HALADYNA,
        _question_word,
        types=frozenset({ItemType.CHOICE, ItemType.TYPED}),
    ),
    Rule(
        "typed-granularity",
        E,
        "say 'in which year', 'in which month' or 'on which day'",
        "A reader who knows the day and types the year must not be marked wrong, or guess what is wanted.",
        "NAQT writers' guidelines",
        _granularity,
        types=frozenset({ItemType.TYPED}),
    ),
    Rule(
        "stem-expands-answer",
        E,
        "leave the words behind the acronym out, or ask for something else",
        "The initials can be read off.",
        "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)",
        _expansion,
        types=frozenset({ItemType.CHOICE, ItemType.TYPED, ItemType.CLOZE}),
    ),
    Rule(
        "spelling",
        W,
        "spell it the British way; names and quotations keep their own",
        "Two spellings in one deck look like a slip, and a cloze would have two right fillings.",
        "quizgen, house style",
        _spelling,
    ),
    Rule(
        "doubled-word",
        E,
        "take the word out of the sentence; an answer brings its own article",
        "Nobody who had read the question would have let it pass: the reader stops trusting the rest.",
        "quizgen, from a blind reading (docs/quality)",
        _doubled,
    ),
)
