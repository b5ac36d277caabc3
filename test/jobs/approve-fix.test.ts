import type { FixRecord } from '../../src/core/fixes/fix.ts';
import type { Telling } from '../../src/core/telling.ts';
import { approveFix } from '../../src/jobs/approve-fix.ts';
import { declineFix } from '../../src/jobs/decline-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { requestFix, requestWayBack } from '../../src/jobs/request-fix.ts';
import { alice, bob, inChannel, jun, mina, type Stage, stageWhere } from './fix-world.ts';

test('a fix is proposed, approved, applied, verified, and told at every step', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);

  const told = await approve(fix, world);

  expect(told).toMatchObject({
    kind: 'fix',
    fix: {
      state: 'applied',
      needed: 1,
      approvals: [
        { by: mina, planHash: fix.planHash, reason: 'needed', group: '@cloud-approvers' },
      ],
      decidedAt: '2026-11-22T10:00:00.000Z',
      message: { channel: 'C02GOVERN', ts: '1.fix-1' },
      outcome: {
        kind: 'applied',
        verified: { LogFileValidationEnabled: true },
        requestIds: ['request-1'],
        recovered: false,
      },
    },
  });
  expect(states(stage)).toEqual(['proposed', 'claimed', 'applying', 'applied']);
  expect(stage.trail.LogFileValidationEnabled).toBe(true);
  expect((await stage.store.audit()).map(({ action }) => action)).toEqual([
    'fix-proposed',
    'fix-approved',
    'fix-claimed',
    'fix-applying',
    'fix-applied',
  ]);
  expect(await stage.store.verifyAudit()).toEqual({ ok: true, entries: 5 });
});

test('the beginning is recorded before the call is sent', async () => {
  const { world, stage } = await stageWhere();
  const { apply } = world;
  let stateWhenSent: string | undefined;
  world.apply = async (plan, names, whyNot) => {
    stateWhenSent = (await stage.store.fix(names.fix))?.state;
    return apply(plan, names, whyNot);
  };
  await approve(await proposed(world), world);
  expect(stateWhenSent).toBe('applying');
});

describe('nobody decides who may not', () => {
  test.each<[string, Partial<Parameters<typeof approveFix>[0]>, object]>([
    [
      'somebody outside the group',
      { by: bob },
      { kind: 'not-an-approver', approvers: '@cloud-approvers' },
    ],
    ['the requester', { by: alice }, { kind: 'own-request' }],
    [
      'the requester with a second Slack account',
      { by: { ...mina, email: 'Alice@bora.example' } },
      { kind: 'own-request' },
    ],
    [
      'an approver of whom nobody can tell whether it is the requester',
      { by: { ...mina, email: null } },
      {
        kind: 'could-not-read',
        reason: expect.stringContaining('e-mail address of mina'),
        ko: expect.stringContaining('mina 님의 이메일 주소'),
      },
    ],
    ['an approver of another plan', { planHash: 'f'.repeat(64) }, { kind: 'plan-changed' }],
    [
      'an approver of a fix that is not there',
      { fix: 'fix-9' },
      { kind: 'no-such-fix', fix: 'fix-9' },
    ],
  ])('%s', async (_, different, why) => {
    const { world, stage } = await stageWhere();
    const fix = await proposed(world);
    expect(await approve(fix, world, different)).toEqual({ kind: 'refused', why });
    expect(stage.applications).toBe(0);
    expect((await stage.store.fix(fix.id))?.state).toBe('proposed');
    expect((await stage.store.audit()).at(-1)?.action).toBe('approval-refused');
  });

  test('anybody, when the group cannot be asked', async () => {
    const unseen = { kind: 'failed', reason: 'slack: ratelimited' } as const;
    const { world, stage } = await stageWhere({ isApprover: async () => ({ unseen }) });
    const told = await approve(await proposed(world), world);
    expect(told).toEqual({
      kind: 'refused',
      why: { kind: 'could-not-read', reason: unseen.reason },
    });
    expect(stage.applications).toBe(0);
  });

  test('anybody, an hour after the request', async () => {
    const { world, stage } = await stageWhere();
    const fix = await proposed(world);
    stage.clock.pass(60);
    expect(await approve(fix, world)).toEqual({
      kind: 'refused',
      why: { kind: 'expired', at: '2026-11-22T11:00:00.000Z' },
    });
    expect((await stage.store.fix(fix.id))?.state).toBe('expired');
    expect(stage.applications).toBe(0);
  });
});

