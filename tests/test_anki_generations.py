"""Release after release of random edits, and a learner who imports each: what must hold for ever."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, Literal

from hypothesis import Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule

from quizgen.items.item import Bank, Item
from quizgen.upgrade.edition import RETIRED
from quizgen.upgrade.lock import Kept, Lock
from tests import banks
from tests.anki_desk import Desk
from tests.releases import DAY, FIRST, release, words_of

NAMES = tuple(f"fact-{number}" for number in range(6))
ACTS = ("add", "remove", "reword", "reword", "move", "ask_or_not", "turn_round", "review", "mark", "write")


@dataclass
class Told:
    """A fact as its author tells it now: how often it was reworded, its topic, its questions by slot."""

    edition: int = 0
    topic: str = "leaf"
    slots: set[int] = field(default_factory=lambda: {1, 2})

    def items(self, name: str) -> list[Item]:
        return [
            banks.item(
                f"{name}/q{slot}",
                slot=slot,
                topic=self.topic,
                stem=f"Question {slot} of {name}?",
                key=(f"answer {self.edition}",),
            )
            for slot in sorted(self.slots)
        ]


@dataclass
class Wrote:
    """What a learner wrote on a note, and when the note had changed last by then."""

    words: str
    on: int


class Generations(RuleBasedStateMachine):
    """An author who edits and releases, and a learner who studies, writes and imports.

    The time is the machine's own, because Anki's clock cannot be set: after whatever the learner does to a
    note, its time is put to the machine's.
    """

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.anki = Desk(Path(self.folder.name))
        self.now = FIRST
        self.facts: dict[str, Told] = {}
        self.lock: Lock | None = None
        self.words: dict[str, Kept] = {}
        self.wrote: dict[str, Wrote] = {}
        self.reviews: list[Any] = []

    def teardown(self) -> None:
        self.anki.col.close()
        self.folder.cleanup()

    @initialize()
    def first_release(self) -> None:
        self.facts = {name: Told() for name in NAMES[:4]}
        self._release()

    # What the author does.

    def add(self, data: st.DataObject) -> None:
        topic = data.draw(st.sampled_from(["leaf", "cup"]))
        self.facts.setdefault(data.draw(st.sampled_from(NAMES)), Told(topic=topic))

    def remove(self, data: st.DataObject) -> None:
        if len(self.facts) > 1:
            self.facts.pop(data.draw(st.sampled_from(sorted(self.facts))))

    def reword(self, data: st.DataObject) -> None:
        self._one(data).edition += 1

    def move(self, data: st.DataObject) -> None:
        fact = self._one(data)
        fact.topic = "cup" if fact.topic == "leaf" else "leaf"

    def ask_or_not(self, data: st.DataObject) -> None:
        fact, slot = self._one(data), data.draw(st.integers(1, 8))
        fact.slots = fact.slots ^ {slot} or {slot}

    def turn_round(self, data: st.DataObject) -> None:
        self.facts = dict(reversed(self.facts.items()))

    # What the learner does.

    def review(self, data: st.DataObject) -> None:
        button: Literal[1, 2, 3, 4] = data.draw(st.sampled_from([1, 2, 3, 4]))
        card = self.anki.col.get_card(data.draw(st.sampled_from(sorted(self.anki.col.find_cards("")))))
        card.start_timer()
        self.anki.col.sched.answerCard(card, button)
        assert self.anki.col.db is not None
        self.reviews = self.anki.col.db.all("select * from revlog order by id")

    def mark(self, data: st.DataObject) -> None:
        flag, suspend = data.draw(st.integers(0, 7)), data.draw(st.booleans())
        card = data.draw(st.sampled_from(sorted(self.anki.col.find_cards(""))))
        self.anki.col.set_user_flag_for_cards(flag, [card])
        if suspend:
            self.anki.col.sched.suspend_cards([card])

    def write(self, data: st.DataObject) -> None:
        self.now += 60
        words = data.draw(st.sampled_from(["mine", "also mine"]))
        number = data.draw(st.sampled_from(sorted(self.anki.col.find_notes(""))))
        note = self.anki.col.get_note(number)
        note["My notes"] = words
        note.add_tag("mine")
        self.anki.col.update_note(note)
        assert self.anki.col.db is not None
        self.anki.col.db.execute("update notes set mod = ? where id = ?", self.now, number)
        assert self.lock is not None
        self.wrote[note["Id"]] = Wrote(words, self.lock.edition.notes[note["Id"]].modified)

    # The release.

    @rule(data=st.data(), acts=st.lists(st.sampled_from(ACTS), max_size=12))
    def generation(self, data: st.DataObject, acts: list[str]) -> None:
        for act in acts:
            getattr(self, act)(data)
        before = self.anki.scheduling()
        marks = self._marks()
        self._release()
        after = self.anki.scheduling()
        assert {name: after[name] for name in before} == before
        assert {name: self._marks()[name] for name in marks} == marks

    def _release(self) -> None:
        self.now += DAY // 2
        items = tuple(item for name, fact in self.facts.items() for item in fact.items(name))
        bank = replace(banks.one_of_each(), items=items)
        dated, package = release(Bank(bank.deck, items), self.lock, self.now, words=self.words)
        assert dated.missing == ()
        known = set() if self.lock is None else set(self.lock.edition.notes)
        log = self.anki.import_bytes(package)
        assert not (log.conflicting or log.first_field_match)
        assert {note.fields[0] for note in log.new} == dated.lock.edition.notes.keys() - known
        if self.lock is not None:
            old = self.lock.edition.notes
            changed = {name for name in old if dated.lock.edition.notes[name].digest != old[name].digest}
            assert {note.fields[0] for note in log.updated} == changed
        self.lock, self.words = dated.lock, words_of(dated)

    def _marks(self) -> dict[tuple[str, int], tuple[int, int]]:
        return {name: (card.flags, card.queue) for name, card in self.anki.cards().items()}

    def _one(self, data: st.DataObject) -> Told:
        return self.facts[data.draw(st.sampled_from(sorted(self.facts)))]

    # What holds whenever nothing waits to be released, and what holds always.

    @invariant()
    def reviews_are_for_ever(self) -> None:
        assert self.anki.col.db is not None
        assert self.anki.col.db.all("select * from revlog order by id") == self.reviews

    @invariant()
    def every_note_is_there_once(self) -> None:
        assert self.lock is None or self.anki.col.note_count() == len(self.lock.edition.notes)

    @invariant()
    def the_learner_has_what_was_released(self) -> None:
        """Each note says what its release said, and keeps what the learner wrote since it last changed."""
        if self.lock is None:
            return
        for number in self.anki.col.find_notes(""):
            note = self.anki.col.get_note(number)
            released = self.lock.edition.notes[note["Id"]]
            assert (RETIRED in note.tags) == released.retired
            wrote = self.wrote.get(note["Id"])
            kept = wrote is not None and wrote.on == released.modified
            assert note["My notes"] == (wrote.words if wrote is not None and kept else "")
            assert ("mine" in note.tags) == kept
            filled = {int(name[-1]) for name, words in note.items() if name.startswith("Question ") and words}
            assert filled == set(released.cards)


# To shrink a failure takes minutes here, and says little more than the failure itself.
Generations.TestCase.settings = settings(
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    max_examples=8,
    stateful_step_count=11,
    deadline=None,
)
TestGenerations = Generations.TestCase
