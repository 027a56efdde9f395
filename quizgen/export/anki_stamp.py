"""What the deck last gave to a note, written on the note: so that `quizgen push` can tell a learner's edit.

A field of Anki's may differ from the deck's for two reasons: the deck has changed since, or the learner has
changed it. Only a record of what was given tells the two apart, and it must travel with the note, to
whichever computer the collection is synced to. The stamp holds a short digest of each field that was given,
and the tags that were given. The style sheet carries a like mark of itself and of the card templates.
"""

from __future__ import annotations

import base64
import hashlib
import html
import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from quizgen.export.anki_note_type import FIELDS, LEARNERS
from quizgen.export.html import escape

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from quizgen.export.anki_notes import AnkiNote

FIELD = "Stamp"

Face = tuple[str, str]  # a card template's front and back

# The fields that the deck gives, by their numbers: not a learner's own, nor the id, which never changes.
GIVEN = {name: number for name, number in FIELDS.items() if name not in {FIELD, "Id", *LEARNERS}}

_TAGS = " | "
_MARK = re.compile(r"\n?/\* quizgen: css=([\w-]*) cards=([\w.-]*) \*/\s*\Z")


@dataclass(frozen=True, slots=True)
class Stamp:
    """What was given: a field's number to the digest of its text (none where it was empty), and the tags."""

    digests: Mapping[int, str]
    tags: frozenset[str]

    def gave(self, field: str, value: str) -> bool:
        """Whether `value` is what the deck gave to `field`."""
        return self.digests.get(GIVEN[field], "") == digest(value)


def digest(value: str) -> str:
    """18 bits of a text, nothing for the empty one. They are on every note and do not compress, hence so few.

    An edit in 262,144 goes unseen. Anki composes letters (NFC) when it stores a text: both forms are one.
    """
    if not value:
        return ""
    sha = hashlib.sha256(unicodedata.normalize("NFC", value).encode()).digest()
    return base64.urlsafe_b64encode(sha)[:3].decode()


def stamped(note: AnkiNote) -> AnkiNote:
    """The note with its stamp."""
    values = dict(zip(FIELDS, note.fields, strict=True))
    values[FIELD] = _written(values, note.tags)
    return replace(note, fields=tuple(values.values()))


def _written(values: Mapping[str, str], tags: Iterable[str]) -> str:
    digests = [f"{number}={digest(values[name])}" for name, number in GIVEN.items() if values[name]]
    return escape(" ".join(digests) + _TAGS + " ".join(tags))


def read(value: str) -> Stamp | None:
    """The stamp that a field holds; None where it holds none, as on a note that was never given one."""
    digests, found, tags = html.unescape(value).partition(_TAGS)
    if not found:
        return None
    pairs = [pair.partition("=") for pair in digests.split()]
    return Stamp(
        {int(number): short for number, _, short in pairs if number.isascii() and number.isdecimal()},
        frozenset(tags.split()),
    )


def marked(css: str, cards: Sequence[Face]) -> str:
    """The style sheet with its mark, which tells of itself and of the card templates in their order."""
    return f"{css.rstrip()}\n{_mark(digest(css.rstrip()), cards)}\n"


def remarked(css: str, cards: Sequence[Face]) -> str:
    """A learner's style sheet, its mark telling of other card templates and of the same given style."""
    mark = _MARK.search(css)
    return css if mark is None else f"{css[: mark.start()]}\n{_mark(mark[1], cards)}\n"


def faces(templates: Iterable[Mapping[str, Any]]) -> dict[str, Face]:
    """The fronts and backs of card templates as genanki takes them, by name."""
    return {made["name"]: (made["qfmt"], made["afmt"]) for made in templates}


def own_style(css: str) -> bool:
    """Whether a style sheet is another than the deck gave: the learner's own."""
    mark = _MARK.search(css)
    return mark is None or mark[1] != digest(css[: mark.start()])


def own_card(css: str, place: int, card: Face) -> bool:
    """Whether the card template in a place (from 0) is another than came with the style sheet."""
    mark = _MARK.search(css)
    given = mark[2].split(".") if mark else []
    return place >= len(given) or given[place] != digest("\0".join(card))


def _mark(css: str, cards: Sequence[Face]) -> str:
    return f"/* quizgen: css={css} cards={'.'.join([digest(chr(0).join(card)) for card in cards])} */"
