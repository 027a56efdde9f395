"""Releases of a deck, one after another: banks dated by a lock, and packs of facts built by the command."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.export.anki_file import guid, package
from quizgen.export.anki_notes import notes_of
from quizgen.items.item import Bank
from quizgen.upgrade.dating import Dated, Times, date, last_words
from quizgen.upgrade.lock import Kept, Lock

DAY = 86_400
FIRST = 1_795_305_600  # 22 November 2026


def release(
    bank: Bank,
    lock: Lock | None = None,
    at: int = FIRST,
    *,
    drop: Collection[str] = (),
    words: Mapping[str, Kept] | None = None,
) -> tuple[Dated, bytes]:
    """The bank dated by the lock of the release before, and its package; `at` is in seconds since 1970."""
    times = Times(at - at % DAY, at)
    dated = date(bank.deck, notes_of(bank), lock, times, drop=drop, last_words=words)
    return dated, package(bank, dated.notes, dated.lock.edition.note_type.modified)


def words_of(dated: Dated) -> dict[str, Kept]:
    """What a reader of the release's package would find, by GUID."""
    from quizgen.export.anki_note_type import FIELDS

    found = {}
    for note in dated.notes:
        filled = {name: value for name, value in zip(FIELDS, note.fields, strict=True) if value}
        found[guid(dated.lock.edition.id, note.id)] = last_words(filled, note.tags)
    return found


@dataclass(frozen=True)
class Sketch:
    """A fact, as few words as it can be told in."""

    id: str
    topic: str = "one"
    year: int = 1900
    why: str = "It ended a quarrel."


@dataclass
class Author:
    """A person with a folder of facts and a recipe, who builds a deck from it now and then."""

    folder: Path
    topics: dict[str, str] = field(default_factory=lambda: {"one": "The first", "two": "The second"})
    recipe: str = ""

    def write(self, facts: Iterable[Sketch]) -> None:
        """Write the pack anew."""
        facts = list(facts)
        lines = ["pack: {id: pacts, name: Pacts}", "topics:"]
        lines += [f"  - {{id: {name}, name: {words}}}" for name, words in self.topics.items()]
        lines += ["sources:", "  - id: work", "    title: A Work", "    publisher: A Press"]
        lines += [
            "    published: 2001",
            "    url: https://example.org/work",
            "    trust: primary",
            "entities:",
        ]
        lines += [
            f"  - {{id: {fact.id}, type: agreement, name: Pact {fact.id.title()}, the: true}}"
            for fact in facts
        ]
        lines += ["facts:"]
        for fact in facts:
            lines += [
                f"  - id: {fact.id}-signed",
                f"    topic: {fact.topic}",
                f"    about: {fact.id}",
                "    property: signed",
                f"    value: {fact.year}-03-04",
                f"    explanation: {fact.why}",
                "    cites: [{source: work, paragraph: 1, start: these words, end: those words}]",
            ]
        self.folder.mkdir(exist_ok=True)
        (self.folder / "pacts.pack.yaml").write_text("\n".join(lines) + "\n", "utf-8")
        (self.folder / "pacts.yaml").write_text(
            "deck:\n  id: pacts\n  name: Pacts\n  pack: pacts.pack.yaml\n  revision: 2026-11-22\n"
            f"  anki: {{deck: 1607392321, note_type: 1954210885}}\n{self.recipe}",
            "utf-8",
        )

    def run(self, command: str, *words: str) -> Result:
        """Run a command on the recipe."""
        return CliRunner().invoke(main, [command, str(self.folder / "pacts.yaml"), *words])

    def build(self, *words: str) -> bytes:
        """Build the deck into the folder, and return its bytes."""
        done = self.run("build", "-o", str(self.deck), *words)
        assert done.exit_code == 0, done.output
        return self.deck.read_bytes()

    @property
    def deck(self) -> Path:
        """Where the deck is written."""
        return self.folder / "pacts.apkg"

    @property
    def lock(self) -> Path:
        """Where the lock stands."""
        return self.folder / "pacts.lock.yaml"


def moved(bank: Bank, **changes: Any) -> Bank:
    """The bank with its deck changed; `changes` are fields of `Deck`."""
    return replace(bank, deck=replace(bank.deck, **changes))
