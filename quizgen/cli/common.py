"""What several commands do: find a pack or a deck, and print problems."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from quizgen import shipped, terminal
from quizgen.base.problems import Problem, did_you_mean

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.facts.recipe import Recipe
    from quizgen.items.item import Bank


def fail(problems: Sequence[Problem]) -> NoReturn:
    """Print every problem and end with exit code 1."""
    for problem in problems:
        terminal.err(str(problem))
    sys.exit(1)


def recipe_path(deck: str | None) -> Path:
    """The recipe that DECK names: a path, or a shipped deck's name; None means the shipped one."""
    known = shipped.recipes()
    name = deck or shipped.DEFAULT_DECK
    if name in known:
        return known[name]
    path = Path(name)
    if path.suffix in (".yaml", ".yml") or path.exists() or "/" in name:
        return path
    fail([Problem("quizgen", 0, 0, "DECK", f"there is no deck {name!r}", did_you_mean(name, known, "deck"))])


def pack_path(recipe: Recipe) -> Path:
    """The pack that a recipe names: a shipped one, or a path from the recipe."""
    name = recipe.record.pack
    known = shipped.packs()
    path = recipe.path.parent / name
    if name in known and not path.exists():
        return known[name]
    if not path.exists():
        message = f"there is no pack {name!r}"
        fail([recipe.origin.problem(("pack",), message, did_you_mean(name, known, "pack"))])
    return path


def recipe_for(deck: str | None) -> tuple[Recipe, Pack]:
    """The recipe that DECK names and its pack, both sound; otherwise print every problem and exit 1."""
    from quizgen.facts.check import soundness
    from quizgen.facts.load import load_pack
    from quizgen.facts.recipe import load_recipe

    recipe, problems = load_recipe(recipe_path(deck))
    if recipe is None:
        fail(problems)
    pack, problems = load_pack(pack_path(recipe))
    if pack is None:
        fail(problems)
    problems = [*recipe.check(pack), *soundness(pack)]
    if problems:
        fail(sorted(problems))
    return recipe, pack


def pack_for(deck: str | None) -> Pack:
    """The pack of the deck that DECK names."""
    return recipe_for(deck)[1]


def bank_for(deck: str | None) -> Bank:
    """The items of the deck that DECK names, in study order."""
    from quizgen.generate.bank import generate

    recipe, pack = recipe_for(deck)
    return generate(pack, recipe)
