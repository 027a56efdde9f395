"""The quiz's pages: what stands on the screen before an answer, after it, and at the end."""

from __future__ import annotations

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from quizgen.items.item import Item
from quizgen.quiz.commands import COMMANDS
from quizgen.quiz.desk import Desk
from quizgen.quiz.draft import Draft, Typed, prompts_of
from quizgen.quiz.feedback import difference, reasons, verdict_block
from quizgen.quiz.marked import marked, needs_answer
from quizgen.quiz.question import right_answer
from quizgen.quiz.session import Answer
from quizgen.quiz.sources import citation, sources
from quizgen.terminal import Block
from quizgen.terminal.editor import Line
from quizgen.terminal.screen import Hint, Page

if TYPE_CHECKING:
    from quizgen.quiz.result import Result

BLANK = Block()
_SHOWN = {"<enter>": "Enter", "<esc>": "Esc"}
_MENU = (Hint("u", "undo"), Hint("f", "flag"), Hint("q", "leave"), Hint("?", "keys"))


def status(desk: Desk, item: Item) -> str:
    """How far it is: "3/20 · due 12 · new 5"."""
    parts = [f"{desk.number_of(item)}/{desk.session.plan.total()}"]
    parts += [f"{name} {count}" for name, count in desk.left() if count]
    if desk.limit is not None:
        parts.append(f"{math.ceil(desk.limit.left() / 60)} min left")
    return " · ".join(parts)


def _page(desk: Desk, item: Item) -> Page:
    """A page with nothing on it but how far it is."""
    done = len({answer.item.id for answer in desk.session.answers})
    share = done / max(desk.session.plan.total(), 1)
    return Page(title=desk.bank.deck.name, status=status(desk, item), share=share)


def _head(desk: Desk, item: Item, *, answered: bool = False) -> list[Block]:
    earlier = desk.session.answers[: -1 if answered else None]
    again = any(answer.item.id == item.id for answer in earlier)
    topic = desk.topic_of(item) + (" · asked again" if again else "")
    return [Block(text=topic, style="faint"), BLANK, Block(text=item.stem, style="strong")]


def question_page(desk: Desk, item: Item, draft: Draft, *, note: str = "", menu: bool = False) -> Page:
    """A question, and the answer as far as it has been given; with `menu`, what Esc offers instead."""
    head = _head(desk, item)
    rows = draft.rows()
    head += [BLANK] if rows else []
    typed = isinstance(draft, Typed)
    hints: tuple[Hint, ...] = (*_MENU, Hint("Esc", "back to the question"))
    if not menu:
        hints = tuple(Hint(_SHOWN.get(key, key), does) for key, does in draft.ways())
        hints += (Hint("Esc", "other keys"),) if typed else (Hint("q", "leave"), Hint("?", "keys"))
    entries: list[tuple[str, Line]] = []
    if isinstance(draft, Typed):
        entries = list(zip(prompts_of(item, len(draft.lines)), draft.lines, strict=True))
    return replace(
        _page(desk, item),
        body=[*head, *rows],
        focus=None if draft.focus is None else len(head) + draft.focus,
        entries=entries,
        typing=draft.at if isinstance(draft, Typed) else 0,
        note=note,
        hints=hints,
    )


def answer_page(desk: Desk, answer: Answer, draft: Draft, *, width: int, note: str = "") -> Page:
    """The question again with what is right, the verdict, why, and the sources."""
    item = answer.item
    said = answer.response or answer.right
    verdict = verdict_block(answer.verdict) if said else Block(lead="Not known.", style="nearly")
    rows = marked(item, draft)
    head = _head(desk, item, answered=True)
    body = [*head, *([BLANK, *rows] if rows else []), BLANK, verdict]
    keep = len(head) + 1
    body += _comparison(answer, width)
    for block in reasons(item):
        body += [BLANK, block]
    focus = len(body) - 1
    body += [BLANK, *sources(item, addresses=False)]
    hints = [Hint("Enter", "next")]
    if answer.right:
        hints += [Hint("h", "hard"), Hint("e", "easy"), Hint("s", "source"), Hint("w", "I was wrong")]
    else:
        hints += [Hint("s", "source"), Hint("w", "I was right")]
    hints += [Hint("u", "undo"), Hint("f", "flag"), Hint("q", "leave"), Hint("?", "keys")]
    return replace(
        _page(desk, item), body=body, focus=focus, keep=keep, pager=True, note=note, hints=tuple(hints)
    )


