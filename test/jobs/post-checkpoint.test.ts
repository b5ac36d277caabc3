import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Telling } from '../../src/core/telling.ts';
import { type CheckpointWorld, postCheckpoint } from '../../src/jobs/post-checkpoint.ts';
import { openStore } from '../../src/store/sqlite.ts';

const to = { channel: 'C0AUDIT', timeZone: 'Asia/Seoul' };
const step = (action: string) => ({
  at: '2026-11-22T10:00:00.000Z',
  actor: 'trailwarden' as const,
  action,
  details: {},
});

function stageWhere(path = ':memory:') {
  const store = openStore(path);
  const posted: Telling[] = [];
  const clock = { now: new Date('2026-11-22T00:00:00Z') };
  const world: CheckpointWorld = {
    ...store,
    now: () => clock.now,
    post: async (telling) => void posted.push(telling),
  };
  return { store, posted, clock, world };
}

test('once a day the head of the log is posted, and the log says so', async () => {
  const { store, posted, clock, world } = stageWhere();
  expect(await postCheckpoint(to, world)).toBeNull();
  await store.appendAudit(step('a'), step('b'));
  const { head } = await store.auditHead();
  const both = await Promise.all([postCheckpoint(to, world), postCheckpoint(to, world)]);
  expect(both.filter(Boolean)).toHaveLength(1);
  expect(posted).toEqual([
    { kind: 'checkpoint', ...head, entries: 2, at: clock.now.toISOString() },
  ]);
  expect((await store.audit()).at(-1)).toMatchObject({
    action: 'checkpoint-posted',
    details: head,
  });

  // In Seoul the next day begins at 15:00.
  clock.now = new Date('2026-11-22T14:59:00Z');
  expect(await postCheckpoint(to, world)).toBeNull();
  clock.now = new Date('2026-11-22T15:00:00Z');
  expect(await postCheckpoint(to, world)).toMatchObject({ seq: 3 });
});

test('a checkpoint that could not be posted is tried again', async () => {
  const { store, posted, world } = stageWhere();
  await store.appendAudit(step('a'));
  const down = async () => {
    throw new Error('Slack is down');
  };
  await expect(postCheckpoint(to, { ...world, post: down })).rejects.toThrow(
    'posting the checkpoint',
  );
  await postCheckpoint(to, world);
  expect(posted).toMatchObject([{ seq: 1 }]);
});

test.each([
  [
    'an entry was changed',
    'UPDATE audit SET body = replace(body, \'"b"\', \'"c"\') WHERE seq = 2',
    2,
  ],
  ['the end was cut off', 'DELETE FROM audit WHERE seq > 1', 2],
])('where %s, that is posted', async (_, tampering, brokenAt) => {
  const path = join(mkdtempSync(join(tmpdir(), 'trailwarden-')), 'store.db');
  const { store, posted, world } = stageWhere(path);
  await store.appendAudit(step('a'), step('b'), step('d'));
  const db = new DatabaseSync(path);
  db.exec('DROP TRIGGER audit_is_never_changed; DROP TRIGGER audit_is_never_deleted');
  db.exec(tampering);
  db.close();
  await postCheckpoint(to, world);
  expect(posted).toMatchObject([{ kind: 'audit-broken', brokenAt }]);
  store.close();
});

test('a log that was written anew since the last checkpoint is found out', async () => {
  const { store, posted, clock, world } = stageWhere();
  await store.appendAudit(step('a'), step('b'));
  await postCheckpoint(to, world);
  const anew = stageWhere();
  await anew.store.appendAudit(step('x'), step('y'), step('z'), step('z'));
  const kept = await store.setting('audit-checkpoint');
  await anew.store.putSetting('audit-checkpoint', kept ?? '');
  clock.now = new Date('2026-11-24T00:00:00Z');
  await postCheckpoint(to, anew.world);
  expect(posted).toHaveLength(1);
  expect(anew.posted).toMatchObject([
    { kind: 'audit-broken', brokenAt: 2, why: 'not-the-checkpoint' },
  ]);
});
