"""What a store's file may turn out to be: older, newer, another program's, shut, or on a full disk."""

from __future__ import annotations

import contextlib
import os
import resource
import shutil
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from quizgen.store import opening
from quizgen.store.database import StoreError
from quizgen.store.review import Rating
from quizgen.store.tables import UPGRADES, VERSION
from tests.store_desk import NOON, flag, opened, review

OLD = {1: "format-1.sql", 2: "format-2.sql"}
ROOT = Path(__file__).parent.parent


def older(path: Path, version: int) -> Path:
    """A store as the quizgen of an older format left it."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.executescript((Path(__file__).parent / "stores" / OLD[version]).read_text("utf-8"))
    return path


def test_every_older_format_has_its_way(tmp_path: Path) -> None:
    """Each format before this one has a fixture: whoever makes a new format adds the last one's."""
    assert set(OLD) == set(range(1, VERSION))


@pytest.mark.parametrize("version", OLD)
def test_an_older_store_is_brought_up_to_date(tmp_path: Path, version: int) -> None:
    """Every answer, change, flag and open session comes along; the schedules are those of the log."""
    path = older(tmp_path / "s", version)
    with opened(path) as store:
        assert [(found.id, found.rating) for found in store.reviews()] == [
            ("r1", Rating.GOOD),
            ("r2", Rating.HARD),
            ("r3", Rating.AGAIN),
        ]
        assert len(list(store.entries())) == 7
        assert store.flags() == [flag("f1")]
        store.record(review("r5", days=30))
        assert store.schedules()["tide/date"].reps == 3
        health = store.examine()
        assert (health.problems, health.reviews, health.undone) == ((), 4, 1)
    with opened(path, NOON + timedelta(days=9)) as store:
        session = store.session_open("tides")
        assert session is not None
        assert session.items == ("pier/date", "tide/date")


@pytest.mark.parametrize("version", OLD)
def test_an_upgraded_store_has_the_tables_of_a_new_one(tmp_path: Path, version: int) -> None:
    """Whichever way it came about, a store of this format has the same tables, indexes and guards."""

    def tables(path: Path) -> dict[str, str]:
        opened(path).close()
        with contextlib.closing(sqlite3.connect(path)) as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE sql IS NOT NULL")
            return {name: " ".join(sql.split()) for name, sql in found}

    ours, new = tables(older(tmp_path / "s", version)), tables(tmp_path / "new")
    # SQLite writes an added column, and a table of one line, in its own way.
    for name in new.keys() - {"sessions", "flags", "schedules", "log"}:
        assert ours[name] == new[name]
    assert ours.keys() == new.keys()


@pytest.mark.parametrize("version", OLD)
def test_before_that_it_is_backed_up(tmp_path: Path, version: int) -> None:
    """The backup is the store as it was, under a name that says when; two of one second both stay."""
    path = older(tmp_path / "s", version)
    before = path.read_bytes()
    opened(path, NOON).close()
    older(tmp_path / "again", version).replace(path)
    opened(path, NOON).close()
    opened(path, NOON).close()
    first = tmp_path / f"s.v{version}-backup-20261122T120000Z"
    second = first.with_name(first.name + "-2")
    assert sorted(tmp_path.iterdir()) == [path, first, second]
    with contextlib.closing(sqlite3.connect(first)) as connection:
        kept = list(connection.iterdump())
    (tmp_path / "before").write_bytes(before)
    with contextlib.closing(sqlite3.connect(tmp_path / "before")) as connection:
        assert kept == list(connection.iterdump())


def test_where_no_backup_can_be_made_nothing_is_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A store is never changed on the chance that it goes well."""
    path = older(tmp_path / "s", 1)
    before = path.read_bytes()
    monkeypatch.setattr(opening, "_free_names", lambda *_: iter([tmp_path / "no" / "folder"]))
    with pytest.raises(StoreError, match="cannot be backed up before"):
        opened(path)
    assert path.read_bytes() == before


def test_an_upgrade_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All of its steps or none."""
    path = older(tmp_path / "s", 1)
    monkeypatch.setitem(UPGRADES, 2, ("CREATE TABLE one (a)", "no such statement"))
    with pytest.raises(StoreError):
        opened(path)
    monkeypatch.undo()
    with opened(path) as store:
        assert store.examine().problems == ()
        assert len(list(tmp_path.glob("*backup*"))) == 2


