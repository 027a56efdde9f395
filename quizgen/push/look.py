"""The note type that a running Anki holds: its fields' names, its style sheet and its card templates.

A learner may have renamed a field, added one, or changed the style sheet to their taste. What they changed
stays; what they didn't follows the deck.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.errors import ProblemsError
from quizgen.base.problems import Problem
from quizgen.export import anki_note_type, anki_stamp
from quizgen.export.anki_file import Shape
from quizgen.export.anki_note_type import FIELDS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from quizgen.export.anki_stamp import Face

STYLE = "style sheet"


@dataclass(frozen=True, slots=True, kw_only=True)
class Look:
    """What is to be done to the note type.

    `names` has Anki's name of each of the deck's fields. `renamed` are spare fields that the deck has named
    since. `style` and `cards` are what is to be written; `kept` is a learner's own and stays. `shape` is the
    note type once that is done.
    """

    type_name: str
    names: Mapping[str, str]
    renamed: tuple[tuple[str, str], ...]
    style: str | None
    cards: Mapping[str, Face]
    kept: tuple[str, ...]
    shape: Shape

    @property
    def needed(self) -> bool:
        """Whether there is anything to do."""
        return bool(self.renamed or self.style is not None or self.cards)


def look(
    type_name: str, fields: Sequence[str], style: str, cards: Mapping[str, Face], *, overwrite: bool
) -> Look:
    """Compare the note type in Anki with the deck's. Raises ProblemsError where a field is missing."""
    names, renamed = _names(type_name, fields)
    ours = anki_stamp.faces(anki_note_type.templates())
    changed, kept = {}, []
    for place, (name, face) in enumerate(ours.items()):
        if name not in cards or cards[name] == face:
            continue  # a learner may have taken a card template away
        if anki_stamp.own_card(style, place, cards[name]) and not overwrite:
            kept.append(name)
        else:
            changed[name] = face
    css = anki_stamp.marked(anki_note_type.style(), list(ours.values()))
    if css != style and anki_stamp.own_style(style) and not overwrite:
        kept.insert(0, STYLE)
        css = anki_stamp.remarked(style, list(ours.values()))
    return Look(
        type_name=type_name,
        names=names,
        renamed=renamed,
        style=css if css != style else None,
        cards=changed,
        kept=tuple(kept),
        shape=Shape(
            fields=[dict(renamed).get(field, field) for field in fields],
            names=names,
            cards={**cards, **changed},
            css=css,
        ),
    )


def _names(type_name: str, fields: Sequence[str]) -> tuple[dict[str, str], tuple[tuple[str, str], ...]]:
    """Anki's name of each field of the deck's; and the spare ones to be renamed, old name and new.

    A field that Anki knows by another name stands in its old place: Anki's importer goes by its number, which
    AnkiConnect does not tell.
    """
    names, renamed = {}, []
    for place, name in enumerate(FIELDS):
        there = fields[place] if place < len(fields) else None
        if name in fields:
            names[name] = name
        elif there is not None and there not in FIELDS:
            spare = there.startswith("Spare ")
            names[name] = name if spare else there
            renamed += [(there, name)] if spare else []
        else:
            message = f"the note type {type_name!r} in Anki has no field {name!r}"
            hint = "import the deck's file once, with the option to merge note types"
            raise ProblemsError([Problem("Anki", 0, 0, "", message, hint)])
    return names, tuple(renamed)
