import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import type { FixRecord } from '../../src/core/fixes/fix.ts';
import { requestFix } from '../../src/jobs/request-fix.ts';
import { HANDLERS } from '../../src/sandbox/aws/services/index.ts';
import { openStore } from '../../src/store/sqlite.ts';
import type { Store } from '../../src/store/store.ts';
import { type Company, environmentOf, openCompany, worldOver } from '../aws/fixes/small-company.ts';
import { keptCode } from '../kept-code.ts';
import { alice } from './fix-world.ts';

// Real processes, killed with SIGKILL, over the simulated organization and a real SQLite file.

const folder = mkdtempSync(join(tmpdir(), 'trailwarden-crash-'));
const path = join(folder, 'store.db');
let company: Company;
let store: Store;

beforeEach(async () => {
  store = openStore(path);
  company = await openCompany(
    {},
    {
      handlers: {
        ...HANDLERS,
        'cloudtrail:UpdateTrail': (call, world) => {
          const answer = HANDLERS['cloudtrail:UpdateTrail']?.(call, world);
          // From now on the reading that verifies the change never comes back.
          if (hangAfterwards) company.running.faults.add({ operation: READ, effect: 'hang' });
          return answer;
        },
      },
    },
  );
});
afterEach(async () => {
  for (const worker of workers.splice(0)) worker.kill('SIGKILL');
  store.close();
  await company.close();
  rmSync(folder, { recursive: true });
});

jest.setTimeout(120_000);
const workers: ChildProcess[] = [];
const READ = 'cloudtrail:GetTrail';
let hangAfterwards = false;

test('killed between apply and record: the claim is closed as applied, and nothing is sent again', async () => {
  hangAfterwards = true;
  const fix = await proposed();
  await killedOnce(fix, () => company.succeeded('UpdateTrail') === 1 && hanging(READ));
  expect((await store.fix(fix.id))?.state).toBe('applying');
  hangAfterwards = false;
  company.running.faults.clear();

  expect(await recovered()).toMatchObject([
    {
      kind: 'fix',
      fix: {
        state: 'applied',
        claim: null,
        outcome: {
          kind: 'applied',
          verified: { LogFileValidationEnabled: true },
          recovered: true,
        },
      },
    },
  ]);
  expect(await recovered()).toEqual([]);
  expect(company.succeeded('UpdateTrail')).toBe(1);
  expect(await actions()).toEqual([
    'fix-proposed',
    'fix-approved',
    'fix-claimed',
    'fix-applying',
    'fix-applied',
  ]);
  expect(await store.verifyAudit()).toEqual({ ok: true, entries: 5 });
});

test('killed while the call hangs: once nothing can be on its way, it is closed as not changed', async () => {
  company.running.faults.add({ operation: 'cloudtrail:UpdateTrail', effect: 'hang' });
  const fix = await proposed();
  await killedOnce(fix, () => hanging('cloudtrail:UpdateTrail'));
  company.running.faults.clear();

  // The request of the dead worker might still arrive.
  expect(await recovered()).toEqual([]);
  expect((await store.fix(fix.id))?.state).toBe('applying');
  expect(await recovered({ LATER: '6' })).toMatchObject([
    { fix: { state: 'failed', outcome: { kind: 'failed', changed: 'nothing' } } },
  ]);
  expect(company.succeeded('UpdateTrail')).toBe(0);
  expect(company.trail.logFileValidation).toBe(false);
});

test('killed during the re-check: it is closed at once, since nothing was sent', async () => {
  const fix = await proposed();
  company.running.faults.add({ operation: READ, effect: 'hang' });
  await killedOnce(fix, () => hanging(READ));
  company.running.faults.clear();

  expect(await recovered()).toMatchObject([
    { fix: { state: 'failed', outcome: { kind: 'failed', changed: 'nothing' } } },
  ]);
  expect(company.running.calls.filter(({ operation }) => operation === 'UpdateTrail')).toEqual([]);
});

test('a worker that lives is left alone, however many others start', async () => {
  const fix = await proposed();
  company.running.faults.add({ operation: READ, effect: 'hang' });
  const worker = start(['approve', fix.id, fix.planHash]);
  await until(() => hanging(READ));
  company.running.faults.clear();
  expect(await recovered()).toEqual([]);
  expect((await store.fix(fix.id))?.state).toBe('claimed');
  worker.kill('SIGKILL');
  await once(worker, 'exit');
});

async function proposed(): Promise<FixRecord> {
  const { world } = await worldOver(company, {}, store);
  const told = await requestFix(
    { finding: 'f0000001', by: alice, replyTo: null },
    {
      ...world,
      now: () => new Date(),
    },
  );
  if (told.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(told)}`);
  return told.fix;
}

/** Starts a worker that approves, and kills it at the moment that is described. */
async function killedOnce(fix: FixRecord, moment: () => boolean): Promise<void> {
  const worker = start(['approve', fix.id, fix.planHash]);
  await until(moment);
  worker.kill('SIGKILL');
  await once(worker, 'exit');
}

/** What a new process tells when it recovers. */
async function recovered(environment: { [name: string]: string } = {}): Promise<unknown[]> {
  const worker = start(['recover'], environment);
  const [said, [code]] = await Promise.all([textOf(worker), once(worker, 'exit')]);
  if (code !== 0) throw new Error(`the recovering process ended with ${code}`);
  return said
    .split('\n')
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

function start(words: string[], environment: { [name: string]: string } = {}): ChildProcess {
  const worker = spawn(
    process.execPath,
    [
      '--disable-warning=MODULE_TYPELESS_PACKAGE_JSON',
      join(__dirname, 'crash-worker.ts'),
      ...words,
    ],
    {
      env: {
        ...process.env,
        ...keptCode,
        ...environmentOf(company.running),
        STORE: path,
        ...environment,
      },
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  workers.push(worker);
  return worker;
}

async function textOf({ stdout }: ChildProcess): Promise<string> {
  let text = '';
  for await (const chunk of stdout ?? []) text += chunk;
  return text;
}

/** True when the newest call of this operation got no answer. */
function hanging(operation: string): boolean {
  const [service, name] = operation.split(':');
  return (
    company.running.calls.findLast((call) => call.service === service && call.operation === name)
      ?.outcome === 'hang'
  );
}

async function actions(): Promise<string[]> {
  return (await store.audit()).map(({ action }) => action);
}

/** Waits for a moment in another process, which may take its time to start on a busy machine. */
async function until(reached: () => boolean): Promise<void> {
  const deadline = Date.now() + 60_000;
  while (!reached()) {
    if (Date.now() > deadline) throw new Error('the moment to kill the worker never came');
    await pause(20);
  }
}