def test_two_sessions_upgrade_once(tmp_path: Path) -> None:
    """Who comes second finds it done."""
    path = older(tmp_path / "s", 1)
    threads = [threading.Thread(target=lambda: opened(path).close()) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(list(tmp_path.glob("*backup*"))) == 1
    with opened(path) as store:
        assert store.examine().problems == ()


def test_a_newer_store_is_left_alone(tmp_path: Path) -> None:
    """Not a byte of it changes, and nothing is put beside it."""
    path = tmp_path / "s"
    opened(path).close()
    with contextlib.closing(sqlite3.connect(path)) as connection:
        connection.execute(f"PRAGMA user_version = {VERSION + 1}")
        connection.execute("PRAGMA journal_mode = WAL")  # a newer one may want that
    before = path.read_bytes()
    with pytest.raises(StoreError, match=f"the format {VERSION + 1}, of a newer quizgen"):
        opened(path)
    assert path.read_bytes() == before
    assert list(tmp_path.iterdir()) == [path]


def test_an_empty_file_becomes_a_store(tmp_path: Path) -> None:
    """As a new one: there was nothing to lose."""
    (tmp_path / "s").touch()
    with opened(tmp_path / "s") as store:
        store.record(review("r1"))


@pytest.mark.parametrize("size", [1, 50, 99, 100, 1000, 4096, 9000])
def test_a_store_that_was_cut_short_is_refused(tmp_path: Path, size: int) -> None:
    """At whatever byte: no traceback, no new store in its place, and what is left stays."""
    path = tmp_path / "s"
    with opened(path) as store:
        store.merge(review(f"r{number}") for number in range(100))
    data = path.read_bytes()[:size]
    path.write_bytes(data)
    with pytest.raises(StoreError):
        opened(path).record(review("new"))
    assert path.read_bytes() == data


def test_a_write_that_was_cut_off_is_taken_back(tmp_path: Path) -> None:
    """A journal that a killed session left belongs to its store: what was whole before is there again."""
    path = tmp_path / "s"
    with opened(path) as store:
        store.record(review("r1"))
        whole = path.read_bytes()
        with contextlib.suppress(KeyboardInterrupt), store._database.writing():
            for number in range(2000):  # so many that pages reach the file before the commit
                store._log.add(review(f"n{number}", response="x" * 2000))
            for name in ("s", "s-journal"):
                shutil.copy(tmp_path / name, tmp_path / f"torn-{name}")
            raise KeyboardInterrupt
    assert (tmp_path / "torn-s").read_bytes() != whole
    with opened(tmp_path / "torn-s") as store:
        assert [entry.id for entry in store.entries()] == ["r1"]
        assert store.examine().problems == ()


FILL = """
import sys
from pathlib import Path
from tests.store_desk import opened, review
from quizgen.store.database import StoreError
store = opened(Path(sys.argv[1]))
try:
    for number in range(100_000):
        store.record(review(f"r{number:05}", response="x" * 1000))
        print(f"r{number:05}", flush=True)
except StoreError as error:
    print("said:", error.problem.message, flush=True)
"""


def fill(path: Path, most: int = 0) -> tuple[list[str], str]:
    """Record until the store says no; what it acknowledged, and said. `most` bounds a file's bytes."""

    def bound() -> None:
        if most:
            resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    done = subprocess.run(
        [sys.executable, "-c", FILL, str(path)],
        cwd=ROOT, stdout=subprocess.PIPE, text=True, check=True, timeout=120, preexec_fn=bound,
    )  # fmt: skip
    *acknowledged, last = done.stdout.splitlines()
    assert last.startswith("said:")
    return acknowledged, last


def test_a_disk_that_fails_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    """Where the file may grow no more: the answer is refused in words, and every one before is there."""
    acknowledged, last = fill(tmp_path / "s", 300_000)
    assert "the disk failed" in last
    with opened(tmp_path / "s") as store:
        assert [found.id for found in store.reviews()] == acknowledged
        assert store.examine().problems == ()
        store.record(review("r99999"))  # with room again, it goes on


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A disk of 400 kB."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=400k", "tmpfs", str(folder)]
    done = subprocess.run(mount, check=False, capture_output=True)
    if done.returncode:
        pytest.skip("only root may mount a small disk")
    try:
        yield folder
    finally:
        subprocess.run(["umount", folder], check=True)


def test_a_full_disk_loses_nothing(small_disk: Path) -> None:
    """A real one: refused in words, everything before is there and can be read and exported from it."""
    acknowledged, last = fill(small_disk / "s")
    assert "the disk is full" in last
    with opened(small_disk / "s") as store:
        assert [found.id for found in store.reviews()] == acknowledged
        assert store.examine().problems == ()


def test_a_full_disk_keeps_an_older_store_as_it_was(small_disk: Path) -> None:
    """There is no room for the backup: no upgrade, and no half of a backup."""
    path = older(small_disk / "s", 1)
    before = path.read_bytes()
    filler = os.open(small_disk / "filler", os.O_WRONLY | os.O_CREAT)
    with contextlib.suppress(OSError):
        while True:
            os.write(filler, b"x" * 1024)
    os.close(filler)
    with pytest.raises(StoreError, match="disk"):
        opened(path)
    assert path.read_bytes() == before
    assert {found.name for found in small_disk.iterdir()} == {"s", "filler"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_refused(tmp_path: Path) -> None:
    """Reading from it would wait for ever."""
    os.mkfifo(tmp_path / "s")
    with pytest.raises(StoreError, match="a pipe or a device"):
        opened(tmp_path / "s")
