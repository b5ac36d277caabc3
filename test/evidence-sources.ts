import { matching } from '../src/core/evidence/conclude.ts';
import type { EventSource } from '../src/core/evidence/source.ts';
import type { JsonObject } from '../src/core/json.ts';
import type { Plan } from '../src/core/questions/plan.ts';
import { searchFor } from '../src/jobs/answers/search.ts';
import { soundEvent, soundPlan } from './core/evidence/sound.ts';
import { AUDIT, HOSTILE, PAYMENTS, recordsUntil, SHOP } from './evidence-records.ts';

/** A source that holds these records, and how it is put away. */
export type OpenedSource = { source: EventSource; close(): Promise<void> };

/** What the records themselves say, asked of plain JSON and not of our own code. */
type Says = (record: JsonObject, text: string) => boolean;

const INSTANCE = 'i-0aaa1111';
const named =
  (name: string): Says =>
  (record) =>
    record.eventName === name;
/** The id as a whole word of the record's JSON. */
const whole =
  (id: string): Says =>
  (_, text) =>
    new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text);
const all =
  (...says: Says[]): Says =>
  (record, text) =>
    says.every((one) => one(record, text));
const identity = ({ userIdentity }: JsonObject) => userIdentity as JsonObject;

const SEARCHES: [string, Partial<Plan>, Says][] = [
  ['everything', {}, () => true],
  ['an id, and not one that begins like it', { resources: [INSTANCE] }, whole(INSTANCE)],
  [
    'an id and what was done',
    { resources: [INSTANCE], eventNames: ['TerminateInstances'] },
    all(whole(INSTANCE), named('TerminateInstances')),
  ],
  [
    'several ids',
    { resources: ['i-0bbb2222', 'i-0ddd4444'] },
    (_, text) => /i-0bbb2222|i-0ddd4444/.test(text),
  ],
  [
    'the target of a denied call',
    { resources: ['i-0ccc3333'] },
    (_, text) => text.includes('i-0ccc3333'),
  ],
  [
    'denied calls',
    { outcome: 'denied' },
    (record) => String(record.errorCode).includes('Unauthorized'),
  ],
  [
    'what failed',
    { outcome: 'failed' },
    (record) => 'errorCode' in record || 'errorMessage' in record,
  ],
  ['a name', { resources: ['finance-reports'] }, named('PutBucketPolicy')],
  ['an ARN', { resources: ['arn:aws:s3:::finance-reports'] }, named('PutBucketPolicy')],
  [
    'an ARN that is percent-encoded in a record',
    { resources: [`arn:aws:iam::${SHOP}:role/OrgAdmin`], eventNames: ['CreateAccessEntry'] },
    named('CreateAccessEntry'),
  ],
  [
    'a name of which CloudTrail writes the version',
    { eventNames: ['UpdateFunctionCode'] },
    named('UpdateFunctionCode20150331v2'),
  ],
  [
    'several names',
    { eventNames: ['ConsoleLogin', 'AssumeRole'] },
    (r) => /^(ConsoleLogin|AssumeRole)$/.test(String(r.eventName)),
  ],
  ['one account', { accounts: [PAYMENTS] }, (record) => record.recipientAccountId === PAYMENTS],
  ['one region', { regions: ['us-east-1'] }, (record) => record.awsRegion === 'us-east-1'],
  [
    'a key',
    { actor: { kind: 'access-key', value: 'ASIAQ7Z1SESSION2KEY3' } },
    (record) => identity(record).accessKeyId === 'ASIAQ7Z1SESSION2KEY3',
  ],
  [
    'a user',
    { actor: { kind: 'name', value: 'mallory' } },
    (record) => identity(record).userName === 'mallory',
  ],
  [
    'a role',
    { actor: { kind: 'role', value: 'auditor' } },
    (record) => String(identity(record).arn).includes('assumed-role/auditor/'),
  ],
  [
    'an address',
    { addresses: ['198.51.100.7'] },
    (record) => record.sourceIPAddress === '198.51.100.7',
  ],
  [
    'a range',
    { addresses: ['203.0.113.0/24'] },
    (record) => String(record.sourceIPAddress).startsWith('203.0.113.'),
  ],
  ['an address of the sixth version', { addresses: ['2001:db8::7'] }, named('ConsoleLogin')],
  ['reads', { readOnly: true }, (record) => record.readOnly === true],
  ['more than a page', { eventNames: ['CreateSnapshot'] }, named('CreateSnapshot')],
  ['one of a crowd', { resources: ['vol-17'] }, whole('vol-17')],
  ['nothing', { resources: ['i-0fff9999'] }, () => false],
  [
    'all but one caller and one region',
    {
      except: {
        ...soundPlan().except,
        actors: [{ kind: 'name', value: 'alice' }],
        regions: ['us-east-1'],
      },
    },
    (record) => identity(record).userName !== 'alice' && record.awsRegion !== 'us-east-1',
  ],
];

