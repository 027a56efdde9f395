"""The pictures of `docs/anki-gallery.md`: there, small, and of cards that the shipped decks have.

`QUIZGEN_REWRITE_DOCS=1` takes them anew. Their bytes are not compared: no two machines draw letters alike.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path

import pytest
from PIL import Image

from quizgen.cli.common import bank_for
from quizgen.export.anki_notes import cards_of, note_id
from tests.anki_desk import desk
from tests.card_look import CHROMIUM, THEMES, frames, shot, sides

DOCS = Path(__file__).parent.parent / "docs"
PAGE = DOCS / "anki-gallery.md"
MOST = 600_000  # bytes of all pictures together


@dataclass(frozen=True, slots=True)
class Picture:
    """Sides of cards (note, slot, which side) in a row, each of that size, in a theme and a size of type."""

    name: str
    deck: str
    shown: tuple[tuple[str, int, str], ...]
    theme: int
    size: tuple[int, int]
    typed: str = ""
    type_size: str = "100%"


def both(note: str, slot: int) -> tuple[tuple[str, int, str], ...]:
    """A card's front and back."""
    return (note, slot, "front"), (note, slot, "back")


PICTURES = (
    Picture("recall-light", "japan-korea", both("gsomia-signed", 1), 0, (320, 1260)),
    Picture("recall-dark", "japan-korea", both("gsomia-signed", 1), 1, (320, 1260)),
    Picture("cloze", "japan-korea", both("basic-treaty-signed", 2), 2, (320, 1100)),
    Picture("names", "japan-korea", both("park-geun-hye-president", 1), 0, (320, 600)),
    Picture("order", "japan-korea", both("leaders-in-order", 1), 0, (320, 1120)),
    Picture("typed", "japan-korea", both("gsomia-signed", 1), 1, (320, 640), typed="2017"),
    Picture("options", "japan-korea-exam", both("camp-david-documents", 3), 0, (320, 760)),
    Picture("true-or-false", "japan-korea-exam", both("sarex-rhythm", 4), 1, (320, 540)),
    Picture("match", "japan-korea-exam", both("governors-general-matched", 1), 2, (320, 620)),
    Picture("wide", "japan-korea", (("annexation-treaty-signed", 1, "back"),), 0, (768, 700)),
    Picture("large-type", "japan-korea", both("camp-david-date", 1), 0, (320, 1480), type_size="150%"),
)


def test_the_gallery_shows_every_picture() -> None:
    """The page names each picture once, with words for whoever does not see it, and no other picture."""
    shown = re.findall(r"!\[([^\]]+)\]\(anki-gallery/([\w-]+)\.png\)", PAGE.read_text("utf-8"))
    assert sorted(name for _, name in shown) == sorted(picture.name for picture in PICTURES)
    assert all(len(words) > 20 for words, _ in shown)
    assert {path.stem for path in (DOCS / "anki-gallery").iterdir()} == {picture.name for picture in PICTURES}


def test_the_gallery_is_small() -> None:
    """All pictures together weigh less than a photograph."""
    assert sum(path.stat().st_size for path in (DOCS / "anki-gallery").iterdir()) < MOST


@pytest.mark.parametrize("deck", ["japan-korea", "japan-korea-exam"])
def test_the_gallery_shows_cards_that_there_are(deck: str, tmp_path: Path) -> None:
    """Each picture is of cards that the deck has today."""
    bank = bank_for(deck)
    wanted = [picture for picture in PICTURES if picture.deck == deck]
    cards = {(note_id(item), item.slot) for item in cards_of(bank)}
    assert {shown[:2] for picture in wanted for shown in picture.shown} <= cards
    if "QUIZGEN_REWRITE_DOCS" not in os.environ or CHROMIUM is None:
        return
    with desk(tmp_path / "desk") as opened:
        opened.import_bank(bank)
        there = opened.cards()
        for picture in wanted:
            style = f"<style>html {{ font-size: {picture.type_size} }}</style>"
            pages = []
            for note, slot, side in picture.shown:
                card = there[note, slot]
                written = card.note()
                written["Typing"] = "yes" if picture.typed else ""
                opened.col.update_note(written)
                look = sides(note, card, picture.typed)[side == "back"]
                pages.append((side, picture.size[0], look.page(THEMES[picture.theme], style)))
            width, height = picture.size
            sheet = frames(pages, height)
            path = DOCS / "anki-gallery" / f"{picture.name}.png"
            shot(tmp_path, sheet, path, len(pages) * (width + 8) - 8, height)
            with Image.open(path) as taken:
                few = taken.convert("RGB").quantize(128, dither=Image.Dither.NONE)
            few.save(path, optimize=True)
