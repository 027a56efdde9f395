"""Nothing that was acknowledged is ever lost: sessions killed at 300 random moments, several at once."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from quizgen.store.review import Change, Review
from tests.store_desk import opened

KILLS, LANES = 300, 4
SEED = os.environ.get("QUIZGEN_KILL_SEED", "1897")

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")


@pytest.fixture(scope="module")
def graves(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, object]]]:
    """The folder of the stores, and what each killed session had said before."""
    folder = tmp_path_factory.mktemp("killed")
    done = subprocess.run(
        [sys.executable, "-m", "tests.store_workers", str(folder), SEED, str(KILLS), str(LANES)],
        cwd=Path(__file__).parent.parent,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
        timeout=300,
    )
    return folder, [json.loads(line) for line in done.stdout.splitlines()]


def said(graves: list[dict[str, object]], store: str, what: str) -> list[str]:
    """The ids of what sessions on a store were told is stored."""
    return [
        words[1]
        for grave in graves
        if grave["store"] == store
        for words in grave["said"]  # type: ignore[attr-defined]  # a list of lists, by store_workers.py
        if words[0] == what
    ]


def test_three_hundred_died_at_work(graves: tuple[Path, list[dict[str, object]]]) -> None:
    """Every one was killed, none had failed by itself, and much had been stored before."""
    _, dead = graves
    assert len(dead) == KILLS
    assert all(grave["killed"] for grave in dead), [grave for grave in dead if not grave["killed"]]
    assert len(said(dead, "store", "review")) > KILLS  # most had said several things


def test_every_acknowledged_answer_is_in_the_log(graves: tuple[Path, list[dict[str, object]]]) -> None:
    """So is every undoing and every changed rating."""
    folder, dead = graves
    for path in folder.iterdir():
        if path.name.endswith("-journal"):
            continue
        with opened(path) as store:
            entries = list(store.entries())
        reviews = {entry.id for entry in entries if isinstance(entry, Review)}
        undone = {entry.review for entry in entries if isinstance(entry, Change) and entry.rating is None}
        rerated = {entry.review for entry in entries if isinstance(entry, Change) and entry.rating}
        assert set(said(dead, path.name, "review")) <= reviews
        assert set(said(dead, path.name, "undo")) <= undone
        assert set(said(dead, path.name, "rerate")) <= rerated
        # What was stored and not yet said: at most one of each session's.
        assert len(reviews) - len(said(dead, path.name, "review")) <= len(dead)


def test_every_store_is_whole(graves: tuple[Path, list[dict[str, object]]]) -> None:
    """SQLite finds nothing wrong, and the schedules are those that the log makes."""
    folder, _ = graves
    for path in folder.iterdir():
        if path.name.endswith("-journal"):
            continue
        with opened(path) as store:
            assert store.examine().problems == ()
        connection = sqlite3.connect(path)
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        connection.close()
