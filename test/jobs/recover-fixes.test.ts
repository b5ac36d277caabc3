import fc from 'fast-check';
import type { FixRecord, FixState } from '../../src/core/fixes/fix.ts';
import type { Sent } from '../../src/core/fixes/outcome.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import { declineFix } from '../../src/jobs/decline-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { requestFix } from '../../src/jobs/request-fix.ts';
import { edges } from '../store/contract.ts';
import { alice, bob, inChannel, jun, mina, type Stage, stageWhere } from './fix-world.ts';

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
    const apply: FixWorld['apply'] = async (plan, names, maySend) => {
      if (arrived) await world.apply(plan, names, maySend);
      throw new Death();
    };
    await expect(approve(fix, { ...world, apply })).rejects.toThrow(Death);
    expect((await stage.store.fix(fix.id))?.state).toBe('applying');

    stage.clock.pass(5);
    expect(await recoverFixes(world)).toMatchObject([{ fix: { state, claim: null, outcome } }]);
    expect(stage.applications).toBe(arrived ? 1 : 0);
  },
);

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
    { fix: { state: 'failed', outcome: { changed: 'unknown', reason: 'AccessDenied: gone' } } },
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

/** What one of the people and processes of a story does. */
type Act =
  | { kind: 'approve'; by: typeof mina }
  | { kind: 'forged'; by: typeof mina }
  | { kind: 'decline'; by: typeof mina }
  | { kind: 'recover' }
  | { kind: 'meddle'; with: 'S3BucketName' | 'LogFileValidationEnabled' };

/** An act, and after how many of its steps its process dies (most live). */
type Actor = { act: Act; dies: number | null };

const people = fc.constantFrom(alice, bob, mina, jun);
const act: fc.Arbitrary<Act> = fc.oneof(
  { weight: 5, arbitrary: people.map((by): Act => ({ kind: 'approve', by })) },
  { weight: 1, arbitrary: people.map((by): Act => ({ kind: 'forged', by })) },
  { weight: 1, arbitrary: people.map((by): Act => ({ kind: 'decline', by })) },
  { weight: 2, arbitrary: fc.constant<Act>({ kind: 'recover' }) },
  {
    weight: 1,
    arbitrary: fc
      .constantFrom('S3BucketName' as const, 'LogFileValidationEnabled' as const)
      .map((field): Act => ({ kind: 'meddle', with: field })),
  },
);
const actor: fc.Arbitrary<Actor> = fc.record({
  act,
  dies: fc.option(fc.nat(40), { freq: 2 }),
});
const answer = fc.constantFrom<'yes' | 'no' | 'lost' | 'lost-but-done'>(
  'yes',
  'yes',
  'no',
  'lost',
  'lost-but-done',
);

test('whoever acts when, and whoever dies where: at most one application, and every end is true', async () => {
  const ends = new Map<string, number>();
  await fc.assert(
    fc.asyncProperty(
      fc.scheduler(),
      fc.array(actor, { minLength: 1, maxLength: 5 }),
      answer,
      async (scheduler, actors, answered) => {
        const { world, stage } = await stageWhere();
        world.apply = answering(answered, world.apply, stage);
        const fix = await proposed(world);

        const dead = new Set<string>();
        const lives = actors.map(({ act, dies }, index) => {
          const worker = `worker-${index}`;
          const mortal = mortalWorld(
            { ...world, worker, isGone: (name) => dead.has(name) },
            dies,
            () => dead.add(worker),
          );
          return scheduler
            .schedule(Promise.resolve())
            .then(() => perform(act, fix, scheduled(mortal, scheduler), stage))
            .catch((error) => {
              if (!(error instanceof Death) && !(error?.cause instanceof Death)) throw error;
            });
        });
        await scheduler.waitFor(Promise.all(lives));
        for (const minutes of [2, 6, 70]) {
          stage.clock.pass(minutes);
          await recoverFixes({
            ...world,
            worker: 'the last one',
            isGone: (name) => dead.has(name),
          });
        }
        const end = await endOf(fix, stage);
        ends.set(end, (ends.get(end) ?? 0) + 1);
        stage.store.close();
      },
    ),
    // Two thousand on a quiet machine; a busy one stops after a minute with fewer.
    { numRuns: 2000, interruptAfterTimeLimit: 60_000, endOnFailure: true },
  );
  // The stories must not all be the same one.
  expect([...ends.keys()].sort()).toEqual(
    expect.arrayContaining(['applied', 'cancelled', 'expired', 'failed', 'stale']),
  );
}, 120_000);

