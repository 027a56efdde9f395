"""Rules on options."""

from __future__ import annotations

import re
from collections.abc import Iterator

from quizgen.base.numbers import leading
from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.lint.english import form, telling, words
from quizgen.lint.rule import Rule, Severity, only_for

_ALL_NONE = re.compile(
    r"\b(?:all|none|both|neither) of (?:the above|these|them)\b|^(?:both )?[A-E] and [A-E]$", re.IGNORECASE
)
_ABSOLUTE = frozenset({"always", "never", "all", "none", "only", "completely", "impossible", "entirely"})
TOO_LONG = 1.33


def _wrong_of(item: Item) -> list[str]:
    return [option for option in item.options if option not in item.key]


def _one_right(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CHOICE:
        return
    answers = {fold(answer) for answer in (*item.key, *item.accepted)}
    right = [option for option in item.options if fold(option) in answers]
    if len(right) != 1 or len(item.key) != 1:
        yield f"{len(right)} options are right"


def _alike(item: Item) -> Iterator[str]:
    if item.type not in (ItemType.CHOICE, ItemType.MULTI):
        return
    folded = [fold(option) for option in item.options]
    if len(set(folded)) < len(folded):
        yield "two options are the same"
    for one in folded:
        for other in folded:
            if one != other and f" {one} " in f" {other} ":
                yield f"the option {one!r} is contained in {other!r}"
                return


def _granularity(item: Item) -> Iterator[str]:
    if item.type is ItemType.CHOICE and len({form(option) for option in item.options}) > 1:
        yield "the options are not of one kind"


def _all_or_none(item: Item) -> Iterator[str]:
    if item.type in (ItemType.CHOICE, ItemType.MULTI):
        for option in item.options:
            if _ALL_NONE.search(option):
                yield f"the option {option!r} speaks of other options"
            if fold(option) in ("true", "false", "yes", "no"):
                yield f"the option {option!r} belongs to a true-or-false item"


def _unordered(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CHOICE or any(
        form(option) not in ("year", "number") for option in item.options
    ):
        return
    numbers = [number for option in item.options if (number := leading(option)) is not None]
    if numbers != sorted(numbers):
        yield "numbers or years stand out of order"


def _stem_word_in_key(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CHOICE:
        return
    # "According to South Korea's …" stands before every question of that holder's, and cues nothing.
    shared = (telling(item.stem) - telling(item.attributed_to or "")) & telling(item.key[0])
    shared -= {word for option in _wrong_of(item) for word in telling(option)}
    if shared:
        yield f"the key alone repeats {min(shared)!r} from the stem"


def _form(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CHOICE:
        return
    key, wrong = item.key[0], _wrong_of(item)
    for what, test in (
        ("ends in a full stop", lambda text: text.endswith(".")),
        ("begins with an article", _has_article),
    ):
        if test(key) != test(wrong[0]) and len({test(option) for option in wrong}) == 1:
            yield f"the key alone {what}, or does not"
            return


def _has_article(text: str) -> bool:
    return words(text)[:1] in (("a",), ("an",), ("the",))


def _key_long(item: Item) -> Iterator[str]:
    if item.type is ItemType.CHOICE and form(item.key[0]) == "words":
        longest = max(map(len, _wrong_of(item)))
        if len(item.key[0]) > TOO_LONG * longest:
            yield f"the key is {len(item.key[0]) / longest:.1f} times as long as the longest wrong option"


def _absolute(item: Item) -> Iterator[str]:
    if item.type is ItemType.CHOICE:
        marked = [option for option in item.options if _ABSOLUTE & set(words(option))]
        if marked and len(marked) < len(item.options):
            yield f"{marked[0]!r} speaks in absolutes and others do not"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_TARRANT = "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)"

E, W = Severity.ERROR, Severity.WARNING
_FOR = only_for(ItemType.CHOICE, ItemType.MULTI)
OPTION_RULES = tuple(
    map(
        _FOR,
        (
            Rule(
                "options-one-right",
                E,
                "replace the option that is right too",
                "Exactly one option is right.",
                _HALADYNA,
                _one_right,
            ),
            Rule(
                "options-alike",
                E,
                "replace one of the two",
                "Of two options that overlap, both are right or neither.",
                _HALADYNA,
                _alike,
            ),
            Rule(
                "options-one-kind",
                E,
                "offer wrong options to the key's precision",
                "The odd one out is noticed first.",
                _HALADYNA,
                _granularity,
            ),
            Rule(
                "options-all-none",
                E,
                "offer things, not other options",
                "They reward reasoning about options.",
                _HALADYNA,
                _all_or_none,
            ),
            Rule(
                "options-unordered",
                E,
                "put them in order",
                "A reader should search the memory, not the list.",
                _HALADYNA,
                _unordered,
            ),
            Rule(
                "options-stem-word",
                E,
                "take the word out of the stem, or into the others",
                "A clang of words points at the key.",
                _TARRANT,
                _stem_word_in_key,
            ),
            Rule(
                "options-form", E, "give all options one form", "Grammar gives the key away.", _TARRANT, _form
            ),
            Rule(
                "options-key-long",
                W,
                "shorten the key, or give the others its length",
                "The longest option is the key too often.",
                _TARRANT,
                _key_long,
            ),
            Rule(
                "options-absolute",
                W,
                "say how far it goes in all of them, or in none",
                "Experienced guessers strike absolutes.",
                _TARRANT,
                _absolute,
            ),
        ),
    )
)
