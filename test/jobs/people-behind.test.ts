import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFiles } from '../../src/archive/log-files.ts';
import type { Answer } from '../../src/core/evidence/answer.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { parseEvent, withoutVersion } from '../../src/core/evidence/parse-event.ts';
import { issues } from '../../src/core/evidence/person.ts';
import type { EventSource, Search } from '../../src/core/evidence/source.ts';
import type { Plan } from '../../src/core/questions/plan.ts';
import { answerPlan, type World } from '../../src/jobs/answer-question.ts';
import { makeWorld } from '../../src/sandbox/aws/world.ts';
import { company } from '../../src/sandbox/company.ts';
import { found, session, soundEvent, soundPlan } from '../core/evidence/sound.ts';

const scenario = company();
const story = makeWorld(scenario);
const recorded = [...story.events].flatMap(([place, records]) =>
  records.flatMap((record) => {
    const parsed = parseEvent(record, place);
    return 'event' in parsed ? [parsed.event] : [];
  }),
);
const NOW = story.started;
const DAY = 86_400_000;
const READER = { language: 'en', timeZone: 'Asia/Seoul' } as const;
const lastDays = (days: number): Plan['time'] => ({
  from: new Date(NOW.getTime() - days * DAY).toISOString(),
  to: NOW.toISOString(),
  zone: 'Asia/Seoul',
  assumed: true,
});

/** A source of these events that remembers what it was asked. */
function sourceOf(events: CloudTrailEvent[]) {
  const searches: Search[] = [];
  const source: EventSource = {
    name: 'test',
    needs: [],
    async find(search) {
      searches.push(search);
      const { from, to, accounts, eventNames, accessKeyIds } = search;
      const among = (list: string[], one: string | null) =>
        list.length === 0 || (one !== null && list.includes(one));
      return found(
        events.filter(
          ({ eventTime, eventName, account, caller }) =>
            Date.parse(eventTime ?? '') >= Date.parse(from) &&
            Date.parse(eventTime ?? '') < Date.parse(to) &&
            (accounts === 'all' || accounts.includes(account)) &&
            among(eventNames, withoutVersion(eventName)) &&
            among(accessKeyIds, caller.accessKeyId),
        ),
      );
    },
    async issuing(sessions) {
      return new Map(
        sessions.map(({ accessKeyId }) => [
          accessKeyId,
          { events: events.filter((event) => issues(event, accessKeyId)), gaps: [] },
        ]),
      );
    },
  };
  return { source, searches };
}

const directory = (scenario.identityCenter?.people ?? []).map(
  ({ id = '', userName, displayName = null, email = null, deleted }) => ({
    deleted,
    user: { userId: id, name: userName, displayName, email, readAt: NOW.toISOString() },
  }),
);
const people: NonNullable<World['people']> = {
  async describe(userId) {
    const known = directory.find(({ user, deleted }) => user.userId === userId && !deleted);
    return { seen: known?.user ?? null };
  },
  list: async () => ({
    seen: { people: directory.flatMap((one) => (one.deleted ? [] : [one.user])), cut: false },
  }),
  home: async () => ({ account: '111122223333', region: 'ap-northeast-2' }),
};

function ask(plan: Partial<Plan>, events = recorded, more: Partial<World> = {}): Promise<Answer> {
  return answerPlan(soundPlan({ time: lastDays(60), ...plan }), 'who?', READER, {
    now: () => NOW,
    vocabulary: async () => ({ accounts: [], people: [] }),
    sources: [sourceOf(events).source],
    people,
    simulated: true,
    ...more,
  });
}

test.each<[string, Partial<Plan>, string, string, RegExp]>([
  [
    'a user who stands in the record by id',
    { eventNames: ['DeleteWorkGroup'] },
    'bob@bora.example',
    'declared',
    /user 9b67aa0001-\S+b0b of identity store d-9b67aa0001 is bob@bora\.example/,
  ],
  [
    'a user who has left since',
    { eventNames: ['Federate'] },
    '9b67aa0001-5f1c-4a7e-8d20-00000000ca21',
    'unresolved',
    /is no longer in the identity store/,
  ],
  [
    'an auditor over SAML',
    { eventNames: ['CreateWorkGroup'] },
    'vera@ledger-auditors.example',
    'proven-chain',
    /^AssumeRoleWithSAML external-auditor issued ASIA/,
  ],
  [
    'a deployment from GitHub',
    { eventNames: ['PutImage'] },
    'repo:bora-commerce/shop:ref:refs/heads/main',
    'service',
    /CI run of repository bora-commerce\/shop/,
  ],
  [
    'a role of another account',
    { eventNames: ['TerminateInstances'], resources: ['i-0a1b2c3d4e5f60718'] },
    'bob@bora.example',
    'proven-chain',
    /^AssumeRole ops-breakglass issued .*131313131313/,
  ],
])('%s is told with the proof', async (_, plan, name, proof, chain) => {
  const { events } = await ask(plan);
  expect(events[0]?.person).toMatchObject({ name, proof });
  expect(events[0]?.person.chain?.join(' ← ')).toMatch(chain);
});

