import { type Config, readConfig } from '../../src/config.ts';
import { exitCodeOf } from '../../src/core/doctor.ts';
import { examine } from '../../src/doctor/index.ts';
import { enterSandbox, type Sandbox, startSandbox } from '../../src/sandbox/start.ts';
import { openTrailwarden, type Trailwarden } from '../../src/wire.ts';

// The doctor over the simulated organization and the workspace in memory, both by their real protocols.

let sandbox: Sandbox;
let trailwarden: Trailwarden;
const environment = { ...process.env };

beforeAll(async () => {
  sandbox = await startSandbox({ slack: 'terminal' });
  enterSandbox(sandbox.environment);
  trailwarden = await openTrailwarden(configWith({ trail: 'trailwarden-fix-trail' }));
});
afterAll(async () => {
  await trailwarden.close();
  await sandbox.close();
  process.env = environment;
});
afterEach(() => sandbox.aws.faults.clear());

/** The sandbox's configuration with these fix roles alone: each costs a session in every account. */
function configWith(fixRoles: Config['aws']['fixRoles']): Config {
  const config = readConfig();
  return { ...config, aws: { ...config.aws, fixRoles } };
}

const checked = async (name: string) =>
  (await examine(trailwarden)).find((check) => check.name.startsWith(name));

test('names the one account whose roles are missing, and what to do', async () => {
  const checks = await examine(trailwarden);
  expect(checks.filter(({ status }) => status === 'failed').map(({ name }) => name)).toEqual([
    'Read role',
  ]);
  expect(checks[2]).toMatchObject({
    detail: expect.stringContaining('1 of 13 accounts (151515151515)'),
    remedy: expect.stringContaining('Deploy trailwarden-read there'),
  });
  expect(exitCodeOf(checks)).toBe(1);
});

test('a fix role need not be everywhere, but somewhere', async () => {
  const fresh = await openTrailwarden(
    configWith({ trail: 'trailwarden-fix-trail', lake: 'no-such-role' }),
  );
  const checks = await examine(fresh);
  await fresh.close();
  expect(checks.find(({ name }) => name === 'Fix role (trail)')).toMatchObject({
    status: 'ok',
    detail: expect.stringContaining('in 12 of 13 accounts; where it cannot'),
  });
  expect(checks.find(({ name }) => name === 'Fix role (lake)')).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('no-such-role cannot be assumed in 13 of 13 accounts'),
  });
});

test('looks at the approvers and at the channel of the digest', async () => {
  expect(await checked('Approvers')).toMatchObject({
    status: 'ok',
    detail: '@cloud-approvers has 3 members',
  });
  expect(await checked('Approvers (class C')).toMatchObject({
    detail: expect.stringContaining('@security-approvers has'),
  });
  expect(await checked('Digest channel')).toMatchObject({ status: 'ok' });
  expect(await checked('Fixes channel')).toMatchObject({ status: 'ok' });
});

test('an OU with approvers of its own that nobody is under is a mistake, and so is a group that is not there', async () => {
  const { config } = trailwarden;
  const units = { 'Workloads/Prod': { B: 'nobody-knows' }, Workloads: { C: 'cloud-approvers' } };
  const checks = await examine({
    ...trailwarden,
    config: { ...config, fixes: { ...config.fixes, units } },
  });
  expect(checks.find(({ name }) => name.startsWith('OUs'))).toMatchObject({
    status: 'failed',
    detail: 'no account is under Workloads/Prod',
  });
  expect(checks.find(({ name }) => name.includes('class B in Workloads/Prod'))).toMatchObject({
    status: 'failed',
    detail: 'there is no user group @nobody-knows',
  });
});

