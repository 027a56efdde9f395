"""The knowledge base as JSON, in the format `quizgen/facts@1`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from quizgen.facts.values import Entity, Value, forms, shown

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack


def facts_json(pack: Pack) -> bytes:
    """Every entity and fact of a pack, in the order of its files; the same pack gives the same bytes."""
    data = {
        "format": "quizgen/facts@1",
        "entities": [_entity(entity) for entity in pack.entities.values()],
        "facts": [_fact(fact) for fact in pack.facts.values()],
    }
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def _entity(entity: Entity) -> dict[str, Any]:
    names = [name for name in entity.forms if name not in (entity.record.name, entity.name)]
    return {"id": entity.id, "type": entity.type.id, "name": entity.name, "aliases": names}


def _fact(fact: Fact) -> dict[str, Any]:
    record = fact.record
    return {
        "id": fact.id,
        "subject": fact.about.id,
        "property": fact.prop.id,
        "values": [_value(fact, value) for value in fact.values],
        "as_of": None if fact.as_of is None else str(fact.as_of),
        "attributed_to": None if fact.holder is None else fact.holder.label,
        "topic": record.topic,
        "complete": fact.closed,
        "sources": [
            {"source": cite.source, "paragraph": cite.paragraph, "start": cite.start, "end": cite.end}
            for cite in record.cites
        ],
    }


def _value(fact: Fact, value: Value) -> dict[str, Any]:
    accepted = [*forms(value)[1:], *(fact.record.accept if len(fact.values) == 1 else ())]
    entity = value.id if isinstance(value, Entity) else None
    return {"value": shown(value), "entity": entity, "accepted": list(dict.fromkeys(accepted))}
