"""All the rules, and what they find."""

from __future__ import annotations

from quizgen.items.item import Bank, ItemType
from quizgen.lint.asking import ASKING_RULES
from quizgen.lint.deck import DECK_RULES
from quizgen.lint.language import LANGUAGE_RULES
from quizgen.lint.options import OPTION_RULES
from quizgen.lint.others import OTHER_RULES
from quizgen.lint.rule import Finding, Rule
from quizgen.lint.spread import SPREAD_RULES
from quizgen.lint.stems import STEM_RULES
from quizgen.lint.truth import Truth

_ALL = (*STEM_RULES, *LANGUAGE_RULES, *OPTION_RULES, *SPREAD_RULES, *OTHER_RULES, *ASKING_RULES, *DECK_RULES)
RULES: dict[str, Rule] = {rule.id: rule for rule in _ALL}


OF_A_DECK = frozenset({"deck-true-false", "deck-key-places", "deck-guess", "deck-topics", "deck-types"})
"""Rules that only a recipe can satisfy: a pack without a deck is not held to them."""


_BY_TYPE = (
    {kind: [(rule, rule.look) for rule in _ALL if rule.look and kind in rule.types] for kind in ItemType},
    {kind: [(rule, rule.ask) for rule in _ALL if rule.ask and kind in rule.types] for kind in ItemType},
)


def lint(bank: Bank, truth: Truth | None = None) -> list[Finding]:
    """What is wrong with a bank's items, rule by rule, in the order of the items.

    Without `truth`, rules that must ask a fact base are left out.
    """
    found: dict[str, list[Finding]] = {name: [] for name in RULES}
    looks, asks = _BY_TYPE
    # Item by item, so that what one rule found out about a text is still at hand for the next.
    for item in bank.items:
        broken = [rule for rule, look in looks[item.type] if next(look(item), None) is not None]
        if truth is not None:
            broken += [rule for rule, ask in asks[item.type] if next(ask(item, truth), None) is not None]
        for rule in broken:
            found[rule.id] += rule.of_item(item, truth)
    for rule in RULES.values():
        found[rule.id] += rule.of_bank(bank)
    return [finding for findings in found.values() for finding in findings]
