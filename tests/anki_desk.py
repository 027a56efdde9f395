"""A learner's Anki: the real program's own collection and importer, without its window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from html.parser import HTMLParser
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import (
    Collection,
    ImportAnkiPackageOptions,
    ImportAnkiPackageRequest,
    ImportLogWithChanges,
)

from quizgen.export import EXPORTERS
from quizgen.items.item import Bank

if TYPE_CHECKING:
    # Anki's modules import each other in a circle that only `anki.collection` may enter first.
    from anki.cards import Card


class Desk:
    """A collection in a folder of its own. `import_bank` does what a double-click does."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.col = Collection(str(folder / "collection.anki2"))

    def import_bank(self, bank: Bank) -> ImportLogWithChanges.Log:
        """Build the bank's package and import it, as the person does who just opens the file."""
        return self.import_bytes(EXPORTERS["apkg"](bank))

    def import_bytes(self, package: bytes) -> ImportLogWithChanges.Log:
        """Import a package with Anki's default options."""
        path = self.folder / "deck.apkg"
        path.write_bytes(package)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        return self.col.import_anki_package(request).log

    def cards(self) -> dict[tuple[str, int], Card]:
        """(note id, slot) to card, in order of note and slot."""
        cards = [self.col.get_card(number) for number in self.col.find_cards("", order="c.nid, c.ord")]
        return {(card.note()["Id"], card.ord + 1): card for card in cards}

    def sides(self) -> dict[tuple[str, int], tuple[str, str]]:
        """(note id, slot) to the front and the back, as Anki renders them."""
        shown = {}
        for name, card in self.cards().items():
            output = card.render_output(reload=True)
            assert not output.question_av_tags, name
            assert not output.answer_av_tags, name
            shown[name] = (output.question_text, output.answer_text)
        return shown

    def scheduling(self) -> dict[tuple[str, int], tuple[int, ...]]:
        """(note id, slot) to everything that reviewing has made of the card, and the card's own number."""
        return {
            name: (card.id, card.type, card.queue, card.due, card.ivl, card.factor, card.reps, card.lapses)
            for name, card in self.cards().items()
        }


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A learner's Anki in `folder`, closed in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = Desk(folder)
    try:
        yield opened
    finally:
        opened.col.close()


class _Reader(HTMLParser):
    """What a browser would show of HTML: its text, and the elements that it would make."""

    def __init__(self) -> None:
        super().__init__()
        self._pieces: list[str] = []
        self.elements: set[str] = set()
        self.links: list[str] = []

    @property
    def text(self) -> str:
        return "".join(self._pieces)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.add(tag)
        if tag == "br":
            self._pieces.append("\n")
        if tag == "a":
            self.links.append(dict(attrs).get("href") or "")

    def handle_data(self, data: str) -> None:
        self._pieces.append(data.replace("\n", " "))  # as a browser does

    def handle_comment(self, data: str) -> None:
        self.elements.add("!--")


def read(html: str) -> _Reader:
    """The text, the elements and the links of a side."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader
