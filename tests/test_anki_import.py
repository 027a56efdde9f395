"""What arrives in a learner's Anki, seen through Anki's own importer and its own rendering."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from quizgen.base.text import visible
from quizgen.cli.common import bank_for
from quizgen.export.anki_notes import cards_of, note_id
from quizgen.items.item import AnkiIds, Bank
from tests import banks
from tests.anki_desk import Desk, desk, read

WORDS = {"a", "b", "bdi", "br", "div", "hr", "li", "ol", "p", "span", "table", "td", "th", "tr", "ul"}
OUR_ELEMENTS = WORDS | {"script", "svg", "title", "line", "text", "circle", "rect"}


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "learner") as opened:
        yield opened


@pytest.fixture(params=["each", "hostile", "recall", "exam"])
def bank(request: pytest.FixtureRequest) -> Bank:
    """A bank of every type, one of hostile texts, and the decks that learners get."""
    made: dict[str, Callable[[], Bank]] = {
        "each": banks.one_of_each,
        "hostile": banks.hostile,
        "recall": lambda: bank_for("japan-korea"),
        "exam": lambda: bank_for("japan-korea-exam"),
    }
    return made[request.param]()


def test_every_note_and_every_card_arrives(anki: Desk, bank: Bank) -> None:
    """One note arrives for each fact or set, and one card for each item, in its own slot."""
    log = anki.import_bank(bank)
    cards = {(note_id(item), item.slot) for item in cards_of(bank)}
    assert len(log.new) == log.found_notes == len({note for note, _ in cards})
    assert set(anki.cards()) == cards


def test_a_second_import_changes_nothing(anki: Desk, bank: Bank) -> None:
    """Importing the same file again finds only duplicates, and leaves the collection's content as it was."""
    notes = len(anki.import_bank(bank).new)
    before = anki.sides(), anki.scheduling()
    log = anki.import_bank(bank)
    assert len(log.duplicate) == notes
    assert not (log.new or log.updated or log.conflicting or log.first_field_match)
    assert (anki.sides(), anki.scheduling()) == before


def test_anki_finds_no_empty_card_and_nothing_to_repair(anki: Desk, bank: Bank) -> None:
    """Anki's own checks (Empty Cards, Check Database) have nothing to say about an imported deck."""
    anki.import_bank(bank)
    assert not anki.col.get_empty_cards().notes
    message, sound = anki.col.fix_integrity()
    assert sound
    assert message.splitlines() == ["Database rebuilt and optimized."]


def test_every_answer_carries_its_source(anki: Desk, bank: Bank) -> None:
    """Each rendered answer links to the passages of its item, and to nothing else."""
    anki.import_bank(bank)
    sides = anki.sides()
    for item in cards_of(bank):
        front, back = sides[note_id(item), item.slot]
        assert read(back).links == [ref.link for ref in item.sources]
        assert not read(front).links


def test_no_side_has_a_template_mark_or_an_element_that_is_not_ours(anki: Desk, bank: Bank) -> None:
    """No rendered side holds a brace pair, a tag of Anki's or an element that a fact brought in."""
    anki.import_bank(bank)
    for side in (side for pair in anki.sides().values() for side in pair):
        assert not any(mark in side for mark in ("{{", "}}", "[sound:", "[anki:", "[latex]", "[$]", "\\("))
        assert read(side).elements <= OUR_ELEMENTS


def test_hostile_text_shows_as_the_text_it_is(anki: Desk) -> None:
    """Markup, template marks, backslashes, foreign scripts and terminal escapes show as their own letters."""
    anki.import_bank(banks.hostile())
    sides = anki.sides()
    for number, text in enumerate(banks.HOSTILE):
        # Anki keeps all text in Unicode's composed form, which looks the same.
        shown = unicodedata.normalize("NFC", visible(text))
        for slot in range(1, 6):
            front, back = sides[f"h{number}", slot]
            assert shown in read(front).text, (slot, text)
            # The stem, the answer, the explanation, the claim's holder, the date; and thrice in the source.
            assert read(back).text.count(shown) >= 8, (slot, text)


