import { closeSync, mkdirSync, openSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type AuditStep, open, type SealedEntry, seal, verifyChain } from '../core/audit.ts';
import type { FixRecord } from '../core/fixes/fix.ts';
import { type KeptFix, lockOf, type Move, OPEN } from '../core/fixes/state.ts';
import { KeptAnswer, shortHash } from '../core/kept-answer.ts';
import { failingIn, packed, unpacked } from './packed-scan.ts';
import { migrate, rollBack } from './schema.ts';
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

    async putFix(fix, step) {
      return atomically(() => {
        const already = oneFix('resource_lock = ? AND state IN (SELECT value FROM json_each(?))', [
          lockOf(fix),
          JSON.stringify(OPEN),
        ]);
        if (already) return { already };
        const { message, ...record } = fix;
        db.prepare('INSERT INTO fixes VALUES (?, ?, 1, ?, ?, ?, ?, ?)').run(
          fix.id,
          fix.state,
          fix.planHash,
          lockOf(fix),
          fix.requestedAt,
          JSON.stringify(record),
          message && JSON.stringify(message),
        );
        append(step);
        return { kept: { ...fix, version: 1 } };
      });
    },
    async fix(id) {
      return oneFix('id = ?', [id]);
    },
    async openFixes() {
      return someFixes('state IN (SELECT value FROM json_each(?))', [JSON.stringify(OPEN)]);
    },
    async moveFix(first, along) {
      return atomically(() => {
        const moved = move(first);
        if (moved && along) move(along);
        return moved;
      });
    },
    async noteMessage(fix, message) {
      db.prepare('UPDATE fixes SET message = ? WHERE id = ?').run(JSON.stringify(message), fix);
    },

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

    async appendAudit(step) {
      atomically(() => append(step));
    },
    async audit() {
      return chain().map(open);
    },
    async verifyAudit() {
      // One transaction, so that nothing is appended between reading the chain and reading its head.
      return atomically(() => verifyChain(chain(), head()));
    },

    async setting(key) {
      const row = db.prepare('SELECT value FROM settings WHERE key = ?').get(key);
      return (row as { value: string } | undefined)?.value;
    },
    async putSetting(key, value) {
      db.prepare(
        'INSERT INTO settings VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value',
      ).run(key, value);
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

  /** One conditional update; it changes a row only when the copy in hand is still the newest. */
  function move({ fix, edge, change, step }: Move): KeptFix | undefined {
    const { message: _, version, ...before } = fix;
    const record = { ...before, ...change, state: edge.to };
    const { changes } = db
      .prepare(
        `UPDATE fixes SET state = ?, version = version + 1, record = ?
         WHERE id = ? AND state = ? AND plan_hash = ? AND version = ?`,
      )
      .run(edge.to, JSON.stringify(record), fix.id, edge.from, fix.planHash, version);
    if (changes !== 1) return undefined;
    append(step);
    return oneFix('id = ?', [fix.id]);
  }

  function oneFix(condition: string, values: string[]): KeptFix | undefined {
    return someFixes(condition, values)[0];
  }

  function someFixes(condition: string, values: string[]): KeptFix[] {
    const rows = db
      .prepare(
        `SELECT record, message, version FROM fixes WHERE ${condition} ORDER BY requested_at, id`,
      )
      .all(...values) as { record: string; message: string | null; version: number }[];
    return rows.map(({ record, message, version }) => ({
      ...(JSON.parse(record) as Omit<FixRecord, 'message'>),
      message: message === null ? null : JSON.parse(message),
      version,
    }));
  }

  function append(step: AuditStep): void {
    const entry = seal(head(), step);
    db.prepare('INSERT INTO audit (seq, hash, body) VALUES (?, ?, ?)').run(
      entry.seq,
      entry.hash,
      entry.body,
    );
    db.prepare(
      `INSERT INTO audit_head VALUES (1, ?, ?)
       ON CONFLICT (only) DO UPDATE SET seq = excluded.seq, hash = excluded.hash`,
    ).run(entry.seq, entry.hash);
  }

  function head() {
    return db.prepare('SELECT seq, hash FROM audit_head').get() as
      | { seq: number; hash: string }
      | undefined;
  }

  function chain(): SealedEntry[] {
    return db.prepare('SELECT seq, hash, body FROM audit ORDER BY seq').all() as SealedEntry[];
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