test.each<[string, Partial<Plan>, string, boolean, RegExp]>([
  [
    'a table that CloudFormation deleted with a role of its own',
    { eventNames: ['DeleteTable'], resources: ['payments-mock-Ledger-1K7QZ0BORA'] },
    'cloudformation.amazonaws.com',
    false,
    /^probably started by mina@bora\.example \(proven chain\): DeleteStack/,
  ],
  [
    'a function that CloudFormation deleted with the session of jun',
    { eventNames: ['DeleteFunction'], resources: ['shop-recommendations-rank'] },
    'jun@bora.example',
    true,
    /^started by jun@bora\.example \(proven chain\): DeleteStack/,
  ],
  [
    'an instance of a group that jun shrank',
    { eventNames: ['TerminateInstances'], resources: ['i-0b57a9e1c2d3f4056'] },
    'autoscaling.amazonaws.com',
    false,
    /^probably started by jun@bora\.example \(proven chain\): SetDesiredCapacity/,
  ],
  [
    'an instance of a group that nobody touched',
    { eventNames: ['TerminateInstances'], resources: ['i-0fedcba9876543210'] },
    'autoscaling.amazonaws.com',
    false,
    /^no person: a scaling policy/,
  ],
  [
    'an instance that a runbook stopped',
    { eventNames: ['StopInstances'], resources: ['i-0c4d5e6f708192a3b'] },
    'ssm.amazonaws.com',
    true,
    /^started by mina@bora\.example \(proven chain\): StartAutomationExecution/,
  ],
  [
    'a spot instance that AWS took back',
    { eventNames: ['BidEvictedEvent'] },
    'ec2.amazonaws.com',
    false,
    /^as context, not as who did it: .*RunInstances/,
  ],
])('%s: what set it off', async (_, plan, person, proven, says) => {
  const { events, causes = [] } = await ask(plan);
  expect(events[0]?.person.name).toBe(person);
  expect(causes[1]).toMatchObject({ proven, en: expect.stringMatching(says) });
});

test('a person who acted by themselves is asked no causes of, unless why was asked', async () => {
  const terminated: Partial<Plan> = {
    eventNames: ['TerminateInstances'],
    resources: ['i-0a1b2c3d4e5f60718'],
  };
  expect((await ask(terminated)).causes).toBeUndefined();
  expect((await ask({ ...terminated, asks: 'why' })).causes).toBeUndefined();
});

test('what bob did includes what he did as the break-glass role', async () => {
  const mine = await ask({
    actor: { kind: 'email', value: 'bob@bora.example' },
    time: lastDays(6),
  });
  expect(mine.events.map(({ eventName }) => eventName)).toContain('TerminateInstances');
  expect(mine.throughRoles).toBeUndefined();
  for (const { person } of mine.events) {
    expect(person.name).toBe('bob@bora.example');
    expect(['direct', 'proven-chain', 'declared']).toContain(person.proof);
  }
  // Every record whose session leads back to him, and no other: found by walking it by hand.
  const keys = new Set(
    recorded
      .filter(
        ({ caller }) =>
          caller.arn?.endsWith('/bob@bora.example') || caller.userName === 'bob@bora.example',
      )
      .flatMap((event) => keyIn(event)),
  );
  const his = recorded.filter(
    ({ caller, eventTime }) =>
      Date.parse(eventTime ?? '') >= NOW.getTime() - 6 * DAY &&
      (caller.userName === 'bob@bora.example' ||
        caller.principalId?.endsWith(':bob@bora.example') ||
        caller.onBehalfOf?.userId.endsWith('b0b') ||
        keys.has(caller.accessKeyId ?? '')),
  );
  expect(mine.total).toBe(his.length);
  expect(his.length).toBeGreaterThan(8);
});

function keyIn(event: CloudTrailEvent): string[] {
  const written = JSON.stringify(event.record.responseElements ?? null);
  return [/"accessKeyId":"(ASIA[A-Z0-9]+)"/.exec(written)?.[1] ?? ''].filter(Boolean);
}

test('log files, which select by names before anybody compares, lose none of it', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'story-'));
  const file = join(folder, 'story.jsonl');
  writeFileSync(file, recorded.map(({ record }) => JSON.stringify(record)).join('\n'));
  const logs = openLogFiles([file]);
  const plan: Partial<Plan> = {
    actor: { kind: 'email', value: 'bob@bora.example' },
    time: lastDays(6),
  };
  const [inFiles, inMemory] = [await ask(plan, [], { sources: [logs] }), await ask(plan)];
  logs.close();
  rmSync(folder, { recursive: true });
  const ids = ({ events }: Answer) => events.map(({ eventID }) => eventID).toSorted();
  expect(inFiles.events.map(({ eventName }) => eventName)).toContain('DeleteWorkGroup');
  expect(ids(inFiles)).toEqual(ids(inMemory));
  expect(inFiles.total).toBe(inMemory.total);
});

