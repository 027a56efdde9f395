"""`quizgen export`."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from quizgen import terminal
from quizgen.base.problems import Problem
from quizgen.cli import tab
from quizgen.export import EXPORTERS


@click.command("export")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option(
    "--to", "form", type=click.Choice(sorted({*EXPORTERS, "facts"})), required=True, help="What to write."
)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
def command(deck: str | None, form: str, output: Path | None) -> None:
    """Write a deck's items, or its facts, for other programs.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. `json` is the item bank
    (docs/item-bank.md), `facts` the knowledge base under it, `apkg` what `quizgen build` writes, and
    `deck-page` the Markdown for the deck's page on AnkiWeb. Without -o, it goes to standard output.

    \b
    quizgen export --to json -o items.json
    quizgen export decks/my-deck.yaml --to facts | jq .facts
    """
    data = _data(deck, form)
    if output is not None:
        from quizgen.cli.writing import write

        write(output, data)
    elif sys.stdout.isatty():
        _show(data, form)
    else:
        sys.stdout.buffer.write(data)
        sys.stdout.buffer.flush()  # here a closed pipe ends the command; later it would be a traceback


def _data(deck: str | None, form: str) -> bytes:
    # The facts are the one thing that no exporter can write: exporters know items only.
    if form == "facts":
        from quizgen.cli.common import pack_for
        from quizgen.facts.dump import facts_json

        return facts_json(pack_for(deck))
    if form == "apkg":
        # The very deck that `build` writes: its notes are dated by the lock, and not by the recipe.
        from quizgen.cli.building import built

        return built(deck).package
    from quizgen.cli.common import bank_for
    from quizgen.cli.writing import export

    return export(bank_for(deck), form)


def _show(data: bytes, form: str) -> None:
    """Write text to the terminal; a person has no use for other bytes there."""
    try:
        terminal.out(data.decode().removesuffix("\n"))
    except UnicodeDecodeError:
        from quizgen.cli.common import fail

        fail(
            [
                Problem(
                    "quizgen",
                    0,
                    0,
                    "-o",
                    f"{form} is no text that a terminal can show",
                    "name a file with -o",
                )
            ]
        )
