import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import type { LogFile } from '../../src/archive/archive.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import { volumesIn } from '../../src/archive/volumes.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { listed, logFile, uuid, withArchive } from './archives.ts';

const ACCOUNTS = ['111122223333', '444455556666'] as const;

/** Records of every kind that is charged; those of one number agree, as copies of one event do. */
const charged: fc.Arbitrary<JsonObject> = fc.integer({ min: 1, max: 500 }).map((number) => {
  const of = <T>(list: readonly T[], by: number) =>
    list[Math.floor(number / by) % list.length] as T;
  const category = of(
    ['Management', 'Data', 'Data', 'NetworkActivity', 'Insight', null, 'data'],
    1,
  );
  return soundRecord({
    eventID: uuid(number),
    eventTime:
      number % 40 === 0
        ? null
        : new Date(Date.UTC(2026, 10, 1) + number * 3_600_000).toISOString().replace('.000Z', 'Z'),
    eventCategory: category,
    eventSource: of(['s3.amazonaws.com', 's3.amazonaws.com', 'dynamodb.amazonaws.com'], 3),
    eventName: of(['GetObject', 'PutObject'], 2),
    readOnly: of([true, false, null, 'true'], 2),
    awsRegion: of(['eu-west-1', 'us-east-1'], 7),
    recipientAccountId: of(ACCOUNTS, 5),
    requestParameters: of<JsonObject | null | string>(
      [
        { bucketName: 'card-data', key: 'k' },
        { key: '{"bucketName":"not-this"}', bucketName: 'orders' },
        { bucketName: 7 },
        { bucketName: 'a"quoted\n한국' },
        null,
        'text',
        {},
      ],
      2,
    ),
  });
});

// 5 sets of up to 120 records in three files, whose copies overlap; each counted three times.
test('an archive counts as the files that it was filled from', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(charged, { minLength: 3, maxLength: 120, size: 'max' }),
      async (all) => {
        const folder = mkdtempSync(join(tmpdir(), 'volumes-'));
        const third = Math.ceil(all.length / 3);
        const files = [0, 1, 2].map((n): LogFile => {
          const some = all.slice(Math.max(0, n * third - 5), (n + 1) * third);
          const path = join(folder, `f${n}.json.gz`);
          writeFileSync(path, gzipSync(JSON.stringify({ Records: some })));
          return { name: path, size: readFileSync(path).length, source: { path } };
        });
        try {
          const { counts, first, last, unread } = await volumesIn([folder]);
          await withArchive([], async (archive) => {
            for (const file of files) await archive.ingest(listed([file]));
            if (first === null) return expect(await archive.volumes()).toBeNull();
            // What was not read for want of time is counted without a bucket, and is told.
            const hurried = await archive.volumes({ most: 0 });
            const objects = counts.filter(({ bucket }) => bucket !== null);
            expect(hurried?.archive?.unplaced).toBeGreaterThanOrEqual(sum(objects));
            expect(sum(hurried?.counts ?? [])).toBe(sum(counts));
            for (const _ of ['read', 'kept']) {
              const { archive: whole, ...volumes } = (await archive.volumes()) ?? {};
              expect(volumes).toEqual({ counts, first, last, unread });
              expect(whole?.unplaced).toBe(0);
            }
          });
        } finally {
          rmSync(folder, { recursive: true });
        }
      },
    ),
    { numRuns: 5, endOnFailure: true },
  );
}, 120_000);

const sum = (counts: { events: number }[]) => counts.reduce((all, { events }) => all + events, 0);

let next = 1000;
/** A record of a day of November, with an id of its own. */
function onDay(day: number, differs: JsonObject = {}): JsonObject {
  next += 1;
  const eventTime = `2026-11-${String(day).padStart(2, '0')}T12:00:00Z`;
  return soundRecord({ eventID: uuid(next), eventTime, ...differs });
}

const days = (list: number[], differs: JsonObject = {}) =>
  list.map((day) => onDay(day, { recipientAccountId: ACCOUNTS[0], ...differs }));
const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, n) => from + n);

async function coverageOf(records: JsonObject[], how = {}) {
  return withArchive([logFile('a', records)], async (archive) => archive.volumes(how));
}

