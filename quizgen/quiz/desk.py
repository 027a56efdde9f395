"""The quiz without a screen: asks by its plan, grades, keeps, and takes back. Both screens drive this."""

from __future__ import annotations

import functools
import threading
from collections.abc import Callable, Collection
from dataclasses import replace

from quizgen.base import clock
from quizgen.items.item import Bank, Item
from quizgen.quiz.keeper import Keeper
from quizgen.quiz.plan import Spaced
from quizgen.quiz.session import Answer, Plan, Session
from quizgen.quiz.verdict import WRONG, Mark, Verdict
from quizgen.store.review import Rating

_TAKEN_BACK = "Counted as wrong, as you say."
_GRANTED = "Counted as right, as you say."


class TimeLimit:
    """So many seconds from now on."""

    def __init__(self, seconds: float) -> None:
        self._ends = clock.monotonic() + seconds

    def left(self) -> float:
        """How many seconds there are yet; 0 where it is over."""
        return max(self._ends - clock.monotonic(), 0.0)

    def over(self) -> bool:
        """Whether the time is up."""
        return self.left() == 0.0


class _Judge:
    """Grades against one bank. What that takes is loaded at the first answer, after the first question."""

    def __init__(self, bank: Bank) -> None:
        self._bank = bank

    @functools.cached_property
    def rivals(self) -> Collection[str]:
        from quizgen.quiz.grade import rivals_of

        return rivals_of(self._bank.items)

    def __call__(self, item: Item, response: str) -> Verdict:
        from quizgen.quiz.grade import grade

        return grade(item, response, rivals=self.rivals)


class Desk:
    """One session. Methods that keep something raise StoreError, and then nothing has changed."""

    def __init__(  # noqa: PLR0913  what a session is made of; all but three have a usual value
        self,
        bank: Bank,
        plan: Plan,
        keeper: Keeper,
        *,
        answers: tuple[Answer, ...] = (),
        limit: TimeLimit | None = None,
        exam: bool = False,
    ) -> None:
        self.bank = bank
        self.limit = limit
        self.exam = exam
        self.keeper = keeper
        self.session = Session(plan, answers)
        self.carried = len(answers)  # how many answers a session that was cut off had
        self._judge = _Judge(bank)
        self._topics = {topic.id: topic.name for topic in bank.deck.topics}
        self._begun = clock.monotonic()
        self._warm = False
        self.chore: Callable[[], None] = lambda: None

    def next(self) -> Item | None:
        """The item to ask now; from here its time runs."""
        item = self.session.next()
        self._begun = clock.monotonic()
        return item

    def topic_of(self, item: Item) -> str:
        """The name of an item's topic."""
        return self._topics.get(item.topic, item.topic)

    def number_of(self, item: Item) -> int:
        """Which question this is, counted from 1; one that is asked again keeps the number of the last."""
        return len({answer.item.id for answer in self.session.answers} | {item.id})

    def left(self) -> list[tuple[str, int]]:
        """How many items of the plan are to be asked yet, by why they are asked."""
        plan, done = self.session.plan, {answer.item.id for answer in self.session.answers}
        if not isinstance(plan, Spaced):
            return []
        groups = (("due", plan.agenda.due), ("new", plan.agenda.new))
        return [(name, sum(item.id not in done for item in items)) for name, items in groups]

    def late(self) -> bool:
        """Whether it is too late for an answer: an exam's time is up."""
        return self.exam and self.limit is not None and self.limit.over()

    @property
    def last(self) -> Answer | None:
        """The last answer."""
        return self.session.answers[-1] if self.session.answers else None

    def warm(self) -> None:
        """Load what the first answer takes, while the learner reads the question; then do the chore."""

        def load() -> None:
            self.keeper.warm()
            len(self._judge.rivals)
            self.chore()

        if not self._warm:
            self._warm = True
            threading.Thread(target=load, daemon=True).start()

    def judge(self, item: Item, response: str) -> Verdict:
        """The verdict on a response; nothing is kept yet, because the question may have to be asked again."""
        return WRONG if not response.strip() else self._judge(item, response)

    def asks_again(self, verdict: Verdict) -> bool:
        """Whether the question stands. In an exam "nearly" would be a hint, and counts as an answer."""
        return verdict.asks_again and not (self.exam and verdict.mark is Mark.NEARLY)

    def take(self, item: Item, response: str, verdict: Verdict) -> Answer:
        """Keep an answer."""
        if not response.strip():
            response = ""
        seconds = round(clock.monotonic() - self._begun, 1)
        answer = self.keeper.record(Answer(item, response, verdict, seconds=seconds))
        self.session = self.session.answered(answer)
        return answer

    def rate(self, rating: Rating) -> Answer | None:
        """Say how well the last item was known: only what was right can have been hard or easy."""
        answer = self.last
        if answer is None or not answer.right:
            return None
        return self._correct(self.keeper.rate(answer, rating))

    def regrade(self) -> Answer | None:
        """Say that the last answer was graded wrong: a right one becomes wrong, any other right."""
        answer = self.last
        if answer is None:
            return None
        verdict = Verdict(Mark.WRONG, _TAKEN_BACK) if answer.right else Verdict(Mark.RIGHT, _GRANTED)
        rated = self.keeper.rate(answer, Rating.AGAIN if answer.right else Rating.GOOD)
        return self._correct(replace(rated, verdict=verdict))

    def _correct(self, answer: Answer) -> Answer:
        self.session = self.session.corrected(answer)
        return answer

    def undo(self) -> Item | None:
        """Take the last answer back; returns its item, which the plan then asks again."""
        answer = self.last
        if answer is None:
            return None
        self.keeper.undo(answer)
        self.session = self.session.undone()
        return answer.item
