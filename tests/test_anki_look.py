"""How cards look in a browser: measured on every kind of card, both sides, light and dark, at three widths.

The cards come through Anki's importer and its own template rendering. Pictures of them are written for a
person to look at: QUIZGEN_LOOK names a folder for all of them, and without it one goes to pytest's own.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from quizgen.cli.common import bank_for
from quizgen.export.anki_note_type import FIELDS
from quizgen.export.anki_notes import cards_of, note_id, notes_of
from quizgen.items.item import Bank, Item, ItemType, Moment
from tests import banks
from tests.anki_desk import Desk, desk
from tests.card_look import CHROMIUM, SMALLEST, THEMES, Look, Theme, frames, looks, measure, shot

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="no Chromium to look with")

WIDTHS = (SMALLEST, 768, 1400)

# Written into a page, this gives what it measures; of each run of text, its place, size and colours.
MEASURE = """
  var texts = [], walker = document.createTreeWalker(document.body, 4), node;
  var range = document.createRange();
  function ground(element) {
    for (; element; element = element.parentElement) {
      var colour = window.getComputedStyle(element).backgroundColor;
      if (!/^rgba\\(.*, 0\\)$/.test(colour)) return colour;
    }
    return "rgb(255, 255, 255)";
  }
  while ((node = walker.nextNode())) {
    var parent = node.parentElement, style = window.getComputedStyle(parent);
    if (!node.data.trim() || /^(SCRIPT|STYLE|title)$/.test(parent.tagName)) continue;
    range.selectNodeContents(node);
    var box = range.getBoundingClientRect();
    if (!box.width) continue;
    var svg = parent.ownerSVGElement;
    texts.push({text: node.data.slice(0, 60), left: box.left, right: box.right,
      size: parseFloat(style.fontSize), colour: svg ? style.fill : style.color, ground: ground(parent)});
  }
  var shapes = [];
  document.querySelectorAll("svg .near, svg .this").forEach(function (shape) {
    shapes.push({kind: shape.getAttribute("class"), colour: window.getComputedStyle(shape).fill,
      ground: ground(shape.parentElement)});
  });
  return {inner: window.innerWidth, scroll: document.documentElement.scrollWidth,
    texts: texts, shapes: shapes, pictures: document.querySelectorAll("svg").length};
"""


def _everything() -> Bank:
    """A bank of every type with timelines, all that supports an answer, and long and foreign texts."""
    bank = banks.one_of_each()
    dated = [
        banks.item(f"day-{year}/typed", essential=True, moment=Moment(f"The landmark of {year}", str(year)))
        for year in (1910, 1965, 2018, 2023)
    ]
    rule = Moment("The rule that lasted long", "1910-08-22", "1945-08-15")
    period = banks.item("rule/typed", moment=rule, essential=True)
    foreign = banks.item(
        "names/typed",
        stem="Who is 박근혜, called 朴槿恵 or パク・クネ, and what does שלום mean beside 2016?",
        key=("대한민국의 대통령",),
        accepted=("韓国の大統領", "رئيسة"),
        attributed_to="외교부",
        as_of="2026-06",
        sources=(banks.SOURCE, banks.WEAK, banks.MACHINE),
        moment=Moment("朴槿恵 met 아베 신조 in ソウル", "2015-11-02"),
    )
    word = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz"
    long = banks.item(
        "long/choice",
        ItemType.CHOICE,
        stem=" ".join([word, "and", "x" * 120, "https://example.org/" + "a" * 90] * 2),
        options=(word * 2, "y" * 80, "short"),
        key=("y" * 80,),
        explanation=" ".join(["It is long."] * 80),
        sources=(replace(banks.SOURCE, title=word * 2, publisher=word),),
        attributed_to=word,
    )
    items = tuple(replace(item, moment=Moment("The treaty", "2016-11-23")) for item in bank.items[:3])
    return replace(bank, items=(*items, *bank.items[3:], *dated, period, foreign, long))


def _worst(bank: Bank) -> list[tuple[str, int]]:
    """The cards of a deck that are hardest to lay out: of each type the longest, and the most sources."""

    def length(item: Item) -> int:
        return len(item.stem) + sum(map(len, (*item.options, *item.prompts, *item.key)))

    cards = cards_of(bank)
    kinds = sorted({item.type for item in cards})
    found = [max((item for item in cards if item.type is kind), key=length) for kind in kinds]
    found += [
        max(cards, key=lambda item: len(item.sources)),
        max(cards, key=lambda item: len(item.explanation)),
    ]
    return list(dict.fromkeys((note_id(item), item.slot) for item in found))


@pytest.fixture(scope="module")
def sides(tmp_path_factory: pytest.TempPathFactory) -> list[Look]:
    """Every side to be looked at: of each kind, the worst of the shipped decks, some of the hostile bank."""
    found: list[Look] = []
    for name, bank in (
        ("each", _everything()),
        ("recall", bank_for("japan-korea")),
        ("exam", bank_for("japan-korea-exam")),
        ("hostile", banks.hostile()),
    ):
        with desk(tmp_path_factory.mktemp(name)) as opened:
            opened.import_bank(bank)
            if name == "each":
                _fill_in(opened)
                wanted = None
            elif name == "hostile":
                wanted = [("h0", 1), ("h3", 5), ("h9", 2), ("h10", 4), ("h11", 3)]
            else:
                wanted = _worst(bank)
            found += [replace(look, name=f"{name}-{look.name}") for look in looks(opened, wanted, "2061")]
    return found


def _fill_in(opened: Desk) -> None:
    """A learner's own words, and the choice to type."""
    note = opened.cards()["treaty", 2].note()
    note["My notes"], note["Typing"] = "Mine: remember the <b>year</b>.", "yes"
    opened.col.update_note(note)


