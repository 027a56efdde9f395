"""The stamp tells what the deck gave from what a learner wrote, on notes and on the style sheet."""

from __future__ import annotations

from dataclasses import replace
from unicodedata import normalize

from hypothesis import given
from hypothesis import strategies as st

from quizgen.export import anki_note_type, anki_stamp
from quizgen.export.anki_notes import AnkiNote, notes_of
from quizgen.items.item import Bank
from tests import banks

TEXT = st.text(max_size=40)
FACES = [("{{Question 1}}", "{{Answer 1}}"), ("{{Question 2}}", "x")]


def _note(values: dict[str, str], tags: tuple[str, ...] = ()) -> AnkiNote:
    fields = tuple(values.get(name, "") for name in anki_note_type.FIELDS)
    (plain,) = notes_of(Bank(banks.DECK, (banks.item("leaf/typed"),)))
    return replace(plain, fields=fields, tags=tags)


def _stamp(note: AnkiNote) -> str:
    return anki_stamp.stamped(note).fields[list(anki_note_type.FIELDS).index(anki_stamp.FIELD)]


@given(
    st.dictionaries(st.sampled_from(sorted(anki_stamp.GIVEN)), TEXT), st.lists(st.text("a:&<|=-", min_size=1))
)
def test_a_stamp_tells_what_was_given(values: dict[str, str], tags: list[str]) -> None:
    """Whatever the texts and the tags are, the stamp read back says that they were given, and all of them."""
    read = anki_stamp.read(_stamp(_note(values, tuple(tags))))
    assert read is not None
    assert all(read.gave(name, values.get(name, "")) for name in anki_stamp.GIVEN)
    assert read.tags == set(tags)


@given(TEXT, TEXT)
def test_a_stamp_tells_an_edit(before: str, after: str) -> None:
    """A text other than the given one is no given text."""
    read = anki_stamp.read(_stamp(_note({"Explanation": before})))
    assert read is not None
    assert read.gave("Explanation", after) is (normalize("NFC", before) == normalize("NFC", after))


def test_letters_composed_by_anki_are_no_edit() -> None:
    """Hangul and accents in pieces (NFD) count as the composed letters (NFC) that Anki makes of them."""
    read = anki_stamp.read(_stamp(_note({"Topic": "\u1112\u1161\u11ab e\u0301"})))
    assert read is not None
    assert read.gave("Topic", "\ud55c \u00e9")


def test_a_field_without_a_stamp_is_read_as_none() -> None:
    """A note that was never stamped, or whose stamp a learner has emptied, has none."""
    assert anki_stamp.read("") is None
    assert anki_stamp.read("something else") is None


def test_a_spoilt_stamp_is_read_as_far_as_it_goes() -> None:
    """Whatever a learner writes into the stamp, reading it gives no error."""
    read = anki_stamp.read("x=1 =  4=abc 99999999999999999999=q ²=w | a b")
    assert read is not None
    assert read.digests[4] == "abc"
    assert read.tags == {"a", "b"}


def test_a_learners_fields_leave_the_stamp_alone() -> None:
    """My notes, and whatever else is the learner's, are no part of what was given."""
    (plain,) = notes_of(Bank(banks.DECK, (banks.item("leaf/typed"),)))
    values = dict(zip(anki_note_type.FIELDS, plain.fields, strict=True))
    mine = values | dict.fromkeys(anki_note_type.LEARNERS, "mine")
    assert _stamp(replace(plain, fields=tuple(mine.values()))) == _stamp(plain)


@given(TEXT, TEXT)
def test_a_style_sheet_tells_whose_it_is(css: str, edit: str) -> None:
    """A marked style sheet is the deck's until a word of it changes; so is each of the card templates."""
    marked = anki_stamp.marked(css, FACES)
    assert not anki_stamp.own_style(marked)
    assert not any(anki_stamp.own_card(marked, place, face) for place, face in enumerate(FACES))
    assert anki_stamp.own_style("body { color: teal }\n" + marked)
    assert anki_stamp.own_card(marked, 1, ("{{Question 2}}", "y" + edit))
    assert anki_stamp.own_card(marked, 2, FACES[1])


def test_new_cards_under_a_learners_style_are_told() -> None:
    """Where a learner keeps their own style and takes new card templates, one stays and the others arrive."""
    own = ".card { color: teal }\n" + anki_stamp.marked("body {}", FACES)
    again = anki_stamp.remarked(own, FACES[::-1])
    assert anki_stamp.own_style(again)
    assert not anki_stamp.own_card(again, 0, FACES[1])
    assert again.startswith(".card { color: teal }\nbody {}\n/* quizgen: ")


def test_a_style_sheet_without_its_mark_is_the_learners() -> None:
    """Where the mark is gone, nothing says that the deck gave it: it is left alone."""
    assert anki_stamp.own_style("body {}")
    assert anki_stamp.own_card("body {}", 0, FACES[0])
    assert anki_stamp.remarked("body {}", FACES) == "body {}"
