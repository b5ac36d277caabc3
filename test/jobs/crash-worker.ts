import { randomUUID } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { openFixes } from '../../src/aws/fixes/index.ts';
import { openAws } from '../../src/aws/session.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { openStore } from '../../src/store/sqlite.ts';
import { isGone, workerName } from '../../src/store/worker.ts';

// A worker process of its own, for tests that kill it: `approve FIX HASH`, or `recover`. It prints what it
// told, one JSON per line. `LATER` moves its clock, in minutes.

const [, , what, fix = '', planHash = ''] = process.argv;
const later = Number(process.env.LATER ?? 0) * 60_000;
const store = openStore(process.env.STORE ?? '');
const aws = openAws({
  readRole: 'trailwarden-read',
  fixRoles: { trail: 'trailwarden-fix-trail' },
  externalId: 'trailwarden-sandbox',
  region: 'ap-northeast-2',
});
const worker = workerName(randomUUID());
const world: FixWorld = {
  ...store,
  ...openFixes(aws),
  now: () => new Date(Date.now() + later),
  newId: randomUUID,
  worker,
  isGone: (other) => isGone(other, worker),
  pause: (milliseconds) => pause(milliseconds),
  obstacles: async () => ({ seen: null }),
  approversFor: async () => ({ seen: { group: '@cloud-approvers', needed: 1 } }),
  isApprover: async () => ({ seen: true }),
  expireAfterMinutes: 60,
  stopped: async () => null,
  freeze: () => null,
  perHour: 5,
  confirmation: null,
  eventsOf: async () => ({ seen: [] }),
  tell: async (telling) => {
    process.stdout.write(`${JSON.stringify(telling)}\n`);
    return { channel: 'C02GOVERN', ts: '1.1' };
  },
  report: (trouble) => {
    throw trouble;
  },
};
const mina = { slackId: 'U03MINA', name: 'mina', email: 'mina@bora.example' };

const work =
  what === 'recover'
    ? recoverFixes(world)
    : approveFix({ fix, planHash, reason: null, by: mina, replyTo: null }, world);
void work.finally(() => {
  aws.close();
  store.close();
});
