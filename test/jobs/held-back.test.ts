import type { FixPlan } from '../../src/core/fixes/fix.ts';
import type { Json } from '../../src/core/json.ts';
import { requestFix, requestWayBack } from '../../src/jobs/request-fix.ts';
import { approve, proposed } from './deciding.ts';
import { alice, bob, inChannel, jun, openFinding, scanWith, stageWhere } from './fix-world.ts';

const asked = { finding: 'f0000001', by: alice, replyTo: inChannel };
const stop = { by: bob, at: '2026-11-22T09:00:00.000Z', reason: 'an incident' };
const freeze = { reason: 'year end', until: '2027-01-04T00:00:00.000Z' };

describe.each([
  ['the kill switch', { stopped: async () => stop }, { kind: 'fixes-stopped', ...stop }],
  ['a change freeze', { freeze: () => freeze }, { kind: 'frozen', ...freeze }],
])('%s', (_, held, why) => {
  test('lets nothing be proposed', async () => {
    const { world, stage } = await stageWhere(held);
    expect(await requestFix(asked, world)).toEqual({ kind: 'refused', why });
    expect(await stage.store.openFixes()).toEqual([]);
  });

  test('lets nothing be approved, and keeps the proposal', async () => {
    const { world, stage } = await stageWhere();
    const fix = await proposed(world);
    expect(await approve(fix, { ...world, ...held })).toEqual({ kind: 'refused', why });
    expect(await stage.store.fix(fix.id)).toMatchObject({ state: 'proposed', approvals: [] });
    expect(await approve(fix, world)).toMatchObject({ fix: { state: 'applied' } });
  });

  test('stops what was approved a moment before', async () => {
    const { world, stage } = await stageWhere();
    const fix = await proposed(world);
    const { read } = world;
    world.read = async (plan) => {
      Object.assign(world, held);
      return read(plan);
    };
    expect(await approve(fix, world)).toMatchObject({
      fix: { state: 'failed', outcome: { kind: 'failed', changed: 'nothing' } },
    });
    expect(stage.applications).toBe(0);
  });
});

test('so many fixes an hour and no more; who comes too late is told when, and nothing is lost', async () => {
  const { world, stage } = await stageWhere({ perHour: 2 });
  const first = await proposed(world);
  await approve(first, world);
  stage.clock.pass(10);
  stage.trail = { ...stage.trail, LogFileValidationEnabled: false };
  await approve(await proposed(world), world);
  stage.clock.pass(10);
  stage.trail = { ...stage.trail, LogFileValidationEnabled: false };
  const third = await proposed(world);
  expect(await approve(third, world)).toEqual({
    kind: 'refused',
    why: {
      kind: 'too-many-fixes',
      perHour: 2,
      asked: 1,
      left: 0,
      next: '2026-11-22T11:00:00.000Z',
    },
  });
  expect(await stage.store.fix(third.id)).toMatchObject({ state: 'proposed', approvals: [] });
  expect(stage.applications).toBe(2);
  stage.clock.pass(40);
  expect(await approve(third, world)).toMatchObject({ fix: { state: 'applied' } });
});

