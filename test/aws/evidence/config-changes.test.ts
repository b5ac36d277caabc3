import { changesOf } from '../../../src/aws/evidence/config-changes.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import type { AnswerEvent } from '../../../src/core/evidence/answer.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { sandbox } from '../../jobs/sandbox-scan.ts';

const DAY = 86_400_000;
const SHOP = '444455556666';

function event(more: Partial<AnswerEvent>): AnswerEvent {
  return {
    eventID: '0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
    eventTime: null,
    eventSource: 'ec2.amazonaws.com',
    eventName: 'TerminateInstances',
    account: SHOP,
    region: 'ap-northeast-2',
    outcome: 'ok',
    sourceIPAddress: null,
    actor: { arn: null, name: 'bob', type: null },
    person: { name: 'bob', proof: 'direct' },
    resources: ['i-0a1b2c3d4e5f60718'],
    via: 'cli',
    details: [],
    origin: 'test',
    ...more,
  };
}

/** What Config kept around a call that was made so many days, and minutes, ago. */
async function changesAt(
  made: (daysAgo: (days: number, clock: string) => string) => Partial<AnswerEvent>[],
  change: (scenario: Scenario) => void = () => {},
  fault?: string,
  language: 'en' | 'ko' = 'en',
) {
  const box = await sandbox(change);
  try {
    if (fault) box.simulated.faults.add({ operation: fault, effect: 'deny' });
    const ground: Ground = { aws: box.aws, now: box.simulated.world.now };
    const today = box.simulated.world.now().getTime();
    const daysAgo = (days: number, clock: string) =>
      `${new Date(today - days * DAY).toISOString().slice(0, 10)}T${clock}Z`;
    return await changesOf(ground, made(daysAgo).map(event), language);
  } finally {
    await box.close();
  }
}

test('a deleted resource: as it was last, and when it was gone', async () => {
  const [change, ...others] = await changesAt((at) => [{ eventTime: at(5, '05:14:07') }]);
  expect(others).toEqual([]);
  expect(change).toMatchObject({
    eventID: '0ea6b2d5-51d5-4765-ad83-4db65d506d9c',
    resourceType: 'AWS::EC2::Instance',
    resource: 'i-0a1b2c3d4e5f60718',
    account: SHOP,
    deleted: true,
    before: expect.stringContaining('T03:24:00'),
    after: expect.stringContaining('T05:17:00'),
  });
  expect(change?.members).toContainEqual({
    path: 'configuration.instanceType',
    before: '"m7g.large"',
    after: null,
  });
  expect(change?.unseen).toBeUndefined();
});

test('the rule that was added, and nothing that stayed', async () => {
  const [change] = await changesAt((at) => [
    {
      eventTime: at(8, '07:15:27'),
      eventName: 'AuthorizeSecurityGroupIngress',
      account: '555566667777',
      resources: ['sg-0aa11bb22cc33dd44'],
    },
  ]);
  expect(change?.members.map(({ path }) => path)).toEqual(
    expect.arrayContaining(['configuration.ipPermissions.[0].fromPort']),
  );
  expect(change?.members.every(({ before }) => before === null)).toBe(true);
  expect(change?.members.some(({ path }) => path.includes('groupName'))).toBe(false);
});

test.each([
  ['reads', { eventName: 'DescribeInstances' }],
  ['refused calls', { outcome: 'AccessDenied' }],
  ['calls of the bot itself', { own: true as const }],
  ['the other account’s copy of a call', { copyOf: 'x' }],
  ['things of which Config keeps nothing', { eventSource: 'ce.amazonaws.com', resources: ['x'] }],
])('%s have no before and after', async (_, more) => {
  expect(await changesAt((at) => [{ eventTime: at(5, '05:14:07'), ...more }])).toEqual([]);
});

test('only the first few writes are asked about', async () => {
  const many = await changesAt((at) =>
    Array.from({ length: 9 }, (_, index) => ({
      eventID: `e${index}`,
      eventTime: at(5, `05:14:0${index}`),
    })),
  );
  expect(many.map(({ eventID }) => eventID)).toEqual(['e0', 'e1', 'e2', 'e3', 'e4']);
});

test('what may not be asked is told as unseen, with what would show it, and never left out', async () => {
  const made = (at: (days: number, clock: string) => string) => [{ eventTime: at(5, '05:14:07') }];
  const fault = 'config:GetResourceConfigHistory';
  const [change] = await changesAt(made, undefined, fault);
  expect(change).toMatchObject({ before: null, after: null, members: [] });
  expect(change?.unseen).toMatch(/AccessDenied.*it would need config:GetResourceConfigHistory/);
  const [korean] = await changesAt(made, undefined, fault, 'ko');
  expect(korean?.unseen).toContain('필요: ');
});

test('a resource that Config never recorded is said to have no states', async () => {
  const [change] = await changesAt((at) => [
    { eventTime: at(5, '05:14:07'), resources: ['i-0000000000000000f'] },
  ]);
  expect(change).toMatchObject({ members: [], unseen: expect.stringContaining('kept no state') });
});

test('a resource that Config knows by another id is found by its name, deleted ones too', async () => {
  const state = (id: string, days: number, more: object) =>
    ({
      account: SHOP,
      region: 'us-east-1',
      type: 'AWS::IAM::Role',
      id,
      at: `-${days}d 10:00`,
      status: 'OK',
      configuration: { roleName: 'deploy', maxSessionDuration: 3600 },
      supplementary: {},
      ...more,
    }) as Scenario['config']['history'][number];
  const [change] = await changesAt(
    (at) => [
      {
        eventTime: at(4, '09:00:00'),
        eventSource: 'iam.amazonaws.com',
        eventName: 'UpdateRole',
        region: 'us-east-1',
        resources: ['arn:aws:iam::444455556666:role/AROADEPLOY'],
      },
    ],
    ({ config }) => {
      config.history.push(
        state('role/AROADEPLOY', 9, {}),
        state('role/AROADEPLOY', 4, {
          configuration: { roleName: 'deploy', maxSessionDuration: 43_200 },
        }),
      );
    },
  );
  expect(change).toMatchObject({
    members: [{ path: 'configuration.maxSessionDuration', before: '3600', after: '43200' }],
  });
});
