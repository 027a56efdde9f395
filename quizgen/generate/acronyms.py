"""Acronyms in stems: the first one stands behind its name, so that every card can be read alone."""

from __future__ import annotations

import re
from collections.abc import Iterable

from quizgen.base.text import fold
from quizgen.facts.values import Entity
from quizgen.facts.views import capital

LONGEST = 30
"""A stem that would have more words than this keeps the bare acronym."""

_WORD = re.compile(r"[^\W_]+")
# Behind these a name takes no article of its own.
_DETERMINERS = frozenset(
    (
        *(
            "the",
            "its",
            "their",
            "his",
            "her",
            "this",
            "these",
            "those",
            "whose",
            "which",
            "each",
            "every",
            "any",
        ),
        *("no", "some", "first", "second", "third", "fourth", "fifth", "last", "next", "new", "old"),
    )
)


class Acronyms:
    """The acronyms of a pack that a reader need not know."""

    def __init__(self, entities: Iterable[Entity]) -> None:
        self._by_short: dict[str, Entity] = {}
        for entity in entities:
            short = entity.record.short
            if short and short.isupper() and not entity.record.familiar:
                self._by_short.setdefault(short, entity)
        shorts = "|".join(re.escape(short) for short in sorted(self._by_short, key=len, reverse=True))
        self._anywhere = re.compile(rf"(?<![\w(/-])(?:{shorts})(?![\w)/’'-])") if shorts else None

    def introduced(self, stem: str, answers: Iterable[str]) -> str:
        """The stem with its first acronym behind the name, once, unless that tells the answer or is too long.

        A name tells the answer where the two share a word: a reader would go by the look of it.
        """
        # Most stems hold none, and a plain search tells that soonest.
        if self._anywhere is None or not any(short in stem for short in self._by_short):
            return stem
        found = self._anywhere.search(stem)
        if found is None:
            return stem
        entity = self._by_short[found.group()]
        before, after = stem[: found.start()], stem[found.end() :]
        if before.count('"') % 2 or _named(entity, stem) or _shared(entity.name, answers):
            return stem
        told = _joined(before, entity) + after
        return told if len(_WORD.findall(told)) <= LONGEST else stem


def _named(entity: Entity, stem: str) -> bool:
    """Whether the stem has the entity's name, or another that stands for it."""
    plain = f" {fold(stem)} "
    names = (entity.record.name, *entity.record.aliases)
    return any(f" {fold(name)} " in plain for name in names if not name.isupper())


def _shared(name: str, answers: Iterable[str]) -> bool:
    telling = {word for word in fold(name).split() if len(word) > 3}
    return any(telling & set(fold(answer).split()) for answer in answers)


def _joined(before: str, entity: Entity) -> str:
    """The words before an acronym and its introduction, with the article that the name takes there."""
    last = before.split()[-1:] or [""]
    word = last[0].casefold()
    if word in ("a", "an"):
        fits = "an" if entity.name[0].casefold() in "aeiou" else "a"
        kept = before.rstrip()[: -len(word)]
        return f"{kept}{capital(fits) if last[0][0].isupper() else fits} {entity.label}"
    owned = word.endswith(("'s", "’s", "s'", "s’"))
    article = "" if word in _DETERMINERS or owned else entity.article
    return before + (article + entity.label if before else capital(article + entity.label))