test('a guard or an owner in the way is told with what to change instead, before anything is proposed', async () => {
  const obstacle = { kind: 'owned', tool: 'terraform', where: 'audit' } as const;
  const asCode = [{ tool: 'terraform', text: 'enable_log_file_validation = true' } as const];
  const { world, stage } = await stageWhere({
    obstacles: async () => ({ seen: obstacle }),
    asCode: () => asCode,
  });
  expect(await requestFix(asked, world)).toEqual({
    kind: 'refused',
    why: { kind: 'cannot-fix', finding: 'f0000001', obstacle, asCode },
  });
  world.obstacles = async () => ({ unseen: { kind: 'denied', reason: 'AccessDenied: tags' } });
  expect(await requestFix(asked, world)).toMatchObject({
    why: { kind: 'could-not-read', reason: 'AccessDenied: tags' },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('what no button can do is told as a runbook', async () => {
  const { world, stage } = await stageWhere();
  const finding = openFinding({
    check: 'log-bucket-mfa-delete',
    subject: 'arn:aws:s3:::logs',
    fix: { id: 'enable-mfa-delete', class: 'X' },
  });
  await stage.store.saveScan(scanWith([finding], { scannedAt: '2026-11-22T09:30:00.000Z' }));
  expect(await requestFix(asked, world)).toMatchObject({
    kind: 'runbook',
    runbook: { id: 'enable-mfa-delete' },
    finding: { id: 'f0000001' },
  });
  expect(await stage.store.openFixes()).toEqual([]);
  expect((await stage.store.audit()).at(-1)?.action).toBe('runbook-shown');
});

test('a fix that is asked for by name gets the thing as its target', async () => {
  const { world } = await stageWhere();
  const targets: object[] = [];
  const { plan } = world;
  world.plan = async (id, target) => {
    targets.push({ id, target });
    return plan(id, target);
  };
  const subject = 'arn:aws:cloudtrail:eu-west-1:666677778888:trail/own';
  expect(await proposed(world, { finding: 'rotate-key', subject })).toMatchObject({
    plan: { resource: subject },
  });
  expect(targets).toEqual([
    {
      id: 'rotate-key',
      target: {
        id: 'rotate-key',
        check: '',
        subject,
        owner: '666677778888',
        covers: ['666677778888'],
      },
    },
  ]);
});

test('what cannot be taken back says why, and no way back is proposed', async () => {
  const { world, stage } = await stageWhere();
  const { plan } = world;
  const irreversible = { en: 'Object Lock cannot be turned off.', ko: '끌 수 없습니다.' };
  world.plan = async (id, target) => {
    const planned = await plan(id, target);
    if (planned === 'no-fix' || !('seen' in planned)) return planned;
    if (planned.seen === 'already-sound' || 'cannot' in planned.seen) return planned;
    const { blast } = planned.seen.plan;
    return {
      seen: { plan: { ...planned.seen.plan, wayBack: [], blast: { ...blast, irreversible } } },
    };
  };
  const fix = await proposed(world);
  await approve(fix, world);
  expect(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world)).toEqual({
    kind: 'refused',
    why: { kind: 'no-way-back', why: irreversible },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

/** Every place in a value, with the value changed just there, and every one with it taken away. */
function mutations(value: Json): Json[] {
  if (Array.isArray(value))
    return [
      [...value, null],
      ...value.map((_, index) => value.toSpliced(index, 1)),
      ...value.flatMap((each, index) =>
        mutations(each).map((changed) => value.with(index, changed)),
      ),
    ];
  if (value !== null && typeof value === 'object')
    return [
      { ...value, added: null },
      ...Object.keys(value).map((gone) =>
        Object.fromEntries(Object.entries(value).filter(([key]) => key !== gone)),
      ),
      ...Object.entries(value).flatMap(([key, each]) =>
        mutations(each ?? null).map((changed) => ({ ...value, [key]: changed })),
      ),
    ];
  if (typeof value === 'string') return [`${value} `];
  if (typeof value === 'number') return [value + 1];
  return [value !== true];
}

test('a plan that is changed anywhere between proposal and approval is not applied', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  const changed = mutations(fix.plan) as FixPlan[];
  expect(changed.length).toBeGreaterThan(30);
  for (const plan of changed) {
    const kept = await stage.store.fix(fix.id);
    if (!kept) throw new Error('the fix is gone');
    const tampered = { ...world, fix: async () => ({ ...kept, plan }) };
    expect(await approve(fix, tampered)).toEqual({
      kind: 'refused',
      why: { kind: 'plan-changed' },
    });
  }
  expect(stage.applications).toBe(0);
});

test('a plan that is changed anywhere behind the approval is not applied either', async () => {
  const { world, stage } = await stageWhere({ perHour: 10_000 });
  const { plan } = await proposed(world);
  const [open] = await stage.store.openFixes();
  const changed = mutations(plan) as FixPlan[];
  for (const [index, tampered] of changed.entries()) {
    const id = `tampered-${index}`;
    await stage.store.moveFix({
      fix: open as NonNullable<typeof open>,
      edge: { from: 'proposed', to: 'cancelled' },
      change: {},
      step: { at: '', actor: 'trailwarden', action: 'fix-cancelled', details: {} },
    });
    const fix = await proposed({ ...world, newId: () => id });
    const told = await approve(fix, {
      ...world,
      moveFix: async (move, along) => {
        const moved = await stage.store.moveFix(move, along);
        return moved?.state === 'claimed' ? { ...moved, plan: tampered } : moved;
      },
    });
    expect(told).toMatchObject({
      fix: { state: expect.stringMatching(/^(failed|stale)$/) },
    });
  }
  expect(stage.applications).toBe(0);
});

test('a state that is changed anywhere between proposal and call is not touched', async () => {
  const { world, stage } = await stageWhere({ perHour: 10_000 });
  const sound = { ...stage.trail };
  const states = (mutations(sound) as (typeof stage.trail)[]).filter(
    ({ LogFileValidationEnabled: on }) => on === false,
  );
  expect(states.length).toBeGreaterThan(1);
  for (const state of states) {
    stage.trail = { ...sound };
    const fix = await proposed(world);
    stage.trail = state;
    expect(await approve(fix, world)).toMatchObject({
      fix: { state: 'stale', outcome: { kind: 'stale', found: state } },
    });
  }
  expect(stage.applications).toBe(0);
});
