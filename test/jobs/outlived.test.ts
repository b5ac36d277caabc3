import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { archiveSource } from '../../src/archive/archive-source.ts';
import { openArchive } from '../../src/archive/open-archive.ts';
import { conclude } from '../../src/core/evidence/conclude.ts';
import type { EventSource, Found, Search } from '../../src/core/evidence/source.ts';
import { outlived } from '../../src/jobs/outlived.ts';
import { inOrder, searchInOrder } from '../../src/jobs/search-sources.ts';
import { openArchiveOf } from '../../src/wire-archive.ts';
import { listed, logFile } from '../archive/archives.ts';
import { found, soundEvent, soundPlan, soundRecord } from '../core/evidence/sound.ts';

const WANTED: Search = {
  from: '2026-11-01T00:00:00.000Z',
  to: '2026-11-22T09:00:00.000Z',
  accounts: 'all',
  regions: 'all',
  resources: ['i-0dbc91f429e48eeed'],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};
const FAILED = /^reading the archive failed/;

const folder = mkdtempSync(join(tmpdir(), 'outlived-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** An archive with one event, whose segment somebody has overwritten since. */
async function damagedArchive() {
  const directory = mkdtempSync(join(folder, 'archive-'));
  const archive = await openArchive(directory);
  await archive.ingest(listed([logFile('a.json.gz', [soundRecord()])]));
  await archive.close();
  const segments = readdirSync(directory).filter((name) => name.endsWith('.segment'));
  expect(segments).toHaveLength(1);
  for (const name of segments) writeFileSync(join(directory, name), 'garbage');
  return openArchive(directory);
}

const history = (of: Found): EventSource => ({
  name: 'LookupEvents',
  needs: [],
  find: async () => of,
  issuing: async () => new Map(),
});

test('a damaged archive keeps nobody from answering, and the answer says that it could not be read', async () => {
  const archive = await damagedArchive();
  const surprises: unknown[] = [];
  const source = outlived(archiveSource(archive), (error) => surprises.push(error));
  const whole = found([soundEvent()], { from: WANTED.from, to: WANTED.to });
  const evidence = await searchInOrder([source, history(whole)], WANTED);
  expect(evidence.flatMap(({ found: { events } }) => events)).toHaveLength(1);
  const reasons = evidence.flatMap(({ found: { searched } }) =>
    searched.gaps.map(({ reason }) => reason),
  );
  expect(reasons).toContainEqual(expect.stringMatching(FAILED));
  // Nothing of this machine is told to a channel.
  expect(JSON.stringify(evidence)).not.toContain(folder);
  expect(surprises).toHaveLength(1);

  const alone = await searchInOrder([source], WANTED);
  expect(alone[0]?.found.searched).toMatchObject({
    from: WANTED.from,
    to: WANTED.from,
    gaps: [{ reason: expect.stringMatching(FAILED) }],
  });
  const key = 'ASIAQ7Z1SESSION2KEY3';
  const issued = await source.issuing([{ accessKeyId: key, usedBy: soundEvent() }]);
  expect(issued.get(key)).toEqual({
    events: [],
    gaps: [expect.objectContaining({ reason: expect.stringMatching(FAILED) })],
  });
  await archive.close();
});

test.each([
  ['a time that nobody else keeps', {}, { from: WANTED.from, to: WANTED.from }],
  [
    'calls that nobody else records',
    { eventNames: ['GetObject'] },
    { from: WANTED.from, to: WANTED.to },
  ],
])(
  'of %s a damaged archive may hold something: nothing is said to be unknowable',
  async (_, asked, seen) => {
    const archive = await damagedArchive();
    const source = outlived(archiveSource(archive), () => {});
    // Sources as one, as other questions ask them, tell it just as often.
    for (const sources of [
      [source, history(found([], seen))],
      [inOrder([source, history(found([], seen))])],
    ]) {
      const evidence = await searchInOrder(sources, WANTED);
      const plan = soundPlan(asked);
      const words = { id: 'q', question: 'who?', language: 'en' as const, echo: 'who', plan };
      const answer = conclude(words, evidence, new Map());
      expect(answer.verdict).toBe('none-visible');
      const told = answer.coverage.gaps.filter(({ reason }) => FAILED.test(reason));
      expect(told).toHaveLength(1);
    }
    await archive.close();
  },
);

test('what cannot be counted has not been counted; a sound source is left as it is', async () => {
  const surprises: unknown[] = [];
  const sound = history(found([soundEvent()]));
  const counting = { ...sound, tally: async () => Promise.reject(new Error('no')) };
  const source = outlived(counting, (error) => surprises.push(error));
  expect(await source.tally?.(soundPlan())).toBeNull();
  expect(surprises).toHaveLength(1);
  expect((await source.find(WANTED)).events).toHaveLength(1);
  expect(source.survey).toBeUndefined();
});

test('an archive that cannot be opened is told by its name, with what to do', async () => {
  const directory = mkdtempSync(join(folder, 'archive-'));
  writeFileSync(join(directory, 'manifest.sqlite'), 'this is no database '.repeat(400));
  const { readConfig } = await import('../../src/config.ts');
  const config = { ...readConfig(), archive: { directory, from: [], every: 5 } };
  await expect(openArchiveOf(config)).rejects.toThrow(
    /^the archive \S+ cannot be opened: (Error: )?file is not a database\. Where it is damaged, move/,
  );
});