test('the second of two approvers is told who was first, and changes nothing', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await approve(fix, world);
  expect(await approve(fix, world, { by: jun })).toEqual({
    kind: 'refused',
    why: { kind: 'already-decided', by: mina, at: '2026-11-22T10:00:00.000Z', state: 'applied' },
  });
  expect(stage.applications).toBe(1);
});

test('two approvers at the same moment apply once', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  const told = await Promise.all([approve(fix, world), approve(fix, world, { by: jun })]);
  expect(told.map(({ kind }) => kind).sort()).toEqual(['fix', 'refused']);
  expect(stage.applications).toBe(1);
});

test('what changed between request and approval makes the plan stale, and nothing is changed', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  stage.trail = { ...stage.trail, S3BucketName: 'somewhere-else' };
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'stale', outcome: { kind: 'stale', found: { S3BucketName: 'somewhere-else' } } },
  });
  expect(stage.applications).toBe(0);
});

test('somebody else mended it first: nothing is sent, and that is said', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  stage.trail = { ...stage.trail, LogFileValidationEnabled: true };
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'stale', outcome: { kind: 'already-sound' } },
  });
  expect(stage.applications).toBe(0);
});

test('an approver who left the group between the click and the call stops the fix', async () => {
  let asked = 0;
  const { world, stage } = await stageWhere({
    isApprover: async () => {
      asked += 1;
      return { seen: asked === 1 };
    },
  });
  expect(await approve(await proposed(world), world)).toMatchObject({
    fix: { state: 'failed', outcome: { kind: 'failed', changed: 'nothing' } },
  });
  expect(stage.applications).toBe(0);
});

test('what cannot be read before the call is not touched', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  world.read = async () => ({ unseen: { kind: 'denied', reason: 'AccessDenied: no' } });
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'failed', outcome: { kind: 'not-visible', reason: 'AccessDenied: no' } },
  });
  expect(stage.applications).toBe(0);
});

test('a refusal of AWS is told with what did not happen', async () => {
  const { world } = await stageWhere({
    apply: async () => ({ refused: 'AccessDenied: by an SCP' }),
  });
  expect(await approve(await proposed(world), world)).toMatchObject({
    fix: { state: 'failed', outcome: { reason: 'AccessDenied: by an SCP', changed: 'nothing' } },
  });
});

test('a call without an answer that took effect is applied, because the world says so', async () => {
  const { world } = await stageWhere();
  const { apply } = world;
  world.apply = async (plan, names, whyNot) => {
    await apply(plan, names, whyNot);
    return { unsure: 'TimeoutError' };
  };
  expect(await approve(await proposed(world), world)).toMatchObject({ fix: { state: 'applied' } });
});

test('a call without an answer that took no effect is not called "nothing": it may still arrive', async () => {
  const { world } = await stageWhere({ apply: async () => ({ unsure: 'TimeoutError' }) });
  expect(await approve(await proposed(world), world)).toMatchObject({
    fix: { state: 'failed', outcome: { changed: 'unknown' } },
  });
});

test('an accepted call that cannot be verified is not called applied', async () => {
  const { world } = await stageWhere();
  const { read } = world;
  let reads = 0;
  world.read = async (plan) => {
    reads += 1;
    return reads === 1 ? read(plan) : { unseen: { kind: 'failed', reason: 'Throttling' } };
  };
  expect(await approve(await proposed(world), world)).toMatchObject({
    fix: { state: 'failed', outcome: { changed: 'applied-unverified' } },
  });
});

test('Slack being away stops no fix: it is applied, recorded and reported', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  world.tell = async () => {
    throw new Error('slack is away');
  };
  await approve(fix, world);
  expect((await stage.store.fix(fix.id))?.state).toBe('applied');
  expect(stage.troubles).toHaveLength(3);
});

