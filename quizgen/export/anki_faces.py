"""What an item shows on the two sides of an Anki card, as HTML; `anki_style/card.css` gives it its looks.

The answer side repeats the question above its rule, where the style sheet hides what the answer shows again
(options, a sentence with its gaps). Nothing here needs a script, and no meaning hangs on colour alone.
"""

from __future__ import annotations

import itertools
from functools import lru_cache
from typing import TYPE_CHECKING, assert_never

from quizgen.base.dates import PartialDate
from quizgen.base.errors import QuizgenError
from quizgen.export.html import block, escape, inline, link, text
from quizgen.items.item import ItemType

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from quizgen.items.item import Item, SourceRef

BLANK = "[...]"
_GAP = '<span class="gap">…</span>'
_ALSO_SHOWN = 4  # more ways to write one answer are noise on a card


class UnfitItemError(QuizgenError):
    """An item that contradicts itself or another, so that no right card can be made of it."""


def question(item: Item) -> str:
    """The front of the item's card."""
    stem = block(item.stem, "stem")
    match item.type:
        case ItemType.CHOICE:
            side = stem + _options(item)
        case ItemType.MULTI:
            side = _hint("Choose every right answer") + stem + _options(item)
        case ItemType.BOOLEAN:
            side = _hint("True or false?") + stem
        case ItemType.TYPED:
            side = stem
        case ItemType.CLOZE:
            side = _cloze(item, "stem cloze", [_GAP] * len(item.key))
        case ItemType.ORDER:
            side = stem + _list("ul", _mixed("options", item.options), item.options)
        case ItemType.MATCH:
            prompts = _list("ol", "prompts", item.prompts)
            side = f'{stem}<div class="columns">{prompts}{_options(item)}</div>'
        case _:
            assert_never(item.type)
    return side


def answer(item: Item, dates: Sequence[str] = ()) -> str:
    """The back of the item's card below the rule, without what supports the answer.

    `dates` are those of the entries that an item puts in order, where they are known.
    """
    match item.type:
        case ItemType.CHOICE | ItemType.MULTI:
            return _marked_options(item)
        case ItemType.BOOLEAN | ItemType.TYPED:
            return block("; ".join(item.key), "key") + _also(item)
        case ItemType.CLOZE:
            css_class = "cloze whole" if told(item) else "cloze"
            return _cloze(item, css_class, [f"<b>{inline(word)}</b>" for word in item.key]) + _also(item)
        case ItemType.ORDER:
            entries = [inline(entry) for entry in item.key]
            if dates:
                pairs = zip(entries, dates, strict=True)
                entries = [f'{entry} <span class="when">{text(when)}</span>' for entry, when in pairs]
            return f'<ol class="in-order">{"".join(f"<li>{entry}</li>" for entry in entries)}</ol>'
        case ItemType.MATCH:
            return _pairs(item)
        case _:
            assert_never(item.type)


def typed(item: Item) -> str:
    """What a learner who types answers is to type: one line, and nothing where an answer is not typed."""
    if item.type not in (ItemType.TYPED, ItemType.CLOZE):
        return ""
    return escape(" ".join("; ".join(item.key).split()))


def told(item: Item) -> str:
    """What a cloze says when it is filled, if the item's explanation begins with the same words."""
    if item.type is not ItemType.CLOZE:
        return ""
    parts = item.stem.split(BLANK, len(item.key))
    filled = "".join(itertools.chain(*itertools.zip_longest(parts, item.key, fillvalue="")))
    return filled if item.explanation.startswith(filled) else ""


def sources(refs: Iterable[SourceRef]) -> str:
    """The passages that an answer rests on, each linked."""
    return f'<ul class="sources">{"".join(map(_source, refs))}</ul>'


@lru_cache(maxsize=4096)
def day(iso: str) -> str:
    """A date as prose has it (`23 November 2016`), or the very text where it is no ISO date."""
    try:
        return PartialDate.parse(iso).text
    except ValueError:
        return iso


