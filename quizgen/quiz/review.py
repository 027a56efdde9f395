"""Going through an exam afterwards: what was not right, what would have been, why, and where from."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.quiz.feedback import reasons
from quizgen.quiz.question import right_answer
from quizgen.quiz.session import Answer
from quizgen.quiz.sources import sources
from quizgen.terminal import Block


def review(answers: Iterable[Answer], *, addresses: bool = True) -> list[Block]:
    """The wrong answers of an exam, numbered."""
    rows = list[Block]()
    for number, answer in enumerate((one for one in answers if not one.right), 1):
        item = answer.item
        rows.append(Block(text=item.stem, lead=f"{number}.", hang=True))
        rows.append(Block(text=answer.response or "none", lead="Yours:", style="strong", indent=3))
        rows.append(Block(text=right_answer(item), lead="Right:", style="strong", indent=3))
        rows += [Block(text=block.text, indent=3) for block in reasons(item)]
        rows += sources(item, indent=3, addresses=addresses)
        if not addresses:
            rows.append(Block())
    return rows
