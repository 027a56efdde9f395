"""`quizgen diff`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import terminal
from quizgen.cli import tab

if TYPE_CHECKING:
    from quizgen.upgrade.edition import Edition


@click.command("diff")
@click.argument("old", shell_complete=tab.decks)
@click.argument("new", shell_complete=tab.decks)
@click.option("--markdown", is_flag=True, help="Print it as Markdown, for a changelog.")
@click.option("--json", "as_json", is_flag=True, help="Print it as JSON, for programs.")
def command(old: str, new: str, markdown: bool, as_json: bool) -> None:
    """Tell what learners who have OLD will see when they import NEW.

    Each is a built deck (.apkg), a lock (.lock.yaml), a recipe, or a shipped deck's name. A lock tells what
    changed, and not the words. It also tells how many notes an import would replace whole, with whatever a
    learner wrote on them.

    \b
    quizgen diff decks/japan-korea.apkg japan-korea
    quizgen diff old.lock.yaml decks/my-deck.yaml --markdown >> CHANGELOG.md
    """
    from quizgen.upgrade import changelog
    from quizgen.upgrade.diff import diff

    found = diff(_edition(old), _edition(new))
    if as_json:
        terminal.out(changelog.as_json(found))
    elif markdown:
        terminal.out(changelog.markdown(found).removesuffix("\n"))
    else:
        rows = list(changelog.rows(found))
        if rows:
            terminal.table(("what", "note", "before → after"), rows)
            terminal.out()
        for sentence in changelog.summary(found):
            terminal.say(sentence)


def _edition(name: str) -> Edition:
    """The edition that a command line names; what cannot be read is reported, with exit code 1."""
    path = Path(name)
    if path.name.endswith((".lock.yaml", ".lock.yml")):
        return _locked(path)
    if path.suffix == ".apkg":
        return _packed(path)
    from quizgen.cli.building import built

    return built(name).dated.edition


def _locked(path: Path) -> Edition:
    from quizgen.base.problems import Problem
    from quizgen.cli.common import fail
    from quizgen.upgrade.lock_read import read

    lock, _, problems = read(path)
    if lock is None:
        hint = "check the spelling of the path"
        fail(problems or [Problem(str(path), 0, 0, "", "there is no such file", hint)])
    return lock.edition


def _packed(path: Path) -> Edition:
    from quizgen.base.files import read_bytes
    from quizgen.base.problems import Problem
    from quizgen.cli.common import fail
    from quizgen.export.anki_read import MOST_BYTES, UnfitPackageError
    from quizgen.upgrade.packed import edition

    data, problems = read_bytes(path, str(path), MOST_BYTES)
    if data is None:
        fail(problems)
    try:
        return edition(data)
    except UnfitPackageError as error:
        fail([Problem(str(path), 0, 0, "", str(error), "name a deck that quizgen built")])
