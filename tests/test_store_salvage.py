"""What is saved of a damaged store: every row whose own page is sound, whatever happened to the others."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from quizgen.store.database import StoreError
from quizgen.store.rescue import rescue
from quizgen.store.review import Entry, Rating
from quizgen.store.salvage import salvage
from tests.store_desk import LATER, NOON, flag, opened, review

PAGE = 4096


class Damaged:
    """A store's bytes, its entries by id, and the pages on which each stands, its overflow included."""

    # No dataclass: what a failing test prints shall not be the whole store.
    def __init__(self, data: bytes, entries: dict[str, Entry], pages: dict[str, set[int]]) -> None:
        self.data, self.entries, self.pages = data, entries, pages


@pytest.fixture(scope="module")
def damaged(tmp_path_factory: pytest.TempPathFactory) -> Damaged:
    """A store to be damaged, with every kind of value and length: some rows run over pages of their own."""
    path = tmp_path_factory.mktemp("salvage") / "s"
    with opened(path) as store:
        store.merge(
            review(
                f"r{number:04}", Rating(number % 4 + 1), item=f"tide/{number % 30}", days=number,
                response="竹島 " * (number % 11) if number % 20 else "島" * 2000,
                seconds=None if number % 3 else number / 8,
            )
            for number in range(160)
        )  # fmt: skip
        for number in range(0, 160, 40):
            store.rerate(f"r{number:04}", Rating.EASY, NOON)
            store.undo(f"r{number + 1:04}", NOON)
        for number in range(25):
            store.flag(flag(f"f{number:03}", "wrong? " * (number * 8)))
        entries = {entry.id: entry for entry in store.entries()}
    data = path.read_bytes()
    pages: dict[str, set[int]] = {name: set() for name in entries}
    for page in range(len(data) // PAGE):  # what is lost with a page stood on it
        torn = data[: page * PAGE] + bytes(PAGE) + data[(page + 1) * PAGE :]
        found = {entry.id: entry for _, entry in salvage(torn)}
        for name, entry in entries.items():
            if found.get(name) != entry:
                pages[name].add(page)
    return Damaged(data, entries, pages)


def test_a_sound_store_is_read_whole(damaged: Damaged) -> None:
    """Without SQLite the same is read as with it, rows of several pages and flags included."""
    data, entries, pages = damaged.data, damaged.entries, damaged.pages
    assert {entry.id: entry for _, entry in salvage(data)} == entries
    assert max(map(len, pages.values())) >= 2


@given(st.sets(st.integers(0, 60), min_size=1, max_size=20), st.integers(0, 2**32))
@settings(max_examples=40, deadline=None)
def test_what_stands_on_sound_pages_is_saved(damaged: Damaged, lost: set[int], seed: int) -> None:
    """Pages overwritten with noise, even the first: all else is found as it was, and nothing else."""
    data, entries, pages = damaged.data, damaged.entries, damaged.pages
    torn, chance = bytearray(data), random.Random(seed)  # noqa: S311  noise
    for page in lost:
        start = page * PAGE
        if start < len(torn):
            torn[start : start + PAGE] = chance.randbytes(PAGE)
    found = {entry.id: entry for _, entry in salvage(bytes(torn))}
    assert {name for name in entries if not pages[name] & lost} <= found.keys()
    assert all(entries[name] == entry for name, entry in found.items())


@given(st.integers(0, 300_000))
@settings(max_examples=40, deadline=None)
def test_of_a_store_that_was_cut_short_the_rest_is_saved(damaged: Damaged, length: int) -> None:
    """At any byte."""
    data, entries, pages = damaged.data, damaged.entries, damaged.pages
    found = {entry.id for _, entry in salvage(data[:length])}
    assert {name for name in entries if max(pages[name]) < length // PAGE} <= found


@given(st.lists(st.tuples(st.integers(0, 200_000), st.integers(0, 255)), max_size=300))
@settings(max_examples=40, deadline=None)
def test_bytes_that_were_changed_stop_nothing(damaged: Damaged, changes: list[tuple[int, int]]) -> None:
    """Single bytes anywhere: never an exception, whatever lengths and pointers they were."""
    torn = bytearray(damaged.data)
    for place, value in changes:
        torn[place % len(torn)] = value
    for _ in salvage(bytes(torn)):
        pass


@given(st.binary(max_size=9000))
@settings(max_examples=60, deadline=None)
def test_noise_holds_nothing(data: bytes) -> None:
    """A file that never was a store."""
    assert list(salvage(data)) == []


def saved(damaged: Path, new: Path) -> tuple[int, int]:
    """Rescue without a progress bar."""
    from quizgen import terminal

    return rescue(damaged, new, LATER, terminal.progress)


def test_the_new_store_is_sound_and_the_old_one_untouched(damaged: Damaged, tmp_path: Path) -> None:
    """With its beginning lost it is no database: reviews, changes and schedules are there again."""
    torn = bytes(PAGE) + damaged.data[PAGE:]
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_bytes(torn)
    with pytest.raises(StoreError):
        opened(old)
    count, reviews = saved(old, new)
    assert old.read_bytes() == torn
    with opened(new) as store:
        health = store.examine()
        assert health.problems == ()
        assert len(list(store.entries())) == count
        assert (health.reviews + health.undone) == reviews
        assert count == len(damaged.entries)  # its first page tells what the tables are, and holds no row


def test_nothing_is_overwritten(damaged: Damaged, tmp_path: Path) -> None:
    """Neither the damaged store, nor another file."""
    path = tmp_path / "old"
    path.write_bytes(damaged.data)
    (tmp_path / "other").write_text("mine")
    for new in (path, tmp_path / "other"):
        with pytest.raises(StoreError, match="there is something already"):
            saved(path, new)
    assert path.read_bytes() == damaged.data
    assert (tmp_path / "other").read_text() == "mine"


def test_where_nothing_can_be_read_nothing_is_made(tmp_path: Path) -> None:
    """No empty store that looks like a saved one."""
    (tmp_path / "old").write_bytes(bytes(20_000))
    with pytest.raises(StoreError, match="no answer can be read"):
        saved(tmp_path / "old", tmp_path / "new")
    assert not (tmp_path / "new").exists()
