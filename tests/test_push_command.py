"""`quizgen push`, as a person runs it: what it prints, in words and as JSON."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from quizgen.cli import main
from quizgen.export import anki_note_type
from tests.packs import write_pack, write_recipe
from tests.push_desk import PushDesk, push_desk

PACK = """
entities:
  - {id: leaf-treaty, type: agreement, name: Leaf Treaty, the: true}
  - {id: cup-treaty, type: agreement, name: Cup Treaty, the: true}
facts:
  - {id: leaf-signed, topic: one, about: leaf-treaty, property: signed, value: 1897-05-04,
     explanation: WHY, $cite}
  - {id: cup-signed, topic: two, about: cup-treaty, property: signed, value: 1898-06-05, $cite}
"""
POT = "  - {id: pot-signed, topic: two, about: pot-treaty, property: signed, value: 1899-07-06, $cite}\n"
Run = Callable[..., Result]


@pytest.fixture
def learner(tmp_path: Path) -> Iterator[PushDesk]:
    """An Anki with AnkiConnect."""
    with push_desk(tmp_path / "learner") as opened:
        yield opened


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, learner: PushDesk) -> Run:
    """Run the command on a small deck, against that Anki."""
    monkeypatch.chdir(tmp_path)
    write_pack(tmp_path, PACK)
    recipe = str(write_recipe(tmp_path))
    return lambda *words: CliRunner().invoke(main, ["push", recipe, "--url", learner.url, *words])


def release(tmp_path: Path, why: str = "WHY") -> None:
    """The next release: one fact more, and another explanation."""
    pot = "  - {id: pot-treaty, type: agreement, name: Pot Treaty, the: true}\nfacts:"
    write_pack(tmp_path, PACK.replace("\nfacts:", "\n" + pot).replace("WHY", why) + POT)


def lines(done: Result) -> list[str]:
    """What was printed, without what Anki prints of its own older parts."""
    return [line for line in done.stdout.splitlines() if "is deprecated" not in line]


def complaint(done: Result) -> str:
    """What was complained of, last."""
    return done.stderr.splitlines()[-1]


def test_a_push_says_what_it_did(run: Run, tmp_path: Path) -> None:
    """A first push counts the new notes, a second one has nothing to do, and an upgrade tells what it was."""
    assert lines(run()) == ["Pushed Small to Anki: 2 new."]
    assert lines(run()) == ["Small is up to date in Anki: 2 notes."]
    release(tmp_path, why="Better")
    # Two notes: one says something else, and the picture of dates on the other has a new neighbour.
    assert lines(run()) == ["Pushed Small to Anki: 1 new, 2 updated."]
    write_pack(tmp_path, PACK.replace("WHY", "Better"))
    assert lines(run()) == ["Pushed Small to Anki: 2 updated, 1 retired."]


def test_a_dry_run_says_what_it_would_do_and_does_nothing(
    run: Run, learner: PushDesk, tmp_path: Path
) -> None:
    """With --dry-run the same is told in the conditional, and Anki is as it was."""
    before = learner.everything()
    assert lines(run("--dry-run")) == ["A push of Small would make 2 new."]
    assert learner.everything() == before
    run()
    release(tmp_path, why="Better")
    before = learner.everything()
    assert lines(run("--dry-run")) == ["A push of Small would make 1 new, 2 updated."]
    assert learner.everything() == before


def test_a_learners_words_are_told(run: Run, learner: PushDesk, tmp_path: Path) -> None:
    """What a learner changed is named, whether it stays or gives way, and how to take the deck's instead."""
    run()
    learner.write("leaf-signed", "Explanation", "mine")
    assert lines(run()) == [
        "Small is up to date in Anki: 2 notes.",
        "Your own words stay in 1 note: leaf-signed (Explanation).",
        "To take the deck's instead, push with --overwrite.",
    ]
    release(tmp_path, why="Better")
    assert lines(run("--dry-run"))[1:] == [
        "A new text would take the place of yours in 1 note: leaf-signed (Explanation)."
    ]
    assert lines(run())[1:] == ["A new text took the place of yours in 1 note: leaf-signed (Explanation)."]


