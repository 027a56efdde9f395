"""Plain text made into HTML: what goes in is what shows."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from quizgen.base.text import visible
from quizgen.export import html
from tests import banks
from tests.anki_desk import read

# Surrogates are no text: no file in UTF-8 can hold one.
TEXT = st.text(st.characters(exclude_categories=["Cs"])) | st.lists(
    st.sampled_from([*banks.HOSTILE, "<", "&", "{{", "}}", "[", "\\", '"', "'", "\n", "한글", "かな", "漢"])
).map("".join)


@given(TEXT)
def test_text_shows_as_itself(plain: str) -> None:
    """A browser shows, for any text, that very text with its control characters made visible."""
    assert read(html.text(plain)).text == visible(plain)
    assert read(html.inline(plain)).text == visible(plain)
    assert read(html.block(plain, "stem")).text == visible(plain)


@given(TEXT)
def test_text_makes_no_element_and_no_mark_of_ankis(plain: str) -> None:
    """No text brings in an element, or a letter that Anki or MathJax would read as its own."""
    made = html.text(plain)
    assert read(made).elements <= {"br", "span"}
    assert not set(html.escape(plain)) & set("<>\"'{}[]\\")


@given(TEXT)
def test_an_address_stays_in_its_attribute(plain: str) -> None:
    """Whatever an address and its words hold, the link has that address and those words."""
    address = f"https://example.org/{plain}"
    made = read(html.link(address, plain))
    assert made.links == [visible(address)]
    assert made.text == visible(plain)
    assert made.elements <= {"a", "bdi", "br", "span"}


@pytest.mark.parametrize(
    "address", ["javascript:alert(1)", "data:text/html,x", "ftp://x", "//x", "", " https://x"]
)
def test_only_the_web_is_linked(address: str) -> None:
    """An address of any other scheme shows as text."""
    made = read(html.link(address, "words"))
    assert made.links == []
    assert made.text == f"words ({address})"


def test_korean_and_japanese_say_what_they_are() -> None:
    """Hangul is marked as Korean and kana with its Han letters as Japanese; Han letters alone as neither."""
    made = html.text("Dokdo (독도) or Takeshima (竹島、たけしま), 日韓 and 竹島の日")
    marked = re.findall(r'<span lang="(..)">([^<]*)</span>', made)
    assert marked == [("ko", "독도"), ("ja", "たけしま"), ("ja", "竹島の日")]


def test_long_text_is_escaped_to_its_end() -> None:
    """A long text is escaped whole, and given no marks of language, which genanki would be slow on."""
    for piece in ("<", "{", "\n", "\x1b", "한국 and "):
        made = html.text(piece * 50_000)
        assert read(made).text == visible(piece) * 50_000
        assert "<span" not in made
