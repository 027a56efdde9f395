"""The fact base as a witness: is an answer right, is another right too? For rules on items that are made.

It knows nothing of how options were drawn: it reads an item's text and compares it with every fact that
speaks of the same thing, by values and by names, whoever states it and however exactly.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING

from quizgen.base.dates import MONTHS, PartialDate
from quizgen.base.text import fold
from quizgen.facts.values import Entity, Period, Quantity, Value, clash, forms, identity, shown
from quizgen.facts.views import BLANK, TO_THE_DAY, TO_THE_MONTH
from quizgen.generate import wording
from quizgen.generate.acronyms import Acronyms
from quizgen.items.item import ItemType

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, FactSet, Pack
    from quizgen.facts.schema import Part, TemplateRecord
    from quizgen.items.item import Item

# What a date brings with it, and a blank in its place: `on`, `in the year`.
_LED = r"(?:[Oo]n|[Ii]n|[Ff]rom)(?: the (?:year|day))? "
_LED_BEGIN, _LED_END = re.compile(f"^{_LED}"), re.compile(f"{_LED}$")
_NOTHING: frozenset[Entity] = frozenset()


class Judge:
    """Answers for the items of one pack; meets `quizgen.lint.truth.Truth`."""

    def __init__(self, pack: Pack) -> None:
        self._pack = pack
        self._said: dict[tuple[str, str], list[Fact]] = defaultdict(list)
        self._with: dict[tuple[str, str, str], list[Fact]] = defaultdict(list)
        self._acronyms = Acronyms(pack.entities.values())
        # Rule after rule asks about one item; the last one is remembered.
        self._last: tuple[Item | None, tuple[Fact, TemplateRecord] | None] = (None, None)
        self._right: tuple[Item | None, Collection[str]] = (None, ())
        self._articles: dict[str, set[str]] = {}
        self._named: dict[str, set[Entity]] = defaultdict(set)
        for fact in pack.facts.values():
            self._said[fact.about.id, fact.prop.id].append(fact)
            for value in fact.values:
                for rough in set(_rough(value)):
                    self._with[fact.prop.id, fact.about.type.id, rough].append(fact)
        for entity in pack.entities.values():
            for form in entity.forms:
                self._named[fold(form)].add(entity)

    def fits(self, item: Item) -> Sequence[str]:
        """Other answers than the key that are right too."""
        asked = self._asked(item)
        if asked is None:
            return ()
        fact, template = asked
        if template.type in (ItemType.BOOLEAN, ItemType.MULTI):
            return () if template.type is ItemType.BOOLEAN or fact.record.complete else ("others, unlisted",)
        if template.answer == "subject":
            return tuple(dict.fromkeys(other.about.label for other in self._sharing(fact)))
        others = [other for other in self._speaking(fact) if other is not fact]
        key = wording.part(fact, template.answer) if others else None
        if key is None:
            return ()
        found = [
            shown(value)
            for other in others
            for value in _parts(other, template.answer)
            if not clash(value, key) and _folded(shown(value)) not in _forms(key)
        ]
        return tuple(dict.fromkeys(found))

    def true(self, item: Item, option: str) -> bool:
        """Whether an option is right under some fact, or names the same thing as the key."""
        asked = self._asked(item)
        if asked is None:
            return False
        fact, template = asked
        folded = _folded(option)
        if template.answer == "subject":
            others = [fact.about, *(other.about for other in self._sharing(fact))]
            return any(folded in _forms(other) for other in others)
        if folded in self.right(item):
            return True
        date = _date(option)
        for other in self._speaking(fact):
            for value in (*_parts(other, template.answer), *other.values):
                if date is not None and isinstance(value, PartialDate) and value.overlaps(date):
                    return True
                if folded in _names(value):
                    return True
        return not self._named.get(folded, _NOTHING).isdisjoint(fact.values)

    def right(self, item: Item) -> Collection[str]:
        """Every form of the right answer, folded; none for order and match items."""
        if self._right[0] is not item:
            self._right = (item, self._right_of(item))
        return self._right[1]

    def _right_of(self, item: Item) -> Collection[str]:
        asked = self._asked(item)
        if asked is None:
            return ()
        fact, template = asked
        part = wording.part(fact, template.answer)
        values = fact.values if part is None else (part,)
        own = fact.record.accept if template.answer == "value" else ()
        if not own and len(values) == 1:
            return _forms(values[0])
        return frozenset(map(_folded, own)).union(*map(_forms, values))

    def swapped(self, item: Item) -> str | None:
        """What stands in the answer's place in a true-or-false statement."""
        asked = self._asked(item)
        if asked is None:
            return None
        plain = wording.cloze(*asked)
        told = _between(plain, item.stem)
        return _between(self._acronyms.introduced(plain, ()), item.stem) if told is None else told

    def ties(self, item: Item) -> Sequence[str]:
        """Rows of an order item that may be equal, and answers of a match item that fit two rows."""
        found = self._pack.sets.get(item.id.rpartition("/")[0])
        if found is None:
            return ()
        return tuple(_order_ties(found) if found.record.type == "order" else self._match_ties(found))

    def _match_ties(self, found: FactSet) -> Iterator[str]:
        """Answers of one row that another row's thing has too."""
        for fact in found.facts:
            for other in found.facts:
                if other is not fact and other.about != fact.about:
                    theirs = [v for told in self._speaking(other) for v in _parts(told, found.record.answer)]
                    for value in _parts(fact, found.record.answer):
                        if any(clash(value, their) for their in theirs):
                            yield shown(value)

    def kinds(self, text: str) -> Collection[str]:
        """The kinds of thing that bear this name."""
        return {entity.type.id for entity in self._named.get(fold(text), ())}

    def articled(self, item: Item) -> Collection[str]:
        """The names of the item's things that prose puts 'the' before."""
        if len(item.facts) == 1:
            return self._articled_in(item.facts[0])
        return {name for fact in item.facts for name in self._articled_in(fact)}

    def _articled_in(self, name: str) -> Collection[str]:
        """Those of one fact's things, which are the same for each of its items."""
        if name not in self._articles:
            fact = self._pack.facts.get(name)
            parts = (fact.about, fact.qualifier, fact.holder, *fact.values, *fact.wrong) if fact else ()
            things = [part for part in parts if isinstance(part, Entity)]
            self._articles[name] = {thing.record.name for thing in things if thing.record.the}
        return self._articles[name]

    def changes(self, item: Item) -> bool:
        """Whether the answer is an office, a statistic or a status, which holds for a time only."""
        asked = self._asked(item)
        if asked is None:
            return False
        fact = asked[0]
        if fact.as_of is None and fact.prop.office is None and "as_of" not in fact.prop.needs:
            return False
        # A date is when something was so, and stays.
        return not any(isinstance(value, PartialDate | Period) for value in fact.values)

    def _asked(self, item: Item) -> tuple[Fact, TemplateRecord] | None:
        """The fact and the template of an item; None for a set's, and for one that the pack never made."""
        if self._last[0] is item:
            return self._last[1]
        name, _, wanted = item.id.rpartition("/")
        fact = self._pack.facts.get(name)
        found = None
        if fact is not None:
            found = next(((fact, one) for one in fact.prop.templates if one.id == wanted), None)
        self._last = (item, found)
        return found

    def _speaking(self, fact: Fact) -> Sequence[Fact]:
        """The fact, and all others of the same thing, property, party and time."""
        said = self._said[fact.about.id, fact.prop.id]
        if fact.prop.own or len(said) == 1:
            return (fact,)
        return [
            other
            for other in said
            if other.qualifier == fact.qualifier and _same_time(other, fact) and _same_voice(other, fact)
        ]

    def _sharing(self, fact: Fact) -> Iterator[Fact]:
        """Facts that give another thing of the type the same value."""
        seen = {fact.about.id}
        for value in fact.values:
            for rough in set(_rough(value)):
                for other in self._with[fact.prop.id, fact.about.type.id, rough]:
                    same = other.qualifier == fact.qualifier and _same_time(other, fact)
                    alike = any(clash(one, value) or _named_alike(one, value) for one in other.values)
                    if other.about.id not in seen and same and _same_voice(other, fact) and alike:
                        seen.add(other.about.id)
                        yield other


