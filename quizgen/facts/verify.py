"""Checking every citation against the texts of the sources."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.base.files import is_folder, read_text
from quizgen.base.problems import Problem
from quizgen.facts import evidence, ledger, passages

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack
    from quizgen.facts.passages import Passage
    from quizgen.facts.schema import CiteRecord
    from quizgen.facts.yaml_file import Loc


@dataclass(frozen=True, slots=True)
class Result:
    """What came of a verification: the ledger's entries as they should now be, and what failed."""

    entries: list[ledger.Entry]
    problems: list[Problem]
    citations: int
    fresh: int
    # Entries that stay as they were, though nothing confirmed them: their text is missing, or has changed.
    kept: int = 0


class Texts:
    """The sources' texts, `<source id>.txt` in one folder, each read once; and which of them are missing."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.problems: list[Problem] = []
        self.blocks = cache(self._blocks)

    def _blocks(self, source: str) -> list[str] | None:
        path = self.folder / f"{source}.txt"
        text, problems = read_text(path, str(path))
        hint = f"put the text of the source {source!r} there"
        self.problems += (replace(problem, hint=hint) for problem in problems)
        return None if text is None else passages.paragraphs(text)


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
    changed since it was verified is a problem, unless `renew` says that a person has read it again. What
    cannot be looked at, because a text or the ledger cannot be read, is a problem and changes no entry.
    `advance` is called for each fact, so that a person can see how far it is.
    """
    old, problems = ledger.read(ledger.ledger_path(pack))
    if not is_folder(texts):
        message = "there is no such folder, or it may not be read"
        hint = "name the folder with the sources' texts"
        problems.append(Problem(str(texts), 0, 0, "--texts", message, hint))
    if problems:
        return Result(old or [], problems, 0, 0)
    library = Texts(texts)
    run = _Run({entry.key: entry for entry in old or ()}, today, renew)
    citations = 0
    for fact in pack.facts.values():
        advance()
        citations += len(fact.record.cites)
        run.fact(fact, library)
    return Result(run.entries, [*library.problems, *run.problems], citations, run.fresh, run.kept)


@dataclass(slots=True)
class _Run:
    """One verification, as far as it has come."""

    known: dict[ledger.Key, ledger.Entry]
    day: str
    renew: bool
    entries: list[ledger.Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    fresh: int = 0
    kept: int = 0

    def fact(self, fact: Fact, library: Texts) -> None:
        """Look at one fact's citations."""
        found, wrong, unread = _passages(fact, library)
        keys = [ledger.key(fact, index) for index in range(len(found))]
        if unread:
            before = [self.known[key] for key in keys if key in self.known]
            self.entries += before
            self.kept += len(before)
        else:
            wrong += [
                fact.origin.problem(("cites", index), message, hint)
                for index, message, hint in evidence.faults(fact, found)
            ]
            for index, passage in enumerate(found):
                if passage is not None and not wrong:
                    self.record(fact, index, keys[index], passage)
        self.problems += wrong

    def record(self, fact: Fact, index: int, key: ledger.Key, passage: Passage) -> None:
        """Enter a passage that holds."""
        before = self.known.get(key)
        if before is not None and before.passage == passage.digest:
            self.entries.append(before)
        elif before is not None and not self.renew:
            message = f"the passage's words changed since {before.checked}"
            hint = "read it again, then run `quizgen verify` with --renew"
            self.problems.append(fact.origin.problem(("cites", index), message, hint))
            # It stays as it was read, or the next run would take it for a new one.
            self.entries.append(before)
            self.kept += 1
        else:
            self.fresh += 1
            self.entries.append(ledger.Entry(*key, passage.digest, self.day))


def _passages(fact: Fact, library: Texts) -> tuple[list[Passage | None], list[Problem], bool]:
    """Each citation's passage, None where it is not in the text; and whether a text could not be read."""
    found: list[Passage | None] = []
    problems: list[Problem] = []
    unread = False
    for index, cite in enumerate(fact.record.cites):
        blocks = library.blocks(cite.source)
        if blocks is None:
            unread = True
            found.append(None)
            continue
        passage, fault = _passage(cite, blocks)
        if fault is not None:
            way, message, hint = fault
            problems.append(fact.origin.problem(("cites", index, *way), message, hint))
        found.append(passage)
    return found, problems, unread


def _passage(cite: CiteRecord, blocks: list[str]) -> tuple[Passage | None, tuple[Loc, str, str] | None]:
    """The passage that a citation names in its source's text, and what is wrong with the naming."""
    number = cite.paragraph
    if number > len(blocks):
        message = f"{cite.source!r} has {len(blocks)} paragraphs, and paragraph {number} is cited"
        return None, (("paragraph",), message, "count on blank lines, from 1")
    passage, fault = passages.find(blocks[number - 1], cite.start, cite.end)
    if passage is None:
        message = f"the passage is not in paragraph {number} of {cite.source!r}: {fault}"
        elsewhere = [n for n, block in enumerate(blocks, 1) if passages.find(block, cite.start, cite.end)[0]]
        hint = f"it is in paragraph {elsewhere[0]}" if elsewhere else "copy the words as they stand there"
        return None, ((), message, hint)
    earlier = passages.occurs_before(blocks, number, cite.start)
    if earlier is not None:
        message = f"{cite.start!r} stands in paragraph {earlier} already, so the link would open there"
        return passage, (("start",), message, "begin with words that stand only here")
    return passage, None
