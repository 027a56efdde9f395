"""A push to a running Anki: the real protocol over HTTP, over a real collection, by Anki's own importer."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.export.anki_file import guid, package
from quizgen.export.anki_notes import notes_of, seconds
from quizgen.items.item import Bank, Item
from tests import banks
from tests.anki_desk import desk
from tests.push_desk import PushDesk, changed, deck_of, facts, push_desk

READING = {
    "version",
    "modelNamesAndIds",
    "modelFieldNames",
    "modelStyling",
    "modelTemplates",
    "findNotes",
    "notesInfo",
}


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[PushDesk]:
    """An Anki that knows nothing of the deck."""
    with push_desk(tmp_path / "learner") as opened:
        yield opened


@pytest.fixture
def learner(anki: PushDesk) -> PushDesk:
    """A learner who got the deck by a push and answered every card."""
    anki.push(deck_of())
    study(anki)
    anki.addon.done.clear()
    return anki


def study(anki: PushDesk) -> None:
    """Answer every card: each third one wrong, and so with a lapse or a step to come."""
    for place, (_, card) in enumerate(sorted(anki.cards().items())):
        card.start_timer()
        anki.col.sched.answerCard(card, 1 if place % 3 == 0 else 3)


def reworded(names: set[str]) -> Bank:
    """The next release, with another explanation of these facts."""

    def change(item: Item) -> Item:
        return replace(item, explanation="Better told.") if item.facts[0] in names else item

    return changed(deck_of(), change)


def test_a_first_push_is_an_import(anki: PushDesk, tmp_path: Path) -> None:
    """What a push gives to an Anki without the deck is what a double-click on the deck's file gives."""
    anki.push(deck_of())
    with desk(tmp_path / "other") as other:
        other.import_bank(deck_of())
        table = "select guid, tags, flds, mod from notes order by guid"
        assert anki.col.db.all(table) == other.col.db.all(table)  # type: ignore[union-attr]
        position = "select guid, ord, type, due from cards join notes on nid = notes.id order by guid, ord"
        assert anki.col.db.all(position) == other.col.db.all(position)  # type: ignore[union-attr]


def test_every_note_keeps_the_decks_own_guid(anki: PushDesk) -> None:
    """A note that a push makes is known by the GUID that the deck's file gives it."""
    anki.push(deck_of())
    there = set(anki.col.db.list("select guid from notes"))  # type: ignore[union-attr]
    assert there == {guid("tea", name) for name in facts(deck_of())}


# Letters in pieces, which Anki composes when it stores them.
IN_PIECES = Bank(
    banks.DECK, (banks.item("a/b", stem="Cafe\u0301?", explanation="\u1112\u1161\u11ab", tags=("e\u0301",)),)
)


@pytest.mark.parametrize(
    "bank",
    [deck_of(), banks.one_of_each(), banks.hostile(), IN_PIECES],
    ids=["deck", "each", "hostile", "in pieces"],
)
def test_a_second_push_does_nothing(anki: PushDesk, bank: Bank) -> None:
    """A push of what is there asks, and writes nothing, whatever letters the texts have."""
    anki.push(bank)
    before = anki.everything()
    anki.addon.done.clear()
    outcome = anki.push(bank)
    assert not outcome.needed
    assert outcome.plan.unchanged == len(notes_of(bank))
    assert set(anki.addon.done) <= READING
    assert anki.everything() == before


def test_an_upgrade_arrives_and_keeps_what_is_the_learners(learner: PushDesk) -> None:
    """Five facts corrected, two added, two dropped, one moved: all arrives, and nothing of theirs goes."""
    names = facts(deck_of())
    corrected, dropped, moved = set(names[:5]), set(names[5:7]), names[7]
    for name in (names[0], names[11]):
        learner.write(name, "My notes", f"mine on {name}")
        learner.tag(name, "mine tea::mine leech")
    learner.col.set_user_flag_for_cards(3, [learner.cards()[names[0], 1].id])
    learner.col.sched.suspend_cards([learner.cards()[names[1], 2].id])
    before, reviews = learner.scheduling(), learner.col.db.all("select * from revlog")  # type: ignore[union-attr]

    def change(item: Item) -> Item | None:
        fact = item.facts[0]
        if fact in dropped:
            return None
        item = replace(item, topic="cup") if fact == moved else item
        return replace(item, stem=f"{item.stem} (2nd)", explanation="Better.") if fact in corrected else item

    bank = changed(deck_of(), change)
    bank = replace(bank, items=(banks.item("pot/typed"), *bank.items, banks.item("bag/typed")))
    outcome = learner.push(bank)

    assert {note.id for note in outcome.plan.new} == {"pot", "bag"}
    assert {made.id for made in outcome.plan.changes} == corrected | {moved}
    assert {made.id for made in outcome.plan.retired} == dropped
    assert outcome.unfinished is not None
    assert not outcome.unfinished.needed
    after = learner.scheduling()
    assert set(after) - set(before) == {("pot", 1), ("bag", 1)}
    assert {name: after[name] for name in before} == before
    assert learner.col.db.all("select * from revlog") == reviews  # type: ignore[union-attr]
    assert learner.cards()[names[0], 1].flags == 3
    for name in corrected:
        assert "(2nd)" in learner.fields(name)["Question 1"]
        assert learner.fields(name)["Explanation"] == "Better."
    for name in (names[0], names[11]):
        assert learner.fields(name)["My notes"] == f"mine on {name}"
        assert {"mine", "tea::mine", "leech"} <= learner.tags(name)
    for name in dropped:
        assert "quizgen::retired" in learner.tags(name)
    assert "tea::cup" in learner.tags(moved)
    assert "tea::leaf" not in learner.tags(moved)


