"""`quizgen quiz`: ask a deck's questions in the terminal."""

from __future__ import annotations

import functools
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from quizgen import terminal
from quizgen.base import clock
from quizgen.base.problems import Problem, did_you_mean
from quizgen.cli import tab
from quizgen.cli.common import fail, kept_bank_for
from quizgen.items.item import ItemType
from quizgen.quiz.begin import Mode, Order, begin
from quizgen.quiz.plan import NEW_A_DAY, USUAL_LIMIT, Spaced
from quizgen.quiz.session import Fixed, Wanted, topics_of
from quizgen.store.place import place

if TYPE_CHECKING:
    from quizgen.items.item import Bank
    from quizgen.quiz.begin import Begun
    from quizgen.store.store import Store


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


def _check_fits(bank: Bank, wanted: Wanted) -> None:
    """End with exit code 1 where no item fits: the types don't occur, or not in these topics."""
    if any(wanted.fits(item) for item in bank.items):
        return
    types = ", ".join(sorted(wanted.types)) or "any"
    topics = topics_of(item for item in bank.items if not wanted.types or item.type in wanted.types)
    hint = f"such items are in: {', '.join(sorted(topics))}" if topics else "leave out --type"
    where = f" in {', '.join(sorted(wanted.topics))}" if wanted.topics else ""
    message = f"the deck {bank.deck.id} has no item of type {types}{where}"
    fail([Problem("quizgen", 0, 0, "--type", message, hint)])


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wish:
    """The options, as they were given."""

    topics: tuple[str, ...]
    types: tuple[str, ...]
    new: int | None
    limit: int | None
    minutes: int | None
    cram: bool
    record: bool
    seed: int | None
    exam: int | None
    time: int | None
    out: Path | None
    state: Path | None
    plain: bool


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
    "--new",
    type=click.IntRange(min=0),
    metavar="NUMBER",
    help=f"Bring in at most so many new questions now; left out, {NEW_A_DAY} a day.",
)
@click.option(
    "--limit",
    "--count",
    "limit",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help=f"Ask at most so many questions; left out, {USUAL_LIMIT}.",
)
@click.option(
    "--minutes", type=click.IntRange(min=1), metavar="NUMBER", help="Begin no question after so many minutes."
)
@click.option("--cram", is_flag=True, help="Practise without the schedule, and record nothing.")
@click.option("--record", is_flag=True, help="Record what would not be recorded otherwise.")
@click.option(
    "--seed",
    type=int,
    metavar="NUMBER",
    help="Ask the same questions in the same order as this number did before; goes with --cram or --exam.",
)
@click.option(
    "--exam",
    type=click.IntRange(min=1),
    metavar="NUMBER",
    help="An exam of so many questions: no answer is shown until the end.",
)
@click.option("--time", type=click.IntRange(min=1), metavar="MINUTES", help="How long the exam may take.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False, path_type=Path),
    metavar="FILE",
    help="Write the exam's result to a file: .html to hand in, .json for programs.",
)
@click.option(
    "--state",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Keep progress in this file, and not in the user's data folder.",
)
@click.option("--plain", is_flag=True, help="Lines of text, as in a pipe: for screen readers.")
def command(deck: str | None, **options: Any) -> None:
    """Ask a deck's questions, and show the source of every answer.

    DECK is a shipped deck's name or a recipe's path; left out, the shipped one.

    \b
    quizgen quiz                                  what is due today, then new ones
    quizgen quiz --topic gsomia --new 5           one topic, five new questions at most
    quizgen quiz --cram --type typed              recall, whatever the schedule says
    quizgen quiz --exam 30 --time 20 --out e.html an exam, and a page to hand in
    printf 'a\\nt\\n2016\\n' | quizgen quiz         answers from a file, a line for each question

    At a terminal a key answers, and ? lists the keys. In lines (--plain, NO_COLOR, TERM=dumb, a pipe) options
    are named by letter or in words, several as "a c". An answer that is nearly right, or that cannot be read,
    is asked for again at a terminal; from a pipe each question takes one line. Enter alone shows the answer.
    Ctrl-C or Ctrl-D ends the quiz with the result so far, and exit code 0.

    Every answer is recorded at once, and a session that was cut off goes on where it stopped. What comes from
    a pipe is recorded only where --state, QUIZGEN_STATE or --record says so.
    """
    wish = _Wish(**options)
    _refuse(wish)
    try:
        bank, keep = kept_bank_for(deck)
        order, recorded = _order(bank, wish)
        # Kept while the learner reads: a session that is cut off must not make the next one start slowly.
        keep = functools.cache(keep)
        try:
            _quiz(bank, order, wish, recorded=recorded, chore=keep)
        finally:
            keep()
    except BrokenPipeError:
        terminal.give_up_output()
    except KeyboardInterrupt:
        # A second Ctrl-C, in the middle of the result: enough was said.
        terminal.say()


