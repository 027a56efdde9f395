"""The ledger: what was verified, against which words, and when. It is committed beside the facts."""

from __future__ import annotations

import hashlib
import json
import shlex
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen.base.files import is_folder, read_text
from quizgen.base.problems import Problem
from quizgen.facts.values import identity

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack

FORMAT = "quizgen/ledger@1"

Key = tuple[str, str, int, str]


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One verified citation. `claim` and `passage` are SHA-256 digests, `checked` a day in ISO 8601."""

    fact: str
    source: str
    paragraph: int
    claim: str
    passage: str
    checked: str

    @property
    def key(self) -> Key:
        """What the entry says was verified."""
        return (self.fact, self.source, self.paragraph, self.claim)


def ledger_path(pack: Pack) -> Path:
    """Where a pack's ledger is: in its folder, or beside it where the pack is one file."""
    root = pack.root
    return root / "ledger.json" if root.is_dir() else root.with_name(f"{root.stem}.ledger.json")


def claim(fact: Fact, index: int) -> str:
    """The digest of all that one citation is to show: change any of it, and it must be verified again."""
    record = fact.record
    cite = record.cites[index]
    derived = record.derived
    said = [
        [cite.source, cite.paragraph, cite.start, cite.end, cite.says],
        [identity(value) for value in fact.values],
        None if derived is None else [derived.rule, list(derived.words)],
    ]
    return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()


def verify_command(pack: Pack) -> str:
    """The command that brings a pack's ledger up to date."""
    return f"quizgen verify {shlex.quote(str(pack.root))} --texts DIR"


def key(fact: Fact, index: int) -> Key:
    """What one of a fact's citations says now: see `Entry.key`."""
    cite = fact.record.cites[index]
    return (fact.id, cite.source, cite.paragraph, claim(fact, index))


def read(path: Path) -> tuple[list[Entry] | None, list[Problem]]:
    """The ledger's entries; None where there is no ledger, or none that can be used."""
    if not path.exists():
        return None, []
    text, problems = read_text(path, str(path))
    if is_folder(path):
        return None, [replace(problem, hint="move it away: the ledger goes there") for problem in problems]
    if text is None:
        return None, problems
    try:
        raw: Any = json.loads(text)
        if raw["format"] != FORMAT:
            raise ValueError(raw["format"])
        return [Entry(**entry) for entry in raw["entries"]], []
    except (ValueError, KeyError, TypeError, RecursionError):
        hint = "remove it, and run `quizgen verify` again"
        return None, [Problem(str(path), 0, 0, "", f"this is no ledger of the format {FORMAT}", hint)]


def dump(entries: list[Entry]) -> bytes:
    """The ledger as JSON, one citation a line, in a fixed order."""
    fields = Entry.__slots__
    lines = [
        json.dumps({name: getattr(entry, name) for name in fields}, ensure_ascii=False)
        for entry in sorted(entries)
    ]
    body = ",\n".join(f"  {line}" for line in lines)
    return f'{{"format": "{FORMAT}", "entries": [\n{body}\n]}}\n'.encode()


def unverified(pack: Pack) -> list[Problem]:
    """Each citation that the ledger does not know, or that has changed since it was verified."""
    path = ledger_path(pack)
    entries, problems = read(path)
    if problems:
        return problems
    hint = f"run `{verify_command(pack)}`"
    if entries is None:
        if not pack.facts:
            return []
        count = sum(len(fact.record.cites) for fact in pack.facts.values())
        never = f"{count} citation{' was' if count == 1 else 's were'} never verified"
        return [Problem(str(path), 0, 0, "", f"there is no ledger: {never}", hint)]
    known = {entry.key for entry in entries}
    places = {(entry.fact, entry.source) for entry in entries}
    for fact in pack.facts.values():
        for index, cite in enumerate(fact.record.cites):
            if key(fact, index) in known:
                continue
            changed = (fact.id, cite.source) in places
            message = (
                "the citation or its answer changed since it was verified" if changed else "never verified"
            )
            problems.append(fact.origin.problem(("cites", index), message, hint))
    return problems
