import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as moment } from 'node:timers/promises';
import { columnsInDuckDB } from '../../src/archive/columns-in-duckdb.ts';
import { ingest } from '../../src/archive/ingest.ts';
import { openManifest } from '../../src/archive/manifest.ts';
import { createShelf } from '../../src/archive/shelf.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { idsIn, listed, logFile, uuid, withArchive } from './archives.ts';

/**
 * All but the first pass for so large that they are groups of their own. A segment is full after 256 groups, and
 * behind these there are so few that none has to wait for it.
 */
const files = Array.from({ length: 320 }, (_, number) => ({
  ...logFile(`file ${number}`, [soundRecord({ eventID: uuid(number) })]),
  size: number < 60 ? 1 : 5 * 1024 * 1024,
}));

test('a list of files that breaks off while a segment is written: nothing is under way behind its end', async () => {
  const directory = mkdtempSync(join(tmpdir(), 'ingest-'));
  const manifest = openManifest(join(directory, 'manifest.sqlite'));
  const shelf = createShelf(directory, manifest);
  const columns = columnsInDuckDB(directory);
  const happened: string[] = [];
  const begun = Promise.withResolvers<void>();
  const place = {
    directory,
    manifest,
    shelf,
    columns: {
      ...columns,
      async write(...told: Parameters<typeof columns.write>) {
        begun.resolve();
        await moment(500);
        await columns.write(...told);
        happened.push('written');
      },
    },
  };
  async function* breaking() {
    yield* files;
    await begun.promise;
    throw new Error('no more can be listed');
  }
  const ended = ingest(place, breaking()).finally(() => happened.push('ended'));
  await expect(ended).rejects.toThrow('no more can be listed');
  expect(happened).toEqual(['written', 'ended']);
  const { files: taken, known } = await ingest(place, listed(files));
  expect([taken + known, manifest.contents().events]).toEqual([320, 320]);
  await columns.close();
  shelf.close();
  manifest.close();
  rmSync(directory, { recursive: true });
}, 60_000);

test('a file that was set aside, and is read another time, is set aside no more', async () => {
  await withArchive(
    [logFile('broken', Buffer.from('{"Records":[{},'))],
    async (archive, directory) => {
      const path = join(directory, 'late.json');
      const late = { name: path, size: 0, source: { path } };
      const names = async () => (await archive.contents()).setAside.map(({ name }) => name);
      await archive.ingest(listed([late]));
      expect((await names()).sort()).toEqual([path, 'broken'].sort());
      const record = JSON.stringify(soundRecord({ eventID: uuid(1) }));
      writeFileSync(path, record);
      await archive.ingest(listed([{ ...late, size: record.length }]));
      expect(await idsIn(archive)).toEqual([uuid(1)]);
      expect(await names()).toEqual(['broken']);
    },
  );
}, 60_000);
