"""A deck built beside its lock: what `build`, `export --to apkg` and `diff` share."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen import shipped, terminal
from quizgen.base import clock
from quizgen.base.errors import QuizgenError
from quizgen.base.files import is_file
from quizgen.base.problems import Problem, did_you_mean
from quizgen.cli.common import bank_of, fail, recipe_for, recipe_path
from quizgen.cli.writing import write_all

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from quizgen.facts.recipe import Recipe
    from quizgen.facts.yaml_file import Document
    from quizgen.items.item import Bank
    from quizgen.upgrade.dating import Dated
    from quizgen.upgrade.lock import Kept, Lock
_NOTES = 12  # a build is not read for more; `--check` is


@dataclass(frozen=True, slots=True)
class Built:
    """A deck's items, its dated notes, and the lock as it was (None: there is none) and where it stands."""

    recipe: Recipe
    bank: Bank
    dated: Dated
    lock: Lock | None
    lock_file: Path
    document: Document | None

    @property
    def package(self) -> bytes:
        """The bytes of the deck's file."""
        from quizgen.export.anki_file import package

        return package(self.bank, self.dated.notes, self.dated.lock.edition.note_type.modified)

    @property
    def lock_text(self) -> bytes:
        """The lock that records the build."""
        from quizgen.upgrade.lock_write import written

        return written(self.dated.lock)


def built(deck: str | None, *, previous: Iterable[Path] = (), recorded: bool = False) -> Built:
    """Build the deck that DECK names, in memory; every problem is printed, with exit code 1.

    `previous` are files that may hold the deck's last build, from which removed facts are retired; the one
    beside the recipe is always looked for. A build that is not recorded dates what changed by the day alone,
    so that it gives the same bytes all day.
    """
    from quizgen.export.anki_notes import notes_of
    from quizgen.upgrade.dating import Times, date
    from quizgen.upgrade.lock import lock_path
    from quizgen.upgrade.lock_read import read

    recipe, pack = recipe_for(deck)
    path = lock_path(recipe.path)
    lock, document, problems = read(path)
    if problems:
        fail(problems)
    bank = bank_of(recipe, pack)
    day = int(datetime.datetime.combine(clock.today(), datetime.time(), datetime.UTC).timestamp())
    try:
        notes = notes_of(bank)
    except QuizgenError as error:
        fail([Problem(bank.deck.id, 0, 0, "", str(error), "look at its template's slot and blanks")])
    drop = recipe.record.retired.drop
    live = {note.id for note in notes}
    if problems := _dropping(recipe, live, lock):
        fail(problems)
    candidates = (*previous, recipe.path.with_name(f"{bank.deck.id}.apkg"))
    words = _last_words(candidates) if lock is not None and lock.edition.notes.keys() - live else {}
    times = Times(day, clock.build_moment() if recorded else day)
    dated = date(bank.deck, notes, lock, times, drop=drop, last_words=words)
    return Built(recipe, bank, dated, lock, path, document)


def _dropping(recipe: Recipe, live: set[str], lock: Lock | None) -> list[Problem]:
    """Every id that the recipe drops and that is no removed fact's."""
    gone = set() if lock is None else {*lock.edition.notes, *lock.dropped} - live
    problems = []
    for index, name in enumerate(recipe.record.retired.drop):
        loc = ("retired", "drop", index)
        if name in live:
            message = f"the deck still has {name!r}, so its note cannot be dropped"
            problems.append(recipe.origin.problem(loc, message, "leave the fact out first, or keep its note"))
        elif name not in gone:
            message = f"no build ever had a note {name!r}"
            problems.append(recipe.origin.problem(loc, message, did_you_mean(name, gone, "removed fact")))
    return problems


def _last_words(candidates: Iterable[Path]) -> Mapping[str, Kept]:
    """What the first readable package among the candidates says of each note, by GUID."""
    from quizgen.export.anki_read import UnfitPackageError, read
    from quizgen.upgrade.dating import last_words

    found: dict[str, Kept] = {}
    for path in candidates:
        if not is_file(path):
            continue
        try:
            notes = read(path.read_bytes()).notes
        except (OSError, UnfitPackageError) as error:
            terminal.err(f"note: {path} was not read for the last words of removed facts: {error}")
            continue
        for note in notes:
            found.setdefault(note.guid, last_words(note.fields, note.tags))
    return found


def is_own(deck: str | None) -> bool:
    """Whether DECK is the user's own, and none that travels with quizgen."""
    return not shipped.is_shipped(recipe_path(deck))


def check(made: Built) -> str:
    """Say that the lock is up to date, or print what isn't and what learners would lose, with exit code 1."""
    from quizgen.upgrade.hazards import hazards, staleness

    if made.lock is None or made.document is None:
        hint = "write it with `quizgen build --lock`, and commit it"
        fail([Problem(str(made.lock_file), 0, 0, "", "there is no lock yet", hint)])
    found = hazards(made.lock, made.document, made.dated)
    problems = [*found.breaking, *found.noted, *staleness(made.lock, made.document, made.dated)]
    if problems:
        fail(problems)
    notes = len(made.dated.notes)
    return f"{made.lock_file} is up to date: {notes:,} notes, and nothing that learners would lose."


def hold(made: Built, *, recorded: bool, accept_loss: bool) -> None:
    """Refuse a build that would cost learners their progress, and say what it would change for them."""
    from quizgen.upgrade.hazards import hazards, staleness

    if made.lock is None or made.document is None:
        return
    found = hazards(made.lock, made.document, made.dated)
    if found.breaking and not accept_loss:
        fail(found.breaking)
    notes = [*found.breaking, *found.noted]
    for problem in notes[:_NOTES]:
        terminal.err(f"note: {problem}")
    if len(notes) > _NOTES:
        terminal.err(
            f"note: and {len(notes) - _NOTES} more like these; `quizgen build --check` names them all"
        )
    if not recorded and staleness(made.lock, made.document, made.dated):
        terminal.err(f"note: {made.lock_file} does not hold this build; `quizgen build --lock` records it")


def save(made: Built, path: Path, *, recorded: bool) -> bytes:
    """Write the deck to `path`, and its lock where the build is recorded; returns the deck's bytes.

    The lock is moved into its place first. Whoever dies between the two has a lock that knows a later time
    than the old deck: the next build gives the very deck that is missing. The other way round it would date
    the same changes once more, and learners would lose their own words twice.
    """
    data = made.package
    files = [(path, data)]
    if recorded and (made.document is None or made.lock_text != made.document.text.encode()):
        files.insert(0, (made.lock_file, made.lock_text))
    write_all(files)
    return data
