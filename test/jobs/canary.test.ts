import type { FixPlan } from '../../src/core/fixes/fix.ts';
import { partsOf } from '../../src/core/fixes/group.ts';
import type { Sent } from '../../src/core/fixes/outcome.ts';
import { planLogFileValidation, type State } from '../../src/core/fixes/plan.ts';
import { lockOf } from '../../src/core/fixes/state.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { requestFix, requestWayBack } from '../../src/jobs/request-fix.ts';
import { approve, fixOf, proposed } from './deciding.ts';
import { alice, inChannel, jun, mina, openFinding, scanWith, stageWhere } from './fix-world.ts';

const ACCOUNTS = ['111111111111', '222222222222', '333333333333'];
const trailIn = (account: string) => `arn:aws:cloudtrail:eu-west-1:${account}:trail/own`;
const finding = (account: string, different: object = {}) =>
  openFinding({ id: `f-${account}`, subject: trailIn(account), owner: account, ...different });
const findings = ACCOUNTS.map((account) => `f-${account}`);
const several = { finding: 'f-111111111111', findings };
const sound = { ...several, by: alice, replyTo: inChannel };

/** Three accounts with a trail each, whose log file validation is off. */
async function threeAccounts(different: Partial<FixWorld> = {}) {
  const trails = new Map(ACCOUNTS.map((account): [string, State] => [trailIn(account), off]));
  const sent: string[] = [];
  const { world, stage } = await stageWhere({
    plan: async (_, target) => {
      const plan = planLogFileValidation(target, trails.get(target.subject) ?? off);
      return { seen: plan ? { plan } : 'already-sound' };
    },
    read: async ({ resource }) => ({ seen: { ...(trails.get(resource) ?? off) } }),
    apply: async (plan): Promise<Sent> => {
      sent.push(plan.account);
      const on = plan.calls[0]?.parameters.EnableLogFileValidation ?? null;
      trails.set(plan.resource, {
        ...(trails.get(plan.resource) ?? off),
        LogFileValidationEnabled: on,
      });
      return { requestIds: [`request-${plan.account}`] };
    },
    ...different,
  });
  await stage.store.saveScan(
    scanWith(
      ACCOUNTS.map((account) => finding(account)),
      { scannedAt: '2026-11-22T09:30:00.000Z' },
    ),
  );
  return { world, stage, trails, sent };
}

const off: State = { LogFileValidationEnabled: false, S3BucketName: 'logs' };
const became = (outcome: unknown) =>
  (outcome as { parts: { became: string }[] }).parts.map((part) => part.became);

test('one approval covers several, one after the other, each behind its own re-check', async () => {
  const { world, stage, trails, sent } = await threeAccounts();
  const fix = await proposed(world, several);
  expect(fix.plan.parts).toHaveLength(3);
  expect(await approve(fix, world)).toMatchObject({
    fix: {
      state: 'applied',
      outcome: { requestIds: ACCOUNTS.map((account) => `request-${account}`) },
    },
  });
  expect(sent).toEqual(ACCOUNTS);
  expect([...trails.values()].every((state) => state.LogFileValidationEnabled)).toBe(true);
  expect((await stage.store.audit()).map(({ action }) => action)).toEqual([
    'fix-proposed',
    'fix-approved',
    'fix-claimed',
    'fix-applying',
    'fix-part-begun',
    'fix-part-begun',
    'fix-applied',
  ]);
});

test('where the canary does not live, no other is touched', async () => {
  const { world, sent } = await threeAccounts();
  world.apply = async ({ account }) => {
    sent.push(account);
    return { refused: 'AccessDenied: by an SCP' };
  };
  const told = fixOf(await approve(await proposed(world, several), world));
  expect(told).toMatchObject({ state: 'failed', outcome: { changed: 'nothing' } });
  expect(became(told.outcome)).toEqual(['failed', 'not-begun', 'not-begun']);
  expect(sent).toEqual(['111111111111']);
});

