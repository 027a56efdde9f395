"""The fact base as the generator asks it: what is true, what is like what, and what is near."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.facts.values import Entity, Period, Value, identity
from quizgen.generate.acronyms import Acronyms

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack
    from quizgen.generate.draw import Draw

# No question looks at more candidates than this, so that the work grows with the facts and no faster.
WINDOW = 24
SIDE = 5


class Base:
    """Indexes over a pack's facts, each made once."""

    def __init__(self, pack: Pack) -> None:
        self.pack = pack
        self.acronyms = Acronyms(pack.entities.values())
        self.true: dict[tuple[str, ...], set[str]] = defaultdict(set)
        self.by_property: dict[str, list[Fact]] = defaultdict(list)
        self.place: dict[str, int] = {}
        self.values_of: dict[tuple[str, str, str], list[Entity]] = defaultdict(list)
        self.of_topic: dict[tuple[str, str], list[Entity]] = defaultdict(list)
        self.of_type: dict[str, list[Entity]] = defaultdict(list)
        self.answers: Counter[tuple[str, str, str]] = Counter()
        self.prefixes: Counter[tuple[str, str, str]] = Counter()
        self.facts_about: Counter[str] = Counter()
        years: set[int] = set()
        for fact in pack.facts.values():
            self._add(fact)
            years |= {date.year for value in fact.values for date in _dates(value)}
        for entity in pack.entities.values():
            self.of_type[entity.type.id].append(entity)
        self.years = sorted(years)
        for entities in (*self.values_of.values(), *self.of_topic.values()):
            entities[:] = dict.fromkeys(entities)

    def _add(self, fact: Fact) -> None:
        facts = self.by_property[fact.prop.id]
        self.place[fact.id] = len(facts)
        facts.append(fact)
        self.facts_about[fact.about.id] += 1
        self.true[fact.scope].update(map(identity, fact.values))
        topic = fact.record.topic
        self.of_topic[topic, fact.about.type.id].append(fact.about)
        for value in fact.values:
            if isinstance(value, Entity):
                self.values_of[fact.prop.id, value.type.id, topic].append(value)
                self.of_topic[topic, value.type.id].append(value)
            where = (fact.prop.id, fact.about.type.id)
            self.answers[*where, identity(value)] += 1
            if isinstance(value, PartialDate):
                for prefix in _prefixes(value):
                    self.prefixes[*where, prefix] += 1

    def is_true(self, fact: Fact, value: Value) -> bool:
        """Whether some fact states the value of the same thing."""
        return identity(value) in self.true[fact.scope]

    def subjects(self, fact: Fact) -> int:
        """How many things of the subject's type may have the fact's value, itself included."""
        value = fact.values[0]
        where = (fact.prop.id, fact.about.type.id)
        if not isinstance(value, PartialDate):
            return self.answers[*where, identity(value)]
        # Two dates may be one day where one begins the other: 2016 and 2016-11-23.
        coarser = sum(self.answers[*where, prefix] for prefix in _prefixes(value)[:-1])
        return self.prefixes[*where, str(value)] + coarser

    def near(self, fact: Fact) -> Iterator[Fact]:
        """Other facts with the same property, those that stand nearest in the files first."""
        facts = self.by_property[fact.prop.id]
        here = self.place[fact.id]
        for step in range(1, WINDOW // 2 + 1):
            if here - step >= 0:
                yield facts[here - step]
            if here + step < len(facts):
                yield facts[here + step]

    def years_near(self, year: int, reach: int) -> list[int]:
        """The years that some fact speaks of, at most `reach` away, and at most `SIDE` on either side."""
        here = bisect_left(self.years, year)
        around = self.years[max(here - SIDE, 0) : here + SIDE + 1]
        return [other for other in around if abs(other - year) <= reach]

    def like(self, fact: Fact, entity: Entity, draw: Draw) -> Iterator[list[Entity]]:
        """Entities of the same type, tier by tier from the most like it to the least.

        People and pacts of other topics are of other eras; beyond the topic there is only what has none.
        """
        kind, topic = entity.type, fact.record.topic
        entities = self.pack.entities
        yield [entities[name] for name in entity.record.confusable if entities[name].type.id == kind.id]
        yield self._window(self.values_of[fact.prop.id, kind.id, topic], draw)
        yield self._window(self.of_topic[topic, kind.id], draw)
        if kind.timeless:
            yield self._window(self.of_type[kind.id], draw)

    def _window(self, entities: list[Entity], draw: Draw) -> list[Entity]:
        start = draw.below(len(entities) - WINDOW, "window") if len(entities) > WINDOW else 0
        return entities[start : start + WINDOW]


def _dates(value: Value) -> tuple[PartialDate, ...]:
    if isinstance(value, PartialDate):
        return (value,)
    return (value.start, value.end) if isinstance(value, Period) else ()


def _prefixes(date: PartialDate) -> tuple[str, ...]:
    """`2016`, `2016-11`, `2016-11-23`: every coarser way to give the date, and the date itself."""
    text = str(date)
    return tuple(text[:length] for length in (4, 7, 10) if length <= len(text))
