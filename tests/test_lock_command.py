"""`quizgen build` and its lock: when it is written, what is refused, what a killed build leaves behind."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from click.testing import CliRunner

from quizgen import shipped
from quizgen.cli import main
from quizgen.export.anki_read import read
from quizgen.upgrade.edition import RETIRED
from tests.releases import DAY, FIRST, Author, Sketch

FACTS = tuple(Sketch(f"p{number}", year=1700 + 20 * number) for number in range(6))


@pytest.fixture
def author(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Author:
    """An author whose deck was built on the first day, and who now writes on the fourth."""
    found = Author(tmp_path / "facts")
    found.write(FACTS)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST))
    found.build()
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(FIRST + 3 * DAY + 99))
    return found


def _times(data: bytes) -> dict[str, int]:
    return {note.fields["Id"]: note.modified for note in read(data).notes}


def _changed(author: Author) -> None:
    author.write((Sketch("p0", year=1701), *FACTS[1:]))


def test_the_lock_of_ones_own_deck_is_written(author: Author) -> None:
    """Building one's own deck writes the lock beside the recipe, and nothing else there but the deck."""
    assert sorted(path.name for path in author.folder.iterdir()) == [
        "pacts.apkg",
        "pacts.lock.yaml",
        "pacts.pack.yaml",
        "pacts.yaml",
    ]


def test_a_second_build_changes_not_a_byte(author: Author) -> None:
    """Days later, the same facts give the same deck, and the lock is not even touched."""
    deck, lock = author.deck.read_bytes(), author.lock.stat()
    assert author.build() == deck
    assert author.lock.stat().st_mtime_ns == lock.st_mtime_ns
    assert author.lock.stat().st_ino == lock.st_ino


def test_a_changed_fact_is_dated_by_the_build(author: Author) -> None:
    """Only the changed note carries the time of the build, which stays when it is built again."""
    before = _times(author.deck.read_bytes())
    _changed(author)
    deck = author.build()
    assert _times(deck) == before | {"p0-signed": FIRST + 3 * DAY + 99}
    assert author.build() == deck


def test_without_the_lock_the_build_is_dated_by_the_day(author: Author) -> None:
    """`--no-lock` leaves the lock alone, dates what changed by the day, and says that it isn't recorded."""
    lock = author.lock.read_bytes()
    _changed(author)
    done = author.run("build", "--no-lock", "-o", str(author.deck))
    assert f"note: {author.lock} does not hold this build" in done.stderr
    assert author.lock.read_bytes() == lock
    assert _times(author.deck.read_bytes())["p0-signed"] == FIRST + 3 * DAY


