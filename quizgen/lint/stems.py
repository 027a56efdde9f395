"""Rules on stems."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.base import questions
from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.lint.english import DATE, words, wrong_article
from quizgen.lint.rule import Rule, Severity

_QUESTIONS = frozenset({ItemType.CHOICE, ItemType.MULTI, ItemType.TYPED})
_OF_ONE_ANSWER = frozenset({ItemType.CHOICE, ItemType.TYPED, ItemType.CLOZE})
_WITHOUT_BLANK = frozenset(ItemType) - {ItemType.CLOZE}
_TIMES = frozenset(
    {"current", "currently", "now", "recent", "recently", "latest", "today", "nowadays", "presently"}
)
_NOW = re.compile(rf"\b(?:{'|'.join(sorted(_TIMES))})\b", re.IGNORECASE)
_SLOT = re.compile(r"\{\{|\}\}|\{%|\bNone\b")
_VAGUE = frozenset(
    {"often", "usually", "frequently", "sometimes", "generally", "mostly", "many", "several", "rarely"}
)
_LOADED = frozenset(
    {"brutal", "infamous", "notorious", "heinous", "glorious", "rightful", "illegal", "shameful"}
)
LONGEST = 30


def _answer_inside(item: Item) -> Iterator[str]:
    text = f" {fold('x ' + item.stem)} "
    for answer in (*item.key, *item.accepted):
        folded = fold(answer)
        if folded and f" {folded} " in text:
            yield f"the answer {answer!r} stands in the stem"
            return


def _negative(item: Item) -> Iterator[str]:
    word = questions.negative(item.stem)
    if word is not None:
        yield f"the stem is negative: {word!r}"


def _yes_no(item: Item) -> Iterator[str]:
    if questions.yes_no(item.stem):
        yield "the stem can be answered with yes or no"


def _unfocused(item: Item) -> Iterator[str]:
    if questions.unfocused(item.stem):
        yield "the stem does not say what it asks"


def _blank(item: Item) -> Iterator[str]:
    if "[...]" in item.stem or "___" in item.stem:
        yield "a blank stands outside a cloze"


def _ends_in_article(item: Item) -> Iterator[str]:
    last = words(item.stem)[-1:]
    if last in (("a",), ("an",), ("the",)):
        yield f"the stem ends in {last[0]!r}"


def _slot(item: Item) -> Iterator[str]:
    if ("{" in item.stem or "}" in item.stem or "None" in item.stem) and _SLOT.search(item.stem):
        yield "a slot of the template was not filled"


def _article(item: Item) -> Iterator[str]:
    for text in (item.stem, item.explanation):
        found = wrong_article(text)
        if found is not None:
            yield f"{found!r} has the wrong article"
            return


def _undated(item: Item) -> Iterator[str]:
    found = None if _TIMES.isdisjoint(words(item.stem)) else _NOW.search(item.stem)
    if found and not DATE.search(item.stem) and not item.as_of:
        yield f"{found.group()!r} without a date: it will be wrong one day"


def _holder(item: Item) -> Iterator[str]:
    if item.attributed_to and item.attributed_to.casefold() not in item.stem.casefold():
        surname = item.attributed_to.split()[-1].casefold()
        if surname not in item.stem.casefold():
            yield f"the stem does not say that {item.attributed_to} says so"


def _long(item: Item) -> Iterator[str]:
    count = len(words(item.stem))
    if count > LONGEST:
        yield f"the stem has {count} words, more than {LONGEST}"


def _vague(item: Item) -> Iterator[str]:
    if item.attributed_to is None and not _VAGUE.isdisjoint(words(item.stem)):
        plain = re.sub(r"\bhow (?:many|often|frequently)\b", " ", item.stem, flags=re.IGNORECASE)
        found = [word for word in words(plain) if word in _VAGUE]
        if found:
            yield f"{found[0]!r} means something else to everybody"


def _loaded(item: Item) -> Iterator[str]:
    found = _LOADED.intersection(words(item.stem))
    if found:
        yield f"{min(found)!r} judges"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_TARRANT = "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)"

E, W = Severity.ERROR, Severity.WARNING
STEM_RULES = (
    Rule(
        "stem-gives-answer",
        E,
        "word the stem otherwise, or skip the template",
        "Whoever reads well is right without knowing.",
        _TARRANT,
        _answer_inside,
        types=_OF_ONE_ANSWER,
    ),
    Rule(
        "stem-negative",
        E,
        "ask for what is so",
        "A reader who overlooks the word knows the fact and is wrong.",
        _HALADYNA,
        _negative,
        types=_QUESTIONS,
    ),
    Rule(
        "stem-yes-no",
        E,
        "ask with who, what, when, where or how many",
        "A question that yes answers is a true-or-false item in disguise.",
        _TARRANT,
        _yes_no,
        types=_QUESTIONS,
    ),
    Rule(
        "stem-unfocused",
        E,
        "ask one thing, so that it can be answered without the options",
        "Without the options nobody knows what is asked.",
        _TARRANT,
        _unfocused,
        types=_QUESTIONS,
    ),
    Rule(
        "stem-blank",
        E,
        "make it a cloze, or a question",
        "A gap in mid-sentence makes the reader hold two halves.",
        _HALADYNA,
        _blank,
        types=_WITHOUT_BLANK,
    ),
    Rule(
        "stem-ends-in-article",
        E,
        "end the stem with a whole phrase",
        "The article tells how the answer begins.",
        _HALADYNA,
        _ends_in_article,
        types=_WITHOUT_BLANK,
    ),
    Rule(
        "stem-unfilled",
        E,
        "give the fact what the slot shows, or let the template need it",
        "The reader sees the workings.",
        "quizgen",
        _slot,
    ),
    Rule(
        "stem-article",
        E,
        "say the word aloud: a before a consonant's sound, an before a vowel's",
        "A slip of grammar makes a reader doubt the rest.",
        _HALADYNA,
        _article,
    ),
    Rule(
        "stem-undated",
        E,
        "name the date",
        "What is current changes, and the card stays.",
        "NAQT writers' guidelines",
        _undated,
        types=_QUESTIONS,
    ),
    Rule(
        "stem-no-holder",
        E,
        "begin with 'According to …'",
        "A claim without its holder passes for a fact.",
        "quizgen, contested history",
        _holder,
    ),
    Rule("stem-long", W, "say it shorter", "Length measures reading, not knowing.", _HALADYNA, _long),
    Rule(
        "stem-vague",
        W,
        "give the number or the rhythm",
        "Readers differ widely in what such words mean to them.",
        _TARRANT,
        _vague,
        types=_QUESTIONS,
    ),
    Rule(
        "stem-loaded",
        W,
        "say what was done, and by whom",
        "A judging word tells what the author wants to hear.",
        "quizgen, contested history",
        _loaded,
    ),
)