describe('an archive says how much it covers', () => {
  test('of an account, all of its time from the first file on: a quiet day is one without events', async () => {
    const volumes = await coverageOf([
      ...days(range(1, 20)),
      ...days([11, 14], { recipientAccountId: ACCOUNTS[1] }),
    ]);
    expect([volumes?.first, volumes?.last]).toEqual([
      '2026-11-01T12:00:00Z',
      '2026-11-20T12:00:00Z',
    ]);
    expect(volumes?.archive?.accounts).toEqual({
      [ACCOUNTS[0]]: { days: 19, lost: 0, missing: 0 },
      [ACCOUNTS[1]]: { days: 9.5, lost: 0, missing: 0 },
    });
  });

  test('a day without a file of anybody is lost, however few days there are', async () => {
    const volumes = await coverageOf(days([17, 19, 20]));
    expect(volumes?.archive?.accounts).toEqual({ [ACCOUNTS[0]]: { days: 2, lost: 1, missing: 0 } });
  });

  test('so are the days of an account that delivers nearly always, and those since it stopped', async () => {
    const volumes = await coverageOf([
      ...days(range(1, 20)),
      ...days([...range(1, 9), ...range(12, 15)], { recipientAccountId: ACCOUNTS[1] }),
    ]);
    // The 10th and 11th, and the 16th to the 19th; the 20th is not over.
    expect(volumes?.archive?.accounts[ACCOUNTS[1]]).toEqual({ days: 13, lost: 6, missing: 0 });
  });

  test('days of a single region are missing: the other regions of the account were recorded', async () => {
    const volumes = await coverageOf([
      ...days(range(1, 20)),
      ...days([...range(1, 10), ...range(13, 20)], { awsRegion: 'us-east-1' }),
    ]);
    expect(volumes?.archive?.accounts[ACCOUNTS[0]]).toEqual({ days: 19, lost: 0, missing: 2 });
  });

  test('of the last days only those are counted, also of an account that was there before', async () => {
    const volumes = await coverageOf(
      [...days(range(1, 20)), ...days([2, 18], { recipientAccountId: ACCOUNTS[1] })],
      { days: 5 },
    );
    expect(volumes).toMatchObject({
      first: '2026-11-16T00:00:00Z',
      last: '2026-11-20T12:00:00Z',
      archive: { accounts: { [ACCOUNTS[0]]: { days: 4.5 }, [ACCOUNTS[1]]: { days: 4.5 } } },
    });
    expect(sum(volumes?.counts ?? [])).toBe(6);
  });

  test('an empty archive, and one of records without a time, have nothing to count', async () => {
    await withArchive([], async (archive) => expect(await archive.volumes()).toBeNull());
    expect(await coverageOf([onDay(1, { eventTime: null })])).toBeNull();
  });

  test('files that were set aside are unread', async () => {
    const broken = logFile('b', Buffer.from('no gzip at all {'));
    await withArchive([logFile('a', days([20])), broken], async (archive) =>
      expect((await archive.volumes())?.unread).toBe(1),
    );
  });
});

test('what was counted is kept beside the segments, read on where it was left, and dropped with them', async () => {
  const object = (day: number) =>
    onDay(day, {
      eventCategory: 'Data',
      eventSource: 's3.amazonaws.com',
      requestParameters: { bucketName: 'card-data', key: 'k' },
    });
  await withArchive([], async (archive, directory) => {
    for (const day of range(1, 7))
      await archive.ingest(listed([logFile(`f${day}`, [object(day), object(day)])]));
    const inBucket = async (how = {}) => {
      const volumes = await archive.volumes(how);
      const placed = volumes?.counts.filter(({ bucket }) => bucket === 'card-data') ?? [];
      return [sum(placed), volumes?.archive?.unplaced];
    };
    // Four records at a time, since no segment is read in part only.
    expect(await inBucket({ most: 5 })).toEqual([4, 10]);
    expect(await inBucket({ most: 5 })).toEqual([8, 6]);
    expect(await inBucket({ most: 0, days: 2 })).toEqual([4, 0]);
    // The eighth segment makes one of all, which is read anew.
    await archive.ingest(listed([logFile('f8', [object(8)])]));
    expect(await inBucket({ most: 0 })).toEqual([0, 15]);
    expect(await inBucket()).toEqual([15, 0]);
    // Another process, and a folder of which the counts were deleted, say the same.
    for (const deleted of [false, true]) {
      if (deleted)
        for (const end of ['', '-wal', '-shm'])
          rmSync(join(directory, `volumes.sqlite${end}`), { force: true });
      const other = await openArchive(directory);
      expect(sum((await other.volumes())?.counts ?? [])).toBe(15);
      await other.close();
    }
  });
});

test('a damaged file of counts is named; without it the same is counted again', async () => {
  await withArchive([logFile('a', days([19, 20]))], async (archive, directory) => {
    const before = await archive.volumes();
    const file = join(directory, 'volumes.sqlite');
    for (const end of ['', '-wal', '-shm']) rmSync(`${file}${end}`, { force: true });
    writeFileSync(file, 'no database at all, and longer than the head of one would be'.repeat(9));
    await expect(archive.volumes()).rejects.toThrow(`${file}, which may be deleted`);
    rmSync(file);
    expect(await archive.volumes()).toEqual(before);
  });
});
