"""Whether passages state a fact's answer, in a usual form or by a derivation that the fact declares."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from quizgen.facts.values import Period, Quantity, Value, forms, shown

if TYPE_CHECKING:
    from quizgen.facts.model import Fact
    from quizgen.facts.passages import Passage
    from quizgen.facts.schema import DerivedRecord

_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def faults(fact: Fact, passages: Sequence[Passage | None]) -> list[tuple[int, str, str]]:
    """What the passages leave unsupported: the citation's index, what is missing, what to do.

    `passages` has one entry for each citation; None stands for one that was not found.
    """
    if fact.record.derived is not None:
        return _derived(fact, fact.record.derived, passages)
    found: list[tuple[int, str, str]] = []
    unstated = {shown(value): value for value in fact.values}
    for index, passage in enumerate(passages):
        if passage is None:
            return found
        says = fact.record.cites[index].says
        if says is not None:
            if not passage.states(says):
                found.append((index, f"the words {says!r} do not stand in the passage", "copy them from it"))
            unstated.clear()
            continue
        stated = [name for name, value in unstated.items() if _states(passage, fact, value)]
        here = stated or [shown(value) for value in fact.values if _states(passage, fact, value)]
        if not here:
            answer = " / ".join(map(shown, fact.values))
            hint = "cite the words that state it, or give the source's own words in `says`"
            found.append((index, f"the answer {answer!r} does not stand in the passage", hint))
        for name in stated:
            unstated.pop(name)
    if unstated and not found:
        missing = ", ".join(map(repr, unstated))
        found.append((0, f"no cited passage states {missing}", "cite one that does"))
    return found


def _states(passage: Passage, fact: Fact, value: Value) -> bool:
    """Whether one passage states one value."""
    if isinstance(value, Period):
        return all(any(passage.states(form) for form in end.forms()) for end in (value.start, value.end))
    accepted = (*forms(value), *fact.record.accept) if len(fact.values) == 1 else forms(value)
    return any(passage.states(form) for form in accepted)


def _derived(
    fact: Fact, derived: DerivedRecord, passages: Sequence[Passage | None]
) -> list[tuple[int, str, str]]:
    """A derivation holds where its words stand in the passages, each has one of them, and it works out."""
    found: list[tuple[int, str, str]] = []
    present = [passage for passage in passages if passage is not None]
    if len(present) < len(passages):
        return found
    for word in derived.words:
        if not any(passage.states(word) for passage in present):
            found.append(
                (0, f"{word!r}, which the answer is derived from, stands in no passage", "cite its place")
            )
    for index, passage in enumerate(present):
        if not any(passage.states(word) for word in derived.words):
            found.append(
                (index, "nothing that the answer is derived from stands in the passage", "drop the citation")
            )
    wrong = works_out(derived, fact.values)
    return found if wrong is None else [*found, (0, wrong, "mend the value or the derivation")]


def works_out(derived: DerivedRecord, values: Sequence[Value]) -> str | None:
    """What is wrong with a derivation's arithmetic, or None. `stated` has none: a person vouches for it."""
    if derived.rule == "stated":
        return None
    if len(values) != 1 or not isinstance(values[0], Quantity):
        return f"the rule {derived.rule!r} gives a number, and the value is none"
    numbers = [
        float(found.group().replace(",", "")) for word in derived.words if (found := _NUMBER.search(word))
    ]
    if derived.rule == "count":
        result = float(len(derived.words))
    elif len(numbers) < 2 or len(numbers) != len(derived.words):
        return f"the rule {derived.rule!r} needs two numbers at least, one in each of `from`"
    else:
        result = max(numbers) - min(numbers) if derived.rule == "difference" else sum(numbers)
    if result == float(values[0].number):
        return None
    return f"the {derived.rule} of {', '.join(derived.words)} is {result:g}, not {values[0].number:g}"
