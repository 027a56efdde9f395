"""Reading with a limit, and writing so that what was there is never half gone."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from quizgen.base import files
from quizgen.base.files import read_text, write_atomically, writing_problem


def test_a_new_file_is_written_whole(tmp_path: Path) -> None:
    """The bytes are there, and nothing else is left in the folder."""
    write_atomically(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"new"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


@pytest.mark.parametrize("step", ["fsync", "replace"])
def test_the_old_file_stays_whole_where_writing_fails(
    step: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that fails at any step leaves the old bytes, and nothing beside them."""

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    (tmp_path / "a.txt").write_bytes(b"old")
    monkeypatch.setattr(*((os, "fsync", fail) if step == "fsync" else (Path, "replace", fail)))
    with pytest.raises(OSError, match="No space left"):
        write_atomically(tmp_path / "a.txt", b"new")
    assert (tmp_path / "a.txt").read_bytes() == b"old"
    assert [path.name for path in tmp_path.iterdir()] == ["a.txt"]


def test_a_file_keeps_its_mode_and_a_new_one_gets_the_usual(tmp_path: Path) -> None:
    """Replacing a file changes nobody's right to read it; a new one gets what the umask leaves."""
    (tmp_path / "old").write_bytes(b"old")
    (tmp_path / "old").chmod(0o640)
    before = os.umask(0o027)
    try:
        write_atomically(tmp_path / "old", b"new")
        write_atomically(tmp_path / "new", b"new")
    finally:
        os.umask(before)
    assert (tmp_path / "old").stat().st_mode & 0o777 == 0o640
    assert (tmp_path / "new").stat().st_mode & 0o777 == 0o640


def test_a_pipe_is_written_into(tmp_path: Path) -> None:
    """What is no ordinary file is written into, and is still there afterwards."""
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    try:
        write_atomically(pipe, b"data")
        assert os.read(reader, 99) == b"data"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


def test_a_folder_is_never_replaced(tmp_path: Path) -> None:
    """Writing where a folder is fails, and the folder stays."""
    (tmp_path / "a").mkdir()
    with pytest.raises(OSError, match="directory"):
        write_atomically(tmp_path / "a", b"new")
    assert (tmp_path / "a").is_dir()


def test_why_writing_failed_is_said(tmp_path: Path) -> None:
    """A missing folder, a folder in the file's place, and any other reason are told apart."""
    error = OSError(28, "No space left on device")
    assert str(writing_problem(Path("no/such/file"), error)).startswith(
        "no/such/file: the folder 'no/such' does not exist; "
    )
    assert "a file was expected" in str(writing_problem(tmp_path, error))
    assert "(No space left on device)" in str(writing_problem(tmp_path / "a", error))


@pytest.mark.parametrize(
    ("data", "text"),
    [(b"a\xef\xbb\xbf", "a\ufeff"), (b"\xef\xbb\xbfa", "a"), ("한국".encode(), "한국"), (b"", "")],
)
def test_utf_8_is_read_with_or_without_its_mark(data: bytes, text: str, tmp_path: Path) -> None:
    """A byte order mark at the beginning is no part of the text."""
    path = tmp_path / "a.txt"
    path.write_bytes(data)
    assert read_text(path, "a.txt") == (text, [])


@pytest.mark.parametrize(("size", "read"), [(8, True), (9, False)])
def test_size_has_a_bound(size: int, read: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of the greatest size is read, and one byte more is not."""
    monkeypatch.setattr(files, "MAX_BYTES", 8)
    (tmp_path / "a").write_bytes(b"x" * size)
    assert (read_text(tmp_path / "a", "a")[0] is not None) is read


def test_where_text_is_not_utf_8_is_counted_in_letters(tmp_path: Path) -> None:
    """The column of the first bad byte counts the letters before it."""
    (tmp_path / "a").write_bytes("가\n나다".encode() + b"\xff")
    text, problems = read_text(tmp_path / "a", "a")
    assert text is None
    assert [(problem.line, problem.column) for problem in problems] == [(2, 3)]
