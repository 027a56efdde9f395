"""`quizgen build`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import terminal

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Item


@click.command("build")
@click.argument("deck", required=False)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
def command(deck: str | None, output: Path | None) -> None:
    """Write a deck as an Anki file.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. Without -o, the file is
    called after the deck and stands in the current folder. A file of that name is replaced whole; where
    something goes wrong it stays as it was (exit code 1).

    \b
    quizgen build
    quizgen build decks/my-deck.yaml -o my-deck.apkg
    """
    from quizgen.cli.common import bank_for
    from quizgen.cli.writing import export, write
    from quizgen.export.anki_notes import cards_of, note_id

    bank = bank_for(deck)
    path = output or Path(f"{bank.deck.id}.apkg")
    data = export(bank, "apkg")
    write(path, data)
    cards = cards_of(bank)
    notes = len({note_id(item) for item in cards})
    terminal.out(f"Wrote {path}: {_count(len(cards), 'card')} on {_count(notes, 'note')}, {_size(data)}.")
    terminal.out()
    _table(bank, cards)
    terminal.out()
    terminal.say("To study, double-click the file, or open Anki and choose File > Import.")
    terminal.say("A newer build of a deck updates it in Anki and keeps your reviews.")


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _size(data: bytes) -> str:
    return f"{max(1, round(len(data) / 1000)):,} kB"


def _table(bank: Bank, made: Sequence[Item]) -> None:
    """Write how many cards each topic has of each type that occurs."""
    cards = Counter((item.topic, item.type) for item in made)
    types = sorted({item.type for item in made})
    names = {topic.id: topic.name for topic in bank.deck.topics}
    rows = []
    for topic in dict.fromkeys([*names, *(item.topic for item in made)]):
        counts = [cards[topic, kind] for kind in types]
        if any(counts):
            rows.append((names.get(topic, topic), *(str(count or "–") for count in counts), str(sum(counts))))
    terminal.table(("topic", *types, "all"), rows)
