"""All the rules, and what they find."""

from __future__ import annotations

from quizgen.items.item import Bank
from quizgen.lint.options import OPTION_RULES
from quizgen.lint.others import OTHER_RULES
from quizgen.lint.rule import Finding, Rule
from quizgen.lint.stems import STEM_RULES

RULES: dict[str, Rule] = {rule.id: rule for rule in (*STEM_RULES, *OPTION_RULES, *OTHER_RULES)}


OF_A_DECK = frozenset({"deck-true-false", "deck-key-places"})
"""Rules that only a recipe can satisfy: a pack without a deck is not held to them."""


def lint(bank: Bank) -> list[Finding]:
    """What is wrong with a bank's items, rule by rule, in the order of the items."""
    return [finding for rule in RULES.values() for finding in rule.findings(bank)]