test('says when fixes are stopped or frozen', async () => {
  const { config, store } = trailwarden;
  const before = (await examine(trailwarden)).find(({ name }) => name === 'Fixes');
  expect(before).toMatchObject({ status: 'ok', detail: expect.stringContaining('at most 30') });
  const by = { slackId: 'U03MINA', name: 'mina', email: 'mina@bora.example' };
  const stop = { by, at: '2026-11-22T10:00:00.000Z', reason: 'odd calls' };
  await store.putSetting('fixes-stopped', JSON.stringify(stop));
  expect((await examine(trailwarden)).find(({ name }) => name === 'Fixes')).toMatchObject({
    status: 'warning',
    detail: 'all are stopped by mina@bora.example since 2026-11-22T10:00:00.000Z: odd calls',
  });
  await store.putSetting('fixes-stopped', 'null');
  const yearEnd = { from: '2000-01-01T00:00:00Z', to: '2100-01-01T00:00:00Z', reason: 'a century' };
  const fixes = { ...config.fixes, freezes: [{ ...yearEnd, classes: ['C' as const] }] };
  const checks = await examine({ ...trailwarden, config: { ...config, fixes } });
  expect(checks.find(({ name }) => name === 'Fixes')).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('frozen for class C until 2100-01-01'),
  });
});

test('a sign-in that cannot be reached is told before anybody needs it', async () => {
  const { config } = trailwarden;
  const confirm = {
    classes: ['C' as const],
    issuer: 'http://127.0.0.1:9',
    clientId: 'x',
    listen: '127.0.0.1:0',
    url: 'https://bot.example',
    trustEmail: false,
  };
  const checks = await examine({
    ...trailwarden,
    config: { ...config, fixes: { ...config.fixes, confirm } },
  });
  expect(checks.find(({ name }) => name.startsWith('Confirmation'))).toMatchObject({
    status: 'failed',
    detail: expect.stringContaining('discovery at http://127.0.0.1:9'),
  });
});

test('says what the archive holds, and how an empty one is filled', async () => {
  expect(await checked('Archive')).toMatchObject({
    status: 'warning',
    remedy: 'Fill it: trailwarden ingest s3://bora-org-cloudtrail',
  });
  await trailwarden.followLogs();
  expect(await checked('Archive')).toMatchObject({
    status: 'ok',
    detail: expect.stringMatching(/: \d+ events from .* to .*, filled /),
  });
});

test('a throttled STS is not called a missing role', async () => {
  sandbox.aws.faults.add({ operation: 'sts:AssumeRole', effect: 'throttle' });
  const entered = await trailwarden.aws.fixRoleIn('trail', '444455556666');
  expect(entered).toMatchObject({
    unseen: { kind: 'failed', reason: expect.stringContaining('Throttling') },
  });
}, 60_000);

test('refused credentials end the looking at AWS, not the looking', async () => {
  sandbox.aws.faults.add({ operation: 'sts:GetCallerIdentity', effect: 'deny' });
  const fresh = await openTrailwarden(configWith({}));
  const checks = await examine(fresh);
  await fresh.close();
  expect(checks[0]).toMatchObject({ name: 'AWS identity', status: 'failed' });
  expect(checks.at(-1)).toMatchObject({ name: 'Store', status: 'ok' });
});

test('changes nothing: every call is a read, and the fix role is proved by a session that may do nothing', () => {
  const writes = sandbox.aws.calls.filter(
    ({ operation }) => !/^(Get|List|Describe|Select|Lookup|Head|AssumeRole)/.test(operation),
  );
  expect(writes).toEqual([]);
});

test('people of Identity Center are counted; a store that may not be read is told, and fails nothing', async () => {
  const fresh = async () => {
    const opened = await openTrailwarden(configWith({}));
    const check = (await examine(opened)).find(({ name }) => name === 'People');
    await opened.close();
    return check;
  };
  expect(await fresh()).toMatchObject({
    status: 'ok',
    detail: '4 people of Identity Center are known',
  });
  sandbox.aws.faults.add({ operation: 'identitystore:ListUsers', effect: 'deny' });
  expect(await fresh()).toMatchObject({
    status: 'warning',
    detail: expect.stringContaining('by their ids: AccessDenied'),
    remedy: expect.stringContaining('read.json'),
  });
});
