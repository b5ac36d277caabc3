import { reminders } from '../../src/core/digest/compose.ts';
import { tellDigest } from '../../src/core/digest/tell.ts';
import { plain } from '../../src/core/prose.ts';
import { acceptRisk } from '../../src/jobs/accept-risk.ts';
import { withDecisions } from '../../src/jobs/accepted-risks.ts';
import type { FixWorld } from '../../src/jobs/fix-world.ts';
import { openAcceptance } from '../../src/jobs/open-window.ts';
import { recoverFixes } from '../../src/jobs/recover-fixes.ts';
import { requestFix, requestWayBack } from '../../src/jobs/request-fix.ts';
import { currentDigest } from '../../src/jobs/send-digest.ts';
import { snoozeFinding } from '../../src/jobs/snooze-finding.ts';
import { approve, fixOf } from './deciding.ts';
import {
  alice,
  inChannel,
  jun,
  mina,
  openFinding,
  type Stage,
  scanWith,
  stageWhere,
} from './fix-world.ts';

const asked = {
  finding: 'f0000001',
  reason: ' a migration ends it ',
  owner: 'payments team',
  expires: '2027-03-31',
  by: alice,
  replyTo: inChannel,
};
const risk = { reason: 'a migration ends it', owner: 'payments team', expires: '2027-03-31' };
const locked = { by: jun, at: '', reason: null };

/** A stage whose scans say what was decided, as the bot reads them. */
async function decidedStage(different: Partial<FixWorld> = {}) {
  const { world, stage } = await stageWhere(different);
  world.lastScans = async (count) =>
    withDecisions(await stage.store.lastScans(count), stage.store, world.now);
  return { world, stage };
}

const findingNow = async (world: FixWorld) => (await world.lastScans(1))[0]?.findings[0];
const applications = ({ applications: count }: Stage) => count;

test('a risk is accepted by the same approval, and nothing is called', async () => {
  const { world, stage } = await decidedStage();
  const fix = fixOf(await acceptRisk(asked, world));
  expect(fix.plan).toMatchObject({ fix: 'accept-risk', calls: [], riskClass: 'B' });
  expect((await findingNow(world))?.exception).toBeNull();
  expect(await approve(fix, world, { by: alice })).toMatchObject({ why: { kind: 'own-request' } });
  expect(await approve(fix, world, { reason: null })).toMatchObject({
    why: { kind: 'reason-required' },
  });

  expect(await approve(fix, world)).toMatchObject({
    fix: { state: 'applied', outcome: { verified: { exception: risk } } },
  });
  expect(applications(stage)).toBe(0);
  expect(await stage.store.acceptedRisks()).toEqual([
    { ...risk, check: 'trail-log-file-validation', subject: openFinding().subject, fix: fix.id },
  ]);
  expect(await findingNow(world)).toMatchObject({
    status: 'FAIL',
    fix: null,
    exception: { ...risk, expired: false },
  });
  expect((await world.lastScans(1))[0]?.excepted).toBe(1);
  expect(await requestFix(asked, world)).toMatchObject({
    why: { kind: 'finding-accepted', owner: 'payments team' },
  });
  expect(await acceptRisk(asked, world)).toMatchObject({ why: { kind: 'finding-accepted' } });
});

test('what is critical takes two people', async () => {
  const { world, stage } = await decidedStage();
  const critical = openFinding({ severity: 'critical' });
  await stage.store.saveScan(scanWith([critical], { scannedAt: '2026-11-22T09:30:00.000Z' }));
  const fix = fixOf(await acceptRisk(asked, world));
  expect(fix).toMatchObject({ needed: 2, plan: { riskClass: 'C' } });
  await approve(fix, world);
  expect(await stage.store.acceptedRisks()).toEqual([]);
  expect(await approve(fix, world, { by: jun })).toMatchObject({ fix: { state: 'applied' } });
});

test('neither a freeze nor the limit of an hour holds it back: nothing is changed in AWS', async () => {
  const { world } = await decidedStage({
    stopped: async () => locked,
    freeze: () => ({ reason: 'year end', until: null }),
    perHour: 0,
  });
  const fix = fixOf(await acceptRisk(asked, world));
  expect(await approve(fix, world)).toMatchObject({ fix: { state: 'applied' } });
});

test('it is over the day after its last one, and says so', async () => {
  const { world, stage } = await decidedStage();
  await approve(fixOf(await acceptRisk({ ...asked, expires: '2026-11-23' }, world)), world);
  stage.clock.pass(2 * 24 * 60);
  expect(await findingNow(world)).toMatchObject({
    exception: { expired: true },
    detail: expect.stringContaining('expired'),
    fix: { id: 'enable-log-file-validation' },
  });
  // Accepted once more, it takes the place of the one that has run out.
  const again = fixOf(await acceptRisk(asked, world));
  expect(again.plan.before).toMatchObject({ exception: { expires: '2026-11-23' } });
  expect(await approve(again, world)).toMatchObject({ fix: { state: 'applied' } });
  expect(await stage.store.acceptedRisks()).toMatchObject([{ expires: '2027-03-31' }]);
});

test('it is taken back through the same approval, by one person', async () => {
  const { world, stage } = await decidedStage();
  const fix = fixOf(await acceptRisk(asked, world));
  await approve(fix, world);
  const back = fixOf(await requestWayBack({ fix: fix.id, by: jun, replyTo: null }, world));
  expect(back).toMatchObject({ needed: 1, plan: { direction: 'back', riskClass: 'A' } });
  expect(await approve(back, world)).toMatchObject({ fix: { state: 'applied' } });
  expect(await stage.store.acceptedRisks()).toEqual([]);
  expect((await stage.store.fix(fix.id))?.state).toBe('rolled-back');
  expect((await findingNow(world))?.exception).toBeNull();
});

