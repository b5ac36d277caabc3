import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { openArchive } from '../../src/archive/open-archive.ts';
import type { JsonObject } from '../../src/core/json.ts';
import { soundRecord } from '../core/evidence/sound.ts';
import { ANYTHING, idsIn, listed, logFile, uuid, withArchive } from './archives.ts';

const FILES = 300;
const PER_FILE = 40;

/** Files of which every tenth event stands in the next one as well. */
function writeFiles(folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  const ids = new Set<string>();
  for (let file = 0; file < FILES; file += 1) {
    const all: JsonObject[] = [];
    for (let n = 0; n < PER_FILE + 4; n += 1) {
      const eventID = uuid(file * PER_FILE + n + 1);
      ids.add(eventID);
      all.push(soundRecord({ eventID }));
    }
    writeFileSync(join(folder, `${file}.json.gz`), gzipSync(JSON.stringify({ Records: all })));
  }
  return [...ids].sort();
}

function start(directory: string, folder: string, times = 1): ChildProcess {
  const file = join(__dirname, 'archive-process.mjs');
  return spawn(process.execPath, [file, directory, folder, String(times)], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
}

async function inFolders(
  work: (directory: string, folder: string, ids: string[]) => Promise<void>,
) {
  const root = mkdtempSync(join(tmpdir(), 'archive-crash-'));
  try {
    const ids = writeFiles(join(root, 'logs'));
    await work(join(root, 'archive'), join(root, 'logs'), ids);
  } finally {
    rmSync(root, { recursive: true });
  }
}

async function holdsExactly(directory: string, ids: string[]): Promise<void> {
  const archive = await openArchive(directory);
  expect(await idsIn(archive)).toEqual(ids);
  const { events, cells } = await archive.contents();
  expect(events).toBe(ids.length);
  expect(cells.reduce((sum, cell) => sum + cell.events, 0)).toBe(ids.length);
  await archive.close();
}

test('killed at any moment and run again, it holds every event once', async () => {
  await inFolders(async (directory, folder, ids) => {
    let killed = 0;
    for (let round = 0; round < 6; round += 1) {
      const child = start(directory, folder);
      await once(child.stdout as NonNullable<ChildProcess['stdout']>, 'data');
      // At another moment each time: while opening, reading, writing, or after the end.
      const timer = setTimeout(() => child.kill('SIGKILL'), 30 + round * round * 60);
      const [, signal] = await once(child, 'exit');
      clearTimeout(timer);
      if (signal === 'SIGKILL') killed += 1;
    }
    expect(killed).toBeGreaterThan(0);
    const last = start(directory, folder);
    expect(await once(last, 'exit')).toEqual([0, null]);
    await holdsExactly(directory, ids);
    // Nothing of the dead is left.
    const segments = readdirSync(directory).filter((name) => name.endsWith('.segment'));
    expect(segments).toHaveLength(1);
  });
}, 120_000);

test('two processes at once take every event in once', async () => {
  await inFolders(async (directory, folder, ids) => {
    const children = [
      start(directory, folder),
      start(directory, folder, 2),
      start(directory, folder),
    ];
    const exits = await Promise.all(children.map((child) => once(child, 'exit')));
    expect(exits).toEqual(children.map(() => [0, null]));
    await holdsExactly(directory, ids);
  });
}, 120_000);

test('a leftover of somebody who was killed while writing is removed, a segment that counts is not', async () => {
  await withArchive(
    [logFile('a', [soundRecord({ eventID: uuid(1) })])],
    async (archive, directory) => {
      writeFileSync(join(directory, 'host.1.x.1.segment'), 'half of a seg');
      await archive.ingest(listed([logFile('b', [soundRecord({ eventID: uuid(2) })])]));
      expect(readdirSync(directory).filter((name) => name.startsWith('host.'))).toEqual([]);
      expect(await idsIn(archive)).toEqual([uuid(1), uuid(2)]);
    },
  );
});

test('many small segments become a few, and answer as before', async () => {
  await withArchive([], async (archive, directory) => {
    const ids: string[] = [];
    for (let batch = 0; batch < 20; batch += 1) {
      const all = Array.from({ length: 5 }, (_, n) => {
        const number = batch * 5 + n + 1;
        ids.push(uuid(number));
        return soundRecord({
          eventID: uuid(number),
          requestParameters: { instanceId: `i-${number.toString(16).padStart(17, '0')}` },
          sharedEventID: uuid(1000 + (number % 7)),
        });
      });
      await archive.ingest(listed([logFile(`f${batch}`, all)]));
    }
    expect(readdirSync(directory).filter((name) => name.endsWith('.segment')).length).toBeLessThan(
      12,
    );
    expect(await idsIn(archive)).toEqual(ids.sort());
    for (const number of [1, 7, 50, 100]) {
      const resources = [`i-${number.toString(16).padStart(17, '0')}`];
      const found = await archive.select({ ...ANYTHING, resources });
      expect(found.map(({ eventID }) => eventID)).toEqual([uuid(number)]);
      expect(found[0]?.origin).toBe(`f${Math.floor((number - 1) / 5)}`);
    }
    expect(await idsIn(archive, { sharedEventIds: [uuid(1003)] })).toHaveLength(14);
    const again = await archive.ingest(
      listed([logFile('again', [soundRecord({ eventID: uuid(50) })])]),
    );
    expect(again).toMatchObject({ events: 0, duplicates: 1 });
  });
}, 60_000);
