"""`quizgen list`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from quizgen import terminal

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.items.item import Bank

Rows = tuple[Sequence[str], Sequence[Sequence[str]]]


@click.command("list")
@click.argument(
    "what",
    type=click.Choice(["topics", "facts", "items", "sources", "entities", "sets", "skipped", "decks"]),
    default="topics",
)
@click.argument("deck", required=False)
@click.option("--topic", metavar="T", help="Only what belongs to one topic.")
def command(what: str, deck: str | None, topic: str | None) -> None:
    """List a deck's topics, facts, items, sources, entities or sets, what was skipped and why, or the decks.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one.

    \b
    quizgen list
    quizgen list items --topic gsomia
    quizgen list skipped my-deck.yaml
    """
    from quizgen.cli.common import fail, recipe_for

    if what == "decks":
        terminal.table(*_decks())
        return
    recipe, pack = recipe_for(deck)
    if topic is not None and topic not in pack.topics:
        from quizgen.base.problems import Problem, did_you_mean

        hint = did_you_mean(topic, pack.topics, "topic")
        fail([Problem("quizgen", 0, 0, "--topic", f"there is no topic {topic!r}", hint)])
    if what in ("topics", "items", "skipped"):
        from quizgen.generate.bank import generate

        terminal.table(*_from_bank(what, generate(pack, recipe), pack, topic))
    else:
        terminal.table(*_from_pack(what, pack, topic))


def _decks() -> Rows:
    from quizgen import shipped
    from quizgen.facts.recipe import load_recipe

    loaded = [load_recipe(path)[0] for path in shipped.recipes().values()]
    return ("deck", "name", "revision"), [
        (recipe.record.id, recipe.record.name, str(recipe.record.revision))
        for recipe in loaded
        if recipe is not None
    ]


def _from_bank(what: str, bank: Bank, pack: Pack, topic: str | None) -> Rows:
    if what == "items":
        wanted = [item for item in bank.items if topic in (None, item.topic)]
        return ("item", "type", "question"), [(item.id, item.type.value, item.stem) for item in wanted]
    if what == "skipped":
        topics = {name: fact.record.topic for name, fact in pack.facts.items()}
        topics |= {name: found.record.topic for name, found in pack.sets.items()}
        return ("item", "reason"), [
            (skipped.id, skipped.reason)
            for skipped in bank.skipped
            if topic in (None, topics[skipped.id.rpartition("/")[0]])
        ]
    items = Counter(item.topic for item in bank.items)
    facts = Counter(fact.record.topic for fact in pack.facts.values())
    rows = [
        (found.id, found.name, str(facts[found.id]), str(items[found.id]))
        for found in bank.deck.topics
        if topic in (None, found.id)
    ]
    return ("topic", "name", "facts", "items"), rows


def _from_pack(what: str, pack: Pack, topic: str | None) -> Rows:
    from quizgen.generate.wording import statement

    facts = [fact for fact in pack.facts.values() if topic in (None, fact.record.topic)]
    if what == "facts":
        return ("fact", "topic", "statement"), [
            (fact.id, fact.record.topic, statement(fact)) for fact in facts
        ]
    if what == "sets":
        sets = [found.record for found in pack.sets.values() if topic in (None, found.record.topic)]
        return ("set", "type", "instruction"), [(record.id, record.type, record.ask) for record in sets]
    if what == "entities":
        used = {fact.about.id for fact in facts}
        entities = [entity for entity in pack.entities.values() if topic is None or entity.id in used]
        return ("entity", "type", "name"), [(entity.id, entity.type.id, entity.label) for entity in entities]
    cited = Counter(cite.source for fact in facts for cite in fact.record.cites)
    sources = [source for source in pack.sources.values() if topic is None or cited[source.id]]
    rows = [(s.id, s.trust, s.publisher, str(s.published or ""), str(cited[s.id])) for s in sources]
    return ("source", "trust", "publisher", "published", "citations"), rows
