"""A learner's Anki: the real program's own collection and importer, without its window."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest, ImportLogWithChanges

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
        """Build the bank's package and import it, with the options of the person who just opens the file."""
        return self.import_bytes(EXPORTERS["apkg"](bank))

    def import_bytes(self, package: bytes) -> ImportLogWithChanges.Log:
        """Import a package with Anki's default options."""
        path = self.folder / "deck.apkg"
        path.write_bytes(package)
        request = ImportAnkiPackageRequest(package_path=str(path), options=ImportAnkiPackageOptions())
        return self.col.import_anki_package(request).log

    def cards(self) -> list[Card]:
        """Every card, in order of note and slot."""
        return [self.col.get_card(card) for card in self.col.find_cards("", order="c.nid, c.ord")]

    def sides(self) -> dict[tuple[str, int], tuple[str, str]]:
        """What every card shows: (note id, slot) to (front, back), rendered by Anki."""
        shown = {}
        for card in self.cards():
            output = card.render_output(reload=True)
            shown[card.note()["Id"], card.ord + 1] = (output.question_text, output.answer_text)
        return shown

    def card_ids(self) -> dict[tuple[str, int], int]:
        """(note id, slot) to Anki's number of the card, which scheduling hangs on."""
        return {(card.note()["Id"], card.ord + 1): card.id for card in self.cards()}


@contextmanager
def desk(folder: Path) -> Iterator[Desk]:
    """A learner's Anki in `folder`, closed in the end."""
    folder.mkdir(parents=True, exist_ok=True)
    opened = Desk(folder)
    try:
        yield opened
    finally:
        opened.col.close()
