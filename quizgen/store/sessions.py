"""Sessions: what they set out to ask, and which of them were cut off."""

from __future__ import annotations

import os
import platform
from datetime import datetime, timedelta

from quizgen.store import rows
from quizgen.store.database import Database
from quizgen.store.review import SessionRecord, micros, moment

LONGEST = timedelta(hours=12)
"""For how long a session is believed to go on, where nothing else tells."""


class Sessions:
    """The sessions of one database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def begin(self, session: SessionRecord) -> None:
        """Keep what a session of this process set out to do."""
        values = (session.id, session.deck, micros(session.at), session.wishes, rows.listed(session.items))
        with self._database.writing():
            self._database.run(
                "INSERT INTO sessions (id, deck, at, wishes, items, owner) VALUES (?,?,?,?,?,?)",
                (*values, _owner()),
            )

    def take_up(self, deck: str, now: datetime) -> SessionRecord | None:
        """The last session on a deck that was cut off, as one of this process from now on.

        Not one that another process still runs, and not one from before the last that came to its end.
        """
        query = (
            "SELECT id, deck, at, wishes, items, owner FROM sessions WHERE deck = ?1 AND ended IS NULL"
            " AND at > (SELECT coalesce(max(at), -1) FROM sessions WHERE deck = ?1 AND ended IS NOT NULL)"
            " ORDER BY at DESC, id DESC"
        )
        if not self._database.rows(query, (deck,)):
            return None  # most often so, and then nothing has to be written
        with self._database.writing():
            for name, _, at, wishes, items, owner in self._database.rows(query, (deck,)):
                with self._database.sound():
                    found = SessionRecord(
                        id=name, deck=deck, at=moment(at), wishes=wishes, items=rows.names(items)
                    )
                if not _runs(owner, found.at, now):
                    self._database.run("UPDATE sessions SET owner = ? WHERE id = ?", (_owner(), name))
                    return found
        return None

    def end(self, name: str, at: datetime) -> None:
        """Say that a session came to its end, or will not be gone on with."""
        with self._database.writing():
            self._database.run("UPDATE sessions SET ended = ? WHERE id = ?", (micros(at), name))


def _owner() -> str:
    """This process, by its machine and number."""
    return f"{platform.node()}:{os.getpid()}"


def _runs(owner: str, begun: datetime, now: datetime) -> bool:
    """Whether the process that a session belongs to may still be at it."""
    machine, _, number = owner.rpartition(":")
    if not number.isdigit() or abs(now - begun) > LONGEST:
        return False  # a number is given to another process sooner or later
    if owner == _owner():
        return False  # this process would know
    if machine != platform.node() or os.name != "posix":
        return True  # on another machine, or where one cannot ask without ending it: nobody knows
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
