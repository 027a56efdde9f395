"""The quiz as lines of text: in a pipe, for a screen reader, on a terminal that can do no more.

An answer is a line. What is no answer begins with a colon, so that no letter of an answer is ever taken for a
command.
"""

from __future__ import annotations

from enum import Enum, auto
from typing import assert_never

from quizgen import terminal
from quizgen.items.item import Item
from quizgen.quiz.commands import COMMANDS, Command, read_command
from quizgen.quiz.desk import Desk
from quizgen.quiz.feedback import feedback, verdict_block
from quizgen.quiz.question import prompt_for, question
from quizgen.store.review import Rating
from quizgen.terminal import browser

NEXT = "Next (? for keys):"


class _Then(Enum):
    """What follows a command: the same prompt, the question that is next, or the end."""

    STAY = auto()
    NEXT = auto()
    LEAVE = auto()


class Lines:
    """One session in lines. Raises BrokenPipeError where nobody reads the output any more."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._typed = terminal.interactive()

    def run(self) -> None:
        """Ask what the plan says until it, or the learner, ends; Ctrl-C and Ctrl-D end it without a fuss."""
        desk = self._desk
        self._greet()
        try:
            while (item := desk.next()) is not None:
                terminal.say()
                number, total = desk.number_of(item), desk.session.plan.total()
                terminal.say(f"Question {number} of {total}: {desk.topic_of(item)}", style="faint")
                self._show(item)
                if self._typed:
                    desk.warm()
                if not self._ask(item):
                    break
        except KeyboardInterrupt:
            terminal.say()

    def _greet(self) -> None:
        desk = self._desk
        total = desk.session.plan.total()
        parts = ", ".join(f"{count} {name}" for name, count in desk.left())
        kinds = f" ({parts})" if parts else ""
        terminal.say(
            f"{desk.bank.deck.name}: {'1 question' if total == 1 else f'{total} questions'}{kinds}.",
            style="strong",
        )
        if desk.carried:
            terminal.say(f"Going on where it stopped: {desk.carried} answered already.")
        if desk.exam:
            terminal.say("An exam: the answers come at the end.", style="faint")
        alone = "means that you don't know" if desk.exam else "shows the answer"
        terminal.say(f"Enter alone {alone}; Ctrl-D ends the quiz.", style="faint")
        if self._typed:
            terminal.say("A line that begins with a colon is a command; :? lists them.", style="faint")

    def _show(self, item: Item) -> None:
        for block in question(item):
            terminal.show(block)

    def _ask(self, item: Item) -> bool:
        """Take the learner's answer, asked for until it can be judged; False where the quiz is to end.

        From a pipe each question takes one line, whatever is on it: nobody is there to answer again, and the
        lines after it must still meet their questions.
        """
        desk = self._desk
        while (response := terminal.ask(prompt_for(item))) is not None:
            if (command := read_command(response)) is not None:
                then = self._obey(*command, item=item)
                if then is _Then.STAY:
                    continue
                return then is _Then.NEXT
            if desk.late():
                terminal.say("The time is up: this answer came too late.", style="nearly")
                return True
            verdict = desk.judge(item, response)
            if desk.asks_again(verdict) and self._typed:
                terminal.show(verdict_block(verdict))
                continue
            answer = desk.take(item, response, verdict)
            if desk.exam:
                return True
            for block in feedback(answer):
                terminal.show(block)
            return self._pause(item) if self._typed else True
        return False

    def _pause(self, item: Item) -> bool:
        """Wait until the learner goes on; False where the quiz is to end."""
        while (response := terminal.ask(NEXT)) is not None:
            if not response.strip():
                return True
            command = read_command(response) or read_command(f":{response}") or (None, "")
            then = self._obey(*command, item=item)
            if then is not _Then.STAY:
                return then is _Then.NEXT
        return False

    def _obey(self, command: Command | None, remark: str, *, item: Item) -> _Then:
        """Do what a command says; one that nobody knows gets the list."""
        match command:
            case None | Command.KEYS:
                for known, does in COMMANDS.items():
                    terminal.say(does, lead=f":{known.value}", indent=2, hang=True)
            case Command.QUIT:
                return _Then.LEAVE
            case Command.UNDO:
                if self._desk.undo() is not None:
                    terminal.say("The last answer is taken back.")
                    return _Then.NEXT
                terminal.say("There is no answer to take back.")
            case Command.HARD | Command.GOOD | Command.EASY:
                self._rate(Rating[command.name])
            case Command.WRONG:
                self._regrade()
            case Command.SOURCE:
                self._open()
            case Command.FLAG:
                self._flag(item, remark)
            case _:
                assert_never(command)
        return _Then.STAY

    def _rate(self, rating: Rating) -> None:
        done = None if self._desk.exam else self._desk.rate(rating)
        said = f"Counted as {rating.name.lower()}." if done else "Only a right answer can be hard or easy."
        terminal.say(said)

    def _regrade(self) -> None:
        answer = None if self._desk.exam else self._desk.regrade()
        terminal.say(answer.verdict.note if answer else "There is no answer to grade otherwise.")

    def _open(self) -> None:
        last = self._desk.last
        if last is None or self._desk.exam:
            terminal.say("The source would give the answer away.")
            return
        for source in last.item.sources:
            opened = browser.open_address(source.link)
            terminal.link(f"{source.title}", source.link)
            terminal.say("Opened in your browser." if opened else "No browser here: copy the address.")

    def _flag(self, item: Item, remark: str) -> None:
        remark = remark or (terminal.ask("What is wrong with it?") or "" if self._typed else "")
        if remark.strip():
            self._desk.keeper.flag(item, remark.strip())
            terminal.say("Thank you. `quizgen flags` lists the remarks.")
        else:
            terminal.say("Nothing was noted.")
