import { declineFix } from '../../src/jobs/decline-fix.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { openDecision } from '../../src/jobs/open-window.ts';
import { approve, proposed } from './deciding.ts';
import { alice, bob, jun, mina, stageWhere } from './fix-world.ts';

const minaAgain = { ...mina, slackId: 'U77MINA' };

/** A stage on which the fix is one of class C. */
async function graveStage(different: Partial<FixWorld> = {}) {
  const { world, stage } = await stageWhere(different);
  const { plan } = world;
  world.plan = async (id, target) => {
    const planned = await plan(id, target);
    if (planned === 'no-fix' || !('seen' in planned)) return planned;
    if (planned.seen === 'already-sound' || 'cannot' in planned.seen) return planned;
    return { seen: { plan: { ...planned.seen.plan, riskClass: 'C' } } };
  };
  return { world, stage };
}

test('one approval of two is written down and told, and nothing is applied', async () => {
  const { world, stage } = await graveStage();
  const fix = await proposed(world);
  expect(await approve(fix, world)).toMatchObject({
    kind: 'fix',
    fix: {
      state: 'proposed',
      needed: 2,
      decidedAt: null,
      approvals: [
        {
          by: mina,
          at: '2026-11-22T10:00:00.000Z',
          planHash: fix.planHash,
          reason: 'needed',
          group: '@cloud-approvers',
        },
      ],
    },
  });
  expect(stage.applications).toBe(0);
  expect((await stage.store.audit()).at(-1)).toMatchObject({
    actor: mina,
    action: 'fix-approval',
    details: { given: 1, needed: 2, approval: { reason: 'needed' } },
  });

  expect(await approve(fix, world, { by: jun, reason: 'CHG-17' })).toMatchObject({
    fix: {
      state: 'applied',
      approvals: [{ by: mina }, { by: jun, reason: 'CHG-17' }],
      decidedAt: '2026-11-22T10:00:00.000Z',
    },
  });
  expect(stage.applications).toBe(1);
});

test.each<[string, Parameters<typeof approve>[2], object]>([
  ['the same person again', {}, { kind: 'approved-already' }],
  ['the same person under another account', { by: minaAgain }, { kind: 'approved-already' }],
  ['the requester', { by: alice }, { kind: 'own-request' }],
  ['somebody outside the group', { by: bob }, { kind: 'not-an-approver' }],
  ['a second approver without a word', { by: jun, reason: ' ' }, { kind: 'reason-required' }],
])('%s is no second approver', async (_, different, why) => {
  const { world, stage } = await graveStage();
  stage.group.add(minaAgain.slackId);
  const fix = await proposed(world);
  await approve(fix, world);
  expect(await approve(fix, world, different)).toMatchObject({ kind: 'refused', why });
  expect((await stage.store.fix(fix.id))?.approvals).toHaveLength(1);
  expect(stage.applications).toBe(0);
});

test('two approvers at the same moment both count, and apply once', async () => {
  const { world, stage } = await graveStage();
  const fix = await proposed(world);
  await Promise.all([approve(fix, world), approve(fix, world, { by: jun })]);
  expect(await stage.store.fix(fix.id)).toMatchObject({
    state: 'applied',
    approvals: [expect.anything(), expect.anything()],
  });
  expect(stage.applications).toBe(1);
});

test('of two approvers one has left the group before the call: nothing is sent', async () => {
  const { world, stage } = await graveStage();
  const fix = await proposed(world);
  await approve(fix, world);
  stage.group.delete(mina.slackId);
  expect(await approve(fix, world, { by: jun })).toMatchObject({
    fix: {
      state: 'failed',
      outcome: {
        changed: 'nothing',
        reason: 'the approver mina is no longer in the group of approvers',
      },
    },
  });
  expect(stage.applications).toBe(0);
});

test('a no after the first of two approvals ends it', async () => {
  const { world, stage } = await graveStage();
  const fix = await proposed(world);
  await approve(fix, world);
  await declineFix({ fix: fix.id, reason: 'not on a Friday', by: jun, replyTo: null }, world);
  expect(await stage.store.fix(fix.id)).toMatchObject({
    state: 'cancelled',
    declinedBy: jun,
    declineReason: 'not on a Friday',
  });
  expect(await approve(fix, world, { by: jun })).toMatchObject({
    why: { kind: 'already-decided', by: jun },
  });
});

test('where more are needed since the proposal, more are needed', async () => {
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  expect(fix.needed).toBe(1);
  world.approversFor = async () => ({ seen: { group: '@security', needed: 2 } });
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'proposed', needed: 2, approvers: '@security' },
  });
  expect(stage.applications).toBe(0);
});

