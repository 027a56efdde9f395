"""`quizgen show`."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from pydantic import BaseModel

    from quizgen.facts.model import Fact, Pack
    from quizgen.items.item import Bank, Item


@click.command("show")
@click.argument("name", metavar="ID", shell_complete=tab.everything)
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
def command(name: str, deck: str | None, as_json: bool) -> None:
    """Show one fact, item, set, source or entity whole. An item's id is the fact's and the template's: a/b.

    \b
    quizgen show gsomia-signed
    quizgen show gsomia-signed/year
    quizgen show freedom-edge --json
    """
    from quizgen.base.problems import Problem, did_you_mean
    from quizgen.cli.common import fail, recipe_for
    from quizgen.generate.bank import generate

    recipe, pack = recipe_for(deck)
    bank = generate(pack, recipe)
    found = _find(name, pack, bank)
    if not found:
        items = {item.id for item in bank.items}
        known = {*items, *pack.facts, *pack.sets, *pack.sources, *pack.entities}
        near = did_you_mean(name, known, "fact")
        hint = near if near.startswith("did") else "`quizgen list facts` names them"
        fail(
            [Problem("quizgen", 0, 0, "ID", f"there is no fact, item, set, source or entity {name!r}", hint)]
        )
    if as_json:
        terminal.out(json.dumps([dict(pairs) for pairs in found], ensure_ascii=False, indent=1, default=str))
        return
    for index, pairs in enumerate(found):
        if index:
            terminal.out()
        for label, value in pairs:
            text = ", ".join(map(str, value)) if isinstance(value, tuple | list) else str(value)
            terminal.out(f"{label}: {text}")


def _find(name: str, pack: Pack, bank: Bank) -> list[list[tuple[str, Any]]]:
    """Everything of that name, each as labels and values."""
    found: list[list[tuple[str, Any]]] = []
    found += [_item(item) for item in bank.items if item.id == name]
    if name in pack.facts:
        found.append(_fact(pack.facts[name], bank))
    records: list[tuple[str, BaseModel]] = []
    if name in pack.sets:
        records.append(("set", pack.sets[name].record))
    if name in pack.entities:
        records.append(("entity", pack.entities[name].record))
    if name in pack.sources:
        records.append(("source", pack.sources[name]))
    for what, record in records:
        data = record.model_dump(exclude_defaults=True)
        found.append([(what, name), *((key, value) for key, value in data.items() if key != "id")])
    return found


def _item(item: Item) -> list[tuple[str, Any]]:
    pairs = [("item", item.id), *list(asdict(item).items())[1:]]
    sources = [(f"source {n}", source.link) for n, source in enumerate(item.sources, 1)]
    return [pair for pair in pairs if pair[0] != "sources" and pair[1] not in (None, ())] + sources


def _fact(fact: Fact, bank: Bank) -> list[tuple[str, Any]]:
    from quizgen.generate.wording import statement

    record = fact.record
    items = [item for item in bank.items if item.facts == (fact.id,)]
    pairs: list[tuple[str, Any]] = [
        ("fact", fact.id),
        ("statement", statement(fact)),
        ("explanation", record.explanation),
        ("topic", record.topic),
        ("property", f"{record.property} of {record.about}"),
        ("as of", str(fact.as_of) if fact.as_of else None),
        ("according to", fact.holder.label if fact.holder else None),
        ("place", fact.origin.shown()),
    ]
    pairs += [(item.id, f"{item.stem} — {'; '.join(item.key)}") for item in items]
    left_out = [skipped for skipped in bank.skipped if skipped.id.startswith(f"{fact.id}/")]
    pairs += [(f"{skipped.id} (not made)", skipped.reason) for skipped in left_out]
    for number, (cite, source) in enumerate(
        zip(record.cites, items[0].sources if items else (), strict=False), 1
    ):
        pairs.append(
            (
                f"source {number}",
                f"{source.publisher}, {source.title}, paragraph {cite.paragraph}: {source.link}",
            )
        )
    return [pair for pair in pairs if pair[1] is not None]
