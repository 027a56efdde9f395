"""What a learner is told about an answer, as paragraphs."""

from __future__ import annotations

from typing import TYPE_CHECKING, assert_never

from quizgen.items.item import Item, ItemType
from quizgen.quiz.question import right_answer
from quizgen.quiz.sources import sources, standing
from quizgen.quiz.verdict import Mark, Verdict
from quizgen.terminal import Block, Style

if TYPE_CHECKING:
    from quizgen.quiz.session import Answer

_TYPED = (ItemType.TYPED, ItemType.CLOZE)


def verdict_block(verdict: Verdict) -> Block:
    """The verdict in a word, and its note."""
    word: str
    style: Style
    match verdict.mark:
        case Mark.RIGHT:
            word, style = "Right.", "right"
        case Mark.NEARLY:
            word, style = "Nearly.", "nearly"
        case Mark.WRONG:
            word, style = "Wrong.", "wrong"
        case Mark.UNREADABLE:
            word, style = "Not understood.", "nearly"
        case _:
            assert_never(verdict.mark)
    return Block(text=verdict.note, lead=word, style=style)


def difference(item: Item, response: str, verdict: Verdict) -> tuple[str, str] | None:
    """What was typed and the form of the answer that it comes near to, where to compare them helps."""
    if item.type not in _TYPED or not response or len(item.key) > 1:
        return None
    if verdict.mark is Mark.RIGHT and not verdict.note.startswith("It is spelt"):
        return None
    from quizgen.quiz.diff import nearest

    form = nearest(response, item.key)
    return (response.strip(), form) if form else None


def feedback(answer: Answer) -> list[Block]:
    """The verdict, what would have been right, why, as of when and by whose word, and every source."""
    rows = [verdict_block(answer.verdict)] if answer.response or answer.right else []
    if not answer.right:
        rows.append(Block(text=right_answer(answer.item), lead="Right answer:", style="strong"))
    pair = difference(answer.item, answer.response, answer.verdict)
    if pair and not answer.right:
        from quizgen.quiz.diff import in_words

        rows.append(Block(text=in_words(*pair), lead="Difference:", style="strong"))
    return rows + reasons(answer.item) + sources(answer.item)


def reasons(item: Item) -> list[Block]:
    """Why the answer is right, as of when and by whose word."""
    return [Block(text=text) for text in (item.explanation, standing(item)) if text]
