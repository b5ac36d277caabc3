import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { openArchive } from '../../src/archive/open-archive.ts';
import { openSealedDuckDB } from '../../src/archive/sealed-duckdb.ts';
import { soundPlan, soundRecord } from '../core/evidence/sound.ts';
import { idsIn, listed, logFile, uuid, withArchive } from './archives.ts';

const record = (number: number, differs = {}) => soundRecord({ eventID: uuid(number), ...differs });
const COUNT = soundPlan({ shape: 'count', groupBy: ['event'] });

test('the columns are Parquet that any tool reads', async () => {
  const all = [
    record(1, { eventName: 'DeleteTrail', sourceIPAddress: '198.51.100.7' }),
    record(2, { eventName: 'DeleteTrail', errorCode: 'AccessDenied' }),
  ];
  await withArchive([logFile('a', all)], async (_, directory) => {
    const [file = ''] = readdirSync(directory).filter((name) => name.endsWith('.parquet'));
    const instance = await openSealedDuckDB(directory);
    const connection = await instance.connect();
    const read = await connection.runAndReadAll(
      `SELECT event, outcome, address FROM '${join(directory, file)}' ORDER BY outcome DESC`,
    );
    expect(read.getRowsJson()).toEqual([
      ['DeleteTrail', 'ok', '198.51.100.7'],
      ['DeleteTrail', 'AccessDenied', expect.any(String)],
    ]);
    // The same DuckDB opens nothing beside the archive.
    await expect(connection.run(`SELECT * FROM read_text('${__filename}')`)).rejects.toThrow(
      /Permission|disabled/,
    );
    connection.closeSync();
    instance.closeSync();
  });
});

test.each([
  ['in one file', [[1, 2]]],
  ['in two files of one batch', [[1], [2]]],
])('one event id at two times is left to the core, which counts it once: %s', async (_, files) => {
  const at = (second: number) => record(1, { eventTime: `2026-11-20T05:32:0${second}Z` });
  await withArchive(
    files.map((seconds, index) => logFile(`f${index}`, seconds.map(at))),
    async (archive) => expect(await archive.tally(COUNT)).toBeNull(),
  );
});

test('one event id at two times is noticed in a later batch too', async () => {
  const at = (second: number) => record(1, { eventTime: `2026-11-20T05:32:0${second}Z` });
  await withArchive([logFile('a', [at(1), record(2), at(9)].slice(0, 2))], async (archive) => {
    expect((await archive.tally(COUNT))?.total).toBe(2);
    await archive.ingest(listed([logFile('b', [at(0), record(3)])]));
    // The segments of the two batches do not overlap in time, so both are kept.
    await archive.ingest(listed([logFile('c', [at(1), at(5)])]));
    expect(await archive.tally(COUNT)).toBeNull();
  });
});

test('two archives of one process wait for each other, and hold every event once', async () => {
  await withArchive([], async (one, directory) => {
    const other = await openArchive(directory);
    const files = (from: number) =>
      [0, 1, 2].map((n) => logFile(`f${from + n}`, [record(from + n), record(100 + n)]));
    await Promise.all([one.ingest(listed(files(1))), other.ingest(listed(files(11)))]);
    const ids = [1, 2, 3, 11, 12, 13, 100, 101, 102].map(uuid).sort();
    expect(await idsIn(one)).toEqual(ids);
    expect((await other.tally(COUNT))?.total).toBe(ids.length);
    await other.close();
  });
});

test('files that somebody else takes in meanwhile are taken in once', async () => {
  const files = [1, 2, 3].map((n) => logFile(`f${n}`, [record(n)]));
  const [mine] = files;
  await withArchive([], async (one, directory) => {
    const other = await openArchive(directory);
    async function* slowly() {
      yield* files;
      await other.ingest(listed(files.slice(1)));
    }
    expect(await one.ingest(slowly())).toMatchObject({ files: 1, known: 2, events: 1 });
    const { cells, events } = await one.contents();
    expect(cells.reduce((sum, cell) => sum + cell.files, 0)).toBe(3);
    expect(events).toBe(3);
    expect(await other.knows([mine?.name ?? '', 'never seen'])).toEqual(new Set([mine?.name]));
    await other.close();
  });
});

test('a file that comes again with another size is another one', async () => {
  const files = [logFile('a', [record(1)]), logFile('a', [record(1), record(2)])];
  await withArchive([], async (archive) => {
    expect(await archive.ingest(listed(files))).toMatchObject({ files: 2, known: 0, events: 2 });
    expect(await archive.ingest(listed(files))).toMatchObject({ files: 0, known: 2, events: 0 });
  });
});

test('words that the index leaves out are found all the same', async () => {
  const moment = '2026-11-20T06:00:00Z';
  const long = 'x'.repeat(400);
  const wanted = record(1, { requestParameters: { at: moment, key: long, port: 8443, big: 1e20 } });
  await withArchive([logFile('a', [wanted, record(2)])], async (archive) => {
    for (const id of [moment, long, '8443', '100000000000000000000'])
      expect([id, await idsIn(archive, { resources: [id] })]).toEqual([id, [uuid(1)]]);
  });
});
