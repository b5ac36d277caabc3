import fc from 'fast-check';
import { exactForm, Plan, parseExactForm, VERBS } from '../../../src/core/questions/index.ts';
import { asked, planned, vocabulary } from './phrases.ts';

const context = { now: '2026-11-22T09:00:00Z', timeZone: 'UTC', vocabulary };

const instants = fc
  .tuple(fc.integer({ min: 0, max: 2_000_000_000 }), fc.integer({ min: 1, max: 90_000_000 }))
  .map(([from, length]) => ({
    from: new Date(from * 1000).toISOString(),
    to: new Date((from + length) * 1000).toISOString(),
  }));

const text = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 40 });
const some = <T>(values: readonly T[]) => fc.subarray([...values]);

const plans: fc.Arbitrary<Plan> = fc.record({
  shape: fc.constantFrom('search', 'count', 'event'),
  verbs: some(VERBS),
  eventNames: fc.uniqueArray(fc.stringMatching(/^[A-Z][A-Za-z0-9_]{2,30}$/), { maxLength: 5 }),
  eventSources: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{2,20}\.amazonaws\.com$/), {
    maxLength: 3,
  }),
  resourceType: fc.constantFrom(null, 'instance', 'bucket', 'iam-role'),
  resources: fc.uniqueArray(text, { maxLength: 4 }),
  alsoResources: fc.uniqueArray(text, { maxLength: 3 }),
  actor: fc.option(
    fc.record({
      kind: fc.constantFrom(
        'name',
        'email',
        'arn',
        'role',
        'access-key',
        'service',
        'root',
        'instance',
      ),
      value: text,
    }),
  ),
  time: fc
    .tuple(instants, fc.constantFrom('UTC', 'Asia/Seoul', 'Europe/Berlin'), fc.boolean())
    .map(([range, zone, assumed]) => ({ ...range, zone, assumed })),
  accounts: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(fc.stringMatching(/^\d{12}$/), { minLength: 1, maxLength: 3 }),
  ),
  regions: fc.oneof(
    fc.constant('all' as const),
    fc.uniqueArray(fc.constantFrom('ap-northeast-2', 'us-northeast-1r', 'eu-west-1'), {
      minLength: 1,
    }),
  ),
  outcome: fc.constantFrom('ok', 'denied', 'failed', 'any'),
  addresses: fc.uniqueArray(fc.ipV4(), { maxLength: 2 }),
  via: some(['console', 'cli', 'sdk', 'iac', 'service'] as const),
  readOnly: fc.constantFrom(null, true, false),
  content: fc.oneof(
    fc.constant(null),
    fc.constantFrom(
      { kind: 'public' as const },
      { kind: 'no-mfa' as const },
      { kind: 'shared-external' as const },
    ),
    fc.record({ kind: fc.constant('parameter' as const), name: text, value: fc.option(text) }),
    fc.record({
      kind: fc.constantFrom('port-open' as const, 'port-close' as const),
      port: fc.option(fc.integer({ min: 0, max: 65_535 })),
      cidr: fc.option(fc.constantFrom('0.0.0.0/0', '::/0', '203.0.113.0/24')),
    }),
  ),
  groupBy: some(['actor', 'account', 'region', 'event', 'address', 'day'] as const),
  order: fc.constantFrom('newest', 'oldest', 'count'),
  limit: fc.integer({ min: 1, max: 10_000 }),
});

test('every plan can be written down and read back', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      expect(Plan.parse(plan)).toEqual(plan);
      expect(parseExactForm(exactForm(plan), context)).toEqual({ plan });
    }),
    { numRuns: 500 },
  );
});

test('what people leave out is filled in as for words', () => {
  const plan = planned('verb:delete resource:i-0a1b2c3d4e5f60718 since:7d account:prod', context);
  expect(plan).toMatchObject({
    verbs: ['delete'],
    resourceType: 'instance',
    resources: ['i-0a1b2c3d4e5f60718'],
    accounts: ['444455556666'],
    time: { from: '2026-11-15T09:00:00.000Z', to: '2026-11-22T09:00:00.000Z', assumed: false },
  });
  expect(plan.eventNames).toContain('TerminateInstances');
});

test.each([
  'verb:obliterate resource:x',
  'verb:delete colour:red',
  'verb:delete verb:stop',
  'verb:delete resource:"never closed',
  'verb:delete resource:"bad \\x escape"',
  'verb:delete since:someday',
  'verb:delete zone:Middle/Earth',
  'verb:delete from:yesterday to:today',
  'verb:delete type:unicorn',
  'verb:delete account:nowhere',
  'verb:delete limit:-1',
  'verb:delete limit:many',
  'verb:delete outcome:maybe',
  'verb:delete and then some words',
  'verb:',
])('%s is refused with the slot that cannot be read', (form) => {
  expect(parseExactForm(form, context)).toEqual({ odd: expect.any(String) });
  expect(asked(form)).toEqual({ unclear: { question: expect.any(String), readings: [] } });
});

test('any text at all is either a plan or an odd slot', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (anything) => {
      const read = parseExactForm(`verb:${anything}`, context);
      expect('plan' in read || 'odd' in read).toBe(true);
    }),
  );
});
