import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { matches } from '../../../src/core/evidence/match.ts';
import { parseEvent } from '../../../src/core/evidence/parse-event.ts';
import type { Plan } from '../../../src/core/questions/index.ts';
import { planned, shared, withShared } from './phrases.ts';

const describeShared = withShared ? describe : describe.skip;
if (!withShared) console.log(`The sample questions are not tested: ${shared} is absent.`);

const nobody = { accounts: [], people: [] };

/** What each sample question asks, slot by slot; slots that are not named are empty. */
const SLOTS: Record<string, Partial<Plan>> = {
  q135: {
    verbs: ['detach'],
    resourceType: 'organization',
    time: at('2024-07-27T09:00', '2024-08-03T09:00'),
  },
  q144: {
    shape: 'count',
    eventNames: ['GetPasswordData'],
    outcome: 'denied',
    accounts: ['457448411975'],
  },
  q151: { resourceType: 'access-key', resources: ['AKIA30BEZSJBVKOFKZW0'] },
  q125: { actor: { kind: 'instance', value: 'i-786a3A8B5C0d92eF4' }, resources: [] },
  q132: {
    resourceType: 'session',
    resources: ['arn:aws:sts::742491224508:federated-user/stratus_red_team'],
  },
  q148: {
    shape: 'count',
    groupBy: ['account'],
    actor: { kind: 'name', value: 'christophe' },
    time: at('2024-07-30T00:00', '2024-08-03T09:00'),
  },
  q117: {
    verbs: ['share'],
    resourceType: 'image',
    resources: ['ami-de1fbCab6ccB03e6D'],
    eventNames: ['ModifyImageAttribute'],
    content: { kind: 'shared-external' },
  },
  q118: {
    verbs: ['share'],
    resourceType: 'snapshot',
    resources: ['snap-041993b54a9b3af6f'],
    content: { kind: 'shared-external' },
  },
  q137: {
    verbs: ['create'],
    resources: ['malicious-iam-user'],
    time: at('2024-08-01T00:00', '2024-08-01T14:30'),
  },
  q136: { verbs: ['create'], resourceType: 'iam-role', accounts: ['609418236337'] },
  q139: {
    verbs: ['sign-in'],
    eventNames: ['ConsoleLogin'],
    content: { kind: 'no-mfa' },
    time: at('2024-08-01T00:00', '2024-08-03T09:00'),
  },
  q134: {
    verbs: ['start', 'use'],
    resourceType: 'model',
    time: at('2024-10-17T00:00', '2024-10-18T00:00'),
  },
  q121: {
    shape: 'count',
    verbs: ['read'],
    resourceType: 'secret',
    actor: { kind: 'name', value: 'christophe' },
    accounts: ['903144391865'],
  },
  q122: { shape: 'count', eventNames: ['BatchGetSecretValue'], accounts: ['165109126369'] },
  q180: { verbs: ['assume'], resourceType: 'iam-role', resources: ['someRole'] },
  q120: {
    verbs: ['open'],
    resourceType: 'security-group',
    resources: ['sg-003dc7f1f1c686164'],
    content: { kind: 'port-open', port: 22, cidr: null },
  },
  q111: {
    verbs: ['stop'],
    eventNames: ['StopLogging'],
    resources: ['stratus-red-team-ct-stop-trail-buykxbqejv'],
  },
  q112: {
    verbs: ['delete'],
    resourceType: 'trail',
    eventNames: ['DeleteTrail'],
    accounts: ['847129010505'],
  },
  q172: {
    shape: 'count',
    groupBy: ['region'],
    accounts: ['111111111111'],
    time: at('2025-05-24T00:00', '2025-05-25T00:00'),
  },
  q127: {
    verbs: ['open'],
    resourceType: 'ssm-session',
    eventNames: ['StartSession'],
    actor: { kind: 'name', value: 'christophe' },
    accounts: ['294599468799'],
  },
  q124: {
    verbs: ['use'],
    resourceType: 'command',
    eventNames: ['SendCommand'],
    resources: ['i-786a3A8B5C0d92eF4'],
  },
  q163: { verbs: ['create'], resourceType: 'identity-center-group', resources: ['secure'] },
  q149: {
    verbs: ['create'],
    resourceType: 'trust-anchor',
    time: at('2024-08-01T00:00', '2024-08-01T14:30'),
  },
  q115: { verbs: ['delete'], resourceType: 'flow-log', resources: ['fl-0e17aa62a21d4bbfe'] },
};

function at(from: string, to: string): Plan['time'] {
  return { from: `${from}:00.000Z`, to: `${to}:00.000Z`, zone: 'UTC', assumed: false };
}

type Question = {
  id: string;
  now: string;
  question: string;
  expect: { count: number; event_ids: string[] };
};

describeShared('the sample questions', () => {
  const questions = lines(readFileSync(join(shared, 'questions-sample.jsonl'))).map(
    (line) => JSON.parse(line) as Question,
  );
  const events = recordedEvents();

  test('every one of them has its slots written down', () => {
    expect(questions.map(({ id }) => id).toSorted()).toEqual(Object.keys(SLOTS).toSorted());
  });

  test.each(questions)('$id $question', ({ id, question, now, expect: expected }) => {
    const plan = planned(question, { now, timeZone: 'UTC', vocabulary: nobody });
    const untold: Partial<Plan> = {
      shape: 'search',
      actor: null,
      accounts: 'all',
      regions: 'all',
      outcome: 'any',
      content: null,
      groupBy: [],
    };
    expect(plan).toMatchObject({ ...untold, ...SLOTS[id] });
    const found = new Set(
      events.filter((event) => matches(plan, event) === 'yes').map(({ eventID }) => eventID),
    );
    expect(found.size).toBe(expected.count);
    expect(expected.event_ids.filter((one) => !found.has(one))).toEqual([]);
  });
});

function recordedEvents(): CloudTrailEvent[] {
  const folder = join(shared, 'cloudtrail');
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.gz'))
    .flatMap((file) => lines(gunzipSync(readFileSync(join(folder, file)))))
    .flatMap((line) => {
      const parsed = parseEvent(JSON.parse(line), 'a recorded file');
      return 'event' in parsed ? [parsed.event] : [];
    });
}

function lines(text: Buffer): string[] {
  return text
    .toString('utf8')
    .split('\n')
    .filter((line) => line.trim() !== '');
}
