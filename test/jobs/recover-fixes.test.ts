import type { FixRecord, FixState } from '../../src/core/fixes/fix.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { requestFix } from '../../src/jobs/request-fix.ts';
import { alice, inChannel, mina, stageWhere } from './fix-world.ts';

test('an hour after the request a proposal expires, and its message says so', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  stage.clock.pass(59);
  expect(await recoverFixes(world)).toEqual([]);
  stage.clock.pass(1);
  expect(await recoverFixes(world)).toMatchObject([
    { fix: { id: fix.id, state: 'expired', message: { ts: '1.fix-1' } } },
  ]);
  expect(await recoverFixes(world)).toEqual([]);
});

test('what was approved but never begun is carried out by whoever finds it', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await dyingAfter('moveFix', 1, world, (mortal) => approve(fix, mortal));
  expect((await stage.store.fix(fix.id))?.state).toBe('approved');
  expect(await recoverFixes(world)).toEqual([]);
  stage.clock.pass(1);
  expect(await recoverFixes(world)).toMatchObject([{ fix: { state: 'applied' } }]);
  expect(stage.applications).toBe(1);
});

test('what an earlier version planned, and approved before it ended, is refused before anything is sent', async () => {
  const { world, stage } = await stageWhere();
  const { plan } = world;
  const unbounded = { api: 'iam:CreateRole', parameters: { RoleName: 'cloudtrail-to-logs-own' } };
  world.plan = async (fix, target) => {
    const planned = await plan(fix, target);
    if (planned === 'no-fix' || !('seen' in planned)) throw new Error('unreachable');
    if (planned.seen === 'already-sound' || 'cannot' in planned.seen)
      throw new Error('unreachable');
    const { calls } = planned.seen.plan;
    return { seen: { plan: { ...planned.seen.plan, calls: [...calls, unbounded] } } };
  };
  const fix = await proposed(world);
  expect(await approve(fix, world)).toMatchObject({ why: { kind: 'plan-outdated' } });
  const kept = await stage.store.fix(fix.id);
  if (kept?.state !== 'proposed') throw new Error('it was decided');
  await stage.store.moveFix({
    fix: kept,
    edge: { from: 'proposed', to: 'approved' },
    change: { decidedAt: world.now().toISOString() },
    step: { at: world.now().toISOString(), actor: mina, action: 'fix-approved', details: {} },
  });
  stage.clock.pass(1);
  expect(await recoverFixes(world)).toMatchObject([
    { fix: { state: 'failed', outcome: { changed: 'nothing', why: { kind: 'plan-outdated' } } } },
  ]);
  expect(stage.applications).toBe(0);
});

test('what was approved but found too late is not carried out any more', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await dyingAfter('moveFix', 1, world, (mortal) => approve(fix, mortal));
  stage.clock.pass(60);
  expect(await recoverFixes(world)).toMatchObject([
    { fix: { state: 'failed', approvals: [{ by: mina }], outcome: { changed: 'nothing' } } },
  ]);
  expect(stage.applications).toBe(0);
});

test('a claim under which nothing was sent is closed as "nothing changed" when its lease is over', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await dyingAfter('moveFix', 2, world, (mortal) => approve(fix, mortal));
  expect((await stage.store.fix(fix.id))?.state).toBe('claimed');
  stage.clock.pass(4);
  expect(await recoverFixes(world)).toEqual([]);
  stage.clock.pass(1);
  expect(await recoverFixes(world)).toMatchObject([
    { fix: { state: 'failed', claim: null, outcome: { changed: 'nothing' } } },
  ]);
  expect(stage.applications).toBe(0);
});

test('a worker that comes back after its lease finds its claim closed, and sends nothing', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  const slow = {
    ...world,
    read: async (plan: FixRecord['plan']) => {
      stage.clock.pass(6);
      await recoverFixes(world);
      return world.read(plan);
    },
  };
  expect(await approve(fix, slow)).toMatchObject({ fix: { state: 'failed' } });
  expect(stage.applications).toBe(0);
});

