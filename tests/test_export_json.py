"""The item bank as JSON."""

from __future__ import annotations

import json
import re

import pytest

from quizgen.export import EXPORTERS
from quizgen.items.item import Bank
from tests import banks

KEYS = [
    *("id", "type", "stem", "options", "prompts", "key", "accepted", "explanation"),
    *("facts", "kind", "topic", "tags", "as_of", "attributed_to", "sources"),
]
SOURCE_KEYS = ["id", "title", "publisher", "author", "published", "url", "link", "paragraph", "reliability"]


def test_the_bank_reads_as_the_contract_says() -> None:
    """Format, deck and items stand in the contract's order of keys, with the item's own values."""
    bank = banks.one_of_each()
    data = json.loads(EXPORTERS["json"](bank))
    assert list(data) == ["format", "deck", "items"]
    assert data["format"] == "quizgen/items@1"
    assert list(data["deck"].items()) == [
        ("id", "tea"),
        ("name", "Tea & treaties"),
        ("revision", "2026-11-22"),
    ]
    assert [item["id"] for item in data["items"]] == [item.id for item in bank.items]
    assert all(list(item) == KEYS for item in data["items"])
    assert all(list(source) == SOURCE_KEYS for item in data["items"] for source in item["sources"])
    assert data["items"][5] == {
        "id": "set-leaf/order",
        "type": "order",
        "stem": "Put these in order, the earliest first.",
        "options": ["The saucer", "The leaf", "The cup"],
        "prompts": [],
        "key": ["The leaf", "The cup", "The saucer"],
        "accepted": [],
        "explanation": "It was signed in Kyoto.",
        "facts": ["treaty", "cup", "saucers"],
        "kind": "order",
        "topic": "leaf",
        "tags": [],
        "as_of": None,
        "attributed_to": None,
        "sources": [
            {
                "id": "ministry",
                "title": "The treaty of the leaf",
                "publisher": "Ministry of Tea",
                "author": None,
                "published": "2016-11-23",
                "url": "https://example.org/leaf",
                "link": "https://example.org/leaf#:~:text=the%20leaf,of%20tea",
                "paragraph": 3,
                "reliability": "primary",
            }
        ],
    }


def test_hostile_text_comes_back_whole() -> None:
    """Every text, whatever it holds, is read back as it was, and foreign letters stand as themselves."""
    written = EXPORTERS["json"](banks.hostile())
    stems = [item["stem"] for item in json.loads(written)["items"]]
    assert stems[::5] == list(banks.HOSTILE)
    assert "한국과 日本とひらがな" in written.decode()


def test_the_file_is_safe_to_print() -> None:
    """No letter of the file is one that a terminal obeys, but for its line feeds."""
    assert not re.search(
        "[\x00-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", EXPORTERS["json"](banks.hostile()).decode()
    )


@pytest.mark.parametrize("bank", [banks.one_of_each(), Bank(banks.DECK, ())], ids=["each", "none"])
def test_one_line_an_item(bank: Bank) -> None:
    """Each item has a line of its own, so that two banks compare by line; the last line ends too."""
    text = EXPORTERS["json"](bank).decode()
    assert text.endswith("}\n")
    assert sum(line.startswith('  {"id"') for line in text.splitlines()) == len(bank.items)
