"""Items made into notes: one note to a fact, so that Anki takes the questions on one fact as siblings.

Siblings are what lets Anki bury the others for the day when one is answered. A cloze is a card slot like any
other, and no note of Anki's cloze type: else it would be no sibling of the questions on its fact, and its
answer would give theirs away. What that costs: a learner cannot add a gap of their own with Anki's editor.

An item over several facts (order, match) belongs to none of them, and its set is a note of its own.

The recipe says which types of item become cards (`cards`); a fact none of whose items does has no note.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from quizgen.base.text import visible
from quizgen.export.anki_faces import UnfitItemError, answer, day, question, sources, title, told, typed
from quizgen.export.anki_note_type import FIELDS, SLOTS, SUPPORT
from quizgen.export.html import inline, text
from quizgen.export.timeline import Timelines

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Item


@dataclass(frozen=True, slots=True, kw_only=True)
class AnkiNote:
    """A note, ready to be written.

    `id` is the fact's or the set's, and all that identity hangs on; `topic` is a topic's id. `fields` are
    HTML in the order of `FIELDS`. `position` counts from 1 in study order. `modified` is in seconds since
    1970, UTC: Anki's import takes a changed note only if it is newer than the learner's. A `retired` note is
    written without cards: who has it keeps theirs, and nobody else gets any.
    """

    id: str
    topic: str
    fields: tuple[str, ...]
    tags: tuple[str, ...]
    position: int
    modified: int
    retired: bool = False


def note_id(item: Item) -> str:
    """The id of the note that the item's card belongs to."""
    return item.facts[0] if len(item.facts) == 1 else item.id.rpartition("/")[0]


def cards_of(bank: Bank) -> tuple[Item, ...]:
    """The items of the bank that become cards, in study order."""
    return tuple(item for item in bank.items if item.type in bank.deck.cards)


def notes_of(bank: Bank) -> list[AnkiNote]:
    """The bank's notes in study order: a note stands where the first of its items does.

    Raises UnfitItemError where two items claim one card slot, or an item contradicts itself.
    """
    groups: dict[str, list[Item]] = {}
    for item in cards_of(bank):
        groups.setdefault(note_id(item), []).append(item)
    topics = {topic.id: topic.name for topic in bank.deck.topics}
    modified = seconds(bank.deck.revision)
    timelines = Timelines(bank.items)
    return [
        AnkiNote(
            id=name,
            topic=items[0].topic,
            fields=_fields(name, items, topics, timelines),
            tags=_tags(bank.deck.id, items),
            position=position,
            modified=modified,
        )
        for position, (name, items) in enumerate(groups.items(), start=1)
    ]


def seconds(iso_day: str) -> int:
    """The first second of a day (`2026-11-22`) in UTC, counted from 1970."""
    date = datetime.date.fromisoformat(iso_day)
    return int(datetime.datetime.combine(date, datetime.time(), datetime.UTC).timestamp())


def _fields(
    name: str, items: Sequence[Item], topics: Mapping[str, str], timelines: Timelines
) -> tuple[str, ...]:
    first = min(items, key=attrgetter("slot"))
    topic = text(topics.get(first.topic, first.topic))
    values = {"Id": text(name), "Topic": topic, "Sort": f"{topic}: {title(first)}"}
    for item in items:
        side = f"Question {item.slot}"
        if item.slot not in SLOTS or side in values:
            raise UnfitItemError(f"{item.id}: slot {item.slot} of note {name!r} is taken, or none of 1 to 8")
        values[side] = question(item)
        values[f"Answer {item.slot}"] = answer(item, [stop.when for stop in timelines.stops(item)])
        values[f"Key {item.slot}"] = typed(item)
    values["Timeline"] = timelines.picture(first.moment) or timelines.spread(timelines.stops(first))
    _support(items, values)
    said = next(filter(None, map(told, items)), "")
    if said and values["Explanation"].startswith(text(said)):
        # These words are a filled cloze's own, and its card hides them.
        rest = values["Explanation"].removeprefix(text(said))
        values["Explanation"] = f'<span class="told">{text(said)}</span>{rest}'
    return tuple([values.get(field, "") for field in FIELDS])


# Field -> what of an item it shows, and how.
_SUPPORTS: tuple[tuple[str, Callable[[Item], Any], Callable[[Any], str]], ...] = (
    ("Explanation", attrgetter("explanation"), text),
    ("Attribution", attrgetter("attributed_to"), inline),
    ("As of", attrgetter("as_of"), lambda iso: text(day(iso))),
    ("Sources", attrgetter("sources"), sources),
)


def _support(items: Sequence[Item], values: dict[str, str]) -> None:
    """Say once for the note what all its items share, and with each answer what they don't."""
    for name, get, render in _SUPPORTS:
        said = [get(item) for item in items]
        if said.count(said[0]) == len(said):
            values[name] = render(said[0]) if said[0] else ""
            continue
        for item, one in zip(items, said, strict=True):
            if one:
                values[f"Answer {item.slot}"] += SUPPORT[name].format(render(one))


_NOT_IN_A_TAG = re.compile(r'[\s"]+')


def _tags(deck: str, items: Sequence[Item]) -> tuple[str, ...]:
    tags = [f"{deck}::{items[0].topic}"]
    tags += [f"quizgen::type::{item.type.value}" for item in items]
    tags += [f"quizgen::trust::{ref.reliability}" for item in items for ref in item.sources]
    tags += [f"{deck}::{tag}" for item in items for tag in item.tags if _tag(tag)]
    return tuple(dict.fromkeys(filter(None, map(_tag, tags))))


@lru_cache(maxsize=4096)
def _tag(raw: str) -> str:
    """A tag as Anki takes it: no white space, no quotation mark, no empty part in its path."""
    parts = (_NOT_IN_A_TAG.sub("-", visible(part)).strip("-") for part in raw.split("::"))
    return "::".join(filter(None, parts))
