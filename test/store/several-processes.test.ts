import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { openStore } from '../../src/store/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-contend-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('three processes on one new file: every digest goes to one of them, and the audit is one chain', async () => {
  const path = join(folder, 'store.db');
  const run = promisify(execFile);
  const script = join(__dirname, 'contender.ts');
  const quiet = '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON';
  const ended = await Promise.all(
    ['a', 'b', 'c'].map((name) => run(process.execPath, [quiet, script, path, name])),
  );
  const won = ended.flatMap(({ stdout }) => JSON.parse(stdout) as string[]);
  expect(won).toHaveLength(100);
  expect(new Set(won).size).toBe(100);

  const store = openStore(path);
  expect(await store.verifyAudit()).toEqual({ ok: true, entries: 300 });
  store.close();
});
