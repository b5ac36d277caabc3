import {
  CloudTrailClient,
  GetTrailCommand,
  StopLoggingCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';

import { openFixes } from '../../../src/aws/fixes/index.ts';
import { seatOf, sessionFor } from '../../../src/aws/fixes/send.ts';
import type { FixPlan, FixRecord } from '../../../src/core/fixes/fix.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { wasSeen } from '../../../src/core/reading.ts';
import type { Telling } from '../../../src/core/telling.ts';
import { approveFix } from '../../../src/jobs/approve-fix.ts';
import type { FixWorld } from '../../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../../src/jobs/recover-fixes.ts';
import { requestFix, requestWayBack } from '../../../src/jobs/request-fix.ts';
import { alice, jun, mina, openFinding, TRAIL } from '../../jobs/fix-world.ts';
import { type Company, openCompany, settings, worldOver } from './small-company.ts';

let company: Company;
beforeEach(async () => {
  company = await openCompany();
});
afterEach(() => company.close());

test('the plan names the exact call, the state that it is for, and the way back', async () => {
  const plan = await planned();
  expect(plan).toEqual({
    fix: 'enable-log-file-validation',
    family: 'trail',
    direction: 'forward',
    finding: 'f0000001',
    account: '666677778888',
    region: 'ap-northeast-2',
    resource: TRAIL,
    calls: [
      {
        api: 'cloudtrail:UpdateTrail',
        parameters: { Name: TRAIL, EnableLogFileValidation: true },
      },
    ],
    before: {
      LogFileValidationEnabled: false,
      HomeRegion: 'ap-northeast-2',
      S3BucketName: 'bora-payments-audit-logs',
      S3KeyPrefix: null,
      KmsKeyId: null,
      IsMultiRegionTrail: true,
      IsOrganizationTrail: false,
      IncludeGlobalServiceEvents: true,
    },
    after: expect.objectContaining({ LogFileValidationEnabled: true }),
    wayBack: [
      {
        api: 'cloudtrail:UpdateTrail',
        parameters: { Name: TRAIL, EnableLogFileValidation: false },
      },
    ],
    riskClass: 'A',
    blast: expect.objectContaining({ accounts: expect.any(Array) }),
  });
  expect(hashOf(await planned())).toBe(hashOf(plan));
});

test('approved, it is applied in the owner account and verified; the way back restores', async () => {
  const { world, stage } = await worldOver(company);
  const fix = await proposed(world);

  expect(await approve(fix, world)).toMatchObject({
    fix: {
      state: 'applied',
      outcome: { verified: { LogFileValidationEnabled: true }, requestIds: [expect.any(String)] },
    },
  });
  expect(company.trail.logFileValidation).toBe(true);

  const back = fixOf(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world));
  expect(await approve(back, world)).toMatchObject({ fix: { state: 'proposed' } });
  expect(await approve(back, world, alice)).toMatchObject({ fix: { state: 'applied' } });
  expect(company.trail.logFileValidation).toBe(false);
  expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
  expect(company.succeeded('UpdateTrail')).toBe(2);
});

test("CloudTrail's own record of the change names the plan that was approved", async () => {
  const { world } = await worldOver(company);
  const fix = await proposed(world);
  await approve(fix, world);

  const records = company.running.world.events.get('666677778888/ap-northeast-2') ?? [];
  const update = records.find(({ eventName }) => eventName === 'UpdateTrail');
  expect(update).toMatchObject({
    userIdentity: {
      arn: expect.stringMatching(
        new RegExp(
          `^arn:aws:sts::666677778888:assumed-role/trailwarden-fix-trail/tw-${fix.planHash.slice(0, 8)}-[0-9a-f]{8}-\\d+$`,
        ),
      ),
      sessionContext: { sourceIdentity: `tw-${fix.id}` },
    },
    requestParameters: { name: TRAIL, enableLogFileValidation: true },
  });
});

describe('the session of a fix', () => {
  test.each([
    ['stop the logging', new StopLoggingCommand({ Name: TRAIL })],
    ['read', new GetTrailCommand({ Name: TRAIL })],
    [
      'update another trail',
      new UpdateTrailCommand({
        Name: TRAIL.replace('payments-audit', 'another'),
        EnableLogFileValidation: true,
      }),
    ],
  ])('cannot %s', async (_, command) => {
    const plan = await planned();
    const clientOf = await company.aws.fixSession(sessionOf(plan));
    const session = clientOf(CloudTrailClient);
    await expect(session.send(command as UpdateTrailCommand)).rejects.toThrow('not authorized');
  });

  test('is named after plan and people without telling an address', async () => {
    const plan = await planned();
    const session = sessionOf(plan);
    expect(JSON.stringify(session)).not.toContain('@');
    expect(session.sourceIdentity).toMatch(/^[\w+=,.@-]{2,64}$/);
    expect(session.sessionName).toMatch(/^[\w+=,.@-]{2,64}$/);
    expect(session.tags).toEqual({
      'tw:plan': hashOf(plan).slice(0, 32),
      'tw:req': 'U01ALICE',
      'tw:appr': 'U03MINA',
    });
    // STS takes 2,048 characters of inline policy.
    expect(JSON.stringify(session.policy).length).toBeLessThan(2048);
  });
});

test('what somebody changed between request and approval makes it stale, and nothing is sent', async () => {
  const { world } = await worldOver(company);
  const fix = await proposed(world);
  company.trail.prefix = 'elsewhere';
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'stale', outcome: { kind: 'stale', found: { S3KeyPrefix: 'elsewhere' } } },
  });
  expect(company.running.calls.filter(({ operation }) => operation === 'UpdateTrail')).toEqual([]);
});

