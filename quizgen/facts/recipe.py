"""The deck recipe: which facts of which pack become which items, under which ids."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from quizgen.base.dates import PartialDate
from quizgen.base.problems import Problem, did_you_mean
from quizgen.facts import yaml_file
from quizgen.facts.explain import schema_problems
from quizgen.facts.model import Origin, Pack
from quizgen.facts.schema import Date, Id, Record, Text, many
from quizgen.facts.yaml_file import Document
from quizgen.items.item import AnkiIds, Deck, ItemType, Topic

_Type = Annotated[ItemType, Field(strict=False)]
AnkiId = Annotated[int, Field(ge=1 << 30, lt=1 << 31)]


class AnkiRecord(Record):
    """The numbers by which Anki knows the deck; they never change."""

    deck: AnkiId = Field(description="a random number from 1073741824 to 2147483647 for the deck")
    note_type: AnkiId = Field(description="another such number for its note type")


class RetiredRecord(Record):
    """What becomes of notes whose facts the deck no longer holds."""

    drop: many(Id) = Field(  # type: ignore[valid-type]
        (), description="ids of removed facts whose notes are shipped no longer"
    )


class RecipeRecord(Record):
    """What a deck is made of."""

    id: Id = Field(description="the deck's name in commands and tags; it never changes")
    name: Annotated[Text, Field(max_length=60)] = Field(description="the deck's title, at most 60 characters")
    pack: Text = Field(description="a shipped pack's name, or a pack's path from this file")
    revision: Date = Field(description="the day of the last change, as in 2026-11-22")
    seed: int = Field(1, description="the number from which all chance is drawn")
    description: Text = Field("", description="what the deck covers and how to use it")
    licence: Text = Field("CC BY 4.0", description="the deck's licence")
    contact: Text = Field("", description="where to report an error: an address of the web, or words")
    topics: many(Id) = Field((), description="the topics taken in; none named means all")  # type: ignore[valid-type]
    types: Annotated[tuple[_Type, ...], Field(strict=False)] = Field(
        tuple(ItemType), description="the item types taken in"
    )
    cards: Annotated[tuple[_Type, ...], Field(strict=False)] = Field(
        tuple(ItemType), description="of these, the types that become Anki cards; a quiz asks them all"
    )
    keep: dict[_Type, Annotated[int, Field(ge=0, le=100)]] = Field(
        {}, description="of how many items in a hundred of a type the deck keeps; which, hangs on their ids"
    )
    leave_out: many(Id) = Field((), description="ids of facts and sets that the deck leaves out")  # type: ignore[valid-type]
    leave_out_tags: many(Id) = Field(  # type: ignore[valid-type]
        (), description="tags of facts that the deck leaves out"
    )
    subdecks: bool = Field(
        default=False, description="whether each topic is a subdeck; its name is then as fixed as the deck's"
    )
    retired: RetiredRecord = Field(
        RetiredRecord(),
        description="notes of removed facts: shipped with the tag quizgen::retired until dropped",
    )
    anki: AnkiRecord = Field(description="the numbers by which Anki knows the deck")


class _RecipeFile(Record):
    deck: RecipeRecord = Field(description="the recipe")


@dataclass(frozen=True, slots=True)
class Recipe:
    """A recipe and where it stands."""

    record: RecipeRecord
    path: Path
    origin: Origin

    def check(self, pack: Pack) -> list[Problem]:
        """Every name in the recipe that its pack does not have."""
        problems = []
        for field, names, known, what in (
            ("topics", self.record.topics, set(pack.topics), "topic"),
            ("leave_out", self.record.leave_out, {*pack.facts, *pack.sets}, "fact"),
        ):
            for index, name in enumerate(names):
                if name not in known:
                    message = f"the pack has no {what} {name!r}"
                    problems.append(
                        self.origin.problem((field, index), message, did_you_mean(name, known, what))
                    )
        return problems

    def deck(self, pack: Pack) -> Deck:
        """The deck that items are put in."""
        record = self.record
        wanted = record.topics or tuple(pack.topics)
        return Deck(
            id=record.id,
            name=record.name,
            revision=str(record.revision),
            description=record.description,
            licence=record.licence,
            seed=record.seed,
            topics=tuple(
                Topic(id=name, name=pack.topics[name].name) for name in pack.topics if name in wanted
            ),
            anki=AnkiIds(record.anki.deck, record.anki.note_type),
            cards=record.cards,
            subdecks=record.subdecks,
            contact=record.contact,
        )


def plain_recipe(pack: Pack, today: PartialDate) -> Recipe:
    """A recipe that takes in all of a pack: for looking at its items before it has a deck."""
    record = RecipeRecord(
        id=pack.record.id,
        name=pack.record.name[:60],
        pack=str(pack.root),
        revision=today,
        anki=AnkiRecord(deck=1 << 30, note_type=1 << 30),
    )
    return Recipe(record, pack.root, Origin(Document(str(pack.root), ""), ()))


def load_recipe(path: Path) -> tuple[Recipe | None, list[Problem]]:
    """Read a recipe; None where there is any problem."""
    document, problems = yaml_file.load(path, str(path))
    if document is None or problems:
        return None, problems
    try:
        record = _RecipeFile.model_validate(document.data).deck
    except ValidationError as error:
        return None, schema_problems(error, _RecipeFile, document, ())
    origin = Origin(document, ("deck",))
    if record.revision.precision != "day":
        return None, [
            origin.problem(("revision",), f"{record.revision} is no day", "write it as in 2026-11-22")
        ]
    return Recipe(record, path, origin), []
