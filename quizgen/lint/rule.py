"""A rule: what it forbids, why, who says so, and how to look for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum

from quizgen.items.item import Bank, Item


class Severity(StrEnum):
    """An error fails the build; a warning is reported."""

    ERROR = "E"
    WARNING = "W"


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule found: in which item (None: in the deck as a whole), and what to do about it."""

    rule: str
    severity: Severity
    item: str | None
    message: str
    hint: str

    def __str__(self) -> str:
        return f"{self.severity} {self.rule} {self.item or 'deck'}: {self.message}; {self.hint}"


Look = Callable[[Item], Iterator[str]]
LookAtAll = Callable[[Bank], Iterator[tuple[str | None, str]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `look` yields what is wrong with an item, `look_at_all` with a bank; one of the two is there.

    `hint` says what to do, `reason` why it matters, `reference` who found or said so.
    """

    id: str
    severity: Severity
    hint: str
    reason: str
    reference: str
    look: Look | None = None
    look_at_all: LookAtAll | None = None

    def findings(self, bank: Bank) -> Iterator[Finding]:
        """What the rule finds in a bank."""
        if self.look is not None:
            for item in bank.items:
                for message in self.look(item):
                    yield Finding(self.id, self.severity, item.id, message, self.hint)
        if self.look_at_all is not None:
            for name, message in self.look_at_all(bank):
                yield Finding(self.id, self.severity, name, message, self.hint)
