"""What may stand in a pack's files: one record for each kind of entry, each key with its meaning.

The descriptions are part of the product: they appear in messages and in `docs/pack-format.md`.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, PlainValidator

from quizgen.base.dates import PartialDate
from quizgen.base.problems import brief
from quizgen.items.item import ItemType

Trust = Literal["primary", "reference", "press", "commentary", "weak"]
ValueType = Literal["date", "period", "entity", "entities", "number", "text"]
Part = Literal["value", "year", "from", "to", "subject"]
Need = Literal["as_of", "according_to", "qualifier", "short"]
Rule = Literal["stated", "difference", "sum", "count"]


def _date(raw: object) -> PartialDate:
    if isinstance(raw, PartialDate):
        return raw
    if isinstance(raw, bool) or not isinstance(raw, str | int):
        raise ValueError(f"{brief(raw)} is not a date: expected 2016, 2016-11 or 2016-11-23")
    return PartialDate.parse(raw)


def _words(raw: str) -> str:
    count = len(raw.split())
    if not 2 <= count <= 6:
        words = "1 word" if count == 1 else f"{count} words"
        raise ValueError(f"{brief(raw)} has {words}: expected 2 to 6, copied from the passage")
    return raw


def _web_address(raw: str) -> str:
    try:
        parts = urlsplit(raw)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or not parts.hostname or any(c.isspace() for c in raw):
        raise ValueError(f"{brief(raw)} is no web address: expected http:// or https://")
    return raw


def _unpadded(raw: str) -> str:
    if not raw.strip():
        raise ValueError("there is no text: expected some")
    return raw.strip()


def _listed(raw: object) -> object:
    return (raw,) if isinstance(raw, str) else tuple(raw) if isinstance(raw, list) else raw


Date = Annotated[PartialDate, PlainValidator(_date)]
Text = Annotated[str, Field(max_length=2000), AfterValidator(_unpadded)]
ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
Id = Annotated[str, Field(pattern=ID.pattern, max_length=80)]
Words = Annotated[str, AfterValidator(_words)]
Wordings = Annotated[tuple[Text, ...], BeforeValidator(_listed)]
Url = Annotated[str, AfterValidator(_web_address)]


def many(item: Any) -> Any:
    """A list in YAML, a tuple here."""
    return Annotated[tuple[item, ...], Field(strict=False)]


class Record(BaseModel):
    """An entry: no key but the known ones, no value of another type, and nothing changes later."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


class PackRecord(Record):
    """What the pack says of itself."""

    id: Id = Field(description="the pack's name in addresses and tags; it never changes")
    name: Text = Field(description="the pack's title, for people")
    licence: Text = Field("CC BY 4.0", description="the licence of the facts")
    description: Text | None = Field(None, description="what the pack covers")


class TopicRecord(Record):
    """A heading under which facts are taught; topics are studied in the order in which they stand."""

    id: Id = Field(description="the topic's name in facts and tags; it never changes")
    name: Text = Field(description="the topic's title, for people")


class TypeRecord(Record):
    """A kind of thing."""

    id: Id = Field(description="the type's name in entities")
    name: Text = Field(description="what one such thing is called, in lower case")
    plural: Text = Field(description="what several are called")
    timeless: bool = Field(False, description="whether one may be offered for any other, whatever the era")
    either_order: bool = Field(False, description="whether a two-word name may be given in both orders")


class SourceRecord(Record):
    """A work that facts cite."""

    id: Id = Field(description="the source's name in citations, and its text's file name")
    title: Text = Field(description="the work's title")
    publisher: Text = Field(description="who published it")
    author: Text | None = Field(None, description="who wrote it, where it says so")
    published: Date | None = Field(None, description="when it was published, as exactly as is known")
    url: Url = Field(description="the address that opens the work")
    trust: Trust = Field(description="primary, reference, press, commentary or weak")
    ai_generated: bool = Field(False, description="whether the work says that a program wrote it")
    note: Text | None = Field(None, description="what a reader should know of it")


class EntityRecord(Record):
    """A named thing."""

    id: Id = Field(description="the entity's name in facts; it never changes")
    type: Id = Field(description="the id of its type")
    name: Text = Field(description="its name as prose has it, without an article")
    short: Text | None = Field(None, description="its acronym or short name")
    familiar: bool = Field(
        False, description="whether every reader knows the short name without the long one"
    )
    the: bool = Field(False, description="whether prose puts 'the' before the name")
    plural: bool = Field(False, description="whether its name takes 'were' and not 'was'")
    aliases: many(Text) = Field((), description="other names that count as right answers")  # type: ignore[valid-type]
    also: many(Text) = Field(  # type: ignore[valid-type]
        (), description="names that must stand beside `name` wherever it is shown (contested places)"
    )
    names: dict[str, Text] = Field(
        default_factory=dict, description="its name in other languages, by language code"
    )
    shared: bool = Field(False, description="whether several people hold it at once (an office)")
    confusable: many(Id) = Field((), description="ids of entities it is mistaken for")  # type: ignore[valid-type]


