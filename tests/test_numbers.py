"""Numbers as people write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.base import numbers

SMALL = {word: number for number in range(1000) for word in [numbers.in_words(number)]}


@given(st.integers(0, 10**15 - 1))
def test_words_say_the_number(number: int) -> None:
    """Read back scale by scale, the words give the number, so no two numbers share them."""
    total, rest = 0, numbers.in_words(number)
    for scale, name in ((10**12, "trillion"), (10**9, "billion"), (10**6, "million"), (1000, "thousand")):
        count, found, after = rest.partition(f" {name}")
        if found:
            total += SMALL[count] * scale
            rest = after.removeprefix(" and").strip()
    assert total + (SMALL[rest] if rest else 0) == number


@pytest.mark.parametrize(
    ("number", "words"),
    [
        (0, "zero"),
        (21, "twenty-one"),
        (100, "one hundred"),
        (101, "one hundred and one"),
        (1965, "one thousand nine hundred and sixty-five"),
        (2005, "two thousand and five"),
        (300_000_000, "three hundred million"),
    ],
)
def test_words_are_british(number: int, words: str) -> None:
    """Tens are hyphened, and `and` stands before what is below a hundred."""
    assert numbers.in_words(number) == words


@pytest.mark.parametrize("number", [-1, 10**15])
def test_words_have_a_range(number: int) -> None:
    """Outside the range there are no words, and saying so is an error."""
    with pytest.raises(ValueError, match="expected 0 to"):
        numbers.in_words(number)


@pytest.mark.parametrize(
    ("number", "spoken"),
    [
        (8, "8"),
        (1965, "1,965"),
        (16_500, "16,500"),
        (999_999, "999,999"),
        (300_000_000, "300 million"),
        (1_200_000_000, "1.2 billion"),
        (1_234_567, "1,234,567"),
        (52.4, "52.4"),
        (-2_000_000, "-2 million"),
    ],
)
def test_a_number_reads_as_prose_has_it(number: float, spoken: str) -> None:
    """Round millions are spoken, everything else has its thousands parted."""
    assert numbers.spoken(number) == spoken


@given(st.integers(-(10**15), 10**15) | st.floats(-1e12, 1e12))
def test_forms_are_different_and_begin_with_the_spoken_one(number: float) -> None:
    """No form stands twice, and the first is the one that is shown."""
    forms = numbers.forms(number)
    assert forms[0] == numbers.spoken(number)
    assert len(set(forms)) == len(forms)
