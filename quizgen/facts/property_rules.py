"""What is wrong with a property and its templates: each rule is a function that yields its faults."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizgen.facts import templates
from quizgen.facts.template_rules import english_faults, statement_faults
from quizgen.items.item import ItemType

if TYPE_CHECKING:
    from quizgen.facts.schema import PropertyRecord, TemplateRecord
    from quizgen.facts.yaml_file import Loc

# The way from the property to the place, what is wrong there, and what to do.
Fault = tuple["Loc", str, str]

SLOTS = range(1, 9)
# The value that a part or a form is of; another value has no such part.
_PARTS = {"year": "date", "from": "period", "to": "period"}
_FORMS = {"on": "date", "On": "date", "first": "period", "last": "period"}


def property_faults(prop: PropertyRecord) -> Iterator[Fault]:
    """Everything that would make the property's questions wrong or impossible."""
    if prop.sentence is None and not prop.own:
        message = "the field 'sentence' is missing: expected the statement with its slots"
        yield ("sentence",), message, "add `sentence: …`, or `own: true` where each fact brings its words"
    yield from _texts(prop)
    yield from _kinds(prop)
    yield from _names(prop)


def _texts(prop: PropertyRecord) -> Iterator[Fault]:
    """Every text is a template that the property's facts can fill."""
    texts: list[tuple[Loc, str | None, tuple[str, ...]]] = [
        (("sentence",), prop.sentence, ()),
        (("entry",), prop.entry, ()),
    ]
    texts += [
        (way, text, prop.templates[n].needs)
        for n, template in enumerate(prop.templates)
        for way, text in wordings(n, template)
    ]
    for way, text, own in texts:
        if text is None:
            continue
        fault = templates.fault(text)
        if fault is not None:
            yield way, *fault
            continue
        yield from ((way, *found) for found in _slots(prop, text, {*prop.needs, *own}))
        yield from ((way, *found) for found in _english(prop, way, text))


def _english(prop: PropertyRecord, way: Loc, text: str) -> Iterator[tuple[str, str]]:
    """No text can make bad items only."""
    if way == ("sentence",):
        yield from statement_faults(text)
    elif way[0] == "templates" and isinstance(way[1], int):
        yield from english_faults(prop, prop.templates[way[1]], text)


def wordings(index: int, template: TemplateRecord) -> Iterator[tuple[Loc, str]]:
    """Each wording of a template with its way from the property."""
    for number, text in enumerate(template.ask):
        yield ("templates", index, "ask", number), text


def _slots(prop: PropertyRecord, text: str, needed: set[str]) -> Iterator[tuple[str, str]]:
    """A slot that facts may lack is needed, and a form suits the property's value."""
    template = templates.compiled(text)
    for slot in sorted(template.slots & {"qualifier", "holder", "as_of"}):
        need = "according_to" if slot == "holder" else slot
        if need not in needed:
            yield f"the slot {slot!r} is used, and facts may lack it", f"add {need!r} to `needs`"
    for slot, form in sorted(template.forms):
        wanted = _FORMS.get(form, prop.value)
        if slot in ("answer", "value") and wanted != prop.value:
            message = f"the form {form!r} is for a {wanted}, and {prop.id!r} has a value of the type"
            yield f"{message} {prop.value!r}", f"write {{{{ {slot} }}}}"


def _kinds(prop: PropertyRecord) -> Iterator[Fault]:
    """Every template is of a type, and asks for a part, that the property's value allows."""
    sentence = prop.sentence
    blank = sentence is None or templates.fault(sentence) or "answer" in templates.compiled(sentence).slots
    for index, template in enumerate(prop.templates):
        way: Loc = ("templates", index)
        if template.type in (ItemType.ORDER, ItemType.MATCH):
            message = f"a template makes no {template.type} items"
            yield (*way, "type"), message, "write an entry under `sets` instead"
        elif template.type is ItemType.MULTI and prop.value != "entities":
            message = f"'multi' asks for several answers, and {prop.id!r} has one"
            yield (*way, "type"), message, "take 'choice', or make it `value: entities`"
        elif template.type in (ItemType.CLOZE, ItemType.BOOLEAN) and not template.ask and not blank:
            message = f"{template.type.value!r} uses the sentence, which has no place for the answer"
            yield (*way, "type"), message, "put {{ answer }} into `sentence`"
        wanted = _PARTS.get(template.answer, prop.value)
        if wanted != prop.value:
            message = f"{template.answer!r} is part of a {wanted}, and {prop.id!r} has a value of the type"
            yield (*way, "answer"), f"{message} {prop.value!r}", "take 'value' or 'subject'"


def _names(prop: PropertyRecord) -> Iterator[Fault]:
    """No two templates share a card slot or an id."""
    slots: dict[int, str] = {}
    ids: set[str] = set()
    free = [slot for slot in SLOTS if slot not in {template.slot for template in prop.templates}]
    for index, template in enumerate(prop.templates):
        if template.slot in slots:
            message = f"the slot {template.slot} is already taken by {slots[template.slot]!r}"
            hint = f"take another, such as {free[0]}" if free else "remove one: a note has eight slots"
            yield ("templates", index, "slot"), message, hint
        if template.id in ids:
            message = f"the id {template.id!r} stands twice"
            yield ("templates", index, "id"), message, "give one of the two another id"
        slots.setdefault(template.slot, template.id)
        ids.add(template.id)
