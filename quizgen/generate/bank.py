"""A pack and a recipe make a bank: every item of every fact that the deck takes in, in study order."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from quizgen.generate.base import Base
from quizgen.generate.draw import Draw
from quizgen.generate.make import Maker
from quizgen.generate.sets import set_item
from quizgen.items.item import Bank, Item, Skipped

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, FactSet, Pack
    from quizgen.facts.recipe import Recipe


MOST = 4
"""How many items a fact has at most (Wozniak's rules: what is asked too often crowds out the rest)."""


def generate(pack: Pack, recipe: Recipe) -> Bank:
    """The deck's items: topics in the pack's order, facts as they stand, then the topic's sets.

    The pack must be sound (`quizgen.facts.check.soundness`).
    """
    deck = recipe.deck(pack)
    base = Base(pack)
    horizon = recipe.record.revision.year
    left_out, unwanted = set(recipe.record.leave_out), set(recipe.record.leave_out_tags)
    facts: dict[str, list[Fact]] = defaultdict(list)
    sets: dict[str, list[FactSet]] = defaultdict(list)
    for fact in pack.facts.values():
        if fact.id not in left_out and not unwanted & set(fact.record.tags):
            facts[fact.record.topic].append(fact)
    for fact_set in pack.sets.values():
        if fact_set.record.id not in left_out:
            sets[fact_set.record.topic].append(fact_set)
    types = set(recipe.record.types)
    made: list[Item | Skipped] = []
    for topic in deck.topics:
        for fact in facts[topic.id]:
            maker = Maker(base, fact, deck.seed, horizon)
            found = [maker.item(template) for template in fact.prop.templates if template.type in types]
            made += _enough([_kept(item, recipe) for item in found])
        grouped = [set_item(pack, found, deck.seed) for found in sets[topic.id] if found.record.type in types]
        made += [_kept(item, recipe) for item in grouped]
    return Bank(
        deck,
        tuple(item for item in made if isinstance(item, Item)),
        tuple(item for item in made if isinstance(item, Skipped)),
    )


def _enough(found: list[Item | Skipped]) -> list[Item | Skipped]:
    """At most `MOST` items on one fact, those of the first templates: more would crowd out other facts."""
    left = MOST
    kept: list[Item | Skipped] = []
    for item in found:
        if isinstance(item, Item):
            left -= 1
        enough = isinstance(item, Item) and left < 0
        kept.append(Skipped(item.id, f"{MOST} items on one fact are enough") if enough else item)
    return kept


def _kept(item: Item | Skipped, recipe: Recipe) -> Item | Skipped:
    """The item, unless the recipe keeps fewer of its type; its id alone decides, so none moves another."""
    if isinstance(item, Skipped):
        return item
    share = recipe.record.keep.get(item.type, 100)
    if share == 100 or Draw(recipe.record.seed, item.id).below(100, "kept") < share:
        return item
    return Skipped(item.id, f"the deck keeps {share} in 100 items of the type {item.type}")