/** Checks everything that must hold when a story is over, and answers how the fix ended. */
async function endOf(fix: FixRecord, stage: Stage): Promise<FixState> {
  const end = await stage.store.fix(fix.id);
  const audit = await stage.store.audit();
  if (!end) throw new Error('the fix is gone');
  expect(stage.troubles).toEqual([]);
  expect(stage.applications).toBeLessThanOrEqual(1);
  expect(await stage.store.verifyAudit()).toMatchObject({ ok: true });
  expect(['applied', 'cancelled', 'expired', 'failed', 'stale']).toContain(end.state);
  expect(end.claim).toBeNull();
  expect(end.finishedAt).not.toBeNull();

  const steps = audit.filter(
    ({ action, details }) => action.startsWith('fix-') && details.fix === fix.id,
  );
  const path = steps.map(({ action }) => action.slice('fix-'.length));
  for (const [index, to] of path.slice(1).entries()) {
    expect(edges()).toContainEqual({ from: path[index], to });
  }
  expect(path.at(-1)).toBe(end.state);
  expect(steps.every(({ details }) => details.planHash === fix.planHash)).toBe(true);

  if (stage.applications > 0) {
    const approvals = steps.filter(({ action }) => action === 'fix-approved');
    expect(approvals).toHaveLength(1);
    expect([mina, jun]).toContainEqual(approvals[0]?.actor);
    expect(path.indexOf('applying')).toBeGreaterThan(path.indexOf('approved'));
  }
  if (end.state === 'applied') {
    expect(stage.trail.LogFileValidationEnabled).toBe(true);
    expect(end.outcome).toMatchObject({ kind: 'applied' });
  }
  const claimsNothing =
    end.state === 'stale' ||
    end.outcome?.kind === 'not-visible' ||
    (end.outcome?.kind === 'failed' && end.outcome.changed === 'nothing');
  if (claimsNothing || end.state === 'expired' || end.state === 'cancelled') {
    expect(stage.applications).toBe(0);
  }
  return end.state;
}

async function perform(act: Act, fix: FixRecord, world: FixWorld, stage: Stage): Promise<void> {
  const { id, planHash } = fix;
  switch (act.kind) {
    case 'approve':
      await approveFix({ fix: id, planHash, reason: null, by: act.by, replyTo: null }, world);
      return;
    case 'forged':
      await approveFix(
        { fix: id, planHash: '0'.repeat(64), reason: null, by: act.by, replyTo: null },
        world,
      );
      return;
    case 'decline':
      await declineFix({ fix: id, reason: null, by: act.by, replyTo: null }, world);
      return;
    case 'recover':
      await recoverFixes(world);
      return;
    case 'meddle':
      // Nobody switches validation off in these stories, so that "applied" can be judged at the end.
      stage.trail = {
        ...stage.trail,
        [act.with]: act.with === 'S3BucketName' ? 'somewhere-else' : true,
      };
  }
}

class Death extends Error {}

const dies = async (): Promise<never> => {
  throw new Death();
};

/** A world that ends for its worker at the nth edge between its steps: before a call, or behind it. */
function mortalWorld(world: FixWorld, after: number | null, onDeath: () => void): FixWorld {
  let left = after ?? Number.POSITIVE_INFINITY;
  const live = () => {
    left -= 1;
    if (left >= 0) return;
    onDeath();
    throw new Death();
  };
  return everyCall(world, async (call) => {
    live();
    const result = await call();
    live();
    return result;
  });
}

/** Lets the scheduler decide when each call of a worker happens. */
function scheduled(world: FixWorld, scheduler: fc.Scheduler): FixWorld {
  return everyCall(world, async (call) => {
    await scheduler.schedule(Promise.resolve());
    return call();
  });
}

const CALLS = [
  'lastScans',
  'putFix',
  'fix',
  'openFixes',
  'moveFix',
  'noteMessage',
  'appendAudit',
  'plan',
  'read',
  'apply',
  'isApprover',
  'tell',
] as const;

function everyCall(
  world: FixWorld,
  around: (call: () => Promise<unknown>) => Promise<unknown>,
): FixWorld {
  const wrapped = CALLS.map((name) => {
    const call = world[name] as (...words: unknown[]) => Promise<unknown>;
    return [name, (...words: unknown[]) => around(() => call(...words))];
  });
  const report = (trouble: Error) => {
    // A dead worker reports nothing; its next call ends it.
    if (!(trouble.cause instanceof Death)) world.report(trouble);
  };
  return { ...world, ...Object.fromEntries(wrapped), report };
}

/** How AWS answers the one call of a story. */
function answering(
  answered: 'yes' | 'no' | 'lost' | 'lost-but-done',
  apply: FixWorld['apply'],
  stage: Stage,
): FixWorld['apply'] {
  return async (plan, names, maySend): Promise<Sent> => {
    const recorded = await stage.store.fix(names.fix);
    expect(recorded).toMatchObject({ state: 'applying', planHash: names.planHash });
    switch (answered) {
      case 'yes':
        return apply(plan, names, maySend);
      case 'no':
        return { refused: 'AccessDenied: by an SCP' };
      case 'lost':
        return { unsure: 'TimeoutError' };
      case 'lost-but-done':
        await apply(plan, names, maySend);
        return { unsure: 'TimeoutError' };
    }
  };
}

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