def test_the_decks_file_doubles_nothing_after_a_push(learner: PushDesk) -> None:
    """Who pushes an upgrade and then opens the same deck's file gets nothing new, and keeps their notes."""
    names = facts(deck_of())
    learner.write(names[0], "My notes", "mine")
    bank = reworded(set(names[:5]))
    bank = replace(bank, items=(*bank.items, banks.item("pot/typed")))
    learner.push(bank)
    before = learner.scheduling()
    # As the lock dates them: the notes that changed by the new release, the others by the old one.
    old = {note.id: note.modified for note in notes_of(deck_of())}
    dated = [
        note if note.id in names[:5] else replace(note, modified=old.get(note.id, note.modified))
        for note in notes_of(bank)
    ]
    log = learner.import_bytes(package(bank, dated, seconds(bank.deck.revision)))
    assert len(log.duplicate) == 13
    assert not (log.new or log.updated or log.conflicting or log.first_field_match)
    assert learner.scheduling() == before
    assert learner.fields(names[0])["My notes"] == "mine"
    assert not learner.push(bank).needed


def test_a_push_goes_on_from_an_import(anki: PushDesk) -> None:
    """Who got the deck as a file may push from then on: the same notes are updated."""
    anki.import_bank(deck_of())
    study(anki)
    before = anki.scheduling()
    outcome = anki.push(reworded({facts(deck_of())[0]}))
    assert not outcome.plan.new
    assert [made.id for made in outcome.plan.changes] == [facts(deck_of())[0]]
    assert anki.scheduling() == before


def test_a_learners_wording_stays_until_the_deck_changes_that_text(learner: PushDesk) -> None:
    """A learner's edit outlives the correction of another field of its note, and yields to one of its own."""
    name = facts(deck_of())[0]
    learner.write(name, "Explanation", "As I would say it.")

    def restemmed(item: Item) -> Item:
        return replace(item, stem="Another question?") if item.facts[0] == name else item

    outcome = learner.push(changed(deck_of(), restemmed))
    assert outcome.plan.kept == {name: ("Explanation",)}
    assert learner.fields(name)["Explanation"] == "As I would say it."
    assert "Another question?" in learner.fields(name)["Question 1"]
    assert not learner.push(changed(deck_of(), restemmed)).needed

    outcome = learner.push(reworded({name}))
    assert [made.replaced for made in outcome.plan.changes] == [("Explanation",)]
    assert learner.fields(name)["Explanation"] == "Better told."


def test_overwriting_takes_the_decks_text_everywhere(learner: PushDesk) -> None:
    """With `overwrite`, a learner's wording gives way; their own field and their own tags never do."""
    name = facts(deck_of())[0]
    learner.write(name, "Explanation", "As I would say it.")
    learner.write(name, "My notes", "mine")
    learner.tag(name, "mine")
    learner.col.tags.bulk_remove([learner.number(name)], "quizgen::type::typed")  # type: ignore[list-item]
    assert not learner.push(deck_of()).needed
    learner.push(deck_of(), overwrite=True)
    assert learner.fields(name)["Explanation"].startswith("Agreement no. 0")
    assert learner.fields(name)["My notes"] == "mine"
    assert {"mine", "quizgen::type::typed"} <= learner.tags(name)


def test_a_tag_that_a_learner_took_away_stays_away(learner: PushDesk) -> None:
    """A tag of the deck's that the learner has removed does not come back with a correction."""
    name = facts(deck_of())[0]
    learner.col.tags.bulk_remove([learner.number(name)], "quizgen::type::typed")  # type: ignore[list-item]
    learner.push(reworded({name}))
    assert "quizgen::type::typed" not in learner.tags(name)


