"""Question templates: words, and slots for what a fact says.

A template is Jinja's syntax. One with nothing but slots, as nearly all are, is taken apart here and filled by
joining strings: a tenth of the time, and Jinja need not even be imported. Anything more goes to
`quizgen.facts.sandbox`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache

from quizgen.base.text import squeeze
from quizgen.facts.slots import SLOTS

Part = str | tuple[str, str]

_SLOT = re.compile(r"\{\{ *([a-z_]+)(?:\.([A-Za-z]+))? *\}\}")


@dataclass(frozen=True, slots=True)
class Template:
    """A template ready to be filled: the slots and forms that it uses, and whether it begins with words."""

    # Words, and (slot, form) for each slot; or what fills a template that has conditions.
    parts: tuple[Part, ...] | Callable[..., str]
    slots: frozenset[str]
    forms: frozenset[tuple[str, str]]
    starts_with_words: bool

    def fill(self, context: Mapping[str, object]) -> str:
        """The template's words with the slots' words in their places."""
        if callable(self.parts):
            return self.parts(context)
        return "".join(
            [part if isinstance(part, str) else _form(context[part[0]], part[1]) for part in self.parts]
        )


def _form(slot: object, form: str) -> str:
    return getattr(slot, form) if form else str(slot)


@cache
def compiled(text: str) -> Template:
    """The template that `text` is. It must be sound: see `fault`."""
    parts = _flat(text)
    starts_with_words = not text.lstrip().startswith("{{")
    if parts is None:
        from quizgen.facts.sandbox import render_of

        return Template(*render_of(text), starts_with_words)
    asked = frozenset(part for part in parts if isinstance(part, tuple))
    forms = frozenset(part for part in asked if part[1])
    return Template(parts, frozenset(slot for slot, _ in asked), forms, starts_with_words)


def fault(text: str) -> tuple[str, str] | None:
    """What is wrong with a template and what to do about it, or None."""
    if _flat(text) is not None:
        return None
    from quizgen.facts import sandbox

    return sandbox.fault(text)


def _flat(text: str) -> tuple[Part, ...] | None:
    """A template's words and slots in turn, where it is made of nothing else and every slot is known."""
    pieces = _SLOT.split(squeeze(text))
    parts: list[Part] = []
    for words, slot, form in zip(pieces[::3], [*pieces[1::3], ""], [*pieces[2::3], ""], strict=True):
        if "{" in words or "}" in words:
            return None
        if words:
            parts.append(words)
        if slot:
            if slot not in SLOTS or (form and form not in SLOTS[slot]):
                return None
            parts.append((slot, form or ""))
    return tuple(parts)
