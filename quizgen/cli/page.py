"""`quizgen page`."""

from __future__ import annotations

from pathlib import Path

import click

from quizgen import terminal
from quizgen.cli import tab


@click.command("page")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option("-o", "--output", type=click.Path(path_type=Path), help="The Markdown file to write.")
def command(deck: str | None, output: Path | None) -> None:
    """Write a deck's facts as a page to read, with a picture of the timeline beside it.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one. Without -o, the page is
    called after the deck and stands in the current folder. The picture has the page's name with .svg. The
    same facts give the same bytes. The picture needs drawsvg: pip install 'quizgen[page]'.

    \b
    quizgen page
    quizgen page decks/my-deck.yaml -o docs/my-deck.md
    """
    from quizgen.base.problems import Problem
    from quizgen.cli.common import fail, recipe_for
    from quizgen.cli.writing import write
    from quizgen.page.render import page
    from quizgen.page.timeline import marks

    try:
        from quizgen.page.picture import picture
    except ModuleNotFoundError as error:
        if error.name != "drawsvg":
            raise
        hint = "run `pip install 'quizgen[page]'`"
        fail([Problem("quizgen", 0, 0, "", "the picture needs drawsvg, which is not installed", hint)])
    recipe, pack = recipe_for(deck)
    path = output or Path(f"{recipe.record.id}.md")
    if path.suffix == ".svg":
        hint = "name a Markdown file with -o"
        fail([Problem(str(path), 0, 0, "", "this is where the picture would go", hint)])
    drawn = path.with_suffix(".svg")
    topics = {topic.id: topic.name for topic in pack.topics.values()}
    write(drawn, picture(pack.record.name, topics, marks(pack)).encode())
    write(path, page(pack, drawn.name).encode())
    terminal.out(f"Wrote {path} and {drawn}: {len(pack.facts)} facts.")
