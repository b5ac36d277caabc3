import type { Search } from '../../src/core/evidence/source.ts';
import type { Finding } from '../../src/core/posture/finding.ts';
import type { Rule } from '../../src/core/posture/rule.ts';
import { tellSince, type World } from '../../src/jobs/since.ts';
import { found, soundEvent } from '../core/evidence/sound.ts';
import {
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  READ_AT,
  seen,
  soundFacts,
  soundTrail,
} from '../core/posture/sound.ts';

const OTHER = ORG_TRAIL.replace('org-trail', 'other');
const FAR = ORG_TRAIL.replace('us-east-1', 'eu-west-1').replace('org-trail', 'far');

const facts = soundFacts({
  trails: [
    soundTrail(),
    soundTrail({ arn: OTHER }),
    soundTrail({ arn: FAR, homeRegion: 'eu-west-1' }),
  ],
});

function rule(id: string, calls: string[]): Rule {
  return {
    id,
    history: { type: 'AWS::CloudTrail::Trail', change: 'configuration.kmsKeyId', calls },
  } as Rule;
}

const RULES = [
  rule('keys', ['UpdateTrail', 'CreateTrail']),
  rule('selectors', ['PutEventSelectors']),
  { id: 'silent', history: null } as Rule,
];

function finding(id: string, differs: Partial<Finding> = {}): Finding {
  return {
    id,
    check: 'keys',
    status: 'FAIL',
    severity: 'medium',
    subject: ORG_TRAIL,
    owner: MANAGEMENT,
    covers: [MANAGEMENT],
    title: 'wrong',
    detail: 'off',
    evidence: [],
    config: null,
    fix: null,
    controls: {},
    exception: null,
    ...differs,
  };
}

/** A world in which Config captured that the key went, and bob's call is found. */
function world(differs: Partial<World> = {}) {
  const searches: Search[] = [];
  const histories: string[] = [];
  const event = soundEvent({
    eventName: 'UpdateTrail',
    eventSource: 'cloudtrail.amazonaws.com',
    eventTime: '2026-11-20T05:32:07Z',
    awsRegion: 'us-east-1',
    recipientAccountId: MANAGEMENT,
    requestParameters: { name: ORG_TRAIL, kmsKeyId: '' },
  });
  const all: World = {
    rules: RULES,
    previous: async () => [],
    history: async ({ ids }) => {
      histories.push(ids[0] ?? '');
      const states = [
        { at: '2026-11-20T05:36:00Z', deleted: false, value: null },
        { at: '2026-11-01T00:00:00Z', deleted: false, value: 'key' },
      ];
      return seen({ states, complete: true });
    },
    source: {
      find: async (search) => {
        searches.push(search);
        return found([event]);
      },
      issuing: async () => new Map(),
    },
    ...differs,
  };
  return { all, searches, histories };
}

test('a failing finding learns since when and by whom; others are left as they are', async () => {
  const { all } = world();
  const others = [
    finding('b', { status: 'PASS' }),
    finding('c', { status: 'NOT_VISIBLE' }),
    finding('d', { check: 'silent' }),
  ];
  const told = await tellSince([finding('a'), ...others], facts, all);
  expect(told.findings[0]?.since).toMatchObject({
    at: '2026-11-20T05:32:07Z',
    event: { person: 'alice', eventName: 'UpdateTrail' },
  });
  expect(told.findings.slice(1)).toEqual(others);
  expect(told.since).toEqual({ asked: 1, kept: 0, notAsked: 0 });
});

test('the worst come first where not all can be looked up, and the others are counted', async () => {
  const { all, histories } = world();
  const all3 = [
    finding('a', { severity: 'low', subject: ORG_TRAIL }),
    finding('b', { severity: 'critical', subject: OTHER }),
    finding('c', { severity: 'high', subject: FAR }),
  ];
  const told = await tellSince(all3, facts, all, 2);
  expect(histories.sort()).toEqual([FAR, OTHER].sort());
  expect(told.since).toEqual({ asked: 2, kept: 0, notAsked: 1 });
  expect(told.findings[0]?.since ?? null).toBeNull();
});