test('a canary that is accepted and cannot be verified stops the others', async () => {
  const { world, sent } = await threeAccounts();
  const { read } = world;
  world.read = async (plan) =>
    sent.length > 0 ? { unseen: { kind: 'failed', reason: 'Throttling' } } : read(plan);
  const told = fixOf(await approve(await proposed(world, several), world));
  expect(told).toMatchObject({ state: 'failed', outcome: { changed: 'applied-unverified' } });
  expect(sent).toEqual(['111111111111']);
});

test.each<[string, (stage: Awaited<ReturnType<typeof threeAccounts>>) => void, string[]]>([
  [
    'somebody changed the second one',
    ({ trails }) => trails.set(trailIn('222222222222'), { ...off, S3BucketName: 'moved' }),
    ['applied', 'stale', 'not-begun'],
  ],
  [
    'the kill switch was pulled',
    ({ world }) => {
      world.stopped = async () => ({ by: jun, at: '', reason: 'an incident' });
    },
    ['applied', 'failed', 'not-begun'],
  ],
  [
    'the approver left the group',
    ({ stage }) => stage.group.delete(mina.slackId),
    ['applied', 'failed', 'not-begun'],
  ],
])(
  'when %s behind the canary, the rest is left alone, and that is told',
  async (_, meddle, ends) => {
    const three = await threeAccounts();
    const { world, sent } = three;
    const { apply } = world;
    world.apply = async (plan, names, whyNot) => {
      const answer = await apply(plan, names, whyNot);
      meddle(three);
      return answer;
    };
    const told = fixOf(await approve(await proposed(world, several), world));
    expect(told).toMatchObject({
      state: 'failed',
      outcome: {
        changed: 'partly',
        accepted: [{ api: 'cloudtrail:UpdateTrail', requestId: 'request-111111111111' }],
      },
    });
    expect(became(told.outcome)).toEqual(ends);
    expect(sent).toEqual(['111111111111']);
  },
);

test('when one of them was changed before anything is sent, nothing is', async () => {
  const { world, trails, sent } = await threeAccounts();
  const fix = await proposed(world, several);
  trails.set(trailIn('333333333333'), { ...off, S3BucketName: 'moved' });
  expect(await approve(fix, world)).toMatchObject({ fix: { state: 'stale' } });
  expect(sent).toEqual([]);
});

test('a worker that died behind the first is not continued: what is done is told, the rest never begins', async () => {
  const { world, stage, sent } = await threeAccounts();
  const { apply } = world;
  world.apply = async (plan, names, whyNot) => {
    if (sent.length === 1) throw new Error('the process ended');
    return apply(plan, names, whyNot);
  };
  const fix = await proposed(world, several);
  await expect(approve(fix, world)).rejects.toThrow('the process ended');
  world.apply = apply;
  stage.clock.pass(6);
  const [told] = await recoverFixes(world);
  const { outcome, state } = fixOf(told as NonNullable<typeof told>);
  expect(state).toBe('failed');
  expect(outcome).toMatchObject({ changed: 'partly' });
  expect(became(outcome)).toEqual(['applied', 'failed', 'not-begun']);
  expect(sent).toEqual(['111111111111']);
});

test('the way back of several is one plan, the last one first, for two people', async () => {
  const { world, stage, trails, sent } = await threeAccounts();
  const fix = await proposed(world, several);
  await approve(fix, world);
  const back = fixOf(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world));
  expect(back).toMatchObject({ needed: 2, plan: { direction: 'back', riskClass: 'C' } });
  await approve(back, world);
  await approve(back, world, { by: alice });
  expect(sent.slice(3)).toEqual(ACCOUNTS.toReversed());
  expect([...trails.values()]).toEqual([off, off, off]);
  expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
});

test('what has been mended since the scan needs no part; of one that is left it is a plan of one', async () => {
  const { world, trails } = await threeAccounts();
  trails.set(trailIn('111111111111'), { ...off, LogFileValidationEnabled: true });
  const plan: FixPlan = (await proposed(world, several)).plan;
  expect(partsOf(plan).map(lockOf)).toEqual(
    ['222222222222', '333333333333'].map((account) => `${account}/eu-west-1/${trailIn(account)}`),
  );
});

