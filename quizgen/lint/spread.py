"""Rules on how options stand to one another: their order, their distance from the key, their words."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.base.numbers import leading
from quizgen.items.item import Item, ItemType
from quizgen.lint.english import form, moment, telling
from quizgen.lint.rule import Rule, Severity, only_for

GENERATION = 25
"""How many years a wrong date may be from the right one."""
FEW = 3
"""How far a small count may be off, where half or twice it would be the next number already."""
OPTIONS = 3


def _dates_unordered(item: Item) -> Iterator[str]:
    if item.type is ItemType.CHOICE:
        moments = [moment(option) for option in item.options]
        known = [found for found in moments if found is not None]
        if len(known) == len(moments) and known != sorted(known):
            yield "dates stand out of order"


def _far(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CHOICE:
        return
    right = moment(item.key[0])
    if right is not None:
        for option in item.options:
            other = moment(option)
            if other is not None and abs(other[0] - right[0]) > GENERATION:
                yield f"{option!r} is {abs(other[0] - right[0])} years from {item.key[0]!r}"
                return
    elif form(item.key[0]) == "number":
        number = leading(item.key[0])
        for option in item.options:
            other_number = leading(option)
            if number and other_number is not None and not _near(number, other_number):
                yield f"{option!r} is less than half or more than twice {item.key[0]!r}"
                return


def _near(number: float, other: float) -> bool:
    return number / 2 <= other <= 2 * number or abs(number - other) <= FEW


def _count(item: Item) -> Iterator[str]:
    if item.type is ItemType.CHOICE and len(item.options) != OPTIONS:
        yield f"{len(item.options)} options"


def _hub(item: Item) -> Iterator[str]:
    """The key alone shares a telling word with every other option: the wrong ones were made after it."""
    # Periods are drawn as three of the four corners of a square, of which any may be the middle one.
    if item.type is not ItemType.CHOICE or form(item.key[0]) == "period":
        return
    of = {option: telling(option) for option in item.options}
    # What all share, as in "Treaty of …" three times, points at none of them.
    common = frozenset.intersection(*of.values())
    of = {option: found - common for option, found in of.items()}
    hubs = [
        option
        for option in of
        if all(of[option] & of[other] for other in of if other != option) and of[option]
    ]
    if hubs == [item.key[0]] and len(item.options) > 2:
        yield f"{item.key[0]!r} alone shares words with every other option"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
E, W = Severity.ERROR, Severity.WARNING
_FOR = only_for(ItemType.CHOICE)
SPREAD_RULES = tuple(
    map(
        _FOR,
        (
            Rule(
                "options-dates-unordered",
                E,
                "put them in order of time",
                "A reader should search the memory, not the list.",
                _HALADYNA,
                _dates_unordered,
            ),
            Rule(
                "options-far",
                W,
                "offer dates within a generation, numbers from half to twice the key",
                "What is far from the key is struck out without knowing.",
                _HALADYNA,
                _far,
            ),
            Rule(
                "options-count",
                W,
                "offer three options",
                "Three are optimal: a fourth is seldom plausible, and two are a coin's toss.",
                "Rodriguez 2005",
                _count,
            ),
            Rule(
                "options-hub",
                W,
                "let two wrong options share words with each other, or none with the key",
                "The option that the others were made after is the key.",
                "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)",
                _hub,
            ),
        ),
    )
)
