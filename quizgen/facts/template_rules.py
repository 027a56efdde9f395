"""What is wrong with a template's English, whatever fact fills it: one that can make bad items only."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from quizgen.base import questions
from quizgen.facts import templates
from quizgen.items.item import ItemType

if TYPE_CHECKING:
    from quizgen.facts.schema import PropertyRecord, TemplateRecord

_SLOT = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
_ARTICLE = re.compile(r"\b(an?) \{\{ *answer\b", re.IGNORECASE)
# The first question word decides what can answer it. "Which agreement" leaves that to the noun.
_ASKED = (
    (re.compile(r"\bhow many\b", re.IGNORECASE), "how many", ("number",)),
    (re.compile(r"\bwho(?:m|se)?\b", re.IGNORECASE), "who", ("entity", "entities", "text")),
    (re.compile(r"\b(?:when|(?:which|what) year)\b", re.IGNORECASE), "when", ("date", "period", "text")),
    (re.compile(r"\bwhere\b", re.IGNORECASE), "where", ("entity", "entities", "text")),
)


_PLAIN = re.compile(r"\{\{ *subject *\}\}")
# Forms of the subject that do not say which one it is.
_NOT_THE_NAME = frozenset({"type", "plural", "be", "was"})


def english_faults(prop: PropertyRecord, template: TemplateRecord, text: str) -> Iterator[tuple[str, str]]:
    """Why no item of a template could be kept, and what to do about it."""
    plain = _SLOT.sub("X", text).strip()
    if template.type in (ItemType.CLOZE, ItemType.BOOLEAN):
        yield from statement_faults(text)
        return
    if not plain.endswith("?"):
        yield "a question ends with a question mark", "end it with '?'"
    article = questions.ends_in_article(_SLOT.sub("", text))
    if article is not None and not text.rstrip(" ?").endswith("}"):
        yield (
            f"the question ends in {article!r}, which tells how the answer begins",
            "end it with a whole phrase",
        )
    word = questions.negative(plain)
    if word is not None:
        yield f"the question is negative: {word!r}", "ask for what is so"
    if questions.yes_no(plain):
        message = "the question can be answered with yes or no"
        yield message, "ask with who, what, when, where or how many, or take `type: boolean`"
    if questions.unfocused(plain):
        yield "the question does not say what it asks", "ask one thing, so that it needs no options"
    yield from _about(template, text)
    yield from _asked(prop, template, plain)


def statement_faults(text: str) -> Iterator[tuple[str, str]]:
    """What is wrong with a sentence in which the answer has its place."""
    if not _SLOT.sub("X", text).strip().endswith((".", "!", '."', ".”")):
        yield "a statement ends with a full stop", "end it with '.'"
    found = _ARTICLE.search(text)
    if found is not None:
        message = f"{found[1].casefold()!r} stands before the answer and tells how it begins"
        yield message, "word it so that no 'a' or 'an' comes before {{ answer }}"


def _about(template: TemplateRecord, text: str) -> Iterator[tuple[str, str]]:
    """A question names what it is about, unless that is the answer."""
    shown = templates.compiled(text)
    forms = {form for slot, form in shown.forms if slot == "subject"}
    whole = "subject" in shown.slots and (not forms <= _NOT_THE_NAME or _PLAIN.search(text) is not None)
    if template.answer == "subject" and whole:
        yield (
            "the question names its answer, the subject",
            "leave {{ subject }} out; {{ subject.type }} may stay",
        )
    elif template.answer != "subject" and not whole:
        yield "the question does not say what it is about", "put {{ subject }} into it"


def _asked(prop: PropertyRecord, template: TemplateRecord, plain: str) -> Iterator[tuple[str, str]]:
    """The question word fits the kind of answer."""
    if template.answer == "subject":
        return
    value = "date" if template.answer in ("year", "from", "to") else prop.value
    kind = "a date" if value == "date" else f"an {value}" if value[0] in "aeiou" else f"a {value}"
    found = sorted(
        (match.start(), word, fits) for asks, word, fits in _ASKED if (match := asks.search(plain))
    )
    for _, word, fits in found[:1]:
        if value not in fits:
            yield f"{word!r} asks for something else than {kind}", "ask with the word that the answer fits"
