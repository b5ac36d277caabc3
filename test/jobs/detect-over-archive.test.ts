import { archiveSource } from '../../src/archive/archive-source.ts';
import type { CloudTrailEvent } from '../../src/core/evidence/event.ts';
import { parseEvent } from '../../src/core/evidence/parse-event.ts';
import type { EventSource } from '../../src/core/evidence/source.ts';
import type { JsonObject } from '../../src/core/json.ts';
import type { Reader } from '../../src/core/reader.ts';
import { answerPlan } from '../../src/jobs/answer-question.ts';
import { detectionRules } from '../../src/policies.ts';
import { logFile, uuid, withArchive } from '../archive/archives.ts';
import { found, session, soundPlan, soundRecord } from '../core/evidence/sound.ts';

const READER: Reader = { language: 'en', timeZone: 'UTC' };
const DAY = 86_400_000;
const START = Date.parse('2026-10-10T00:00:00Z');
const TIME = {
  from: '2026-11-15T00:00:00Z',
  to: '2026-11-21T00:00:00Z',
  zone: 'UTC',
  assumed: false,
};

/** What happens every six hours of six weeks in two accounts, and what happens once. */
function records(): JsonObject[] {
  const days = Array.from({ length: 42 }, (_, day) => day);
  const everyday = days.flatMap((day) =>
    ['111122223333', '444455556666'].flatMap((account) =>
      [0, 6, 12, 18].flatMap((hour) => [
        at(day, hour, { recipientAccountId: account, eventName: 'StartInstances' }),
        at(day, hour, {
          recipientAccountId: account,
          eventName: 'DescribeInstances',
          readOnly: true,
        }),
        at(day, hour, {
          recipientAccountId: account,
          eventName: 'CreateTags',
          userIdentity: session('deploy', `run-${day}-${hour}`),
        }),
      ]),
    ),
  );
  const odd: JsonObject[] = [
    at(37, 3, { eventName: 'RunInstances', awsRegion: 'eu-south-2' }),
    at(37, 4, {
      userIdentity: {
        type: 'Root',
        arn: 'arn:aws:iam::111122223333:root',
        accountId: '111122223333',
      },
    }),
    at(38, 1, {
      eventName: 'StopLogging',
      eventSource: 'cloudtrail.amazonaws.com',
      requestParameters: { name: 'main' },
    }),
    at(38, 2, { sourceIPAddress: '198.51.100.7', eventName: 'StartInstances' }),
    at(38, 3, {
      eventName: 'DeleteBucket',
      eventSource: 's3.amazonaws.com',
      userIdentity: session('deploy', 'odd'),
    }),
    ...[
      'ListKeys',
      'ListUsers',
      'ListRoles',
      'ListGroups',
      'GetUser',
      'GetRole',
      'ListAliases',
      'GetPolicy',
      'ListTables',
      'ListQueues',
      'ListTopics',
    ].map((eventName, minute) =>
      at(
        39,
        5,
        {
          eventName,
          errorCode: 'AccessDenied',
          readOnly: true,
          userIdentity: session('web', 'i-0abc'),
        },
        minute,
      ),
    ),
  ];
  return [...everyday, ...odd].map((record, index) => ({ ...record, eventID: uuid(index + 1) }));
}

function at(day: number, hour: number, difference: JsonObject, minute = 0): JsonObject {
  const time = new Date(START + day * DAY + hour * 3_600_000 + minute * 60_000);
  return soundRecord({ eventTime: time.toISOString().replace('.000Z', 'Z'), ...difference });
}

/** The same events, told one by one. */
function listOf(all: JsonObject[]): EventSource {
  const events = all.map((record): CloudTrailEvent => {
    const parsed = parseEvent(record, 'test');
    if ('rejected' in parsed) throw new Error(parsed.rejected);
    return parsed.event;
  });
  return {
    name: 'archive',
    needs: [],
    find: async ({ from, to, eventIds }) =>
      found(
        events.filter(
          ({ eventTime, eventID }) =>
            eventTime !== null &&
            from <= eventTime &&
            eventTime < to &&
            (eventIds.length === 0 || eventIds.includes(eventID)),
        ),
        { from, to, categories: ['management'] },
      ),
    issuing: async () => new Map(),
  };
}

const detect = (source: EventSource) =>
  answerPlan(soundPlan({ shape: 'detect', time: TIME }), 'anything unusual?', READER, {
    now: () => new Date('2026-11-22T00:00:00Z'),
    vocabulary: async () => ({ accounts: [], people: [] }),
    organizationAccounts: async () => ['111122223333', '444455556666'],
    sources: [source],
    detections: detectionRules(),
  });

test('the archive gives every detector what a list of all events gives', async () => {
  const all = records();
  const plain = await detect(listOf(all));
  await withArchive(
    [logFile('a', all.slice(0, 500)), logFile('b', all.slice(500))],
    async (archive) => {
      const counted = await detect(archiveSource(archive));
      const told = (answer: typeof plain) =>
        answer.detections?.map(({ id, status, count, events, reason }) => ({
          id,
          status,
          count,
          reason: status === 'found' ? reason : null,
          events: events.map(({ eventID }) => eventID),
        }));
      expect(told(counted)).toEqual(told(plain));
      expect(counted.total).toBe(plain.total);
      expect(
        plain.detections
          ?.filter(({ status }) => status === 'found')
          .map(({ id, count }) => [id, count]),
      ).toEqual([
        ['logging-tampered', 1],
        ['root-use', 1],
        ['new-address-for-key', 1],
        ['denied-burst', 11],
        ['new-region', 1],
        ['first-seen-call', 4],
      ]);
    },
  );
});
