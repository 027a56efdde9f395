"""Saving what can be read of a damaged store into a new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from quizgen.store.database import StoreError
from quizgen.store.review import Entry, Review
from quizgen.store.salvage import page_count, salvage
from quizgen.store.store import Store

Progress = Callable[[str, int], AbstractContextManager[Callable[[], None]]]


class Rescued(NamedTuple):
    """What was saved: how many entries, and how many of them are reviews."""

    entries: int
    reviews: int


def rescue(damaged: Path, new: Path, now: datetime, progress: Progress) -> Rescued:
    """Read a damaged store's bytes, and put what they hold into a store that is not there yet.

    Raises StoreError: `new` is there, nothing can be read, or the new one cannot be written.
    """
    if os.path.lexists(new):
        raise StoreError.of(new, "there is something already, and it was left as it is", "name a new file")
    entries = _read(damaged, progress)
    if not entries:
        hint = "the file is left as it is; take back a backup of it, or an export, if there is one"
        raise StoreError.of(damaged, "no answer can be read in this file", hint)
    try:
        with Store.open(new, now=now) as store:
            store.merge(entries)
    except StoreError:
        new.unlink(missing_ok=True)  # it was made here, and holds nothing
        raise
    return Rescued(len(entries), sum(isinstance(entry, Review) for entry in entries))


def _read(path: Path, progress: Progress) -> list[Entry]:
    try:
        data = path.read_bytes()
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise StoreError.of(
            path, f"the file cannot be read ({reason})", "check the path and the disk"
        ) from error
    found: dict[str, Entry] = {}
    page = -1
    with progress("reading pages", page_count(data)) as step:
        for number, entry in salvage(data):
            for _ in range(number - page):
                step()
            page = number
            found.setdefault(entry.id, entry)
    # In order of time, so that the new log reads as the old one did.
    return sorted(found.values(), key=lambda entry: (entry.at, entry.id))
