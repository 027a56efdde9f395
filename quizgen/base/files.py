"""Reading with a limit, and writing so that what was there is never half gone."""

from __future__ import annotations

import errno
import os
import stat
from pathlib import Path
from typing import TYPE_CHECKING

from quizgen.base.problems import Problem

if TYPE_CHECKING:
    from collections.abc import Sequence

MAX_BYTES = 32 * 1024 * 1024


def read_text(path: Path, shown: str) -> tuple[str | None, list[Problem]]:
    """The text of a UTF-8 file of at most `MAX_BYTES`; `shown` is the path as messages name it."""
    data, problems = read_bytes(path, shown, MAX_BYTES)
    if data is None:
        return None, problems
    try:
        return data.decode("utf-8-sig"), []
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        hint = "save the file with the encoding UTF-8"
        return None, [Problem(shown, line, column, "", "this is not UTF-8 text", hint)]


def read_bytes(path: Path, shown: str, most: int) -> tuple[bytes | None, list[Problem]]:
    """What an ordinary file of at most `most` bytes holds; `shown` is the path as messages name it."""

    def problem(message: str, hint: str) -> tuple[None, list[Problem]]:
        return None, [Problem(shown, 0, 0, "", message, hint)]

    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            return problem("this is a folder, and a file was expected", "name a file inside it")
        if not stat.S_ISREG(status.st_mode):
            # A pipe or a device may never end, and has no size to look at first.
            return problem("this is a pipe or a device", "save what it gives as a file, and name that")
        if status.st_size > most:
            message = f"the file has {status.st_size:,} bytes, and at most {most:,} are read"
            return problem(message, "split it into several")
        return path.read_bytes(), []
    except FileNotFoundError:
        return problem("there is no such file", "check the spelling of the path")
    except PermissionError:
        return problem("the file may not be read", "give yourself the right to read it (chmod u+r)")
    except OSError as error:
        reason = error.strerror or type(error).__name__
        return problem(f"the file cannot be read ({reason})", "check the disk and the path")


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder. Not being allowed to look means no: reading it will say why."""
    # Path.is_dir() raises where a folder on the way may not be entered, or a name is too long.
    return os.path.isdir(path)  # noqa: PTH112


def is_file(path: Path) -> bool:
    """Whether `path` is an ordinary file. Not being allowed to look means no."""
    return os.path.isfile(path)  # noqa: PTH113  as above


def write_atomically(path: Path, data: bytes) -> None:
    """Write `data` beside `path` under a temporary name and move it there once it is whole.

    A pipe or a device (`/dev/stdout`) is written into, and never replaced by a file. Raises OSError, with
    everything that was on disk left as it was.
    """
    write_together([(path, data)])


def write_together(files: Sequence[tuple[Path, bytes]]) -> None:
    """Write several files as `write_atomically` does: none is moved into its place before all are whole.

    They are moved in the order given, so that whoever dies between two moves has the first new and the rest
    old. Raises OSError naming the file that failed (`filename`), with nothing moved.
    """
    staged: list[tuple[Path, Path]] = []
    try:
        for path, data in files:
            if path.is_dir():
                raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
            if path.exists() and not path.is_file():
                with path.open("wb") as device:
                    device.write(data)
            else:
                _stage(path, data, staged)
        while staged:
            temporary, path = staged[0]
            temporary.replace(path)
            del staged[0]
    finally:
        for temporary, _ in staged:
            temporary.unlink(missing_ok=True)


def _stage(path: Path, data: bytes, staged: list[tuple[Path, Path]]) -> None:
    """Write `data` beside `path`, whole and on disk, and note it in `staged` from the first byte."""
    import tempfile  # it brings half of the standard library, and most commands write nothing

    try:
        handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.", suffix=".part")
    except OSError as error:
        error.filename = str(path)
        raise
    staged.append((Path(name), path))
    with os.fdopen(handle, "wb") as stream:
        stream.write(data)
        stream.flush()
        os.fsync(stream.fileno())
    # mkstemp makes files for the owner alone; a new deck gets the mode any new file would get.
    mask = os.umask(0)
    os.umask(mask)
    Path(name).chmod(path.stat().st_mode & 0o777 if path.exists() else 0o666 & ~mask)


def writing_problem(path: Path, error: OSError) -> Problem:
    """What to tell a person whose output could not be written."""
    parent = path.parent
    if not parent.exists():
        return Problem(str(path), 0, 0, "", f"the folder {str(parent)!r} does not exist", "make it first")
    if path.is_dir():
        return Problem(
            str(path), 0, 0, "", "this is a folder, and a file was expected", "name a file inside it"
        )
    reason = error.strerror or type(error).__name__
    return Problem(
        str(path), 0, 0, "", f"the file cannot be written ({reason})", "choose another place with -o"
    )
