import fc from 'fast-check';
import { lengthOf, momentAt } from '../../../src/sandbox/aws/moments.ts';
import { parseScenario } from '../../../src/sandbox/aws/scenario-file.ts';
import { makeWorld } from '../../../src/sandbox/aws/world.ts';

const sound = `
name: small
regions: [us-east-1]
organization:
  id: o-small00000
  managementAccount: '111122223333'
  units: []
  accounts: [{ id: '111122223333', name: management }]
keys: []
roles: []
`;

function refusalOf(text: string): string {
  try {
    parseScenario(text);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error('the scenario was accepted');
}

test('a small scenario is read, with everything that it does not say filled in', () => {
  const scenario = parseScenario(sound);
  expect(scenario).toMatchObject({ clock: 'now', trails: [], eventLagMs: 0 });
  expect(scenario.organization.accounts[0]).toMatchObject({
    status: 'ACTIVE',
    outsideOrganizationTrail: false,
  });
});

test.each([
  [
    'an account id without quotes',
    sound.replaceAll("'111122223333'", '111122223333'),
    'organization.managementAccount: ',
  ],
  ['an unknown key', `${sound}trials: []`, 'the file: Unrecognized key: "trials"'],
  [
    'a moment in other words',
    `${sound}events: [{ at: yesterday, account: '111122223333', region: us-east-1, call: 'a:B', by: {} }]`,
    'events[0].at: a moment such as',
  ],
  [
    'a trail without a bucket',
    `${sound}trails: [{ name: audit, account: '111122223333', homeRegion: us-east-1 }]`,
    'trails[0].bucket: ',
  ],
  [
    'a rule of Config that is not simulated',
    `${sound}config: { rules: [RDS_STORAGE_ENCRYPTED] }`,
    'config.rules[0]: ',
  ],
  ['a fault with an unknown effect', `${sound}faults: [{ effect: explode }]`, 'faults[0].effect: '],
])('%s is refused with its path', (_case, text, path) => {
  expect(refusalOf(text)).toContain(path);
});

test('a refusal gives an example of what could stand there', () => {
  expect(refusalOf(sound.replaceAll("'111122223333'", '111122223333'))).toContain(
    "for example `id: '444455556666'`",
  );
});

test('a refusal names the line', () => {
  expect(refusalOf(`${sound}faults:\n  - { effect: none }\n  - { effect: explode }\n`)).toContain(
    'line 13, faults[1].effect: ',
  );
  expect(refusalOf(sound.replace('regions: [us-east-1]', 'regions: []'))).toContain('line 3, ');
});

test('every mistake is told at once', () => {
  expect(refusalOf('name: 1').split('\n').length).toBeGreaterThan(4);
});

test('text that is not YAML is refused as such', () => {
  expect(refusalOf('name: [')).toMatch(/^The scenario is not YAML: /);
});

test('hostile text in a scenario stays text', () => {
  const hostile = '<!channel> \\u202E {{ not a word';
  expect(parseScenario(sound.replace('name: small', `name: "${hostile}"`)).name).toContain(
    '<!channel>',
  );
});

const now = new Date('2026-11-22T10:30:00Z');

test.each([
  ['now', '2026-11-22T10:30:00.000Z'],
  ['-3h', '2026-11-22T07:30:00.000Z'],
  ['-12d 14:05', '2026-11-10T14:05:00.000Z'],
  ['-5d 05:11:48', '2026-11-17T05:11:48.000Z'],
  ['last tuesday 14:05', '2026-11-17T14:05:00.000Z'],
  ['last saturday 23:59', '2026-11-21T23:59:00.000Z'],
  ['last sunday 01:00', '2026-11-15T01:00:00.000Z'],
  ['2026-11-17T14:05:00Z', '2026-11-17T14:05:00.000Z'],
])('%s means %s', (when, instant) => {
  expect(momentAt(when, now).toISOString()).toBe(instant);
});

test('the last weekday is always one to seven days ago', () => {
  const weekdays = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];
  fc.assert(
    fc.property(
      fc.date({ min: new Date('2020-01-01'), max: new Date('2040-01-01'), noInvalidDate: true }),
      fc.constantFrom(...weekdays),
      (at, weekday) => {
        const found = momentAt(`last ${weekday} 00:00`, at);
        const days = (at.getTime() - found.getTime()) / 86_400_000;
        expect(weekdays[found.getUTCDay()]).toBe(weekday);
        expect(days).toBeGreaterThanOrEqual(1);
        expect(days).toBeLessThan(8);
      },
    ),
  );
});

test('what is no moment and no length of time is refused with an example', () => {
  expect(() => momentAt('2026-99-99T00:00:00Z', now)).toThrow('expected one such as');
  expect(() => lengthOf('a day')).toThrow('expected one such as');
});

test('a scenario that names an instant starts there and runs on', async () => {
  const world = makeWorld(
    parseScenario(sound.replace('name: small', 'name: small\nclock: "2026-03-01T00:00:00Z"')),
  );
  const first = world.now().getTime();
  await new Promise((resolve) => setTimeout(resolve, 15));
  expect(first - Date.parse('2026-03-01T00:00:00Z')).toBeLessThan(5_000);
  expect(world.now().getTime()).toBeGreaterThan(first);
});

const told = (event: string) =>
  makeWorld(
    parseScenario(`${sound}
cast:
  mina: { type: AssumedRole, accountId: '{{account}}', accessKeyId: '{{key mina/@}}', sourceIPAddress: 203.0.113.7 }
events:
  - { account: '111122223333', region: us-east-1, ${event} }`),
    () => now,
  ).events.get('111122223333/us-east-1') ?? [];

test('an event becomes a whole CloudTrail record', () => {
  const [record] = told(
    "at: -1h, call: 'ec2:StopInstances', by: mina, request: { instanceId: i-1 }",
  );
  expect(record).toMatchObject({
    eventVersion: '1.11',
    eventTime: '2026-11-22T09:30:00Z',
    eventSource: 'ec2.amazonaws.com',
    eventName: 'StopInstances',
    awsRegion: 'us-east-1',
    sourceIPAddress: '203.0.113.7',
    requestParameters: { instanceId: 'i-1' },
    responseElements: null,
    readOnly: false,
    managementEvent: true,
    recipientAccountId: '111122223333',
    userIdentity: { type: 'AssumedRole', accountId: '111122223333' },
  });
  expect(record?.userIdentity).not.toHaveProperty('sourceIPAddress');
});

test('repetitions go back in time, oldest first, each with its own id and its own key of the day', () => {
  const records = told(
    "at: -1d 09:00, call: 'ec2:DescribeInstances', by: mina, repeat: { times: 3, every: 1d }",
  );
  expect(records.map(({ eventTime }) => eventTime)).toEqual([
    '2026-11-19T09:00:00Z',
    '2026-11-20T09:00:00Z',
    '2026-11-21T09:00:00Z',
  ]);
  expect(new Set(records.map(({ eventID }) => eventID)).size).toBe(3);
  const keys = records.map(
    ({ userIdentity }) => (userIdentity as { accessKeyId: string }).accessKeyId,
  );
  expect(new Set(keys).size).toBe(3);
  for (const key of keys) expect(key).toMatch(/^ASIA[A-Z2-7]{16}$/);
});

test('a caller that nobody cast, and a word that cannot be filled, are refused by name', () => {
  expect(() => told("at: -1h, call: 'ec2:A', by: nobody")).toThrow(
    "'nobody'; expected one of mina",
  );
  expect(() => told("at: -1h, call: 'ec2:A', by: mina, request: { a: '{{wrong}}' }")).toThrow(
    '{{wrong}}',
  );
});
