import { existsSync, globSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { archiveSource } from '../src/archive/archive-source.ts';
import { openLogFiles } from '../src/archive/log-files.ts';
import { openArchive } from '../src/archive/open-archive.ts';
import type { EventSource } from '../src/core/evidence/source.ts';
import type { JsonObject } from '../src/core/json.ts';
import type { Plan } from '../src/core/questions/plan.ts';
import { ingestLogs } from '../src/ingest-logs.ts';
import { answerPlan } from '../src/jobs/answer-question.ts';
import { soundPlan } from './core/evidence/sound.ts';

const SHARED = join(__dirname, '../../shared/data/cloudtrail');
const there = existsSync(SHARED);
if (!there) console.warn(`${SHARED} is absent: exact answers over real records are not tested`);

/** The records as they are, each once: by its id, or where exports wrote one id into all, as a whole. */
function rawRecords(): { record: JsonObject; text: string; id: string }[] {
  const lines = globSync(join(SHARED, '**/*.jsonl.gz')).flatMap((file) =>
    gunzipSync(readFileSync(file)).toString().split('\n').filter(Boolean),
  );
  const known = new Map<string, { record: JsonObject; text: string; id: string }>();
  for (const text of lines) {
    const record = JSON.parse(text) as JsonObject;
    const id = String(record.eventID ?? '');
    const isOwn = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i.test(id);
    const key = isOwn ? id.toLowerCase() : text;
    if (!known.has(key)) known.set(key, { record, text, id });
  }
  return [...known.values()];
}

const time = {
  from: '2000-01-01T00:00:00Z',
  to: '2100-01-01T00:00:00Z',
  zone: 'UTC',
  assumed: true,
};

/** The plans whose answers are compared, with what the JSON itself says: written without our own code. */
function questions(records: ReturnType<typeof rawRecords>) {
  const distinct = (pick: (one: (typeof records)[number]) => unknown) =>
    [...new Set(records.map(pick))].filter(
      (value): value is string => typeof value === 'string' && value !== '',
    );
  const withoutVersion = (name: unknown) => String(name).replace(/\d{4}_?\d{2}_?\d{2}(v\d+)?$/, '');
  const found: [string, Partial<Plan>, (record: JsonObject, text: string) => boolean][] = [
    ['everything', {}, () => true],
  ];
  for (const name of distinct(({ record }) => withoutVersion(record.eventName)))
    found.push([
      name,
      { eventNames: [name] },
      (record) => withoutVersion(record.eventName) === name,
    ]);
  for (const source of distinct(({ record }) => record.eventSource))
    found.push([source, { eventSources: [source] }, (record) => record.eventSource === source]);
  for (const region of distinct(({ record }) => record.awsRegion))
    found.push([region, { regions: [region] }, (record) => record.awsRegion === region]);
  for (const account of distinct(({ record }) => record.recipientAccountId))
    found.push([
      account,
      { accounts: [account] },
      (record) =>
        (record.recipientAccountId ??
          (record.userIdentity as JsonObject | undefined)?.accountId) === account,
    ]);
  for (const address of distinct(({ record }) => record.sourceIPAddress).filter((one) =>
    /^\d+(\.\d+){3}$/.test(one),
  ))
    found.push([address, { addresses: [address] }, (record) => record.sourceIPAddress === address]);
  for (const key of distinct(
    ({ record }) => (record.userIdentity as JsonObject | null)?.accessKeyId,
  ))
    found.push([
      key,
      { actor: { kind: 'access-key', value: key } },
      (record) => (record.userIdentity as JsonObject | null)?.accessKeyId === key,
    ]);
  const ids = new Set(
    records.flatMap(
      ({ text }) =>
        text.match(
          /(?<![\w-])(i|vol|vpc|sg|subnet|snap|ami|eni|rtb|igw)-[0-9a-f]{8,17}(?![\w-])/g,
        ) ?? [],
    ),
  );
  for (const id of ids)
    found.push([
      id,
      { resources: [id] },
      (_, text) => new RegExp(`(?<![\\w-])${id}(?![\\w-])`).test(text),
    ]);
  return found;
}

const READER = { language: 'en' as const, timeZone: 'UTC' };

const describeData = there ? describe : describe.skip;
describeData('over real records, against plain JavaScript over their JSON', () => {
  const folder = mkdtempSync(join(tmpdir(), 'trailwarden-exact-'));
  const closing: (() => unknown)[] = [];
  afterAll(async () => {
    for (const close of closing) await close();
    rmSync(folder, { recursive: true, force: true });
  });

  const sources: [string, () => Promise<EventSource>][] = [
    [
      'log files',
      async () => {
        const files = openLogFiles([SHARED]);
        closing.push(() => files.close());
        return files;
      },
    ],
    [
      'the archive',
      async () => {
        const archive = await openArchive(join(folder, 'archive'));
        closing.push(() => archive.close());
        const bucket = () => {
          throw new Error('there is no bucket here');
        };
        await ingestLogs([SHARED], { archive, directory: folder, bucket });
        return archiveSource(archive);
      },
    ],
  ];

  const records = there ? rawRecords() : [];
  const asked = there ? questions(records) : [];
  const most = 100;
  // One at least: a table without rows is refused, also where all is skipped.
  const parts = Array.from({ length: Math.ceil(asked.length / most) || 1 }, (_, n) => n * most);

  test('there are more than 400 questions', () => {
    expect(asked.length).toBeGreaterThan(400);
  });

  describe.each(sources)('%s: total is the true number, and events are those', (_, open) => {
    let source: EventSource;
    beforeAll(async () => {
      source = await open();
    }, 120_000);

    // About six hundred questions, a hundred a test.
    test.each(parts)(
      'from question %i on',
      async (from) => {
        const wrong: object[] = [];
        for (const [words, difference, says] of asked.slice(from, from + most)) {
          const expected = records.filter(({ record, text }) => says(record, text));
          const plan = soundPlan({ time, ...difference });
          const answer = await answerPlan(plan, words, READER, {
            now: () => new Date('2026-11-22T09:00:00Z'),
            vocabulary: async () => ({ accounts: [], people: [] }),
            sources: [source],
          });
          const ids = new Set(expected.map(({ id }) => id));
          const strangers = answer.events.filter(({ eventID }) => !ids.has(eventID));
          const shown = Math.min(30, expected.length);
          if (
            answer.total !== expected.length ||
            strangers.length > 0 ||
            answer.events.length !== shown
          )
            wrong.push({
              words,
              expected: expected.length,
              total: answer.total,
              strangers: strangers.map(({ eventID }) => eventID),
            });
        }
        expect(wrong).toEqual([]);
      },
      60_000,
    );
  });
});
