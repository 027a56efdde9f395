"""`quizgen list`."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.facts.stats import Stats
    from quizgen.items.item import Bank

Rows = tuple[Sequence[str], Sequence[Sequence[str]]]


_WHAT = ["topics", "facts", "items", "sources", "entities", "sets", "properties", "skipped", "decks"]


class _What(click.Choice[str]):
    """What is listed. With `--stats` or `--skipped`, or where it can be nothing else, it is the deck."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Any:
        if ctx is not None and (ctx.params.get("stats") or ctx.params.get("skipped")):
            return value
        if value not in _WHAT and _is_deck(str(value)):
            return value
        return super().convert(value, param, ctx)


def _is_deck(name: str) -> bool:
    """Whether a name can only be a deck's: a shipped one's, or a recipe's path."""
    from quizgen import shipped

    return name in shipped.recipes() or "/" in name or name.endswith((".yaml", ".yml"))


@click.command("list")
@click.argument("what", type=_What(_WHAT), required=False)
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("--topic", metavar="T", shell_complete=tab.topics, help="Only what belongs to one topic.")
@click.option("--stats", is_flag=True, is_eager=True, help="Print a deck's measures instead of a list.")
@click.option("--skipped", is_flag=True, is_eager=True, help="List the items that were not made, and why.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
def command(  # noqa: PLR0913  each is an argument or an option of the command line
    what: str | None, deck: str | None, *, topic: str | None, stats: bool, skipped: bool, as_json: bool
) -> None:
    """List a deck's topics, facts, items, sources, entities, sets or properties, what was skipped and why, or
    the decks.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. With a DECK alone, its
    topics are listed. `--skipped` is another way to say `skipped`. With --stats: facts by
    topic, by property and by the trust of their best source; how many are essential, cite two publishers,
    and are verified; and how many paragraphs of substance the pack's coverage list (coverage.csv) covers.

    \b
    quizgen list
    quizgen list items --topic gsomia
    quizgen list --skipped my-deck.yaml
    quizgen list --stats my-deck.yaml
    """
    if stats:
        if deck is not None or topic is not None:
            raise click.UsageError("--stats measures a whole deck: give it a deck at most")
        measured = _stats(what)
        if as_json:
            terminal.out(json.dumps(asdict(measured), ensure_ascii=False, indent=1))
        else:
            terminal.table(*_measures(measured))
        return
    if skipped and what != "skipped":
        if deck is not None:
            raise click.UsageError("--skipped lists one deck: give it a deck at most")
        what, deck = "skipped", what
    if what is not None and what not in _WHAT:
        if deck is not None:
            raise click.UsageError(f"{what!r} is a deck: what is listed stands before it")
        what, deck = "topics", what
    headers, rows = _listed(what or "topics", deck, topic)
    if as_json:
        objects = [dict(zip(headers, row, strict=True)) for row in rows]
        terminal.out(json.dumps(objects, ensure_ascii=False, indent=1))
    else:
        terminal.table(headers, rows)


def _listed(what: str, deck: str | None, topic: str | None) -> Rows:
    from quizgen.cli.common import fail, recipe_for

    if what == "decks":
        return _decks()
    recipe, pack = recipe_for(deck)
    if topic is not None and topic not in pack.topics:
        from quizgen.base.problems import Problem, did_you_mean

        hint = did_you_mean(topic, pack.topics, "topic")
        fail([Problem("quizgen", 0, 0, "--topic", f"there is no topic {topic!r}", hint)])
    if what in ("topics", "items", "skipped"):
        from quizgen.generate.bank import generate

        return _from_bank(what, generate(pack, recipe), pack, topic)
    return _from_pack(what, pack, topic)


def _stats(deck: str | None) -> Stats:
    from quizgen.cli.common import fail, pack_for
    from quizgen.facts import coverage, ledger
    from quizgen.facts.stats import stats

    pack = pack_for(deck)
    entries, problems = ledger.read(ledger.ledger_path(pack))
    rows, found = coverage.read(coverage.coverage_path(pack))
    if problems or found:
        fail([*problems, *found])
    return stats(pack, {entry.key for entry in entries or ()}, rows)


def _measures(found: Stats) -> Rows:
    """The measures as a table; a share is of all facts, or of all paragraphs of substance."""
    counts: list[tuple[str, str, int]] = [("facts", "", found.facts)]
    counts += [("topic", name, count) for name, count in found.topics.items()]
    counts += [("property", name, count) for name, count in found.properties.items()]
    counts += [("best source", name, count) for name, count in found.trusts.items()]
    counts += [
        ("essential", "", found.essential),
        ("two publishers", "", found.two_publishers),
        ("verified", "", found.verified),
    ]
    rows = [(what, which, str(count), _share(count, found.facts)) for what, which, count in counts]
    if found.paragraphs is not None and found.covered is not None:
        share = _share(found.covered, found.paragraphs)
        rows.append(("paragraphs covered", f"of {found.paragraphs}", str(found.covered), share))
    return ("measure", "of", "count", "share"), rows


def _share(count: int, whole: int) -> str:
    """A share in whole percent, rounded down: only all of them is 100 %."""
    return f"{100 * count // whole} %" if whole else "–"


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
    if what == "properties":
        return ("property", "value", "about", "needs", "templates", "what it states"), [
            (p.id, p.value, " ".join(p.about), " ".join(p.needs), " ".join(t.id for t in p.templates), p.name)
            for p in sorted(pack.properties.values(), key=lambda p: p.id)
        ]
    if what == "entities":
        used = {fact.about.id for fact in facts}
        entities = [entity for entity in pack.entities.values() if topic is None or entity.id in used]
        return ("entity", "type", "name"), [(entity.id, entity.type.id, entity.label) for entity in entities]
    cited = Counter(cite.source for fact in facts for cite in fact.record.cites)
    sources = [source for source in pack.sources.values() if topic is None or cited[source.id]]
    rows = [(s.id, s.trust, s.publisher, str(s.published or ""), str(cited[s.id])) for s in sources]
    return ("source", "trust", "publisher", "published", "citations"), rows
