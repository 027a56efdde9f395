"""What a pack measures: its facts by topic, property and trust, and how well they are supported."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from quizgen.base.text import fold
from quizgen.facts import ledger

if TYPE_CHECKING:
    from quizgen.facts.coverage import Row
    from quizgen.facts.ledger import Key
    from quizgen.facts.model import Fact, Pack
    from quizgen.facts.schema import SourceRecord

# The best first: a fact counts under the best of the works that it cites.
TRUSTS = ("primary", "reference", "press", "commentary", "weak", "ai-generated")


@dataclass(frozen=True, slots=True)
class Stats:
    """How many facts there are of each sort; the sums of `topics`, `properties` and `trusts` are `facts`."""

    facts: int
    topics: Mapping[str, int]
    properties: Mapping[str, int]
    trusts: Mapping[str, int]
    essential: int
    two_publishers: int
    """Facts that cite works of two publishers at least."""
    verified: int
    """Facts of which the ledger knows every citation as it stands."""
    paragraphs: int | None
    """Paragraphs of substance in the coverage list: all but furniture. None without a list."""
    covered: int | None
    """Those of them that have facts, or a recorded reason why not."""


def stats(pack: Pack, known: Collection[Key], coverage: Sequence[Row] | None) -> Stats:
    """A pack's measures; `known` is what its ledger says was verified."""
    facts = list(pack.facts.values())
    topics = Counter(fact.record.topic for fact in facts)
    properties = Counter(fact.prop.id for fact in facts)
    trusts = Counter(_best([pack.sources[cite.source] for cite in fact.record.cites]) for fact in facts)
    substance = None if coverage is None else [row for row in coverage if row.of_substance]
    return Stats(
        facts=len(facts),
        topics={name: topics[name] for name in pack.topics},
        properties=dict(sorted(properties.items(), key=lambda pair: (-pair[1], pair[0]))),
        trusts={name: trusts[name] for name in TRUSTS if trusts[name]},
        essential=sum(fact.record.essential for fact in facts),
        two_publishers=sum(len(_publishers(fact, pack)) > 1 for fact in facts),
        verified=sum(_verified(fact, known) for fact in facts),
        paragraphs=None if substance is None else len(substance),
        covered=None if substance is None else sum(row.covered for row in substance),
    )


def _best(works: Sequence[SourceRecord]) -> str:
    return min(("ai-generated" if work.ai_generated else work.trust for work in works), key=TRUSTS.index)


def _publishers(fact: Fact, pack: Pack) -> set[str]:
    """Two spellings that differ in case or punctuation alone are one publisher."""
    return {fold(pack.sources[cite.source].publisher) for cite in fact.record.cites}


def _verified(fact: Fact, known: Collection[Key]) -> bool:
    return all(ledger.key(fact, index) in known for index in range(len(fact.record.cites)))