Measured = dict[str, dict[str, Any]]


@pytest.fixture(scope="module")
def measured(sides: list[Look], tmp_path_factory: pytest.TempPathFactory) -> Measured:
    """What a browser measures of each side in each theme at each width, and in large type on a phone."""
    pages = {f"{look.name}/{theme.name}": look.page(theme) for look in sides for theme in THEMES}
    found = measure(tmp_path_factory.mktemp("themes"), pages, WIDTHS, MEASURE)
    large = "<style>html { font-size: 200% }</style>"
    pages = {f"{look.name}/large": look.page(THEMES[0], large) for look in sides}
    return found | measure(tmp_path_factory.mktemp("large"), pages, [SMALLEST], MEASURE)


def test_nothing_overflows(measured: Measured) -> None:
    """No side is wider than its window, and no run of text leaves it: not on a phone, not in large type."""
    assert measured
    for name, page in measured.items():
        assert page["scroll"] <= page["inner"], name
        for text in page["texts"]:
            assert -0.5 <= text["left"] <= text["right"] <= page["inner"] + 0.5, (name, text)


def _channels(colour: str) -> list[float]:
    return [float(part) for part in colour[colour.index("(") + 1 : -1].split(",")][:3]


def _contrast(one: str, other: str) -> float:
    """WCAG's contrast of two colours as a browser computes them."""

    def luminance(colour: str) -> float:
        linear = [
            c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
            for c in (channel / 255 for channel in _channels(colour))
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_all_text_is_legible(measured: Measured) -> None:
    """Every run of text, as rendered, has WCAG's contrast AA with its ground, and is no small print."""
    for name, page in measured.items():
        assert page["texts"], name
        for text in page["texts"]:
            assert _contrast(text["colour"], text["ground"]) >= 4.5, (name, text)
            assert text["size"] >= 11.5, (name, text)


def test_the_dots_of_a_timeline_stand_out(measured: Measured) -> None:
    """What a picture shows has a contrast of 3 to 1, as WCAG 1.4.11 asks of graphics."""
    shapes = [(name, shape) for name, page in measured.items() for shape in page["shapes"]]
    assert {shape["kind"] for _, shape in shapes} == {"near", "this"}
    for name, shape in shapes:
        assert _contrast(shape["colour"], shape["ground"]) >= 3, (name, shape)


def test_dark_is_dark_in_every_program(measured: Measured) -> None:
    """The theme's own ground shows, and not the one that Anki or AnkiDroid gives the body in the dark."""
    grounds: dict[str, set[str]] = {theme.name: set() for theme in THEMES}
    for name, page in measured.items():
        theme = name.split("/")[1]
        if theme in grounds:
            grounds[theme] |= {
                text["ground"] for text in page["texts"] if text["text"] in ("GSOMIA", "The leaf")
            }
    assert grounds == {
        "light": {"rgb(251, 250, 246)"},
        "dark": {"rgb(31, 35, 40)"},
        "android-dark": {"rgb(31, 35, 40)"},
    }


def test_large_type_makes_a_card_larger(measured: Measured) -> None:
    """Whoever doubles the size of type gets twice the size in every run of text, those in the picture too."""
    for name, page in measured.items():
        if "/large/" not in name:
            continue
        plain = measured[name.replace("/large/", "/light/")]
        sizes = [text["size"] for text in plain["texts"]]
        assert [text["size"] for text in page["texts"]] == pytest.approx([2 * size for size in sizes]), name


def test_a_picture_stands_on_the_answer_side_alone(measured: Measured) -> None:
    """No question shows a timeline, which would give its answer away; the answers of dated facts do."""
    pictures = {name: page["pictures"] for name, page in measured.items()}
    assert not [name for name, count in pictures.items() if "-front/" in name and count]
    assert pictures["each-treaty-2-back/light/320"] == 1
    assert pictures["each-cup-1-back/light/320"] == 0


def test_a_browser_that_reads_a_picture_writes_the_same(tmp_path: Path) -> None:
    """Anki's editor is a page that reads a field and may write it back: each shipped SVG stays as it is."""
    place = list(FIELDS).index("Timeline")
    notes = [note for note in notes_of(bank_for("japan-korea")) if note.fields[place]]
    pages = {note.id: f'<!doctype html><meta charset="utf-8"><body>{note.fields[place]}' for note in notes}
    written = measure(tmp_path, pages, [SMALLEST], 'return document.querySelector("svg").outerHTML;')
    assert len(written) == len(notes) > 50
    for note in notes:
        assert written[f"{note.id}/{SMALLEST}"] in note.fields[place]


@pytest.fixture
def album(tmp_path: Path) -> Iterator[Path]:
    """Where pictures go."""
    yield Path(os.environ.get("QUIZGEN_LOOK") or tmp_path / "look")


# All sheets take two minutes.
SHEETS = itertools.product(THEMES, WIDTHS) if "QUIZGEN_LOOK" in os.environ else [(THEMES[0], 320)]


@pytest.mark.parametrize(("theme", "width"), SHEETS)
def test_pictures_are_taken(sides: list[Look], album: Path, tmp_path: Path, theme: Theme, width: int) -> None:
    """A sheet with all sides is written for each theme and width, and is no empty picture."""
    pages = [(look.name, width, look.page(theme)) for look in sides if not look.name.startswith("hostile")]
    columns = max(1, 2800 // (width + 8))
    picture = album / f"{theme.name}-{width}.png"
    height = 1100 if width < 700 else 800
    rows = -(-len(pages) // columns)
    shot(tmp_path, frames(pages, height), picture, columns * (width + 8), rows * (height + 8))
    assert picture.read_bytes().startswith(b"\x89PNG")
    assert picture.stat().st_size > 100_000
