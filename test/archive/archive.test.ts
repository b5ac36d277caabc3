import { gzipSync } from 'node:zlib';
import type { Json } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { ANYTHING, idsIn, listed, logFile, uuid, withArchive } from './archives.ts';

const record = (number: number, difference = {}) =>
  soundRecord({ eventID: uuid(number), ...difference });

test('an event is found by the id it touched, its key, its caller, its address and its own id', async () => {
  const wanted = record(1, {
    requestParameters: { instancesSet: { items: [{ instanceId: 'i-0aaaaaaaaaaaaaaaa' }] } },
    sharedEventID: uuid(77),
    sourceIPAddress: '198.51.100.7',
    userIdentity: {
      type: 'AssumedRole',
      principalId: 'AROAQ7Z1ROLE2ID3X4Y5:carol@bora.example',
      arn: 'arn:aws:sts::111122223333:assumed-role/OrgAdmin/carol@bora.example',
      accessKeyId: 'ASIAQ7Z1SESSION2KEY9',
    },
  });
  await withArchive([logFile('a', [wanted, record(2)])], async (archive) => {
    for (const search of [
      { resources: ['i-0aaaaaaaaaaaaaaaa'] },
      { resources: ['i-0AAAAAAAAAAAAAAAA'] },
      { resources: ['ASIAQ7Z1SESSION2KEY9'] },
      { accessKeyIds: ['ASIAQ7Z1SESSION2KEY9'] },
      { actors: ['carol'] },
      { actors: ['Carol@Bora.example'] },
      { actors: ['OrgAdmin'] },
      { actors: ['arn:aws:iam::111122223333:role/OrgAdmin'] },
      { addresses: ['198.51.100.7'] },
      { addresses: ['198.51.100.0/22'] },
      { eventIds: [uuid(1)] },
      { sharedEventIds: [uuid(77)] },
    ])
      expect([search, await idsIn(archive, search)]).toEqual([search, [uuid(1)]]);
    expect(await idsIn(archive, { resources: ['i-0aaaaaaaaaaaaaaa'] })).toEqual([]);
    expect(await idsIn(archive)).toEqual([uuid(1), uuid(2)]);
  });
});

test('a file is taken in once, and an event once whatever file it comes in', async () => {
  await withArchive([logFile('a', [record(1), record(2)])], async (archive) => {
    const again = await archive.ingest(listed([logFile('a', [record(1), record(2)])]));
    expect(again).toMatchObject({ files: 0, known: 1, events: 0 });
    const late = await archive.ingest(listed([logFile('b', [record(2), record(3), record(3)])]));
    expect(late).toMatchObject({ files: 1, known: 0, events: 1, duplicates: 2 });
    expect(await idsIn(archive)).toEqual([uuid(1), uuid(2), uuid(3)]);
    expect(await archive.knows(['a', 'b', 'c'])).toEqual(new Set(['a', 'b']));
  });
});

test('bad files are set aside and named, and the others go on', async () => {
  const whole = gzipSync(JSON.stringify({ Records: [record(1)] }));
  const files = [
    logFile('truncated', whole.subarray(0, -20)),
    logFile('no JSON', gzipSync('{"Records":[{"eventName":')),
    logFile('junk behind', Buffer.concat([whole, Buffer.from('\0junk')])),
    logFile('no record', gzipSync('{"Records":[{"a":1},7]}')),
    logFile(
      'deep',
      gzipSync(`{"Records":[{"eventName":"A","x":${'['.repeat(5000)}${']'.repeat(5000)}}]}`),
    ),
    logFile('bomb', gzipSync(Buffer.alloc(40_000_000, ' '))),
    logFile('good', [record(2)]),
    logFile('AWSLogs/1/CloudTrail-Digest/x.json.gz', gzipSync('{}')),
    {
      name: 'gone',
      size: 1,
      source: {
        fetch: async () => {
          throw new Error('NoSuchKey');
        },
      },
    },
  ];
  await withArchive([], async (archive) => {
    const told = await archive.ingest(listed(files));
    expect(told.setAside.map(({ name }) => name).sort()).toEqual([
      'bomb',
      'deep',
      'gone',
      'junk behind',
      'no JSON',
      'no record',
      'truncated',
    ]);
    expect(told).toMatchObject({ events: 2, digests: 1 });
    expect(await idsIn(archive)).toEqual([uuid(1), uuid(2)]);
    // What could not be fetched is asked for again.
    expect([...(await archive.knows(files.map(({ name }) => name)))]).not.toContain('gone');
    expect((await archive.contents()).setAside.map(({ name }) => name)).toContain('truncated');
  });
});

test('of more events than are wanted come the newest, with the moment from which on none is missing', async () => {
  const at = (second: number) => `2026-11-20T05:32:${String(second).padStart(2, '0')}Z`;
  const files = [1, 2, 3, 4].map((file) =>
    logFile(
      `f${file}`,
      [0, 1, 2, 3, 4].map((n) => record(file * 10 + n, { eventTime: at(n * 4 + file) })),
    ),
  );
  await withArchive([], async (archive) => {
    for (const file of files) await archive.ingest(listed([file]));
    const some = await archive.selectNewest?.(ANYTHING, 6);
    expect(some?.completeFrom).toBe(at(15));
    expect(some?.events.map(({ eventTime }) => eventTime).sort()).toEqual(
      [15, 16, 17, 18, 19, 20].map(at),
    );
    const all = await archive.selectNewest?.(ANYTHING, 20);
    expect([all?.completeFrom, all?.events.length]).toEqual([null, 20]);
  });
});

test('what handed out a key is found with its copies, however its answer is written', async () => {
  const keys = [1, 2, 3, 4].map((number) => `ASIAQ7Z1SESSION2KEY${number}`);
  const [plain = '', asText = '', encoded = '', hidden = ''] = keys;
  const handingOut = (number: number, responseElements: Json, sharedEventID: Json = null) =>
    record(number, { responseElements, sharedEventID });
  const outside = { userIdentity: { type: 'AWSAccount' } };
  const all = [
    handingOut(1, { credentials: { accessKeyId: plain } }, uuid(77)),
    record(2, { ...outside, sharedEventID: uuid(77) }),
    handingOut(3, { credentials: JSON.stringify({ accessKeyId: asText }) }),
    // What is encoded beside the key makes no JSON of the whole where it is undone first.
    handingOut(4, { credentials: JSON.stringify({ accessKeyId: encoded, from: '%22' }) }),
    handingOut(5, { credentials: { accessKeyId: hidden } }, '****'),
    record(6, { ...outside, sharedEventID: '****' }),
  ];
  const lines = Buffer.from(all.map((one) => JSON.stringify({ detail: one })).join('\n'));
  // As CloudTrail writes it, and in envelopes, which are read in another way.
  for (const file of [logFile('a', all), logFile('a', lines)])
    await withArchive([file], async (archive) => {
      const wanted = [[uuid(1), uuid(2)], [uuid(3)], [uuid(4)], [uuid(5)]];
      for (const [at, key] of keys.entries()) {
        const issued = (await archive.issued([key])).get(key) ?? [];
        expect([key, issued.map(({ eventID }) => eventID)]).toEqual([key, wanted[at]]);
      }
    });
});

test('a name is found in all letters that read as one in small ones', async () => {
  const userIdentity = { type: 'IAMUser', userName: '\u212aIM' };
  await withArchive([logFile('a', [record(1, { userIdentity })])], async (archive) => {
    for (const name of ['kim', 'Kim', '\u212aim'])
      expect([name, await idsIn(archive, { actors: [name] })]).toEqual([name, [uuid(1)]]);
  });
});
