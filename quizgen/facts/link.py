"""Records to a pack: each name is followed to what it names, each value read as its property asks."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from quizgen.base.dates import PartialDate
from quizgen.base.problems import Problem, brief, did_you_mean
from quizgen.facts.model import Fact, FactSet, Origin, Pack
from quizgen.facts.schema import FactRecord, PackRecord, PropertyRecord, SetRecord
from quizgen.facts.values import Entity, Period, Quantity, Value

if TYPE_CHECKING:
    from pathlib import Path

    from quizgen.facts.load import Entries
    from quizgen.facts.yaml_file import Document, Loc

MAX_GUESSES = 50

_WHAT = {
    "topics": "topic",
    "types": "type",
    "sources": "source",
    "entities": "entity",
    "properties": "property",
    "facts": "fact",
}


class _Linker:
    """Follows names, and gathers what leads nowhere."""

    def __init__(self, entries: Entries) -> None:
        self.entries = entries
        self.sections = entries.sections
        self.problems: list[Problem] = []
        self.entities: dict[str, Entity] = {}
        self.facts: dict[str, Fact] = {}
        self.guesses = 0

    def check(self, section: str, name: str, origin: Origin, way: Loc) -> bool:
        """Whether `name` is known; a problem where it is not, unless its own record was already refused."""
        if name in self.sections[section]:
            return True
        if not self.entries.missing(section, name):
            what = _WHAT[section]
            self.guesses += 1
            # Comparing with ten thousand names takes a while: a pack without its entities is told at once.
            hint = (
                did_you_mean(name, self.sections[section], what)
                if self.guesses <= MAX_GUESSES
                else f"add the {what}, or mend its name"
            )
            self.problems.append(origin.problem(way, f"there is no {what} {brief(name)}", hint))
        return False

    def link_entities(self) -> None:
        for name, (record, origin) in self.sections["entities"].items():
            if self.check("types", record.type, origin, ("type",)):
                self.entities[name] = Entity(record, self.sections["types"][record.type][0])
            else:
                self.entries.broken.add(("entities", name))
            for index, other in enumerate(record.confusable):
                self.check("entities", other, origin, ("confusable", index))

    def entity(self, name: str, origin: Origin, way: Loc) -> Entity | None:
        return self.entities.get(name) if self.check("entities", name, origin, way) else None

    def link_properties(self) -> None:
        for record, origin in self.sections["properties"].values():
            for field in ("about", "value_types"):
                for index, name in enumerate(getattr(record, field)):
                    self.check("types", name, origin, (field, index))

    def link_facts(self) -> None:
        for name, (record, origin) in self.sections["facts"].items():
            fact = self.fact(record, origin)
            if fact is not None:
                self.facts[name] = fact
            else:
                self.entries.broken.add(("facts", name))

    def fact(self, record: FactRecord, origin: Origin) -> Fact | None:
        before = len(self.problems)
        topic_known = self.check("topics", record.topic, origin, ("topic",))
        for index, cite in enumerate(record.cites):
            self.check("sources", cite.source, origin, ("cites", index, "source"))
        about = self.entity(record.about, origin, ("about",))
        qualifier = record.qualifier and self.entity(record.qualifier, origin, ("qualifier",))
        holder = record.according_to and self.entity(record.according_to, origin, ("according_to",))
        if not self.check("properties", record.property, origin, ("property",)):
            return None
        prop: PropertyRecord = self.sections["properties"][record.property][0]
        values, wrong = self.values(record, prop, origin)
        if about is None or not topic_known or len(self.problems) > before:
            return None
        return Fact(record, about, prop, values, wrong, qualifier or None, holder or None, origin)

    def values(
        self, record: FactRecord, prop: PropertyRecord, origin: Origin
    ) -> tuple[tuple[Value, ...], tuple[Value, ...]]:
        """The fact's values and its misconceptions, read as the property asks."""
        raw: list[tuple[Any, Loc]]
        if prop.value == "entities":
            if record.values is None and record.value is not None:
                message = f"{prop.id!r} takes a list, and here is one value"
                self.problems.append(origin.problem(("value",), message, "write `values: […]`"))
            elif record.values is None:
                message = f"the field 'values' is missing: {prop.id!r} takes a list"
                self.problems.append(origin.problem((), message, "add `values: […]`", "values"))
            elif record.value is not None:
                message = f"{prop.id!r} takes a list of values, and here is one as well"
                self.problems.append(origin.problem(("value",), message, "move it into `values`"))
            raw = [(item, ("values", index)) for index, item in enumerate(record.values or ())]
        else:
            if record.values is not None:
                message = f"{prop.id!r} takes one value, and here is a list"
                self.problems.append(origin.problem(("values",), message, "write `value: …`"))
            elif record.value is None:
                message = f"the field 'value' is missing: {prop.id!r} takes {_wanted(prop)}"
                self.problems.append(origin.problem((), message, "add `value: …`", "value"))
            raw = [] if record.value is None else [(record.value, ("value",))]
        values = [self.value(item, prop, origin, way) for item, way in raw]
        wrong = [self.value(item, prop, origin, ("wrong", index)) for index, item in enumerate(record.wrong)]
        return _present(values), _present(wrong)

    def value(self, raw: Any, prop: PropertyRecord, origin: Origin, way: Loc) -> Value | None:
        try:
            return self.read(raw, prop, origin, way)
        except ValueError as error:
            self.refuse(origin, way, str(error), f"{prop.id!r} takes {_wanted(prop)}")
            return None

    def refuse(self, origin: Origin, way: Loc, message: str, hint: str) -> None:
        self.problems.append(origin.problem(way, message, hint))

    def read(self, raw: Any, prop: PropertyRecord, origin: Origin, way: Loc) -> Value | None:
        """One value. Raises ValueError where it is not of the property's type."""
        match prop.value:
            case "date":
                return _date(raw)
            case "period":
                return self.period(raw, origin, way)
            case "number":
                return _quantity(raw, prop.unit)
            case "text":
                if not isinstance(raw, str) or not raw.strip():
                    raise ValueError(f"expected text, found {brief(raw)}")
                return raw.strip()
            case "entity" | "entities":
                if not isinstance(raw, str):
                    raise ValueError(f"expected the id of an entity, found {brief(raw)}")
                found = self.entity(raw, origin, way)
                if found is not None and prop.value_types and found.type.id not in prop.value_types:
                    raise ValueError(f"{raw!r} is of the type {found.type.id!r}")
                return found

    def period(self, raw: Any, origin: Origin, way: Loc) -> Period | None:
        """A period; a date in it that is none is reported where it stands."""
        if not isinstance(raw, dict) or set(raw) != {"from", "to"}:
            found = f"a mapping of {', '.join(map(brief, raw))}" if isinstance(raw, dict) else brief(raw)
            raise ValueError(f"expected a period, found {found}")
        ends: list[PartialDate] = []
        for name in ("from", "to"):
            try:
                ends.append(_date(raw[name]))
            except ValueError as error:
                self.refuse(origin, (*way, name), str(error), "write it as exactly as it is known")
        if len(ends) < 2:
            return None
        start, end = ends
        if end.last < start.first:
            raise ValueError(f"the period ends ({end}) before it begins ({start})")
        return Period(start, end)

    def link_set(self, record: SetRecord, origin: Origin) -> FactSet | None:
        known = [self.check("facts", name, origin, ("facts", i)) for i, name in enumerate(record.facts)]
        if not self.check("topics", record.topic, origin, ("topic",)) or not all(known):
            return None
        if any(name not in self.facts for name in record.facts):
            return None
        return FactSet(record, tuple(self.facts[name] for name in record.facts), origin)


