"""What a deck costs in Anki: its bytes, its import, and its building, beside what Anki and genanki need.

Usage: python -m benchmarks.anki [--notes N] [--rounds N]

Needs the `anki` library (`pip install '.[test]'`). Times are ratios within one run, as in `benchmarks.run`.
"""

from __future__ import annotations

import argparse
import gc
import os
import platform
import tempfile
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import genanki
from anki.collection import Collection, ImportAnkiPackageOptions, ImportAnkiPackageRequest
from anki.import_export_pb2 import ExportAnkiPackageOptions, ExportLimit

from benchmarks.measure import Row, Side, compare, inside
from benchmarks.synthetic import write_pack
from quizgen.cli.building import built
from quizgen.cli.common import bank_for
from quizgen.export import EXPORTERS, anki_file, anki_note_type
from quizgen.export.anki_notes import notes_of, seconds
from quizgen.items.item import Bank
from quizgen.upgrade.dating import Times, date


def load(col: Collection, package: Path) -> tuple[int, int]:
    """Import a package with Anki's default options; how many notes were new, and how many unchanged."""
    request = ImportAnkiPackageRequest(package_path=str(package), options=ImportAnkiPackageOptions())
    log = col.import_anki_package(request).log
    return len(log.new), len(log.duplicate)


def exported(folder: Path, bank: Bank, *, legacy: bool) -> Path:
    """The bank's notes, imported into Anki and exported again by Anki itself, without scheduling."""
    ours, theirs = folder / "ours.apkg", folder / f"theirs-{legacy}.apkg"
    ours.write_bytes(EXPORTERS["apkg"](bank))
    with tempfile.TemporaryDirectory(dir=folder) as learner:
        col = Collection(str(Path(learner, "collection.anki2")))
        load(col, ours)
        options = ExportAnkiPackageOptions(with_scheduling=False, with_media=True, legacy=legacy)
        number = col.decks.id_for_name(bank.deck.name)
        assert number is not None  # noqa: S101  it was imported just now
        limit = ExportLimit(deck_id=number)
        col.export_anki_package(out_path=str(theirs), options=options, limit=limit)
        col.close()
    return theirs


def sizes(folder: Path, decks: dict[str, Bank]) -> Iterator[str]:
    """Bytes per note, beside both formats of Anki's own export."""
    for name, bank in decks.items():
        count = len(notes_of(bank))
        ours = len(EXPORTERS["apkg"](bank)) / count
        for legacy, how in ((False, "Anki's newest format"), (True, "Anki's format for older versions")):
            theirs = exported(folder, bank, legacy=legacy).stat().st_size / count
            ratio = ours / theirs
            held = "yes" if ratio <= 1.1 else "no"
            beside = f"{how} | {theirs:.0f} | {ratio:.2f} | 1.1 | {held}"
            yield f"| {name}, {count:,} notes | {ours:.0f} | {beside} |"


def imports(folder: Path, bank: Bank, rounds: int) -> Iterator[Row]:
    """Importing all new and all unchanged notes, from our package and from one that Anki exported."""
    theirs = exported(folder, bank, legacy=True)
    ours = folder / "ours.apkg"
    count = len(notes_of(bank))

    def fresh(package: Path) -> None:
        with tempfile.TemporaryDirectory(dir=folder) as learner:
            col = Collection(str(Path(learner, "collection.anki2")))
            assert load(col, package) == (count, 0)  # noqa: S101  else something else is measured
            col.close()

    yield compare(
        Side(f"import of {count:,} notes, all new", inside(partial(fresh, ours))),
        Side("the same notes as Anki exports them", inside(partial(fresh, theirs))),
        bound=1.1,
        rounds=rounds,
    )
    with tempfile.TemporaryDirectory(dir=folder) as learner:
        col = Collection(str(Path(learner, "collection.anki2")))
        load(col, ours)

        def again(package: Path) -> None:
            assert load(col, package) == (0, count)  # noqa: S101

        yield compare(
            Side(f"import of {count:,} notes, all unchanged", inside(partial(again, ours))),
            Side("the same notes as Anki exports them", inside(partial(again, theirs))),
            bound=1.1,
            rounds=rounds,
        )
        col.close()


def building(folder: Path, bank: Bank, rounds: int) -> Iterator[Row]:
    """Making the package of notes that are ready, and dating them, beside genanki's own way of writing."""
    notes = notes_of(bank)
    revised = seconds(bank.deck.revision)
    lock = date(bank.deck, notes, None, Times(revised, revised)).lock

    def alone() -> None:
        model = genanki.Model(
            bank.deck.anki.note_type,
            "the same",
            fields=anki_note_type.fields(),
            templates=anki_note_type.templates(),
            css=anki_note_type.style(),
        )
        deck = genanki.Deck(bank.deck.anki.deck, bank.deck.name)
        for note in notes:
            guid = anki_file.guid(bank.deck.id, note.id)
            deck.add_note(
                genanki.Note(model=model, fields=list(note.fields), tags=list(note.tags), guid=guid)
            )
        genanki.Package(deck).write_to_file(str(folder / "alone.apkg"), timestamp=1.0)

    beside = Side("genanki alone, uncompressed", inside(alone))
    count = f"{len(notes):,} notes"
    yield compare(
        Side(f"{count} packed", inside(lambda: anki_file.package(bank, notes, revised))),
        beside,
        bound=2,
        rounds=rounds,
    )
    yield compare(
        Side(
            f"{count} dated by the lock",
            inside(lambda: date(bank.deck, notes, lock, Times(revised, revised))),
        ),
        beside,
        bound=0.5,
        rounds=rounds,
    )


def main() -> None:
    """Measure, and print the tables as Markdown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--notes", type=int, default=10_000, help="notes of the large deck (default 10,000)")
    parser.add_argument(
        "--rounds", type=int, default=3, help="pairs for each comparison of times (default 3)"
    )
    given = parser.parse_args()
    gc.disable()  # as the command does
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} processors"
    print(f"Python {platform.python_version()}, {machine}, {given.rounds} rounds")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        large = built(str(write_pack(folder / "large", given.notes))).bank
        print("\n| deck | bytes a note | beside | bytes a note | ratio | at most | held |")
        print("|---|---|---|---|---|---|---|")
        decks = {"japan-korea": bank_for("japan-korea"), "japan-korea-exam": bank_for("japan-korea-exam")}
        for line in sizes(folder, decks | {"synthetic": large}):
            print(line, flush=True)
        print("\n| what | median | beside | median | ratio | at most | held |")
        print("|---|---|---|---|---|---|---|")
        for rows in (building, imports):
            for row in rows(folder, large, given.rounds):
                print(row, flush=True)


if __name__ == "__main__":
    main()
