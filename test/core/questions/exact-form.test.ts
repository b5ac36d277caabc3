import fc from 'fast-check';
import {
  exactForm,
  Plan,
  parseExactForm,
  shortForm,
  VERBS,
} from '../../../src/core/questions/index.ts';
import { ACTOR_KINDS } from '../../../src/core/questions/plan.ts';
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

const actors = fc.record({ kind: fc.constantFrom(...ACTOR_KINDS), value: text });
const eventName = fc.stringMatching(/^[A-Z][A-Za-z0-9_]{2,30}$/);
const accountIds = fc.uniqueArray(fc.stringMatching(/^\d{12}$/), { maxLength: 3 });
const regions = fc.uniqueArray(fc.constantFrom('ap-northeast-2', 'us-northeast-1r', 'eu-west-1'));
const ways = some(['console', 'cli', 'sdk', 'iac', 'service'] as const);

const plans: fc.Arbitrary<Plan> = fc.record({
  shape: fc.constantFrom('search', 'count', 'event', 'state', 'cause', 'detect', 'coverage'),
  asks: fc.constantFrom('who', 'what', 'when', 'where', 'why', 'how', 'whether'),
  verbs: some(VERBS),
  set: fc.option(fc.constantFrom('permission', 'logging', 'privilege-escalation')),
  eventNames: fc.uniqueArray(eventName, { maxLength: 5 }),
  eventSources: fc.uniqueArray(fc.stringMatching(/^[a-z0-9-]{2,20}\.amazonaws\.com$/), {
    maxLength: 3,
  }),
  resourceType: fc.constantFrom(null, 'instance', 'bucket', 'iam-role'),
  resources: fc.uniqueArray(text, { maxLength: 4 }),
  alsoResources: fc.uniqueArray(text, { maxLength: 3 }),
  actor: fc.option(actors),
  alsoActors: fc.constant([]),
  time: fc
    .tuple(instants, fc.constantFrom('UTC', 'Asia/Seoul', 'Europe/Berlin'), fc.boolean())
    .map(([range, zone, assumed]) => ({ ...range, zone, assumed })),
  accounts: fc.oneof(fc.constant('all' as const), accountIds),
  regions: fc.oneof(fc.constant('all' as const), regions),
  outcome: fc.constantFrom('ok', 'denied', 'throttled', 'failed', 'any'),
  addresses: fc.uniqueArray(fc.ipV4(), { maxLength: 2 }),
  via: ways,
  readOnly: fc.constantFrom(null, true, false),
  content: fc.oneof(
    fc.constant(null),
    fc.constantFrom(
      { kind: 'public' as const },
      { kind: 'no-mfa' as const },
      { kind: 'shared-external' as const },
      { kind: 'admin-grant' as const },
      { kind: 'no-final-snapshot' as const },
    ),
    fc.record({ kind: fc.constant('parameter' as const), name: text, value: fc.option(text) }),
    fc.record({
      kind: fc.constantFrom('port-open' as const, 'port-close' as const),
      port: fc.option(fc.integer({ min: 0, max: 65_535 })),
      cidr: fc.option(fc.constantFrom('0.0.0.0/0', '::/0', '203.0.113.0/24')),
    }),
  ),
  except: fc.record({
    actors: fc.array(actors, { maxLength: 2 }),
    accounts: accountIds,
    regions,
    via: ways,
    eventNames: fc.uniqueArray(eventName, { maxLength: 2 }),
    eventSources: fc.constantFrom([], ['kms.amazonaws.com']),
    resources: fc.uniqueArray(text, { maxLength: 2 }),
    addresses: fc.uniqueArray(fc.ipV4(), { maxLength: 2 }),
  }),
  state: fc.option(
    fc.record({
      property: fc.constantFrom('public' as const, 'unencrypted' as const, 'versioning' as const),
      rule: fc.option(text),
    }),
  ),
  about: fc.constantFrom(null, 'trails', 'history', 'data-events', 'accounts', 'last-search'),
  groupBy: some([
    ...(['actor', 'account', 'region', 'event', 'source', 'address', 'day', 'hour'] as const),
    ...(['resource', 'error', 'via'] as const),
  ]),
  atLeast: fc.option(fc.integer({ min: 1, max: 1_000 })),
  measure: fc.constantFrom('calls', 'bytes'),
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

test('the short form is no longer and reads back to the same plan', () => {
  fc.assert(
    fc.property(plans, (plan) => {
      const short = shortForm(plan, vocabulary);
      expect(short.length).toBeLessThanOrEqual(exactForm(plan).length);
      expect(parseExactForm(short, context)).toEqual({ plan });
    }),
    { numRuns: 200 },
  );
});

test('people write names and leave out what is implied', () => {
  const plan = planned(
    'who deleted i-0a1b2c3d4e5f60718 in prod on 2026-11-20 by alice@example.com',
  );
  expect(shortForm(plan, vocabulary)).toBe(
    'verb:delete resource:i-0a1b2c3d4e5f60718 actor:alice@example.com from:2026-11-19T15:00:00.000Z to:2026-11-20T15:00:00.000Z zone:Asia/Seoul account:prod',
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
  'verb:delete not-account:nowhere',
  'verb:delete not-region:',
  'verb:delete actor:emperor=nero',
  'verb:delete not-actor:emperor=nero',
  'verb:delete outcome:ok,denied',
  'verb:delete reads:sometimes',
  'verb:delete rule:without-a-state',
  'verb:delete port:22',
  'verb:delete content:nonsense',
  'verb:delete group:mood',
  'verb:delete from:2026-11-02 to:2026-11-01',
  'verb:delete to:2026-11-01',
  'verb:delete since:7d from:2026-11-01',
  'verb:delete assumed:perhaps',
  'set:nobody-knows-it',
  'verb:delete limit:-1',
  'verb:delete limit:many',
  'verb:delete outcome:maybe',
  'verb:delete and then some words',
  'verb:',
])('%s is refused with the slot that cannot be read', (form) => {
  expect(parseExactForm(form, context)).toMatchObject({ odd: expect.any(String) });
  expect(asked(form)).toEqual({ unclear: { question: expect.any(String), readings: [] } });
});

test.each([
  ['verb:obliterate', 'verb:obliterate', 'delete'],
  ['verb:delete regoin:eu-west-1', 'regoin:eu-west-1', 'region:'],
  ['verb:delete account:nowhere', 'account:nowhere', 'prod'],
  ['verb:delete outcome:maybe', 'outcome:maybe', 'denied'],
  ['verb:delete via:magic', 'via:magic', 'console'],
  ['verb:delete via:cli,magic', 'via:magic', 'console'],
  ['verb:delete not-via:magic', 'not-via:magic', 'console'],
  ['verb:delete group:mood', 'group:mood', 'actor'],
  ['verb:delete since:someday', 'since:someday', 'since:7d'],
  ['verb:delete actor:emperor=nero', 'actor:emperor=nero', 'email=…'],
  ['state:pretty', 'state:pretty', 'public'],
  ['about:you', 'about:you', 'trails'],
])('%s names %s and what may stand there', (form, odd, allowed) => {
  const read = parseExactForm(form, context);
  expect(read).toMatchObject({ odd });
  expect('odd' in read ? read.allowed : []).toContain(allowed);
  expect(JSON.stringify(asked(form))).toContain(odd);
});

test('the key that was probably meant is named first', () => {
  expect(parseExactForm('verb:delete regoin:eu-west-1', context)).toMatchObject({
    allowed: expect.arrayContaining(['region:']),
  });
  const read = parseExactForm('verb:delete regoin:eu-west-1', context);
  expect('odd' in read && read.allowed?.[0]).toBe('region:');
});

test('a date is the midnight of the zone, and what is asked of Config or of the bot needs no shape', () => {
  const about = { ...context, timeZone: 'Asia/Seoul' };
  expect(planned('verb:delete from:2026-11-01 to:2026-11-02T12:30', about).time).toEqual({
    from: '2026-10-31T15:00:00.000Z',
    to: '2026-11-02T03:30:00.000Z',
    zone: 'Asia/Seoul',
    assumed: false,
  });
  expect(planned('state:public type:bucket', context).shape).toBe('state');
  expect(planned('about:trails', context).shape).toBe('coverage');
});

test('a named set is its events', () => {
  const plan = planned('set:logging since:7d', context);
  expect(plan.eventNames).toContain('StopLogging');
  expect(plan.eventSources).toContain('cloudtrail.amazonaws.com');
  expect(shortForm(plan, vocabulary)).toMatch(/^set:logging from:/);
});

test('a bare actor is what it looks like', () => {
  const actor = (said: string) => planned(`actor:${said}`, context).actor?.kind;
  expect(
    [
      'alice',
      'a@b.example',
      'arn:aws:iam::111122223333:user/a',
      'AKIAIOSFODNN7EXAMPLE',
      'root',
    ].map(actor),
  ).toEqual(['name', 'email', 'arn', 'access-key', 'root']);
});

test('any text at all is either a plan or an odd slot', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (anything) => {
      const read = parseExactForm(`verb:${anything}`, context);
      expect('plan' in read || 'odd' in read).toBe(true);
    }),
  );
});

test.each(['`', '```', '"'])(
  'copied out of a message with its %s around it, it is the same',
  (mark) => {
    const form = 'verb:delete resource:i-0dbc91f429e48eeed since:7d';
    const [before, after] = mark === '```' ? ['```\n', '\n```'] : [mark, mark];
    expect(asked(`${before}${form}${after}`)).toEqual(asked(form));
    expect(planned(`${mark}${form}${mark}`).resources).toEqual(['i-0dbc91f429e48eeed']);
    // Where only a name is marked, nothing is taken off.
    expect(planned(`verb:delete resource:"a b" since:7d`).resources).toEqual(['a b']);
  },
);

test('a mark that nothing answers is no quotation, and a long run of blanks costs nothing', () => {
  const form = 'verb:delete resource:i-0dbc91f429e48eeed since:7d';
  expect(asked(`\`${form}"`)).not.toEqual(asked(form));
  expect(asked(`“${form}”`)).toEqual(asked(form));
  // Squared, this would be 10^11 steps.
  expect('odd' in parseExactForm(`\`x${' '.repeat(400_000)}y\`z`, context)).toBe(true);
});
