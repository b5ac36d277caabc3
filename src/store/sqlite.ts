import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { KeptAnswer, shortHash } from '../core/kept-answer.ts';
import { failingIn, packed, unpacked } from './packed-scan.ts';
import { migrate, rollBack } from './schema.ts';
import { auditIn } from './sqlite-audit.ts';
import { fixesIn } from './sqlite-fixes.ts';
import { keptAnswers, keptScans, type Store } from './store.ts';

/** How long a process waits for another one's write. */
const BUSY_MS = 10_000;

/** The store of one machine: an SQLite file (`:memory:` for none) that several processes may share. */
export function openStore(path: string, now: () => Date = () => new Date()): Store {
  if (path !== ':memory:') makeFile(path);
  const db = new DatabaseSync(path);
  db.exec(`PRAGMA busy_timeout = ${BUSY_MS}`);
  db.exec('PRAGMA journal_mode = WAL');
  // What was recorded must be there after a power cut: a lost record of a sent call is a lie.
  db.exec('PRAGMA synchronous = FULL');
  migrate(db);
  const { append, kept: audit } = auditIn(db, atomically);

  return {
    async saveScan(scan) {
      atomically(() => {
        const { head, parts } = packed(scan);
        const { lastInsertRowid: seq } = db
          .prepare('INSERT INTO scans (scanned_at, scan) VALUES (?, ?)')
          .run(scan.scannedAt, head);
        const insert = db.prepare('INSERT INTO scan_parts VALUES (?, ?, ?)');
        let part = 0;
        for (const body of parts) insert.run(seq, part++, body);
        db.prepare(
          'DELETE FROM scans WHERE seq NOT IN (SELECT seq FROM scans ORDER BY scanned_at DESC, seq DESC LIMIT ?)',
        ).run(keptScans);
        db.exec('DELETE FROM scan_parts WHERE seq NOT IN (SELECT seq FROM scans)');
      });
    },
    async lastScans(count) {
      const rows = db
        .prepare('SELECT seq, scan FROM scans ORDER BY scanned_at DESC, seq DESC LIMIT ?')
        .all(count) as { seq: number; scan: string }[];
      const parts = db.prepare('SELECT body FROM scan_parts WHERE seq = ? ORDER BY part');
      return rows.map(({ seq, scan }) => unpacked(scan, bodiesOf(parts.iterate(seq))));
    },

    async lastFailing() {
      const newest = db
        .prepare('SELECT seq, scan FROM scans ORDER BY scanned_at DESC, seq DESC LIMIT 1')
        .get() as { seq: number; scan: string } | undefined;
      if (!newest) return [];
      const parts = db.prepare('SELECT body FROM scan_parts WHERE seq = ? ORDER BY part');
      return failingIn(newest.scan, bodiesOf(parts.iterate(newest.seq)));
    },

    async keepAccounts(rows) {
      const put = db.prepare(
        `INSERT INTO kept_accounts VALUES (?, ?, ?, ?) ON CONFLICT (account) DO UPDATE SET
         read_at = excluded.read_at, finished = excluded.finished, body = excluded.body`,
      );
      atomically(() => {
        for (const { account, readAt, finished, body } of rows)
          put.run(account, readAt, finished ? 1 : 0, body);
      });
    },
    async forgetAccounts(accounts) {
      const forget = db.prepare('DELETE FROM kept_accounts WHERE account = ?');
      atomically(() => {
        for (const account of accounts) forget.run(account);
      });
    },
    async keptAccounts() {
      const rows = db.prepare('SELECT * FROM kept_accounts ORDER BY account').all() as {
        account: string;
        read_at: string;
        finished: number;
        body: string;
      }[];
      return rows.map(({ account, read_at: readAt, finished, body }) => ({
        account,
        readAt,
        finished: finished === 1,
        body,
      }));
    },
    async finishKept(since) {
      atomically(() => {
        db.prepare('DELETE FROM kept_accounts WHERE read_at < ?').run(since);
        db.exec('UPDATE kept_accounts SET finished = 1 WHERE finished = 0');
      });
    },

    ...fixesIn(db, atomically, append, now),

    async claimDigest(channel, date) {
      const { changes } = db
        .prepare('INSERT OR IGNORE INTO digests (channel, date) VALUES (?, ?)')
        .run(channel, date);
      return changes === 1;
    },
    async releaseDigest(channel, date) {
      db.prepare('DELETE FROM digests WHERE channel = ? AND date = ?').run(channel, date);
    },

    async keepAnswer(answer, threads, expiresAt) {
      const body = JSON.stringify(answer);
      // Replaced rather than updated, so that what was asked last is also the newest.
      const put = db.prepare(
        'INSERT OR REPLACE INTO kept_answers (key, expires_at, body) VALUES (?, ?, ?)',
      );
      atomically(() => {
        for (const key of [planKey(answer.planHash), ...threads.map(threadKey)])
          put.run(key, expiresAt, body);
        db.prepare('DELETE FROM kept_answers WHERE expires_at <= ?').run(now().toISOString());
        db.prepare(
          'DELETE FROM kept_answers WHERE seq <= (SELECT max(seq) FROM kept_answers) - ?',
        ).run(keptAnswers);
      });
    },
    async keptAnswer(planHash) {
      return answerUnder(planKey(planHash));
    },
    async lastAnswer(thread) {
      return answerUnder(threadKey(thread));
    },

    async firstTime(key, ttlSeconds) {
      const at = now();
      const expires = new Date(at.getTime() + ttlSeconds * 1000).toISOString();
      return atomically(() => {
        db.prepare('DELETE FROM seen WHERE expires_at <= ?').run(at.toISOString());
        const { changes } = db
          .prepare('INSERT OR IGNORE INTO seen (key, expires_at) VALUES (?, ?)')
          .run(key, expires);
        return changes === 1;
      });
    },

    ...audit,

    async setting(key) {
      const row = db.prepare('SELECT value FROM settings WHERE key = ?').get(key);
      return (row as { value: string } | undefined)?.value;
    },
    async putSetting(key, value, step) {
      atomically(() => {
        db.prepare(
          'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
        ).run(key, value);
        if (step) append(step);
      });
    },

    close: () => db.close(),
  };

  /** What an earlier version kept in another shape is as good as forgotten. */
  function answerUnder(key: string): KeptAnswer | undefined {
    const row = db
      .prepare('SELECT body FROM kept_answers WHERE key = ? AND expires_at > ?')
      .get(key, now().toISOString()) as { body: string } | undefined;
    return row && KeptAnswer.safeParse(JSON.parse(row.body)).data;
  }

  /** All or nothing, and alone: the write lock is taken at the beginning. */
  function atomically<T>(work: () => T): T {
    db.exec('BEGIN IMMEDIATE');
    try {
      const result = work();
      db.exec('COMMIT');
      return result;
    } catch (error) {
      rollBack(db, error);
      throw error;
    }
  }
}

const planKey = (planHash: string) => `plan:${shortHash(planHash)}`;
const threadKey = (thread: string) => `thread:${thread}`;

function* bodiesOf(rows: Iterable<unknown>): Iterable<Uint8Array> {
  for (const row of rows) yield (row as { body: Uint8Array }).body;
}

/** Names, addresses and who did what are nobody else's business on a shared machine. */
function makeFile(path: string): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  closeSync(openSync(path, 'a', 0o600));
}