class TemplateRecord(Record):
    """A question that a property can ask."""

    id: Id = Field(description="the second half of the item's id; it never changes")
    slot: Annotated[int, Field(ge=1, le=8)] = Field(description="the card slot kept for it for ever, 1 to 8")
    type: ItemType = Field(description="choice, multi, boolean, typed or cloze", strict=False)
    ask: Wordings = Field(
        (),
        description="the question, with its slots in {{ … }}, or several wordings of it; "
        "cloze and boolean may do without",
    )
    answer: Part = Field("value", description="what is asked for: value, year, from, to or subject")
    needs: many(Need) = Field((), description="what a fact must have for this question")  # type: ignore[valid-type]


class PropertyRecord(Record):
    """What can be said of a thing."""

    id: Id = Field(description="the property's name in facts")
    name: Text = Field(description="what it is called, for people")
    about: many(Id) = Field((), description="the types of thing it is said of; none named means any")  # type: ignore[valid-type]
    value: ValueType = Field(description="date, period, entity, entities, number or text")
    value_types: many(Id) = Field((), description="the types of entity that its value may be")  # type: ignore[valid-type]
    single: bool = Field(True, description="whether a thing has only one value of it")
    unit: Text | None = Field(None, description="what a number counts")
    needs: many(Need) = Field((), description="what every fact with it must have")  # type: ignore[valid-type]
    own: bool = Field(False, description="whether each fact with it is a statement in words of its own")
    after: bool = Field(False, description="whether it says that a thing came after its value")
    office: Literal["about", "qualifier"] | None = Field(
        None, description="which part names an office that one person holds at a time: about or qualifier"
    )
    sentence: Text | None = Field(None, description="the statement, with its slots in {{ … }}")
    entry: Text | None = Field(None, description="the statement without its date, for items that order facts")
    templates: many(TemplateRecord) = Field((), description="its questions")  # type: ignore[valid-type]


class CiteRecord(Record):
    """Where a source supports a fact."""

    source: Id = Field(description="the id of the source")
    paragraph: Annotated[int, Field(ge=1)] = Field(description="the paragraph of the source's text, from 1")
    start: Words = Field(description="the first 2 to 6 words of the passage")
    end: Words = Field(description="the last 2 to 6 words of the passage")
    says: Text | None = Field(
        None, description="the passage's own words for the answer, where it has no usual form"
    )


class DerivedRecord(Record):
    """How an answer follows from what the passages say, where it does not stand in them."""

    rule: Rule = Field(description="stated, difference, sum or count")
    words: many(Text) = Field(description="the words in the passages that the rule works on", alias="from")  # type: ignore[valid-type]
    why: Text = Field(description="the reasoning, in a sentence")


class FactRecord(Record):
    """One statement, with the passages that support it."""

    id: Id = Field(description="the fact's name; learners' progress hangs on it, so it never changes")
    topic: Id = Field(description="the id of the topic it is taught under")
    about: Id = Field(description="the id of the entity it is about")
    property: Id = Field(description="the id of the property it states")
    value: Any = Field(None, description="the property's value")
    values: many(Any) | None = Field(None, description="the values of a list property")  # type: ignore[valid-type]
    complete: bool = Field(True, description="whether `values` is the whole list")
    qualifier: Id | None = Field(
        None, description="the entity that narrows the statement, such as the party signed for"
    )
    as_of: Date | None = Field(None, description="the date at which it was so")
    according_to: Id | None = Field(None, description="the entity whose claim it is")
    accept: many(Text) = Field((), description="further answers that count as right")  # type: ignore[valid-type]
    wrong: many(Any) = Field((), description="real misconceptions, offered first as wrong options")  # type: ignore[valid-type]
    wrong_only: bool = Field(False, description="whether no other wrong options than `wrong` are possible")
    ask: dict[str, Text] = Field(
        default_factory=dict, description="the fact's own wording of a question, by template id"
    )
    skip: many(Id) = Field((), description="ids of templates that read badly for this fact")  # type: ignore[valid-type]
    explanation: Text | None = Field(None, description="why the answer is right and what it connects to")
    essential: bool = Field(False, description="whether a course would open with it")
    tags: many(Id) = Field((), description="words to find it by")  # type: ignore[valid-type]
    derived: DerivedRecord | None = Field(
        None, description="how the answer follows where no passage states it"
    )
    cites: Annotated[tuple[CiteRecord, ...], Field(strict=False, min_length=1)] = Field(
        description="the passages that support it, one at least"
    )
    note: Text | None = Field(None, description="a remark for the pack's authors; never shown to learners")


class SetRecord(Record):
    """Facts that belong together in one item: put in order, or matched."""

    id: Id = Field(description="the set's name; learners' progress hangs on it, so it never changes")
    type: Literal["order", "match"] = Field(description="order or match")
    topic: Id = Field(description="the id of the topic it is taught under")
    ask: Text = Field(description="the instruction, in plain text")
    facts: many(Id) = Field(description="the ids of its facts, 3 to 6")  # type: ignore[valid-type]
    answer: Part = Field("value", description="for match: what stands on the right: value, year, from or to")
    explanation: Text | None = Field(None, description="what ties the facts together")


SECTIONS: dict[str, type[Record]] = {
    "topics": TopicRecord,
    "types": TypeRecord,
    "sources": SourceRecord,
    "entities": EntityRecord,
    "properties": PropertyRecord,
    "facts": FactRecord,
    "sets": SetRecord,
}
