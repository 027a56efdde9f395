"""Reviews, schedules and a small deck for tests of statistics."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path

from quizgen.items.item import AnkiIds, Bank, Deck, Item, ItemType, SourceRef, Topic
from quizgen.stats.measure import View, measure
from quizgen.stats.progress import Progress
from quizgen.store.review import Answered, Rating, Review, micros
from quizgen.store.schedule import Schedule, State
from quizgen.store.store import Store

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)  # a Sunday
_numbers = count(1)

SOURCE = SourceRef(
    id="work",
    title="A Work",
    publisher="A Press",
    author=None,
    published="2001",
    url="https://example.org/work",
    link="https://example.org/work#:~:text=these",
    paragraph=1,
    reliability="primary",
)


def item(name: str, topic: str = "one", stem: str = "What?", source: SourceRef = SOURCE) -> Item:
    """A typed item of that name; its fact is called like its first half."""
    return Item(
        id=name,
        type=ItemType.TYPED,
        stem=stem,
        key=("this",),
        explanation="",
        facts=(name.partition("/")[0],),
        kind="signed",
        topic=topic,
        sources=(source,),
        slot=1,
    )


def bank(*items: Item) -> Bank:
    """A deck `small` with the topics one, two and three."""
    topics = tuple(Topic(name, name.title()) for name in ("one", "two", "three"))
    deck = Deck(
        id="small",
        name="Small",
        revision="2026-11-22",
        description="",
        licence="",
        seed=1,
        topics=topics,
        anki=AnkiIds(1, 2),
    )
    return Bank(deck, items)


def ago(days: float) -> datetime:
    """So many days before now."""
    return NOW - timedelta(days=days)


def answered(  # noqa: PLR0913  as many as an answer has
    name: str,
    days: float,
    rating: Rating = Rating.GOOD,
    *,
    expected: float | None = None,
    state: State | None = None,
    seconds: float | None = 10.0,
    deck: str = "small",
) -> Answered:
    """An answer so many days ago. With `expected`, of an item that was learned, unless `state` says other."""
    known = State.REVIEW if expected is not None and state is None else state
    return Answered(next(_numbers), name, deck, micros(ago(days)), rating, seconds, known, expected)


def schedule(  # noqa: PLR0913  as many as a schedule has
    name: str,
    *,
    due: float = 1,
    state: State = State.REVIEW,
    lapses: int = 0,
    difficulty: float = 5,
    stability: float = 10,
    last: float = 0,
) -> Schedule:
    """An item's schedule: due in so many days, last answered so many days ago."""
    return Schedule(
        item=name,
        facts=(name.partition("/")[0],),
        deck="small",
        due=NOW + timedelta(days=due),
        stability=stability,
        difficulty=difficulty,
        state=state,
        step=None,
        reps=lapses + 2,
        lapses=lapses,
        first=ago(99),
        last=ago(last),
    )


def progress(deck: Bank, *found: Schedule, log: tuple[Answered, ...] = (), days: int = 30) -> Progress:
    """What is measured in UTC, `log` in order of time."""
    return measure(deck, {one.item: one for one in found}, log, View(NOW, days, UTC))


def write(path: Path, *answers: tuple[str, float, Rating]) -> None:
    """A real store of answers (item, days ago, rating) to the deck `tea` of tests/cases/quiz."""
    with Store.open(path, now=NOW) as store:
        for n, (name, days, rating) in enumerate(sorted(answers, key=lambda one: -one[1])):
            store.record(
                Review(
                    id=f"{n:04x}",
                    item=name,
                    facts=(name.partition("/")[0],),
                    deck="tea",
                    at=ago(days),
                    rating=rating,
                    seconds=10.0,
                    response="x",
                    mark="wrong" if rating == Rating.AGAIN else "right",
                    session="s",
                )
            )
