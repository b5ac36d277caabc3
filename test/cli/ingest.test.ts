import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soundRecord } from '../core/evidence/sound.ts';
import { keptCode } from '../kept-code.ts';

const cli = join(__dirname, '../../dist/cli.js');
const home = mkdtempSync(join(tmpdir(), 'trailwarden-ingest-cli-'));
afterAll(() => rmSync(home, { recursive: true, force: true }));

function trailwarden(...args: string[]) {
  const ran = spawnSync(process.execPath, [cli, ...args], {
    cwd: home,
    env: { PATH: process.env.PATH, ...keptCode },
    encoding: 'utf8',
  });
  return { code: ran.status, out: ran.stdout, err: ran.stderr };
}

test('files are loaded once, without AWS; what cannot be read is named and exits 3', () => {
  const file = join(home, 'a.json');
  writeFileSync(file, JSON.stringify({ Records: [soundRecord()] }));
  const first = trailwarden('ingest', file);
  expect(first).toMatchObject({ code: 0, err: '' });
  expect(first.out).toBe('1 new log file with 1 new event in .trailwarden/archive\n');
  const again = trailwarden('ingest', file, '--json');
  expect(JSON.parse(again.out)).toMatchObject({ schemaVersion: 1, files: 0, known: 1, events: 0 });
  const missing = trailwarden('ingest', join(home, 'missing.json'), '--archive', 'other');
  expect(missing.code).toBe(3);
  expect(missing.out).toContain('missing.json: does not exist');
});

test('nothing to load, or no bucket, is bad usage', () => {
  expect(trailwarden('ingest')).toMatchObject({
    code: 2,
    err: expect.stringContaining('There is nothing to load.'),
  });
  expect(trailwarden('ingest', 's3:bucket')).toMatchObject({ code: 3 });
  expect(trailwarden('ingest', 's3://')).toMatchObject({
    code: 2,
    err: expect.stringContaining('is no address of a bucket'),
  });
});

test('the bucket of the simulated organization, which its configuration names', () => {
  const ran = trailwarden('ingest', '--sandbox', '--json');
  expect(ran.code).toBe(0);
  expect(JSON.parse(ran.out)).toMatchObject({ known: 0, setAside: [], unlisted: [] });
  expect(JSON.parse(ran.out).events).toBeGreaterThan(500);
});
