import { spawn } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { soundRecord } from '../core/evidence/sound.ts';
import { keptCode } from '../kept-code.ts';

const cli = join(__dirname, '../../dist/cli.js');
const home = mkdtempSync(join(tmpdir(), 'trailwarden-ask-'));
const logs = join(home, 'events.json');
const INSTANCE = 'i-0dbc91f429e48eeed';
const NOW = ['--now', '2026-11-22T09:00:00Z'];

writeFileSync(
  logs,
  JSON.stringify({
    Records: Array.from({ length: 40 }, (_, at) =>
      soundRecord({
        eventID: `0ea6b2d5-51d5-4765-ad83-4db65d5${String(10_000 + at)}`,
        eventTime: `2026-11-20T05:${String(10 + at)}:07Z`,
        userAgent: '=cmd()',
        requestParameters: {
          instancesSet: { items: [{ instanceId: INSTANCE }] },
          note: '=HYPERLINK("x")',
        },
      }),
    ),
  }),
);

function ask(...args: string[]): Promise<{ code: number | null; out: string; err: string }> {
  const child = spawn(process.execPath, [cli, 'ask', ...args, '--logs', logs, ...NOW], {
    cwd: home,
    env: { PATH: process.env.PATH, ...keptCode },
  });
  let out = '';
  let err = '';
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

test('--csv is one row for every event, with both zones and no formulas; the answer goes to stderr', async () => {
  const { out, err } = await ask(`who deleted ${INSTANCE}?`, '--csv', '--tz', 'Asia/Seoul');
  const rows = out.trimEnd().split('\r\n');
  expect(rows).toHaveLength(41);
  expect(rows[0]).toMatch(/^event_id,time_utc,time_local,person,proof/);
  expect(rows[1]).toContain(
    '2026-11-20T05:49:07Z,2026-11-20 14:49:07 KST (05:49:07 UTC),alice,direct',
  );
  expect(out).not.toMatch(/(^|,)"?[=+@-]/m);
  expect(err).toContain('alice');
});

test('--exact writes the question so that it finds the same, and searches nothing', async () => {
  const { code, out } = await ask(`who deleted ${INSTANCE} last week?`, '--exact');
  expect(code).toBe(0);
  expect(out).toMatch(/^verb:delete type:instance resource:i-0dbc91f429e48eeed event:Terminate/);
  const again = await ask(out.trim(), '--exact');
  expect(again.out).toBe(out);
});

test('--exact of words that are no question says why, and has nothing to print', async () => {
  const { code, out, err } = await ask('lorem ipsum', '--exact');
  expect({ code, out }).toEqual({ code: 1, out: '' });
  expect(err.length).toBeGreaterThan(20);
});

test('--after lets words change the question before, in the language of these words', async () => {
  const before = `verb:delete resource:${INSTANCE} since:7d`;
  const { out } = await ask('지난달은?', '--after', before, '--json');
  expect(JSON.parse(out)).toMatchObject({
    lang: 'ko',
    total: 0,
    understood: { plan: { resources: [INSTANCE], time: { from: '2026-10-01T00:00:00.000Z' } } },
  });
  const csv = await ask('export as csv', '--after', before);
  expect(csv.out.trimEnd().split('\r\n')).toHaveLength(41);
});

test.each([
  [
    'an odd question before',
    ['why?', '--after', 'verb:delete colour:red'],
    /--after: cannot read colour:red/,
  ],
  ['two shapes at once', ['why?', '--json', '--csv'], /Choose one of --json, --csv/],
])('%s is bad usage', async (_, args, sentence) => {
  const { code, err } = await ask(...args);
  expect(err).toMatch(sentence);
  expect(code).toBe(2);
});
