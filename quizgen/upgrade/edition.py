"""One edition of a deck as learners have it: its notes, and the ids and names that their reviews hang on.

An edition is known from a recipe's items, from a built package or from a lock file. The first two know every
word; a lock knows digests of them, which is enough to tell what changed and not what it said.
"""

from __future__ import annotations

import hashlib
import html
import json
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from quizgen.export.anki_note_type import FIELDS, LEARNERS, NOT_CONTENT, SLOTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

RETIRED = "quizgen::retired"

# Made once: json.dumps would make one for each call.
_encode = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode

# What of an answer side is the answer itself; the rest is options, other spellings, and what supports it.
_KEY = re.compile(
    r'<div class="key"[^>]*>(.*?)</div>|<b>(.*?)</b>|<ol class="in-order">(.*?)</ol>|'
    r'<table class="pairs">(.*?)</table>',
    re.DOTALL,
)
_BREAK = re.compile(r"<br>|</(?:li|tr|th|td|div|p)>")
_MARKUP = re.compile(r"<[^>]*>")
# The fields that say what a note says: neither the learner's own nor what follows from other notes.
CONTENT = tuple(name for name in FIELDS if name not in NOT_CONTENT and name not in LEARNERS)


@dataclass(frozen=True, slots=True)
class Card:
    """One question of a note: digests of what it asks and of the right answer; its two sides if known."""

    asked: str
    key: str
    sides: tuple[str, str] | None = field(default=None, compare=False)

    @property
    def question(self) -> str | None:
        """What it asks, in plain words."""
        return None if self.sides is None else _plain(self.sides[0])

    @property
    def answer(self) -> str | None:
        """The right answer, in plain words."""
        return None if self.sides is None else "; ".join(_key(self.sides[1]))


@dataclass(frozen=True, slots=True, kw_only=True)
class Note:
    """One note. `modified` is in seconds since 1970, UTC; `cards` are by slot; `topic` is a topic's id.

    A retired note is one whose fact the deck no longer holds: it is shipped so that learners see that.
    """

    id: str
    guid: str
    modified: int
    topic: str
    digest: str
    cards: Mapping[int, Card]
    retired: bool = False


@dataclass(frozen=True, slots=True)
class NoteType:
    """The note type: its id, when it changed last, a digest of all of it, its fields and templates by id."""

    id: int
    modified: int
    digest: str
    fields: Mapping[int, str]
    templates: Mapping[int, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A deck at one time. `decks` are the names of its deck and subdecks by topic, "" standing for the whole.

    `number` is the deck's in the recipe.
    """

    id: str
    revision: str
    number: int
    decks: Mapping[str, str]
    note_type: NoteType
    notes: Mapping[str, Note]


def digest(parts: object, length: int = 16) -> str:
    """A digest of plain data in hexadecimal digits, the same in any process."""
    return hashlib.sha256(_encode(parts).encode("utf-8", "surrogatepass")).hexdigest()[:length]


def content_digest(fields: Mapping[str, str], tags: Iterable[str]) -> str:
    """The digest of what a note says: where it changes, learners must get the note anew.

    Empty fields count for nothing, so that a spare field that is named changes no note; nor do the study
    position and the order of tags.
    """
    numbered = {FIELDS[name]: fields[name] for name in CONTENT if fields.get(name)}
    return digest([numbered, sorted(set(tags))])


def cards(fields: Mapping[str, str]) -> dict[int, Card]:
    """The questions that a note's fields ask, by slot."""
    found = {}
    for slot in SLOTS:
        question, answer = fields.get(f"Question {slot}", ""), fields.get(f"Answer {slot}", "")
        if question:
            found[slot] = Card(digest(question, 8), digest(_key(answer), 8), (question, answer))
    return found


def _key(answer: str) -> list[str]:
    """The right answer in plain words, part by part; the whole side where no part is marked as the answer."""
    parts = [next(filter(None, groups), "") for groups in _KEY.findall(answer)]
    return [_plain(part) for part in parts or [answer]]


def _plain(markup: str) -> str:
    """The words that HTML of ours shows, in one line."""
    return " ".join(html.unescape(_MARKUP.sub("", _BREAK.sub(" ", markup))).split())
