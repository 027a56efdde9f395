"""Rules on cloze, order and match items, and on a deck as a whole."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from quizgen.items.item import Bank, Item, ItemType
from quizgen.lint.english import DATE, telling, words
from quizgen.lint.rule import Rule, Severity

BLANK = "[...]"
MOST_ON_A_FACT = 4
# Chi-square, two degrees of freedom, p = 0.001 (NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.4).
CHI_SQUARE = 13.8


def _blanks(item: Item) -> Iterator[str]:
    if item.type is ItemType.CLOZE and item.stem.count(BLANK) != 1:
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


def _visible_dates(item: Item) -> Iterator[str]:
    if item.type is ItemType.ORDER:
        for entry in item.options:
            found = DATE.search(entry)
            if found:
                yield f"the entry {entry!r} shows a date"
                return


def _too_many(bank: Bank) -> Iterator[tuple[str | None, str]]:
    counts = Counter(item.facts[0] for item in bank.items if len(item.facts) == 1)
    for fact, count in counts.items():
        if count > MOST_ON_A_FACT:
            yield None, f"{count} items on the fact {fact!r}"


def _true_false(bank: Bank) -> Iterator[tuple[str | None, str]]:
    booleans = [item for item in bank.items if item.type is ItemType.BOOLEAN]
    if len(booleans) < 20:
        return
    if len(booleans) > 0.105 * len(bank.items):
        yield None, f"{len(booleans)} of {len(bank.items)} items are true or false"
    true = sum(item.key == ("True",) for item in booleans)
    if not 0.4 <= true / len(booleans) <= 0.6:
        yield None, f"{true} of {len(booleans)} statements are true"


def _key_places(bank: Bank) -> Iterator[tuple[str | None, str]]:
    places: Counter[int] = Counter()
    for item in bank.items:
        if item.type is ItemType.CHOICE and len(item.options) == 3 and not item.key[0][0].isdigit():
            places[item.options.index(item.key[0])] += 1
    share = sum(places.values()) / 3
    if share >= 10 and sum((places[place] - share) ** 2 / share for place in range(3)) > CHI_SQUARE:
        shown = ", ".join(str(places[place]) for place in range(3))
        yield None, f"the key stands first, second, third in {shown} items"


def _same_stem(bank: Bank) -> Iterator[tuple[str | None, str]]:
    seen: dict[tuple[str, ItemType, frozenset[str]], str] = {}
    for item in bank.items:
        # Of order and match items the rows are part of the question.
        rows = frozenset((*item.prompts, *(item.options if item.type is ItemType.ORDER else ())))
        other = seen.setdefault((item.stem.casefold(), item.type, rows), item.id)
        if other != item.id and item.type is not ItemType.BOOLEAN:
            yield item.id, f"{other!r} asks the same"


_HALADYNA = "Haladyna, Downing & Rodriguez 2002"
_WOZNIAK = "Wozniak, Twenty rules of formulating knowledge"

E, W = Severity.ERROR, Severity.WARNING
OTHER_RULES = (
    Rule("cloze-blanks", W, "leave one blank", "One card asks one thing.", _WOZNIAK, _blanks),
    Rule("cloze-long", W, "hide at most five words", "A long gap has many fillings.", _WOZNIAK, _blank_long),
    Rule(
        "cloze-anchors", W, "leave more of the sentence", "Without anchors any word fits.", _WOZNIAK, _anchors
    ),
    Rule("rows", E, "take 3 to 6 rows", "Fewer are guessed, more cannot be held in mind.", _HALADYNA, _rows),
    Rule(
        "order-dates",
        E,
        "give the fact an `entry` without the date",
        "A date in a row makes it a task of reading.",
        _HALADYNA,
        _visible_dates,
    ),
    Rule(
        "deck-fact-items",
        E,
        "skip a template",
        "A fact asked too often crowds out the others.",
        _WOZNIAK,
        look_at_all=_too_many,
    ),
    Rule(
        "deck-true-false",
        E,
        "set `keep` in the recipe",
        "True-or-false items tell least, and guessers say true.",
        _HALADYNA,
        look_at_all=_true_false,
    ),
    Rule(
        "deck-key-places",
        E,
        "change the deck's seed",
        "A place that is right more often is learnt as an answer.",
        _HALADYNA,
        look_at_all=_key_places,
    ),
    Rule(
        "deck-same-stem",
        E,
        "say in the stem what tells the two apart",
        "Two right answers to one question make both wrong.",
        _HALADYNA,
        look_at_all=_same_stem,
    ),
)
