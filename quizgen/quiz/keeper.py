"""Keeping what was answered: in the learner's store, or nowhere."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, Protocol

from quizgen.base import clock
from quizgen.items.item import Deck, Item
from quizgen.quiz.session import Answer
from quizgen.quiz.verdict import Mark, Verdict
from quizgen.store.day import day_of
from quizgen.store.review import Flag, Rating, Review, new_id

if TYPE_CHECKING:
    from quizgen.store.store import Store


class Keeper(Protocol):
    """Takes every answer; what it has taken is safe when the method returns. Methods raise StoreError."""

    records: bool

    def record(self, answer: Answer) -> Answer:
        """Keep an answer; returns it with the id and the rating that it was given."""

    def rate(self, answer: Answer, rating: Rating) -> Answer:
        """Say that an answer's rating is another."""

    def undo(self, answer: Answer) -> None:
        """Say that an answer shall not count."""

    def flag(self, item: Item, remark: str) -> None:
        """Keep a remark on an item."""

    def taken(self) -> Collection[str]:
        """The facts that other sessions have asked about since this one began."""

    def next_due(self) -> Comeback | None:
        """When something is due again."""

    def warm(self) -> None:
        """Load what the first answer takes, while the learner reads the question."""


@dataclass(frozen=True, slots=True)
class Comeback:
    """The next day on which something falls due, tomorrow at the earliest; in how many days; and how much."""

    day: date
    days: int
    count: int


def rating_of(verdict: Verdict) -> Rating:
    """The rating that an answer gets by itself: a right one is Good, any other is Again."""
    return Rating.GOOD if verdict.mark is Mark.RIGHT else Rating.AGAIN


@dataclass(slots=True)
class Nowhere:
    """Keeps nothing but remarks, which a learner asks to be kept; `store` opens the store for them."""

    deck: Deck
    store: Callable[[], Store]
    records: bool = False

    def record(self, answer: Answer) -> Answer:
        """The answer, with the rating that it would have been kept under."""
        return _rated(answer, rating_of(answer.verdict))

    def rate(self, answer: Answer, rating: Rating) -> Answer:
        """The answer with another rating."""
        return _rated(answer, rating)

    def undo(self, answer: Answer) -> None:
        """Nothing was kept."""

    def flag(self, item: Item, remark: str) -> None:
        """Keep a remark on an item."""
        with self.store() as store:
            store.flag(_flag(self.deck, item, remark))

    def taken(self) -> Collection[str]:
        """Nobody's answers count here."""
        return ()

    def next_due(self) -> Comeback | None:
        """Nobody knows."""
        return None

    def warm(self) -> None:
        """Nothing is needed."""


@dataclass(slots=True)
class InStore:
    """Keeps answers in a store, as those of one session."""

    deck: Deck
    store: Store
    session: str
    began: datetime
    items: Collection[str] = ()
    records: bool = True

    def record(self, answer: Answer) -> Answer:
        """Keep an answer; it is on disk when this returns."""
        now, rating = clock.now(), rating_of(answer.verdict)
        review = Review(
            id=new_id(now),
            item=answer.item.id,
            facts=answer.item.facts,
            deck=self.deck.id,
            at=now,
            rating=rating,
            seconds=answer.seconds,
            response=answer.response,
            mark=_stored(answer.verdict),
            session=self.session,
        )
        self.store.record(review)
        return _rated(answer, rating, review.id)

    def rate(self, answer: Answer, rating: Rating) -> Answer:
        """Say that an answer's rating is another."""
        self.store.rerate(answer.review, rating, clock.now())
        return _rated(answer, rating, answer.review)

    def undo(self, answer: Answer) -> None:
        """Say that an answer shall not count."""
        self.store.undo(answer.review, clock.now())

    def flag(self, item: Item, remark: str) -> None:
        """Keep a remark on an item."""
        self.store.flag(_flag(self.deck, item, remark))

    def taken(self) -> Collection[str]:
        """The facts that other sessions have asked about since this one began."""
        return {
            fact
            for review in self.store.reviews(since=self.began)
            if review.session != self.session
            for fact in review.facts
        }

    def next_due(self) -> Comeback | None:
        """On which day, from tomorrow, the deck's items are due again, and how many."""
        now = clock.now()
        today, wanted = day_of(now), set(self.items)
        days = [
            max((day_of(one.due) - today).days, 1)
            for one in self.store.schedules().values()
            if one.item in wanted and one.due > now
        ]
        if not days:
            return None
        return Comeback(today + timedelta(days=min(days)), min(days), days.count(min(days)))

    def warm(self) -> None:
        """Load FSRS, which the first answer needs and the first question does not."""
        from quizgen.store import schedule

        schedule.replay(())


def _rated(answer: Answer, rating: Rating, review: str = "") -> Answer:
    return Answer(answer.item, answer.response, answer.verdict, review, rating, answer.seconds)


def _stored(verdict: Verdict) -> str:
    """What the log calls a mark: what could not be read counts as wrong."""
    return verdict.mark if verdict.mark is not Mark.UNREADABLE else Mark.WRONG


def _flag(deck: Deck, item: Item, remark: str) -> Flag:
    now = clock.now()
    return Flag(
        id=new_id(now),
        item=item.id,
        facts=item.facts,
        deck=deck.id,
        at=now,
        remark=remark,
        revision=deck.revision,
    )
