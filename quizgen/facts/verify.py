"""Checking every citation against the texts of the sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.base.files import read_text
from quizgen.base.problems import Problem
from quizgen.facts import evidence, ledger, passages

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack
    from quizgen.facts.passages import Passage


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a verification: the ledger's entries as they should now be, and what failed."""

    entries: list[ledger.Entry]
    problems: list[Problem]
    citations: int
    fresh: int


class Texts:
    """The sources' texts, `<source id>.txt` in one folder, each read once."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.blocks = cache(self._blocks)

    def _blocks(self, source: str) -> tuple[list[str] | None, list[Problem]]:
        path = self.folder / f"{source}.txt"
        text, problems = read_text(path, str(path))
        return (None if text is None else passages.paragraphs(text)), problems


def verify(
    pack: Pack,
    texts: Path,
    today: str,
    *,
    renew: bool = False,
    advance: Callable[[], None] = lambda: None,
) -> Result:
    """Find each citation's passage and the answer in it.

    `today` (ISO 8601) dates new entries; an entry that still holds keeps its day. A passage whose words
    changed since it was verified is a problem, unless `renew` says that a person has read it again.
    `advance` is called for each fact, so that a person can see how far it is.
    """
    old, problems = ledger.read(ledger.ledger_path(pack))
    known = {(entry.fact, entry.source, entry.paragraph, entry.claim): entry for entry in old or ()}
    library = Texts(texts)
    entries: list[ledger.Entry] = []
    fresh = citations = 0
    for fact in pack.facts.values():
        advance()
        found, wrong = _passages(fact, library)
        wrong += [
            fact.origin.problem(("cites", index), message, hint)
            for index, message, hint in evidence.faults(fact, found)
        ]
        citations += len(found)
        problems += wrong
        for index, passage in enumerate(found):
            if passage is None or wrong:
                continue
            cite = fact.record.cites[index]
            key = (fact.id, cite.source, cite.paragraph, ledger.claim(fact, index))
            before = known.get(key)
            if before is not None and before.passage == passage.digest:
                entries.append(before)
            elif before is not None and not renew:
                message = f"the passage's words changed since {before.checked}"
                hint = "read it again, then run `quizgen verify --renew`"
                problems.append(fact.origin.problem(("cites", index), message, hint))
            else:
                fresh += 1
                entries.append(ledger.Entry(*key, passage.digest, today))
    return Result(entries, problems, citations, fresh)


def _passages(fact: Fact, library: Texts) -> tuple[list[Passage | None], list[Problem]]:
    """Each citation's passage, None where it is not in the text."""
    found: list[Passage | None] = []
    problems: list[Problem] = []
    for index, cite in enumerate(fact.record.cites):
        blocks, missing = library.blocks(cite.source)
        passage = None
        way = ("cites", index)
        if blocks is None:
            hint = "put the source's text there, named by its id"
            problems += [fact.origin.problem(way, f"{p.path}: {p.message}", hint) for p in missing]
        elif cite.paragraph > len(blocks):
            message = f"{cite.source!r} has {len(blocks)} paragraphs, and paragraph {cite.paragraph} is cited"
            problems.append(fact.origin.problem((*way, "paragraph"), message, "count on blank lines, from 1"))
        else:
            passage, fault = passages.find(blocks[cite.paragraph - 1], cite.start, cite.end)
            if passage is None:
                message = f"the passage is not in paragraph {cite.paragraph} of {cite.source!r}: {fault}"
                problems.append(fact.origin.problem(way, message, "copy the words as they stand there"))
            elif (earlier := passages.occurs_before(blocks, cite.paragraph, cite.start)) is not None:
                message = (
                    f"{cite.start!r} stands in paragraph {earlier} already, so the link would open there"
                )
                problems.append(
                    fact.origin.problem((*way, "start"), message, "begin with words that stand only here")
                )
        found.append(passage)
    return found, problems
