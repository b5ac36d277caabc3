import fc from 'fast-check';
import type { ProofGrade } from '../../../src/core/evidence/answer.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import {
  HOP_LIMIT,
  type Issued,
  issuedKeyOf,
  personBehind,
} from '../../../src/core/evidence/person.ts';
import type { Issuing } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { soundEvent } from './sound.ts';

/** How much a grade claims. A direct word of AWS and a proven chain are proof alike. */
const CLAIMS: Record<ProofGrade, number> = {
  direct: 4,
  'proven-chain': 4,
  service: 4,
  declared: 3,
  'session-name-only': 1,
  unresolved: 0,
};

type Hop = { name: string; declares: boolean; crosses: boolean };

type Chain = { hops: Hop[]; end: JsonObject | null };

const ENDS: (JsonObject | null)[] = [
  { type: 'IAMUser', arn: 'arn:aws:iam::100000000000:user/carol', userName: 'carol' },
  { type: 'SAMLUser', userName: 'dana@bora.example' },
  { type: 'Root', arn: 'arn:aws:iam::100000000000:root' },
  { type: 'WebIdentityUser', userName: 'repo:bora/shop:ref:refs/heads/main' },
  { type: 'AWSService', invokedBy: 'lambda.amazonaws.com' },
  null,
];
const sessionName = fc.oneof(
  fc.constantFrom(
    'bob',
    'alice@bora.example',
    'botocore-session-1722587398',
    'i-0dbc91f429e48eeed',
  ),
  fc.stringMatching(/^[\w+=,.@-]{2,20}$/),
);
const chain = (least: number, most: number): fc.Arbitrary<Chain> =>
  fc.record({
    hops: fc.array(
      fc.record({ name: sessionName, declares: fc.boolean(), crosses: fc.boolean() }),
      { minLength: least, maxLength: most },
    ),
    end: fc.constantFrom(...ENDS),
  });

const keyOf = (n: number) => `ASIAQ7Z1CHAIN${String(n).padStart(4, '0')}XYZ`;
const accountOf = (n: number) => String(100_000_000_000 + n);
const timeOf = (n: number) => new Date(Date.UTC(2026, 10, 20, 5, 30 - n)).toISOString();

function sessionOf(n: number, { name, declares }: Hop): JsonObject {
  return {
    type: 'AssumedRole',
    arn: `arn:aws:sts::${accountOf(n)}:assumed-role/role-${n}/${name}`,
    principalId: `AROAQ7Z1ROLE${n}:${name}`,
    accountId: accountOf(n),
    accessKeyId: keyOf(n),
    sessionContext: {
      sessionIssuer: { type: 'Role', arn: `arn:aws:iam::${accountOf(n)}:role/role-${n}` },
      attributes: { creationDate: timeOf(n + 1) },
      ...(declares && { sourceIdentity: `source-${n}` }),
    },
  };
}

/** The last call, and the calls that opened the sessions on its way, a copy for each that crossed. */
function build({ hops, end }: Chain): { call: CloudTrailEvent; openings: CloudTrailEvent[] } {
  const callerOf = (n: number): JsonObject | null => {
    const hop = hops[n];
    return hop ? sessionOf(n, hop) : end;
  };
  const openings = hops.flatMap((hop, n): CloudTrailEvent[] => {
    const caller = callerOf(n + 1);
    if (!caller) return [];
    const opened: JsonObject = {
      eventTime: timeOf(n + 1),
      eventSource: 'sts.amazonaws.com',
      eventName: 'AssumeRole',
      requestParameters: { roleArn: `arn:aws:iam::${accountOf(n)}:role/role-${n}` },
      responseElements: {
        credentials: { accessKeyId: keyOf(n) },
        assumedRoleUser: { arn: `arn:aws:sts::${accountOf(n)}:assumed-role/role-${n}/${hop.name}` },
      },
      ...(hop.crosses && { sharedEventID: `5000000${n % 10}-51d5-4765-ad83-4db65d506d9c` }),
    };
    const left = soundEvent({
      ...opened,
      eventID: `1000000${n % 10}-51d5-4765-ad83-4db65d506d9c`,
      recipientAccountId: accountOf(n + 1),
      userIdentity: caller,
    });
    if (!hop.crosses) return [left];
    const entered = soundEvent({
      ...opened,
      eventID: `2000000${n % 10}-51d5-4765-ad83-4db65d506d9c`,
      recipientAccountId: accountOf(n),
      userIdentity: {
        type: 'AWSAccount',
        accountId: accountOf(n + 1),
        principalId: `AROA${n + 1}`,
      },
    });
    return [left, entered];
  });
  const call = soundEvent({
    eventTime: timeOf(0),
    recipientAccountId: accountOf(0),
    userIdentity: callerOf(0),
  });
  return { call, openings };
}

