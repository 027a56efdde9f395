"""A set of facts makes one item: entries to put in order, or pairs to match."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypedDict, assert_never

from quizgen.base.dates import PartialDate
from quizgen.facts.values import Quantity, shown
from quizgen.facts.views import Thing
from quizgen.generate import wording
from quizgen.generate.difficulty import estimate_of_set
from quizgen.generate.draw import Draw
from quizgen.generate.links import reference
from quizgen.items.item import Difficulty, Item, ItemType, Skipped, SourceRef

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, FactSet, Pack


def set_item(pack: Pack, fact_set: FactSet, seed: int) -> Item | Skipped:
    """The item that a set makes."""
    record = fact_set.record
    name = f"{record.id}/{record.type}"
    draw = Draw(seed, name)
    match record.type:
        case "order":
            prompts: tuple[str, ...] = ()
            key = tuple(wording.entry(fact) for fact in sorted(fact_set.facts, key=_date))
            options = tuple(draw.shuffled(key, str, "options"))
            if options == key:
                options = (*key[1:], key[0])
        case "match":
            prompts, key, options = _matched(fact_set, draw)
            if len(set(prompts)) < len(prompts) or len(set(key)) < len(key):
                return Skipped(name, "two rows are alike")
        case _:
            assert_never(record.type)
    return Item(
        id=name,
        type=ItemType(record.type),
        stem=record.ask,
        options=options,
        prompts=prompts,
        key=key,
        slot=1,
        **_shared(pack, fact_set),
    )


_Texts = tuple[str, ...]


def _matched(fact_set: FactSet, draw: Draw) -> tuple[_Texts, _Texts, _Texts]:
    """The prompts, the right entry for each, and the entries as shown: never the solution itself."""
    pairs = [(Thing(fact.about).start, *_right(fact_set, fact)) for fact in fact_set.facts]
    pairs = draw.shuffled(pairs, lambda pair: pair[0], "prompts")
    key = [text for _, text, _ in pairs]
    natural = [text for _, text, rank in sorted(pairs, key=lambda pair: pair[2])]
    options = natural if pairs[0][2] else draw.shuffled(key, str, "options")
    if options == key:
        pairs = [*pairs[1:], pairs[0]]
    return tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs), tuple(options)


class _Shared(TypedDict):
    """The part of an item that comes from the set's facts, whatever is asked of them."""

    explanation: str
    facts: tuple[str, ...]
    kind: str
    topic: str
    sources: tuple[SourceRef, ...]
    essential: bool
    difficulty: Difficulty


def _shared(pack: Pack, fact_set: FactSet) -> _Shared:
    record, facts = fact_set.record, fact_set.facts
    kinds = {fact.prop.id for fact in facts}
    told = " ".join(
        wording.statement(fact) for fact in sorted(facts, key=_date if record.type == "order" else _none)
    )
    essential = all(fact.record.essential for fact in facts)
    sources = dict.fromkeys(
        reference(pack.sources[c.source], c) for fact in facts for c in fact.record.cites[:1]
    )
    return {
        "explanation": f"{record.explanation} {told}" if record.explanation else told,
        "facts": tuple(fact.id for fact in facts),
        "kind": kinds.pop() if len(kinds) == 1 else record.type,
        "topic": record.topic,
        "sources": tuple(sources),
        "essential": essential,
        "difficulty": estimate_of_set(ItemType(record.type), len(facts), essential=essential),
    }


def _none(_: Fact) -> tuple[int, int, int]:
    """No order but the author's."""
    return (0, 0, 0)


def _date(fact: Fact) -> tuple[int, int, int]:
    value = fact.values[0]
    return value.first if isinstance(value, PartialDate) else (0, 0, 0)


def _right(fact_set: FactSet, fact: Fact) -> tuple[str, tuple[int | float, ...]]:
    """What stands on the right for a fact, and its natural rank; () where it has none."""
    value = wording.part(fact, fact_set.record.answer) or fact.values[0]
    if isinstance(value, PartialDate):
        return value.text, value.first
    if isinstance(value, Quantity):
        return value.text, (value.number,)
    return " and ".join(map(shown, fact.values)) if len(fact.values) > 1 else shown(value), ()
