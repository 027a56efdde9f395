"""A deck that is edited and released again, by its lock, and a learner who imports each release.

Anki's own importer with its default options, as a person has it who double-clicks.
"""

from __future__ import annotations

import html
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Literal

import pytest

from quizgen.export import anki_note_type, anki_notes
from quizgen.export.anki_note_type import FIELDS
from quizgen.upgrade.edition import RETIRED
from tests.anki_desk import Desk, desk, read
from tests.releases import Author, Sketch

if TYPE_CHECKING:
    from anki.collection import ImportLogWithChanges

    from quizgen.items.item import Bank

FACTS = tuple(
    Sketch(f"p{number}", topic="two" if number >= 55 else "one", year=1000 + 15 * number)
    for number in range(60)
)
EDITED = {fact.id for fact in FACTS[:20]}
GONE = {fact.id for fact in FACTS[20:25]}
IN_TWO = {fact.id for fact in FACTS[55:]}
FILLED = {fact.id for fact in FACTS[50:55]}
NEW = {f"n{number}" for number in range(5)}
SAME = {fact.id for fact in FACTS} - EDITED - GONE - IN_TWO - FILLED


BUTTONS: tuple[Literal[1, 2, 3, 4], ...] = (1, 2, 3, 4)


def _notes(*groups: set[str]) -> set[str]:
    return {f"{name}-signed" for group in groups for name in group}


def _next(fact: Sketch) -> Sketch:
    """What becomes of an edited fact: some get another answer, some another explanation."""
    even = int(fact.id[1:]) % 2 == 0
    return replace(fact, year=fact.year + 1) if even else replace(fact, why="It ended a long quarrel.")


@dataclass
class Story:
    """A learner between two releases: what they had before the second, and what its import said."""

    desk: Desk
    reviews: list[Any]
    cards: dict[tuple[str, int], tuple[Any, ...]]
    log: ImportLogWithChanges.Log

    def fields(self, note: str) -> dict[str, str]:
        (number,) = self.desk.col.find_notes(f'Id:"{note}"')
        return dict(self.desk.col.get_note(number).items())

    def tags(self, note: str) -> set[str]:
        (number,) = self.desk.col.find_notes(f'Id:"{note}"')
        return set(self.desk.col.get_note(number).tags)


def _reviews(anki: Desk) -> list[Any]:
    assert anki.col.db is not None
    return anki.col.db.all("select * from revlog order by id")


def _cards(anki: Desk) -> dict[tuple[str, int], tuple[Any, ...]]:
    """All that a learner's work has made of each card: schedule, flag, suspension, deck."""
    assert anki.col.db is not None
    rows = anki.col.db.all(
        "select n.flds, c.ord, c.id, c.did, c.type, c.queue, c.due, c.ivl, c.factor, c.reps, c.lapses,"
        " c.left, c.flags, c.data from cards c join notes n on n.id = c.nid"
    )
    return {(fields.split("\x1f")[0], place + 1): tuple(rest) for fields, place, *rest in rows}


def _study(anki: Desk) -> None:
    """Answer every card once, each button in turn, flag and suspend some, and write on every note."""
    for place, number in enumerate(sorted(anki.col.find_cards(""))):
        card = anki.col.get_card(number)
        card.start_timer()
        anki.col.sched.answerCard(card, BUTTONS[place % 4])
    numbers = sorted(anki.col.find_cards(""))
    anki.col.set_user_flag_for_cards(3, numbers[::5])
    anki.col.sched.suspend_cards(numbers[1::7])
    for name in anki.col.find_notes(""):
        note = anki.col.get_note(name)
        note["My notes"] = "Remember the quarrel."
        note.add_tag("mine::hard")
        anki.col.update_note(note)


def _restyle(monkeypatch: pytest.MonkeyPatch) -> None:
    """A later quizgen: another style sheet, another text in a template, a spare field filled on some."""
    plain, style, notes_of = anki_note_type.templates(), anki_note_type.style(), anki_notes.notes_of
    monkeypatch.setattr(anki_note_type, "style", lambda: f"{style}\n.new {{ color: teal }}\n")
    monkeypatch.setattr(
        anki_note_type,
        "templates",
        lambda: [made | {"afmt": made["afmt"] + "<p>New foot {{Spare 1}}</p>"} for made in plain],
    )
    place = list(FIELDS).index("Spare 1")

    def filled(bank: Bank) -> list[anki_notes.AnkiNote]:
        return [
            replace(note, fields=(*note.fields[:place], "See also.", *note.fields[place + 1 :]))
            if note.id in _notes(FILLED)
            else note
            for note in notes_of(bank)
        ]

    monkeypatch.setattr(anki_notes, "notes_of", filled)


