"""`quizgen build` and `quizgen export`, with a bank put in where the facts would be read."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.export import EXPORTERS
from quizgen.export.anki_notes import seconds
from quizgen.facts.recipe import load_recipe
from quizgen.items.item import Bank
from tests import banks

Run = Callable[..., Result]


RECIPE = """\
deck:
  id: tea
  name: Tea
  pack: tea
  revision: 2026-11-22
  anki: {deck: 1607392321, note_type: 1954210885}
"""


PutIn = Callable[[Bank], None]


@pytest.fixture
def put_in(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> PutIn:
    """Let the commands find a bank where they would read facts, and a recipe of the user's own."""
    path = tmp_path_factory.mktemp("recipe") / "tea.yaml"
    path.write_text(RECIPE, "utf-8")
    recipe, problems = load_recipe(path)
    assert recipe is not None, problems

    def put(bank: Bank) -> None:
        monkeypatch.setattr("quizgen.cli.common.bank_for", lambda deck: bank)
        monkeypatch.setattr("quizgen.cli.building.recipe_for", lambda deck: (recipe, None))
        monkeypatch.setattr("quizgen.cli.building.bank_of", lambda recipe, pack: bank)

    return put


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, put_in: PutIn) -> Run:
    """Run a command in an empty folder, on the deck's day, on the bank of one item of each type."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(seconds(banks.DECK.revision)))
    put_in(banks.one_of_each())
    return lambda *words: CliRunner().invoke(main, words)


def test_build_writes_the_deck_and_says_so(run: Run, tmp_path: Path) -> None:
    """`build` names the file after the deck, counts what is in it, and says what to do with it."""
    done = run("build")
    assert done.exit_code == 0
    data = (tmp_path / "tea.apkg").read_bytes()
    assert data == EXPORTERS["apkg"](banks.one_of_each())
    size = round(len(data) / 1000)
    assert done.output.splitlines()[0] == f"Wrote tea.apkg: 7 cards on 4 notes, {size} kB."
    assert "The leaf\t–\t1\t1\t1\t–\t1\t1\t5" in done.output
    assert "The cup & saucer\t1\t–\t–\t–\t1\t–\t–\t2" in done.output
    assert "File > Import" in done.output


def test_build_writes_where_it_is_told(run: Run, tmp_path: Path) -> None:
    """`build -o` writes that file and no other."""
    assert run("build", "-o", "mine.apkg").exit_code == 0
    assert [path.name for path in tmp_path.iterdir()] == ["mine.apkg"]


@pytest.mark.parametrize("words", [("build",), ("export", "--to", "json")])
def test_a_folder_that_is_not_there_is_named(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """An output folder that doesn't exist gives one line that says so, and exit code 1."""
    done = run(*words, "-o", "no/such.file")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "no/such.file: the folder 'no' does not exist; make it first\n"
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("words", [("build",), ("export", "--to", "json")])
def test_a_folder_in_the_files_place_stays(run: Run, tmp_path: Path, words: tuple[str, ...]) -> None:
    """Where the output is a folder, it stays as it is, and the message says what was expected."""
    (tmp_path / "here").mkdir()
    done = run(*words, "-o", "here")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == "here: this is a folder, and a file was expected; name a file inside it\n"
    assert [path.name for path in tmp_path.iterdir()] == ["here"]


def test_an_item_that_fits_no_card_leaves_the_old_deck(run: Run, tmp_path: Path, put_in: PutIn) -> None:
    """Where no deck can be made, the command says which item is at fault, and the old file is whole."""
    (tmp_path / "tea.apkg").write_bytes(b"old")
    bad = Bank(banks.DECK, (banks.item("a/one"), banks.item("a/two")))
    put_in(bad)
    done = run("build")
    assert (done.exit_code, done.stdout) == (1, "")
    assert done.stderr == (
        "tea: a/two: slot 1 of note 'a' is taken, or none of 1 to 8; look at its template's slot and blanks\n"
    )
    assert (tmp_path / "tea.apkg").read_bytes() == b"old"


def test_the_summary_shows_control_characters(run: Run, put_in: PutIn) -> None:
    """A topic's name cannot steer the terminal."""
    bank = banks.one_of_each()
    topics = (replace(bank.deck.topics[0], name="\x1b[31mleaf"), bank.deck.topics[1])
    bad = replace(bank, deck=replace(bank.deck, topics=topics))
    put_in(bad)
    done = run("build")
    assert "\x1b" not in done.output
    assert "␛[31mleaf" in done.output


def test_export_writes_bytes_to_a_pipe(run: Run) -> None:
    """Without -o, standard output gets the very bytes of the file, and nothing else."""
    assert run("export", "--to", "json").stdout_bytes == EXPORTERS["json"](banks.one_of_each())
    assert run("export", "--to", "apkg").stdout_bytes == EXPORTERS["apkg"](banks.one_of_each())


def test_export_writes_a_file(run: Run, tmp_path: Path) -> None:
    """With -o, the file gets the bytes, and standard output stays empty."""
    assert run("export", "--to", "json", "-o", "items.json").stdout == ""
    assert json.loads((tmp_path / "items.json").read_bytes())["deck"]["id"] == "tea"


def test_an_unknown_form_is_refused_with_the_known_ones(run: Run) -> None:
    """`--to` knows each exporter, and the facts."""
    done = run("export", "--to", "pdf")
    assert done.exit_code == 2
    assert all(form in done.stderr for form in (*EXPORTERS, "facts"))
