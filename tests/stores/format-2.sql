-- A store of format 2, as the quizgen of that time made it.
PRAGMA application_id = 1366968113;
PRAGMA user_version = 2;
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
);
CREATE INDEX log_time ON log (at);
CREATE INDEX log_item ON log (item, at);
CREATE INDEX log_review ON log (review) WHERE review IS NOT NULL;
CREATE INDEX log_session ON log (session) WHERE session IS NOT NULL;
CREATE TABLE flags (
    id       TEXT    PRIMARY KEY,
    item     TEXT    NOT NULL,
    facts    TEXT    NOT NULL,
    deck     TEXT    NOT NULL,
    at       INTEGER NOT NULL,
    remark   TEXT    NOT NULL,
    revision TEXT    NOT NULL
) WITHOUT ROWID;
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
) WITHOUT ROWID;
CREATE TABLE sessions (
    id     TEXT    PRIMARY KEY,
    deck   TEXT    NOT NULL,
    at     INTEGER NOT NULL,
    wishes TEXT    NOT NULL,
    items  TEXT    NOT NULL,
    ended  INTEGER,
    owner  TEXT    NOT NULL DEFAULT ''
) WITHOUT ROWID;
CREATE TABLE settings (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TRIGGER log_update BEFORE UPDATE ON log  BEGIN SELECT RAISE(ABORT, 'the log table is only ever added to'); END;
CREATE TRIGGER log_delete BEFORE DELETE ON log  BEGIN SELECT RAISE(ABORT, 'the log table is only ever added to'); END;
CREATE TRIGGER log_insert BEFORE INSERT ON log WHEN EXISTS (SELECT 1 FROM log WHERE id = new.id) BEGIN SELECT RAISE(ABORT, 'the log table is only ever added to'); END;
CREATE TRIGGER flags_update BEFORE UPDATE ON flags  BEGIN SELECT RAISE(ABORT, 'the flags table is only ever added to'); END;
CREATE TRIGGER flags_delete BEFORE DELETE ON flags  BEGIN SELECT RAISE(ABORT, 'the flags table is only ever added to'); END;
CREATE TRIGGER flags_insert BEFORE INSERT ON flags WHEN EXISTS (SELECT 1 FROM flags WHERE id = new.id) BEGIN SELECT RAISE(ABORT, 'the flags table is only ever added to'); END;
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('r1', 'review', 1795348800000000, NULL, 'tide/date', '["tide"]', 'tides', 3, 4.25, '1897', 'right', 's1');
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('r2', 'review', 1795435200000000, NULL, 'tide/date', '["tide"]', 'tides', 3, NULL, '4 May  1897', 'nearly', 's1');
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('r3', 'review', 1796126400000000, NULL, 'pier/date', '["pier", "tide"]', 'tides', 1, 61.5, '', 'wrong', 's2');
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('c1', 'rerate', 1796126400000001, 'r2', NULL, NULL, NULL, 2, NULL, NULL, NULL, NULL);
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('r4', 'review', 1796126400000002, NULL, 'pier/date', '["pier", "tide"]', 'tides', 4, 3.0, 'x', 'right', 's2');
INSERT INTO log (id, kind, at, review, item, facts, deck, rating, seconds, response, mark, session)
  VALUES ('c2', 'undo', 1796126400000003, 'r4', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL);
INSERT INTO flags VALUES ('f1', 'tide/date', '["tide"]', 'tides', 1795348800000000, 'is it 1898?', '2026-11-22');
INSERT INTO sessions (id, deck, at, wishes, items, ended) VALUES ('s2', 'tides', 1796126400000000, '{"limit": 5}', '["pier/date", "tide/date"]', NULL);
INSERT INTO schedules VALUES ('tide/date', '["tide"]', 'tides', 1795348800000000, 1.0, 5.0, 2, NULL, 7, 0, 1795348800000000, 1795348800000000);
