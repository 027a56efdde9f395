"""`quizgen build`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Item


@click.command("build")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The file to write.")
@click.option(
    "--lock/--no-lock",
    "recorded",
    default=None,
    help="Record the build in the lock beside the recipe. Left out: if the deck is your own.",
)
@click.option("--check", "only_check", is_flag=True, help="Write nothing; fail if the lock is stale.")
@click.option(
    "--previous",
    type=click.Path(path_type=Path),
    help="The deck's last build, which holds the last words of facts that are gone. Left out: the file of "
    "that name, or the one beside the recipe.",
)
@click.option("--accept-loss", is_flag=True, help="Build even where learners would lose progress.")
def command(  # noqa: PLR0913, PLR0917  one for each option
    deck: str | None,
    output: Path | None,
    recorded: bool | None,
    only_check: bool,
    previous: Path | None,
    accept_loss: bool,
) -> None:
    """Write a deck as an Anki file.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. Without -o, the file is
    called after the deck and stands in the current folder. A file of that name is replaced whole; where
    something goes wrong it stays as it was (exit code 1).

    The lock (DECK.lock.yaml beside the recipe) holds what learners have: by it, an update replaces just the
    notes that changed. What would cost learners their progress is refused; --check says what that is, and
    fails where the lock is not up to date.

    \b
    quizgen build
    quizgen build decks/my-deck.yaml -o my-deck.apkg
    quizgen build decks/my-deck.yaml --check
    """
    from quizgen.cli.building import built, check, hold, is_own, save

    if recorded is None:
        recorded = is_own(deck)
    before = [path for path in (previous, output) if path is not None]
    made = built(deck, previous=before, recorded=recorded)
    if only_check:
        terminal.out(check(made))
        return
    hold(made, recorded=recorded, accept_loss=accept_loss)
    path = output or Path(f"{made.bank.deck.id}.apkg")
    _tell(made.bank, path, save(made, path, recorded=recorded))


def _tell(bank: Bank, path: Path, data: bytes) -> None:
    """Say what was written, and what to do with it."""
    from quizgen.export.anki_notes import cards_of, note_id

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
