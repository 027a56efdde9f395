"""The values that a statement can have, and the forms in which each may be given or found."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from quizgen.base import numbers
from quizgen.base.dates import PartialDate

if TYPE_CHECKING:
    from quizgen.facts.schema import EntityRecord, TypeRecord


@dataclass(frozen=True)
class Entity:
    """A named thing of the pack. Two entities are the same where their ids are."""

    record: EntityRecord
    type: TypeRecord

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Entity) and other.record.id == self.record.id

    def __hash__(self) -> int:
        return hash(self.record.id)

    @property
    def id(self) -> str:
        """The entity's id."""
        return self.record.id

    @cached_property
    def name(self) -> str:
        """The name alone; for a contested one, every name that must stand beside it."""
        return "/".join((self.record.name, *self.record.also))

    @cached_property
    def label(self) -> str:
        """The name, introduced with its short form."""
        return f"{self.name} ({self.record.short})" if self.record.short else self.name

    @property
    def article(self) -> str:
        """What prose puts before the name."""
        return "the " if self.record.the else ""

    @cached_property
    def forms(self) -> tuple[str, ...]:
        """Every name that counts as the entity's, the label first."""
        record = self.record
        names = [self.label, record.name, *record.also, *record.aliases, *record.names.values()]
        if record.short:
            names.append(record.short)
        if self.name != record.name:
            names += [
                f"{a}/{b}" for a in (record.name, *record.also) for b in (record.name, *record.also) if a != b
            ]
        if self.type.either_order:
            names += [" ".join(reversed(name.split())) for name in names if len(name.split()) == 2]
        return tuple(dict.fromkeys(names))


@dataclass(frozen=True, slots=True)
class Period:
    """From one date to another, both included."""

    start: PartialDate
    end: PartialDate

    @property
    def text(self) -> str:
        """`1910 to 1945`."""
        return f"{self.start.text} to {self.end.text}"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and what it counts."""

    number: int | float
    unit: str | None

    @property
    def text(self) -> str:
        """`300 million US dollars`, `1 day`."""
        return numbers.spoken(self.number) + (f" {self.counted}" if self.unit else "")

    @property
    def counted(self) -> str:
        """The unit as it goes with the number; units are given in the plural."""
        unit = self.unit or ""
        return unit[:-1] if self.number == 1 and unit.endswith("s") and not unit.endswith("ss") else unit


Value = PartialDate | Period | Entity | Quantity | str


def shown(value: Value) -> str:
    """A value as a learner sees it."""
    match value:
        case str():
            return value
        case Entity():
            return value.label
        case _:
            return value.text


def identity(value: Value) -> str:
    """What stays the same about a value however it is worded."""
    match value:
        case Entity():
            return value.id
        case Period():
            return f"{value.start}/{value.end}"
        case Quantity():
            return f"{value.number} {value.unit or ''}".strip()
        case _:
            return str(value)


def forms(value: Value) -> tuple[str, ...]:
    """Every usual way to give a value, the one that is shown first."""
    match value:
        case PartialDate():
            return value.forms()
        case Entity():
            return value.forms
        case Period():
            start, end = value.start.text, value.end.text
            return (value.text, f"from {start} to {end}", f"{start}-{end}", f"between {start} and {end}")
        case Quantity():
            plain = numbers.forms(value.number)
            unit = value.counted
            return (*((f"{form} {unit}" for form in plain) if unit else ()), *plain)
        case _:
            return (value,)


def clash(one: Value, other: Value) -> bool:
    """Whether two values might both be right answers: equal, overlapping, or sharing a name."""
    if isinstance(one, PartialDate) and isinstance(other, PartialDate):
        return one.overlaps(other)
    if isinstance(one, Quantity) and isinstance(other, Quantity):
        return one.number == other.number
    return identity(one) == identity(other)
