"""Whether a store is sound: its file, its log, and what follows from it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from quizgen.base.problems import Problem
from quizgen.base.text import count
from quizgen.store.book import AHEAD, Book
from quizgen.store.database import SALVAGE, Database
from quizgen.store.log import Log
from quizgen.store.review import Change, Review
from quizgen.store.schedule import Expected, Schedule, replay

_MOST = 20  # complaints of SQLite's about one file; a damaged one has thousands


@dataclass(frozen=True, slots=True)
class Health:
    """What a store holds, what is wrong with it, and what is only worth knowing."""

    reviews: int
    undone: int
    flags: int
    items: int
    first: datetime | None
    last: datetime | None
    problems: tuple[Problem, ...]
    notes: tuple[str, ...]


def examine(database: Database, log: Log, book: Book, now: datetime) -> Health:
    """Look at everything. Raises StoreError where the file cannot even be read."""
    shown = str(database.path)
    problems = [
        Problem(shown, 0, 0, "", f"SQLite finds: {text}", SALVAGE)
        for (text,) in database.rows(f"PRAGMA integrity_check({_MOST})")
        if text != "ok"
    ]
    entries = [] if problems else list(log.entries())
    reviews = {entry.id: entry for entry in entries if isinstance(entry, Review)}
    changes = [entry for entry in entries if isinstance(entry, Change)]
    undone = {change.review for change in changes if change.rating is None} & reviews.keys()
    wrong = _strays(log, book) if not problems and book.is_current() else []
    if wrong:
        message = f"{count(len(wrong), 'schedule')} not as the log makes them, such as that of {wrong[0]!r}"
        problems.append(Problem(shown, 0, 0, "", message, "`quizgen state rebuild` makes them anew"))
    times = [review.at for review in reviews.values()]
    return Health(
        reviews=len(reviews) - len(undone),
        undone=len(undone),
        flags=len(entries) - len(reviews) - len(changes),
        items=len({review.item for review in reviews.values() if review.id not in undone}),
        first=min(times, default=None),
        last=max(times, default=None),
        problems=tuple(problems),
        notes=tuple(_notes(changes, reviews, now)),
    )


def _strays(log: Log, book: Book) -> list[str]:
    """The items whose kept schedule, or what was expected of them, is not what the log makes of it."""
    answers = log.answers()
    kept, foreseen = book.kept(), book.expected()
    wrong = kept.keys() - {answer.item for answer in answers}
    for item, own in groupby(answers, key=lambda answer: answer.item):
        expected = list[Expected]()
        schedule = replay(own, expected=expected)
        found = [foreseen.pop(one.n, None) for one in expected]
        if not _same(schedule, kept.get(item)) or not all(map(_same, expected, found)):
            wrong.add(item)
    return sorted(wrong) or ["an item that is gone"] * bool(foreseen)


def _same(one: Schedule | Expected | None, other: Schedule | Expected | None) -> bool:
    """Whether two are the same but for the last digits of a power, which hang on the machine."""
    if one is None or other is None:
        return one is other
    return all(map(_equal, _values(one), _values(other)))


def _values(one: Schedule | Expected) -> list[object]:
    return list(one) if isinstance(one, Expected) else [getattr(one, name) for name in Schedule.__slots__]


def _equal(one: object, other: object) -> bool:
    if isinstance(one, float) and isinstance(other, float):
        return math.isclose(one, other, rel_tol=1e-9)
    return one == other


def _notes(changes: list[Change], reviews: dict[str, Review], now: datetime) -> list[str]:
    notes = []
    strays = sum(change.review not in reviews for change in changes)
    if strays:
        said = count(strays, "change is of a review", "changes are of reviews")
        notes.append(f"{said} not in the log; what is missing may still be imported")
    ahead = sum(review.at > now + AHEAD for review in reviews.values())
    if ahead:
        said = count(ahead, "review lies", "reviews lie")
        notes.append(f"{said} in the future, and will count once the time has come")
    return notes
