import fc from 'fast-check';
import { roleCalls, shortName, trustOf } from '../../../src/core/fixes/own-role.ts';
import { alarmsAsCode } from '../../../src/core/fixes/watching/alarms-as-code.ts';
import { deliveryRole, logGroupNameFor } from '../../../src/core/fixes/watching/deliver-to-logs.ts';
import { topicFor } from '../../../src/core/fixes/watching/notify.ts';
import { daysFor, logGroupOf, planRetention } from '../../../src/core/fixes/watching/retention.ts';
import { sinkSince } from '../../../src/core/fixes/watching/sink-since.ts';

const ACCOUNT = '111122223333';
/** Names as CloudTrail takes them. */
const trailName = fc.stringMatching(/^[A-Za-z0-9][A-Za-z0-9._-]{1,126}[A-Za-z0-9]$/);
const trailCalled = (name: string) => `arn:aws:cloudtrail:eu-west-1:${ACCOUNT}:trail/${name}`;

describe('days that a log group keeps events', () => {
  test('are always enough, and never fewer than some that were enough for more', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000 }), fc.nat(1_000), (wanted, more) => {
        const days = daysFor(wanted);
        expect(days === null || days >= wanted).toBe(true);
        const later = daysFor(wanted + more);
        expect(later === null || (days !== null && later >= days)).toBe(true);
      }),
    );
    expect([daysFor(365), daysFor(366), daysFor(3_653), daysFor(3_654)]).toEqual([
      365,
      400,
      3_653,
      null,
    ]);
  });

  test('are raised and never lowered, and put back as they were', () => {
    const subject = `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:audit:*`;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 4_000 }),
        fc.integer({ min: 1, max: 4_000 }),
        (before, wanted) => {
          const state = { retentionInDays: before, kmsKeyId: null };
          const planned = planRetention({ id: 'f1', subject, covers: [] }, state, wanted);
          if (planned === 'already-sound') return expect(before).toBeGreaterThanOrEqual(wanted);
          if ('cannot' in planned) throw new Error('no plan');
          const { after, wayBack } = planned.plan;
          expect(Number(after.retentionInDays ?? Infinity)).toBeGreaterThan(before);
          expect(wayBack).toMatchObject([{ parameters: { retentionInDays: before } }]);
        },
      ),
    );
  });
});

test('the names that a trail gives its log group, role and topic are ones that AWS takes', () => {
  fc.assert(
    fc.property(trailName, (name) => {
      const trail = trailCalled(name);
      expect(logGroupNameFor(trail)).toMatch(/^[.\-_/#A-Za-z0-9]{1,512}$/);
      expect(deliveryRole(trail, null).name).toMatch(/^[\w+=,.@-]{1,64}$/);
      expect(topicFor(trail).name).toMatch(/^[\w-]{1,256}$/);
    }),
  );
});

test('two trails whose names differ late do not share a role', () => {
  const [one, other] = ['a', 'b'].map((end) =>
    shortName('cloudtrail-to-logs-', `${'x'.repeat(100)}${end}`),
  );
  expect(one).not.toBe(other);
});

test('a role is trusted by its service alone, and taken away whole', () => {
  const role = {
    name: 'r',
    policyName: 'p',
    trust: trustOf('cloudtrail.amazonaws.com'),
    policy: { Version: '2012-10-17', Statement: [] },
  };
  const { make, remove } = roleCalls(role, { account: '666677778888', region: 'ap-northeast-2' });
  expect(make.map(({ api }) => api)).toEqual(['iam:CreateRole', 'iam:PutRolePolicy']);
  expect(remove.map(({ api }) => api)).toEqual(['iam:DeleteRolePolicy', 'iam:DeleteRole']);
  expect(JSON.stringify(role.trust)).toContain(
    '"Principal":{"Service":"cloudtrail.amazonaws.com"}',
  );
});

test('only the ARN of a log group is taken apart as one', () => {
  expect(logGroupOf(`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:a/b:*`)?.name).toBe('a/b');
  expect(logGroupOf(`arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:a/b`)?.name).toBe('a/b');
  for (const other of [
    'a/b',
    trailCalled('audit'),
    `arn:aws:logs:eu-west-1:${ACCOUNT}:log-group:*`,
  ])
    expect(logGroupOf(other)).toBeUndefined();
});

describe('whether anything arrived since a fix', () => {
  const at = '2026-11-22T10:00:00.000Z';
  test('is not told too early', () => {
    const now = '2026-11-22T10:14:59.000Z';
    expect(sinkSince('SNS', { lastSuccess: null, error: null }, { at, now })).toBeUndefined();
  });
  test.each([
    ['a delivery after it', '2026-11-22T10:03:00.000Z', null, true],
    ['a delivery before it', '2026-11-22T09:59:00.000Z', null, false],
    ['an error', null, 'AuthorizationError', false],
  ])('by %s', (_, lastSuccess, error, holds) => {
    const now = '2026-11-22T10:20:00.000Z';
    expect(sinkSince('SNS', { lastSuccess, error }, { at, now })).toMatchObject({ holds });
  });
});

test('alarms as code quote what they hold', () => {
  const calls = [
    {
      api: 'logs:PutMetricFilter',
      parameters: {
        filterName: 'trailwarden-x',
        logGroupName: 'g',
        filterPattern: '{ $.a = "b" }',
      },
    },
    { api: 'cloudwatch:PutMetricAlarm', parameters: { AlarmActions: ['arn:topic'] } },
  ];
  const [terraform, cloudFormation] = alarmsAsCode(calls);
  for (const snippet of [terraform, cloudFormation]) {
    expect(snippet?.text).toContain(String.raw`"{ $.a = \"b\" }"`);
    expect(snippet?.text).toContain('arn:topic');
  }
});
