"""`quizgen grade`."""

from __future__ import annotations

import json

import click

from quizgen import terminal
from quizgen.cli import tab


@click.command("grade")
@click.argument("item", metavar="ITEM", shell_complete=tab.items)
@click.argument("response")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("--json", "as_json", is_flag=True, help="Print the verdict as JSON, for programs.")
def command(item: str, response: str, deck: str | None, as_json: bool) -> None:
    """Show how a quiz grades RESPONSE to ITEM: right, nearly, wrong or unreadable, and what it says.

    ITEM is an item's id, as `quizgen list items` names it.

    \b
    quizgen grade gsomia-signed/cloze "Nov 23rd, 2016"
    quizgen grade gsomia-signed/cloze "November 2016"
    """
    from quizgen.base.problems import Problem, did_you_mean
    from quizgen.cli.common import fail, kept_bank_for
    from quizgen.quiz.grade import grade, rivals_of

    bank, keep = kept_bank_for(deck)
    keep()
    items = {found.id: found for found in bank.items}
    if item not in items:
        hint = did_you_mean(item, items, "item")
        fail([Problem("quizgen", 0, 0, "ITEM", f"there is no item {item!r}", hint)])
    verdict = grade(items[item], response, rivals=rivals_of(bank.items))
    if as_json:
        said = {"item": item, "response": response, "verdict": verdict.mark.value, "note": verdict.note}
        terminal.out(json.dumps(said, ensure_ascii=False))
        return
    terminal.out(f"{verdict.mark.value}: {verdict.note}" if verdict.note else verdict.mark.value)
