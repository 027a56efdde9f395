"""The page: one file that loads nothing, runs nothing, and says in words and tables what it draws."""

from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser
from itertools import pairwise

import pytest

from quizgen.items.item import Topic
from quizgen.stats import svg
from quizgen.stats.colours import COLOURS
from quizgen.stats.page import page
from quizgen.store.review import Rating
from tests.banks import HOSTILE
from tests.progress_desk import SOURCE, answered, bank, item, progress, schedule

TEXT_ON_PAPER = ("ink", "quiet", "link")
MARKS_ON_PAPER = ("mark", "known", "learning", "d4")
EMPTY_TAGS = {"meta", "line", "rect", "circle", "br"}


class Tags(HTMLParser):
    """The tags of a page, and whether each that was opened was closed in its turn."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.names, self.attributes, self._open = list[str](), list[tuple[str, str]](), list[str]()
        self.feed(text)
        assert not self._open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]
        if tag not in EMPTY_TAGS or (tag == "rect" and not self.get_starttag_text().endswith("/>")):  # type: ignore[union-attr]
            self._open.append(tag)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.names.append(tag)
        self.attributes += [(name, value or "") for name, value in attrs]

    def handle_endtag(self, tag: str) -> None:
        if tag == "circle":
            return
        assert self._open.pop() == tag


def written(words: str = "What?", name: str = "Small") -> str:
    """A page with something in each section, with these words wherever a pack can put any."""
    deck = bank(item("a/x", stem=words, source=replace(SOURCE, title=words, publisher=words)))
    deck = replace(deck, deck=replace(deck.deck, name=name, topics=(Topic("one", words),)))
    log = (
        answered("a/x", 9),
        answered("a/x", 5, expected=0.9),
        answered("a/x", 1, Rating.AGAIN, expected=0.8),
    )
    return page(progress(deck, schedule("a/x", lapses=2), log=log))


@pytest.mark.parametrize("words", HOSTILE)
def test_no_word_of_a_pack_becomes_markup(words: str) -> None:
    """Whatever a stem, a topic, a source or a deck is called, the page has the same tags as without it."""
    assert [name for name in Tags(written(words, words)).names if name not in ("span", "br", "bdi")] == [
        name for name in Tags(written()).names if name not in ("span", "br", "bdi")
    ]


def test_the_page_loads_and_runs_nothing() -> None:
    """No script, no style, font or picture from elsewhere; only a source's link leads out of it."""
    text = written()
    tags = Tags(text)
    assert not {"script", "link", "img", "iframe", "object", "form", "base"} & set(tags.names)
    addresses = [value for name, value in tags.attributes if name in ("href", "src") or "://" in value]
    assert addresses == [SOURCE.link]
    assert "default-src 'none'; style-src 'unsafe-inline'" in text
    assert not re.search(r"url\(|@import", text)


def test_a_source_that_is_no_address_is_no_link() -> None:
    """An address that a browser would run is shown as text."""
    evil = replace(SOURCE, link="javascript:alert(1)")
    found = page(
        progress(bank(item("a/x", source=evil)), schedule("a/x", lapses=1), log=(answered("a/x", 1),))
    )
    assert "href" not in found
    assert "javascript:alert(1)" in found


def test_every_plot_has_words_and_a_table() -> None:
    """Who doesn't see a plot is told what it shows, and finds its numbers in a table beside it."""
    text = written()
    plots = re.findall(r'<svg viewBox="[^"]+" role="img" aria-label="([^"]+)">', text)
    assert len(plots) == text.count("<figure>") == 4
    for words in plots:
        assert f"<figcaption>{words}</figcaption>" in text
        assert f"<caption>{words}</caption>" in text


@pytest.mark.parametrize("days", [1, 30, 800])
def test_no_mark_lies_outside_its_plot(days: int) -> None:
    """Every cell and bar lies within its picture, for a day and for years."""
    log = tuple(answered("a/x", day) for day in range(days - 1, -1, -1))
    text = page(progress(bank(item("a/x")), schedule("a/x"), log=log, days=days))
    for width, height, inside in re.findall(r'<svg viewBox="0 0 (\d+) (\d+)"(.*?)</svg>', text, re.DOTALL):
        for x, y, wide, high in re.findall(
            r'<rect x="([\d.-]+)" y="([\d.-]+)" width="([\d.]+)" height="([\d.]+)"', inside
        ):
            assert 0 <= float(x) <= float(x) + float(wide) <= float(width) + 0.2
            assert 0 <= float(y) <= float(y) + float(high) <= float(height)


def test_labels_below_bars_do_not_meet() -> None:
    """Of labels that would run into each other, or out of the picture, some are left out."""
    drawn = svg.bars([svg.Bar(n, "", "22 Nov") for n in range(200)], "words")
    places = [float(x) for x in re.findall(r'<text x="([\d.]+)" y="125.0"', drawn)]
    assert all(after - before > 37 for before, after in pairwise(places))
    assert places[-1] + 37 < svg.WIDTH


def luminance(colour: str) -> float:
    """The relative luminance by WCAG 2.2."""
    parts = [int(colour[n : n + 2], 16) / 255 for n in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast of two colours, from 1 to 21."""
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
@pytest.mark.parametrize("name", [*TEXT_ON_PAPER, *MARKS_ON_PAPER])
def test_colours_have_contrast(name: str, shade: int) -> None:
    """Text has 4.5 to 1 with its background, a mark that says something 3 to 1."""
    least = 4.5 if name in TEXT_ON_PAPER else 3
    assert contrast(COLOURS[name][shade], COLOURS["paper"][shade]) >= least


@pytest.mark.parametrize("shade", [0, 1], ids=["light", "dark"])
def test_shades_of_the_calendar_go_one_way(shade: int) -> None:
    """More answers, more contrast with the page."""
    found = [contrast(COLOURS[f"d{n}"][shade], COLOURS["paper"][shade]) for n in range(5)]
    assert found == sorted(found)


def test_an_empty_store_has_a_page_too() -> None:
    """It says that nothing is due, and how to begin."""
    text = page(progress(bank(item("a/x"))))
    assert Tags(text).names.count("section") == 1
    assert "no item of this deck has been asked yet" in text