test('Slack not answering holds up neither the call nor its record', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  const { tell } = world;
  let answer = () => {};
  world.tell = async (telling, to) => {
    if (telling.kind === 'fix' && telling.fix.state === 'applying') {
      await new Promise<void>((resolve) => {
        answer = resolve;
      });
    }
    return tell(telling, to);
  };
  const approved = approve(fix, world);
  // Everything but Slack answers at once here, so that a turn of the event loop is long enough.
  await new Promise((resolve) => setImmediate(resolve));
  expect((await stage.store.fix(fix.id))?.state).toBe('applied');
  answer();
  await approved;
  expect(states(stage)).toEqual(['proposed', 'claimed', 'applying', 'applied']);
});

test('a request that was declined cannot be approved any more', async () => {
  const { world } = await stageWhere();
  const fix = await proposed(world);
  expect(
    await declineFix({ fix: fix.id, reason: null, by: bob, replyTo: null }, world),
  ).toMatchObject({
    why: { kind: 'not-an-approver' },
  });
  expect(
    await declineFix({ fix: fix.id, reason: 'not today', by: jun, replyTo: null }, world),
  ).toMatchObject({
    fix: { state: 'cancelled', declinedBy: jun, declineReason: 'not today' },
  });
  expect(await approve(fix, world)).toMatchObject({
    why: { kind: 'already-decided', by: jun, state: 'cancelled' },
  });
});

test('the requester may take the request back', async () => {
  const { world } = await stageWhere();
  const fix = await proposed(world);
  expect(
    await declineFix({ fix: fix.id, reason: null, by: alice, replyTo: null }, world),
  ).toMatchObject({
    fix: { state: 'cancelled', declinedBy: alice },
  });
});

test('the way back is a plan of its own, approved like any other, and rolls the first one back', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await approve(fix, world);

  const back = fixOf(await requestWayBack({ fix: fix.id, by: jun, replyTo: inChannel }, world));
  expect(back).toMatchObject({
    state: 'proposed',
    undoes: fix.id,
    plan: {
      direction: 'back',
      calls: [{ parameters: { EnableLogFileValidation: false } }],
      after: { LogFileValidationEnabled: false },
    },
  });
  expect(await approve(back, world, { by: jun })).toMatchObject({ why: { kind: 'own-request' } });
  expect(await approve(back, world)).toMatchObject({ fix: { state: 'proposed', needed: 2 } });
  expect(stage.trail.LogFileValidationEnabled).toBe(true);
  expect(await approve(back, world, { by: alice })).toMatchObject({ fix: { state: 'applied' } });
  expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
  expect(stage.trail.LogFileValidationEnabled).toBe(false);
  expect(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world)).toEqual({
    kind: 'refused',
    why: { kind: 'cannot-undo', state: 'rolled-back' },
  });
});

test('what is not in place any more cannot be taken back', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  await approve(fix, world);
  stage.trail = { ...stage.trail, LogFileValidationEnabled: false };
  expect(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world)).toEqual({
    kind: 'refused',
    why: { kind: 'plan-changed' },
  });
});

async function proposed(world: FixWorld): Promise<FixRecord> {
  return fixOf(await requestFix({ finding: 'f0000001', by: alice, replyTo: inChannel }, world));
}

function approve(
  fix: FixRecord,
  world: FixWorld,
  different: Partial<Parameters<typeof approveFix>[0]> = {},
): Promise<Telling> {
  const { id, planHash } = fix;
  return approveFix(
    { fix: id, planHash, reason: 'needed', by: mina, replyTo: inChannel, ...different },
    world,
  );
}

function fixOf(telling: Telling): FixRecord {
  if (telling.kind !== 'fix') throw new Error(`told instead: ${JSON.stringify(telling)}`);
  return telling.fix;
}

function states(stage: Stage): string[] {
  return stage.told.map((telling) => (telling.kind === 'fix' ? telling.fix.state : telling.kind));
}
