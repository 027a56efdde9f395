"""Wrong options: of the key's own kind, and known to be false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar

from quizgen.base.dates import PartialDate
from quizgen.base.text import fold
from quizgen.facts.values import Entity, Period, Quantity, Value, clash, forms, identity, shown

if TYPE_CHECKING:
    from quizgen.facts.model import Fact
    from quizgen.generate.base import Base
    from quizgen.generate.draw import Draw

T = TypeVar("T")

REACH = 12
"""How many years a wrong year may be from the right one."""

GENERATION = 25
"""How many years apart two things may be to be taken for one another."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What wrong options are wanted for. `horizon` is the last year that a wrong date may have."""

    base: Base
    fact: Fact
    key: Value
    draw: Draw
    horizon: int


def distractors(asked: Asked, count: int, *, subject: bool = False) -> list[Value]:
    """At most `count` wrong options; fewer where the base has no more that are known to be false.

    With `subject`, the key is what the fact is about, and the options are things of its type.
    """
    fact, key = asked.fact, asked.key
    if not fact.closed:
        return []
    if subject:
        return _distinct(key, _subjects(asked), count)
    authored = (value for value in _authored(fact, key) if not asked.base.is_true(fact, value))
    chosen = _distinct(key, authored, count)
    return _distinct(key, (*chosen, *_made(asked, count - len(chosen), chosen)), count)


def _made(asked: Asked, count: int, chosen: list[Value]) -> Iterable[Value]:
    """Candidates beside the fact's own misconceptions, the best first."""
    match asked.key:
        case _ if count == 0:
            return ()
        case PartialDate(month=None):
            return _years(asked, asked.key, count, chosen)
        case Quantity():
            return _numbers(asked, asked.key, count, chosen)
        case Period():
            return _periods(asked, asked.key)
        case Entity():
            return _entities(asked, asked.key)
        case _:
            return _values(asked)


def _authored(fact: Fact, key: Value) -> list[Value]:
    """The fact's own misconceptions, at the key's precision."""
    if isinstance(key, PartialDate) and key.month is None:
        return [PartialDate(value.year) for value in fact.wrong if isinstance(value, PartialDate)]
    return list(fact.wrong)


def _distinct(key: Value, candidates: Iterable[Value], count: int) -> list[Value]:
    """The first candidates that can be told from the key and from one another."""
    chosen: list[Value] = []
    taken = {fold(form) for form in forms(key)}
    for candidate in candidates:
        if len(chosen) == count:
            break
        name = fold(shown(candidate))
        if name in taken or clash(candidate, key) or (taken & {fold(form) for form in _names(candidate)}):
            continue
        taken.add(name)
        chosen.append(candidate)
    return chosen


def _names(value: Value) -> tuple[str, ...]:
    return value.forms if isinstance(value, Entity) else ()


def _years(asked: Asked, key: PartialDate, count: int, chosen: list[Value]) -> list[PartialDate]:
    """Years around the key, whose rank is drawn first: its nearest neighbours would put it in the middle."""
    year = key.year
    taken = {value.year for value in chosen if isinstance(value, PartialDate)} | {year}
    latest = max(asked.horizon, year)
    known = [other for other in asked.base.years_near(year, REACH) if other not in taken and other <= latest]
    near = [other for other in range(year - 4, min(year + 4, latest) + 1) if other not in taken]
    # Years in which something else happened are the better lures: they come first, the nearest in front.
    known.sort(key=lambda other: abs(other - year))
    order = [*known, *(other for other in near if other not in known)]
    below = [other for other in order if other < year]
    above = [other for other in order if other > year]
    return [PartialDate(other) for other in _around(asked, below, above, count)]


def _around(asked: Asked, below: list[T], above: list[T], count: int) -> list[T]:
    """Candidates from below and above the key, after the key's rank among them has been drawn.

    Those that stand first in their list are preferred: chance draws among twice as many as are wanted.
    """
    rank = asked.draw.below(count + 1, "rank")
    under = max(min(rank, len(below)), count - len(above))
    over = count - under
    return [
        *asked.draw.some(below[: 2 * under], under, "below"),
        *asked.draw.some(above[: 2 * over], over, "above"),
    ]


