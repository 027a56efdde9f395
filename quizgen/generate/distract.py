"""Wrong options: of the key's own kind, and known to be false."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.base.text import fold
from quizgen.facts.values import Entity, Period, Quantity, Value, clash, forms, identity, shown

if TYPE_CHECKING:
    from quizgen.facts.model import Fact
    from quizgen.generate.base import Base
    from quizgen.generate.draw import Draw

Number = int | float

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
    # Where options have an order, an author's two (one below the key, one above) would tell it by its place:
    # the key's rank is drawn first, and the author's values are preferred on their own side.
    if isinstance(key, PartialDate) and key.month is None:
        return [*_years(asked, key, count, _distinct(key, authored, len(fact.wrong)))]
    if isinstance(key, Quantity):
        return [*_numbers(asked, key, count, _distinct(key, authored, len(fact.wrong)))]
    chosen = _distinct(key, authored, count)
    if fact.record.wrong_only:
        return chosen
    return _distinct(key, (*chosen, *_made(asked, count - len(chosen))), count)


def _made(asked: Asked, count: int) -> Iterable[Value]:
    """Candidates beside the fact's own misconceptions, the best first."""
    match asked.key:
        case _ if count == 0:
            return ()
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


def _years(asked: Asked, key: PartialDate, count: int, authored: Sequence[Value]) -> list[PartialDate]:
    """Years around the key, the author's first, then those in which something else happened."""
    year = key.year
    own = [value.year for value in authored if isinstance(value, PartialDate)]
    if asked.fact.record.wrong_only:
        return [PartialDate(int(other)) for other in _around(asked, year, own, (), count)]
    latest = max(asked.horizon, year)
    known = [other for other in asked.base.years_near(year, REACH) if other <= latest]
    known.sort(key=lambda other: abs(other - year))
    near = range(year - 4, min(year + 4, latest) + 1)
    return [PartialDate(int(other)) for other in _around(asked, year, own, (*known, *near), count)]


def _numbers(asked: Asked, key: Quantity, count: int, authored: Sequence[Value]) -> list[Quantity]:
    """Numbers around the key, the author's first, then others from half to twice as large and as round."""
    number = key.number
    own = [value.number for value in authored if isinstance(value, Quantity)]
    if asked.fact.record.wrong_only:
        return [Quantity(other, key.unit) for other in _around(asked, number, own, (), count)]
    if isinstance(number, int) and abs(number) < 20:
        steps = [number + step for step in (-3, -2, -1, 1, 2, 3)]
        others: list[Number] = [step for step in steps if step > 0 or number <= 0]
    else:
        factors = (0.5, 0.6, 0.75, 0.8, 1.25, 1.4, 1.5, 2)
        rounded = [_rounded(number, factor, spare) for spare in (0, 1) for factor in factors]
        others = [other for other in rounded if 0.5 <= other / number <= 2]
    return [Quantity(other, key.unit) for other in _around(asked, number, own, others, count)]


def _around(
    asked: Asked, key: Number, authored: Iterable[Number], others: Iterable[Number], count: int
) -> list[Number]:
    """Candidates from below and above the key, after the key's rank among them has been drawn.

    The nearest neighbours of a key put it in the middle; so do most authors. On each side the author's own
    come first; chance draws the rest among twice as many as are wanted, from the front of `others`.
    """
    own = [other for other in dict.fromkeys(authored) if other != key]
    rest = [other for other in dict.fromkeys(others) if other != key and other not in own]
    own_below, below = ([other for other in pool if other < key] for pool in (own, rest))
    own_above, above = ([other for other in pool if other > key] for pool in (own, rest))
    rank = asked.draw.below(count + 1, "rank")
    under = max(min(rank, len(own_below) + len(below)), count - len(own_above) - len(above))
    return [
        *_side(asked.draw, own_below, below, under, "below"),
        *_side(asked.draw, own_above, above, count - under, "above"),
    ]


def _side(draw: Draw, own: list[Number], rest: list[Number], count: int, label: str) -> list[Number]:
    chosen = draw.some(own, count, f"own {label}")
    left = count - len(chosen)
    return [*chosen, *draw.some(rest[: 2 * left], left, label)]


def _rounded(number: int | float, factor: float, spare: int) -> int | float:
    """A multiple of a number that is as round as the number itself, or `spare` digits less."""
    if isinstance(number, float):
        digits = len(repr(number).partition(".")[2])
        return round(number * factor, digits)
    zeros = len(str(number)) - len(str(number).rstrip("0"))
    unit: int = 10 ** max(zeros - spare, 0)
    return round(number * factor / unit) * unit


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