def test_an_address_that_is_none_of_the_web_is_shown_and_not_linked(anki: Desk) -> None:
    """A `javascript:` address becomes text on the card, and no link."""
    source = replace(banks.SOURCE, link="javascript:alert(1)")
    anki.import_bank(Bank(banks.DECK, (banks.item("a/b", sources=(source,)),)))
    back = read(anki.sides()["a", 1][1])
    assert not back.links
    assert "javascript:alert(1)" in back.text


def test_new_cards_come_in_study_order(anki: Desk) -> None:
    """Anki's positions of new cards count the notes from 1 in the bank's order; siblings share one."""
    anki.import_bank(banks.one_of_each())
    dues = {name: card.due for (name, _), card in anki.cards().items()}
    assert dues == {"treaty": 1, "cup": 2, "saucers": 3, "set-leaf": 4}


def test_fields_and_templates_keep_their_ids(anki: Desk) -> None:
    """Anki stores the fixed ids of fields and templates, which it matches them by in every later upgrade."""
    anki.import_bank(banks.one_of_each())
    note_type = anki.col.models.get(banks.DECK.anki.note_type)  # type: ignore[arg-type]
    assert note_type is not None
    fields = {field["name"]: (field["ord"], field["id"]) for field in note_type["flds"]}
    assert len(fields) == 47
    # Written out, because learners' collections hold these very numbers.
    assert fields["Id"] == (0, 7_105_000_001)
    assert fields["Sort"] == (1, 7_105_000_002)
    assert fields["Sources"] == (6, 7_105_000_007)
    assert fields["My notes"] == (7, 7_105_000_008)
    assert fields["Typing"] == (8, 7_105_000_010)
    assert fields["Timeline"] == (9, 7_105_000_009)
    assert fields["Question 1"] == (10, 7_105_000_101)
    assert fields["Answer 8"] == (32, 7_105_000_208)
    assert fields["Key 8"] == (33, 7_105_000_308)
    assert fields["Spare 12"] == (45, 7_105_000_062)
    assert fields["Stamp"] == (46, 7_105_000_011)
    assert [template["id"] for template in note_type["tmpls"]] == [
        7_106_000_000 + slot for slot in range(1, 9)
    ]
    assert note_type["sortf"] == 1


def test_the_list_of_notes_reads_well(anki: Desk) -> None:
    """Anki's list sorts notes by topic and question, in words."""
    anki.import_bank(banks.one_of_each())
    sorted_by = anki.col.db.list("select sfld from notes order by id")  # type: ignore[union-attr]
    assert sorted_by[:2] == [
        "The leaf: In which year was the treaty signed?",
        "The cup & saucer: The cup is older than the saucer.",
    ]


def test_tags_tell_topic_type_and_trust(anki: Desk) -> None:
    """A note's tags are paths: its topic, its cards' types, its sources' trust, and the items' own."""
    anki.import_bank(banks.one_of_each())
    assert sorted(anki.cards()["treaty", 1].note().tags) == [
        "quizgen::trust::primary",
        "quizgen::type::choice",
        "quizgen::type::cloze",
        "quizgen::type::typed",
        "tea::essential",
        "tea::leaf",
    ]


def test_a_tag_survives_whatever_its_letters(anki: Desk) -> None:
    """Spaces, quotation marks and empty parts are taken out of a tag, so that Anki keeps it as one."""
    tags = ('two words "here"', "ideographic\u3000space", "::a::::b::", " ", "tab\tand\x1b")
    anki.import_bank(Bank(banks.DECK, (banks.item("a/b", tags=tags),)))
    found = set(anki.cards()["a", 1].note().tags) - {
        "tea::leaf",
        "quizgen::type::typed",
        "quizgen::trust::primary",
    }
    assert found == {"tea::two-words-here", "tea::ideographic-space", "tea::a::b", "tea::tab-and␛"}


def test_decks_whose_numbers_overlap_both_arrive(anki: Desk) -> None:
    """Two decks of the same day with the same note ids and fact ids stay two decks of whole notes."""
    first = banks.one_of_each()
    numbers = AnkiIds(deck=banks.DECK.anki.deck + 43_200_000, note_type=banks.DECK.anki.note_type + 1)
    second = replace(first, deck=replace(first.deck, id="coffee", name="Coffee", anki=numbers))
    anki.import_bank(first)
    log = anki.import_bank(second)
    assert len(log.new) == 4
    assert anki.col.note_count() == 8
    assert anki.col.card_count() == 14
