"""Beginning a session: what was wished for becomes a plan, or a session that was cut off goes on."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING

from quizgen.base import clock
from quizgen.items.item import Bank, Item
from quizgen.quiz.desk import Desk, TimeLimit
from quizgen.quiz.keeper import InStore, Nowhere
from quizgen.quiz.plan import Agenda, Day, Spaced, Wishes, agenda
from quizgen.quiz.session import Answer, Fixed, Plan, Wanted, pick
from quizgen.quiz.verdict import Mark, Verdict
from quizgen.store.review import Rating, Review, SessionRecord, new_id

if TYPE_CHECKING:
    from quizgen.store.schedule import Schedule
    from quizgen.store.store import Store


class Mode(StrEnum):
    """What a session is for."""

    SPACED = "spaced"
    CRAM = "cram"
    EXAM = "exam"


@dataclass(frozen=True, slots=True)
class Order:
    """What a learner asked for. `count` is how many questions at most, `minutes` how long."""

    mode: Mode
    wanted: Wanted = field(default_factory=Wanted)
    count: int | None = None
    new: int | None = None
    minutes: int | None = None
    seed: int = 0

    def text(self) -> str:
        """The order as text: the same for the same wishes, so that a session is known again by it."""
        wished = {
            "mode": self.mode.value,
            "topics": sorted(self.wanted.topics),
            "types": sorted(self.wanted.types),
            "count": self.count,
            "new": self.new,
            "minutes": self.minutes,
        }
        return json.dumps(wished, sort_keys=True)


@dataclass(frozen=True, slots=True)
class Begun:
    """A session ready to be run, and when it began."""

    desk: Desk
    at: datetime
    session: str = ""

    def end(self, store: Store | None) -> None:
        """Say that it came to its end, so that it is not gone on with."""
        if store is not None:
            store.session_end(self.session, clock.now())


def begin(bank: Bank, order: Order, store: Store | None, opener: Callable[[], Store]) -> Begun:
    """A session by these wishes; what it keeps goes into `store`, if there is one. Raises StoreError.

    `opener` opens a store for a remark where nothing else is kept.
    """
    now = clock.now()
    if store is None:
        limit = _limit(order, now, now)
        items = pick(bank, _wanted(order), order.seed)
        plan = Fixed(items, limit.over if limit else bool)
        desk = Desk(bank, plan, Nowhere(bank.deck, opener), limit=limit, exam=order.mode is Mode.EXAM)
        return Begun(desk, now)
    schedules = store.schedules()
    cut_off = _cut_off(store, bank, order, now)
    if cut_off is not None:
        return _go_on(bank, order, store, cut_off, schedules)
    planned = _plan(bank, order, schedules, now)
    record = SessionRecord(
        id=new_id(now),
        deck=bank.deck.id,
        at=now,
        wishes=order.text(),
        items=tuple(item.id for item in planned.items),
    )
    if planned.items:
        store.session_begin(record)
    return _desk(bank, order, store, record=record, planned=planned)


def _wanted(order: Order) -> Wanted:
    return Wanted(order.wanted.topics, order.wanted.types, order.count)


def _limit(order: Order, began: datetime, now: datetime) -> TimeLimit | None:
    """How long there is yet. An exam's time runs on while nobody sits there; practice begins it anew."""
    if order.minutes is None:
        return None
    passed = (now - began).total_seconds() if order.mode is Mode.EXAM else 0.0
    return TimeLimit(order.minutes * 60 - max(passed, 0.0))


def _plan(bank: Bank, order: Order, schedules: Mapping[str, Schedule], now: datetime) -> Agenda:
    if order.mode is not Mode.SPACED:
        return Agenda((), pick(bank, _wanted(order), order.seed))
    wishes = Wishes(order.wanted, order.new, order.count)
    return agenda(bank.items, schedules, Day.of(now), wishes)


def _cut_off(store: Store, bank: Bank, order: Order, now: datetime) -> SessionRecord | None:
    """The session that was cut off, if the same is wished for again; practice only on its own day."""
    found = store.session_open(bank.deck.id)
    if found is None or found.wishes != order.text():
        return None
    if order.mode is not Mode.EXAM and not Day.of(now).holds(found.at):
        return None
    return found


def _go_on(
    bank: Bank, order: Order, store: Store, record: SessionRecord, schedules: Mapping[str, Schedule]
) -> Begun:
    known = {item.id: item for item in bank.items}
    items = [known[name] for name in record.items if name in known]
    old = [item for item in items if item.id in schedules and schedules[item.id].first < record.at]
    planned = Agenda(tuple(old), tuple(item for item in items if item not in old))
    if order.mode is not Mode.SPACED:
        planned = Agenda((), tuple(items))
    reviews = [review for review in store.reviews(session=record.id) if review.item in known]
    answers = tuple(_answer(known[review.item], review) for review in reviews)
    return _desk(bank, order, store, record=record, planned=planned, answers=answers)


def _answer(item: Item, review: Review) -> Answer:
    """What the log says of an answer; a rating that was changed afterwards is the last word."""
    mark = Mark(review.mark) if review.mark in set(Mark) else Mark.WRONG
    if review.rating is not Rating.AGAIN:
        mark = Mark.RIGHT
    elif mark is Mark.RIGHT:
        mark = Mark.WRONG
    return Answer(item, review.response, Verdict(mark), review.id, review.rating, review.seconds)


def _desk(  # noqa: PLR0913  what a session is made of
    bank: Bank,
    order: Order,
    store: Store,
    *,
    record: SessionRecord,
    planned: Agenda,
    answers: Sequence[Answer] = (),
) -> Begun:
    keeper = InStore(bank.deck, store, record.id, record.at, [item.id for item in bank.items])
    limit = _limit(order, record.at, clock.now())
    over = limit.over if limit else bool
    plan: Plan = Fixed(planned.items, over)
    if order.mode is Mode.SPACED:
        plan = Spaced(planned, keeper.taken, over)
    desk = Desk(bank, plan, keeper, answers=tuple(answers), limit=limit, exam=order.mode is Mode.EXAM)
    return Begun(desk, record.at, record.id)