def _between(sentence: str, stem: str) -> str | None:
    """What a stem has where a sentence has its blank, without what a date brings; None if it differs more."""
    before, blank, after = sentence.partition(BLANK)
    before, after = _LED_END.sub("", before), after.removeprefix(TO_THE_MONTH).removeprefix(TO_THE_DAY)
    if not (blank and stem.startswith(before) and stem.endswith(after)):
        return None
    return _LED_BEGIN.sub("", stem[len(before) : len(stem) - len(after)].strip(), count=1)


def _rough(value: Value) -> tuple[str, ...]:
    """Under what a value is looked up: two that may both be right share one of these."""
    match value:
        case PartialDate():
            return (str(value.year),)
        case Period():
            return (f"{value.start.year}/{value.end.year}",)
        case Entity():
            return tuple(fold(form) for form in value.forms)
        case Quantity():
            return (str(value.number),)
        case _:
            return (fold(value),)


def _named_alike(one: Value, other: Value) -> bool:
    if isinstance(one, PartialDate) or isinstance(other, PartialDate):
        return False
    return not _forms(one).isdisjoint(_forms(other))


def _same_time(one: Fact, other: Fact) -> bool:
    """Whether two statements may be of the same time; one without a date is of any."""
    return one.as_of is None or other.as_of is None or one.as_of.overlaps(other.as_of)