test('a worker that dies before it is recorded has accepted nothing', async () => {
  const { world, stage } = await decidedStage();
  const fix = fixOf(await acceptRisk(asked, world));
  let moves = 0;
  const dying = {
    ...world,
    moveFix: async (...move: Parameters<FixWorld['moveFix']>) => {
      moves += 1;
      if (moves === 4) throw new Error('the process ended');
      return world.moveFix(...move);
    },
  };
  await expect(approve(fix, dying)).rejects.toThrow('the process ended');
  expect((await stage.store.fix(fix.id))?.state).toBe('applying');
  stage.clock.pass(6);
  expect(await recoverFixes(world)).toMatchObject([
    { fix: { state: 'failed', outcome: { changed: 'nothing' } } },
  ]);
  expect(await stage.store.acceptedRisks()).toEqual([]);
});

test.each<[string, object, object]>([
  ['no reason', { reason: '  ' }, { kind: 'reason-required' }],
  ['no owner', { owner: '' }, { kind: 'reason-required' }],
  ['no day', { expires: '2027-02-30' }, { kind: 'cannot-fix' }],
  ['a day that is over', { expires: '2026-11-22' }, { kind: 'cannot-fix' }],
  ['more than a year', { expires: '2028-01-01' }, { kind: 'cannot-fix' }],
  ['no such finding', { finding: 'f9' }, { kind: 'no-such-finding' }],
])('with %s nothing is proposed', async (_, different, why) => {
  const { world, stage } = await decidedStage();
  expect(await acceptRisk({ ...asked, ...different }, world)).toMatchObject({ why });
  expect(await stage.store.openFixes()).toEqual([]);
});

test('what holds, or could not be seen, is not accepted', async () => {
  const { world, stage } = await decidedStage();
  const unseen = openFinding({ status: 'NOT_VISIBLE' });
  await stage.store.saveScan(scanWith([unseen], { scannedAt: '2026-11-22T09:30:00.000Z' }));
  const why = { kind: 'finding-not-open', finding: 'f0000001', status: 'NOT_VISIBLE' };
  expect(await acceptRisk(asked, world)).toEqual({ kind: 'refused', why });
  const { finding, by, replyTo } = asked;
  expect(await openAcceptance({ finding, by, replyTo }, world)).toEqual({ kind: 'refused', why });
  expect(await snoozeFinding({ finding, days: 3, by, replyTo }, world)).toEqual({
    kind: 'refused',
    why,
  });
});

test('the window to accept it shows the finding', async () => {
  const { world } = await decidedStage();
  const { finding, by, replyTo } = asked;
  expect(await openAcceptance({ finding, by, replyTo }, world)).toMatchObject({
    kind: 'acceptance',
    finding: { id: finding },
  });
  expect(await openAcceptance({ finding: 'f9', by, replyTo }, world)).toMatchObject({
    why: { kind: 'no-such-finding' },
  });
});

test.each([
  [3, '2026-11-25T10:00:00.000Z'],
  [0, '2026-11-23T10:00:00.000Z'],
  [900, '2026-12-22T10:00:00.000Z'],
  [Number.NaN, '2026-11-23T10:00:00.000Z'],
])('put off for %d days, it is so until %s and stays open', async (days, until) => {
  const { world, stage } = await decidedStage();
  const { finding, replyTo } = asked;
  expect(await snoozeFinding({ finding, days, by: mina, replyTo }, world)).toEqual({
    kind: 'snoozed',
    finding,
    until,
    by: mina,
  });
  const [kept] = await withDecisions(
    [scanWith([openFinding()])],
    { ...stage.store, snoozes: async () => [{ finding, until, by: mina }] },
    world.now,
  );
  expect(kept?.findings[0]).toMatchObject({ status: 'FAIL', snoozed: { until, by: 'mina' } });
  expect((await stage.store.audit()).at(-1)).toMatchObject({
    action: 'finding-snoozed',
    actor: mina,
    details: { finding, until },
  });
});

test('a digest reminds of nothing that was put off, and says how many there are', async () => {
  const { world } = await decidedStage();
  const { finding, replyTo } = asked;
  const scans = [
    scanWith([openFinding()], { scannedAt: '2026-11-22T09:30:00.000Z' }),
    scanWith([openFinding()]),
  ];
  const lastScans = async () =>
    withDecisions(
      scans,
      {
        acceptedRisks: async () => [],
        snoozes: async () => [{ finding, until: '2026-11-25T10:00:00.000Z', by: mina }],
      },
      world.now,
    );
  await snoozeFinding({ finding, days: 3, by: mina, replyTo }, world);
  const digest = await currentDigest({ lastScans });
  if (!digest) throw new Error('there is no digest');
  expect(digest.stillOpen).toHaveLength(1);
  expect(reminders(digest)).toEqual([]);
  expect(plain(tellDigest(digest, 'en'))).toContain('1 still open, 1 of them put off');
  expect(plain(tellDigest(digest, 'ko'))).toContain('미해결 1건, 그중 보류 1건');
});

test('an acceptance that ended since the scan before is told as one that is over', async () => {
  const { world, stage } = await decidedStage();
  await approve(fixOf(await acceptRisk({ ...asked, expires: '2026-11-23' }, world)), world);
  stage.clock.pass(2 * 24 * 60);
  await stage.store.saveScan(scanWith([openFinding()], { scannedAt: '2026-11-24T10:00:00.000Z' }));
  expect(await currentDigest(world)).toMatchObject({
    noLongerAccepted: [{ id: 'f0000001' }],
    stillOpen: [],
  });
});
