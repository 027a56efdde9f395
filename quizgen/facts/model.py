"""The pack as the rest of quizgen sees it: linked, checked, frozen."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizgen.facts.values import Entity, Value

if TYPE_CHECKING:
    from pathlib import Path

    from quizgen.base.dates import PartialDate
    from quizgen.base.problems import Problem
    from quizgen.facts.schema import (
        FactRecord,
        PackRecord,
        PropertyRecord,
        SetRecord,
        SourceRecord,
        TopicRecord,
        TypeRecord,
    )
    from quizgen.facts.yaml_file import Document, Loc


@dataclass(frozen=True, slots=True)
class Origin:
    """Where an entry stands, so that a later stage can point at it."""

    document: Document
    loc: Loc

    def problem(self, way: Loc, message: str, hint: str, name: str | None = None) -> Problem:
        """A problem at `way`, counted from the entry."""
        return self.document.problem((*self.loc, *way), message, hint, name)

    def shown(self) -> str:
        """File and line of the entry, for a person who is to look there."""
        return f"{self.document.shown}:{self.document.place((*self.loc, 'id'))[0]}"


@dataclass(frozen=True, slots=True)
class Fact:
    """One statement: `about` an entity, a property has these values; and who says so, and when it was so."""

    record: FactRecord
    about: Entity
    prop: PropertyRecord
    values: tuple[Value, ...]
    wrong: tuple[Value, ...]
    qualifier: Entity | None
    holder: Entity | None
    origin: Origin

    @property
    def id(self) -> str:
        """The fact's id."""
        return self.record.id

    @property
    def as_of(self) -> PartialDate | None:
        """The date at which it was so."""
        return self.record.as_of

    @property
    def scope(self) -> tuple[str, str, str, str, str]:
        """What the statement is about, all told: two facts with one scope speak of the same value."""
        qualifier = self.qualifier.id if self.qualifier else ""
        holder = self.holder.id if self.holder else ""
        if self.prop.own:
            return (self.id, "", "", "", "")
        return (self.about.id, self.prop.id, qualifier, holder, str(self.as_of or ""))

    @property
    def closed(self) -> bool:
        """Whether any other value is known to be false."""
        if self.prop.value == "entities":
            return self.record.complete
        return self.prop.single


@dataclass(frozen=True, slots=True)
class FactSet:
    """Facts that are put in order or matched together."""

    record: SetRecord
    facts: tuple[Fact, ...]
    origin: Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class Pack:
    """A whole knowledge base. Every mapping is by id, in the order of the files."""

    record: PackRecord
    root: Path
    topics: Mapping[str, TopicRecord]
    types: Mapping[str, TypeRecord]
    properties: Mapping[str, PropertyRecord]
    sources: Mapping[str, SourceRecord]
    entities: Mapping[str, Entity]
    facts: Mapping[str, Fact]
    sets: Mapping[str, FactSet]
    documents: tuple[Document, ...] = field(default=(), repr=False)
