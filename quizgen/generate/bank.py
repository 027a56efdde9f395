"""A pack and a recipe make a bank: every item of every fact that the deck takes in, in study order."""

from __future__ import annotations

from typing import TYPE_CHECKING

from quizgen.generate.base import Base
from quizgen.generate.draw import Draw
from quizgen.generate.make import Maker
from quizgen.generate.order import in_study_order
from quizgen.generate.sets import set_item
from quizgen.items.item import Bank, Item, Skipped

if TYPE_CHECKING:
    from collections.abc import Iterator

    from quizgen.facts.model import Fact, Pack
    from quizgen.facts.recipe import Recipe


MOST = 4
"""How many items a fact has at most (Wozniak's rules: what is asked too often crowds out the rest)."""


def generate(pack: Pack, recipe: Recipe) -> Bank:
    """The deck's items in study order (`quizgen.generate.order`), and what was not made.

    The pack must be sound (`quizgen.facts.check.soundness`).
    """
    deck = recipe.deck(pack)
    base = Base(pack)
    horizon = recipe.record.revision.year
    types, topics = set(recipe.record.types), {topic.id for topic in deck.topics}
    groups: list[list[Item | Skipped]] = []
    for fact in _wanted(pack, recipe):
        if fact.record.topic in topics:
            maker = Maker(base, fact, deck.seed, horizon)
            found = [maker.item(template) for template in fact.prop.templates if template.type in types]
            groups.append(_enough([_kept(item, recipe) for item in found]))
    for found_set in pack.sets.values():
        record = found_set.record
        if record.id not in recipe.record.leave_out and record.topic in topics and record.type in types:
            groups.append([_kept(set_item(pack, found_set, deck.seed), recipe)])
    items = [[item for item in group if isinstance(item, Item)] for group in groups]
    return Bank(
        deck,
        tuple(in_study_order([group for group in items if group], pack)),
        tuple(item for group in groups for item in group if isinstance(item, Skipped)),
    )


def _wanted(pack: Pack, recipe: Recipe) -> Iterator[Fact]:
    left_out, unwanted = set(recipe.record.leave_out), set(recipe.record.leave_out_tags)
    for fact in pack.facts.values():
        if fact.id not in left_out and not unwanted & set(fact.record.tags):
            yield fact


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
