"""Opening a store: what is at its path, making one, and bringing an older one up to date."""

from __future__ import annotations

import contextlib
import os
import stat
from collections.abc import Iterator
from datetime import datetime
from pathlib import Path

from quizgen.store.database import Database, StoreError
from quizgen.store.tables import APPLICATION, TABLES, UPGRADES, VERSION

_HEAD = 100  # bytes, before the first page's contents
_MAGIC = b"SQLite format 3\0"
_ELSEWHERE = "name another file with --state or QUIZGEN_STATE"


def open_database(path: Path, now: datetime) -> Database:
    """The database at a path, of this format; made where there is none. Raises StoreError."""
    _look(path)
    database = Database(path)
    try:
        version = _version(database)
        if version < VERSION and not os.access(path, os.W_OK):
            message = (
                f"the store has the older format {version}, and may not be written to bring it up to date"
            )
            raise StoreError.of(path, message, "give yourself the right to write it, or copy it")
        database.prepare()
        if version == 0:
            _make(database)
        elif version < VERSION:
            _upgrade(database, now)
    except BaseException:
        database.close()
        raise
    return database


def _look(path: Path) -> None:
    """Make the file where there is none; refuse what is no store of ours before SQLite touches it."""
    try:
        if not path.exists():
            path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            # A learner's answers are nobody else's business.
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise StoreError.of(path, "this is a folder, and the store's file was expected", _ELSEWHERE)
        if not stat.S_ISREG(status.st_mode):
            raise StoreError.of(path, "this is a pipe or a device, and no store", _ELSEWHERE)
        # Before SQLite has the file: closing it afterwards would give up SQLite's locks on it.
        with path.open("rb") as stream:
            head = stream.read(_HEAD)
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError.of(path, f"the store cannot be opened ({reason})", _ELSEWHERE) from error
    if head and not Path(f"{path}-journal").exists():
        # With a journal, a write was cut off, and SQLite has to take it back before the head can be believed.
        _read_head(path, head)


def _read_head(path: Path, head: bytes) -> None:
    """Refuse what is none of ours by the head of its file, https://www.sqlite.org/fileformat2.html#the_database_header."""
    if head.lstrip().startswith(b"{"):
        hint = f"to take in what it holds: `quizgen state import {path}` with another store"
        raise StoreError.of(path, "this looks like an export of a store, and not like one", hint)
    if len(head) < _HEAD:
        # SQLite would take a few bytes for an empty database, and write over them.
        raise StoreError.of(path, f"this file has {len(head)} bytes, and is no store", _ELSEWHERE)
    if not head.startswith(_MAGIC):
        return  # SQLite will say that it is no database
    _refuse(path, int.from_bytes(head[68:72]), int.from_bytes(head[60:64]))


def _refuse(path: Path, application: int, version: int) -> None:
    if application != APPLICATION:
        raise StoreError.of(path, "this is a database of another program, and was left alone", _ELSEWHERE)
    if version > VERSION:
        message = f"the store has the format {version}, of a newer quizgen; this one knows {VERSION}"
        raise StoreError.of(path, f"{message}, and left it alone", "upgrade quizgen")


def _version(database: Database) -> int:
    """The format; 0 is an empty file."""
    version = database.pragma("user_version")
    if not database.rows("SELECT 1 FROM sqlite_master LIMIT 1") and not version:
        return 0
    _refuse(database.path, database.pragma("application_id"), version)
    if not version:
        raise database.damaged("it has no format")
    return version


def _make(database: Database) -> None:
    with database.writing():
        if database.pragma("user_version"):
            return  # another session made it in the meantime
        for statement in TABLES:
            database.run(statement)
        database.run(f"PRAGMA application_id = {APPLICATION}")
        database.run(f"PRAGMA user_version = {VERSION}")


def _upgrade(database: Database, now: datetime) -> None:
    with database.writing():  # nobody else writes between the copy and the change
        version = database.pragma("user_version")
        if version >= VERSION:
            return  # another session did it in the meantime
        _back_up(database.path, version, now)
        for old in range(version, VERSION):
            for statement in UPGRADES[old]:
                database.run(statement)
        database.run(f"PRAGMA user_version = {VERSION}")


def _back_up(path: Path, version: int, now: datetime) -> None:
    """Copy the store beside itself, to a name that is free. Raises StoreError, with nothing changed."""
    for name in _free_names(path, f".v{version}-backup-{now:%Y%m%dT%H%M%SZ}"):
        try:
            os.close(os.open(name, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            continue
        except OSError as error:
            reason = error.strerror or type(error).__name__
            message = f"the store has to be brought up to date, and cannot be backed up before ({reason})"
            raise StoreError.of(path, message, f"make room for {name}") from error
        break
    try:
        with contextlib.closing(Database(path)) as reader:
            reader.copy(name)
    except StoreError:
        name.unlink(missing_ok=True)
        raise


def _free_names(path: Path, ending: str) -> Iterator[Path]:
    yield path.with_name(path.name + ending)
    for number in range(2, 1000):
        yield path.with_name(f"{path.name}{ending}-{number}")
