"""The quiz without a screen: which items to ask, in what order, and what came of it. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from typing import TYPE_CHECKING, Protocol

from quizgen.items.item import Bank, Item, ItemType
from quizgen.quiz.verdict import Mark, Verdict

if TYPE_CHECKING:
    from quizgen.store.review import Rating


@dataclass(frozen=True, slots=True)
class Answer:
    """What a learner said last to an item, and the verdict on it.

    `review` is the id under which it is in the log, and `rating` how well the item was known; neither where
    nothing is recorded. `seconds` passed from the question to the answer.
    """

    item: Item
    response: str
    verdict: Verdict
    review: str = ""
    rating: Rating | None = None
    seconds: float | None = None

    @property
    def right(self) -> bool:
        """Whether the item counts as known."""
        return self.verdict.mark is Mark.RIGHT


class Plan(Protocol):
    """Says what to ask next. The one place for scheduling: a plan may look at a store and at the clock.

    It is asked before every question, and once more after the last, so it sees every answer before another
    question is shown.
    """

    def next(self, answers: Sequence[Answer]) -> Item | None:
        """The item to ask after these answers, or None where the quiz is over."""

    def total(self) -> int:
        """How many items the plan means to ask."""


@dataclass(frozen=True, slots=True)
class Fixed:
    """A plan that asks these items once each, in this order; `over` says that the time is up."""

    items: tuple[Item, ...]
    over: Callable[[], bool] = bool

    def next(self, answers: Sequence[Answer]) -> Item | None:
        """The first item without an answer."""
        return None if len(answers) >= len(self.items) or self.over() else self.items[len(answers)]

    def total(self) -> int:
        """How many items there are."""
        return len(self.items)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a learner asks for; empty topics or types mean all of them, no count means every item."""

    topics: frozenset[str] = frozenset()
    types: frozenset[ItemType] = frozenset()
    count: int | None = None

    def fits(self, item: Item) -> bool:
        """Whether the item is among what is asked for."""
        return (not self.topics or item.topic in self.topics) and (not self.types or item.type in self.types)


def _rank(seed: int, name: str) -> bytes:
    import hashlib  # a session by schedule needs no chance

    # A digest and not a generator: an item's rank stays when others come and go, in every process.
    return hashlib.sha256(f"{seed}:{name}".encode()).digest()


def pick(bank: Bank, wanted: Wanted, seed: int) -> tuple[Item, ...]:
    """The items to ask, in order: the same for the same bank, wishes and seed, everywhere.

    Topics take turns; a fact's second item comes in only after every fact of its topic had its first; and
    two items that share a fact never stand next to each other where another order is possible.
    """
    ranked = sorted(filter(wanted.fits, bank.items), key=lambda item: _rank(seed, item.id))
    by_topic: dict[str, list[Item]] = {}
    for item in ranked:
        by_topic.setdefault(item.topic, []).append(item)
    topics = sorted(by_topic, key=lambda topic: _rank(seed, topic))
    dealt = in_turns([item for topic in topics for item in _fresh_first(by_topic[topic])])
    return tuple(apart(dealt[: wanted.count]))


def in_turns(items: Iterable[Item]) -> list[Item]:
    """The same items, a topic's first after another topic's first; topics as they first come up."""
    by_topic: dict[str, list[Item]] = {}
    for item in items:
        by_topic.setdefault(item.topic, []).append(item)
    return [item for turn in zip_longest(*by_topic.values()) for item in turn if item is not None]


def _fresh_first(items: list[Item]) -> list[Item]:
    """The items with each fact's first before any fact's second, and so on; otherwise in their order."""
    seen: Counter[str] = Counter()
    rounds: list[tuple[int, Item]] = []
    for item in items:
        rounds.append((max((seen[fact] for fact in item.facts), default=0), item))
        seen.update(item.facts)
    return [item for _, item in sorted(rounds, key=lambda pair: pair[0])]


def _related(one: Item, two: Item) -> bool:
    return not set(one.facts).isdisjoint(two.facts)


def apart(items: list[Item]) -> list[Item]:
    """The same items, each the first left that shares no fact (and, if possible, no topic) with the last."""
    left, row = items[1:], items[:1]
    while left:
        last = row[-1]
        other = next((item for item in left if item.topic != last.topic and not _related(item, last)), None)
        stranger = other or next((item for item in left if not _related(item, last)), None)
        chosen = stranger or left[0]
        left.remove(chosen)
        row.insert(len(row) if stranger else _gap(row, chosen), chosen)
    return row


def _gap(row: list[Item], item: Item) -> int:
    """A place in the row between two items that share no fact with this one; the end where there is none."""
    for place in range(len(row)):
        if not _related(row[place], item) and (place == 0 or not _related(row[place - 1], item)):
            return place
    return len(row)


@dataclass(frozen=True, slots=True)
class Score:
    """How many items of a topic were asked, and how many of them were right."""

    topic: str
    asked: int
    right: int


@dataclass(frozen=True, slots=True)
class Session:
    """A quiz so far: its plan and its answers. Taking an answer gives a new session."""

    plan: Plan
    answers: tuple[Answer, ...] = field(default=())

    def next(self) -> Item | None:
        """The item to ask now, or None where the quiz is over."""
        return self.plan.next(self.answers)

    def answered(self, answer: Answer) -> Session:
        """The session with one more answer."""
        return replace(self, answers=(*self.answers, answer))

    def corrected(self, answer: Answer) -> Session:
        """The session with its last answer replaced."""
        return replace(self, answers=(*self.answers[:-1], answer))

    def undone(self) -> Session:
        """The session without its last answer."""
        return replace(self, answers=self.answers[:-1])

    def firsts(self) -> list[Answer]:
        """The first answer to each item: what was asked again after a mistake does not mend the result."""
        return list({answer.item.id: answer for answer in reversed(self.answers)}.values())[::-1]

    def scores(self) -> list[Score]:
        """The result by topic, in the order in which the topics first came up."""
        return scores([(answer.item, answer.right) for answer in self.firsts()])

    def again(self) -> list[Item]:
        """What to look at again: the items that were not right, each once, in the order asked."""
        return list({answer.item.id: answer.item for answer in self.answers if not answer.right}.values())


def topics_of(items: Iterable[Item]) -> set[str]:
    """The ids of the topics that the items belong to."""
    return {item.topic for item in items}


def scores(results: Iterable[tuple[Item, bool]]) -> list[Score]:
    """Items, and whether each was right, by topic; topics as they first come up."""
    asked, right = Counter[str](), Counter[str]()
    for item, was_right in results:
        asked[item.topic] += 1
        right[item.topic] += was_right
    return [Score(topic, asked[topic], right[topic]) for topic in asked]
