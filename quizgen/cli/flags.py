"""`quizgen flags`: what learners remarked on questions, for who writes the pack."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.base import clock
from quizgen.cli import tab
from quizgen.cli.common import fail, recipe_for
from quizgen.store.place import place

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.items.item import Bank
    from quizgen.store.review import Flag


@click.command("flags")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The store; left out: $QUIZGEN_STATE, or the one in your data folder.",
)
@click.option("--json", "as_json", is_flag=True, help="Print them as JSON, for programs.")
def command(deck: str | None, state: Path | None, as_json: bool) -> None:
    """List the remarks that were made on a deck's questions in `quizgen quiz` (`f`).

    Each comes with the question, its facts, and the file and line where they stand.

    \b
    quizgen flags
    quizgen flags my-deck.yaml --json
    """
    from quizgen.generate.bank import generate

    recipe, pack = recipe_for(deck)
    bank = generate(pack, recipe)
    every = _flags(place(state))
    mine = [_described(flag, bank, pack) for flag in every if flag.deck == bank.deck.id]
    if as_json:
        terminal.out(json.dumps(mine, ensure_ascii=False, indent=1))
        return
    _show(mine, bank.deck.id)
    others = Counter(flag.deck for flag in every if flag.deck != bank.deck.id)
    if others:
        terminal.say()
        named = ", ".join(f"{name} ({count})" for name, count in sorted(others.items()))
        terminal.say(f"There are remarks on other decks too: {named}.")


def _flags(path: Path) -> list[Flag]:
    """Every remark in the store, if there is one; ends with exit code 1 where it is broken."""
    from quizgen.store.database import StoreError
    from quizgen.store.store import Store

    if not path.exists():
        return []
    try:
        with Store.open(path, now=clock.now()) as store:
            return store.flags()
    except StoreError as error:
        fail([error.problem])


def _described(flag: Flag, bank: Bank, pack: Pack) -> dict[str, Any]:
    """A remark with its question, if that is still asked, and the places of its facts and set."""
    item = next((item for item in bank.items if item.id == flag.item), None)
    facts = item.facts if item else flag.facts
    places = [pack.facts[fact].origin.shown() if fact in pack.facts else None for fact in facts]
    found_set = pack.sets.get(flag.item.rpartition("/")[0])
    return {
        "remark": flag.remark,
        "item": flag.item,
        "question": item.stem if item else None,
        "set": found_set.origin.shown() if found_set else None,
        "facts": [{"fact": fact, "place": where} for fact, where in zip(facts, places, strict=True)],
        "at": flag.at.isoformat(timespec="seconds"),
        "deck": flag.deck,
        "revision": flag.revision,
    }


def _show(flags: Iterable[dict[str, Any]], deck: str) -> None:
    rows = list(flags)
    if not rows:
        terminal.say(f"There are no remarks on the deck {deck}.")
    for number, row in enumerate(rows):
        if number:
            terminal.say()
        terminal.say(row["remark"], style="strong")
        terminal.say(f"{row['item']}: {row['question'] or 'no longer asked'}", indent=2)
        if row["set"]:
            terminal.say(row["set"], indent=2)
        for one in row["facts"]:
            where = one["place"] or f"{one['fact']}: no longer in the pack"
            terminal.say(f"{where}: {one['fact']}" if one["place"] else where, indent=2)
        terminal.say(f"on {row['at'][:10]}, revision {row['revision']}", style="faint", indent=2)
