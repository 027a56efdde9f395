"""`quizgen check`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from quizgen import shipped, terminal
from quizgen.base.files import is_file
from quizgen.base.problems import Problem


@click.command("check")
@click.argument("path", required=False)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON, for programs.")
def command(path: str | None, as_json: bool) -> None:
    """Report every problem of a pack: PATH is its folder, its file, or a deck's recipe.

    Each problem names file, line, column and field, what is there, what was expected and what to do.
    Without PATH, the shipped pack is checked. Exit code 1 if there is a problem.

    \b
    quizgen check my-pack/
    quizgen check decks/my-deck.yaml --json
    """
    problems, facts, citations = _check(Path(path) if path else shipped.packs()[shipped.DEFAULT_DECK])
    if as_json:
        terminal.out(json.dumps([asdict(problem) for problem in problems], ensure_ascii=False, indent=1))
    elif problems:
        for problem in problems:
            terminal.out(str(problem))
        terminal.err(_count(len(problems), "problem"))
    else:
        terminal.out(f"No problems: {_count(facts, 'fact')}, {_count(citations, 'citation')}, all verified.")
    sys.exit(1 if problems else 0)


def _check(path: Path) -> tuple[list[Problem], int, int]:
    """The problems of a pack or recipe, and how many facts and citations were looked at."""
    from quizgen.cli.common import pack_path
    from quizgen.facts.check import check
    from quizgen.facts.load import load_pack
    from quizgen.facts.recipe import load_recipe

    recipe = None
    if is_file(path) and _is_recipe(path):
        recipe, problems = load_recipe(path)
        if recipe is None:
            return problems, 0, 0
        found, problems = pack_path(recipe)
        if found is None:
            return problems, 0, 0
        path = found
    pack, problems = load_pack(path)
    if pack is None:
        return problems, 0, 0
    if recipe is not None:
        problems = [*problems, *recipe.check(pack)]
    citations = sum(len(fact.record.cites) for fact in pack.facts.values())
    return sorted([*problems, *check(pack)]), len(pack.facts), citations


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is_recipe(path: Path) -> bool:
    """Whether a file begins a recipe; a file that cannot be read is left for the pack's loader to report."""
    from quizgen.facts import yaml_file

    document, _ = yaml_file.load(path, str(path))
    return document is not None and isinstance(document.data, dict) and "deck" in document.data