def title(item: Item) -> str:
    """The stem as HTML for a list of notes."""
    return text(item.stem.replace(BLANK, "…") if item.type is ItemType.CLOZE else item.stem)


def _hint(words: str) -> str:
    return f'<p class="hint">{words}</p>'


def _options(item: Item) -> str:
    # The letters show even where no style sheet is applied.
    return f'<ol class="{_mixed("options", item.options)}" type="A">{_lines(item.options)}</ol>'


def _mixed(css_class: str, options: Iterable[str]) -> str:
    """The class of a list, and "mix" beside it where a script may put its entries into another order.

    Dates and numbers stand in their own order, in which a reader looks for one.
    """
    in_order = all(any(map(str.isdigit, option)) for option in options)
    return css_class if in_order else f"{css_class} mix"


def _marked_options(item: Item) -> str:
    """The options again, the right ones bold, ticked and named as right."""
    right = frozenset(item.key)
    lines = [
        f'<li class="right"><b>{inline(option)}</b> <span class="tick">✓ right</span></li>'
        if option in right
        else f"<li>{inline(option)}</li>"
        for option in item.options
    ]
    return f'<ol class="{_mixed("options marked", item.options)}" type="A">{"".join(lines)}</ol>'


def _list(kind: str, css_class: str, entries: Iterable[str]) -> str:
    return f'<{kind} class="{css_class}">{_lines(entries)}</{kind}>'


def _lines(entries: Iterable[str]) -> str:
    return "".join([f"<li>{inline(entry)}</li>" for entry in entries])


def _cloze(item: Item, css_class: str, fillings: list[str]) -> str:
    """The sentence with its blanks filled in order; a literal [...] after the last one stays."""
    parts = item.stem.split(BLANK, len(fillings))
    if len(parts) != len(fillings) + 1:
        raise UnfitItemError(f"{item.id}: {len(parts) - 1} blanks for {len(fillings)} hidden texts")
    rest = [filling + text(part) for filling, part in zip(fillings, parts[1:], strict=True)]
    return f'<div class="{css_class}" dir="auto">{text(parts[0])}{"".join(rest)}</div>'


def _pairs(item: Item) -> str:
    if len(item.prompts) != len(item.key):
        raise UnfitItemError(f"{item.id}: {len(item.prompts)} prompts for {len(item.key)} answers")
    rows = [
        f'<tr><th scope="row">{inline(prompt)}</th><td>{inline(entry)}</td></tr>'
        for prompt, entry in zip(item.prompts, item.key, strict=True)
    ]
    return f'<table class="pairs">{"".join(rows)}</table>'


def _also(item: Item) -> str:
    if not item.accepted or _is_date(item):
        return ""
    shown = " · ".join(map(inline, item.accepted[:_ALSO_SHOWN]))
    more = " · …" if len(item.accepted) > _ALSO_SHOWN else ""
    return f'<p class="also">Also right: {shown}{more}</p>'


def _is_date(item: Item) -> bool:
    """Whether the answer is its fact's date: whoever grades themselves needs no list of ways to write one."""
    if item.moment is None:
        return False
    years = {end[:4] for end in (item.moment.first, item.moment.last) if end}
    return any(year in item.key[0] for year in years)


def _source(ref: SourceRef) -> str:
    known = (ref.author, ref.publisher, ref.published and day(ref.published))
    about = ", ".join([inline(part) for part in known if part])
    work = f'<span class="work">{about} · paragraph {ref.paragraph}</span>'
    return f"<li>{link(ref.link, ref.title)} {work}{_caution(ref.reliability)}</li>"


def _caution(reliability: str) -> str:
    if reliability == "weak":
        return ' <span class="caution">⚠ Weak source: check it against another.</span>'
    if reliability == "ai-generated":
        return ' <span class="caution">⚠ Written by an AI: check it against another source.</span>'
    return ""
