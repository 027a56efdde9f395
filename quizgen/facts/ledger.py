"""The ledger: what was verified, against which words, and when. It is committed beside the facts."""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from quizgen.base.problems import Problem
from quizgen.facts.values import identity

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack

FORMAT = "quizgen/ledger@1"


@dataclass(frozen=True, slots=True, order=True)
class Entry:
    """One verified citation. `claim` and `passage` are SHA-256 digests, `checked` a day in ISO 8601."""

    fact: str
    source: str
    paragraph: int
    claim: str
    passage: str
    checked: str


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


def read(path: Path) -> tuple[list[Entry] | None, list[Problem]]:
    """The ledger's entries; None where there is no ledger, or none that can be used."""
    try:
        raw: Any = json.loads(path.read_text("utf-8"))
        if raw["format"] != FORMAT:
            raise ValueError(raw["format"])
        return [Entry(**entry) for entry in raw["entries"]], []
    except FileNotFoundError:
        return None, []
    except (OSError, ValueError, KeyError, TypeError):
        hint = "remove it and run `quizgen verify --texts DIR` again"
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
    hint = "run `quizgen verify --texts DIR`"
    if entries is None:
        if not pack.facts:
            return []
        count = sum(len(fact.record.cites) for fact in pack.facts.values())
        return [
            Problem(str(path), 0, 0, "", f"there is no ledger: {count} citations were never verified", hint)
        ]
    known = {(entry.fact, entry.source, entry.paragraph, entry.claim) for entry in entries}
    places = {(entry.fact, entry.source) for entry in entries}
    for fact in pack.facts.values():
        for index, cite in enumerate(fact.record.cites):
            if (fact.id, cite.source, cite.paragraph, claim(fact, index)) in known:
                continue
            changed = (fact.id, cite.source) in places
            message = (
                "the citation or its answer changed since it was verified" if changed else "never verified"
            )
            problems.append(fact.origin.problem(("cites", index), message, hint))
    return problems
