"""The options of a question that was answered, each marked with what is right and what was chosen. Pure."""

from __future__ import annotations

from collections.abc import Iterable

from quizgen.items.item import Item, ItemType
from quizgen.quiz.draft import Choice, Draft, Matching, Several, Sorting
from quizgen.quiz.letters import label
from quizgen.terminal import Block


def marked(item: Item, draft: Draft) -> list[Block]:
    """What stands below the stem once the answer is known; nothing where the answer was typed."""
    match draft:
        case Choice():
            return list(_choice(item, draft))
        case Several():
            return list(_several(item, draft))
        case Sorting():
            return list(_sorting(item, draft))
        case Matching():
            return list(_matching(item, draft))
        case _:
            return []


def _row(text: str, lead: str, *, good: bool | None, remark: str = "") -> Block:
    sign = "·" if good is None else "✓" if good else "✗"
    tail = f" — {remark}" if remark else ""
    style = "plain" if good is None else "right" if good else "wrong"
    return Block(text=f"{text}{tail}", lead=f"{sign} {lead}", style=style, hang=True)  # type: ignore[arg-type]


def _choice(item: Item, draft: Choice) -> Iterable[Block]:
    names = draft.letters or "".join(label(place) for place in range(len(draft.options)))
    for place, option in enumerate(draft.options):
        lead, mine = f"{names[place]})", place == draft.focus
        if option.casefold() in [one.casefold() for one in item.key]:
            yield _row(option, lead, good=True, remark="your answer, and right" if mine else "right")
        else:
            yield _row(option, lead, good=False if mine else None, remark="your answer" if mine else "")


def _several(item: Item, draft: Several) -> Iterable[Block]:
    for place, option in enumerate(draft.options):
        ticked, right = place in draft.chosen, option in item.key
        lead = f"{'[x]' if ticked else '[ ]'} {label(place)})"
        if right:
            remark = "right" if ticked or not draft.chosen else "right, and you left it out"
            yield _row(option, lead, good=ticked or not draft.chosen, remark=remark)
        else:
            yield _row(option, lead, good=False if ticked else None, remark="not right" if ticked else "")


def _sorting(item: Item, draft: Sorting) -> Iterable[Block]:
    yours = [draft.options[place] for place in draft.row] if draft.touched else list(item.key)
    for place, entry in enumerate(item.key):
        mine = yours.index(entry)
        remark = "" if mine == place else f"you had it at {mine + 1}"
        lead = f"{place + 1}. {label(draft.options.index(entry))})"
        yield _row(entry, lead, good=mine == place, remark=remark)


def _matching(item: Item, draft: Matching) -> Iterable[Block]:
    started = any(place is not None for place in draft.pairs)
    for number, (prompt, right, place) in enumerate(
        zip(draft.prompts, item.key, draft.pairs, strict=True), 1
    ):
        mine = None if place is None else draft.options[place]
        good = mine == right or not started
        remark = "" if good or mine is None else f"; you had {mine}"
        yield _row(f"{prompt}: {right}{remark}", f"{number}.", good=good)


def needs_answer(item: Item) -> bool:
    """Whether the right answer has to be said in a line of its own: where no row of options shows it."""
    return item.type in (ItemType.TYPED, ItemType.CLOZE)
