"""Making text safe to show, and folding it for comparison."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from quizgen.base.text import fold, squeeze, unify, visible


@given(st.text())
@example("".join(map(chr, range(0x2100))))
def test_nothing_that_steers_a_terminal_is_left(text: str) -> None:
    """No control character and no sign that turns the direction of text is left but line feed and tab."""
    shown = visible(text)
    assert not [c for c in shown if unicodedata.category(c) == "Cc" and c not in "\n\t"]
    assert not [
        c
        for c in shown
        if unicodedata.bidirectional(c) in ("LRE", "RLE", "LRO", "RLO", "PDF", "LRI", "RLI", "FSI", "PDI")
    ]
    assert visible(shown) == shown


def test_a_control_character_is_shown_as_a_picture() -> None:
    """What was hidden can be seen: each control character has its own sign."""
    assert visible("a\x1b[31m\x07\r\x7f\x9b\u202eb\n\tc") == "a␛[31m␇␍␡⟨U+009B⟩⟨U+202E⟩b\n\tc"


@given(st.text())
def test_folding_again_changes_nothing_but_an_article(text: str) -> None:
    """Folded text is folded: only one more leading article can come off."""
    once = fold(text)
    assert fold(f"x {once}") == f"x {once}".strip()


@given(st.text())
def test_folding_leaves_words_with_one_space_between(text: str) -> None:
    """What is left has no white space but single spaces between words, and no large letter."""
    folded = fold(text)
    assert folded == " ".join(folded.split())
    assert folded == folded.casefold() or not folded.isascii()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            "The General Security of Military Information Agreement",
            "general security of military information agreement",
        ),
        ("Yoon Suk-yeol", "Yoon Suk yeol"),
        ("the Women’s Fund", "womens fund"),
        ("Shinzō Abe", "shinzo abe"),
        ("ＧＳＯＭＩＡ", "gsomia"),
        ("“null and void”", '"null and void"'),
        ("1910–1945", "1910-1945"),
        ("Kimchi, Seoul.", "kimchi seoul"),
    ],
)
def test_the_same_words_fold_alike(one: str, other: str) -> None:
    """Case, articles, dashes, quotes, Latin marks, width and punctuation do not count."""
    assert fold(one) == fold(other)


@pytest.mark.parametrize(
    ("one", "other"), [("か", "が"), ("바", "파"), ("50%", "50"), ("$300", "300"), ("Seoul", "Soul")]
)
def test_different_words_fold_apart(one: str, other: str) -> None:
    """Marks of kana, letters of Hangul, and the signs of money and of hundredths do count."""
    assert fold(one) != fold(other)


@given(st.text())
def test_squeezing_and_unifying_leave_single_spaces(text: str) -> None:
    """Neither leaves white space at the ends or two spaces together."""
    for plain in (squeeze(text), unify(text)):
        assert plain == " ".join(plain.split())
