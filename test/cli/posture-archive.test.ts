/**
 * What things cost, counted in the archive: first there is none, then the log bucket of the simulated
 * organization is taken in, and the same scan prices what it found.
 */
import { spawn } from 'node:child_process';
import { dirname, join } from 'node:path';
import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { keptCode } from '../kept-code.ts';

const cli = join(__dirname, '../../dist/cli.js');
const PAYMENTS_AUDIT = 'arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit';

let sandbox: Sandbox;
beforeAll(async () => {
  sandbox = await startSandbox({ slack: 'none' });
}, 60_000);
afterAll(() => sandbox.close());

function trailwarden(
  ...args: string[]
): Promise<{ code: number | null; out: string; err: string }> {
  const { environment } = sandbox;
  const child = spawn(process.execPath, [cli, ...args], {
    cwd: dirname(environment.TRAILWARDEN_CONFIG ?? ''),
    env: { PATH: process.env.PATH, ...keptCode, ...environment },
  });
  let [out, err] = ['', ''];
  child.stdout.on('data', (text) => (out += text));
  child.stderr.on('data', (text) => (err += text));
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code) => resolve({ code, out, err }));
  });
}

const duplicate = ({ check, subject, status }: Finding) =>
  check === 'trail-duplicates' && subject === PAYMENTS_AUDIT && status === 'FAIL';

async function costNow() {
  const { out } = await trailwarden('posture', '--account', '666677778888', '--json');
  const scan: Scan = JSON.parse(out);
  const cost = scan.findings.find(duplicate)?.cost;
  const told = cost?.assumptions ?? [];
  return {
    monthly: cost?.monthly,
    en: told.map(({ en }) => en).join('; '),
    ko: told.map(({ ko }) => ko).join('; '),
  };
}

test('an archive that holds nothing is not taken for one in which nothing happened', async () => {
  const { monthly, en, ko } = await costNow();
  expect(monthly).toBeNull();
  expect(en).toContain('unknown volume: no log files were given, and no archive holds events');
  expect(ko).toContain('이벤트 수 알 수 없음');
}, 60_000);

test('the log bucket is taken in', async () => {
  const taken = await trailwarden('ingest', '--json');
  expect(JSON.parse(taken.out).events).toBeGreaterThan(500);
}, 60_000);

test('then the duplicate trail has a price', async () => {
  const { monthly, en, ko } = await costNow();
  expect(monthly).toBeGreaterThanOrEqual(1);
  expect(en).toMatch(
    /; [\d,]+ such events in about \d+ days of the archive \(\d{4}-\d\d-\d\d to \d{4}-\d\d-\d\d\), continued/,
  );
  expect(ko).toMatch(
    /아카이브의 약 \d+일\(\d{4}-\d\d-\d\d ~ \d{4}-\d\d-\d\d\) 동안 해당 이벤트 [\d,]+건/,
  );
}, 60_000);

test('the table says so in Korean, too', async () => {
  const ran = await trailwarden(
    ...['posture', '--account', '666677778888', '--all', '--language', 'ko'],
  );
  expect(ran.out.replace(/\s+/g, ' ')).toMatch(/아카이브의 약 \d+일/);
}, 60_000);
