"""Facts in words: statements, and stems made of templates or of the fact's own words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from quizgen.base.dates import MONTHS, PartialDate
from quizgen.base.text import squeeze
from quizgen.facts import templates
from quizgen.facts.values import Entity, Period, Value, forms
from quizgen.facts.views import BLANK, Thing, Words, blank, capital, joined, words
from quizgen.generate.draw import Draw

if TYPE_CHECKING:
    from quizgen.facts.model import Fact
    from quizgen.facts.schema import Part, TemplateRecord


def part(fact: Fact, wanted: Part) -> Value | None:
    """The part of a fact that a template asks for, or None where the fact has no such part."""
    value = fact.values[0]
    match wanted:
        case "subject":
            return fact.about
        case "value":
            return value if len(fact.values) == 1 else None
        case "year":
            return PartialDate(value.year) if isinstance(value, PartialDate) else None
        case "from":
            return PartialDate(value.start.year) if isinstance(value, Period) else None
        case "to":
            return PartialDate(value.end.year) if isinstance(value, Period) else None


def several(values: Sequence[Value]) -> Words:
    """A list of values in a sentence."""
    if len(values) == 1:
        return words(values[0])
    return Words(joined([str(words(value)) for value in values]))


def statement(fact: Fact) -> str:
    """The fact as a whole, true sentence."""
    return _sentence(fact, several(fact.values))


def claim(fact: Fact, template: TemplateRecord, answer: Value) -> str:
    """A true-or-false statement, with `answer` in the answer's place."""
    return _sentence(fact, words(answer), template)


def cloze(fact: Fact, template: TemplateRecord) -> str:
    """The sentence with a blank in the answer's place; two for a period."""
    return _sentence(fact, blank(fact.values[0]), template)


def question(fact: Fact, template: TemplateRecord) -> str | None:
    """The stem of a question, or None where neither the template nor the fact has words for it."""
    own = fact.record.ask.get(template.id)
    if own is not None:
        return _led(fact, own)
    return _rendered(fact, _one(fact, template), Words("")) if template.ask else None


def planned(fact: Fact, horizon: int) -> bool:
    """Whether a pattern would tell as done what lies after the year `horizon`; own words may say "was to"."""
    if "sentence" in fact.record.ask:
        return False
    dates = [value.end if isinstance(value, Period) else value for value in fact.values]
    return any(isinstance(date, PartialDate) and date.year > horizon for date in dates)


def entry(fact: Fact) -> str:
    """The fact without its date, as one entry of an order item."""
    own = fact.record.ask.get("entry")
    if own is not None:
        return capital(own)
    if fact.prop.entry is not None:
        return capital(_rendered(fact, fact.prop.entry, Words(""), lead=False))
    return Thing(fact.about).start


def happening(fact: Fact) -> str:
    """What was on the fact's date: its entry, or the statement where nobody has worded one.

    The bare subject (`Camp David`, 2015) would put beside the date what did not happen then.
    """
    worded = "entry" in fact.record.ask or fact.prop.entry is not None
    return entry(fact) if worded else statement(fact)


def _sentence(fact: Fact, answer: Words, template: TemplateRecord | None = None) -> str:
    ask = fact.record.ask
    own = (ask.get(template.id) if template else None) or ask.get("sentence")
    if own is not None:
        return _led(fact, _filled(own, answer))
    pattern = _one(fact, template) if template and template.ask else fact.prop.sentence
    assert pattern is not None  # noqa: S101  `check` refuses a fact with neither
    return _rendered(fact, pattern, answer)


def _one(fact: Fact, template: TemplateRecord) -> str:
    """The template's wording for the fact: it hangs on the item's id and each wording's own words.

    So a new wording moves only the items that it takes; neither the deck's seed nor another fact moves any.
    """
    texts = template.ask
    if len(texts) == 1:
        return texts[0]
    draw = Draw(0, f"{fact.id}/{template.id}")
    return max(texts, key=draw.number)


_DATED_BLANK = re.compile(rf"\b(on|in|On|In) {re.escape(BLANK)}")


def _filled(own: str, answer: Words) -> str:
    """The fact's own sentence with the answer in its place; a date brings the preposition that it needs."""
    if answer.on:
        own = _DATED_BLANK.sub(lambda found: answer.On if found[1].istitle() else answer.on, own)
    return own.replace(BLANK, answer.text)


def _lead(fact: Fact, used: frozenset[str], text: str) -> str:
    """`As of June 2026, according to X, ` where the words themselves do not say so."""
    as_of = fact.as_of
    if as_of is None and fact.holder is None:
        return ""
    parts = []
    if as_of is not None and "as_of" not in used and str(as_of.year) not in text:
        parts.append(f"as of {as_of.text}")
    if fact.holder is not None and "holder" not in used:
        parts.append(f"according to {Thing(fact.holder)}")
    return capital(", ".join(parts) + ", ") if parts else ""


def _led(fact: Fact, own: str) -> str:
    lead = _lead(fact, frozenset(), own)
    return squeeze(lead + own if lead else capital(own))


def _rendered(fact: Fact, pattern: str, answer: Words, *, lead: bool = True) -> str:
    template = templates.compiled(pattern)
    before = _lead(fact, template.slots, "") if lead else ""
    capitals = not before
    used = template.slots
    context: dict[str, object] = {"subject": Thing(fact.about, capitals)}
    context["answer"] = answer if capitals else replace(answer, capitals=False)
    if "value" in used:
        context["value"] = words(fact.values[0], capitals=capitals)
    if "qualifier" in used and fact.qualifier is not None:
        context["qualifier"] = Thing(fact.qualifier, capitals)
    if "holder" in used and fact.holder is not None:
        context["holder"] = Thing(fact.holder, capitals)
    if "as_of" in used and fact.as_of is not None:
        context["as_of"] = Words(fact.as_of.text, on=fact.as_of.on, capitals=capitals)
    text = template.fill(context)
    if before and template.starts_with_words:
        text = text[:1].lower() + text[1:]
    return before + text if before else capital(text)


def names(value: Value) -> tuple[str, ...]:
    """Every other answer that counts as right, for a program that grades; the one shown is left out.

    A grader knows the ways to write a date; the two commonest are named for readers that do not.
    """
    match value:
        case Entity():
            return value.forms[1:]
        case PartialDate(month=int(month), day=int(day)):
            return (f"{MONTHS[month - 1]} {day}, {value.year}", str(value))
        case PartialDate():
            return ()
        case str():
            return ()
        case Period():
            return (f"{value.start.text}–{value.end.text}",)
        case _:
            return forms(value)[1:]