test.each<[string, object, RegExp]>([
  ['one needs another fix', { fix: { id: 'another-fix', class: 'A' } }, /different fixes/],
  ['one is mended by a person', { fix: { id: 'enable-mfa-delete', class: 'X' } }, /runbook/],
  ['two are about the same thing', { subject: trailIn('111111111111') }, /same thing/],
])('where %s, they are asked for one by one', async (_, different, words) => {
  const { world, stage } = await threeAccounts();
  const { plan } = world;
  world.plan = async (id, target) => {
    const planned = await plan(id, target);
    if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
      return planned;
    return 'plan' in planned.seen ? { seen: { plan: { ...planned.seen.plan, fix: id } } } : planned;
  };
  const [first, second] = ACCOUNTS as [string, string];
  await stage.store.saveScan(
    scanWith([finding(first), finding(second, different)], {
      scannedAt: '2026-11-22T09:40:00.000Z',
    }),
  );
  const told = await requestFix({ ...sound, findings: findings.slice(0, 2) }, world);
  expect(told).toMatchObject({
    why: { obstacle: { kind: 'precondition', why: { en: expect.stringMatching(words) } } },
  });
});

test('what belongs to different approvers is asked for one by one', async () => {
  const { world, stage } = await threeAccounts({
    approversFor: async ({ account }) => ({
      seen: { group: `@owners-of-${account}`, needed: 1 },
    }),
  });
  expect(await requestFix(sound, world)).toMatchObject({
    why: {
      kind: 'could-not-read',
      reason: expect.stringContaining('one by one'),
      ko: expect.stringContaining('하나씩'),
    },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('a call in an account of others is theirs to approve, wherever the thing of the plan is', async () => {
  const { world, stage } = await threeAccounts({
    approversFor: async ({ account }) => ({
      seen: { group: account === '222222222222' ? '@security' : '@clouds', needed: 1 },
    }),
  });
  const { plan } = world;
  world.plan = async (id, target) => {
    const planned = await plan(id, target);
    if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
      return planned;
    if (!('plan' in planned.seen)) return planned;
    const at = { account: '222222222222', region: 'eu-west-1' };
    const calls = planned.seen.plan.calls.map((call) => ({ ...call, at }));
    return { seen: { plan: { ...planned.seen.plan, calls } } };
  };
  const { finding } = sound;
  expect(await requestFix({ ...sound, finding, findings: [] }, world)).toMatchObject({
    why: {
      kind: 'could-not-read',
      reason: expect.stringMatching(/@clouds and @security both have to approve this/),
    },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('of several classes the gravest says who approves all of them', async () => {
  const { world } = await threeAccounts({
    approversFor: async ({ riskClass }) => ({ seen: { group: `@class-${riskClass}`, needed: 1 } }),
  });
  const { plan } = world;
  world.plan = async (id, target) => {
    const planned = await plan(id, target);
    if (planned === 'no-fix' || !('seen' in planned) || typeof planned.seen === 'string')
      return planned;
    const graver = target.owner === '222222222222' ? ('B' as const) : ('A' as const);
    return 'plan' in planned.seen
      ? { seen: { plan: { ...planned.seen.plan, riskClass: graver } } }
      : planned;
  };
  expect(await proposed(world, several)).toMatchObject({
    approvers: '@class-B',
    plan: { riskClass: 'B' },
  });
});

test('an open fix of one of them stands in the way of all', async () => {
  const { world } = await threeAccounts();
  const first = await proposed(world, { finding: 'f-222222222222' });
  expect(await requestFix(sound, world)).toMatchObject({
    why: { kind: 'already-requested', fix: first.id },
  });
});

test('several count by their things: what the hour has no room for is told when, and goes then', async () => {
  const { world, stage, sent } = await threeAccounts({ perHour: 3 });
  await stage.store.saveScan(
    scanWith(
      [...ACCOUNTS, '444444444444'].map((account) => finding(account)),
      { scannedAt: '2026-11-22T09:50:00.000Z' },
    ),
  );
  await approve(await proposed(world, { finding: 'f-444444444444' }), world);
  expect(sent.splice(0)).toEqual(['444444444444']);
  stage.clock.pass(10);
  const fix = await proposed(world, several);
  expect(await approve(fix, world)).toEqual({
    kind: 'refused',
    why: {
      kind: 'too-many-fixes',
      perHour: 3,
      asked: 3,
      left: 2,
      next: '2026-11-22T11:00:00.000Z',
    },
  });
  expect(await stage.store.fix(fix.id)).toMatchObject({ state: 'proposed', approvals: [] });
  expect(sent).toEqual([]);
  stage.clock.pass(50);
  expect(await approve(fix, world)).toMatchObject({ fix: { state: 'applied' } });
  expect(sent).toEqual(ACCOUNTS);
});

test('what no hour has room for is not even proposed', async () => {
  const { world, stage } = await threeAccounts({ perHour: 2 });
  expect(await requestFix(sound, world)).toEqual({
    kind: 'refused',
    why: { kind: 'too-many-fixes', perHour: 2, asked: 3, left: 2, next: null },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('of two plans over several that are approved at once only the one goes that there is room for', async () => {
  const { world, stage, sent } = await threeAccounts({ perHour: 4 });
  const more = ['444444444444', '555555555555'];
  await stage.store.saveScan(
    scanWith(
      [...ACCOUNTS, ...more].map((account) => finding(account)),
      { scannedAt: '2026-11-22T09:50:00.000Z' },
    ),
  );
  const three = await proposed(world, several);
  const two = await proposed(world, {
    finding: 'f-444444444444',
    findings: more.map((account) => `f-${account}`),
  });
  const told = await Promise.all([approve(three, world), approve(two, world)]);
  expect(told.map(({ kind }) => kind).sort()).toEqual(['fix', 'refused']);
  expect(told.find(({ kind }) => kind === 'refused')).toMatchObject({
    why: { kind: 'too-many-fixes', next: '2026-11-22T11:00:00.000Z' },
  });
  expect(sent.length).toBe(told[0]?.kind === 'fix' ? 3 : 2);
});

test('of several that were stopped behind the canary, the canary alone is taken back, by two people', async () => {
  const { world, stage, trails, sent } = await threeAccounts();
  const stop = { by: jun, at: '2026-11-22T10:00:00.000Z', reason: 'an incident' };
  world.stopped = async () => (sent.length === 1 ? stop : null);
  const fix = await proposed(world, several);
  const ended = fixOf(await approve(fix, world));
  expect(ended).toMatchObject({ state: 'failed', outcome: { why: { kind: 'fixes-stopped' } } });
  const wayBack = { fix: fix.id, by: jun, replyTo: null };
  expect(await requestWayBack(wayBack, world)).toMatchObject({ why: { kind: 'fixes-stopped' } });

  world.stopped = async () => null;
  const back = fixOf(await requestWayBack(wayBack, world));
  expect(back).toMatchObject({ needed: 2, undoes: fix.id, plan: { account: '111111111111' } });
  expect(await approve(back, world, { by: jun })).toMatchObject({ why: { kind: 'own-request' } });
  await approve(back, world);
  await approve(back, world, { by: alice });
  expect(sent).toEqual(['111111111111', '111111111111']);
  expect([...trails.values()]).toEqual([off, off, off]);
  expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
  expect(await requestWayBack(wayBack, world)).toMatchObject({
    why: { kind: 'cannot-undo', state: 'rolled-back' },
  });
});

test('what somebody changed behind a stopped fix is not taken back', async () => {
  const { world, stage, trails, sent } = await threeAccounts();
  const stop = { by: jun, at: '2026-11-22T10:00:00.000Z', reason: null };
  world.stopped = async () => (sent.length === 1 ? stop : null);
  const fix = await proposed(world, several);
  await approve(fix, world);
  world.stopped = async () => null;
  trails.set(trailIn('111111111111'), off);
  expect(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world)).toMatchObject({
    why: { kind: 'no-way-back', why: { en: expect.stringMatching(/somebody has changed it/) } },
  });
  expect(await stage.store.openFixes()).toEqual([]);
});
