"""Finding a passage in a text, and an answer in a passage."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from quizgen.base import numbers
from quizgen.facts.passages import Passage, find, occurs_before, paragraphs, stands_in
from tests.test_dates import DATES

PARAGRAPH = """On November 23, 2016 the two “close partners”
  signed it – at last. It took effect on the
same day [of 2016]."""


def found(start: str, end: str, paragraph: str = PARAGRAPH) -> str:
    """The passage's words, or what is said where it is not there."""
    passage, fault = find(paragraph, start, end)
    return fault if passage is None else passage.text


def test_blank_lines_part_paragraphs() -> None:
    """A line of white space counts as blank, several count as one, and those at the ends do not count."""
    assert paragraphs("\n\none\ntwo\n \t\nthree\n\n\n\nfour\n") == ["one\ntwo", "three", "four"]


@pytest.mark.parametrize(
    ("start", "end", "passage"),
    [
        ("On November 23,", "23, 2016", "On November 23, 2016"),
        ('the two "close', "partners” signed it", 'the two "close partners" signed it'),
        ("on november 23,", "SIGNED IT - at", 'On November 23, 2016 the two "close partners" signed it - at'),
        ("It took effect", "on the same day", "It took effect on the same day"),
        ("the same day", "the same day", "the same day"),
        ("on the same", "the same day", "on the same day"),
        ("on the same day", "the same", "on the same day"),
    ],
)
def test_a_passage_is_found_across_quotes_dashes_and_lines(start: str, end: str, passage: str) -> None:
    """Kinds of quotation mark and dash, line breaks and case make no difference; ends may overlap."""
    assert found(start, end) == passage


@pytest.mark.parametrize(
    ("start", "end", "fault"),
    [
        ("In November", "same day", "its first words 'In November' do not stand there"),
        ("It took effect", "close partners", "its last words 'close partners' stand before its first"),
        ("It took effect", "next day", "its last words 'next day' do not stand there"),
        ("e two", "same day", "its first words 'e two' do not stand there"),
        ("the two", "same da", "its last words 'same da' do not stand there"),
    ],
)
def test_what_is_not_there_is_said(start: str, end: str, fault: str) -> None:
    """Missing words, an end before the start, and half words are told apart."""
    assert found(start, end) == fault


def test_letters_that_grow_when_folded_shift_nothing() -> None:
    """Letters such as ß and İ, whose small form is longer, leave the passage's ends where they are."""
    assert (
        found("they signed", "that day", "In der Straße İİİ they signed it that day, again.")
        == "they signed it that day"
    )


def test_an_earlier_paragraph_with_the_same_words_is_found() -> None:
    """A link would open at the first place; a later one does no harm."""
    blocks = ["The pact was", "On that\nday they met.", "on that day THEY met", "on that day they met"]
    assert occurs_before(blocks, 3, "on that day") == 2
    assert occurs_before(blocks, 2, "on that day") is None


@given(st.text("abc “”’-–\n", max_size=40), st.text("xyz \n", max_size=20), st.text("abc '\"", max_size=40))
def test_a_passage_is_found_wherever_it_stands(before: str, between: str, after: str) -> None:
    """Whatever stands around it, a passage is found, and holds its first and its last words."""
    passage, fault = find(f"{before} then they {between} met again {after}", "then they", "met again")
    assert passage is not None, fault
    assert passage.text.startswith("then they")
    assert passage.text.endswith("met again")
    assert "\n" not in passage.text


@given(DATES, st.sampled_from(["It began {}.", "{}", "Signed ({}), and late.", "They met:\n“{}”"]))
def test_every_form_of_a_date_is_found(date: object, sentence: str) -> None:
    """A passage that gives a date in any usual form states it."""
    for form in date.forms():  # type: ignore[attr-defined]  # Hypothesis's strategy says too little
        assert stands_in(form, sentence.format(form))


@given(st.integers(0, 10**15 - 1) | st.floats(0, 10**9).map(lambda number: round(number, 2)))
def test_every_form_of_a_number_is_found(number: float) -> None:
    """A passage that gives a number in any usual form states it, with a sign before or after it or not."""
    assume("e" not in str(number))
    for form in numbers.forms(number):
        assert stands_in(form, f"It paid ${form}, or so, or {form}%.")


@pytest.mark.parametrize(
    ("form", "text", "there"),
    [
        ("8", "8,000 men", False),
        ("8", "18 men", False),
        ("8", "1.8 men", False),
        ("8", "8 men", True),
        ("8", "(8)", True),
        ("8", "chapter 8.", True),
        ("300 million", "a grant of $300 million", True),
        ("$300", "¥300", False),
        ("52.4", "52.4% of them", True),
        ("52", "52.4%", False),
        ("Japan", "Japan’s Cabinet", True),
        ("Asian Women's Fund", "the Asian Women’s Fund", True),
        ("pan", "Japan", False),
        ("A Corps", "the A Corps", True),
        ("the pact", "pact", True),
        ("A", "A was the letter", True),
        ("竹島", "竹島", True),
        ("", "anything", False),
        ("—", "a — b", False),
    ],
)
def test_an_answer_stands_as_whole_words(form: str, text: str, there: bool) -> None:
    """Part of a word or of a number is not the answer; a sign or possessive beside it does no harm."""
    assert stands_in(form, text) is there


def test_a_remark_in_brackets_is_no_evidence() -> None:
    """What a copyist added in square brackets is not the source's own word."""
    passage = Passage("It was signed on the same day [in 2016].")
    assert passage.states("the same day")
    assert not passage.states("2016")