def _refuse(wish: _Wish) -> None:
    """Raise a usage error where two wishes contradict each other."""
    if wish.exam is None and (wish.time is not None or wish.out is not None):
        raise click.UsageError("--time and --out go with --exam")
    if wish.exam and (wish.cram or wish.new is not None or wish.limit is not None):
        raise click.UsageError("--exam says how many questions; --cram, --new and --limit don't go with it")
    if wish.exam and wish.minutes is not None:
        raise click.UsageError("an exam's time is --time")
    if (wish.cram or wish.seed is not None) and wish.new is not None:
        raise click.UsageError("--new goes with the schedule, and --cram and --seed leave it aside")
    if wish.out is not None and wish.out.suffix.lower() not in (".json", ".html"):
        raise click.UsageError(f"--out takes a file that ends in .json or .html, not {wish.out.name!r}")


def _order(bank: Bank, wish: _Wish) -> tuple[Order, bool]:
    """What is to be asked, and whether it is recorded.

    What comes from a pipe is a program's or a test's, and no learner's, unless somebody says otherwise. There
    is no schedule to follow then.
    """
    mode = Mode.EXAM if wish.exam else Mode.CRAM if wish.cram or wish.seed is not None else Mode.SPACED
    named = wish.state is not None or bool(os.environ.get("QUIZGEN_STATE"))
    recorded = wish.record or (mode is not Mode.CRAM and (named or terminal.interactive()))
    if mode is Mode.SPACED and not recorded:
        mode = Mode.CRAM
    wanted = Wanted(_topics(bank, wish.topics), frozenset(map(ItemType, wish.types)))
    _check_fits(bank, wanted)
    count = wish.exam or wish.limit or (USUAL_LIMIT if mode is Mode.CRAM else None)
    minutes = wish.time if wish.exam else wish.minutes
    seed = int.from_bytes(os.urandom(2)) if wish.seed is None else wish.seed
    return Order(mode, wanted, count, wish.new, minutes, seed), recorded


def _quiz(bank: Bank, order: Order, wish: _Wish, *, recorded: bool, chore: Callable[[], None]) -> None:
    from contextlib import ExitStack

    from quizgen.store.database import StoreError
    from quizgen.store.store import Store

    def opened() -> Store:
        return Store.open(place(wish.state), now=clock.now())

    with ExitStack() as stack:
        try:
            store = stack.enter_context(opened()) if recorded else None
            begun = begin(bank, order, store, opened)
            begun.desk.chore = chore
            _run(begun, order, plain=wish.plain)
            begun.end(store)
        except StoreError as error:
            fail([error.problem])
        if wish.out is not None:
            _hand_in(begun, order, wish.out)


def _run(begun: Begun, order: Order, *, plain: bool) -> None:
    """Ask everything, on the screen that fits, and show the result."""
    desk = begun.desk
    if not desk.session.plan.total():
        assert isinstance(desk.session.plan, Spaced)  # noqa: S101  the others have items, or were refused
        from quizgen.quiz.result import nothing_today

        nothing_today(desk)
        return
    if not plain and terminal.Look.here().styled and terminal.interactive():
        from quizgen.terminal.keys import can_read_keys

        if can_read_keys():
            from quizgen.quiz.by_key import Pages

            Pages(desk).run()
            from quizgen.quiz.result import show_brief

            show_brief(desk)
            return
    from quizgen.quiz.by_line import Lines

    Lines(desk).run()
    from quizgen.quiz.result import show_result

    show_result(desk)
    if order.mode is Mode.CRAM:
        terminal.say()
        terminal.say(f"For the same questions again: --seed {order.seed}", style="faint")


def _hand_in(begun: Begun, order: Order, out: Path) -> None:
    """Write the exam's result; ends with exit code 1 where that cannot be done."""
    import json

    from quizgen.base.files import write_atomically
    from quizgen.export.exam_page import exam_page
    from quizgen.quiz.exam import Sitting, document

    plan = begun.desk.session.plan
    assert isinstance(plan, Fixed)  # noqa: S101  an exam's is
    sitting = Sitting(plan.items, begun.desk.session.answers, begun.at, clock.now(), order.minutes)
    result = document(begun.desk.bank.deck, sitting)
    html = out.suffix.lower() == ".html"
    text = exam_page(result) if html else json.dumps(result, ensure_ascii=False, indent=1) + "\n"
    try:
        write_atomically(out, text.encode())
    except OSError as error:
        reason = error.strerror or type(error).__name__
        message = f"the result cannot be written ({reason})"
        fail([Problem(str(out), 0, 0, "--out", message, "name another file")])
    terminal.say(f"The result is in {out}.")
