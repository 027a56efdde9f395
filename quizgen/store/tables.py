"""The store's tables in SQL, and the way from each older format to the next."""

from __future__ import annotations

APPLICATION = 0x517A4731
"""SQLite's application id: what tells a store from any other database."""
VERSION = 3
"""The format, in SQLite's user version. A change of a table is a new one, with its way in `UPGRADES`."""

# One table for a review and what was changed of it, so that one key keeps their ids apart.
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
)"""

FLAGS = """
CREATE TABLE flags (
    id       TEXT    PRIMARY KEY,
    item     TEXT    NOT NULL,
    facts    TEXT    NOT NULL,
    deck     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    remark   TEXT    NOT NULL,
    revision TEXT    NOT NULL
) WITHOUT ROWID"""

# Derived: each row follows from the log.
SCHEDULES = """
CREATE TABLE schedules (
    item       TEXT    PRIMARY KEY,
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
) WITHOUT ROWID"""

# Derived too: what FSRS expected of each review but an item's first. `n` is the review's in the log, `recall`
# the chance that the item was known, before it was answered.
EXPECTED = "CREATE TABLE expected (n INTEGER PRIMARY KEY, state INTEGER NOT NULL, recall REAL NOT NULL)"

# `owner` is the process that runs it, so that no other one takes it for one that was cut off.
SESSIONS = """
CREATE TABLE sessions (
    id     TEXT    PRIMARY KEY,
    deck   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    wishes TEXT    NOT NULL,
    items  TEXT    NOT NULL,
    ended  INTEGER,
    owner  TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID"""

# `scheduler`: the fingerprint of what made the schedules.
SETTINGS = "CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID"


def _guard(table: str, event: str, when: str = "") -> str:
    """A trigger that lets nobody, us included, change what was written."""
    return (
        f"CREATE TRIGGER {table}_{event.lower()} BEFORE {event} ON {table} {when}"
        f" BEGIN SELECT RAISE(ABORT, 'the {table} table is only ever added to'); END"
    )


# An INSERT OR REPLACE deletes without a DELETE: the row that it would replace stops it.
_REPLACED = "WHEN EXISTS (SELECT 1 FROM {} WHERE id = new.id)"
_CHANGED_GUARDS = tuple(
    _guard(table, event, when)
    for table in ("log", "flags")
    for event, when in (("UPDATE", ""), ("DELETE", ""), ("INSERT", _REPLACED.format(table)))
)
_LOG_INDEXES = (
    "CREATE INDEX log_time ON log (at)",
    "CREATE INDEX log_item ON log (item, at)",
    "CREATE INDEX log_review ON log (review) WHERE review IS NOT NULL",
    "CREATE INDEX log_session ON log (session) WHERE session IS NOT NULL",
)

TABLES = (LOG, *_LOG_INDEXES, FLAGS, SCHEDULES, EXPECTED, SESSIONS, SETTINGS, *_CHANGED_GUARDS)

UPGRADES: dict[int, tuple[str, ...]] = {
    # 1 guarded the log alone, knew nobody who ran a session, and looked for its reviews in the whole log.
    1: (
        "DROP TRIGGER log_is_never_changed",
        "DROP TRIGGER log_is_never_cut",
        "DROP INDEX log_item",
        "DROP INDEX log_time",
        "DROP INDEX log_changes",
        *_LOG_INDEXES,
        "ALTER TABLE sessions ADD COLUMN owner TEXT NOT NULL DEFAULT ''",
        SETTINGS,
        *_CHANGED_GUARDS,
    ),
    # 2 did not keep what was expected; making the schedules anew finds it out.
    2: (EXPECTED, "DELETE FROM settings WHERE name = 'scheduler'"),
}
"""From a format to the next one. Schedules are made anew afterwards: there is no fingerprint of them yet."""
