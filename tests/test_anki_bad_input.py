"""Bad input on its way to Anki: shown as the text it is, or refused with its place; never a broken deck."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.base.text import visible
from quizgen.items.item import Bank, ItemType
from tests import banks
from tests.anki_desk import Desk, desk, read
from tests.releases import Author, Sketch

BROKEN = (
    "<b>never closed",
    "</div></div></div> closed too often",
    '<a href="javascript:alert(1)">press</a>',
    "<img src=x onerror=alert(1)>",
    "<script>alert(1)</script><style>*{display:none}</style>",
    "<!-- never ends",
    "&lt;already&gt; &amp; &nope; &#0; &#x1F600;",
    "{{Question 1}} {{/Question 1}} {{^Id}}",
    "{{c1::unbalanced",
    "}} and {{ and {{{",
    "]]> <![CDATA[",
    "\x00\x1f\x7f\ufffe\ufeff",
    "\u200b",
    " ",
    "%s %d {0} $1 \\1",
)


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    with desk(tmp_path / "learner") as opened:
        yield opened


def _bank(texts: tuple[str, ...]) -> Bank:
    """A bank in which each text stands wherever a text can."""
    items = []
    for number, text in enumerate(texts):
        source = replace(banks.SOURCE, title=text, publisher=text, link=text, url=text)
        common: dict[str, Any] = {
            "stem": text,
            "key": (text,),
            "explanation": text,
            "sources": (source,),
            "tags": (text,),
        }
        items += [
            banks.item(f"t{number}/typed", **common),
            banks.item(f"t{number}/choice", ItemType.CHOICE, slot=2, options=(text, "other"), **common),
        ]
    return Bank(banks.DECK, tuple(items))


def test_whatever_is_broken_arrives_as_text(anki: Desk) -> None:
    """Each note arrives once with both cards, and its front and back show the very letters."""
    log = anki.import_bank(_bank(BROKEN))
    assert len(log.new) == len(BROKEN)
    assert not (log.conflicting or log.empty_first_field)
    sides = anki.sides()
    for number, text in enumerate(BROKEN):
        shown = " ".join(unicodedata.normalize("NFC", visible(text)).split())
        for slot in (1, 2):
            front, back = sides[f"t{number}", slot]
            assert shown in " ".join(read(front).text.split()), text
            assert not read(back).links, text


def test_no_text_makes_an_element(anki: Desk) -> None:
    """No field holds a script, a style, a picture or a comment, whatever stood in the texts."""
    anki.import_bank(_bank(BROKEN))
    for number in anki.col.find_notes(""):
        for name, value in anki.col.get_note(number).items():
            assert not {"script", "style", "img", "!--"} & read(value).elements, (name, value)


def test_nothing_is_left_to_repair(anki: Desk) -> None:
    """Anki's own check of the database finds nothing wrong with such a deck."""
    anki.import_bank(_bank(BROKEN))
    message, sound = anki.col.fix_integrity()
    assert sound
    assert message.splitlines() == ["Database rebuilt and optimized."]


def test_a_megabyte_of_text_arrives_whole(anki: Desk) -> None:
    """A field of a megabyte, of letters that all must be escaped, is imported and rendered to the last."""
    text = "<{한국}>" * 160_000 + "the end"
    bank = Bank(banks.DECK, (banks.item("long/typed", explanation=text),))
    assert len(text.encode()) > 1_000_000
    assert len(anki.import_bank(bank).new) == 1
    assert read(anki.sides()["long", 1][1]).text.count("<{한국}>") == 160_000


TEXTS = st.lists(st.text(st.characters(codec="utf-8"), min_size=1, max_size=40), min_size=1, max_size=12)


@settings(max_examples=25, deadline=None)
@given(texts=TEXTS)
def test_anki_takes_any_text_whatever(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    """Whatever letters a fact holds, Anki takes every note of the deck, and a second time none of them."""
    bank = _bank(tuple(texts))
    with desk(tmp_path_factory.mktemp("any")) as anki:
        assert len(anki.import_bank(bank).new) == len(texts)
        assert len(anki.import_bank(bank).duplicate) == len(texts)
        assert set(anki.cards()) == {(f"t{number}", slot) for number in range(len(texts)) for slot in (1, 2)}


# What an author may write in a pack, and the place and words with which it is refused.
REFUSED = [
    ("explanation: It ended a quarrel.", f"explanation: {'x' * 1_000_000}", "at most 2,000 were expected"),
    ("url: https://example.org/work", "url: 'javascript:alert(1)'", "is no web address"),
    ("    topic: one", "    topic: one\n    tags: [two words]", "is not an id"),
    (
        "explanation: It ended a quarrel.",
        "explanation: {{ unbalanced",
        "a key is a list, a mapping or an alias",
    ),
]


@pytest.mark.parametrize(("old", "new", "said"), REFUSED, ids=["megabyte", "javascript", "tag", "braces"])
def test_what_no_deck_should_hold_is_refused_with_its_place(
    tmp_path: Path, old: str, new: str, said: str
) -> None:
    """The command says where it stands and what is wrong, and leaves the deck and the lock as they were."""
    author = Author(tmp_path / "facts")
    author.write([Sketch("pact")])
    author.build()
    before = author.deck.read_bytes(), author.lock.read_bytes()
    pack = author.folder / "pacts.pack.yaml"
    text = pack.read_text("utf-8")
    assert old in text
    pack.write_text(text.replace(old, new, 1), "utf-8")
    done = author.run("build", "-o", str(author.deck))
    assert done.exit_code == 1
    line = 1 + text[: text.index(old)].count("\n") + new.partition(old)[2].count("\n")
    assert f"{pack}:{line}:" in done.stderr
    assert said in done.stderr
    assert len(done.stderr) < 1_000
    assert (author.deck.read_bytes(), author.lock.read_bytes()) == before


def test_broken_text_in_a_pack_is_shown_as_text(tmp_path: Path, anki: Desk) -> None:
    """Markup and braces that YAML takes for text reach the card as the letters that the author wrote."""
    author = Author(tmp_path / "facts")
    why = '"<b>bold {{c1::x}} {{Question 1}} <script>alert(1)</script> }}"'
    author.write([Sketch("pact", why=why)])
    assert len(anki.import_bytes(author.build()).new) == 1
    for _, back in anki.sides().values():
        assert why.strip('"') in read(back).text
