"""`quizgen quiz`: ask a deck's questions in the terminal."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

import click

from quizgen import terminal
from quizgen.base.problems import Problem, did_you_mean
from quizgen.cli import tab
from quizgen.cli.common import fail, kept_bank_for
from quizgen.items.item import ItemType
from quizgen.quiz.screen import run, show_result
from quizgen.quiz.session import Fixed, Wanted, pick, topics_of

if TYPE_CHECKING:
    from quizgen.items.item import Bank

USUAL_COUNT = 20  # about ten minutes


def _topics(bank: Bank, named: tuple[str, ...]) -> frozenset[str]:
    """The ids of the topics that were named by id or by title; ends with exit code 1 where one is unknown."""
    known = {topic.id: topic.id for topic in bank.deck.topics}
    titles = {topic.name.casefold(): topic.id for topic in bank.deck.topics}
    found, problems = set[str](), list[Problem]()
    for name in named:
        topic = known.get(name) or known.get(name.casefold()) or titles.get(name.casefold())
        if topic is None:
            message = f"the deck {bank.deck.id} has no topic {name!r}"
            problems.append(Problem("quizgen", 0, 0, "--topic", message, did_you_mean(name, known, "topic")))
        else:
            found.add(topic)
    if problems:
        fail(problems)
    return frozenset(found)


def _nothing_to_ask(bank: Bank, wanted: Wanted) -> Problem:
    """Why there is no question: the types don't occur, or not in these topics."""
    types = ", ".join(sorted(wanted.types)) or "any"
    topics = topics_of(item for item in bank.items if not wanted.types or item.type in wanted.types)
    hint = f"such items are in: {', '.join(sorted(topics))}" if topics else "leave out --type"
    where = f" in {', '.join(sorted(wanted.topics))}" if wanted.topics else ""
    return Problem(
        "quizgen", 0, 0, "--type", f"the deck {bank.deck.id} has no item of type {types}{where}", hint
    )


@click.command("quiz")
@click.argument("deck", required=False, shell_complete=tab.decks)
@click.option(
    "--topic",
    "topics",
    multiple=True,
    metavar="TOPIC",
    shell_complete=tab.topics,
    help="Ask on this topic only; may be repeated.",
)
@click.option(
    "--type",
    "types",
    multiple=True,
    type=click.Choice([kind.value for kind in ItemType]),
    help="Ask this type of question only; may be repeated.",
)
@click.option(
    "--count",
    type=click.IntRange(min=1),
    default=USUAL_COUNT,
    show_default=True,
    metavar="NUMBER",
    help="Ask at most so many questions.",
)
@click.option(
    "--seed",
    type=int,
    metavar="NUMBER",
    help="Ask the same questions in the same order as this number did before.",
)
def command(
    deck: str | None, topics: tuple[str, ...], types: tuple[str, ...], count: int, seed: int | None
) -> None:
    """Ask a deck's questions, and show the source of every answer.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one.

    \b
    quizgen quiz                                  ten minutes of everything
    quizgen quiz --topic gsomia --count 5         five questions on one topic
    quizgen quiz --type typed --type cloze        recall only
    printf 'a\\nt\\n2016\\n' | quizgen quiz         answers from a file, a line for each question

    Options are named by letter or in words; several as "a c". An answer that is nearly right, or that cannot
    be read, is asked for again at a terminal; from a pipe each question takes one line. Enter alone shows the
    answer. Ctrl-C or Ctrl-D ends the quiz with the result so far, and exit code 0.
    """
    try:
        bank, keep = kept_bank_for(deck)
        wanted = Wanted(_topics(bank, topics), frozenset(map(ItemType, types)), count)
        seed = int.from_bytes(os.urandom(2)) if seed is None else seed
        items = pick(bank, wanted, seed)
        if not items:
            fail([_nothing_to_ask(bank, wanted)])
        try:
            _quiz(bank, Fixed(items), seed)
        finally:
            keep()
    except BrokenPipeError:
        terminal.give_up_output()
    except KeyboardInterrupt:
        # A second Ctrl-C, in the middle of the result: enough was said.
        terminal.say()


def _quiz(bank: Bank, plan: Fixed, seed: int) -> None:
    session = run(bank, plan)
    show_result(bank, session)
    terminal.say()
    terminal.say(f"For the same questions again: --seed {seed}", style="faint")
