"""The item bank as JSON, as `docs/item-bank.md` fixes it: for every tool that is not quizgen."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from quizgen.items.item import Bank, Deck, Item, SourceRef

FORMAT = "quizgen/items@1"

# JSON lets these stand raw, and a terminal obeys them; it also lets them be escaped, which reads the same.
_UNSAFE = re.compile("[\x7f-\x9f\u202a-\u202e\u2066-\u2069]")
# One encoder without indentation: only then does the standard library encode in C.
_encode = json.JSONEncoder(ensure_ascii=False).encode


def bank_json(bank: Bank) -> bytes:
    """The bank in UTF-8, one item to a line, so that two banks can be compared line by line."""
    head = f'{{"format": {_encode(FORMAT)},\n "deck": {_encode(_deck(bank.deck))},\n "items": ['
    items = ",\n".join(f"  {_encode(_item(item))}" for item in bank.items)
    text = f"{head}\n{items}\n ]}}\n" if items else f"{head}]}}\n"
    return _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text).encode()


def _deck(deck: Deck) -> dict[str, Any]:
    return {"id": deck.id, "name": deck.name, "revision": deck.revision}


def _item(item: Item) -> dict[str, Any]:
    return {
        "id": item.id,
        "type": item.type.value,
        "stem": item.stem,
        "options": item.options,
        "prompts": item.prompts,
        "key": item.key,
        "accepted": item.accepted,
        "explanation": item.explanation,
        "facts": item.facts,
        "kind": item.kind,
        "topic": item.topic,
        "tags": item.tags,
        "as_of": item.as_of,
        "attributed_to": item.attributed_to,
        "sources": [_source(source) for source in item.sources],
    }


def _source(source: SourceRef) -> dict[str, Any]:
    return {
        "id": source.id,
        "title": source.title,
        "publisher": source.publisher,
        "author": source.author,
        "published": source.published,
        "url": source.url,
        "link": source.link,
        "paragraph": source.paragraph,
        "reliability": source.reliability,
    }
