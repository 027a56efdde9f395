"""What a deck says of itself: within AnkiWeb's limits, safe in Anki, and there after an import."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from quizgen import shipped
from quizgen.cli.common import bank_for
from quizgen.export.deck_page import LONGEST, deck_page, description
from quizgen.items.item import Bank
from tests import banks
from tests.anki_desk import Desk, desk, read


@pytest.fixture
def anki(tmp_path: Path) -> Iterator[Desk]:
    """A learner's Anki."""
    with desk(tmp_path / "learner") as opened:
        yield opened


def shown(anki: Desk) -> str:
    """The description that Anki has of the deck."""
    found = anki.col.decks.by_name(banks.DECK.name)
    assert found is not None
    assert not found.get("md")  # or Anki would take it for Markdown
    return str(found["desc"])


def page(bank: Bank) -> str:
    return deck_page(bank).decode()


@pytest.mark.parametrize("name", sorted(shipped.recipes()))
def test_the_shipped_decks_pages_are_within_ankiwebs_limits(name: str) -> None:
    """Title and description fit the form by which decks are shared, and no work goes unnamed."""
    bank = bank_for(name)
    assert len(bank.deck.name) <= 60
    text = page(bank)
    assert len(text) <= 65_000
    works = {source.id for item in bank.items if item.type in bank.deck.cards for source in item.sources}
    assert len(re.findall(r"^- ", text, re.MULTILINE)) == len(works)


def test_the_page_says_what_a_learner_needs() -> None:
    """What it is, how large, where errors go, what an update does, licence, revision, and the works cited."""
    bank = banks.one_of_each()
    text = page(replace(bank, deck=replace(bank.deck, contact="https://example.org/errors")))
    assert text == PAGE


PAGE = r"""Facts about \<tea\>.

**4 notes, 7 cards.** Every answer says why it is right, and links to the passage that says so. Topics, with their cards: The leaf (5), The cup \& saucer (2).

**An error?** The id of its fact stands at the foot of the answer. Send it, with what is wrong, to [https://example.org/errors](https://example.org/errors).

**Updates.** Open a newer file of the deck in Anki: your reviews, flags and suspended cards stay. Anki replaces the notes that have changed, and with them your tags and My notes on those. `quizgen push` leaves both alone.

Licence: CC BY 4.0; the works cited belong to their authors. Revision 22 November 2026. Made with quizgen from sourced facts.

## Works cited

### Primary sources

- [The treaty of the leaf](https://example.org/leaf). Ministry of Tea, 23 November 2016. 3 notes.

### Weak sources

- [A rumour](https://example.org/leaf). Ministry of Tea, 23 November 2016. 1 note.

### Texts by an AI

- [A summary](https://example.org/leaf). A model, Ministry of Tea, 23 November 2016. 1 note.
"""  # noqa: E501  a paragraph is one line


def test_without_a_contact_errors_go_to_whoever_gave_the_deck() -> None:
    """A recipe without a contact still says where an error goes; words that are no address are no link."""
    bank = banks.one_of_each()
    assert "what is wrong, to whoever gave you the deck." in page(bank)
    words = replace(bank, deck=replace(bank.deck, contact="Ms *Leaf*, javascript:room 4"))
    assert r"what is wrong, to Ms \*Leaf\*, javascript:room 4." in page(words)
    assert "to Ms *Leaf*, javascript:room 4." in read(description(words)).text
    assert not read(description(words)).links


def test_many_works_are_named_as_far_as_they_fit() -> None:
    """Where AnkiWeb has no room for all works, those of most notes are named and the others counted."""
    items = tuple(
        banks.item(
            f"f{number}/x",
            sources=(
                banks.SOURCE,
                replace(banks.SOURCE, id=f"work-{number}", title=f"A work of a long title, no. {number}"),
            ),
        )
        for number in range(1000)
    )
    text = page(Bank(banks.DECK, items))
    named = len(re.findall(r"^- ", text, re.MULTILINE))
    assert len(text) <= LONGEST
    assert 400 < named < 1001
    assert f"And {1001 - named} other works, named on the cards." in text
    assert "- [The treaty of the leaf](https://example.org/leaf)" in text
    assert "1,000 notes.\n" in text


def test_hostile_words_are_words_on_the_page() -> None:
    """Rendered, the page has only our own headings, lists and links, whatever the deck's texts hold."""
    for nasty in (*banks.HOSTILE, "# head", "![x](http://e.org)", "1. one", "](javascript:x)", "-----"):
        source = replace(banks.SOURCE, title=nasty, publisher=nasty, author=nasty, url="javascript:alert(1)")
        deck = replace(banks.DECK, description=nasty, licence=nasty, contact=nasty)
        deck = replace(deck, topics=(replace(deck.topics[0], name=nasty),))
        html = MarkdownIt("gfm-like", {"linkify": False}).render(
            page(Bank(deck, (banks.item("a/b", sources=(source,)),)))
        )
        found = read(html)
        assert found.elements <= {"p", "strong", "h2", "h3", "ul", "li", "code", "a"}, nasty
        assert html.count("<h") == 2, nasty
        assert html.count("<code>") == 1, nasty
        assert not found.links, nasty


def test_anki_shows_the_description(anki: Desk) -> None:
    """An import brings the description: works counted, the licence, and nothing that Anki would run."""
    bank = banks.one_of_each()
    hostile = replace(bank, deck=replace(bank.deck, description="<script>alert(1)</script>"))
    anki.import_bank(hostile)
    said = read(shown(anki))
    assert said.text.startswith(
        "<script>alert(1)</script>It rests on 1 primary source, 1 weak source, 1 text by an AI;"
    )
    assert "Licence: CC BY 4.0;" in said.text
    assert "Revision 22 November 2026." in said.text
    assert said.elements == {"p", "b", "code"}


def test_a_later_import_brings_the_later_description(anki: Desk) -> None:
    """The description follows the deck: an update's replaces the one before, even if no note changed."""
    bank = banks.one_of_each()
    anki.import_bank(bank)
    again = replace(bank, deck=replace(bank.deck, description="Told anew."))
    assert not anki.import_bank(again).updated
    assert read(shown(anki)).text.startswith("Told anew.")