test.each<[string, boolean, FixState, object]>([
  ['took effect', true, 'applied', { kind: 'applied', recovered: true, requestIds: [] }],
  ['never arrived', false, 'failed', { kind: 'failed', changed: 'nothing' }],
])(
  'a call that %s before the worker died ends as the world says',
  async (_, arrived, state, outcome) => {
    const { world, stage } = await stageWhere();
    const fix = await proposed(world);
    const apply: FixWorld['apply'] = async (plan, names, whyNot) => {
      if (arrived) await world.apply(plan, names, whyNot);
      throw new Death();
    };
    await expect(approve(fix, { ...world, apply })).rejects.toThrow(Death);
    expect((await stage.store.fix(fix.id))?.state).toBe('applying');

    stage.clock.pass(5);
    expect(await recoverFixes(world)).toMatchObject([{ fix: { state, claim: null, outcome } }]);
    expect(stage.applications).toBe(arrived ? 1 : 0);
  },
);

test('a call that a worker sent last and that arrives after its death is not told as "nothing changed"', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  let arrive = async () => {};
  const apply: FixWorld['apply'] = async (plan, names, whyNot) => {
    arrive = async () => {
      await world.apply(plan, names, whyNot);
    };
    // A role that was slow to be known: it sends in the last minute in which it may, and is killed.
    stage.clock.pass(3);
    throw new Death();
  };
  await expect(approve(fix, { ...world, apply })).rejects.toThrow(Death);
  const dead = { ...world, isGone: () => true };
  expect(await recoverFixes(dead)).toEqual([]);
  await arrive();
  expect(await recoverFixes(dead)).toMatchObject([
    { fix: { state: 'applied', outcome: { recovered: true } } },
  ]);
  expect(stage.applications).toBe(1);
});

test('where the world cannot be read the claim stays open, and after an hour it ends as unknown', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await expect(approve(fix, { ...world, apply: dies })).rejects.toThrow(Death);
  const blind = {
    ...world,
    read: async () => ({ unseen: { kind: 'denied' as const, reason: 'AccessDenied: gone' } }),
  };
  stage.clock.pass(6);
  expect(await recoverFixes(blind)).toEqual([]);
  stage.clock.pass(60);
  expect(await recoverFixes(blind)).toMatchObject([
    {
      fix: {
        state: 'failed',
        outcome: {
          changed: 'unknown',
          why: { kind: 'state-unread', reason: 'AccessDenied: gone' },
        },
      },
    },
  ]);
});

test('one fix that cannot be recovered keeps no other waiting', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await expect(approve(fix, { ...world, apply: dies })).rejects.toThrow(Death);
  stage.clock.pass(60);
  await stage.store.putFix(
    { ...fix, id: 'fix-2', plan: { ...fix.plan, resource: `${fix.plan.resource}-2` } },
    { at: fix.requestedAt, actor: alice, action: 'fix-proposed', details: {} },
  );
  const broken = { ...world, read: dies };
  expect(await recoverFixes(broken)).toMatchObject([{ fix: { id: 'fix-2', state: 'expired' } }]);
  expect(stage.troubles.map(({ message }) => message)).toEqual(['recovering fix fix-1']);
});

class Death extends Error {}

const dies = async (): Promise<never> => {
  throw new Death();
};

/** Runs a job whose worker dies right behind its nth call of a kind. */
async function dyingAfter(
  call: 'moveFix',
  times: number,
  world: FixWorld,
  job: (mortal: FixWorld) => Promise<unknown>,
): Promise<void> {
  let left = times;
  const mortal: FixWorld = {
    ...world,
    [call]: async (...words: Parameters<FixWorld['moveFix']>) => {
      const result = await world[call](...words);
      left -= 1;
      if (left === 0) throw new Death();
      return result;
    },
  };
  await expect(job(mortal)).rejects.toThrow(Death);
}

function approve({ id, planHash }: FixRecord, world: FixWorld) {
  return approveFix({ fix: id, planHash, reason: null, by: mina, replyTo: inChannel }, world);
}

async function proposed(world: FixWorld): Promise<FixRecord> {
  const told = await requestFix({ finding: 'f0000001', by: alice, replyTo: inChannel }, world);
  if (told.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(told)}`);
  return told.fix;
}
