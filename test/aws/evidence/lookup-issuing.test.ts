import type { Lookup } from '../../../src/aws/evidence/lookup.ts';
import { issuing } from '../../../src/aws/evidence/lookup-issuing.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { issuedKeyOf } from '../../../src/core/evidence/person.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { session, soundEvent } from '../../core/evidence/sound.ts';

const HOME = '111122223333';
const OTHER = '131313131313';
const REGIONS = ['ap-northeast-2', 'eu-west-1', 'us-east-1'];
const PLACES = {
  accounts: [HOME, OTHER].map((id) => ({ id, regions: REGIONS })),
  gaps: [{ account: '151515151515', region: '', reason: 'AccessDenied' }],
};
const BORN = Date.parse('2026-11-20T05:30:00Z');
const iso = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');
const keyOf = (n: number) => `ASIAQ7Z1BULK${String(n).padStart(4, '0')}KEYS`;

/** A call of session `n`, which was born so many minutes after the first. */
function use(n: number, minutes = 0, more: JsonObject = {}) {
  const usedBy = soundEvent({
    eventTime: iso(BORN + minutes * 60_000 + 60_000),
    userIdentity: session('ops', `s-${n}`, {
      accessKeyId: keyOf(n),
      sessionContext: { attributes: { creationDate: iso(BORN + minutes * 60_000) } },
    }),
    ...more,
  });
  return { accessKeyId: keyOf(n), usedBy };
}

function opening(n: number, minutes = 0, more: JsonObject = {}) {
  return soundEvent({
    eventID: `${String(n).padStart(8, '0')}-51d5-4765-ad83-4db65d506d9c`,
    eventTime: iso(BORN + minutes * 60_000),
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    responseElements: { credentials: { accessKeyId: keyOf(n) } },
    ...more,
  });
}

/** Event history over these events: one attribute, half-open windows, and every lookup remembered. */
function history(events: CloudTrailEvent[], refused: string[] = []) {
  const lookups: Lookup[] = [];
  const ask = async (lookup: Lookup) => {
    lookups.push(lookup);
    const { where, attribute, from, to } = lookup;
    if (refused.includes(where.region)) {
      const gaps = [{ ...where, reason: 'Throttling' }];
      return { events: [], gaps, complete: false };
    }
    const found = events.filter(
      (event) =>
        event.account === where.account &&
        event.region === where.region &&
        Date.parse(event.eventTime ?? '') >= Date.parse(from) &&
        Date.parse(event.eventTime ?? '') < Date.parse(to) &&
        (attribute?.AttributeKey === 'EventName'
          ? event.eventName === attribute.AttributeValue
          : issuedKeyOf(event) === attribute?.AttributeValue),
    );
    return { events: found, gaps: [], complete: true };
  };
  return { ask, lookups };
}

const NOW = BORN + 86_400_000;
const numbers = Array.from({ length: 30 }, (_, n) => n);

test('sessions that were born together are looked for together, once in their place', async () => {
  const { ask, lookups } = history(numbers.map((n) => opening(n, n % 10)));
  const found = await issuing(
    numbers.map((n) => use(n, n % 10)),
    PLACES,
    NOW,
    ask,
  );
  for (const n of numbers) expect(found.get(keyOf(n))?.events).toHaveLength(1);
  expect(lookups).toMatchObject([
    {
      where: { account: HOME, region: 'ap-northeast-2' },
      attribute: { AttributeKey: 'EventName', AttributeValue: 'AssumeRole' },
    },
  ]);
});

test('sessions of many days cost a lookup each, by their keys', async () => {
  const { ask, lookups } = history(numbers.map((n) => opening(n, n * 1440)));
  const found = await issuing(
    numbers.map((n) => use(n, n * 1440)),
    PLACES,
    NOW,
    ask,
  );
  for (const n of numbers) expect(found.get(keyOf(n))?.events).toHaveLength(1);
  expect(lookups).toHaveLength(30);
  expect(new Set(lookups.map(({ attribute }) => attribute?.AttributeKey))).toEqual(
    new Set(['ResourceName']),
  );
});

test('what is not where it was used is looked for at the global endpoint, then elsewhere, each once', async () => {
  const global = opening(1, 0, { awsRegion: 'us-east-1' });
  const elsewhere = opening(2, 0, { awsRegion: 'eu-west-1' });
  const { ask, lookups } = history([global, elsewhere]);
  const found = await issuing([use(1), use(2), use(3)], PLACES, NOW, ask);
  expect(found.get(keyOf(1))?.events).toEqual([global]);
  expect(found.get(keyOf(2))?.events).toEqual([elsewhere]);
  expect(found.get(keyOf(3))).toEqual({ events: [], gaps: [] });
  const asked = lookups.map((lookup) => JSON.stringify(lookup));
  expect(new Set(asked).size).toBe(asked.length);
});

test('a call between accounts brings the record of the account that was left', async () => {
  const shared = { sharedEventID: '99999999-51d5-4765-ad83-4db65d506d9c' };
  const entered = opening(1, 0, {
    ...shared,
    userIdentity: { type: 'AWSAccount', accountId: OTHER, principalId: 'AROAX' },
  });
  const left = opening(1, 0, { ...shared, recipientAccountId: OTHER, eventID: 'left' });
  const { ask } = history([entered, left]);
  const found = await issuing([use(1)], PLACES, NOW, ask);
  expect(found.get(keyOf(1))?.events).toEqual([entered, left]);
});

test('what could not be read is told where nothing was found, and only there', async () => {
  const { ask } = history([opening(1)], ['eu-west-1', 'us-east-1']);
  const stranger = use(3, 0, { recipientAccountId: '151515151515' });
  const found = await issuing([use(1), use(2), stranger], PLACES, NOW, ask);
  expect(found.get(keyOf(1))?.gaps).toEqual([]);
  expect(found.get(keyOf(2))?.gaps).toContainEqual({
    account: HOME,
    region: 'us-east-1',
    reason: 'Throttling',
  });
  expect(found.get(keyOf(3))?.gaps).toContainEqual(PLACES.gaps[0]);
});

test('a session of Identity Center is looked for as a sign-in over SAML', async () => {
  const reserved = 'AWSReservedSSO_Engineer_9f1e2d3c4b5a6978';
  const uses = [1, 2, 3].map((n) =>
    use(n, 0, {
      userIdentity: session(reserved, 'bob', {
        accessKeyId: keyOf(n),
        sessionContext: { attributes: { creationDate: iso(BORN) } },
      }),
    }),
  );
  const openings = [1, 2, 3].map((n) => opening(n, 0, { eventName: 'AssumeRoleWithSAML' }));
  const { ask, lookups } = history(openings);
  await issuing(uses, PLACES, NOW, ask);
  expect(lookups.map(({ attribute }) => attribute?.AttributeValue)).toEqual(['AssumeRoleWithSAML']);
});

test('root that was assumed is looked for in the accounts that may assume it', async () => {
  const usedBy = soundEvent({
    userIdentity: {
      type: 'Root',
      accessKeyId: keyOf(1),
      sessionContext: { assumedRoot: 'true', attributes: { creationDate: iso(BORN) } },
    },
  });
  const assumed = opening(1, 0, { eventName: 'AssumeRoot', recipientAccountId: OTHER });
  const { ask } = history([assumed]);
  const found = await issuing([{ accessKeyId: keyOf(1), usedBy }], PLACES, NOW, ask);
  expect(found.get(keyOf(1))?.events).toEqual([assumed]);
});