def test_a_shipped_deck_has_its_lock_written_on_request_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A recipe that travels with quizgen is built by its lock, which only `--lock` writes."""
    author = Author(tmp_path / "facts")
    author.write(FACTS)
    recipes = {"pacts": author.folder / "pacts.yaml"}
    monkeypatch.setattr(shipped, "recipes", lambda: recipes)
    monkeypatch.setattr(shipped, "_folder", lambda name: author.folder)
    out = str(tmp_path / "out.apkg")
    assert CliRunner().invoke(main, ["build", "pacts", "-o", out]).exit_code == 0
    assert not author.lock.exists()
    assert CliRunner().invoke(main, ["build", "pacts", "-o", out, "--lock"]).exit_code == 0
    assert author.lock.exists()


def test_export_gives_the_deck_that_build_writes(author: Author) -> None:
    """`export --to apkg` dates notes by the lock too."""
    _changed(author)
    deck = author.build()
    done = CliRunner().invoke(main, ["export", str(author.folder / "pacts.yaml"), "--to", "apkg"])
    assert done.stdout_bytes == deck


def test_the_last_words_of_a_gone_fact_come_from_the_deck_that_is_replaced(author: Author) -> None:
    """The file that the build replaces holds the last words; once in the lock, they need no old deck."""
    author.write(FACTS[1:])
    author.build()
    author.deck.unlink()
    notes = {note.fields["Id"]: note for note in read(author.build()).notes}
    assert RETIRED in notes["p0-signed"].tags
    assert "1700" in notes["p0-signed"].fields["Answer 1"]


def test_a_deck_that_was_moved_away_is_named(author: Author, tmp_path: Path) -> None:
    """Where no old deck is found, the build says so and goes on; `--previous` names it when it turns up."""
    old = author.deck.rename(tmp_path / "elsewhere.apkg")
    author.write(FACTS[1:])
    done = author.run("build", "-o", str(author.deck))
    assert done.exit_code == 0
    assert "the fact 'p0-signed' is gone, and its last words were found in no deck" in done.stderr
    assert "p0-signed" not in _times(author.deck.read_bytes())
    notes = {note.fields["Id"]: note for note in read(author.build("--previous", str(old))).notes}
    assert RETIRED in notes["p0-signed"].tags


def test_a_recipe_drops_retired_notes(author: Author) -> None:
    """A removed fact named under `retired: drop` is shipped no longer; one that the deck has is refused."""
    author.write(FACTS[1:])
    author.build()
    author.recipe = "  retired: {drop: [p0-signed]}\n"
    author.write(FACTS[1:])
    assert "p0-signed" not in _times(author.build())
    assert author.run("build", "--check").exit_code == 0
    author.recipe = "  retired: {drop: [p1-signed, p9-signed]}\n"
    author.write(FACTS[1:])
    done = author.run("build", "-o", str(author.deck))
    assert done.exit_code == 1
    assert done.stderr.splitlines()[-2:] == [
        f"{author.folder / 'pacts.yaml'}:7:20: drop: the deck still has 'p1-signed', so its note cannot be "
        "dropped; leave the fact out first, or keep its note",
        f"{author.folder / 'pacts.yaml'}:7:31: drop: no build ever had a note 'p9-signed'; "
        "did you mean 'p0-signed'?",
    ]


def test_check_holds_when_nothing_changed(author: Author) -> None:
    """`--check` writes nothing and says how many notes it compared."""
    before = {path: path.read_bytes() for path in author.folder.iterdir()}
    done = author.run("build", "--check")
    assert done.exit_code == 0
    assert done.stdout == f"{author.lock} is up to date: 6 notes, and nothing that learners would lose.\n"
    assert {path: path.read_bytes() for path in author.folder.iterdir()} == before


@pytest.mark.parametrize("deck", shipped.recipes())
def test_the_shipped_locks_are_up_to_date(deck: str) -> None:
    """What learners have of the shipped decks is recorded; else `quizgen build DECK --lock` is due."""
    done = CliRunner().invoke(main, ["build", deck, "--check"])
    assert done.exit_code == 0, done.stderr


def test_check_wants_a_lock(author: Author) -> None:
    """Without a lock, `--check` fails and says how one is made."""
    author.lock.unlink()
    done = author.run("build", "--check")
    assert done.exit_code == 1
    assert f"{author.lock}: there is no lock yet; write it with `quizgen build --lock`" in done.stderr


def test_check_fails_on_a_stale_lock(author: Author) -> None:
    """A changed, a new and a gone fact are counted, and the gone one is named with its place in the lock."""
    author.write((Sketch("p0", year=1701), *FACTS[2:], Sketch("p9")))
    lock = author.lock.read_bytes()
    done = author.run("build", "--check")
    assert done.exit_code == 1
    line = next(n for n, text in enumerate(lock.decode().splitlines(), 1) if text.startswith("  p1-signed:"))
    assert done.stderr.splitlines()[-2:] == [
        f"{author.lock}:{line}:3: p1-signed: the fact 'p1-signed' is gone: who has its note keeps it, tagged "
        "quizgen::retired; if it was only renamed, give it its old id again",
        f"{author.lock}:1:1: the lock is stale: 1 new, 1 changed, 1 retired; "
        "write it with `quizgen build --lock`, and commit it",
    ]
    assert author.lock.read_bytes() == lock


BREAKING = [
    ("id: pacts\n", "id: treaties\n", "the deck's id would become 'treaties': learners would get 6 notes"),
    (
        "name: Pacts\n",
        "name: Treaties\n",
        "this deck would be called 'Treaties': the cards that learners have",
    ),
    ("note_type: 1954210885", "note_type: 1954210886", "Anki would refuse every correction of 6 notes"),
    ("deck: 1607392321", "deck: 1607392322", "the deck's number in Anki would become 1607392322"),
    ("revision", "subdecks: true\n  revision", "the subdecks would come or go"),
]


@pytest.mark.parametrize(("old", "new", "said"), BREAKING, ids=[new.strip() for _, new, _ in BREAKING])
def test_what_would_cost_progress_is_refused(author: Author, old: str, new: str, said: str) -> None:
    """A changed id, name or number stops build and check, says what is lost, and leaves both files alone."""
    recipe = author.folder / "pacts.yaml"
    recipe.write_text(recipe.read_text("utf-8").replace(old, new, 1), "utf-8")
    deck, lock = author.deck.read_bytes(), author.lock.read_bytes()
    for words in (("--check",), ("-o", str(author.deck))):
        done = author.run("build", *words)
        assert done.exit_code == 1
        assert said in done.stderr
    assert (author.deck.read_bytes(), author.lock.read_bytes()) == (deck, lock)
    assert author.run("build", "-o", str(author.deck), "--accept-loss").exit_code == 0
    assert author.run("build", "--check").exit_code == 0


@pytest.mark.parametrize("what", ["gone", "new", "moved", "renamed"])
def test_a_field_that_comes_goes_or_moves_is_refused(
    author: Author, monkeypatch: pytest.MonkeyPatch, what: str
) -> None:
    """Any change of the fields' numbers or order stops the build; a new name is only told."""
    from quizgen.export import anki_note_type

    plain = anki_note_type.fields()
    spare = plain[-1] | {"id": 7_105_000_999, "name": "Another"}
    changed = {
        "gone": plain[:-1],
        "new": [*plain, spare],
        "moved": [*plain[:-2], plain[-1], plain[-2]],
        "renamed": [*plain[:-1], plain[-1] | {"name": "Another"}],
    }[what]
    monkeypatch.setattr(anki_note_type, "fields", lambda: changed)
    done = author.run("build", "--check")
    assert done.exit_code == 1
    if what == "renamed":
        assert "would be called 'Another'; Anki 26 goes by the numbers" in done.stderr
    else:
        assert "its fields would change (" in done.stderr
        assert 'Anki would refuse every correction of 6 notes ("conflicting")' in done.stderr


