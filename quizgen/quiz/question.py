"""A question and its right answer as paragraphs, for all seven types of item."""

from __future__ import annotations

from typing import assert_never

from quizgen.items.item import Item, ItemType
from quizgen.quiz.letters import label, span
from quizgen.terminal import Block


def question(item: Item) -> list[Block]:
    """The stem, what is to be matched, and the options under their letters."""
    rows = [Block(text=item.stem, style="strong")]
    for number, prompt in enumerate(item.prompts, 1):
        rows.append(Block(text=prompt, lead=f"{number}.", indent=2, hang=True))
    if item.type is not ItemType.BOOLEAN:
        for place, option in enumerate(item.options):
            rows.append(Block(text=option, lead=f"{label(place)})", indent=2, hang=True))
    return rows


def prompt_for(item: Item) -> str:
    """What stands before the cursor: how this type of question is answered."""
    letters = span(len(item.options)) if item.options else ""
    match item.type:
        case ItemType.CHOICE:
            prompt = f"Your answer, {letters}:"
        case ItemType.MULTI:
            prompt = f"All that are right, {letters}:"
        case ItemType.BOOLEAN:
            prompt = "True or false, t or f:"
        case ItemType.TYPED:
            prompt = "Your answer:"
        case ItemType.CLOZE:
            several = len(item.key) > 1
            prompt = f"The {len(item.key)} missing parts, with ; between:" if several else "The missing part:"
        case ItemType.ORDER:
            prompt = f"First to last, {letters}:"
        case ItemType.MATCH:
            prompt = f"The letters for 1 to {len(item.prompts)}, in that order:"
        case _:
            assert_never(item.type)
    return prompt


def _lettered(item: Item, text: str) -> str:
    return f"{label(item.options.index(text))}) {text}" if text in item.options else text


def right_answer(item: Item) -> str:
    """The right answer on one line, with the letters that it had."""
    match item.type:
        case ItemType.CHOICE | ItemType.MULTI | ItemType.ORDER:
            answer = "; ".join(_lettered(item, text) for text in item.key)
        case ItemType.BOOLEAN | ItemType.TYPED | ItemType.CLOZE:
            answer = "; ".join(item.key)
        case ItemType.MATCH:
            pairs = zip(item.prompts, item.key, strict=True)
            answer = "; ".join(f"{prompt}: {_lettered(item, text)}" for prompt, text in pairs)
        case _:
            assert_never(item.type)
    return answer


def plain_answer(item: Item) -> str:
    """The right answer on one line for a reader who doesn't see the options.

    A false statement is not repeated without the truth, or it would be what stays in mind.
    """
    if item.type is ItemType.BOOLEAN:
        return f"{item.key[0]}. {item.explanation}"
    if item.type is ItemType.MATCH:
        return "; ".join(f"{prompt}: {text}" for prompt, text in zip(item.prompts, item.key, strict=True))
    return "; ".join(item.key)