def test_a_learners_tag_below_the_decks_stays(learner: PushDesk) -> None:
    """When the deck takes a tag away, Anki takes those below it too; a learner's own come back at once."""
    name = facts(deck_of())[0]
    learner.tag(name, "tea::leaf::hard")

    def moved(item: Item) -> Item:
        return replace(item, topic="cup") if item.facts[0] == name else item

    learner.push(changed(deck_of(), moved))
    assert {"tea::cup", "tea::leaf::hard"} <= learner.tags(name)
    assert "tea::leaf" not in learner.tags(name)


def test_a_tag_in_another_case_is_the_same_tag(anki: PushDesk) -> None:
    """Anki writes a tag as it was first written: a push takes `Tea::Leaf` for `tea::leaf`, and is done."""
    note = anki.col.new_note(anki.col.models.by_name("Basic"))  # type: ignore[arg-type]
    note["Front"], note.tags = "x", ["Tea::Leaf"]
    anki.col.add_note(note, anki.col.decks.id_for_name("Default"))  # type: ignore[arg-type]
    anki.push(deck_of())
    assert "Tea::Leaf" in anki.tags(facts(deck_of())[0])
    assert not anki.push(deck_of()).needed


def test_a_fact_that_comes_back_is_no_longer_retired(learner: PushDesk) -> None:
    """The tag of a dropped fact goes when the fact returns, with its reviews as they were."""
    name = facts(deck_of())[0]
    before = learner.scheduling()
    learner.push(changed(deck_of(), lambda item: None if item.facts[0] == name else item))
    assert "quizgen::retired" in learner.tags(name)
    assert not learner.push(changed(deck_of(), lambda item: None if item.facts[0] == name else item)).needed
    learner.push(deck_of())
    assert "quizgen::retired" not in learner.tags(name)
    assert learner.scheduling() == before


def test_a_learners_copy_of_a_note_is_theirs(learner: PushDesk) -> None:
    """A copy that a learner made of a note is neither corrected nor retired."""
    name = facts(deck_of())[0]
    old = learner.col.get_note(learner.number(name))  # type: ignore[arg-type]
    copy = learner.col.new_note(old.note_type())  # type: ignore[arg-type]
    copy.fields, copy.tags = list(old.fields), list(old.tags)
    learner.col.add_note(copy, learner.col.decks.id_for_name("Default"))  # type: ignore[arg-type]
    for bank in (reworded({name}), changed(deck_of(), lambda item: None if item.facts[0] == name else item)):
        learner.push(bank)
        theirs = learner.col.get_note(copy.id)
        assert (theirs.fields, theirs.tags) == (copy.fields, copy.tags)
    assert learner.fields(name)["Explanation"] == "Better told."


def test_another_deck_of_the_same_note_type_is_left_alone(learner: PushDesk) -> None:
    """A push of one deck touches and retires nothing of another, even if both share a note type's number."""
    other = replace(deck_of(3), deck=replace(deck_of().deck, id="coffee", name="Coffee"))
    before = learner.col.db.all("select guid, mod, tags from notes order by id")  # type: ignore[union-attr]
    assert len(learner.push(other).plan.new) == 3
    assert not learner.push(deck_of()).needed
    after = learner.col.db.all("select guid, mod, tags from notes order by id")  # type: ignore[union-attr]
    assert len(after) == 15
    assert all(note in after for note in before)


def test_new_questions_of_a_known_fact_become_cards(learner: PushDesk) -> None:
    """A question that a fact gains is a new card of its note, in the deck where the note's cards are."""
    name = facts(deck_of())[0]
    bank = changed(deck_of(), lambda item: item)
    gained = replace(banks.item(f"{name}/new"), slot=8, stem="A new question?", topic="leaf")
    learner.push(replace(bank, items=(*bank.items, gained)))
    card = learner.cards()[name, 8]
    assert card.type == 0
    assert card.did == learner.cards()[name, 1].did


def test_a_deck_moved_by_the_learner_stays_moved(learner: PushDesk) -> None:
    """A push leaves cards in whichever deck the learner has put them, and a deck's options as they were."""
    mine = learner.col.decks.add_normal_deck_with_name("Mine").id
    cards = [card.id for card in learner.cards().values()]
    learner.col.set_deck(cards, mine)
    options = learner.col.decks.all_config()
    bank = reworded(set(facts(deck_of())))
    learner.push(replace(bank, items=(*bank.items, banks.item("pot/typed"))))
    assert {learner.col.get_card(card).did for card in cards} == {mine}
    assert learner.col.decks.all_config() == options