def test_a_question_that_is_lost_is_told(author: Author) -> None:
    """A card whose question is gone is named with its slot, and what its learner will see."""
    author.recipe = "  types: [typed, cloze, choice]\n"
    author.write(FACTS)
    done = author.run("build", "--check")
    assert done.exit_code == 1
    assert (
        "p0-signed: card 4 of 'p0-signed' would have no question any more; who has it sees an empty front, "
        "until Anki's Empty Cards takes it away" in done.stderr
    )


def test_a_build_names_a_dozen_things_and_counts_the_rest(author: Author) -> None:
    """Where many questions go, a build names twelve and says how many more; `--check` names them all."""
    many = [Sketch(f"q{number}", year=1700 + 15 * number) for number in range(20)]
    author.write(many)
    author.build()
    author.recipe = "  types: [typed, cloze, choice]\n"
    author.write(many)
    gone = "would have no question any more"
    assert author.run("build", "--check").stderr.count(gone) == 20
    done = author.run("build", "-o", str(author.deck))
    assert done.stderr.count(gone) == 12
    assert "note: and 8 more like these; `quizgen build --check` names them all" in done.stderr


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("format: quizgen/lock@1", "format: quizgen/lock@9", "format: 'quizgen/lock@9' is none of the known"),
        ("anki: 1607392321", "anki: some", "anki: expected a whole number, found 'some'"),
        (
            'modified: "2026-11-22T00:00:00Z"',
            'modified: "yesterday"',
            "expected a time such as 2026-11-22T09",
        ),
        ('guid: "', 'gid: "', "guid: the field 'guid' is missing"),
        ('cards: ["1 ', 'cards: ["one ', "expected a slot and two digests, as in '1 0a1b2c3d 4e5f6071'"),
        ("notes:", "<<<<<<< HEAD\nnotes:", "this is not YAML"),
    ],
)
def test_a_damaged_lock_is_told_with_its_place(author: Author, old: str, new: str, said: str) -> None:
    """A lock that was edited or badly merged stops the build with a place, and stays as it is."""
    text = author.lock.read_text("utf-8")
    assert old in text
    author.lock.write_text(text.replace(old, new, 1), "utf-8")
    deck = author.deck.read_bytes()
    done = author.run("build", "-o", str(author.deck))
    assert (done.exit_code, done.stdout) == (1, "")
    assert said in done.stderr
    assert re.search(r"lock\.yaml:\d+:\d+: ", done.stderr)
    assert author.deck.read_bytes() == deck


