"""Rules on cloze, order and match items."""

from __future__ import annotations

from collections.abc import Iterator

from quizgen.base.text import fold
from quizgen.items.item import Item, ItemType
from quizgen.lint.english import DATE, form, telling, words
from quizgen.lint.rule import Rule, Severity, only_for

BLANK = "[...]"


def _blanks(item: Item) -> Iterator[str]:
    if item.type is not ItemType.CLOZE or item.stem.count(BLANK) == 1:
        return
    # The two ends of a period are one answer: to hide one and show the other would give half of it away.
    period = len(item.key) == 2 and all(form(end) in ("year", "month", "day") for end in item.key)
    if not (period and item.stem.count(BLANK) == 2):
        yield f"{item.stem.count(BLANK)} blanks"


def _blank_long(item: Item) -> Iterator[str]:
    if item.type is ItemType.CLOZE:
        longest = max(item.key, key=lambda hidden: len(words(hidden)))
        if len(words(longest)) > 5:
            yield f"the blank hides {len(words(longest))} words"


def _anchors(item: Item) -> Iterator[str]:
    if item.type is ItemType.CLOZE and len(telling(item.stem)) < 2:
        yield "fewer than two words are left to go by"


def _rows(item: Item) -> Iterator[str]:
    if item.type in (ItemType.ORDER, ItemType.MATCH) and not 3 <= len(item.key) <= 6:
        yield f"{len(item.key)} rows"


def _row_kinds(item: Item) -> Iterator[str]:
    if item.type is ItemType.MATCH:
        for what, rows in (("answers", item.options), ("prompts", item.prompts)):
            if len({form(row) for row in rows}) > 1:
                yield f"the {what} are not of one kind"
            elif len({fold(row) for row in rows}) < len(rows):
                yield f"two {what} are the same"


def _visible_dates(item: Item) -> Iterator[str]:
    if item.type is ItemType.ORDER:
        for entry in item.options:
            found = DATE.search(entry)
            if found:
                yield f"the entry {entry!r} shows a date"
                return


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_WOZNIAK = "Wozniak, Twenty rules of formulating knowledge"

E, W = Severity.ERROR, Severity.WARNING
_FOR = only_for(ItemType.CLOZE, ItemType.ORDER, ItemType.MATCH)
OTHER_RULES = tuple(
    map(
        _FOR,
        (
            Rule(
                "cloze-blanks",
                W,
                "leave one blank",
                "One card asks one thing; the two ends of a period count as one.",
                _WOZNIAK,
                _blanks,
            ),
            Rule(
                "cloze-long",
                W,
                "hide at most five words",
                "A long gap has many fillings.",
                _WOZNIAK,
                _blank_long,
            ),
            Rule(
                "cloze-anchors",
                W,
                "leave more of the sentence",
                "Without anchors any word fits.",
                _WOZNIAK,
                _anchors,
            ),
            Rule(
                "rows",
                E,
                "take 3 to 6 rows",
                "Fewer are guessed, more cannot be held in mind.",
                _HALADYNA,
                _rows,
            ),
            Rule(
                "rows-one-kind",
                E,
                "match things of one kind, each with an answer of its own",
                "A row that stands out, or fits twice, is matched without knowing.",
                _HALADYNA,
                _row_kinds,
            ),
            Rule(
                "order-dates",
                E,
                "give the fact an `entry` without the date",
                "A date in a row makes it a task of reading.",
                _HALADYNA,
                _visible_dates,
            ),
        ),
    )
)
