"""`quizgen push`."""

from __future__ import annotations

import json
import sys
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizgen.items.item import Deck
    from quizgen.push.push import Outcome

FORMAT = "quizgen/push@1"
_SHOWN = 5  # notes that a line names; --json names all


@click.command("push")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option(
    "--url",
    default="http://127.0.0.1:8765",
    show_default=True,
    help="Where AnkiConnect listens, on this computer.",
)
@click.option(
    "--key", envvar="QUIZGEN_ANKI_KEY", help="AnkiConnect's API key, if it has one [or QUIZGEN_ANKI_KEY]."
)
@click.option("--overwrite", is_flag=True, help="Put the deck's text wherever you changed it.")
@click.option("--dry-run", is_flag=True, help="Change nothing; say what would be done.")
@click.option("--json", "as_json", is_flag=True, help="Tell what was done as JSON.")
def command(  # noqa: PLR0913  each is an argument or an option of the command line
    deck: str | None, *, url: str, key: str | None, overwrite: bool, dry_run: bool, as_json: bool
) -> None:
    """Send a deck to the Anki that is running on this computer.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. Anki needs the add-on
    AnkiConnect (code 2055492159). New facts come in, corrected ones are corrected, and one that the deck
    has dropped is tagged quizgen::retired. Reviews, due days, flags, your own tags and notes stay, on
    corrected notes too. A text of the deck's that you changed stays as you wrote it until the deck changes
    that very text. A second push finds nothing to do. Exit code 1 if something did not arrive.

    \b
    quizgen push
    quizgen push decks/my-deck.yaml --dry-run
    """
    from quizgen.base.errors import ProblemsError
    from quizgen.cli.building import built, hold
    from quizgen.cli.common import fail
    from quizgen.push.anki_connect import AnkiConnect, Place
    from quizgen.push.push import push, survey

    try:
        anki = AnkiConnect(Place.of(url), key)
        made = built(deck)
        hold(made, recorded=False, accept_loss=False)
        whole = (made.bank, made.dated.notes, anki)
        if dry_run:
            outcome = survey(*whole, overwrite=overwrite)
        else:
            outcome = push(*whole, overwrite=overwrite, watch=partial(terminal.progress, "Pushing"))
    except ProblemsError as error:
        fail(error.problems)
    if as_json:
        terminal.out(json.dumps(_told(made.bank.deck, outcome, dry_run), ensure_ascii=False))
    else:
        _say(made.bank.deck, outcome, dry_run)
    _complain(outcome)


def _say(deck: Deck, outcome: Outcome, dry_run: bool) -> None:
    plan, look = outcome.plan, outcome.look
    counts = [
        (len(plan.new), "new"),
        (len(plan.changes), "updated"),
        (len(plan.retired), "retired"),
        (plan.unchanged, "unchanged"),
    ]
    if not outcome.needed:
        terminal.say(f"{deck.name} is up to date in Anki: {_notes(plan.unchanged)}.")
    else:
        lead = "A push of {} would make" if dry_run else "Pushed {} to Anki:"
        said = ", ".join(f"{number:,} {what}" for number, what in counts if number) or "no note"
        terminal.say(f"{lead.format(deck.name)} {said}.")
    if look is not None and (look.style is not None or look.cards):
        terminal.say(f"The look of the cards {'would change' if dry_run else 'is the new one'}.")
    if plan.kept:
        terminal.say(f"Your own words stay in {_notes(len(plan.kept))}: {_some(plan.kept)}.")
    replaced = {change.id: change.replaced for change in plan.changes if change.replaced}
    if replaced:
        verb = "would take" if dry_run else "took"
        terminal.say(f"A new text {verb} the place of yours in {_notes(len(replaced))}: {_some(replaced)}.")
    if look is not None and look.kept:
        terminal.say(f"Your own {', '.join(look.kept)} {'stays' if len(look.kept) == 1 else 'stay'}.")
    if plan.kept or (look is not None and look.kept):
        terminal.say("To take the deck's instead, push with --overwrite.")


def _notes(number: int) -> str:
    return f"{number:,} note{'' if number == 1 else 's'}"


def _some(fields: Mapping[str, Sequence[str]]) -> str:
    """The first few notes by their ids, each with its fields."""
    named = [f"{name} ({', '.join(fields[name])})" for name in sorted(fields)[:_SHOWN]]
    return ", ".join(named) + (f" and {len(fields) - _SHOWN:,} more" if len(fields) > _SHOWN else "")


def _told(deck: Deck, outcome: Outcome, dry_run: bool) -> dict[str, Any]:
    plan, look, left = outcome.plan, outcome.look, outcome.unfinished
    return {
        "format": FORMAT,
        "deck": deck.id,
        "dry_run": dry_run,
        "new": [note.id for note in plan.new],
        "updated": [
            {
                "note": change.id,
                "fields": list(change.fields),
                "replaced": change.replaced,
                "tags_added": change.add,
                "tags_removed": change.remove,
            }
            for change in plan.changes
        ],
        "retired": [change.id for change in plan.retired],
        "unchanged": plan.unchanged,
        "kept": dict(plan.kept),
        "look": {
            "changed": [*(["style sheet"] if look.style is not None else []), *look.cards] if look else [],
            "kept": look.kept if look else [],
        },
        "unfinished": _left(outcome) if left is not None else [],
    }


def _left(outcome: Outcome) -> list[str]:
    left = outcome.unfinished
    return (
        [] if left is None else [*(n.id for n in left.new), *(c.id for c in (*left.changes, *left.retired))]
    )


def _complain(outcome: Outcome) -> None:
    """Say what did not arrive, and exit 1 if anything."""
    from quizgen.base.problems import Problem

    left = outcome.unfinished
    if left is None or not left.needed:
        return
    problems = []
    if left.changes or left.retired:
        names = ", ".join(change.id for change in (*left.changes, *left.retired)[:_SHOWN])
        message = f"{_notes(len(left.changes) + len(left.retired))} kept the old text ({names})"
        problems.append(
            Problem("Anki", 0, 0, "", message, "close Anki's browser and editors, and push again")
        )
    if left.new:
        names = ", ".join(note.id for note in left.new[:_SHOWN])
        message = f"{_notes(len(left.new))} did not arrive ({names})"
        hint = "if you have changed the field Id of a note, change it back; then push again"
        problems.append(Problem("Anki", 0, 0, "", message, hint))
    for problem in problems:
        terminal.err(str(problem))
    sys.exit(1)
