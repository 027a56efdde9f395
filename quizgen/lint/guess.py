"""Guessers: ways to pick an option without knowing, and how often each is right against chance.

A guesser that is right more often than chance has learnt how items are made, and so will a learner. One
that is right less often has too: he strikes that option out. A guesser passes over an item where its cue
does not point at one option, so that ties cannot dilute what it finds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.english import form, moment, telling

P = 0.001
"""How improbable a success must be before it is reported."""
LEAST = 30
"""Of fewer items nothing is said."""
EXACT = 300
"""Up to how many items the distribution is computed exactly; beyond, the normal curve is near enough."""


class Cues:
    """What a guesser sees of an item: each is found once, for a dozen guessers."""

    __slots__ = ("frequencies", "lengths", "like_stem", "options", "ranked", "shared")

    def __init__(self, item: Item, often: Counter[str]) -> None:
        stem = telling(item.stem)
        of = {option: telling(option) for option in item.options}
        self.options = item.options
        self.ranked = _ranked(item.options)
        self.lengths = list(map(len, item.options))
        self.frequencies = [often[option] for option in item.options]
        self.like_stem = [len(of[option] & stem) for option in item.options]
        self.shared = [
            sum([len(of[option] & words) for other, words in of.items() if other != option])
            for option in item.options
        ]

    def most(self, scores: Sequence[int]) -> str | None:
        """The option with the largest score, None where two share it."""
        return self._alone(scores, max(scores))

    def least(self, scores: Sequence[int]) -> str | None:
        """The option with the smallest score, None where two share it."""
        return self._alone(scores, min(scores))

    def _alone(self, scores: Sequence[int], wanted: int) -> str | None:
        return self.options[scores.index(wanted)] if scores.count(wanted) == 1 else None


Pick = Callable[[Cues], str | None]


@dataclass(frozen=True, slots=True)
class Guess:
    """How a guesser fared: on how many items, how often right, what chance gives, how improbable it is.

    `p` is the probability, with keys put by chance, of a result as far from the expected one to its side.
    """

    guesser: str
    items: int
    right: int
    chance: float
    p: float

    @property
    def success(self) -> float:
        """The share of its items that the guesser had right."""
        return self.right / self.items if self.items else 0.0

    @property
    def beats_chance(self) -> bool:
        """Whether the cue tells something, whichever way."""
        return self.items >= LEAST and self.p < P


def guesses(bank: Bank) -> list[Guess]:
    """Every guesser's success on a bank's choice and true-or-false items."""
    choices = [item for item in bank.items if item.type is ItemType.CHOICE and len(item.options) > 1]
    often = Counter(option for item in choices for option in item.options)
    picks: list[tuple[str, Pick]] = [
        ("longest", lambda seen: seen.most(seen.lengths)),
        ("shortest", lambda seen: seen.least(seen.lengths)),
        ("first", lambda seen: None if seen.ranked else seen.options[0]),
        ("last", lambda seen: None if seen.ranked else seen.options[-1]),
        ("lowest", lambda seen: seen.options[0] if seen.ranked else None),
        ("middle", _middle),
        ("highest", lambda seen: seen.options[-1] if seen.ranked else None),
        ("most frequent in the deck", lambda seen: seen.most(seen.frequencies)),
        ("seldomest in the deck", lambda seen: seen.least(seen.frequencies)),
        ("most words of the stem", lambda seen: seen.most(seen.like_stem)),
        ("most like the others", lambda seen: seen.most(seen.shared)),
        ("odd one out", lambda seen: seen.least(seen.shared)),
    ]
    booleans = [item for item in bank.items if item.type is ItemType.BOOLEAN]
    halves = [1 / len(item.options) for item in booleans]
    true = sum("True" in item.key for item in booleans)
    seen = [(item, Cues(item, often)) for item in choices]
    return [*_fared(picks, seen), _guess("always true", halves, true)]


def _fared(picks: Sequence[tuple[str, Pick]], items: Sequence[tuple[Item, Cues]]) -> Iterator[Guess]:
    """How each guesser did."""
    for name, pick in picks:
        chances: list[float] = []
        right = 0
        for item, seen in items:
            picked = pick(seen)
            if picked is not None:
                chances.append(1 / len(item.options))
                right += picked in item.key
        yield _guess(name, chances, right)


def _guess(name: str, chances: list[float], right: int) -> Guess:
    chance = sum(chances) / len(chances) if chances else 0.0
    return Guess(name, len(chances), right, chance, tail(chances, right))


def tail(chances: list[float], right: int) -> float:
    """The probability of `right` successes or more, or of that many or fewer, whichever is smaller.

    `chances` are the items' own (Poisson binomial distribution). Above `EXACT` items of differing or many
    chances the normal curve with a continuity correction stands in.
    """
    if not chances:
        return 1.0
    if len(chances) <= EXACT:
        weights = [1.0]
        for chance in chances:
            fewer = [*(weight * (1 - chance) for weight in weights), 0.0]
            more = [0.0, *(weight * chance for weight in weights)]
            weights = [one + other for one, other in zip(fewer, more, strict=True)]
        return min(1.0, sum(weights[right:]), sum(weights[: right + 1]))
    mean = sum(chances)
    spread = math.sqrt(sum(chance * (1 - chance) for chance in chances))
    above = math.erfc((right - 0.5 - mean) / spread / math.sqrt(2)) / 2
    below = math.erfc((mean - right - 0.5) / spread / math.sqrt(2)) / 2
    return min(1.0, above, below)


def _ranked(options: Sequence[str]) -> bool:
    """Whether the options have an order of their own, so that their places say something of their sizes."""
    if all(moment(option) is not None for option in options):
        return True
    return all(form(option) == "number" for option in options)


def _middle(seen: Cues) -> str | None:
    count = len(seen.options)
    return seen.options[count // 2] if count % 2 and seen.ranked else None
