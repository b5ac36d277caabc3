import { join } from 'node:path';
import { openFixes } from '../../../src/aws/fixes/index.ts';
import { openAws } from '../../../src/aws/session.ts';
import { fixSettings, readConfig } from '../../../src/config.ts';
import type { FixTarget } from '../../../src/core/fixes/fix.ts';
import { changedFields } from '../../../src/core/fixes/plan.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { type RunningAws, startAws } from '../../../src/sandbox/aws/index.ts';
import { company } from '../../../src/sandbox/company.ts';
import { alice, jun, mina } from '../../jobs/fix-world.ts';
import { environmentOf } from './small-company.ts';

const LABS = 'arn:aws:s3:::labs-legacy-cloudtrail';
const TRAIL = 'arn:aws:cloudtrail:eu-west-1:141414141414:trail/labs-legacy';

let running: RunningAws;
let fixes: ReturnType<typeof openFixes>;
let close: () => void;
beforeEach(async () => {
  const scenario = company();
  // No fix of a bucket reads the story; without it the company starts at once.
  scenario.events = [];
  running = await startAws(scenario);
  Object.assign(process.env, environmentOf(running));
  const config = readConfig({
    TRAILWARDEN_CONFIG: join(__dirname, '../../../src/sandbox/trailwarden.yml'),
  });
  const { readRole, externalId, fixRoles } = config.aws;
  const aws = openAws({
    readRole,
    externalId,
    fixRoles: Object.fromEntries(
      Object.entries(fixRoles).flatMap(([family, role]) => (role ? [[family, role]] : [])),
    ),
    region: 'ap-northeast-2',
    fixing: fixSettings(config),
  });
  fixes = openFixes(aws);
  close = aws.close;
});
afterEach(async () => {
  close();
  await running.close();
});

test('the trails of an account that refuses are told by Config, which records all of it', async () => {
  const answer = await fixes.plan('confine-bucket-policy', target(LABS, '141414141414'));
  expect(answer).toMatchObject({
    seen: { plan: { before: { Trails: [{ arn: TRAIL, prefix: null, organization: false }] } } },
  });
});

test('where Config is stopped in such an account, too, nothing is proposed', async () => {
  const recorder = running.world.recorders.get('151515151515/us-west-2');
  if (!recorder) throw new Error('the company lost a recorder');
  recorder.state = 'stopped';
  recorder.stopped = running.world.now();
  recorder.seen = { trails: [], buckets: [] };
  recorder.turns.push({ at: running.world.now(), recording: false });
  const answer = await fixes.plan('confine-bucket-policy', target(LABS, '141414141414'));
  expect(answer).toMatchObject({
    unseen: { kind: 'denied', reason: expect.stringContaining('151515151515') },
  });
});

test.each([
  ['encrypt-trail', TRAIL, ['kms:PutKeyPolicy', 'cloudtrail:UpdateTrail']],
  ['log-bucket-access', 'arn:aws:s3:::labs-legacy-cloudtrail', 'already-sound'],
])('the planted fault that %s mends gets its plan', async (fix, subject, calls) => {
  const answer = await fixes.plan(fix, target(subject, '141414141414'));
  if (answer === 'no-fix' || !('seen' in answer)) throw new Error(JSON.stringify(answer));
  const { seen } = answer;
  const found =
    typeof seen === 'object' && 'plan' in seen ? seen.plan.calls.map(({ api }) => api) : seen;
  expect(found).toEqual(calls);
});

test('the bucket of the card payments is locked in GOVERNANCE mode, the first step', async () => {
  const answer = await fixes.plan(
    'lock-objects',
    target('arn:aws:s3:::bora-payments-audit-logs', '222233334444'),
  );
  expect(answer).toMatchObject({
    seen: {
      plan: {
        riskClass: 'C',
        after: { ObjectLock: { Rule: { DefaultRetention: { Mode: 'GOVERNANCE', Days: 365 } } } },
      },
    },
  });
});

test.each([
  ['confine-bucket-policy', LABS, '141414141414'],
  ['lock-objects', 'arn:aws:s3:::bora-payments-audit-logs', '222233334444'],
  ['set-lifecycle', 'arn:aws:s3:::bora-payments-audit-logs', '222233334444'],
  ['encrypt-trail', TRAIL, '141414141414'],
])(
  '%s is let through by role, boundary and service control policies',
  async (fix, subject, owner) => {
    const answer = await fixes.plan(fix, target(subject, owner));
    if (answer === 'no-fix' || !('seen' in answer)) throw new Error(JSON.stringify(answer));
    const { seen } = answer;
    if (seen === 'already-sound' || 'cannot' in seen) throw new Error(JSON.stringify(seen));
    const { plan } = seen;
    const names = {
      fix: 'fix-1',
      planHash: hashOf(plan),
      requestedBy: alice,
      approvedBy: [mina, jun],
      fence: 1,
    };
    expect(await fixes.apply(plan, names, async () => null)).toEqual({
      requestIds: plan.calls.map(() => expect.any(String)),
    });
    expect(await fixes.read(plan)).toMatchObject({
      seen: Object.fromEntries(changedFields(plan).map((field) => [field, plan.after[field]])),
    });
  },
);

function target(subject: string, owner: string): FixTarget {
  return { id: 'f0000001', check: 'of-the-sandbox', subject, owner, covers: [owner] };
}
