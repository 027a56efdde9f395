"""What an update changes for learners, note by note."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from quizgen.upgrade.edition import Card, Edition, Note


class Kind(StrEnum):
    """What happened to a note, the gravest for a learner first."""

    ANSWER = "answer changed"
    REWORDED = "reworded"
    ASKED = "question added"
    UNASKED = "question gone"
    MOVED = "moved"
    DETAILS = "details changed"
    NEW = "new"
    RETURNED = "back again"
    RETIRED = "retired"
    REMOVED = "no longer shipped"


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that happened to a note: to which card (0: to the note), from what to what.

    The words are None where an edition is a lock, which does not hold them.
    """

    kind: Kind
    slot: int = 0
    before: str | None = None
    after: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """What happened to one note.

    `replaced`: an import puts the new note in place of the learner's, whose own tags and personal fields on
    it are lost. `arrives`: the new note is later than the old one; an import would pass over it otherwise.
    """

    note: str
    topic: str
    steps: tuple[Step, ...]
    replaced: bool = False
    arrives: bool = True


@dataclass(frozen=True, slots=True)
class Diff:
    """All that an update changes. `design`: the cards' looks or the note type's texts changed."""

    changes: tuple[Change, ...]
    renamed: tuple[str, str] | None
    design: bool

    @property
    def counts(self) -> dict[Kind, int]:
        """How many notes each kind of change concerns."""
        found = Counter(kind for change in self.changes for kind in {step.kind for step in change.steps})
        return {kind: found[kind] for kind in Kind if found[kind]}

    @property
    def replaced(self) -> tuple[str, ...]:
        """The notes on which an import replaces a learner's own tags and words."""
        return tuple(change.note for change in self.changes if change.replaced and change.arrives)

    @property
    def stuck(self) -> tuple[str, ...]:
        """The notes whose change an import would pass over: they are no later than they were."""
        return tuple(change.note for change in self.changes if not change.arrives)


def diff(old: Edition, new: Edition) -> Diff:
    """What becomes of the notes of `old` for a learner who imports `new`; sorted by kind and id."""
    changes = [_change(name, old.notes.get(name), new.notes.get(name)) for name in {*old.notes, *new.notes}]
    order = list(Kind)
    found = sorted(
        (change for change in changes if change is not None),
        key=lambda change: (order.index(change.steps[0].kind), change.note),
    )
    names = old.decks[""], new.decks[""]
    return Diff(
        tuple(found),
        names if names[0] != names[1] else None,
        old.note_type.digest != new.note_type.digest,
    )


def _change(name: str, old: Note | None, new: Note | None) -> Change | None:
    if old is None or new is None:
        return _come_or_gone(name, old, new)
    if old.digest == new.digest:
        return None
    if old.retired or new.retired:
        kind = Kind.RETIRED if new.retired else Kind.RETURNED
        steps = [] if old.retired and new.retired else [Step(kind, after=_first(new))]
    else:
        steps = _steps(old, new)
    steps = steps or [Step(Kind.DETAILS)]
    return Change(name, new.topic, tuple(steps), replaced=True, arrives=new.modified > old.modified)


def _come_or_gone(name: str, old: Note | None, new: Note | None) -> Change | None:
    if new is not None:
        # A retired note is shipped without cards: who never had it sees nothing of it.
        steps = (Step(Kind.NEW, slot, None, _said(card)) for slot, card in sorted(new.cards.items()))
        return None if new.retired else Change(name, new.topic, tuple(steps) or (Step(Kind.NEW),))
    assert old is not None  # noqa: S101  one of the two names it
    return Change(name, old.topic, (Step(Kind.REMOVED, before=_first(old)),))


def _steps(old: Note, new: Note) -> list[Step]:
    """What happened to a note that both editions ask, the gravest first."""
    steps = []
    for slot in sorted({*old.cards, *new.cards}):
        before, after = old.cards.get(slot), new.cards.get(slot)
        if before is None or after is None:
            kind = Kind.ASKED if before is None else Kind.UNASKED
            steps.append(Step(kind, slot, _said(before), _said(after)))
            continue
        if before.key != after.key:
            steps.append(Step(Kind.ANSWER, slot, before.answer, after.answer))
        if before.asked != after.asked:
            steps.append(Step(Kind.REWORDED, slot, before.question, after.question))
    if old.topic != new.topic:
        steps.append(Step(Kind.MOVED, 0, old.topic, new.topic))
    order = list(Kind)
    return sorted(steps, key=lambda step: (order.index(step.kind), step.slot))


def _said(card: Card | None) -> str | None:
    """A card's question and answer in one line."""
    if card is None or card.question is None:
        return None
    return f"{card.question} — {card.answer}"


def _first(note: Note) -> str | None:
    return _said(note.cards[min(note.cards)]) if note.cards else None
