"""`quizgen check`."""

from __future__ import annotations

import json
import sys
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click

from quizgen import shipped, terminal
from quizgen.base.files import is_file
from quizgen.base.problems import Problem, did_you_mean
from quizgen.cli import tab

if TYPE_CHECKING:
    from quizgen.facts.model import Pack
    from quizgen.facts.recipe import Recipe
    from quizgen.lint.guess import Guess


@click.command("check")
@click.argument("path", required=False, shell_complete=tab.paths)
@click.option("--json", "as_json", is_flag=True, help="Print the problems as JSON, for programs.")
@click.option("--stats", is_flag=True, help="Print how often guessers are right, against chance.")
@click.option(
    "--explain",
    metavar="RULE",
    shell_complete=tab.rules,
    help="Say why a rule on questions is there, and who asks for it.",
)
def command(path: str | None, as_json: bool, stats: bool, explain: str | None) -> None:
    """Report every problem of a pack: PATH is its folder, its file, or a deck's recipe.

    Each problem names file, line, column and field, what is there, what was expected and what to do. Where
    the facts are sound, the questions that they make are checked too: what an examiner would strike out is
    a problem, what an examiner might change is a warning. Without PATH, the shipped deck is checked. Exit
    code 1 if there is a problem.

    With --stats, a table follows: how often each way to pick an option without knowing (the longest, the
    middle, the one that the deck offers most …) is right, against chance, and how improbable that is.

    \b
    quizgen check my-pack/
    quizgen check decks/my-deck.yaml --json
    quizgen check --stats
    quizgen check --explain stem-negative
    """
    if explain is not None:
        _explain(explain)
        return
    shown = path or str(shipped.recipes()[shipped.DEFAULT_DECK])
    found = _check(Path(shown))
    if as_json:
        _print_json(found, stats)
    else:
        for problem in found.problems:
            terminal.out(str(problem))
        for warning in found.warnings:
            terminal.out(f"warning: {warning}")
        if stats and found.guesses:
            terminal.table(_GUESS_HEADERS, [_row(guess) for guess in found.guesses])
        _close(found, shown)
    sys.exit(1 if found.problems else 0)


@dataclass
class _Found:
    """What a check came to."""

    problems: list[Problem]
    warnings: tuple[Problem, ...] = ()
    facts: int = 0
    citations: int = 0
    guesses: tuple[Guess, ...] = ()


_GUESS_HEADERS = ("guess", "items", "right", "success", "chance", "p")


def _row(guess: Guess) -> tuple[str, ...]:
    shares = (f"{guess.success:.1%}", f"{guess.chance:.1%}", f"{guess.p:.4f}")
    return (guess.guesser, str(guess.items), str(guess.right), *shares)


def _print_json(found: _Found, stats: bool) -> None:
    """The problems as a list; with `stats` an object, with the warnings and the guessers too."""
    problems = [asdict(problem) for problem in found.problems]
    data: object = problems
    if stats:
        warnings = [asdict(warning) for warning in found.warnings]
        guesses = [asdict(guess) | {"success": guess.success} for guess in found.guesses]
        data = {"problems": problems, "warnings": warnings, "guesses": guesses}
    terminal.out(json.dumps(data, ensure_ascii=False, indent=1))


def _close(found: _Found, shown: str) -> None:
    if found.problems:
        terminal.err(_count(len(found.problems), "problem"))
    else:
        counts = f"{_count(found.facts, 'fact')}, {_count(found.citations, 'citation')}"
        terminal.out(f"No problems in {shown}: {counts}, all verified.")


def _explain(name: str) -> None:
    from quizgen.cli.common import fail
    from quizgen.lint.lint import RULES

    if name not in RULES:
        hint = did_you_mean(name, RULES, "rule")
        fail([Problem("quizgen", 0, 0, "--explain", f"there is no rule {name!r}", hint)])
    rule = RULES[name]
    terminal.out(f"{rule.id} ({rule.severity.name.lower()}): {rule.reason}")
    terminal.out(f"What to do: {rule.hint}.")
    terminal.out(f"Reference: {rule.reference}.")


def _check(path: Path) -> _Found:
    """The problems of a pack or recipe, and of the items that it makes."""
    from quizgen.cli.common import pack_path
    from quizgen.facts.check import soundness
    from quizgen.facts.ledger import unverified
    from quizgen.facts.load import load_pack
    from quizgen.facts.recipe import load_recipe

    recipe = None
    if is_file(path) and _is_recipe(path):
        recipe, problems = load_recipe(path)
        if recipe is None:
            return _Found(problems)
        place, problems = pack_path(recipe)
        if place is None:
            return _Found(problems)
        path = place
    pack, problems = load_pack(path)
    if pack is None:
        return _Found(problems)
    # Of unsound facts no items can be made; unverified ones are no obstacle.
    unsound = [*soundness(pack), *(recipe.check(pack) if recipe is not None else ())]
    found = _Found([]) if unsound else _lint(pack, recipe)
    found.problems = [*sorted([*unsound, *unverified(pack)]), *found.problems]
    found.citations = sum(len(fact.record.cites) for fact in pack.facts.values())
    found.facts = len(pack.facts)
    return found


def _lint(pack: Pack, recipe: Recipe | None) -> _Found:
    """What the rules find in the items, each at its fact's or set's place; and how guessers fare."""
    from quizgen.base.clock import today
    from quizgen.base.dates import PartialDate
    from quizgen.facts.recipe import plain_recipe
    from quizgen.generate.bank import generate
    from quizgen.generate.judge import Judge
    from quizgen.lint.guess import guesses
    from quizgen.lint.lint import OF_A_DECK, lint
    from quizgen.lint.rule import Severity

    bank = generate(pack, recipe or plain_recipe(pack, PartialDate.parse(today().isoformat())))
    origins = {name: fact.origin for name, fact in pack.facts.items()}
    origins |= {name: found.origin for name, found in pack.sets.items()}
    errors: list[Problem] = []
    warnings: list[Problem] = []
    for finding in lint(bank, Judge(pack)):
        if recipe is None and finding.rule in OF_A_DECK:
            continue
        to = errors if finding.severity is Severity.ERROR else warnings
        message, hint = f"{finding.rule}: {finding.message}", finding.hint
        origin = origins.get((finding.item or "").rpartition("/")[0], recipe.origin if recipe else None)
        if origin is not None:
            to.append(origin.problem((), message, hint, finding.item or "deck"))
        else:
            to.append(Problem(str(pack.root), 0, 0, "deck", message, hint))
    return _Found(errors, tuple(warnings), guesses=tuple(guesses(bank)))


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"


def _is_recipe(path: Path) -> bool:
    """Whether a file begins a recipe; a file that cannot be read is left for the pack's loader to report."""
    from quizgen.facts import yaml_file

    document, _ = yaml_file.load(path, str(path))
    return document is not None and isinstance(document.data, dict) and "deck" in document.data
