import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { runCommand } from '../../src/commands/index.ts';
import { openStore } from '../../src/store/sqlite.ts';

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-audit-'));
const path = join(folder, 'store.db');
const alice = { slackId: 'U01ALICE', name: 'alice', email: 'alice@bora.example' };
let head = '';

beforeAll(async () => {
  const store = openStore(path);
  for (let n = 1; n <= 5; n += 1)
    await store.appendAudit({
      at: `2026-11-2${n}T10:00:00.000Z`,
      actor: n === 2 ? { terminal: 'bob' } : alice,
      action: n % 2 ? 'question' : 'fix-approved',
      details: { words: `<!channel> \u202e${n}`, ...(n % 2 === 0 && { fix: `fix-${n}` }) },
    });
  const { head: last } = await store.auditHead();
  head = `${last?.seq}:${last?.hash}`;
  store.close();
});

/** Runs a command line in this process. */
async function ran(...args: string[]) {
  const written = { out: '', err: '' };
  const out = jest.spyOn(process.stdout, 'write').mockImplementation((text) => {
    written.out += String(text);
    return true;
  });
  const err = jest.spyOn(process.stderr, 'write').mockImplementation((text) => {
    written.err += String(text);
    return true;
  });
  try {
    const code = await runCommand(['node', 'trailwarden', 'audit', ...args]);
    return { code, ...written };
  } finally {
    out.mockRestore();
    err.mockRestore();
  }
}

test('a log that holds is told with what that proves and what it does not', async () => {
  const { code, out } = await ran('verify', '--store', path);
  expect(code).toBe(0);
  expect(out).toContain('5 entries, none broken');
  expect(out).toContain('does not prove that the whole file was not written anew');
  expect(out).toContain(`Checkpoint of now: ${head}`);
});

test('with a checkpoint it is the log of that moment', async () => {
  const { code, out } = await ran('verify', '--store', path, '--checkpoint', head);
  expect(code).toBe(0);
  expect(out).toContain('entries 1 to 5 are the ones that were there');
  const json = await ran('verify', '--store', path, '--checkpoint', head, '--json');
  expect(JSON.parse(json.out)).toMatchObject({
    schemaVersion: 1,
    ok: true,
    entries: 5,
    checkpoint: { seq: 5 },
  });
});

test('another checkpoint is refused with the entry, and exit code 1', async () => {
  const other = `3:${'0'.repeat(64)}`;
  const { code, out } = await ran('verify', '--store', path, '--checkpoint', other);
  expect(code).toBe(1);
  expect(out).toContain('Broken at entry 3: it is not the entry of which the checkpoint was taken');
});

test('a changed entry ends with exit code 1 and its number', async () => {
  const broken = join(folder, 'broken.db');
  const store = openStore(broken);
  for (let n = 1; n <= 4; n += 1)
    await store.appendAudit({ at: '', actor: alice, action: 'question', details: { n } });
  store.close();
  const db = new DatabaseSync(broken);
  db.exec('DROP TRIGGER audit_is_never_changed');
  db.exec(`UPDATE audit SET body = replace(body, '"n":3', '"n":7')`);
  db.close();
  const told = await ran('verify', '--store', broken);
  expect(told).toMatchObject({ code: 1, out: expect.stringContaining('Broken at entry 3') });
  const json = await ran('verify', '--store', broken, '--json');
  expect(JSON.parse(json.out)).toMatchObject({ ok: false, brokenAt: 3, why: 'altered' });
});

test.each([
  [['verify', '--store', path, '--checkpoint', '5:abc'], 'expected <number>:<hash>'],
  [['verify', '--store', join(folder, 'none.db')], 'there is no such store'],
  [['show', '--store', path, '--last', 'many'], '--last: expected a number'],
  [['show', '--store', path, '--since', 'yesterday'], '--since: expected a moment'],
])('%j is bad usage', async (args, said) => {
  expect(await ran(...args)).toMatchObject({ code: 2, err: expect.stringContaining(said) });
});

test('what is no store could not be read, which is no proof of anything', async () => {
  const noise = join(folder, 'noise.db');
  writeFileSync(noise, 'not a database at all, but long enough to be looked at'.repeat(40));
  const { code, err } = await ran('verify', '--store', noise);
  expect(code).toBe(3);
  expect(err).toContain('the audit log cannot be read');
});

test('entries are shown oldest first, and nothing in them can act', async () => {
  const { code, out } = await ran('show', '--store', path, '--last', '3');
  expect(code).toBe(0);
  expect(out.match(/^\d/gm)).toEqual(['3', '4', '5']);
  expect(out).toContain('alice@bora.example');
  expect(out).not.toContain('\u202e');
});

test('they are chosen by fix, kind and time, as one JSON document a line', async () => {
  const seqs = async (...args: string[]) =>
    (await ran('show', '--store', path, '--json', ...args)).out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line).seq);
  expect(await seqs('--fix', 'fix-4')).toEqual([4]);
  expect(await seqs('--action', 'question', '--since', '2026-11-22')).toEqual([3, 5]);
  expect((await ran('show', '--store', path, '--fix', 'fix-9')).err).toContain('No entry');
});
