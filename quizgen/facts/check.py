"""What is wrong with a linked pack: each rule is a function that yields its problems."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from quizgen.base.problems import Problem, did_you_mean
from quizgen.facts.passages import stands_in
from quizgen.facts.property_rules import property_faults
from quizgen.facts.set_rules import set_problems
from quizgen.facts.time_rules import time_problems
from quizgen.facts.values import clash, identity, shown
from quizgen.facts.views import BLANK
from quizgen.items.item import ItemType

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Origin, Pack
    from quizgen.facts.yaml_file import Loc


def soundness(pack: Pack) -> list[Problem]:
    """Everything that would make a question wrong or impossible."""
    problems = list(_properties(pack))
    for fact in pack.facts.values():
        problems += (*_fits(fact), *_wording(fact), *_values(fact), *_support(fact, pack))
    problems += (*_contradictions(pack), *time_problems(pack), *_contested(pack))
    for fact_set in pack.sets.values():
        problems += set_problems(fact_set)
    return problems


def _properties(pack: Pack) -> Iterator[Problem]:
    """Every property of the pack's own is sound; the built-in ones are tested."""
    for document in pack.documents:
        sections = document.data
        raw = sections.get("properties", ()) if isinstance(sections, dict) else ()
        for index in range(len(raw) if isinstance(raw, list) else 0):
            entry = raw[index] if isinstance(raw, list) else {}
            prop = pack.properties.get(str(entry.get("id"))) if isinstance(entry, dict) else None
            if prop is not None:
                for way, message, hint in property_faults(prop):
                    yield document.problem(("properties", index, *way), message, hint)


def _fits(fact: Fact) -> Iterator[Problem]:
    """A fact has what its property asks for."""
    prop, origin = fact.prop, fact.origin
    if prop.about and fact.about.type.id not in prop.about:
        kind = fact.about.type.id
        message = (
            f"{fact.about.id!r} is of the type {kind!r}, and {prop.id!r} is said of {_listed(prop.about)}"
        )
        yield origin.problem(("property",), message, "take another property, or widen its `about`")
    for need in prop.needs:
        if need == "short":
            if fact.about.record.short is None:
                message = f"{prop.id!r} needs an entity with a short name, and {fact.about.id!r} has none"
                yield origin.problem(("about",), message, "add `short: …` to the entity")
        elif getattr(fact.record, need) is None:
            yield origin.problem(
                (), f"the field {need!r} is missing: {prop.id!r} needs it", f"add `{need}: …`", need
            )


def _wording(fact: Fact) -> Iterator[Problem]:
    """A fact's own words belong to a template, and have a place for the answer where one is wanted."""
    known = {template.id: template for template in fact.prop.templates}
    for name, text in fact.record.ask.items():
        if name not in known and name not in ("sentence", "entry"):
            hint = did_you_mean(name, [*known, "sentence", "entry"], "template")
            yield fact.origin.problem(("ask", name), f"{fact.prop.id!r} has no template {name!r}", hint)
            continue
        blanked = name == "sentence" or (
            name in known and known[name].type in (ItemType.CLOZE, ItemType.BOOLEAN)
        )
        if blanked and BLANK not in text:
            yield fact.origin.problem(
                ("ask", name), "the answer has no place here", f"write {BLANK} where it stands"
            )
    for index, name in enumerate(fact.record.skip):
        if name not in known:
            hint = did_you_mean(name, known, "template")
            yield fact.origin.problem(("skip", index), f"{fact.prop.id!r} has no template {name!r}", hint)
    if fact.prop.sentence is None and "sentence" not in fact.record.ask:
        message = f"{fact.prop.id!r} has no pattern, and the fact no sentence of its own"
        yield fact.origin.problem((), message, f'add `ask: {{sentence: "… {BLANK} …"}}`', "ask")


