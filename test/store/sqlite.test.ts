import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import fc from 'fast-check';
import { hashOf } from '../../src/core/hash.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { mina } from '../jobs/fix-world.ts';
import { proposal, step } from './contract.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-sqlite-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('what was written is there after closing and opening again', async () => {
  const path = join(folder, 'again.db');
  const first = openStore(path);
  await first.putFix(proposal(), step('fix-proposed'));
  first.close();
  const second = openStore(path);
  expect(await second.fix('fix-a')).toMatchObject({ state: 'proposed' });
  expect(await second.verifyAudit()).toEqual({ ok: true, entries: 1 });
  second.close();
});

test('the file is for its owner alone', () => {
  const path = join(folder, 'private', 'store.db');
  const store = openStore(path);
  expect(statSync(path).mode & 0o777).toBe(0o600);
  expect(statSync(`${path}-wal`).mode & 0o777).toBe(0o600);
  store.close();
});

test('a store of a newer version is refused, not guessed at', () => {
  const path = join(folder, 'newer.db');
  openStore(path).close();
  const db = new DatabaseSync(path);
  db.exec('PRAGMA user_version = 99');
  db.close();
  expect(() => openStore(path)).toThrow('written by a newer version (schema 99');
});

test('audit entries can be neither changed nor deleted by a statement', async () => {
  const path = join(folder, 'closed.db');
  const store = openStore(path);
  await store.appendAudit(step('said'));
  store.close();
  const db = new DatabaseSync(path);
  expect(() => db.exec("UPDATE audit SET body = '{}'")).toThrow('never changed');
  expect(() => db.exec('DELETE FROM audit')).toThrow('never deleted');
  db.close();
});

/** Changes that somebody with the file in hand can make, past the triggers. */
const tampering: { [name: string]: (db: DatabaseSync, seq: number) => void } = {
  'an entry is rewritten': (db, seq) =>
    db.prepare("UPDATE audit SET body = replace(body, 'act', 'ACT') WHERE seq = ?").run(seq),
  'an entry is cut out': (db, seq) => db.prepare('DELETE FROM audit WHERE seq = ?').run(seq),
  'two entries change places': (db, seq) => {
    const other = (seq % 5) + 1;
    db.exec(`UPDATE audit SET seq = -1 WHERE seq = ${seq};
             UPDATE audit SET seq = ${seq} WHERE seq = ${other};
             UPDATE audit SET seq = ${other} WHERE seq = -1`);
  },
};

test.each(Object.entries(tampering))('%s: the chain shows where', async (name, tamper) => {
  for (const seq of [1, 3, 5]) {
    const path = join(folder, `${name} ${seq}.db`);
    const store = openStore(path);
    for (let n = 1; n <= 5; n += 1) await store.appendAudit(step(`act-${n}`));
    store.close();

    const db = new DatabaseSync(path);
    db.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
    tamper(db, seq);
    db.close();

    const again = openStore(path);
    const verdict = await again.verifyAudit();
    expect(verdict).toEqual({
      ok: false,
      brokenAt: expect.any(Number),
      why: expect.any(String),
    });
    if (!verdict.ok) expect(verdict.brokenAt).toBeLessThanOrEqual(seq);
    again.close();
  }
});

test('any byte of the audit that is turned is found', async () => {
  const path = join(folder, 'bytes.db');
  const store = openStore(path);
  for (let n = 1; n <= 4; n += 1) {
    await store.appendAudit({ ...step(`act-${n}`), details: { n, said: 'ünï\u0001"\\' } });
  }
  const db = new DatabaseSync(path);
  db.exec('DROP TRIGGER audit_is_never_changed');
  const column = fc.constantFrom('hash', 'body');
  const turn = db.prepare('UPDATE audit SET body = ?, hash = ? WHERE seq = ?');
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 4 }),
      column,
      fc.nat(),
      fc.nat(7),
      async (seq, which, at, bit) => {
        const row = db.prepare('SELECT hash, body FROM audit WHERE seq = ?').get(seq) as {
          hash: string;
          body: string;
        };
        const bytes = Buffer.from(row[which as 'hash' | 'body']);
        const place = at % bytes.length;
        bytes[place] = (bytes[place] ?? 0) ^ (1 << bit);
        const turned = { ...row, [which]: bytes.toString() };
        turn.run(turned.body, turned.hash, seq);
        const verdict = await store.verifyAudit();
        turn.run(row.body, row.hash, seq);
        expect(verdict).toMatchObject({ ok: false, brokenAt: seq });
      },
    ),
    { numRuns: 200 },
  );
  expect(await store.verifyAudit()).toEqual({ ok: true, entries: 4 });
  db.close();
  store.close();
});

test('fixes that an earlier version kept are read with what records say now', async () => {
  const path = join(folder, 'older.db');
  const now = openStore(path);
  await now.putFix(proposal(), step('fix-proposed'));
  now.close();
  const db = new DatabaseSync(path);
  const [row] = db.prepare('SELECT record FROM fixes').all() as { record: string }[];
  const { approvers: _, needed: __, approvals: ___, ...older } = JSON.parse(row?.record ?? '{}');
  const { family: ____, blast: _____, ...plan } = older.plan;
  const decidedAt = '2026-11-22T10:05:00.000Z';
  const record = JSON.stringify({ ...older, plan, approvedBy: mina, decidedAt });
  db.prepare('UPDATE fixes SET record = ?').run(record);
  db.close();

  const store = openStore(path);
  const fix = await store.fix('fix-a');
  expect(fix).toMatchObject({
    approvers: '',
    needed: 1,
    approvals: [{ by: mina, at: decidedAt, reason: null }],
    plan: { family: 'trail', blast: { accounts: ['666677778888'] } },
  });
  expect(fix).not.toHaveProperty('approvedBy');
  // What was completed is not what was approved, and is never applied.
  expect(fix && hashOf(fix.plan)).not.toBe(hashOf(plan));
  store.close();
});

test('a store of the version before keeps its open fixes to themselves', async () => {
  const path = join(folder, 'before-locks.db');
  const now = openStore(path);
  await now.putFix(proposal(), step('fix-proposed'));
  now.close();
  const db = new DatabaseSync(path);
  db.exec(`
    DROP TABLE fix_locks; DROP TABLE accepted_risks; DROP TABLE snoozes;
    DROP INDEX fixes_by_approval; DROP INDEX fixes_by_request; DROP INDEX fixes_by_state;
    ALTER TABLE fixes DROP COLUMN approved_at; ALTER TABLE fixes DROP COLUMN aftermath;
    CREATE UNIQUE INDEX one_open_fix_per_resource ON fixes (resource_lock)
      WHERE state IN ('proposed', 'approved', 'claimed', 'applying');
    PRAGMA user_version = 3;`);
  db.close();
  const store = openStore(path);
  expect(await store.putFix(proposal({ id: 'fix-b' }), step('fix-proposed'))).toMatchObject({
    already: { id: 'fix-a' },
  });
  store.close();
});
