"""The quiz at a terminal or in a pipe: asks, says what came of it, and where the answer comes from."""

from __future__ import annotations

import functools
from collections.abc import Collection
from typing import assert_never

from quizgen import terminal
from quizgen.items.item import Bank, Item
from quizgen.quiz.question import plain_answer, prompt_for, right_answer, show_question
from quizgen.quiz.session import Answer, Plan, Session
from quizgen.quiz.sources import show_sources, standing
from quizgen.quiz.verdict import WRONG, Mark, Verdict


class _Judge:
    """Grades against one bank. What that takes is loaded at the first answer, after the first question."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    @functools.cached_property
    def _rivals(self) -> Collection[str]:
        from quizgen.quiz.grade import rivals_of

        return rivals_of(self._bank.items)

    def __call__(self, item: Item, response: str) -> Verdict:
        from quizgen.quiz.grade import grade

        return grade(item, response, rivals=self._rivals)


def run(bank: Bank, plan: Plan) -> Session:
    """Ask what the plan says until it, or the learner, ends; Ctrl-C and Ctrl-D end it without a fuss.

    Raises BrokenPipeError where nobody reads the output any more.
    """
    session, judge = Session(plan), _Judge(bank)
    topics = {topic.id: topic.name for topic in bank.deck.topics}
    terminal.say(f"{bank.deck.name}: {_questions(plan.total())}.", style="strong")
    terminal.say("Enter alone shows the answer; Ctrl-D ends the quiz.", style="faint")
    try:
        while (item := session.next()) is not None:
            terminal.say()
            number = len(session.answers) + 1
            topic = topics.get(item.topic, item.topic)
            terminal.say(f"Question {number} of {plan.total()}: {topic}", style="faint")
            show_question(item)
            answer = _ask(item, judge)
            if answer is None:
                break
            session = session.answered(answer)
            _feedback(answer)
    except KeyboardInterrupt:
        terminal.say()
    return session


def _questions(count: int) -> str:
    return "1 question" if count == 1 else f"{count} questions"


def _ask(item: Item, judge: _Judge) -> Answer | None:
    """The learner's answer, asked for until it can be judged; None where there is no more input.

    From a pipe each question takes one line, whatever is on it: nobody is there to answer again, and the
    lines after it must still meet their questions.
    """
    while True:
        response = terminal.ask(prompt_for(item))
        if response is None:
            return None
        if not response.strip():
            return Answer(item, "", WRONG)
        verdict = judge(item, response)
        if not verdict.asks_again or not terminal.interactive():
            return Answer(item, response, verdict)
        _say_verdict(verdict)


def _say_verdict(verdict: Verdict) -> None:
    match verdict.mark:
        case Mark.RIGHT:
            terminal.say(verdict.note, lead="Right.", style="right")
        case Mark.NEARLY:
            terminal.say(verdict.note, lead="Nearly.", style="nearly")
        case Mark.WRONG:
            terminal.say(verdict.note, lead="Wrong.", style="wrong")
        case Mark.UNREADABLE:
            terminal.say(verdict.note, lead="Not understood.", style="nearly")
        case _:
            assert_never(verdict.mark)


def _feedback(answer: Answer) -> None:
    """The verdict, what would have been right, why, as of when and by whose word, and every source."""
    if answer.response:
        _say_verdict(answer.verdict)
    if not answer.right:
        terminal.say(right_answer(answer.item), lead="Right answer:", style="strong")
    for text in (answer.item.explanation, standing(answer.item)):
        if text:
            terminal.say(text)
    show_sources(answer.item)


def show_result(bank: Bank, session: Session) -> None:
    """Write the result by topic, and what to look at again with its sources."""
    topics = {topic.id: topic.name for topic in bank.deck.topics}
    asked, again = len(session.answers), session.again()
    terminal.say()
    if not asked:
        terminal.say("No question was answered.")
        return
    early = "" if session.next() is None else f" You ended before question {asked + 1}."
    share = f"{100 * (asked - len(again)) / asked:.0f} %"
    terminal.say(
        f"{asked - len(again)} of {_questions(asked)} right, {share}.{early}", lead="Result:", style="strong"
    )
    rows = [(topics.get(one.topic, one.topic), f"{one.right} of {one.asked}") for one in session.scores()]
    terminal.table(("Topic", "Right"), rows)
    if again:
        terminal.say()
        terminal.say("Look at these again:", style="strong")
    for number, item in enumerate(again, 1):
        terminal.say(item.stem, lead=f"{number}.", hang=True)
        terminal.say(plain_answer(item), lead="Answer:", style="strong", indent=3)
        show_sources(item, indent=3)
