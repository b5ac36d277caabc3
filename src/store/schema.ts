import type { DatabaseSync } from 'node:sqlite';

/** Each step brings the schema one version further; steps that are in use are never edited. */
const MIGRATIONS = [
  `
  CREATE TABLE scans (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    scanned_at TEXT NOT NULL,
    scan TEXT NOT NULL
  ) STRICT;

  CREATE TABLE fixes (
    id TEXT PRIMARY KEY,
    state TEXT NOT NULL,
    version INTEGER NOT NULL,
    plan_hash TEXT NOT NULL,
    resource_lock TEXT NOT NULL,
    requested_at TEXT NOT NULL,
    record TEXT NOT NULL,
    message TEXT
  ) STRICT;
  CREATE UNIQUE INDEX one_open_fix_per_resource ON fixes (resource_lock)
    WHERE state IN ('proposed', 'approved', 'claimed', 'applying');

  CREATE TABLE audit (
    seq INTEGER PRIMARY KEY,
    hash TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE TABLE audit_head (
    only INTEGER PRIMARY KEY CHECK (only = 1),
    seq INTEGER NOT NULL,
    hash TEXT NOT NULL
  ) STRICT;
  CREATE TRIGGER audit_is_never_changed BEFORE UPDATE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never changed'); END;
  CREATE TRIGGER audit_is_never_deleted BEFORE DELETE ON audit
    BEGIN SELECT RAISE(ABORT, 'audit entries are never deleted'); END;

  CREATE TABLE digests (
    channel TEXT NOT NULL,
    date TEXT NOT NULL,
    PRIMARY KEY (channel, date)
  ) STRICT;

  CREATE TABLE seen (
    key TEXT PRIMARY KEY,
    expires_at TEXT NOT NULL
  ) STRICT;
  CREATE INDEX seen_by_expiry ON seen (expires_at);

  CREATE TABLE settings (
    key TEXT PRIMARY KEY,
    value TEXT NOT NULL
  ) STRICT;
  `,
  // A scan of ten thousand accounts is too much for one text: its lists lie beside it, in parts.
  `
  CREATE TABLE scan_parts (
    seq INTEGER NOT NULL,
    part INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (seq, part)
  ) STRICT, WITHOUT ROWID;

  CREATE TABLE kept_accounts (
    account TEXT PRIMARY KEY,
    read_at TEXT NOT NULL,
    finished INTEGER NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
  // Answers by the hash of their plan, and the newest one of each thread.
  `
  CREATE TABLE kept_answers (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,
    key TEXT NOT NULL UNIQUE,
    expires_at TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT;
  CREATE INDEX kept_answers_by_expiry ON kept_answers (expires_at);
  `,
  // A plan may hold several things at a time, and the approvals of an hour are counted. What is accepted
  // or put off is a decision of its own.
  `
  ALTER TABLE fixes ADD COLUMN approved_at TEXT;
  ALTER TABLE fixes ADD COLUMN aftermath TEXT;
  CREATE INDEX fixes_by_approval ON fixes (approved_at) WHERE approved_at IS NOT NULL;
  CREATE INDEX fixes_by_request ON fixes (requested_at);
  CREATE INDEX fixes_by_state ON fixes (state);
  DROP INDEX one_open_fix_per_resource;
  CREATE TABLE fix_locks (
    lock TEXT PRIMARY KEY,
    fix TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE INDEX fix_locks_by_fix ON fix_locks (fix);
  INSERT INTO fix_locks SELECT resource_lock, id FROM fixes
    WHERE state IN ('proposed', 'approved', 'claimed', 'applying');

  CREATE TABLE accepted_risks (
    name TEXT PRIMARY KEY,
    fix TEXT NOT NULL,
    body TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  CREATE TABLE snoozes (
    finding TEXT PRIMARY KEY,
    until TEXT NOT NULL,
    snoozed_by TEXT NOT NULL
  ) STRICT, WITHOUT ROWID;
  `,
];

/** Brings the database to the newest schema; `user_version` says where it stands. */
export function migrate(db: DatabaseSync): void {
  // The write lock is taken before the version is read, so that two processes do not both migrate.
  db.exec('BEGIN IMMEDIATE');
  try {
    const { user_version: version } = db.prepare('PRAGMA user_version').get() as {
      user_version: number;
    };
    if (version > MIGRATIONS.length) {
      throw new Error(
        `the store was written by a newer version (schema ${version}, this one knows ${MIGRATIONS.length})`,
      );
    }
    for (const step of MIGRATIONS.slice(version)) db.exec(step);
    db.exec(`PRAGMA user_version = ${MIGRATIONS.length}`);
    db.exec('COMMIT');
  } catch (error) {
    rollBack(db, error);
    throw error;
  }
}

/** Undoes a transaction. SQLite has done so itself after some errors; then the error at hand is told. */
export function rollBack(db: DatabaseSync, because: unknown): void {
  try {
    db.exec('ROLLBACK');
  } catch {
    throw new Error('the store could not go on', { cause: because });
  }
}
