"""Rules on a deck as a whole."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import lru_cache

from quizgen.base.text import fold
from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint import leaks
from quizgen.lint.english import telling
from quizgen.lint.guess import guesses
from quizgen.lint.rule import Rule, Severity

MOST_ON_A_FACT = 4
# Chi-square, two degrees of freedom, p = 0.001 (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4).
CHI_SQUARE = 13.8
MANY = 20
"""Of fewer items or facts no share is spoken of."""
OUT_OF_BALANCE = 2.0
"""How much larger a topic's share of the items may be than its share of the facts.

A fact makes at most four items, and three on the average: with four on each of its facts a topic would come
to 1.33. Twice its share can only come of a topic that is asked about, and others that are only told.
"""
HALF = 0.5
ALIKE = 0.8
"""From what share of common telling words two stems ask the same."""
_NAMED = re.compile(r"(?:[A-Z]|\d)[\w'’-]*")
NEIGHBOURS = 5
"""With how many neighbours in the order of their words stems are compared (Hernández & Stolfo 1995)."""


def _too_many(bank: Bank) -> Iterator[tuple[str | None, str]]:
    counts = Counter(item.facts[0] for item in bank.items if len(item.facts) == 1)
    last = {item.facts[0]: item.id for item in bank.items if len(item.facts) == 1}
    for fact, count in counts.items():
        if count > MOST_ON_A_FACT:
            yield last[fact], f"{count} items on the fact {fact!r}"


def _true_false(bank: Bank) -> Iterator[tuple[str | None, str]]:
    booleans = [item for item in bank.items if item.type is ItemType.BOOLEAN]
    if len(booleans) < MANY:
        return
    if len(booleans) > 0.105 * len(bank.items):
        yield None, f"{len(booleans)} of {len(bank.items)} items are true or false"
    true = sum(item.key == ("True",) for item in booleans)
    if not 0.4 <= true / len(booleans) <= 0.6:
        yield None, f"{true} of {len(booleans)} statements are true"


def _key_places(bank: Bank) -> Iterator[tuple[str | None, str]]:
    places: Counter[int] = Counter()
    for item in bank.items:
        if item.type is ItemType.CHOICE and len(item.options) == 3 and not item.key[0][0].isdigit():
            places[item.options.index(item.key[0])] += 1
    share = sum(places.values()) / 3
    if share >= 10 and sum((places[place] - share) ** 2 / share for place in range(3)) > CHI_SQUARE:
        shown = ", ".join(str(places[place]) for place in range(3))
        yield None, f"the key stands first, second, third in {shown} items"


def _same_stem(bank: Bank) -> Iterator[tuple[str | None, str]]:
    seen: dict[tuple[str, ItemType, frozenset[str]], str] = {}
    for item in bank.items:
        # Of order and match items the rows are part of the question.
        rows = frozenset((*item.prompts, *(item.options if item.type is ItemType.ORDER else ())))
        other = seen.setdefault((item.stem.casefold(), item.type, rows), item.id)
        if other != item.id and item.type is not ItemType.BOOLEAN:
            yield item.id, f"{other!r} asks the same"


def _near_stem(bank: Bank) -> Iterator[tuple[str | None, str]]:
    """Items of two facts that ask for one answer in nearly the same words."""
    blocks: dict[tuple[ItemType, str], list[Item]] = defaultdict(list)
    for item in bank.items:
        if item.type in (ItemType.CHOICE, ItemType.TYPED, ItemType.CLOZE):
            blocks[item.type, fold(" / ".join(item.key))].append(item)
    for block in blocks.values():
        # Most answers are asked for once.
        if len(block) > 1:
            yield from _near_in(block)


def _near_in(block: list[Item]) -> Iterator[tuple[str, str]]:
    """Those of some items that ask nearly the same as one that stands close before them, by their words."""
    words = [telling(item.stem) for item in block]
    order = sorted(range(len(block)), key=lambda place: sorted(words[place]))
    for rank, place in enumerate(order):
        item, found = block[place], words[place]
        for before in order[max(rank - NEIGHBOURS, 0) : rank]:
            other, others = block[before], words[before]
            common = len(found & others)
            alike = common / max(len(found) + len(others) - common, 1) >= ALIKE
            if alike and item.facts != other.facts and not _of_other_things(item, other):
                yield item.id, f"{other.id!r} asks nearly the same, for the same answer"
                break


def _of_other_things(one: Item, other: Item) -> bool:
    """Whether two stems are the same but for what they name: `… in Seoul`, `… in Tokyo`."""
    if fold(one.stem) == fold(other.stem):
        return True  # and a finding of the rule on stems that are the same
    names, others = _names(one.stem), _names(other.stem)
    return bool(names - others) and bool(others - names)


@lru_cache(maxsize=1024)
def _names(stem: str) -> frozenset[str]:
    return frozenset(_NAMED.findall(stem))


def _guessed(bank: Bank) -> Iterator[tuple[str | None, str]]:
    for guess in guesses(bank):
        if guess.beats_chance:
            right = (
                f"{guess.right} of {guess.items} items ({guess.success:.0%}; chance gives {guess.chance:.0%})"
            )
            yield None, f"the guess {guess.guesser!r} is right in {right}"


def _topics(bank: Bank) -> Iterator[tuple[str | None, str]]:
    items = Counter(item.topic for item in bank.items)
    facts: dict[str, set[str]] = defaultdict(set)
    for item in bank.items:
        facts[item.topic].update(item.facts)
    whole = sum(map(len, facts.values()))
    for topic, count in items.items():
        share = len(facts[topic]) / whole
        if count >= MANY and count / len(bank.items) > OUT_OF_BALANCE * share:
            asked = f"{count / len(bank.items):.0%} of the items and {share:.0%} of the facts"
            yield None, f"the topic {topic!r} has {asked}"


def _types(bank: Bank) -> Iterator[tuple[str | None, str]]:
    types = Counter(item.type for item in bank.items)
    for kind, count in types.items():
        if len(bank.items) >= 10 * MANY and count > HALF * len(bank.items):
            yield None, f"{count} of {len(bank.items)} items are of the type {kind.value!r}"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_WOZNIAK = "Wozniak, Twenty rules of formulating knowledge"
_TARRANT = "Tarrant et al. 2006; Moore et al. 2024 (SAQUET)"

E, W = Severity.ERROR, Severity.WARNING
DECK_RULES = (
    Rule(
        "deck-fact-items",
        E,
        "skip a template",
        "A fact asked too often crowds out the others.",
        _WOZNIAK,
        look_at_all=_too_many,
    ),
    Rule(
        "deck-true-false",
        E,
        "set `keep` in the recipe",
        "True-or-false items tell least, and guessers say true.",
        _HALADYNA,
        look_at_all=_true_false,
    ),
    Rule(
        "deck-key-places",
        E,
        "change the deck's seed",
        "A place that is right more often is learnt as an answer.",
        _HALADYNA,
        look_at_all=_key_places,
    ),
    Rule(
        "deck-guess",
        E,
        "give the facts it is right on other values under `wrong`",
        "A cue that beats chance (p < 0.001) is learnt instead of the facts.",
        _TARRANT,
        look_at_all=_guessed,
    ),
    Rule(
        "deck-same-stem",
        E,
        "say in the stem what tells the two apart",
        "Two right answers to one question make both wrong.",
        _HALADYNA,
        look_at_all=_same_stem,
    ),
    Rule(
        "deck-near-stem",
        W,
        "skip the template on one of the two facts, or word it otherwise",
        "Who has learnt one has learnt both.",
        _WOZNIAK,
        look_at_all=_near_stem,
    ),
    Rule(
        "deck-leak-note",
        W,
        "leave the answer out of the other stem, or skip its template",
        "Of two cards of one note, the first must not tell what the second asks.",
        _HALADYNA,
        look_at_all=leaks.on_a_note,
    ),
    Rule(
        "deck-leak-next",
        W,
        "leave the answer out of the other stem, or move one of the facts",
        "What was read a minute ago is not recalled but repeated.",
        _HALADYNA,
        look_at_all=leaks.just_before,
    ),
    Rule(
        "deck-topics",
        W,
        "ask more of the other topics, or skip templates in this one",
        "A topic with more than twice its share of the facts hides the others.",
        _HALADYNA,
        look_at_all=_topics,
    ),
    Rule(
        "deck-types",
        W,
        "give the pack's properties templates of other types",
        "A reader who meets one form only learns the form.",
        _HALADYNA,
        look_at_all=_types,
    ),
)
