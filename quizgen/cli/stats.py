"""`quizgen stats`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from quizgen.stats.progress import Progress


@click.command("stats")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option(
    "--days",
    type=click.IntRange(1, 3660),
    default=182,
    show_default=True,
    metavar="NUMBER",
    help="Look so many days back.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs (docs/stats.md).")
@click.option("--html", type=click.Path(path_type=Path), metavar="FILE", help="Write it as one page.")
@click.option("--state", type=click.Path(path_type=Path), metavar="FILE", help="The store of your progress.")
def command(deck: str | None, days: int, as_json: bool, html: Path | None, state: Path | None) -> None:
    """Show your progress on a deck: what is due, on which days you learned, how well you remember, how strong
    each topic is, and which items are hardest.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. At a terminal it is drawn; in
    a pipe, or with NO_COLOR, it is sentences and tables. Without --state, the store is that of QUIZGEN_STATE,
    or the one in your data folder. Nothing is ever sent anywhere.

    \b
    quizgen stats
    quizgen stats japan-korea --days 30
    quizgen stats --json | jq .forecast.due_now
    quizgen stats --html progress.html
    """
    progress = _measured(deck, days, state)
    if html is not None:
        from quizgen.cli.writing import write
        from quizgen.stats.page import page

        write(html, page(progress).encode())
        terminal.out(f"Wrote {html}.")
    elif as_json:
        from quizgen.stats.document import document

        terminal.out(json.dumps(document(progress), ensure_ascii=False, indent=1))
    else:
        from quizgen.stats.screen import show

        show(progress)


def _measured(deck: str | None, days: int, state: Path | None) -> Progress:
    from quizgen.base import clock
    from quizgen.cli.common import fail, kept_bank_for
    from quizgen.stats.measure import View, measure
    from quizgen.store.database import StoreError
    from quizgen.store.place import place
    from quizgen.store.store import Store

    bank, keep = kept_bank_for(deck)
    keep()
    view, path = View(clock.now(), days), place(state)
    if not path.exists():
        return measure(bank, {}, [], view)  # whoever only looks leaves no store behind
    try:
        with Store.open(path, now=view.at) as store:
            return measure(bank, store.schedules(), store.answered(), view)
    except StoreError as error:
        fail([error.problem])
