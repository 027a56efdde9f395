"""`quizgen stats` as a person or a program runs it, on a real store."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from quizgen.store.review import Rating
from tests.progress_desk import write
from tests.pseudo_terminal import CHECKOUT, PseudoTerminal, environment

DECK = "tests/cases/quiz/deck.yaml"
STATS = ["-m", "quizgen", "stats", DECK]
LEAF, CUP = "leaf-inked/day", "cup-inked/day"
TOLD = {"QUIZGEN_NOW": "2026-11-22T12:00:00", "TZ": "UTC"}


@pytest.fixture
def state(tmp_path: Path) -> Path:
    """A store: one item learned and forgotten, one answered once, one that is gone."""
    path = tmp_path / "progress.sqlite3"
    again, good = Rating.AGAIN, Rating.GOOD
    write(path, (LEAF, 20, good), (LEAF, 17, good), (LEAF, 8, again), (CUP, 1, good), ("gone/x", 1, good))
    return path


def run(*words: str, state: Path, **extra: str) -> subprocess.CompletedProcess[str]:
    """The command in a pipe."""
    return subprocess.run(
        [sys.executable, *STATS, *words, "--state", str(state)],
        capture_output=True,
        text=True,
        check=False,
        cwd=CHECKOUT,
        env=environment({**TOLD, "XDG_CACHE_HOME": str(state.parent), **extra}),
    )


def test_in_a_pipe_there_are_sentences_and_tables(state: Path) -> None:
    """Each number is in words or in a table with tabs: nothing is drawn."""
    done = run(state=state)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == (CHECKOUT / "tests/cases/progress/piped.txt").read_text("utf-8")


@pytest.mark.parametrize(("columns", "name"), [(40, "narrow.txt"), (80, "wide.txt")])
def test_at_a_terminal_it_is_drawn(columns: int, name: str, state: Path) -> None:
    """Plots, and their keys in words; no line is wider than the terminal, but for addresses."""
    screen = PseudoTerminal([*STATS, "--state", str(state)], columns=columns, rows=99, **TOLD)
    assert screen.end() == 0
    assert screen.output == (CHECKOUT / "tests/cases/progress" / name).read_text("utf-8")
    assert max(len(line) for line in screen.output.splitlines() if "://" not in line) <= columns


@pytest.mark.parametrize(
    "extra", [{"NO_COLOR": "1"}, {"TERM": "dumb"}, {"PYTHONIOENCODING": "latin-1", "PYTHONUTF8": "0"}]
)
def test_who_asks_for_plain_text_gets_no_blocks(extra: dict[str, str], state: Path) -> None:
    """Under NO_COLOR or TERM=dumb, or where the characters cannot be written, tables say the same."""
    screen = PseudoTerminal([*STATS, "--state", str(state)], **{**TOLD, **extra})  # type: ignore[arg-type]
    assert screen.end() == 0
    assert not set("█▒░●│·") & set(screen.output)
    assert "Week from" in screen.output
    assert "\x1b" not in screen.raw or extra.get("PYTHONIOENCODING")


def shape(value: Any) -> Any:
    """The kinds of a JSON value; of a list, that of its first."""
    match value:
        case dict():
            return {key: shape(inner) for key, inner in value.items()}
        case list():
            return [shape(value[0])] if value else []
        case _:
            return type(value).__name__


def test_the_json_has_the_shape_that_is_documented(state: Path) -> None:
    """docs/stats.md shows a whole document; what is printed has its keys, in its order, and its types."""
    page = (CHECKOUT / "docs/stats.md").read_text("utf-8")
    shown = json.loads(page.partition("```json\n")[2].partition("```")[0])
    told = json.loads(run("--json", state=state).stdout)
    assert shape(told) == shape(shown)
    assert json.dumps(shape(told)) == json.dumps(shape(shown))  # the order of keys too


def test_a_store_that_is_none_is_a_problem(tmp_path: Path) -> None:
    """What is wrong with the store is told with exit code 1, and it is left as it was."""
    path = tmp_path / "progress.sqlite3"
    path.write_text("no store " * 100)
    done = run(state=path)
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith(f"{path}: ")
    assert "Traceback" not in done.stderr
    assert path.read_text() == "no store " * 100


def test_the_page_is_written(state: Path, tmp_path: Path) -> None:
    """`--html` writes the page and says so; where it cannot, that is a problem."""
    path = tmp_path / "page.html"
    assert run("--html", str(path), state=state).stdout == f"Wrote {path}.\n"
    assert path.read_text("utf-8").startswith("<!DOCTYPE html>")
    assert run("--html", str(tmp_path / "no/page.html"), state=state).returncode == 1


def test_looking_changes_nothing(state: Path) -> None:
    """Statistics only read: the store is the same bytes afterwards."""
    before = state.read_bytes()
    run(state=state)
    assert state.read_bytes() == before


def test_without_a_store_nothing_is_known_and_nothing_made(tmp_path: Path) -> None:
    """Before the first quiz, progress is empty, and looking at it makes no store."""
    path = tmp_path / "none.sqlite3"
    done = run(state=path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "no item of this deck has been asked yet" in done.stdout
    assert not path.exists()
