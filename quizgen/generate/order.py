"""Study order: essential before detail, easy before hard, early before late.

A learner goes through the topics three times: their essential facts first, then the easier details, then the
harder ones (a spiral curriculum, Bruner 1960). In a topic time runs forward. What has no date of its own
stands right after its subject's first date, or at the topic's beginning: it is background. A set comes after
its facts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from quizgen.base.dates import PartialDate
from quizgen.facts.values import Period

if TYPE_CHECKING:
    from quizgen.facts.model import Fact, Pack
    from quizgen.items.item import Item

HARD = 0.5
"""From which mean difficulty on a fact's items wait for the third round."""

_Date = tuple[int, int, int]
_BEFORE_ALL: _Date = (0, 0, 0)
_When = tuple[_Date, int]
_OWN, _OF_SUBJECT, _OF_SET = range(3)
# Round, place of the topic, date and whose it is, mean difficulty: what is compared, in that order.
_Rank = tuple[int, int, _When, float]


def in_study_order(groups: Sequence[Sequence[Item]], pack: Pack) -> list[Item]:
    """The items, those of one fact or set together as they came; each group has at least one."""
    topics = {topic: place for place, topic in enumerate(pack.topics)}
    subjects = _first_dates(pack)
    ranks = {
        group[0].facts[0]: _rank(group, topics, _when(pack.facts[group[0].facts[0]], subjects))
        for group in groups
        if len(group[0].facts) == 1
    }
    ordered = sorted(groups, key=lambda group: _rank_of(group, ranks, topics))
    return [item for group in ordered for item in group]


def _rank_of(group: Sequence[Item], ranks: Mapping[str, _Rank], topics: Mapping[str, int]) -> _Rank:
    facts = group[0].facts
    if len(facts) == 1:
        return ranks[facts[0]]
    known = [ranks[fact] for fact in facts if fact in ranks]
    last = max((rank[2][0] for rank in known), default=_BEFORE_ALL)
    turn, topic, when, level = _rank(group, topics, (last, _OF_SET))
    turn = max((rank[0] for rank in known), default=turn)
    topic = max([topic, *(rank[1] for rank in known if rank[0] == turn)])
    return (turn, topic, when, level)


def _rank(group: Sequence[Item], topics: Mapping[str, int], when: _When) -> _Rank:
    level = sum(item.difficulty.level for item in group) / len(group)
    turn = 0 if group[0].essential else 1 if level < HARD else 2
    return (turn, topics[group[0].topic], when, level)


def _first_dates(pack: Pack) -> dict[str, _Date]:
    """For each entity the earliest date that the pack states of it."""
    found: dict[str, _Date] = {}
    for fact in pack.facts.values():
        own = _own_date(fact)
        if own is not None:
            found[fact.about.id] = min(found.get(fact.about.id, own), own)
    return found


def _when(fact: Fact, subjects: Mapping[str, _Date]) -> _When:
    own = _own_date(fact)
    if own is None and fact.as_of is not None:
        own = fact.as_of.first
    return (own, _OWN) if own else (subjects.get(fact.about.id, _BEFORE_ALL), _OF_SUBJECT)


def _own_date(fact: Fact) -> _Date | None:
    match fact.values[0]:
        case PartialDate() as date:
            return date.first
        case Period(start=start):
            return start.first
        case _:
            return None
