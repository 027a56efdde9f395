"""Grading, as a table of responses and what is said of each: `cases/grade/*.yaml`."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from quizgen.items.item import Item, ItemType
from quizgen.quiz.grade import grade
from quizgen.quiz.verdict import Mark, Verdict
from quizgen.quiz.words import joined

CASES = Path(__file__).parent / "cases" / "grade"
MARKS = {
    "right": Mark.RIGHT,
    "right_with_note": Mark.RIGHT,
    "nearly": Mark.NEARLY,
    "wrong": Mark.WRONG,
    "wrong_with_note": Mark.WRONG,
    "unreadable": Mark.UNREADABLE,
}


def _item(record: dict[str, Any]) -> Item:
    fields: dict[str, Any] = {
        name: tuple(value) if isinstance(value, list) else value for name, value in record.items()
    }
    fields["type"] = ItemType(record["type"])
    return Item(
        id="fact/case",
        explanation="",
        facts=("fact",),
        kind="case",
        topic="topic",
        sources=(),
        slot=1,
        **fields,
    )


def _rows() -> list[Any]:
    rows = []
    for path in sorted(CASES.glob("*.yaml")):
        for case in yaml.safe_load(path.read_text(encoding="utf-8")):
            item, rivals = _item(case.pop("item")), frozenset(map(joined, case.pop("rivals", ())))
            for heading, responses in case.items():
                # A bare list means that there is nothing to say beyond the mark.
                notes = responses if isinstance(responses, dict) else dict.fromkeys(responses, "")
                for response, note in notes.items():
                    expected = Verdict(MARKS[heading], note)
                    name = f"{path.stem}: {item.type}: {item.key[0]}: {response!r}"
                    rows.append(pytest.param(item, rivals, str(response), expected, id=name))
    return rows


ROWS = _rows()


@pytest.mark.parametrize(("item", "rivals", "response", "expected"), ROWS)
def test_a_response_gets_its_verdict(
    item: Item, rivals: frozenset[str], response: str, expected: Verdict
) -> None:
    """Each response in the table gets exactly the mark and the note that stand there."""
    assert grade(item, response, rivals=rivals) == expected


def test_the_table_is_large_enough() -> None:
    """At least 300 responses have a verdict, and every type of item and every mark occurs."""
    assert len(ROWS) >= 300
    assert {row.values[0].type for row in ROWS} == set(ItemType)
    assert {row.values[3].mark for row in ROWS} == set(Mark)