const HERE_AND_FAR = [
  finding('a'),
  finding('b', { subject: OTHER, check: 'selectors' }),
  finding('c', { subject: FAR }),
];

/** A place where so much happened that one page does not hold it, as Event history says it. */
function busy(searches: Search[]): World['source']['find'] {
  return async (search) => {
    searches.push(search);
    const cut = { account: MANAGEMENT, region: 'us-east-1', reason: 'cut after 1 pages' };
    return found([], { gaps: search.eventNames.length === 0 ? [cut] : [] });
  };
}

test('all findings of one place are looked for in one search, for the calls of all of them', async () => {
  const searches: Search[] = [];
  const { all } = world();
  await tellSince(HERE_AND_FAR, facts, {
    ...all,
    source: { ...all.source, find: busy(searches) },
  });
  const narrowed = searches.filter(({ eventNames }) => eventNames.length > 0);
  expect(
    narrowed.map(({ accounts, regions, eventNames }) => [accounts, regions, eventNames]),
  ).toEqual(
    expect.arrayContaining([
      [[MANAGEMENT], ['us-east-1'], ['UpdateTrail', 'CreateTrail', 'PutEventSelectors']],
      [[MANAGEMENT], ['eu-west-1'], ['UpdateTrail', 'CreateTrail']],
    ]),
  );
  expect(narrowed).toHaveLength(2);
  expect(searches[0]).toMatchObject({ from: '2026-08-24T10:00:00.000Z', to: READ_AT });
});

test('where every write of a place is on one page, its names are not asked for', async () => {
  const { all, searches } = world();
  const told = await tellSince(HERE_AND_FAR, facts, all);
  const here = searches.filter(({ regions }) => regions.includes('us-east-1'));
  expect(here).toMatchObject([{ eventNames: [], readOnly: false }]);
  expect(told.findings[0]?.since).toMatchObject({ event: { person: 'alice' } });
});

test('more names of calls than one search can be told are asked in several', async () => {
  const many = Array.from({ length: 40 }, (_, index) => `Put${index}`);
  const searches: Search[] = [];
  const { all } = world({ rules: [rule('keys', many)] });
  await tellSince([finding('a')], facts, {
    ...all,
    source: { ...all.source, find: busy(searches) },
  });
  expect(searches.map(({ eventNames }) => eventNames.length)).toEqual([0, 15, 15, 10]);
});

test('what the last scan found out is kept without a question, and no place is taken by it', async () => {
  const first = await tellSince([finding('a')], facts, world().all);
  const { all, searches, histories } = world({ previous: async () => first.findings });
  const again = await tellSince([finding('a'), finding('b', { subject: OTHER })], facts, all, 1);
  expect(again.findings[0]).toEqual(first.findings[0]);
  expect(again.since).toEqual({ asked: 1, kept: 1, notAsked: 0 });
  expect(histories).toEqual([OTHER]);
  expect(searches).toHaveLength(1);
});

test('the last scan is not asked for where nothing fails', async () => {
  const { all } = world({
    previous: async () => {
      throw new Error('nobody needs it');
    },
  });
  await tellSince([finding('a', { status: 'PASS' })], facts, all);
});

test('a throttled history leaves the reason, and the calls tell', async () => {
  const { all } = world({ history: async () => failed('ThrottlingException: Rate exceeded') });
  const { findings } = await tellSince([finding('a')], facts, all);
  expect(findings[0]?.since?.detail).toContain('ThrottlingException: Rate exceeded');
  expect(findings[0]?.since?.event?.person).toBe('alice');
});

test('a verdict of Config from before the change becomes stale by what was learnt', async () => {
  const config = {
    agrees: false,
    detail: 'Rule X said COMPLIANT',
    rule: 'X',
    verdict: 'COMPLIANT',
    at: '2026-11-19T00:00:00Z',
    because: 'asks-something-else' as const,
  };
  const { findings } = await tellSince([finding('a', { config })], facts, world().all);
  expect(findings[0]?.config).toMatchObject({
    because: 'stale',
    detail: expect.stringContaining('older than the change of 2026-11-20T05:32:07Z'),
  });
});