/**
 * The contract of a source of events: of the same records all give the same answers, to every search;
 * what they could not look at they name. `open` is given all records of the organization.
 */
export function keepsTheContract(
  name: string,
  open: (records: JsonObject[], now: Date) => Promise<OpenedSource>,
): void {
  describe(`${name}, as a source of events`, () => {
    const now = new Date();
    const records = recordsUntil(now);
    const texts = new Map(records.map((record) => [record, JSON.stringify(record)]));
    const ids = (says: Says) =>
      records
        .filter((record) => says(record, texts.get(record) ?? ''))
        .map(({ eventID }) => String(eventID))
        .sort();
    const time = {
      from: new Date(now.getTime() - 30 * 86_400_000).toISOString(),
      to: now.toISOString(),
      zone: 'UTC',
      assumed: true,
    };
    let opened: OpenedSource;
    beforeAll(async () => {
      opened = await open(records, now);
    }, 120_000);
    afterAll(async () => opened.close());

    const answers = async (difference: Partial<Plan>) => {
      const plan = soundPlan({ time, ...difference });
      const found = await opened.source.find(searchFor(plan));
      const { events } = matching(plan, [{ source: opened.source.name, found }]);
      return { found, ids: events.map(({ eventID }) => eventID).sort() };
    };

    test.each(SEARCHES)('answers %s exactly', async (_, plan, says) => {
      expect((await answers(plan)).ids).toEqual(ids(says));
    });

    test('a time is half-open: its first moment is in it, its last is not', async () => {
      const times = records.map(({ eventTime }) => String(eventTime)).sort();
      const [from = '', to = ''] = [times[3], times[7]];
      const inside = (record: JsonObject) =>
        String(record.eventTime) >= from && String(record.eventTime) < to;
      expect((await answers({ time: { ...time, from, to } })).ids).toEqual(ids(inside));
    });

    test('an event is found by its id', async () => {
      const [one = ''] = ids(named('PutBucketPolicy'));
      expect((await answers({ shape: 'event', resources: [one] })).ids).toEqual([one]);
    });

    test('copies of one call are found by what joins them', async () => {
      const found = await opened.source.find({
        ...searchFor(soundPlan({ time, eventNames: ['AssumeRole'] })),
        sharedEventIds: ['9c2f6a8e-0000-4000-8000-00000000beef'],
      });
      const joined = found.events.filter(({ sharedEventID }) => sharedEventID !== null);
      expect(joined.map(({ account }) => account).sort()).toEqual([AUDIT, SHOP]);
    });

    test('what issued a session is found, with the copy of the account that was left', async () => {
      const key = 'ASIAQ7Z1SESSION2KEY3';
      const [used] = records.filter((record) => identity(record).accessKeyId === key);
      const session = { accessKeyId: key, usedBy: soundEvent(used as JsonObject) };
      const other = { accessKeyId: 'ASIAQ7Z1NOBODY2KEY3X', usedBy: soundEvent() };
      const issued = await opened.source.issuing([session, other]);
      const told = issued.get(key)?.events.map(({ account }) => account) ?? [];
      expect([...new Set(told)].sort()).toEqual([AUDIT, SHOP]);
      expect(issued.get(other.accessKeyId)?.events).toEqual([]);
    });

    test.each(HOSTILE)('%j is looked for, not obeyed', async (text) => {
      for (const plan of [
        { resources: [text] },
        { eventNames: [text] },
        { actor: { kind: 'name' as const, value: text } },
        { accounts: [text] },
        { regions: [text] },
        { addresses: [text] },
      ]) {
        const told = await answers(plan);
        const tags =
          'resources' in plan ? ids((_, json) => json.includes(`:${JSON.stringify(text)}`)) : [];
        expect(told.ids.filter((id) => !tags.includes(id))).toEqual([]);
      }
      expect((await answers({})).ids).toHaveLength(records.length);
    });

    test('an account that it knows nothing of is a gap', async () => {
      const { found } = await answers({ accounts: ['999999999999'] });
      expect(found.events).toEqual([]);
      expect(found.searched.accounts.searched).toEqual([]);
      expect(found.searched.gaps.map(({ account }) => account)).toContain('999999999999');
    });

    test('a time that it does not keep is not claimed', async () => {
      const from = new Date(now.getTime() - 900 * 86_400_000).toISOString();
      const { found } = await answers({ time: { ...time, from } });
      const begins = Date.parse(found.searched.from) - Date.parse(from);
      expect(
        begins > 86_400_000 || found.searched.gaps.length > 0 || found.searched.held !== undefined,
      ).toBe(true);
      expect(begins).toBeGreaterThan(86_400_000);
    });

    test('it says what it has searched, and since when that is settled', async () => {
      const { found } = await answers({ accounts: [SHOP] });
      expect(found.searched.accounts.searched).toEqual([SHOP]);
      expect(found.searched.categories).toContain('management');
      expect(
        found.searched.settledUntil === null || found.searched.settledUntil <= now.toISOString(),
      ).toBe(true);
    });
  });
}
