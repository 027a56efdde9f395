"""What a session asks, in what order, and what it says at the end."""

from __future__ import annotations

import os
import subprocess
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.items.item import Bank, Item, ItemType
from quizgen.quiz.session import Answer, Fixed, Score, Session, Wanted, pick
from quizgen.quiz.verdict import RIGHT, WRONG, nearly
from tests.banks import DECK, item, many, one_of_each

SEEDS = st.integers(-5, 2**40)
ALL = Wanted()


@st.composite
def banks(draw: st.DrawFn, *, topics: int = 3) -> Bank:
    """Banks of items with a fact each, up to six items to a fact, over a few topics."""
    sizes = draw(st.lists(st.integers(1, 6), min_size=1, max_size=8))
    items = [
        item(f"fact-{fact}/t{number}", topic=f"topic-{fact % topics}")
        for fact, size in enumerate(sizes)
        for number in range(size)
    ]
    return Bank(deck=DECK, items=tuple(items))


def _siblings_meet(items: tuple[Item, ...]) -> bool:
    return any(set(one.facts) & set(two.facts) for one, two in pairwise(items))


@given(banks(), SEEDS)
def test_every_item_is_asked_once(bank: Bank, seed: int) -> None:
    """Without wishes each item of the bank is asked exactly once, whatever the seed."""
    assert Counter(one.id for one in pick(bank, ALL, seed)) == Counter(one.id for one in bank.items)


@given(banks(), SEEDS)
def test_siblings_are_kept_apart_wherever_that_can_be(bank: Bank, seed: int) -> None:
    """No two items of a fact are neighbours, unless one fact has more items than places between others."""
    largest = max(Counter(one.facts[0] for one in bank.items).values())
    assume(largest <= (len(bank.items) + 1) // 2)
    assert not _siblings_meet(pick(bank, ALL, seed))


@given(banks(), SEEDS, st.integers(1, 12))
def test_topics_take_turns(bank: Bank, seed: int, count: int) -> None:
    """Of any number of questions no topic gets two more than another that still had some to ask."""
    asked = Counter(one.topic for one in pick(bank, Wanted(count=count), seed))
    had = Counter(one.topic for one in bank.items)
    open_topics = [asked[topic] for topic in had if asked[topic] < had[topic]]
    if open_topics:
        assert max(asked.values()) - min(open_topics) <= 1


@given(SEEDS)
def test_a_second_item_of_a_fact_waits_for_the_first_of_others(seed: int) -> None:
    """Ten questions out of a bank with ten facts ask ten different facts."""
    assert len({one.facts for one in pick(many(20), Wanted(count=10), seed)}) == 10


@given(SEEDS)
def test_an_item_more_leaves_the_others_in_their_order(seed: int) -> None:
    """Adding a fact changes nobody's rank: the old items keep their order among themselves."""
    facts = tuple(item(f"fact-{number}/typed") for number in range(8))
    more = (*facts, item("newcomer/typed"))
    before = pick(Bank(deck=DECK, items=facts), ALL, seed)
    after = pick(Bank(deck=DECK, items=more), ALL, seed)
    assert [one for one in after if one.id != "newcomer/typed"] == list(before)


@given(SEEDS)
def test_the_order_in_the_bank_does_not_matter(seed: int) -> None:
    """The same items in another order of the bank are asked in the same order."""
    bank = many(12)
    assert pick(replace(bank, items=bank.items[::-1]), ALL, seed) == pick(bank, ALL, seed)


def test_the_seed_decides() -> None:
    """Another seed asks in another order, and the very order is a promise (it may not drift)."""
    assert pick(many(40), ALL, 1) != pick(many(40), ALL, 2)
    assert [one.id for one in pick(many(40), Wanted(count=4), 1)] == [
        "fact-19/typed",
        "fact-5/choice",
        "fact-16/choice",
        "fact-0/typed",
    ]


def test_every_process_asks_the_same() -> None:
    """The order does not hang on Python's hash seed."""
    program = (
        "from quizgen.quiz.session import *; from tests.banks import *\n"
        "print([one.id for one in pick(one_of_each(), Wanted(), 5)])"
    )
    said = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": hash_seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for hash_seed in ("0", "1", "4242")
    }
    assert said == {f"{[one.id for one in pick(one_of_each(), ALL, 5)]}\n"}


def test_only_what_is_wanted_is_asked() -> None:
    """Topics and types narrow the choice, and both together narrow it to what fits both."""
    bank = one_of_each()
    assert {one.topic for one in pick(bank, Wanted(topics=frozenset({"cup"})), 1)} == {"cup"}
    kinds = frozenset({ItemType.TYPED, ItemType.MULTI})
    assert {one.type for one in pick(bank, Wanted(types=kinds), 1)} == kinds
    both = Wanted(frozenset({"cup"}), kinds)
    assert [one.id for one in pick(bank, both, 1)] == ["saucers/multi"]
    assert pick(bank, Wanted(frozenset({"leaf"}), frozenset({ItemType.BOOLEAN})), 1) == ()


def test_a_session_asks_its_plan_to_the_end() -> None:
    """A session goes through its plan item by item, and a new answer leaves the old session as it was."""
    items = many(3).items
    start = Session(Fixed(items))
    session = start
    for one in items:
        assert session.next() == one
        session = session.answered(Answer(one, "x", WRONG))
    assert session.next() is None
    assert (start.answers, start.next()) == ((), items[0])


def test_a_plan_sees_every_answer_before_the_next_question() -> None:
    """Scheduling has its place: a plan that asks again what was wrong is all it takes."""

    class UntilRight:
        def next(self, answers: Sequence[Answer]) -> Item | None:
            return None if answers and answers[-1].right else one

        def total(self) -> int:
            return 1

    one = item("fact/typed")
    session = Session(UntilRight())
    for verdict in (WRONG, WRONG, RIGHT):
        assert session.next() == one
        session = session.answered(Answer(one, "", verdict))
    assert session.next() is None


def test_the_result_counts_by_topic() -> None:
    """Only RIGHT counts as right; topics stand in the order in which they came up; the rest is for again."""
    leaf, cup, other = item("a/x"), item("b/x", topic="cup"), item("c/x")
    session = Session(Fixed((leaf, cup, other)))
    for one, verdict in ((cup, WRONG), (leaf, RIGHT), (other, nearly("The day is missing."))):
        session = session.answered(Answer(one, "", verdict))
    assert session.scores() == [Score("cup", 1, 0), Score("leaf", 2, 1)]
    assert session.again() == [cup, other]