test('without its name in the directory the same stands beside the answer, uncounted', async () => {
  const named = await ask({ actor: { kind: 'name', value: 'bob' }, time: lastDays(6) });
  const calls = named.events.map(({ eventName, actor }) => [eventName, actor.name]);
  // The session that he named after himself carries the name, so it is listed, with its proof.
  expect(calls).toContainEqual(['TerminateInstances', 'ops-breakglass/bob']);
  const renamed = recorded.map((event) =>
    event.caller.arn?.endsWith('/ops-breakglass/bob')
      ? {
          ...event,
          caller: {
            ...event.caller,
            arn: event.caller.arn.replace(/bob$/, 'night-shift'),
            principalId: null,
          },
        }
      : event,
  );
  const hidden = await ask({ actor: { kind: 'name', value: 'bob' }, time: lastDays(6) }, renamed);
  expect(hidden.events.map(({ eventName }) => eventName)).not.toContain('TerminateInstances');
  expect(hidden.total).toBe(named.total - 2);
  expect(hidden.throughRoles).toMatchObject({
    calls: 2,
    roles: ['ops-breakglass'],
    eventNames: ['DescribeInstances', 'TerminateInstances'],
  });
});

test('somebody left out is left out with their sessions', async () => {
  const terminated: Partial<Plan> = { eventNames: ['TerminateInstances'], time: lastDays(6) };
  const all = await ask(terminated);
  const { except } = soundPlan();
  const without = await ask({
    ...terminated,
    except: { ...except, actors: [{ kind: 'email', value: 'bob@bora.example' }] },
  });
  expect(all.events.map(({ person }) => person.name)).toContain('bob@bora.example');
  expect(without.total).toBe(all.total - 1);
  expect(without.events.map(({ person }) => person.name)).not.toContain('bob@bora.example');
});

test('a session that only carries a name is listed as that', async () => {
  const named = soundEvent({
    eventTime: new Date(NOW.getTime() - DAY).toISOString(),
    userIdentity: session('ops', 'alice@bora.example'),
  });
  const { events } = await ask({ actor: { kind: 'email', value: 'alice@bora.example' } }, [named]);
  expect(events.map(({ person }) => person.proof)).toEqual(['session-name-only']);
});

test('sessions within sessions are followed, and there is an end to it', async () => {
  const keyOf = (n: number) => `ASIAQ7Z1DEEP${String(n).padStart(4, '0')}KEYS`;
  const at = (minutes: number) => new Date(NOW.getTime() - DAY + minutes * 60_000).toISOString();
  const opens = (n: number, userIdentity: CloudTrailEvent['record']) =>
    soundEvent({
      eventID: `1000000${n}-51d5-4765-ad83-4db65d506d9c`,
      eventTime: at(n),
      eventName: 'AssumeRole',
      requestParameters: { roleArn: `arn:aws:iam::111122223333:role/r${n}` },
      responseElements: { credentials: { accessKeyId: keyOf(n) } },
      userIdentity,
    });
  const inside = (n: number) =>
    session(`r${n}`, `x${n}`, { accessKeyId: keyOf(n), sessionContext: {} });
  const carol = { type: 'IAMUser', userName: 'carol@bora.example', accountId: '111122223333' };
  const circle = opens(0, inside(2));
  const last = soundEvent({ eventTime: at(9), userIdentity: inside(2) });
  const answer = await ask(
    { actor: { kind: 'email', value: 'carol@bora.example' }, eventNames: ['TerminateInstances'] },
    [
      opens(0, carol),
      opens(1, inside(0)),
      opens(2, inside(1)),
      { ...circle, eventID: 'circle' },
      last,
    ],
  );
  expect(answer.events.map(({ eventName }) => eventName)).toEqual(['TerminateInstances']);
});

test('what could not be searched on the way is a gap of the answer', async () => {
  const { source } = sourceOf(recorded);
  const dark = { account: '', region: 'us-east-1', reason: 'AccessDenied' };
  const answer = await ask({ actor: { kind: 'email', value: 'bob@bora.example' } }, [], {
    sources: [
      {
        ...source,
        find: async (search) =>
          found([], { gaps: search.eventNames.includes('AssumeRole') ? [dark] : [] }),
      },
    ],
  });
  expect(answer.verdict).toBe('none-visible');
  expect(answer.coverage.gaps).toContainEqual(dark);
});

test('sessions are looked for by every spelling in which found calls write the name', async () => {
  const { source, searches } = sourceOf(recorded);
  await ask({ actor: { kind: 'name', value: 'bob' }, time: lastDays(6) }, [], {
    sources: [source],
  });
  const opened = searches.filter(({ eventNames }) => eventNames.includes('AssumeRole'));
  expect(opened[0]?.actors).toEqual(expect.arrayContaining(['bob', 'bob@bora.example']));
});
