"""The shipped deck under the quiz's own grading."""

from __future__ import annotations

from quizgen.cli.common import bank_for
from quizgen.items.item import Item, ItemType
from quizgen.quiz.grade import grade, rivals_of
from quizgen.quiz.letters import label
from quizgen.quiz.verdict import RIGHT, Mark


def _right_responses(item: Item) -> list[str]:
    """Every way in which the item itself says that it is answered right."""
    if item.type is ItemType.TYPED or (item.type is ItemType.CLOZE and len(item.key) == 1):
        return [*item.key, *item.accepted]
    if item.type in (ItemType.BOOLEAN, ItemType.CLOZE):
        return ["; ".join(item.key)]
    return [" ".join(label(item.options.index(text)) for text in item.key), "; ".join(item.key)]


def test_every_shipped_item_takes_its_own_answers() -> None:
    """Each item's key and accepted answers are right, without any remark, and its distractors are wrong."""
    items = bank_for(None).items
    rivals = rivals_of(items)
    for item in items:
        for response in _right_responses(item):
            assert grade(item, response, rivals=rivals) == RIGHT, (item.id, response)
        if item.type is ItemType.CHOICE:
            marks = [grade(item, option).mark for option in item.options if option not in item.key]
            assert set(marks) == {Mark.WRONG}, item.id
