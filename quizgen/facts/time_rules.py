"""What cannot be so at once: a thing before what it came after, an office with two people in it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.facts.values import Entity, Period, Value, shown

if TYPE_CHECKING:
    from quizgen.base.problems import Problem
    from quizgen.facts.model import Fact, Pack

_Day = tuple[int, int, int]


def time_problems(pack: Pack) -> Iterator[Problem]:
    """Every pair of facts that cannot both be true, each reported with both places."""
    # What somebody claims contradicts nobody but himself.
    facts = [fact for fact in pack.facts.values() if fact.holder is None]
    yield from _out_of_order(facts)
    yield from _held_twice(facts)


def _out_of_order(facts: list[Fact]) -> Iterator[Problem]:
    """What came after a thing is not dated before it; several dates of one thing must all be wrong."""
    after = [fact for fact in facts if fact.prop.after]
    if not after:
        return
    dates: dict[str, list[tuple[PartialDate, Fact]]] = defaultdict(list)
    for fact in facts:
        if not fact.prop.own:
            dates[fact.about.id] += [(end, fact) for value in fact.values for end in _dates(value)]
    for fact in after:
        for cause in fact.values:
            if not isinstance(cause, Entity) or not (dates[fact.about.id] and dates[cause.id]):
                continue
            late, later = max(dates[fact.about.id], key=lambda pair: pair[0].last)
            early, earlier = min(dates[cause.id], key=lambda pair: pair[0].first)
            if late.last < early.first:
                message = (
                    f"{fact.about.id!r} came after {cause.id!r} here, but {later.id!r} "
                    f"({later.origin.shown()}) says {late.text}, and {earlier.id!r} "
                    f"({earlier.origin.shown()}) {early.text}"
                )
                hint = "mend one of the two dates, or turn the statement round"
                yield fact.origin.problem((), message, hint, fact.prop.id)


def _dates(value: Value) -> tuple[PartialDate, ...]:
    match value:
        case PartialDate():
            return (value,)
        case Period():
            return (value.start, value.end)
        case _:
            return ()


@dataclass(frozen=True, slots=True)
class _Tenure:
    """Somebody in an office. He surely held it after `after` and before `before`.

    What is only known to the year may begin on any of its days; so two tenures that share no more than a
    boundary never clash, whether that is a day or a year.
    """

    after: _Day
    before: _Day
    person: Entity
    fact: Fact

    def clashes(self, other: _Tenure) -> bool:
        """Whether the two were surely in office on one day."""
        return self.person != other.person and self.after < other.before and other.after < self.before


def _tenure(fact: Fact) -> tuple[Entity, _Tenure] | None:
    """The office that a fact speaks of, and who was in it from when to when."""
    value = fact.values[0]
    if fact.prop.office == "about" and isinstance(value, Entity) and fact.as_of is not None:
        # In office on a day of which no more may be known than the year.
        return fact.about, _Tenure(fact.as_of.last, fact.as_of.first, value, fact)
    if fact.prop.office == "qualifier" and isinstance(value, Period) and fact.qualifier is not None:
        return fact.qualifier, _Tenure(value.start.last, value.end.first, fact.about, fact)
    return None


def _held_twice(facts: list[Fact]) -> Iterator[Problem]:
    """An office is held by one person at a time, unless its entity says that several share it."""
    by_office: dict[str, list[_Tenure]] = defaultdict(list)
    for fact in facts:
        found = _tenure(fact) if fact.values else None
        if found is not None and not found[0].record.shared:
            by_office[found[0].id].append(found[1])
    for office, tenures in by_office.items():
        there: list[_Tenure] = []
        for one in sorted(tenures, key=lambda tenure: (tenure.after, tenure.fact.id)):
            there = [other for other in there if other.before > one.after]
            clash = next((other for other in there if one.clashes(other)), None)
            there.append(one)
            if clash is not None:
                yield _both_there(office, one, clash)


def _both_there(office: str, one: _Tenure, other: _Tenure) -> Problem:
    message = (
        f"{office!r} is held by two people at once: {one.person.label} ({_when(one)}) here, "
        f"{other.person.label} ({_when(other)}) in {other.fact.id!r} ({other.fact.origin.shown()})"
    )
    hint = "mend one of the two, or write `shared: true` at the office"
    return one.fact.origin.problem((), message, hint, one.fact.prop.id)


def _when(tenure: _Tenure) -> str:
    fact = tenure.fact
    return shown(fact.values[0]) if fact.as_of is None else fact.as_of.text
