"""The item: one question with everything a reader needs, and the bank that holds items in study order."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class ItemType(StrEnum):
    """The seven kinds of question. A new one must be taught to every reader of items."""

    CHOICE = "choice"
    MULTI = "multi"
    BOOLEAN = "boolean"
    TYPED = "typed"
    CLOZE = "cloze"
    ORDER = "order"
    MATCH = "match"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceRef:
    """A passage that supports an item's answer.

    `published` is a date to whatever precision is known (`2016`, `2016-11`, `2016-11-23`) or None. `link`
    opens `url` with the passage highlighted. `paragraph` counts from 1 in the source's text. `reliability`
    is the source's trust (`primary`, `reference`, `press`, `commentary`, `weak`) or `ai-generated`.
    """

    id: str
    title: str
    publisher: str
    author: str | None
    published: str | None
    url: str
    link: str
    paragraph: int
    reliability: str


@dataclass(frozen=True, slots=True)
class Difficulty:
    """An estimate of how hard an item is, made before anybody has answered it.

    `level` runs from 0 (easy) to 1 (hard). `basis` says in words what raised and lowered it.
    """

    level: float
    basis: str


@dataclass(frozen=True, slots=True)
class Moment:
    """When what an item asks about happened: a label and one or two ISO dates to their known precision.

    `last` is None for what happened at one time, and the end of a period otherwise.
    """

    label: str
    first: str
    last: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question. All text is plain: no HTML, no Markdown, no template marks.

    `id` is `<fact>/<template>` and never changes. `key` and `accepted` mean what the table in
    `docs/item-bank.md` says for each type. `slot` (1 to 8) is the card slot that the item keeps for ever
    on its fact's Anki note. `moment` is None where the fact has no date; `essential` facts are what a
    learner meets first.
    """

    id: str
    type: ItemType
    stem: str
    key: tuple[str, ...]
    options: tuple[str, ...] = ()
    prompts: tuple[str, ...] = ()
    accepted: tuple[str, ...] = ()
    explanation: str
    facts: tuple[str, ...]
    kind: str
    topic: str
    tags: tuple[str, ...] = ()
    as_of: str | None = None
    attributed_to: str | None = None
    sources: tuple[SourceRef, ...]
    slot: int
    essential: bool = False
    difficulty: Difficulty = Difficulty(0.5, "")
    moment: Moment | None = None


@dataclass(frozen=True, slots=True)
class Topic:
    """A heading under which facts are taught."""

    id: str
    name: str


@dataclass(frozen=True, slots=True)
class AnkiIds:
    """The numbers that Anki knows a deck and its note type by. They never change."""

    deck: int
    note_type: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Deck:
    """What a recipe says of the deck itself. `revision` is the day of the last change, `2026-11-22`.

    `cards` are the types of item that become Anki cards: the quiz asks all of a deck's items, and a deck for
    Anki may leave out the types that tell least about what a learner recalls. With `subdecks`, each topic is
    a deck of its own within the deck.
    """

    id: str
    name: str
    revision: str
    description: str
    licence: str
    seed: int
    topics: tuple[Topic, ...]
    anki: AnkiIds
    cards: tuple[ItemType, ...] = tuple(ItemType)
    subdecks: bool = False
    contact: str = ""


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that a template could have made and did not, and why."""

    id: str
    reason: str


@dataclass(frozen=True, slots=True)
class Bank:
    """A deck's items in study order, and what was left out."""

    deck: Deck
    items: tuple[Item, ...]
    skipped: tuple[Skipped, ...] = ()