@pytest.fixture(scope="module")
def story(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Story]:
    """The whole story, told once: each test looks at another side of how it ends."""
    folder = tmp_path_factory.mktemp("story")
    author = Author(folder / "facts")
    author.write(FACTS)
    with desk(folder / "learner") as anki, pytest.MonkeyPatch.context() as monkeypatch:
        anki.import_bytes(author.build())
        _study(anki)
        reviews, cards = _reviews(anki), _cards(anki)
        author.topics["two"] = "The second renamed"
        kept = [fact for fact in FACTS if fact.id not in GONE]
        author.write(
            [_next(fact) if fact.id in EDITED else fact for fact in kept]
            + [Sketch(name, year=1950 + 15 * place) for place, name in enumerate(sorted(NEW))]
        )
        _restyle(monkeypatch)
        log = anki.import_bytes(author.build())
        yield Story(anki, reviews, cards, log)


def _ids(notes: Any) -> set[str]:
    return {html.unescape(note.fields[0]) for note in notes}


def test_anki_takes_exactly_what_changed(story: Story) -> None:
    """New notes are new, changed ones are updated, all others are left alone, and nothing conflicts."""
    assert _ids(story.log.new) == _notes(NEW)
    assert _ids(story.log.updated) == _notes(EDITED, GONE, IN_TWO, FILLED)
    assert _ids(story.log.duplicate) == _notes(SAME)
    assert not (story.log.conflicting or story.log.first_field_match or story.log.missing_notetype)


def test_nothing_is_doubled(story: Story) -> None:
    """Each fact has one note, in one deck, of one note type."""
    col = story.desk.col
    assert col.note_count() == len(FACTS) + len(NEW)
    assert {found.name for found in col.decks.all_names_and_ids()} == {"Default", "Pacts"}
    assert [found.name for found in col.models.all_names_and_ids() if "quizgen" in found.name] == [
        "Pacts (quizgen)"
    ]


def test_every_review_is_kept(story: Story) -> None:
    """The log of reviews is the same, line by line."""
    assert len(story.reviews) == len(story.cards)
    assert _reviews(story.desk) == story.reviews


def test_every_card_stays_as_the_learner_left_it(story: Story) -> None:
    """Due days, intervals, lapses, flags, suspensions and decks of all old cards are untouched."""
    cards = _cards(story.desk)
    assert {name: cards[name] for name in story.cards} == story.cards
    assert {name for name, _ in cards.keys() - story.cards.keys()} == _notes(NEW)
    flags, queues = {card[-2] for card in story.cards.values()}, {card[3] for card in story.cards.values()}
    assert flags == {0, 3}
    assert -1 in queues  # suspended


def test_every_edit_arrived(story: Story) -> None:
    """Corrected answers, new explanations, the renamed topic and the filled field are on the cards."""
    sides = story.desk.sides()
    for fact in FACTS:
        if fact.id in GONE:
            continue
        shown = read(sides[f"{fact.id}-signed", 1][1]).text
        now = _next(fact) if fact.id in EDITED else fact
        assert str(now.year) in shown
        assert now.why.rstrip(".") in shown
        assert ("The second renamed" in shown) == (fact.id in IN_TWO)
        assert ("See also." in shown) == (fact.id in FILLED)


def test_a_new_look_arrived_on_every_card(story: Story) -> None:
    """Style and template reach unchanged notes too, whose own time stands still."""
    for card in story.desk.cards().values():
        output = card.render_output(reload=True)
        assert "New foot" in output.answer_text
        assert ".new { color: teal }" in output.css


def test_a_learners_own_words_stay_on_every_unchanged_note(story: Story) -> None:
    """The learner's tag and note stand on exactly the notes that no update replaced."""
    for name in _notes(SAME, EDITED, GONE, IN_TWO, FILLED):
        kept = name in _notes(SAME)
        assert (story.fields(name)["My notes"] == "Remember the quarrel.") == kept, name
        assert ("mine::hard" in story.tags(name)) == kept, name


def test_removed_facts_are_tagged_and_nothing_else(story: Story) -> None:
    """Exactly the removed facts carry the tag that a learner finds them by, and show what they showed."""
    tagged = story.desk.col.find_notes(f'"tag:{RETIRED}"')
    assert {story.desk.col.get_note(number)["Id"] for number in tagged} == _notes(GONE)
    for fact in FACTS:
        if fact.id in GONE:
            assert str(fact.year) in read(story.desk.sides()[f"{fact.id}-signed", 1][1]).text


def test_anki_has_nothing_to_repair(story: Story) -> None:
    """Check Database and Empty Cards have nothing to say after all that."""
    assert not story.desk.col.get_empty_cards().notes
    message, _ = story.desk.col.fix_integrity()
    # Whether Anki has noted a card's last review for itself yet hangs on the clock, and not on any import.
    told = [line for line in message.splitlines() if not line.startswith("Added last review time")]
    assert told == ["Database rebuilt and optimized."]