def _same_voice(other: Fact, asked: Fact) -> bool:
    """Whether what one fact states counts where another is asked for: a claim is its holder's alone."""
    return other.holder == asked.holder or asked.holder is None


def _parts(fact: Fact, part: Part) -> Iterator[Value]:
    """A fact's values at the precision asked for."""
    for value in fact.values:
        match part, value:
            case "year", PartialDate():
                yield PartialDate(value.year)
            case "from", Period():
                yield PartialDate(value.start.year)
            case "to", Period():
                yield PartialDate(value.end.year)
            case _:
                yield value


_folded = lru_cache(maxsize=4096)(fold)
_WRITTEN = re.compile(
    rf"(?:(\d{{1,2}}) )?({'|'.join(MONTHS)}) (?:(\d{{1,2}}), )?(\d{{4}})|(\d{{4}}(?:-\d\d(?:-\d\d)?)?)"
)


@lru_cache(maxsize=4096)
def _forms(value: Value) -> frozenset[str]:
    """A value's forms, folded. Of a day the three commonest: stems and keys have no others."""
    if isinstance(value, PartialDate) and value.month is not None:
        return frozenset(map(fold, (value.text, *wording.names(value))))
    return frozenset(map(fold, forms(value)))


@lru_cache(maxsize=4096)
def _names(value: Value) -> frozenset[str]:
    """A value's forms, and what stays the same about it, folded."""
    return _forms(value) | {_folded(identity(value))}


@lru_cache(maxsize=4096)
def _date(text: str) -> PartialDate | None:
    """The date that a text is, in the British, the American or the ISO way; None where it is none."""
    found = _WRITTEN.fullmatch(text)
    if found is None:
        return None
    before, month, behind, year, iso = found.groups()
    day = int(before or behind or 0) or None
    try:
        return PartialDate.parse(iso) if iso else PartialDate(int(year), MONTHS.index(month) + 1, day)
    except ValueError:
        return None


def _order_ties(found: FactSet) -> Iterator[str]:
    """Neighbours in time that may be of one day."""
    dated = sorted(
        ((value, fact) for fact in found.facts if isinstance(value := fact.values[0], PartialDate)),
        key=lambda pair: pair[0],
    )
    for (early, one), (late, other) in pairwise(dated):
        if early.overlaps(late):
            yield f"{wording.entry(one)} = {wording.entry(other)}"
