"""What holds of grading whatever is asked and answered."""

from __future__ import annotations

import datetime

from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.base import numbers
from quizgen.base.dates import PartialDate
from quizgen.items.item import ItemType
from quizgen.quiz.dates import When, read_date
from quizgen.quiz.grade import grade, rivals_of
from quizgen.quiz.letters import label
from quizgen.quiz.numbers import read_quantity
from quizgen.quiz.slips import one_slip
from quizgen.quiz.verdict import Mark
from tests.banks import HOSTILE, item, one_of_each

TEXT = st.one_of(st.text(max_size=40), st.sampled_from(HOSTILE), st.text("abc123 ,;.-/()'", max_size=20))
WORD = st.text("abcdefghij", min_size=4, max_size=9)
DAY = st.dates(datetime.date(1592, 1, 1), datetime.date(2100, 1, 1))
ITEMS = one_of_each().items


def _date(day: datetime.date, precision: int) -> PartialDate:
    return PartialDate(*(day.year, day.month, day.day)[:precision])


@given(TEXT)
def test_any_response_gets_a_verdict(response: str) -> None:
    """No text whatever makes grading fail, and a verdict that asks again says what for."""
    for each in ITEMS:
        verdict = grade(each, response, rivals=rivals_of(ITEMS))
        assert verdict.note or not verdict.asks_again


@given(TEXT)
def test_the_key_of_a_typed_item_is_right(key: str) -> None:
    """Whatever the answer is, typing exactly that is right, if it has a letter or a figure at all."""
    asked = item("fact/typed", key=(key,), stem="What?")
    assume(any(char.isalnum() and char not in "ºª" for char in key))
    # An ambiguous or unfinished date as a key is the author's doing; a response like it is asked about.
    date = read_date(key)
    assume(date is None or len(date.readings) == 1)
    assert grade(asked, key).mark is Mark.RIGHT


@given(st.lists(WORD, min_size=2, max_size=5, unique=True), st.data())
def test_an_option_is_right_by_letter_and_by_words_alike(options: list[str], data: st.DataObject) -> None:
    """A letter and its option's text get the same mark, and only the key's are right."""
    key = data.draw(st.sampled_from(options))
    asked = item("fact/choice", ItemType.CHOICE, options=tuple(options), key=(key,))
    for place, option in enumerate(options):
        expected = Mark.RIGHT if option == key else Mark.WRONG
        assert grade(asked, label(place)).mark is expected
        assert grade(asked, f"({label(place).upper()})").mark is expected
        assert grade(asked, option).mark is expected


@given(st.permutations(["one", "two", "three", "four", "five"]), st.permutations(range(5)))
def test_an_order_is_right_only_where_every_entry_is(options: list[str], places: list[int]) -> None:
    """Letters in any order are right exactly where they spell the key, apart or run together."""
    key = tuple(options[place] for place in (3, 1, 4, 0, 2))
    asked = item("fact/order", ItemType.ORDER, options=tuple(options), key=key)
    expected = Mark.RIGHT if places == [3, 1, 4, 0, 2] else Mark.WRONG
    for between in (" ", "", ", ", " > "):
        assert grade(asked, between.join(map(label, places))).mark is expected


@given(DAY, st.integers(1, 3))
def test_every_form_of_a_date_is_read(day: datetime.date, precision: int) -> None:
    """What a deck accepts as forms of a date is read as that date, to the same precision."""
    date = _date(day, precision)
    for form in date.forms():
        assert read_date(form) == read_date(date.text), form
        found = read_date(form)
        assert found is not None
        assert found.readings == (When(date.year, date.month, date.day),)


@given(DAY, DAY, st.integers(1, 3))
def test_another_date_is_never_right(one: datetime.date, two: datetime.date, precision: int) -> None:
    """A date that differs at the precision asked for is wrong, in every form."""
    key, other = _date(one, precision), _date(two, precision)
    assume(key != other)
    asked = item("fact/typed", key=(key.text,), stem="When?")
    assert {grade(asked, form).mark for form in other.forms()} == {Mark.WRONG}


@given(DAY, st.integers(1, 3), st.integers(1, 3))
def test_precision_decides_between_right_and_nearly(day: datetime.date, asked: int, given: int) -> None:
    """The same day told as exactly as asked, or more, is right; told less exactly it is nearly right."""
    question = item("fact/typed", key=(_date(day, asked).text,), stem="When?")
    expected = Mark.RIGHT if given >= asked else Mark.NEARLY
    assert grade(question, _date(day, given).text).mark is expected


@given(DAY)
def test_figures_with_the_year_last_are_right_or_asked_about(day: datetime.date) -> None:
    """Day/month/year and month/day/year are both understood where they can be, and never marked wrong."""
    asked = item("fact/typed", key=(_date(day, 3).text,), stem="When?")
    ambiguous = day.day <= 12 and day.day != day.month
    for response in (f"{day.day}/{day.month}/{day.year}", f"{day.month}/{day.day}/{day.year}"):
        assert grade(asked, response).mark is (Mark.UNREADABLE if ambiguous else Mark.RIGHT)


@given(st.integers(0, 10**12), st.integers(0, 10**12))
def test_numbers_are_exact(one: int, two: int) -> None:
    """Every way to write a number means that number, and no other number is right."""
    asked = item("fact/typed", key=(f"{one:,} tonnes",), stem="How much?")
    for form in numbers.forms(one):
        assert {quantity.value for quantity in read_quantity(form)} == {one}, form
        assert grade(asked, f"{form} tonnes").mark is Mark.RIGHT
    if one != two:
        assert grade(asked, f"{two:,} tonnes").mark is Mark.WRONG


@given(WORD, st.integers(0, 8), st.sampled_from("klmnop"))
def test_one_slip_is_right_and_says_how_it_is_spelt(word: str, place: int, letter: str) -> None:
    """A letter put in, left out or changed is let pass with the spelling, unless it makes another answer."""
    asked = item("fact/typed", key=(word,), stem="What?")
    place %= len(word)
    slips = {word[:place] + letter + word[place:], word[:place] + letter + word[place + 1 :]}
    if len(word) > 4:
        slips.add(word[:place] + word[place + 1 :])
    for slip in slips:
        verdict = grade(asked, slip)
        assert (verdict.mark, verdict.note) == (Mark.RIGHT, f"It is spelt: {word}.")
        assert grade(asked, slip, rivals={slip}).mark is Mark.WRONG


def _distance(one: str, two: str) -> int:
    """The textbook's table for Damerau's distance without overlapping swaps."""
    table = {(-1, j): j + 1 for j in range(-1, len(two))} | {(i, -1): i + 1 for i in range(-1, len(one))}
    for i, left in enumerate(one):
        for j, right in enumerate(two):
            table[i, j] = min(table[i - 1, j] + 1, table[i, j - 1] + 1, table[i - 1, j - 1] + (left != right))
            if i and j and left == two[j - 1] and one[i - 1] == right:
                table[i, j] = min(table[i, j], table[i - 2, j - 2] + 1)
    return table[len(one) - 1, len(two) - 1]


@given(st.text("ab", max_size=6), st.text("abc", max_size=6))
def test_a_slip_is_a_distance_of_one(one: str, two: str) -> None:
    """The quick comparison agrees with the whole table of distances."""
    assert one_slip(one, two) == (_distance(one, two) == 1)
