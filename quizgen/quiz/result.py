"""What a session came to: how much was right, what to look at again, when to come back."""

from __future__ import annotations

from dataclasses import dataclass

from quizgen import terminal
from quizgen.items.item import Item
from quizgen.quiz.desk import Desk
from quizgen.quiz.exam import interval
from quizgen.quiz.keeper import Comeback
from quizgen.quiz.plan import Spaced
from quizgen.quiz.question import plain_answer
from quizgen.quiz.review import review
from quizgen.quiz.session import Fixed, Score, scores
from quizgen.quiz.sources import sources
from quizgen.terminal import Block

_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Result:
    """A session's result, in the words in which every screen shows it."""

    headline: str
    topics: tuple[tuple[str, str], ...]
    again: tuple[Item, ...]
    comeback: str
    early: str = ""


def result_of(desk: Desk) -> Result:
    """The result so far. Raises StoreError."""
    session = desk.session
    results = [(answer.item, answer.right) for answer in session.firsts()]
    if desk.exam and isinstance(session.plan, Fixed):
        results = [(item, dict(_by_id(results)).get(item.id, False)) for item in session.plan.items]
    right, asked = sum(was_right for _, was_right in results), len(results)
    names = {topic.id: topic.name for topic in desk.bank.deck.topics}
    headline = f"{right} of {questions(asked)} right{f', {100 * right / asked:.0f} %' if asked else ''}."
    if desk.exam and asked:
        headline = f"{headline} With 95 % confidence you know {interval(right, asked)} of it all."
    topics = tuple(
        (names.get(one.topic, one.topic), _counted(one, exam=desk.exam)) for one in scores(results)
    )
    waiting = session.next()
    early = f"You ended before question {desk.number_of(waiting)}." if waiting else ""
    return Result(headline, topics, tuple(session.again()), _comeback(desk), early)


def _by_id(results: list[tuple[Item, bool]]) -> list[tuple[str, bool]]:
    return [(item.id, right) for item, right in results]


def _counted(score: Score, *, exam: bool) -> str:
    counted = f"{score.right} of {score.asked}"
    return f"{counted} ({interval(score.right, score.asked)})" if exam else counted


def questions(count: int) -> str:
    """So many questions, in words."""
    return "1 question" if count == 1 else f"{count} questions"


def _comeback(desk: Desk) -> str:
    """When to come back, and what for; nothing where nothing was recorded."""
    if not desk.keeper.records:
        return ""
    said = []
    plan = desk.session.plan
    if isinstance(plan, Spaced):
        waiting = plan.agenda.due_left + sum(count for name, count in desk.left() if name == "due")
        if waiting:
            said.append(f"{'1 is' if waiting == 1 else f'{waiting} are'} still due today.")
        if fresh := sum(count for name, count in desk.left() if name == "new"):
            said.append(f"{'1 new one is' if fresh == 1 else f'{fresh} new ones are'} left for today.")
    if (next_due := desk.keeper.next_due()) is not None:
        said.append(f"Next: {when(next_due)}, {questions(next_due.count)}.")
    return " ".join(said)


def when(comeback: Comeback) -> str:
    """The day of a comeback: "tomorrow", "on Thursday", "on 3 March"."""
    if comeback.days == 1:
        return "tomorrow"
    if comeback.days < 7:
        return f"on {_WEEKDAYS[comeback.day.weekday()]}"
    return f"on {comeback.day.day} {comeback.day:%B}"


def look_again(items: tuple[Item, ...], *, addresses: bool = True) -> list[Block]:
    """The items to look at again, each with its answer and its sources."""
    rows = list[Block]()
    for number, item in enumerate(items, 1):
        rows.append(Block(text=item.stem, lead=f"{number}.", hang=True))
        rows.append(Block(text=plain_answer(item), lead="Answer:", style="strong", indent=3))
        rows += sources(item, indent=3, addresses=addresses)
        if not addresses:
            rows.append(Block())
    return rows


def show_result(desk: Desk) -> None:
    """Write the result in lines: by topic, what to look at again with its sources, when to come back."""
    terminal.say()
    if not desk.session.answers:
        terminal.say("No question was answered.")
        return
    result = result_of(desk)
    terminal.say(f"{result.headline} {result.early}", lead="Result:", style="strong")
    terminal.table(("Topic", "Right"), result.topics)
    if result.again:
        terminal.say()
        terminal.say("Look at these again:", style="strong")
        for block in review(desk.session.answers) if desk.exam else look_again(result.again):
            terminal.show(block)
    if result.comeback:
        terminal.say()
        terminal.say(result.comeback)


def show_brief(desk: Desk) -> None:
    """Leave behind, below what stood there before, how it went and when to come back."""
    if not desk.session.answers:
        terminal.say("No question was answered.")
        return
    result = result_of(desk)
    terminal.say(" ".join(filter(None, (result.headline, result.comeback))), lead="Result:", style="strong")


def nothing_today(desk: Desk) -> None:
    """Say that nothing is due, when something will be, and what can be done meanwhile."""
    terminal.say("Nothing is due now, and today's new questions are learned.", style="strong")
    if (next_due := desk.keeper.next_due()) is not None:
        terminal.say(f"Next: {when(next_due)}, {questions(next_due.count)}.")
    terminal.say("For more today: --new 5 brings in new questions, --cram practises without the schedule.")