def link(entries: Entries, root: Path, documents: tuple[Document, ...]) -> tuple[Pack, list[Problem]]:
    """The pack that the entries make, and every name in them that leads nowhere."""
    linker = _Linker(entries)
    linker.link_entities()
    linker.link_properties()
    linker.link_facts()
    sets = {
        name: linker.link_set(record, origin) for name, (record, origin) in entries.sections["sets"].items()
    }
    pack = Pack(
        record=entries.pack or PackRecord(id="unnamed", name="unnamed"),
        root=root,
        topics=_records(entries, "topics"),
        types=_records(entries, "types"),
        properties=_records(entries, "properties"),
        sources=_records(entries, "sources"),
        entities=linker.entities,
        facts=linker.facts,
        sets={name: found for name, found in sets.items() if found is not None},
        documents=documents,
    )
    return pack, linker.problems


def _records(entries: Entries, section: str) -> dict[str, Any]:
    return {name: record for name, (record, _) in entries.sections[section].items()}


def _present(values: Iterable[Value | None]) -> tuple[Value, ...]:
    return tuple(value for value in values if value is not None)


def _wanted(prop: PropertyRecord) -> str:
    types = " or ".join(prop.value_types)
    return {
        "date": "a date: 2016, 2016-11 or 2016-11-23",
        "period": "a period: {from: 1910, to: 1945}",
        "number": "a number, or {number: 300, unit: days}",
        "text": "text",
        "entity": f"the id of an entity{f' of the type {types}' if types else ''}",
        "entities": f"a list of ids of entities{f' of the type {types}' if types else ''}",
    }[prop.value]


def _date(raw: Any) -> PartialDate:
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise ValueError(f"expected a date, found {brief(raw)}")
    return PartialDate.parse(raw)


def _quantity(raw: Any, unit: str | None) -> Quantity:
    if isinstance(raw, dict):
        if set(raw) != {"number", "unit"} or not isinstance(raw["unit"], str) or not raw["unit"].strip():
            raise ValueError(
                f"expected a number and its unit, found a mapping of {', '.join(map(brief, raw))}"
            )
        raw, unit = raw["number"], raw["unit"].strip()
    if isinstance(raw, bool) or not isinstance(raw, int | float):
        raise ValueError(f"expected a number, found {brief(raw)}")
    return Quantity(raw, unit)