test.each([
  ['the change itself is denied', 'cloudtrail:UpdateTrail', 'AccessDenied'],
  ['the fix role may not be assumed', 'sts:AssumeRole', 'AccessDenied'],
])('when %s, the record says so and that nothing was changed', async (_, operation, code) => {
  const { world, stage } = await worldOver(company);
  const fix = await proposed(world);
  company.running.faults.add({ operation, effect: 'deny' });
  await approve(fix, world);
  expect((await stage.store.fix(fix.id))?.outcome).toEqual({
    kind: 'failed',
    reason: expect.stringContaining(code),
    changed: 'nothing',
  });
  expect(company.trail.logFileValidation).toBe(false);
});

test('when the trail cannot be read, nothing is proposed and the reason is told', async () => {
  company.running.faults.add({ operation: 'cloudtrail:GetTrail', effect: 'deny' });
  const { world, stage } = await worldOver(company);
  expect(await requestFix({ finding: 'f0000001', by: alice, replyTo: null }, world)).toMatchObject({
    kind: 'refused',
    why: { kind: 'could-not-read', reason: expect.stringContaining('AccessDenied') },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('a connection that breaks behind the call is resolved by looking, not by guessing', async () => {
  const { world } = await worldOver(company);
  const fix = await proposed(world);
  company.running.faults.add({ operation: 'cloudtrail:UpdateTrail', effect: 'reset' });
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'failed', outcome: { kind: 'failed', changed: 'unknown' } },
  });
  expect(company.trail.logFileValidation).toBe(false);
  const sent = company.running.calls.filter(({ operation }) => operation === 'UpdateTrail');
  expect(sent).toHaveLength(1);
});

test('a throttled call is sent again, later', async () => {
  const { world } = await worldOver(company);
  const fix = await proposed(world);
  company.running.faults.add({ operation: 'cloudtrail:UpdateTrail', effect: 'throttle', times: 1 });
  expect(await approve(fix, world)).toMatchObject({ fix: { state: 'applied' } });
  expect(company.succeeded('UpdateTrail')).toBe(1);
});

test('an answer that is cut off after the change still ends as applied, because the trail says so', async () => {
  const { world } = await worldOver(company);
  const fix = await proposed(world);
  company.running.faults.add({ operation: 'cloudtrail:UpdateTrail', effect: 'truncate' });
  expect(await approve(fix, world)).toMatchObject({ fix: { state: 'applied' } });
  expect(company.trail.logFileValidation).toBe(true);
});

test('without a configured fix role there is no fix', async () => {
  const fixes = openFixes({ ...company.aws, settings: { ...settings, fixRoles: {} } });
  expect(await fixes.plan('enable-log-file-validation', openFinding())).toBe('no-fix');
});

test('a plan that names another call than this fix makes is not sent', async () => {
  const plan = await planned();
  const foreign = {
    ...plan,
    calls: [{ api: 'cloudtrail:DeleteTrail', parameters: { Name: TRAIL } }],
  };
  await expect(
    openFixes(company.aws).apply(foreign, names(plan), async () => null),
  ).rejects.toThrow('a call that it may not make: cloudtrail:DeleteTrail');
  expect(company.running.calls.filter(({ operation }) => operation === 'UpdateTrail')).toEqual([]);
});

test('a worker that wakes up when its claim was closed as "nothing was sent" sends nothing', async () => {
  const { world, stage } = await worldOver(company);
  const fix = await proposed(world);
  const meanwhile: Telling[] = [];
  const apply: FixWorld['apply'] = async (plan, names, whyNot) => {
    stage.clock.pass(6);
    meanwhile.push(...(await recoverFixes(world)));
    return world.apply(plan, names, whyNot);
  };
  const told = await approve(fix, { ...world, apply });

  const nothing = { fix: { state: 'failed', outcome: { kind: 'failed', changed: 'nothing' } } };
  expect(meanwhile).toMatchObject([nothing]);
  expect(told).toMatchObject(nothing);
  expect(company.succeeded('UpdateTrail')).toBe(0);
  expect(company.trail.logFileValidation).toBe(false);
});

async function planned(): Promise<FixPlan> {
  const plan = await openFixes(company.aws).plan('enable-log-file-validation', openFinding());
  if (
    plan === 'no-fix' ||
    !wasSeen(plan) ||
    plan.seen === 'already-sound' ||
    'cannot' in plan.seen
  ) {
    throw new Error(`no plan: ${JSON.stringify(plan)}`);
  }
  return plan.seen.plan;
}

function sessionOf(plan: FixPlan) {
  const calls = plan.calls.map((call) => ({ ...call, ...seatOf(call, plan) }));
  return sessionFor(calls, names(plan), company.aws);
}

function names(plan: FixPlan) {
  return { fix: 'fix-1', planHash: hashOf(plan), requestedBy: alice, approvedBy: [mina], fence: 3 };
}

async function proposed(world: FixWorld): Promise<FixRecord> {
  return fixOf(await requestFix({ finding: 'f0000001', by: alice, replyTo: null }, world));
}

function approve({ id, planHash }: FixRecord, world: FixWorld, by = mina): Promise<Telling> {
  return approveFix({ fix: id, planHash, reason: 'needed', by, replyTo: null }, world);
}

function fixOf(telling: Telling): FixRecord {
  if (telling.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(telling)}`);
  return telling.fix;
}