# A build that ends itself, as hard as the kernel would, just before the Nth call of what moves files.
KILLED_AT = """
import os, pathlib, signal, sys
left = [int(sys.argv.pop(1))]
name = sys.argv.pop(1)
plain = {"move": pathlib.Path.replace, "flush": os.fsync}[name]
def counted(*words):
    left[0] -= 1
    if left[0] < 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return plain(*words)
setattr(*{"move": (pathlib.Path, "replace"), "flush": (os, "fsync")}[name], counted)
from quizgen.cli import main
main(sys.argv[1:])
"""


def _state(author: Author) -> tuple[bytes, bytes]:
    return author.lock.read_bytes(), author.deck.read_bytes()


@pytest.mark.parametrize(
    ("call", "count", "moved"), [("flush", 0, 0), ("flush", 1, 0), ("move", 0, 0), ("move", 1, 1)]
)
def test_a_build_killed_between_two_steps_leaves_whole_files(
    author: Author, call: str, count: int, moved: int
) -> None:
    """Killed at any step, deck and lock are each the old or the new, and the deck is never ahead of its lock.

    The build that follows gives the deck that the killed one would have given.
    """
    old = _state(author)
    _changed(author)
    author.build()
    new = _state(author)
    author.lock.write_bytes(old[0])
    author.deck.write_bytes(old[1])
    words = ["build", str(author.folder / "pacts.yaml"), "-o", str(author.deck)]
    program = [sys.executable, "-c", KILLED_AT, str(count), call]
    done = subprocess.run([*program, *words], check=False, capture_output=True)
    assert done.returncode == -signal.SIGKILL, done.stderr
    assert _state(author) == (new[0] if moved else old[0], old[1])
    author.build()
    assert _state(author) == new


def test_a_build_killed_at_any_moment_leaves_whole_files(author: Author) -> None:
    """SIGKILL at twelve random moments of a real build: each time deck and lock are whole and in step."""
    old = _state(author)
    _changed(author)
    author.build()
    new = _state(author)
    words = [
        sys.executable,
        "-m",
        "quizgen",
        "build",
        str(author.folder / "pacts.yaml"),
        "-o",
        str(author.deck),
    ]
    start = time.monotonic()
    subprocess.run(words, check=True, capture_output=True)
    whole = time.monotonic() - start
    chance = random.Random(5)  # noqa: S311  when to kill is no secret
    for _ in range(12):
        author.lock.write_bytes(old[0])
        author.deck.write_bytes(old[1])
        build = subprocess.Popen(words, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(whole * chance.uniform(0.3, 1.1))
        build.kill()
        build.wait()
        assert _state(author) in (old, (new[0], old[1]), new)


def test_where_the_lock_cannot_be_written_the_deck_is_not_either(author: Author) -> None:
    """A folder in the lock's place stops the build with one line, and the old deck stays."""
    deck = author.deck.read_bytes()
    author.lock.unlink()
    author.lock.mkdir()
    done = author.run("build", "-o", str(author.deck))
    assert done.exit_code == 1
    assert f"{author.lock}: this is a folder, and a file was expected" in done.stderr
    assert author.deck.read_bytes() == deck
    assert not any(author.lock.iterdir())