def test_a_new_look_is_told(run: Run, learner: PushDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    """A new style sheet is said to be there; a learner's own is said to stay."""
    run()
    monkeypatch.setattr(anki_note_type, "style", lambda: ".card { color: teal }")
    assert lines(run("--dry-run")) == [
        "A push of Small would make 2 unchanged.",
        "The look of the cards would change.",
    ]
    assert lines(run()) == ["Pushed Small to Anki: 2 unchanged.", "The look of the cards is the new one."]
    model = learner.col.models.by_name("Small (quizgen)")
    assert model is not None
    model["css"] = ".card { color: red }" + model["css"]
    learner.col.models.update_dict(model)
    assert lines(run()) == [
        "Small is up to date in Anki: 2 notes.",
        "Your own style sheet stays.",
        "To take the deck's instead, push with --overwrite.",
    ]


def test_json_tells_all(run: Run, learner: PushDesk, tmp_path: Path) -> None:
    """With --json a program reads every note by its id, and each field and tag that changed."""
    run()
    learner.write("leaf-signed", "Explanation", "mine")
    release(tmp_path, why="Better")
    told = json.loads(lines(run("--json"))[0])
    assert told["updated"].pop()["fields"] == ["Timeline", "Stamp"]
    assert told == {
        "format": "quizgen/push@1",
        "deck": "small",
        "dry_run": False,
        "new": ["pot-signed"],
        "updated": [
            {
                "note": "leaf-signed",
                "fields": ["Explanation", "Timeline", "Stamp"],
                "replaced": ["Explanation"],
                "tags_added": [],
                "tags_removed": [],
            }
        ],
        "retired": [],
        "unchanged": 0,
        "kept": {},
        "look": {"changed": [], "kept": []},
        "unfinished": [],
    }


def test_a_note_that_anki_held_on_to_is_told(run: Run, learner: PushDesk, tmp_path: Path) -> None:
    """A note that is open in Anki's browser may keep its old text: then it is named, with exit code 1."""
    run()
    learner.addon.browsed = {learner.number("leaf-signed")}
    release(tmp_path, why="Better")
    done = run()
    assert done.exit_code == 1
    assert complaint(done) == (
        "Anki: 1 note kept the old text (leaf-signed); close Anki's browser and editors, and push again"
    )
    learner.addon.browsed.clear()
    assert lines(run()) == ["Pushed Small to Anki: 1 updated, 2 unchanged."]
    assert lines(run()) == ["Small is up to date in Anki: 3 notes."]


def test_a_note_whose_id_was_changed_is_told(run: Run, learner: PushDesk) -> None:
    """A note that Anki has under another Id is not doubled: it is named, with exit code 1."""
    run()
    learner.write("leaf-signed", "Id", "my own")
    done = run()
    assert done.exit_code == 1
    assert complaint(done) == (
        "Anki: 1 note did not arrive (leaf-signed); "
        "if you have changed the field Id of a note, change it back; then push again"
    )
    assert learner.col.note_count() == 2


def test_no_anki_is_one_line(run: Run) -> None:
    """Where Anki does not run, the command says so with exit code 1, and prints nothing else."""
    done = run("--url", "http://127.0.0.1:1")
    assert (done.exit_code, done.stdout) == (1, "")
    assert complaint(done).startswith("http://127.0.0.1:1: nothing answers here: Anki is not running, ")


def test_the_key_may_stand_in_the_environment(
    run: Run, learner: PushDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A key is taken from --key or from QUIZGEN_ANKI_KEY, and is never printed."""
    learner.addon.key = "sesame"
    done = run("--key", "wrong")
    assert done.exit_code == 1
    assert "wrong one" in done.stderr
    assert "sesame" not in done.output
    monkeypatch.setenv("QUIZGEN_ANKI_KEY", "sesame")
    assert lines(run()) == ["Pushed Small to Anki: 2 new."]