def _values(fact: Fact) -> Iterator[Problem]:
    """No value stands twice, and no misconception is true."""
    names = [identity(value) for value in fact.values]
    for index, name in enumerate(names):
        if name in names[:index]:
            yield fact.origin.problem(("values", index), f"{name!r} stands twice", "keep one of the two")
    if fact.prop.value == "entities" and not fact.values:
        yield fact.origin.problem(("values",), "the list is empty", "name one entity at least")
    for index, wrong in enumerate(fact.wrong):
        if any(clash(wrong, value) for value in fact.values):
            message = f"{shown(wrong)!r} is no misconception: it is the answer"
            yield fact.origin.problem(("wrong", index), message, "remove it")


def _support(fact: Fact, pack: Pack) -> Iterator[Problem]:
    """No fact rests on weak or machine-written works alone, and none cites one passage twice."""
    works = [pack.sources[cite.source] for cite in fact.record.cites]
    if all(work.ai_generated or work.trust == "weak" for work in works):
        names = " and ".join(dict.fromkeys(repr(work.id) for work in works))
        are = (
            "the only source of a fact" if len({work.id for work in works}) == 1 else "a fact's only sources"
        )
        message = f"{names} may not be {are}: weak, or written by a program"
        yield fact.origin.problem(("cites",), message, "cite a work that can be trusted as well")
    cites = fact.record.cites
    for index, cite in enumerate(cites):
        if cite in cites[:index]:
            yield fact.origin.problem(("cites", index), "this citation stands twice", "keep one of the two")


def _contradictions(pack: Pack) -> Iterator[Problem]:
    """A property with one value has one: two facts that differ are reported with both places."""
    by_scope: dict[tuple[str, ...], Fact] = {}
    for fact in pack.facts.values():
        other = by_scope.setdefault(fact.scope, fact)
        if other is fact or not fact.closed:
            continue
        where = f"{other.id!r} ({other.origin.shown()})"
        if list(map(identity, fact.values)) == list(map(identity, other.values)):
            message, hint = f"this says again what {where} says", "put the citations together in one fact"
        else:
            both = f"{_listed(map(shown, fact.values))} here, {_listed(map(shown, other.values))} there"
            message, hint = (
                f"this contradicts {where}: {both}",
                "find out which is right, or add `according_to`",
            )
        yield fact.origin.problem((), message, hint, fact.prop.id)


def _contested(pack: Pack) -> Iterator[Problem]:
    """Wherever one name of a contested place stands, the others stand too."""
    contested = [
        (entity.name, (entity.record.name, *entity.record.also))
        for entity in pack.entities.values()
        if entity.record.also
    ]
    if not contested:
        return
    # Most texts hold none of the names: a plain search spares them the careful one.
    anywhere = re.compile(
        "|".join(re.escape(name) for _, names in contested for name in names), re.IGNORECASE
    )
    for text, origin, way in _prose(pack):
        if not anywhere.search(text):
            continue
        for whole, names in contested:
            there = [name for name in names if stands_in(name, text)]
            if there and len(there) < len(names):
                missing = ", ".join(repr(name) for name in names if name not in there)
                message = f"{there[0]!r} is a contested name, and {missing} must stand beside it"
                yield origin.problem(way, message, f"write {whole!r}")


def _prose(pack: Pack) -> Iterator[tuple[str, Origin, Loc]]:
    """Every text of the pack that learners see as it stands."""
    for fact in pack.facts.values():
        record = fact.record
        yield from ((text, fact.origin, ("ask", name)) for name, text in record.ask.items())
        yield from (
            (text, fact.origin, ("wrong", index))
            for index, text in enumerate(record.wrong)
            if isinstance(text, str)
        )
        if isinstance(record.value, str) and fact.prop.value == "text":
            yield record.value, fact.origin, ("value",)
        if record.explanation:
            yield record.explanation, fact.origin, ("explanation",)
    for fact_set in pack.sets.values():
        yield fact_set.record.ask, fact_set.origin, ("ask",)
        if fact_set.record.explanation:
            yield fact_set.record.explanation, fact_set.origin, ("explanation",)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)
