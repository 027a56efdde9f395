"""The store's tables, in SQL."""

from __future__ import annotations

APPLICATION = 0x517A4731
"""SQLite's application id: what tells a store from any other database."""
VERSION = 1

LOG = """
CREATE TABLE log (
    n        INTEGER PRIMARY KEY,
    id       TEXT    NOT NULL UNIQUE,
    kind     TEXT    NOT NULL CHECK (kind IN ('review', 'rerate', 'undo')),
    at       INTEGER NOT NULL,           -- microseconds since 1970, UTC
    review   TEXT,                       -- of 'rerate' and 'undo': the review that is meant
    item     TEXT,
    facts    TEXT,                       -- a JSON list of ids
    deck     TEXT,
    rating   INTEGER CHECK (rating BETWEEN 1 AND 4),
    seconds  REAL,
    response TEXT,
    mark     TEXT,
    session  TEXT
)
"""

TABLES = (
    LOG,
    "CREATE INDEX log_item ON log (item, at)",
    "CREATE INDEX log_time ON log (at, n)",
    "CREATE INDEX log_changes ON log (review) WHERE review IS NOT NULL",
    """CREATE TABLE schedules (
    item       TEXT PRIMARY KEY,
    facts      TEXT    NOT NULL,
    deck       TEXT    NOT NULL,
    due        INTEGER NOT NULL,
    stability  REAL    NOT NULL,
    difficulty REAL    NOT NULL,
    state      INTEGER NOT NULL,
    step       INTEGER,
    reps       INTEGER NOT NULL,
    lapses     INTEGER NOT NULL,
    first      INTEGER NOT NULL,
    last       INTEGER NOT NULL
) WITHOUT ROWID""",
    # What FSRS expected of a review: derived, like the schedules. `n` is the review's in the log; a first
    # review has no row. `state` and `recall` (the chance that the item is known) are of the moment before it.
    "CREATE TABLE expected (n INTEGER PRIMARY KEY, state INTEGER NOT NULL, recall REAL NOT NULL)",
    """CREATE TABLE flags (
    id TEXT PRIMARY KEY, item TEXT NOT NULL, facts TEXT NOT NULL, deck TEXT NOT NULL,
    at INTEGER NOT NULL, remark TEXT NOT NULL, revision TEXT NOT NULL
) WITHOUT ROWID""",
    """CREATE TABLE sessions (
    id TEXT PRIMARY KEY, deck TEXT NOT NULL, at INTEGER NOT NULL, wishes TEXT NOT NULL,
    items TEXT NOT NULL, ended INTEGER
) WITHOUT ROWID""",
    """CREATE TRIGGER log_is_never_changed BEFORE UPDATE ON log
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
    """CREATE TRIGGER log_is_never_cut BEFORE DELETE ON log
BEGIN SELECT RAISE(ABORT, 'the log is only ever added to'); END""",
)