function issuedBy(events: CloudTrailEvent[]): Issued {
  const issued = new Map<string, Issuing>();
  for (const event of events) {
    const key = issuedKeyOf(event) ?? '';
    issued.set(key, { events: [...(issued.get(key)?.events ?? []), event], gaps: [] });
  }
  return issued;
}

test('the order in which events come changes nothing', () => {
  fc.assert(
    fc.property(
      chain(1, 7).chain((one) => {
        const { call, openings } = build(one);
        return fc.tuple(
          fc.constant({ call, openings }),
          fc.shuffledSubarray(openings, { minLength: openings.length }),
        );
      }),
      ([{ call, openings }, shuffled]) => {
        expect(personBehind(call, issuedBy(shuffled))).toEqual(
          personBehind(call, issuedBy(openings)),
        );
      },
    ),
  );
});

test('whole, a chain that ends in somebody is proven', () => {
  fc.assert(
    fc.property(chain(1, HOP_LIMIT), (one) => {
      const { call, openings } = build(one);
      const { proof } = personBehind(call, issuedBy(openings));
      if (one.end === null) expect(CLAIMS[proof]).toBeLessThan(CLAIMS.direct);
      else expect(['proven-chain', 'service']).toContain(proof);
    }),
  );
});

test('without the record of any hop nothing more is claimed than with it', () => {
  fc.assert(
    fc.property(chain(1, 7), fc.nat(), (one, which) => {
      const { call, openings } = build(one);
      const whole = personBehind(call, issuedBy(openings));
      const without = openings.filter((_, n) => n !== which % Math.max(1, openings.length));
      const less = personBehind(call, issuedBy(without));
      // A session's name proves as little as no name: which of the two it is depends on where a chain ends.
      const claimed = (proof: typeof less.proof) =>
        Math.max(CLAIMS[proof], CLAIMS['session-name-only']);
      expect(claimed(less.proof)).toBeLessThanOrEqual(claimed(whole.proof));
    }),
  );
});

test('names alone are never more than names', () => {
  fc.assert(
    fc.property(sessionName, fc.string(), (name, agent) => {
      const call = soundEvent({
        userAgent: agent,
        userIdentity: sessionOf(0, { name, declares: false, crosses: false }),
      });
      const person = personBehind(call, new Map());
      expect(CLAIMS[person.proof]).toBeLessThanOrEqual(CLAIMS['session-name-only']);
    }),
  );
});

test('sessions that open each other in circles come to an end, and prove nobody', () => {
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 5 }), { minLength: 2, maxLength: 6 }),
      fc.boolean(),
      (callers, timed) => {
        const hop = { name: 'bob', declares: false, crosses: false };
        const openings = callers.map((by, n) =>
          soundEvent({
            eventID: `1000000${n}-51d5-4765-ad83-4db65d506d9c`,
            ...(timed ? { eventTime: timeOf(n + 1) } : { eventTime: null }),
            eventName: 'AssumeRole',
            userIdentity: sessionOf(by, hop),
            responseElements: { credentials: { accessKeyId: keyOf(n) } },
          }),
        );
        const call = soundEvent({ userIdentity: sessionOf(0, hop) });
        const person = personBehind(call, issuedBy(openings));
        expect(person.proof).toBe('session-name-only');
        expect(person.chain.length).toBeLessThanOrEqual(HOP_LIMIT + 1);
      },
    ),
  );
});

test('nothing was issued after it was used', () => {
  fc.assert(
    fc.property(chain(1, 5), fc.integer({ min: 1, max: 3_000_000 }), (one, seconds) => {
      const { call, openings } = build(one);
      const late = new Date(Date.parse(timeOf(0)) + seconds * 1000).toISOString();
      const after = openings.map((event) =>
        issuedKeyOf(event) === keyOf(0) ? { ...event, eventTime: late } : event,
      );
      expect(personBehind(call, issuedBy(after)).proof).not.toBe('proven-chain');
    }),
  );
});
