"""Guessers: ways to pick an option without knowing, and how often each is right against chance.

A guesser that is right more often than chance has learnt how items are made, and so will a learner. One
that is right less often has too: he strikes that option out. A guesser passes over an item where its cue
does not point at one option, so that ties cannot dilute what it finds.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.english import form, moment, telling

P = 0.001
"""How improbable a success must be before it is reported."""
LEAST = 30
"""Of fewer items nothing is said."""
EXACT = 300
"""Up to how many items the distribution is computed exactly; beyond, the normal curve is near enough."""

Pick = Callable[[Item], str | None]


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
        ("longest", lambda item: _most(item, len)),
        ("shortest", lambda item: _most(item, lambda option: -len(option))),
        ("first", lambda item: None if _ranked(item) else item.options[0]),
        ("last", lambda item: None if _ranked(item) else item.options[-1]),
        ("lowest", lambda item: item.options[0] if _ranked(item) else None),
        ("middle", _middle),
        ("highest", lambda item: item.options[-1] if _ranked(item) else None),
        ("most frequent in the deck", lambda item: _most(item, lambda option: often[option])),
        ("seldomest in the deck", lambda item: _most(item, lambda option: -often[option])),
        ("most words of the stem", _like_stem),
        ("most like the others", lambda item: _like_others(item, 1)),
        ("odd one out", lambda item: _like_others(item, -1)),
    ]
    booleans = [item for item in bank.items if item.type is ItemType.BOOLEAN]
    return [*_fared(picks, choices), *_fared([("always true", lambda _: "True")], booleans)]


def _fared(picks: Sequence[tuple[str, Pick]], items: Iterable[Item]) -> Iterator[Guess]:
    """How each guesser did, item by item."""
    chances: dict[str, list[float]] = {name: [] for name, _ in picks}
    right: Counter[str] = Counter()
    for item in items:
        for name, pick in picks:
            picked = pick(item)
            if picked is not None:
                chances[name].append(1 / len(item.options))
                right[name] += picked in item.key
    for name, known in chances.items():
        chance = sum(known) / len(known) if known else 0.0
        yield Guess(name, len(known), right[name], chance, tail(known, right[name]))


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


def _most(item: Item, measure: Callable[[str], float]) -> str | None:
    """The option with the largest measure, None where two share it."""
    scores = sorted(((measure(option), option) for option in item.options), reverse=True)
    return scores[0][1] if scores[0][0] > scores[1][0] else None


def _ranked(item: Item) -> bool:
    """Whether the options have an order of their own, so that their places say something of their sizes."""
    if all(moment(option) is not None for option in item.options):
        return True
    return all(form(option) == "number" for option in item.options)


def _middle(item: Item) -> str | None:
    count = len(item.options)
    return item.options[count // 2] if count % 2 and _ranked(item) else None


def _like_stem(item: Item) -> str | None:
    stem = telling(item.stem)
    return _most(item, lambda option: len(telling(option) & stem))


def _like_others(item: Item, sign: int) -> str | None:
    """The option that shares most words with the others, or with sign -1 the one that shares fewest."""
    of = {option: telling(option) for option in item.options}
    shared = {option: sum(len(of[option] & of[other]) for other in of if other != option) for option in of}
    return _most(item, lambda option: sign * shared[option])
