"""One fact and one template make one item, or a reason why not."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import TYPE_CHECKING, Required, TypedDict, assert_never

from quizgen.base.dates import PartialDate
from quizgen.base.numbers import leading, spoken
from quizgen.base.text import fold
from quizgen.facts.values import Entity, Period, Quantity, Value, identity, shown
from quizgen.facts.views import BLANK, capital
from quizgen.generate import wording
from quizgen.generate.difficulty import estimate
from quizgen.generate.distract import Asked, distractors
from quizgen.generate.draw import Draw
from quizgen.generate.links import reference
from quizgen.items.item import Difficulty, Item, ItemType, Moment, Skipped, SourceRef

if TYPE_CHECKING:
    from collections.abc import Sequence

    from quizgen.facts.model import Fact
    from quizgen.facts.schema import TemplateRecord
    from quizgen.generate.base import Base

OPTIONS = 3
"""How many options a choice item has (Rodriguez 2005: three are optimal)."""

CENTRAL = 5
"""From how many facts on a thing is central to its pack."""

MULTI_OPTIONS = 6
"""How many options an item with several right ones has at most."""


class _Shared(TypedDict):
    """The part of an item that comes from its fact."""

    explanation: str
    facts: tuple[str, ...]
    kind: str
    topic: str
    tags: tuple[str, ...]
    as_of: str | None
    attributed_to: str | None
    sources: tuple[SourceRef, ...]
    essential: bool
    moment: Moment | None


class _Asked(TypedDict, total=False):
    """The part of an item that comes from its template."""

    stem: Required[str]
    key: Required[tuple[str, ...]]
    difficulty: Required[Difficulty]
    options: tuple[str, ...]
    accepted: tuple[str, ...]


class SkippedError(Exception):
    """Why an item is not made."""


@dataclass
class Maker:
    """Makes the items of one fact."""

    base: Base
    fact: Fact
    seed: int
    horizon: int

    @cached_property
    def shared(self) -> _Shared:
        """What all items of the fact share."""
        fact, record = self.fact, self.fact.record
        sources = self.base.pack.sources
        told = wording.statement(fact)
        return {
            "explanation": f"{told} {record.explanation}" if record.explanation else told,
            "facts": (fact.id,),
            "kind": fact.prop.id,
            "topic": record.topic,
            "tags": (*record.tags, *(("essential",) if record.essential else ())),
            "as_of": None if fact.as_of is None else str(fact.as_of),
            "attributed_to": None if fact.holder is None else fact.holder.label,
            "sources": tuple(reference(sources[cite.source], cite) for cite in record.cites),
            "essential": record.essential,
            "moment": _moment(fact),
        }

    def item(self, template: TemplateRecord) -> Item | Skipped:
        """The item that the template makes of the fact."""
        name = f"{self.fact.id}/{template.id}"
        try:
            self._wanted(template)
            asked = self._ask(template, name)
        except SkippedError as reason:
            return Skipped(name, str(reason))
        asked["stem"] = self.base.acronyms.introduced(
            asked["stem"], (*asked["key"], *asked.get("accepted", ()))
        )
        return Item(id=name, type=template.type, slot=template.slot, **self.shared, **asked)

    @cached_property
    def planned(self) -> bool:
        """Whether the fact lies ahead: asked once, and not of each template."""
        return wording.planned(self.fact, self.horizon)

    def _wanted(self, template: TemplateRecord) -> None:
        if template.id in self.fact.record.skip:
            raise SkippedError("the fact leaves this template out")
        if self.planned:
            raise SkippedError("it lies after the deck's revision, and the pattern tells it as done")
        for need in template.needs:
            has = self.fact.about.record.short if need == "short" else getattr(self.fact.record, need)
            if has is None:
                raise SkippedError(f"the template needs {need!r}, which the fact lacks")

    def _ask(self, template: TemplateRecord, name: str) -> _Asked:
        match template.type:
            case ItemType.CHOICE:
                return self._choice(template, Draw(self.seed, name))
            case ItemType.MULTI:
                return self._multi(template, Draw(self.seed, name))
            case ItemType.BOOLEAN:
                return self._boolean(template, Draw(self.seed, name))
            case ItemType.TYPED:
                key = self._part(template)
                stem = self._stem(template, key)
                accepted = self._accepted(key)
                hard = self._difficulty(template.type, [key])
                return {"stem": stem, "key": (shown(key),), "accepted": accepted, "difficulty": hard}
            case ItemType.CLOZE:
                return self._cloze(template)
            case ItemType.ORDER | ItemType.MATCH:
                raise AssertionError(template)  # `check` refuses such a template
            case _:
                assert_never(template.type)

    def _difficulty(self, kind: ItemType, keys: Sequence[Value], wrong: Sequence[Value] = ()) -> Difficulty:
        central = self.base.facts_about[self.fact.about.id] >= CENTRAL
        return estimate(kind, self.fact, keys, wrong, central=central)

    def _part(self, template: TemplateRecord) -> Value:
        key = wording.part(self.fact, template.answer)
        if key is None:
            raise SkippedError(f"the fact has no part {template.answer!r}")
        return key

    def _stem(self, template: TemplateRecord, *keys: Value) -> str:
        stem = wording.question(self.fact, template)
        if stem is None:
            raise SkippedError("neither the template nor the fact has words for it")
        for key in keys:
            _refuse_given_away(stem, key)
        return stem

    def _accepted(self, key: Value) -> tuple[str, ...]:
        own = () if isinstance(key, PartialDate) else self.fact.record.accept
        return tuple(dict.fromkeys((*wording.names(key), *own)))

    def _choice(self, template: TemplateRecord, draw: Draw) -> _Asked:
        key = self._part(template)
        subject = template.answer == "subject"
        if subject and self.base.subjects(self.fact) > 1:
            raise SkippedError("more than one thing fits")
        stem = self._stem(template, key)
        wrong = self._wrong(key, OPTIONS - 1, draw, subject=subject)
        if len(wrong) < OPTIONS - 1:
            raise SkippedError(
                f"{_known(wrong)} known to be wrong, and {OPTIONS - 1} are needed: see `wrong`"
            )
        return {
            "stem": stem,
            "options": _options([key, *wrong], draw),
            "key": (_option(key),),
            "difficulty": self._difficulty(template.type, [key], wrong),
        }

    def _multi(self, template: TemplateRecord, draw: Draw) -> _Asked:
        keys = self.fact.values
        if not self.fact.closed:
            raise SkippedError("the list is not complete")
        if not 2 <= len(keys) < MULTI_OPTIONS:
            raise SkippedError(f"{len(keys)} right options, and 2 to {MULTI_OPTIONS - 1} are wanted")
        stem = self._stem(template)
        wrong: list[Value] = []
        for key in keys:
            for other in self._wrong(key, 3, draw):
                if identity(other) not in map(identity, (*keys, *wrong)):
                    wrong.append(other)
        wrong = wrong[: min(3, MULTI_OPTIONS - len(keys))]
        if len(wrong) < 2:
            raise SkippedError(f"{_known(wrong)} known to be wrong, and 2 are needed: see `wrong`")
        options = _options([*keys, *wrong], draw)
        right = {_option(key) for key in keys}
        return {
            "stem": stem,
            "options": options,
            "key": tuple(name for name in options if name in right),
            "difficulty": self._difficulty(template.type, keys, wrong),
        }

    def _boolean(self, template: TemplateRecord, draw: Draw) -> _Asked:
        key = self._part(template)
        told = wording.claim(self.fact, template, key)
        if self.fact.holder is not None or _quoted(told, key):
            raise SkippedError("a false form would put words into somebody's mouth")
        # The swap hangs on the fact alone, so that another fact can never change a statement.
        swap = self._swap(key, draw)
        if swap is None:
            raise SkippedError("no false form is known")
        truth = draw.below(2, "truth") == 0
        stem = told if truth else wording.claim(self.fact, template, swap)
        return {
            "stem": stem,
            "options": ("True", "False"),
            "key": ("True" if truth else "False",),
            "difficulty": self._difficulty(template.type, [key], [swap]),
        }

    def _swap(self, key: Value, draw: Draw) -> Value | None:
        """A value near the key that is known to be false."""
        if not self.fact.closed:
            return None
        wrong = [value for value in self.fact.wrong if type(value) is type(key)]
        if wrong:
            first = draw.shuffled(wrong, identity, "swap")[0]
            precise = isinstance(key, PartialDate) and key.month is None and isinstance(first, PartialDate)
            return PartialDate(first.year) if precise and isinstance(first, PartialDate) else first
        if isinstance(key, PartialDate) and key.month is None:
            steps = [step for step in (-4, -3, -2, 2, 3, 4) if key.year + step <= max(self.horizon, key.year)]
            return PartialDate(key.year + draw.some(steps, 1, "swap")[0])
        if isinstance(key, Quantity):
            return next(iter(self._wrong(key, 1, draw)), None)
        if isinstance(key, Entity):
            known = self.base.pack.entities
            others = [known[name] for name in key.record.confusable if known[name].type == key.type]
            others = [other for other in others if not self.base.is_true(self.fact, other)]
            return draw.shuffled(others, identity, "swap")[0] if others else None
        return None

    def _wrong(self, key: Value, count: int, draw: Draw, *, subject: bool = False) -> list[Value]:
        """At most `count` options that are known to be wrong."""
        return distractors(Asked(self.base, self.fact, key, draw, self.horizon), count, subject=subject)

    def _cloze(self, template: TemplateRecord) -> _Asked:
        if len(self.fact.values) != 1:
            raise SkippedError("a list leaves more than one blank")
        stem = wording.cloze(self.fact, template)
        value = self.fact.values[0]
        hidden: tuple[Value, ...] = (value.start, value.end) if isinstance(value, Period) else (value,)
        if stem.count(BLANK) != len(hidden):
            raise SkippedError(f"{stem.count(BLANK)} blanks for {len(hidden)} hidden texts")
        for key in hidden:
            _refuse_given_away(stem, key)
        accepted = dict.fromkeys(name for key in hidden for name in self._accepted(key))
        # The unit stands behind the blank.
        keys = [spoken(key.number) if isinstance(key, Quantity) else shown(key) for key in hidden]
        hard = self._difficulty(template.type, hidden)
        others = dict.fromkeys(name for name in (*map(shown, hidden), *accepted) if name not in keys)
        return {"stem": stem, "key": tuple(keys), "accepted": tuple(others), "difficulty": hard}


def _moment(fact: Fact) -> Moment | None:
    """When a dated fact took place; None for one without a date, and for a date that somebody claims."""
    value = fact.values[0]
    if fact.holder is not None or len(fact.values) > 1:
        return None
    match value:
        case PartialDate():
            return Moment(wording.happening(fact), str(value))
        case Period():
            return Moment(wording.happening(fact), str(value.start), str(value.end))
        case _:
            return None


def _quoted(statement: str, key: Value) -> bool:
    """Whether a statement gives the answer between quotation marks."""
    before, found, _ = statement.partition(shown(key))
    return bool(found) and (before.count('"') % 2 == 1 or before.count("“") > before.count("”"))


def _known(wrong: list[Value]) -> str:
    return f"{len(wrong) or 'no'} option{' is' if len(wrong) == 1 else 's are'}"


def _refuse_given_away(stem: str, key: Value) -> None:
    """Raise SkippedError where an answer, or its alias, stands in the question."""
    plain = stem.casefold() if stem.isascii() else None
    for form in (shown(key), *wording.names(key)):
        # Nearly always a plain search tells that it doesn't; folding takes ten times as long.
        mark = _mark(form)
        if plain is not None and mark and mark not in plain:
            continue
        if f" {fold(form)} " in f" {fold('x ' + stem)} ":
            raise SkippedError("the answer stands in the question")


@lru_cache(maxsize=4096)
def _mark(form: str) -> str:
    """The longest run of letters or digits, which a text with the form must hold; "" for foreign letters."""
    return max(re.findall(r"[a-z0-9]+", form.casefold()), key=len, default="") if form.isascii() else ""


def _option(value: Value) -> str:
    """A value as an option: a thing's name stands on a line of its own, and begins with a capital."""
    return capital(shown(value)) if isinstance(value, Entity) else shown(value)


def _options(values: list[Value], draw: Draw) -> tuple[str, ...]:
    """Options as first shown: dates and numbers in order, anything else in an order of chance."""
    ranks = [_rank(value) for value in values]
    if None not in ranks:
        ordered = sorted(zip(ranks, values, strict=True), key=lambda pair: pair[0] or ())
        return tuple(_option(value) for _, value in ordered)
    return tuple(map(_option, draw.shuffled(values, shown, "options")))


def _rank(value: Value) -> tuple[int | float, ...] | None:
    """A value's place in the natural order of its kind, or None where the kind has none."""
    match value:
        case PartialDate():
            return value.first
        case Quantity():
            return (value.number,)
        case Period():
            return (*value.start.first, *value.end.first)
        case str() if (number := leading(value)) is not None:
            return (number,)
        case _:
            return None
