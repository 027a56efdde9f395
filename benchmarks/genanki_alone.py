"""genanki writing notes that are all there already: what any program that uses genanki has to pay.

Usage: python benchmarks/genanki_alone.py NOTES.pickle OUT.apkg
"""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

import genanki


def main(notes: Path, out: Path) -> None:
    """Write a deck as genanki's README shows it, with its own way of writing the file."""
    # The pickle was written a moment ago by benchmarks/run.py.
    data = pickle.loads(notes.read_bytes())  # noqa: S301
    model = genanki.Model(**data["model"])
    deck = genanki.Deck(data["deck"], data["name"])
    for fields, tags, guid, due in data["notes"]:
        deck.add_note(genanki.Note(model=model, fields=fields, tags=tags, guid=guid, due=due))
    genanki.Package(deck).write_to_file(str(out), timestamp=1.0)


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
