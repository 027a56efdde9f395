"""How hard an item is thought to be before anybody has answered it, and on what that rests.

Three things are known to count, and each can be read off the item and its fact. To recall is harder than to
recognise (Haist, Shimamura and Squire 1992), and an exact day is more to recall than a year. The nearer the
wrong options are to the key, the harder a choice (Alsubait, Parsia and Sattler 2013, *A similarity-based
theory of controlling MCQ difficulty*). And what is central to a subject is met again and again. The weights
below are ours, and an estimate only: it sorts what is new, until a learner's own answers tell more.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.facts.values import Entity, Period, Quantity, Value
from quizgen.items.item import Difficulty, ItemType

if TYPE_CHECKING:
    from quizgen.facts.model import Fact

# What each type begins with: (level, what it asks of a learner).
_BEGIN = {
    ItemType.BOOLEAN: (0.3, "recognition, one of two"),
    ItemType.CHOICE: (0.35, "recognition"),
    ItemType.MULTI: (0.5, "recognition, several right"),
    ItemType.MATCH: (0.45, "recognition, several pairs"),
    ItemType.ORDER: (0.45, "several things in order"),
    ItemType.CLOZE: (0.55, "recall, with the sentence as a cue"),
    ItemType.TYPED: (0.6, "recall"),
}
_ESSENTIAL = 0.15
_NEAR = 0.2
_ROW = 0.05
REACH = 12
"""Years from which on a wrong date is no near one."""


def estimate(
    kind: ItemType,
    fact: Fact,
    keys: Sequence[Value],
    wrong: Sequence[Value] = (),
    *,
    central: bool = False,
) -> Difficulty:
    """The estimate for an item of one fact; `central` says that much else is known of its subject."""
    level, basis = _BEGIN[kind]
    said = [basis]
    if kind in (ItemType.TYPED, ItemType.CLOZE):
        more, what = _precision(keys)
        level += more
        said += [what] if what else []
    elif wrong:
        near = sum(_nearness(key, other, fact) for key in keys for other in wrong) / (len(keys) * len(wrong))
        level += _NEAR * near
        said.append(f"wrong options {'near' if near >= 0.5 else 'far'} ({near:.2f})")
    if fact.record.essential:
        level -= _ESSENTIAL
        said.append("essential")
    elif central:
        level -= _ESSENTIAL / 3
        said.append("about something central")
    return _difficulty(level, said)


def estimate_of_set(kind: ItemType, rows: int, *, essential: bool) -> Difficulty:
    """The estimate for an item over several facts; `rows` are its entries or pairs."""
    level, basis = _BEGIN[kind]
    said = [basis, f"{rows} rows", *(["essential"] if essential else [])]
    return _difficulty(level + _ROW * (rows - 3) - (_ESSENTIAL if essential else 0), said)


def _difficulty(level: float, said: list[str]) -> Difficulty:
    return Difficulty(round(min(max(level, 0.05), 0.95), 2), "; ".join(said))


def _precision(keys: Sequence[Value]) -> tuple[float, str]:
    """How much more there is to recall than one name or year."""
    if len(keys) > 1 or isinstance(keys[0], Period):
        return 0.2, "two or more answers"
    match keys[0]:
        case PartialDate(month=None):
            return 0.0, ""
        case PartialDate(day=None):
            return 0.1, "to the month"
        case PartialDate():
            return 0.2, "to the day"
        case Quantity():
            return 0.1, "an exact number"
        case _:
            return 0.0, ""


def _nearness(key: Value, other: Value, fact: Fact) -> float:
    """How like the key a wrong option is, from 0 (nobody would take it) to 1."""
    match key, other:
        case PartialDate(), PartialDate():
            return max(0.0, 1 - abs(key.year - other.year) / REACH)
        case Quantity(), Quantity() if key.number > 0 and other.number > 0:
            return max(0.0, 1 - abs(math.log2(key.number / other.number)))
        case Period(), Period():
            shift = abs(key.start.year - other.start.year) + abs(key.end.year - other.end.year)
            return max(0.0, 1 - shift / REACH)
        case Entity(), Entity():
            return 1.0 if other in fact.wrong or other.id in key.record.confusable else 0.5
        case _:
            return 1.0 if other in fact.wrong else 0.5
