"""What a template sees: plain words, with the forms that English needs."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen.base.dates import PartialDate
from quizgen.base.numbers import in_words
from quizgen.facts.values import Entity, Period, Quantity, Value, shown

BLANK = "[...]"


def capital(text: str) -> str:
    """`text` with its first letter large."""
    return text[:1].upper() + text[1:]


def joined(parts: list[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])} and {parts[-1]}"


@dataclass(frozen=True, slots=True)
class Words:
    """Words in mid-sentence, and their other forms; the names of the forms are those of `templates.SLOTS`."""

    text: str
    on: str = ""
    first: str = ""
    last: str = ""
    capitals: bool = True

    def __str__(self) -> str:
        return self.text

    @property
    def start(self) -> str:
        """The words at the beginning of a sentence."""
        return capital(self.text) if self.capitals else self.text

    @property
    def On(self) -> str:  # noqa: N802  a template writes the form as the reader will see it
        """The words with their preposition, at the beginning of a sentence."""
        return capital(self.on) if self.capitals else self.on


@dataclass(frozen=True, slots=True)
class Thing:
    """An entity in mid-sentence, and its other forms."""

    entity: Entity
    capitals: bool = True

    def __str__(self) -> str:
        return self.entity.article + self.entity.label

    @property
    def start(self) -> str:
        """The entity at the beginning of a sentence."""
        return capital(str(self)) if self.capitals else str(self)

    @property
    def bare(self) -> str:
        """The entity without its article."""
        return self.entity.label

    @property
    def short(self) -> str:
        """The acronym or short name."""
        return self.entity.record.short or self.entity.name

    @property
    def type(self) -> str:
        """What kind of thing it is."""
        return self.entity.type.name

    @property
    def plural(self) -> str:
        """What several things of its kind are called."""
        return self.entity.type.plural

    @property
    def was(self) -> str:
        """The verb that goes with it in the past."""
        return "were" if self.entity.record.plural else "was"

    @property
    def be(self) -> str:
        """The verb that goes with it in the present."""
        return "are" if self.entity.record.plural else "is"


def words(value: Value, *, capitals: bool = True) -> Words:
    """A value as a template shows it."""
    match value:
        case PartialDate():
            return Words(value.text, on=value.on, capitals=capitals)
        case Period():
            return Words(value.text, first=value.start.text, last=value.end.text, capitals=capitals)
        case Entity():
            return Words(value.article + value.label, capitals=capitals)
        case Quantity(number=int(number)) if 0 < number < 10:
            # Prose spells small numbers; options and answers keep their figures.
            return Words(" ".join((in_words(number), value.counted)).strip(), capitals=capitals)
        case _:
            return Words(shown(value), capitals=capitals)


TO_THE_MONTH, TO_THE_DAY = " (month and year)", " (day, month and year)"
"""What a blank for a date says of itself: `in the month of` would take the month alone, `on` the day."""


def blank(value: Value) -> Words:
    """What stands in a cloze for a value: a preposition stays, a period leaves two blanks."""
    match value:
        case PartialDate():
            # "took place in [...]" might want a place.
            if value.day is not None:
                return Words(BLANK, on=f"on {BLANK}{TO_THE_DAY}")
            return Words(BLANK, on=f"in {BLANK}{TO_THE_MONTH}" if value.month else f"in the year {BLANK}")
        case Period():
            years = value.start.precision == value.end.precision == "year"
            end = f"the year {BLANK}" if years else BLANK
            return Words(f"{BLANK} to {BLANK}", first=end, last=end)
        case Entity():
            return Words(value.article + BLANK)
        case Quantity(unit=str()):
            return Words(f"{BLANK} {value.counted}")
        case _:
            return Words(BLANK)
