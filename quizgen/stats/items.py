"""How well a deck's items are known: by topic, and the hardest of them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from statistics import fmean
from typing import TYPE_CHECKING

from quizgen.stats.progress import Hard, Items, Strength
from quizgen.store.schedule import Schedule, State

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Item

MOST = 10
"""How many of the hardest items are named."""


def standing(items: Sequence[Item], schedules: Mapping[str, Schedule], *, retired: int) -> Items:
    """An item is known once it is past its learning steps, and learning before, or after a lapse."""
    known = sum(schedule.state == State.REVIEW for schedule in schedules.values())
    seen = len(schedules)
    return Items(
        total=len(items), known=known, learning=seen - known, unseen=len(items) - seen, retired=retired
    )


def strengths(bank: Bank, schedules: Mapping[str, Schedule], now: datetime) -> tuple[Strength, ...]:
    """Every topic that has items, in the deck's order."""
    names = {topic.id: topic.name for topic in bank.deck.topics}
    topics: dict[str, list[Item]] = {topic: [] for topic in names}
    for item in bank.items:
        topics.setdefault(item.topic, []).append(item)
    return tuple(
        _strength((topic, names.get(topic, topic)), items, schedules, now)
        for topic, items in topics.items()
        if items
    )


def _strength(
    topic: tuple[str, str], items: Sequence[Item], schedules: Mapping[str, Schedule], now: datetime
) -> Strength:
    seen = {item.id: schedules[item.id] for item in items if item.id in schedules}
    counts = standing(items, seen, retired=0)
    return Strength(
        topic=topic[0],
        name=topic[1],
        items=counts.total,
        known=counts.known,
        learning=counts.learning,
        unseen=counts.unseen,
        due=sum(schedule.due <= now for schedule in seen.values()),
        recall=fmean(schedule.recall(now) for schedule in seen.values()) if seen else None,
    )


def hardest(
    items: Sequence[Item], schedules: Mapping[str, Schedule], now: datetime, most: int = MOST
) -> tuple[Hard, ...]:
    """The items that were forgotten most often, then those that FSRS holds for most difficult."""
    lapsed = [item for item in items if item.id in schedules and schedules[item.id].lapses]
    lapsed.sort(key=lambda item: (-schedules[item.id].lapses, -schedules[item.id].difficulty, item.id))
    return tuple(_hard(item, schedules[item.id], now) for item in lapsed[:most])


def _hard(item: Item, schedule: Schedule, now: datetime) -> Hard:
    source = item.sources[0] if item.sources else None
    return Hard(
        item=item.id,
        facts=item.facts,
        stem=item.stem,
        answer=item.key,
        topic=item.topic,
        lapses=schedule.lapses,
        reviews=schedule.reps,
        recall=schedule.recall(now),
        source=f"{source.publisher}, {source.title}" if source else "",
        link=source.link if source else "",
    )
