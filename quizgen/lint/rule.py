"""A rule: what it forbids, why, who says so, and how to look for it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from enum import StrEnum

from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.truth import Truth


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
Ask = Callable[[Item, Truth], Iterator[str]]
LookAtAll = Callable[[Bank], Iterator[tuple[str | None, str]]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule. `look` yields what is wrong with an item, `ask` asks the fact base, `look_at_all` sees a bank.

    An item of another type than `types` cannot break it, and is never looked at. `hint` says what to do,
    `reason` why it matters, `reference` who found or said so.
    """

    id: str
    severity: Severity
    hint: str
    reason: str
    reference: str
    look: Look | None = None
    look_at_all: LookAtAll | None = None
    ask: Ask | None = None
    types: frozenset[ItemType] = frozenset(ItemType)

    def of_item(self, item: Item, truth: Truth | None = None) -> list[Finding]:
        """What the rule finds in an item; a rule that must ask finds nothing without a fact base."""
        if item.type not in self.types:
            return []
        found: list[str] = []
        if self.look is not None:
            found += self.look(item)
        if self.ask is not None and truth is not None:
            found += self.ask(item, truth)
        return [Finding(self.id, self.severity, item.id, message, self.hint) for message in found]

    def of_bank(self, bank: Bank) -> list[Finding]:
        """What the rule finds in a bank as a whole."""
        found = () if self.look_at_all is None else self.look_at_all(bank)
        return [Finding(self.id, self.severity, name, message, self.hint) for name, message in found]


def only_for(*types: ItemType) -> Callable[[Rule], Rule]:
    """What makes a rule one for these types of item: a deck is checked the sooner."""
    return lambda rule: replace(rule, types=frozenset(types))
