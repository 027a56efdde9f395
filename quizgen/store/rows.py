"""Rows to records and back."""

from __future__ import annotations

import json
import math
from functools import lru_cache

from quizgen.store.database import Row
from quizgen.store.review import Change, Flag, Rating, Review, micros, moment, storable
from quizgen.store.schedule import Answer, Schedule, State

LOG = "id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session"
REVIEW = "id, item, facts, deck, at, rating, seconds, response, mark, session"
FLAG = "id, item, facts, deck, at, remark, revision"
SCHEDULE = "item, facts, deck, due, stability, difficulty, state, step, reps, lapses, first, last"


# Quicker than calling the class, which a deck's thousands of schedules would feel.
RATINGS = {int(rating): rating for rating in Rating}
STATES = {int(state): state for state in State}


@lru_cache(maxsize=8192)
def names(text: str) -> tuple[str, ...]:
    """Ids from the JSON list that they are stored as. Raises ValueError."""
    found = json.loads(text)
    if not isinstance(found, list) or not all(isinstance(name, str) for name in found):
        raise ValueError(f"no list of ids: {text[:40]!r}")
    return tuple(found)


@lru_cache(maxsize=8192)
def listed(ids: tuple[str, ...]) -> str:
    """Ids as they are stored."""
    return json.dumps(ids)


def review_of(row: Row, rating: int | None = None) -> Review:
    """A review from the columns `REVIEW`; with another rating than its own, where one is given."""
    name, item, facts, deck, at, own, seconds, response, mark, session = row
    return Review(
        id=name,
        item=item,
        facts=names(facts),
        deck=deck,
        at=moment(at),
        rating=RATINGS[own if rating is None else rating],
        seconds=seconds,
        response=response,
        mark=mark,
        session=session,
    )


def log_row(entry: Review | Change) -> Row:
    """The columns `LOG` of what goes into the log."""
    if isinstance(entry, Change):
        kind = "undo" if entry.rating is None else "rerate"
        rating = None if entry.rating is None else int(entry.rating)
        return (entry.id, kind, micros(entry.at), entry.review, None, None, None, rating, *[None] * 4)
    return (
        entry.id,
        "review",
        micros(entry.at),
        None,
        entry.item,
        listed(entry.facts),
        entry.deck,
        int(entry.rating),
        float(entry.seconds) if entry.seconds is not None and math.isfinite(entry.seconds) else None,
        storable(entry.response),
        entry.mark,
        entry.session,
    )


def entry_of(row: Row) -> Review | Change:
    """What the columns `LOG` hold."""
    name, kind, at, review, item, facts, deck, rating, *rest = row
    if kind == "review":
        return review_of((name, item, facts, deck, at, rating, *rest))
    return Change(id=name, review=review, at=moment(at), rating=Rating(rating) if kind == "rerate" else None)


def flag_row(flag: Flag) -> Row:
    """The columns `FLAG`."""
    at, remark = micros(flag.at), storable(flag.remark)
    return (flag.id, flag.item, listed(flag.facts), flag.deck, at, remark, flag.revision)


def flag_of(row: Row) -> Flag:
    """A flag from the columns `FLAG`."""
    name, item, facts, deck, at, remark, revision = row
    return Flag(
        id=name, item=item, facts=names(facts), deck=deck, at=moment(at), remark=remark, revision=revision
    )


def answer_of(row: Row, rating: int | None) -> Answer:
    """The answer in the columns `REVIEW` and `n`."""
    own, n = row[5], row[-1]
    return Answer(
        row[1], names(row[2]), row[3], moment(row[4]), RATINGS[own if rating is None else rating], n
    )


def schedule_row(schedule: Schedule) -> Row:
    """The columns `SCHEDULE`."""
    return (
        schedule.item,
        listed(schedule.facts),
        schedule.deck,
        micros(schedule.due),
        schedule.stability,
        schedule.difficulty,
        int(schedule.state),
        schedule.step,
        schedule.reps,
        schedule.lapses,
        micros(schedule.first),
        micros(schedule.last),
    )


def schedule_of(row: Row) -> Schedule:
    """A schedule from the columns `SCHEDULE`."""
    item, facts, deck, due, stability, difficulty, state, step, reps, lapses, first, last = row
    return Schedule(
        item=item,
        facts=names(facts),
        deck=deck,
        due=moment(due),
        stability=stability,
        difficulty=difficulty,
        state=STATES[state],
        step=step,
        reps=reps,
        lapses=lapses,
        first=moment(first),
        last=moment(last),
    )
