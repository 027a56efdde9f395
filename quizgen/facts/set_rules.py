"""What is wrong with a set of facts that are to be put in order or matched."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.base.text import fold
from quizgen.facts.values import Period, Value, shown

if TYPE_CHECKING:
    from quizgen.base.problems import Problem
    from quizgen.facts.model import Fact, FactSet
    from quizgen.facts.schema import Part


def set_problems(fact_set: FactSet) -> Iterator[Problem]:
    """Everything that would make the set's item wrong or impossible."""
    facts, origin = fact_set.facts, fact_set.origin
    if not 3 <= len(facts) <= 6:
        message = f"{len(facts)} facts, and 3 to 6 were expected"
        yield origin.problem(("facts",), message, "add some, or split the set")
    seen: dict[str, Fact] = {}
    for index, fact in enumerate(facts):
        if fact.id in seen:
            yield origin.problem(("facts", index), f"{fact.id!r} stands twice", "keep one of the two")
        if fact.holder is not None:
            message = f"{fact.id!r} is a claim, and a row has no room to say whose"
            yield origin.problem(("facts", index), message, "drop it from the set")
        seen[fact.id] = fact
    kind = _order if fact_set.record.type == "order" else _match
    yield from kind(fact_set, list(seen.values()))


def _order(fact_set: FactSet, facts: list[Fact]) -> Iterator[Problem]:
    """An order has a date for each fact, and no ties."""
    dated: list[tuple[PartialDate, Fact]] = []
    for fact in facts:
        value = fact.values[0]
        if isinstance(value, PartialDate):
            dated.append((value, fact))
        else:
            way = ("facts", fact_set.record.facts.index(fact.id))
            hint = "put only facts with dates in order"
            yield fact_set.origin.problem(way, f"{fact.id!r} has no date", hint)
    dated.sort(key=lambda pair: pair[0])
    for (early, one), (late, other) in pairwise(dated):
        if early.overlaps(late):
            message = f"{one.id!r} and {other.id!r} may fall on the same day"
            yield fact_set.origin.problem(("facts",), message, "drop one of the two")


def _match(fact_set: FactSet, facts: list[Fact]) -> Iterator[Problem]:
    """A match has another answer for each fact."""
    by_answer: dict[str, list[str]] = defaultdict(list)
    for fact in facts:
        answers = (fold(_right(value, fact_set.record.answer)) for value in fact.values)
        by_answer[" ".join(answers)].append(fact.id)
    for ids in by_answer.values():
        if len(ids) > 1:
            message = f"{' and '.join(map(repr, ids))} have the same answer"
            yield fact_set.origin.problem(("facts",), message, "keep one of them")


def _right(value: Value, part: Part) -> str:
    """What stands on the right of a match for a value."""
    match value, part:
        case PartialDate(), "year":
            return str(value.year)
        case Period(), "from":
            return str(value.start.year)
        case Period(), "to":
            return str(value.end.year)
        case _:
            return shown(value)
