"""What several commands do: find a pack or a deck, and print problems."""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from quizgen import shipped, terminal
from quizgen.base.files import is_file, is_folder
from quizgen.base.problems import Problem, brief, did_you_mean

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
    if is_folder(path):
        hint = "name the deck's recipe, the file that begins with `deck:`"
        fail([Problem(name, 0, 0, "DECK", "this is a folder, and a deck's recipe was expected", hint)])
    if path.suffix in (".yaml", ".yml") or is_file(path) or is_folder(path) or "/" in name:
        return path
    hint = did_you_mean(name, known, "deck")
    fail([Problem("quizgen", 0, 0, "DECK", f"there is no deck {brief(name)}", hint)])


def pack_path(recipe: Recipe) -> tuple[Path | None, list[Problem]]:
    """The pack that a recipe names: a shipped one, or a path from the recipe; None where there is none."""
    name = recipe.record.pack
    path = shipped.pack_of(recipe.path, name)
    if path is not None:
        return path, []
    hint = did_you_mean(name, shipped.packs(), "pack")
    return None, [recipe.origin.problem(("pack",), f"there is no pack {brief(name)}", hint)]


def recipe_for(deck: str | None) -> tuple[Recipe, Pack]:
    """The recipe that DECK names and its pack, both sound; otherwise print every problem and exit 1."""
    from quizgen.facts.check import soundness
    from quizgen.facts.load import load_pack
    from quizgen.facts.recipe import load_recipe

    recipe, problems = load_recipe(recipe_path(deck))
    if recipe is None:
        fail(problems)
    path, problems = pack_path(recipe)
    if path is None:
        fail(problems)
    pack, problems = load_pack(path)
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
    """The items of the deck that DECK names, in study order; says so where a citation was never verified."""
    return bank_of(*recipe_for(deck))


def bank_of(recipe: Recipe, pack: Pack) -> Bank:
    """The items that a recipe makes of its pack; says so where a citation was never verified."""
    from quizgen.facts.ledger import unverified
    from quizgen.generate.bank import generate

    if unverified(pack):
        terminal.err("note: not every citation is verified; `quizgen check` tells which")
    return generate(pack, recipe)


def kept_bank_for(deck: str | None) -> tuple[Bank, Callable[[], None]]:
    """The same, from the last run where nothing has changed since; and what keeps it for the next run.

    For a quiz, which should begin at once, and has time to keep things when it is over.
    """
    from quizgen.cli import cache

    kept = cache.load(recipe_path(deck))
    if kept is not None:
        return kept, lambda: None
    from quizgen.generate.bank import generate

    recipe, pack = recipe_for(deck)
    bank = generate(pack, recipe)
    return bank, lambda: cache.store(recipe, pack, bank)