def _numbers(asked: Asked, key: Quantity, count: int, chosen: list[Value]) -> list[Quantity]:
    """Numbers from half to twice the key, as round as it is; the key's rank is drawn first."""
    number = key.number
    taken = {value.number for value in chosen if isinstance(value, Quantity)} | {number}
    if isinstance(number, int) and abs(number) < 20:
        steps: list[int | float] = [
            number + step for step in (-3, -2, -1, 1, 2, 3) if number + step > 0 or number <= 0
        ]
    else:
        steps = [_rounded(number, factor) for factor in (0.5, 0.6, 0.75, 0.8, 1.25, 1.4, 1.5, 2)]
    pool = [step for step in dict.fromkeys(steps) if step not in taken]
    below = [other for other in pool if other < number]
    above = [other for other in pool if other > number]
    return [Quantity(other, key.unit) for other in _around(asked, below, above, count)]


def _rounded(number: int | float, factor: float) -> int | float:
    """A multiple of a number that is as round as the number itself, or a digit less."""
    if isinstance(number, float):
        digits = len(repr(number).partition(".")[2])
        return round(number * factor, digits)
    zeros = len(str(number)) - len(str(number).rstrip("0"))
    unit = 10 ** max(zeros - 1, 0)
    return int(round(number * factor / unit) * unit)


def _periods(asked: Asked, key: Period) -> Iterator[Period]:
    """Periods that share ends with the key and with each other, so that no count of ends gives it away."""
    start, end = key.start, key.end
    limit = max(asked.horizon, end.year)
    starts = [start, *(_moved(start, step) for step in asked.draw.some(_STEPS, len(_STEPS), "starts"))]
    ends = [end, *(_moved(end, step) for step in asked.draw.some(_STEPS, len(_STEPS), "ends"))]
    starts = [other for other in starts if other < end]
    ends = [other for other in ends if start < other and other.year <= limit]
    corners = [(a, b) for a in starts[:2] for b in ends[:2] if (a, b) != (start, end) and a < b]
    for first, last in asked.draw.shuffled(corners, str, "corners"):
        yield Period(first, last)


_STEPS = (-6, -5, -4, -3, 3, 4, 5, 6)
"""How far a wrong end of a period is from the right one, in years."""


def _moved(date: PartialDate, years: int) -> PartialDate:
    """The date some years later, to the same precision; 29 February becomes the 28th."""
    day = 28 if (date.month, date.day) == (2, 29) else date.day
    return PartialDate(date.year + years, date.month, day)


def _entities(asked: Asked, key: Entity) -> Iterator[Entity]:
    base, fact, draw = asked.base, asked.fact, asked.draw
    told = {fact.about.id, fact.qualifier.id if fact.qualifier else ""}
    for tier, entities in enumerate(base.like(fact, key, draw)):
        for entity in draw.shuffled(entities, lambda entity: entity.id, f"entities {tier}"):
            # Whoever is offered a contested place wonders what the question wants to say with it.
            if entity.id not in told and not entity.record.also and not base.is_true(fact, entity):
                yield entity


def _values(asked: Asked) -> Iterator[Value]:
    """What the same property is of other things. A statement in words of its own has none."""
    base, fact = asked.base, asked.fact
    if fact.prop.own:
        return
    found = {
        identity(value): value
        for other in base.near(fact)
        for value in other.values
        if type(value) is type(asked.key) and not base.is_true(fact, value)
    }
    for name in asked.draw.shuffled(found, str, "values"):
        yield found[name]


def _subjects(asked: Asked) -> Iterator[Entity]:
    """Things of the same type of which the base knows another value."""
    fact = asked.fact
    found = {
        other.about.id: other.about
        for other in asked.base.near(fact)
        if other.closed
        and other.about.type == fact.about.type
        and other.about != fact.about
        and (other.qualifier, other.holder) == (fact.qualifier, fact.holder)
        and not any(clash(one, two) for one in other.values for two in fact.values)
        and _same_era(other.values[0], fact.values[0])
    }
    for name in asked.draw.shuffled(found, str, "subjects"):
        yield found[name]


def _same_era(one: Value, other: Value) -> bool:
    """Whether two dates are within a generation of each other; anything else has no era."""
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return abs(one.year - other.year) <= GENERATION
    return True