test('where nobody can tell who may approve, nothing is proposed, approved or applied', async () => {
  const unseen = { unseen: { kind: 'failed', reason: 'Organizations: throttled' } } as const;
  const { world, stage } = await stageWhere();
  const fix = await proposed(world);
  const { approversFor } = world;
  world.approversFor = async () => unseen;
  const why = { kind: 'could-not-read', reason: unseen.unseen.reason };
  expect(await approve(fix, world)).toMatchObject({ why });
  let asked = 0;
  world.approversFor = async (plan) => {
    asked += 1;
    return asked === 1 ? approversFor(plan) : unseen;
  };
  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'failed', outcome: { changed: 'nothing' } },
  });
  expect(stage.applications).toBe(0);
});

describe('a class that is confirmed outside Slack', () => {
  const sent: object[] = [];
  const confirmation: FixWorld['confirmation'] = {
    demanded: ({ riskClass }) => riskClass === 'C',
    link: async (decision) => {
      sent.push(decision);
      return { url: 'https://trailwarden.example/c/1', expiresAt: '2026-11-22T10:10:00.000Z' };
    },
  };
  const confirmed = (email: string) => ({
    issuer: 'https://login.example',
    subject: 's-1',
    email,
    at: '2026-11-22T10:01:00.000Z',
  });

  test('a click is answered with a link, and is no approval', async () => {
    const { world, stage } = await graveStage({ confirmation });
    const fix = await proposed(world);
    expect(await approve(fix, world)).toMatchObject({
      why: { kind: 'confirm-outside', url: 'https://trailwarden.example/c/1' },
    });
    expect(sent.at(-1)).toMatchObject({ fix: fix.id, planHash: fix.planHash, by: mina });
    expect((await stage.store.fix(fix.id))?.approvals).toEqual([]);
  });

  test('who was seen by the sign-in approves; somebody else there does not', async () => {
    const { world, stage } = await graveStage({ confirmation });
    const fix = await proposed(world);
    expect(await approve(fix, world, { confirmed: confirmed('jun@bora.example') })).toMatchObject({
      why: { kind: 'could-not-read' },
    });
    await approve(fix, world, { confirmed: confirmed('MINA@bora.example') });
    await approve(fix, world, { by: jun, confirmed: confirmed('jun@bora.example') });
    expect(await stage.store.fix(fix.id)).toMatchObject({
      state: 'applied',
      approvals: [{ confirmed: { subject: 's-1' } }, { confirmed: { subject: 's-1' } }],
    });
  });

  test('an approval from before the confirmation was demanded is not enough to apply', async () => {
    const { world, stage } = await graveStage();
    const fix = await proposed(world);
    await approve(fix, world);
    world.confirmation = confirmation;
    const last = { by: jun, confirmed: confirmed('jun@bora.example') };
    expect(await approve(fix, world, last)).toMatchObject({
      fix: {
        state: 'failed',
        outcome: { reason: 'the approval of mina was not confirmed outside Slack' },
      },
    });
    expect(stage.applications).toBe(0);
  });
});

describe('the window in which somebody says why', () => {
  const wanted = { decision: 'approve', by: mina, replyTo: null } as const;

  test('opens for who may decide', async () => {
    const { world } = await graveStage();
    const { id, planHash } = await proposed(world);
    expect(await openDecision({ ...wanted, fix: id, planHash }, world)).toMatchObject({
      kind: 'decision',
      decision: 'approve',
      fix: { id },
      finding: { id: 'f0000001' },
    });
    const own = { ...wanted, decision: 'decline', by: alice, fix: id, planHash } as const;
    expect(await openDecision(own, world)).toMatchObject({ kind: 'decision' });
  });

  test.each([
    [alice, 'own-request'],
    [bob, 'not-an-approver'],
  ])('and for nobody else: %#', async (by, kind) => {
    const { world } = await graveStage();
    const { id, planHash } = await proposed(world);
    expect(await openDecision({ ...wanted, by, fix: id, planHash }, world)).toMatchObject({
      why: { kind },
    });
  });

  test('a stranger declines nothing, and what is over is over', async () => {
    const { world } = await graveStage();
    const { id, planHash } = await proposed(world);
    const decline = { ...wanted, decision: 'decline', fix: id, planHash } as const;
    expect(await openDecision({ ...decline, by: bob }, world)).toMatchObject({
      why: { kind: 'not-an-approver' },
    });
    await declineFix({ fix: id, reason: null, by: mina, replyTo: null }, world);
    expect(await openDecision(decline, world)).toMatchObject({ why: { kind: 'already-decided' } });
    expect(await openDecision({ ...decline, fix: 'fix-9' }, world)).toMatchObject({
      why: { kind: 'no-such-fix' },
    });
  });
});
