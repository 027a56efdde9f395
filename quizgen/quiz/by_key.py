"""The quiz at a terminal, a page at a time and a key for everything."""

from __future__ import annotations

from enum import Enum, auto

from quizgen.items.item import Item
from quizgen.quiz import pages
from quizgen.quiz.commands import Command, read_command
from quizgen.quiz.desk import Desk
from quizgen.quiz.draft import Draft, Typed, draft_of
from quizgen.quiz.session import Answer
from quizgen.quiz.verdict import Mark
from quizgen.store.review import Rating
from quizgen.terminal.browser import open_address
from quizgen.terminal.editor import Line
from quizgen.terminal.screen import Page, Screen, open_screen

_HUNG_UP = 129  # 128 and SIGHUP, as a shell would say
_TICK = 1.0  # seconds between two looks at the clock
_RATINGS = {Command.HARD: Rating.HARD, Command.EASY: Rating.EASY, Command.GOOD: Rating.GOOD}


class _Then(Enum):
    """What follows a key: the same page, the question that is next, or the end."""

    STAY = auto()
    NEXT = auto()
    LEAVE = auto()


class Pages:
    """One session at a terminal. Whatever ends it, the terminal is as it was before."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._screen: Screen
        self._note = ""
        self._stands = False

    def run(self) -> None:
        """Ask what the plan says until it, or the learner, ends; then show the result."""
        desk = self._desk
        if desk.carried:
            self._note = f"Going on where it stopped: {desk.carried} answered already."
        with open_screen() as self._screen:
            try:
                while (item := desk.next()) is not None and self._ask(item) is not _Then.LEAVE:
                    pass
                self._result()
            except KeyboardInterrupt:
                return

    def _key(self, page: Page, *, turned: bool = True) -> str:
        """Show a page and wait for a key; `<tick>` once a second where time is short."""
        self._screen.show(page, turned=turned)
        self._desk.warm()
        key = self._screen.read(_TICK if self._desk.limit else None)
        if key == "<gone>":
            raise SystemExit(_HUNG_UP)
        return key

    # -- a question

    def _ask(self, item: Item) -> _Then:
        """Show a question until it is answered, or until something else comes first."""
        desk, draft, menu, turned = self._desk, draft_of(item), False, True
        while True:
            page = pages.question_page(desk, item, draft, note=self._note, menu=menu)
            key, turned = self._key(page, turned=turned), False
            if desk.late():
                self._note = "The time is up."
                return _Then.NEXT
            if key == "<tick>":
                continue
            self._note = ""
            pressed = None if menu else draft.press(key)
            if key == "<ctrl-d>" and not draft.response:
                return _Then.LEAVE
            if pressed is None:
                menu = key == "<esc>" and not menu
                then = self._obey(key, item, draft)
            elif pressed.sent:
                then = self._sent(item, pressed)
                draft = pressed.reopened() if self._stands else draft_of(item)
            else:
                draft, then = pressed, _Then.STAY
            if then is not _Then.STAY:
                return then

    def _sent(self, item: Item, draft: Draft) -> _Then:
        """Judge an answer; STAY where the question stands, because it could not be judged or was none."""
        self._stands = False
        if isinstance(draft, Typed) and (command := read_command(draft.response)) is not None:
            return self._command(command[0] or Command.KEYS, item, draft, remark=command[1])
        verdict = self._desk.judge(item, draft.response)
        if self._desk.asks_again(verdict):
            self._stands = True
            word = "Nearly" if verdict.mark is Mark.NEARLY else "Not understood"
            self._note = f"{word}. {verdict.note}"
            return _Then.STAY
        answer = self._desk.take(item, draft.response, verdict)
        return _Then.NEXT if self._desk.exam else self._answered(answer, draft)

    # -- its answer

    def _answered(self, answer: Answer, draft: Draft) -> _Then:
        turned = True
        while True:
            width = self._screen.width
            page = pages.answer_page(self._desk, answer, draft, width=width, note=self._note)
            self._note = ""
            key, turned = self._key(page, turned=turned), False
            if key in ("<enter>", " "):
                return _Then.NEXT
            if key == "<ctrl-d>":
                return _Then.LEAVE
            then = self._obey(key, answer.item, draft, answered=True)
            if then is not _Then.STAY:
                return then
            answer = self._desk.last or answer

    # -- what isn't an answer

    def _obey(self, key: str, item: Item, draft: Draft, *, answered: bool = False) -> _Then:
        """Do what a key says beside answering; a key that says nothing changes nothing."""
        found = [command for command in Command if command.value == key.lower()]
        return self._command(found[0], item, draft, answered=answered) if found else _Then.STAY

    def _command(
        self, command: Command, item: Item, draft: Draft, *, answered: bool = False, remark: str = ""
    ) -> _Then:
        match command:
            case Command.QUIT:
                return _Then.LEAVE
            case Command.UNDO:
                done = self._desk.undo()
                self._note = "The last answer is taken back." if done else "There is no answer to take back."
                return _Then.NEXT if done else _Then.STAY
            case Command.KEYS:
                self._key(pages.keys_page(self._desk, item, draft))
            case Command.FLAG:
                self._flag(item, remark)
            case Command.SOURCE if answered:
                self._source(item)
            case Command.WRONG if answered:
                self._desk.regrade()
            case Command.HARD | Command.EASY | Command.GOOD if answered:
                if self._desk.rate(_RATINGS[command]) is not None:
                    return _Then.NEXT
                self._note = "Only a right answer can have been hard or easy."
            case Command.SOURCE:
                self._note = "The source would give the answer away: it can be opened afterwards."
            case _:
                self._note = "That is for after the answer."
        return _Then.STAY

    def _flag(self, item: Item, remark: str) -> None:
        line = Line(remark)
        while not remark:
            key = self._key(pages.remark_page(self._desk, item, line), turned=False)
            if key == "<esc>":
                return
            if key == "<enter>":
                remark = line.text.strip()
                if not remark:
                    return
            line = line.press(key) or line
        self._desk.keeper.flag(item, remark)
        self._note = "Your remark is kept; `quizgen flags` lists it."

    def _source(self, item: Item, number: int = 1) -> None:
        source = item.sources[number - 1]
        opened = open_address(source.link)
        said = (
            f"Opened source {number} in your browser." if opened else "There is no browser here to open it."
        )
        if opened and len(item.sources) == 1:
            self._note = said
            return
        key = self._key(pages.sources_page(self._desk, item, opened=said))
        if key in "123456789" and int(key) <= len(item.sources):
            self._source(item, int(key))

    # -- the end

    def _result(self) -> None:
        desk = self._desk
        if not desk.session.answers:
            return
        # At the end only: the first question comes the sooner.
        from quizgen.quiz.result import result_of
        from quizgen.quiz.review import review

        result = result_of(desk)
        found = review(desk.session.answers, addresses=False) if desk.exam else []
        page = pages.result_page(desk, result, found)
        turned = True
        while (key := self._key(page, turned=turned)) not in ("<enter>", "<esc>", "q", " ", "<ctrl-d>"):
            turned = False
            if key in "123456789" and int(key) <= len(result.again):
                item = result.again[int(key) - 1]
                self._source(item)
                self._note, turned = "", True
