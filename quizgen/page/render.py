"""The page: an introduction, the timeline, the facts by topic with their sources, names, the works cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from quizgen.base.markdown import anchor, link, plain
from quizgen.generate.links import reference
from quizgen.generate.wording import statement
from quizgen.page.timeline import marks

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack
    from quizgen.facts.schema import SourceRecord
    from quizgen.page.timeline import Mark

_TRUST = {
    "primary": "a primary work",
    "reference": "a work of reference",
    "press": "press",
    "commentary": "commentary",
    "weak": "weak",
}


def page(pack: Pack, picture: str) -> str:
    """The whole page as Markdown; `picture` is the file of the timeline, beside it."""
    dated = marks(pack)
    numbers = _numbers(pack)
    parts = [
        *_introduction(pack, numbers),
        *(_timeline(pack, dated, picture) if dated else ()),
        *(block for topic in pack.topics for block in _topic(pack, topic, numbers)),
        *_names(pack),
        *_confusable(pack),
        *_works(pack, numbers),
    ]
    return "\n\n".join(parts) + "\n"


def _facts(pack: Pack, topic: str) -> list[Fact]:
    return [fact for fact in pack.facts.values() if fact.record.topic == topic]


def _numbers(pack: Pack) -> dict[str, int]:
    """The works that are cited, each with its number: that of its first citation on the page."""
    facts = [fact for topic in pack.topics for fact in _facts(pack, topic)]
    cited = dict.fromkeys(cite.source for fact in facts for cite in fact.record.cites)
    return {source: number for number, source in enumerate(cited, 1)}


def _introduction(pack: Pack, numbers: dict[str, int]) -> Iterator[str]:
    record = pack.record
    yield f"# {plain(record.name)}"
    yield "<!-- Written by `quizgen page` from the facts: change those, and write it anew. -->"
    if record.description:
        yield plain(record.description)
    yield (
        f"This page holds {len(pack.facts)} facts from {len(numbers)} works. Those **in bold** are the ones "
        "to begin with. A number after a fact opens the work at the passage that the fact rests on; "
        f"{link('the works', '#works-cited')} stand at the end. What somebody claims stands as that person's "
        "claim, and what was so at a date has its date."
    )
    topics = [(topic.name, len(_facts(pack, topic.id))) for topic in pack.topics.values()]
    yield "\n".join(f"- {link(name, f'#{anchor(name)}')} ({count})" for name, count in topics if count)


def _timeline(pack: Pack, dated: list[Mark], picture: str) -> Iterator[str]:
    yield "## Timeline"
    first, last = dated[0].start.year, max((mark.end or mark.start).year for mark in dated)
    yield f"![{plain(f'{len(dated)} dated facts from {first} to {last}, by topic')}]({picture})"
    yield "The same in words, the essential dates in bold:"
    rows = ["| date | what | topic |", "|---|---|---|"]
    for mark in dated:
        when = mark.start.text if mark.end is None else f"{mark.start.text} to {mark.end.text}"
        topic = pack.topics[mark.topic].name
        what = _strong(plain(mark.words), mark.essential)
        rows.append(f"| {plain(when)} | {what} | {link(topic, f'#{anchor(topic)}')} |")
    yield "\n".join(rows)


def _topic(pack: Pack, topic: str, numbers: dict[str, int]) -> Iterator[str]:
    facts = _facts(pack, topic)
    if facts:
        yield f"## {plain(pack.topics[topic].name)}"
        yield "\n".join(f"- {_fact(fact, pack, numbers)}" for fact in facts)


def _fact(fact: Fact, pack: Pack, numbers: dict[str, int]) -> str:
    told = _strong(plain(statement(fact)), fact.record.essential)
    why = f" {plain(fact.record.explanation)}" if fact.record.explanation else ""
    cites = []
    for cite in fact.record.cites:
        found = reference(pack.sources[cite.source], cite)
        title = f"{found.publisher}: {found.title}, paragraph {found.paragraph}"
        cites.append(link(str(numbers[cite.source]), found.link, title).replace("[\\", "["))
    return f"{told}{why} <sup>{' '.join(cites)}</sup>"


def _strong(markdown: str, strong: bool) -> str:
    return f"**{markdown}**" if strong else markdown


def _names(pack: Pack) -> Iterator[str]:
    """A table of the things that have names in other languages, or letters that stand for them."""
    entities = [entity for entity in pack.entities.values() if entity.record.names]
    if not entities:
        return
    languages = sorted({code for entity in entities for code in entity.record.names})
    heads = [_LANGUAGES.get(code, code) for code in languages]
    rows = [_row(["name", *heads, "also"]), "|---" * (len(heads) + 2) + "|"]
    for entity in sorted(entities, key=lambda entity: entity.label.casefold()):
        also = ", ".join(entity.record.aliases)
        rows.append(_row([entity.label, *(entity.record.names.get(code, "") for code in languages), also]))
    yield "## Names"
    yield "\n".join(rows)


_LANGUAGES = {"ko": "Korean", "ja": "Japanese", "zh": "Chinese", "ru": "Russian", "en": "English"}


def _row(cells: Iterable[str]) -> str:
    return f"| {' | '.join(plain(cell) for cell in cells)} |"


def _confusable(pack: Pack) -> Iterator[str]:
    """What is mistaken for what; each pair once, whichever of the two names the other."""
    told: set[frozenset[str]] = set()
    lines = []
    for entity in pack.entities.values():
        others = [name for name in entity.record.confusable if frozenset((entity.id, name)) not in told]
        told |= {frozenset((entity.id, name)) for name in others}
        if others:
            names = " or ".join(plain(pack.entities[name].label) for name in others)
            lines.append(f"- {plain(entity.label)}: not {names}")
    if lines:
        yield "## Easily confused"
        yield "\n".join(lines)


def _works(pack: Pack, numbers: dict[str, int]) -> Iterator[str]:
    yield "## Works cited"
    yield (
        "A primary work was written by those who acted: a government, a court, a treaty itself. "
        "No fact rests on weak works or on those that a program wrote alone."
    )
    yield "\n".join(f"{number}. {_work(pack.sources[name])}" for name, number in numbers.items())


def _work(work: SourceRecord) -> str:
    who = f"{plain(work.author)}, " if work.author else ""
    when = f", {plain(work.published.text)}" if work.published else ""
    kind = _TRUST[work.trust] + (", written by a program" if work.ai_generated else "")
    note = f" {plain(work.note[:1].upper() + work.note[1:])}." if work.note else ""
    return f"{who}{link(work.title, work.url)}. {plain(work.publisher)}{when} ({kind}).{note}"