def _comparison(answer: Answer, width: int) -> list[Block]:
    """The answer that was typed and the right one, under each other where they are alike."""
    item = answer.item
    if not needs_answer(item):
        return []
    right = right_answer(item)
    pair = difference(item, answer.response, answer.verdict)
    if pair is None:
        yours = [] if answer.right or not answer.response else [_said("Yours", answer.response)]
        return [*yours, _said("Right", right)] if not answer.right or answer.response != right else []
    from quizgen.quiz.diff import rows

    blocks = list[Block]()
    for piece in rows(*pair, width - 7):
        blocks.append(Block(text=f"Yours  {piece.given}", exact=True))
        blocks.append(Block(text=f"Right  {piece.right}", exact=True, style="strong"))
        blocks.append(Block(text=f"       {piece.marks}", exact=True, style="wrong"))
    return blocks


def _said(label: str, text: str) -> Block:
    return Block(text=text, lead=f"{label}:", style="strong", hang=True)


def keys_page(desk: Desk, item: Item, draft: Draft) -> Page:
    """What every key does."""
    body = [Block(text="Keys", style="strong"), BLANK, Block(text="To answer this question", style="faint")]
    body += [
        Block(text=does, lead=_SHOWN.get(key, key), style="strong", indent=2) for key, does in draft.ways()
    ]
    body += [BLANK, Block(text="After the answer, and while a question waits", style="faint")]
    body += [
        Block(text=does, lead=command.value, style="strong", indent=2, hang=True)
        for command, does in COMMANDS.items()
    ]
    where = "Where letters are typed, Esc comes first, or a colon: :u and Enter."
    moving = "Page Up, Page Down: scroll. Ctrl-C: leave. Ctrl-Z: stop for a while."
    body += [BLANK, Block(text=where), Block(text=moving)]
    return replace(_page(desk, item), body=body, pager=True, hints=(Hint("any key", "back"),))


def sources_page(desk: Desk, item: Item, *, opened: str) -> Page:
    """Every source with its whole address, to copy; `opened` says what the browser did."""
    body = [Block(text="Sources", style="strong"), BLANK, Block(text=opened), BLANK]
    for number, source in enumerate(item.sources, 1):
        body.append(Block(text=citation(source), lead=f"{number}.", style="strong", hang=True))
        body += [Block(text=source.link, address=source.link), BLANK]
    numbers = (Hint(f"1–{len(item.sources)}", "open another"),) if len(item.sources) > 1 else ()
    back = Hint("any other key" if numbers else "any key", "back")
    return replace(_page(desk, item), body=body, pager=True, hints=(*numbers, back))


def remark_page(desk: Desk, item: Item, line: Line) -> Page:
    """A line for a remark on a question."""
    body = [
        Block(text="Flag this question", style="strong"),
        BLANK,
        Block(text=item.stem),
        BLANK,
        Block(text="What is wrong with it? Your remark is kept for its author.", style="faint"),
    ]
    hints = (Hint("Enter", "keep the remark"), Hint("Esc", "back without one"))
    return replace(_page(desk, item), body=body, entries=[("Remark:", line)], hints=hints)


def result_page(desk: Desk, result: Result, review: list[Block]) -> Page:
    """What the session came to."""
    body = [Block(text=result.headline, lead="Done.", style="strong")]
    if result.early:
        body.append(Block(text=result.early, style="faint"))
    if result.comeback:
        body += [BLANK, Block(text=result.comeback)]
    body += [BLANK, *(Block(text=counted, lead=f"{name}:", style="faint") for name, counted in result.topics)]
    from quizgen.quiz.result import look_again

    again = review or look_again(result.again, addresses=False)
    if again:
        body += [BLANK, Block(text="Look at these again", style="strong"), BLANK, *again]
    last = min(len(result.again), 9)
    numbers = (Hint("1" if last == 1 else f"1–{last}", "open the source"),) if last else ()
    share = len({answer.item.id for answer in desk.session.answers}) / max(desk.session.plan.total(), 1)
    return Page(
        title=desk.bank.deck.name,
        status="Result",
        share=share,
        body=body,
        pager=True,
        hints=(Hint("Enter", "leave"), *numbers),
    )
