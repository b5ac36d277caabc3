import type { FixPlan, FixTarget } from '../core/fixes/fix.ts';
import { groupPlan, MOST_PARTS } from '../core/fixes/group.ts';
import type { Runbook } from '../core/fixes/runbook.ts';
import { runbookFor } from '../core/fixes/runbooks/index.ts';
import { lockOf } from '../core/fixes/state.ts';
import { unread } from '../core/fixes/unread.ts';
import { isAccepted } from '../core/posture/exceptions.ts';
import type { Finding } from '../core/posture/finding.ts';
import { wasSeen } from '../core/reading.ts';
import type { Refusal } from '../core/telling.ts';
import type { FixWorld } from './fix-world.ts';

/** What planning needs of the world: nothing is asked for, and nothing is kept. */
export type PlanningWorld = Pick<FixWorld, 'lastScans' | 'plan' | 'obstacles' | 'asCode'>;

/** What to mend: a finding of the last scan, several of one fix, or a thing that a fix is named for. */
export type Wanted = { finding: string; subject?: string; findings?: string[] };

/** A plan, why there is none, or what a person does instead. */
export type PlannedFix =
  | { plan: FixPlan }
  | { why: Refusal }
  | { runbook: Runbook; finding?: Finding };

/** What a fix would do now. */
export async function planFix(wanted: Wanted, world: PlanningWorld): Promise<PlannedFix> {
  const { finding, subject, findings = [] } = wanted;
  if (subject !== undefined) return planNamed(finding, subject, world);
  const several = [...new Set([finding, ...findings])];
  return several.length > 1 ? planSeveral(several, world) : planOne(finding, world);
}

async function planOne(id: string, world: PlanningWorld): Promise<PlannedFix> {
  const [scan] = await world.lastScans(1);
  const finding = scan?.findings.find((one) => one.id === id);
  if (!finding) return { why: { kind: 'no-such-finding', finding: id } };

  const { check, status, fix } = finding;
  if (status !== 'FAIL') return { why: { kind: 'finding-not-open', finding: id, status } };

  if (finding.exception && isAccepted(finding)) {
    const { owner, reason, expires } = finding.exception;
    return { why: { kind: 'finding-accepted', finding: id, owner, reason, expires } };
  }
  if (!fix) return { why: { kind: 'no-fix-for-this', finding: id, check } };
  const runbook = fix.class === 'X' ? runbookFor(fix.id)?.write(finding) : undefined;
  return runbook ? { runbook, finding } : planTarget(fix.id, finding, world);
}

/** By the name of a fix that needs no finding, `contain-identity arn:…`, or of a runbook that no check names. */
async function planNamed(fix: string, subject: string, world: PlanningWorld): Promise<PlannedFix> {
  const owner = /(?<!\d)\d{12}(?!\d)/.exec(subject)?.[0] ?? '';
  const target = { id: fix, check: '', subject, owner, covers: owner === '' ? [] : [owner] };
  const runbook = NAMED.test(subject) ? runbookFor(fix) : undefined;
  return runbook ? { runbook: runbook.write(target) } : planTarget(fix, target, world);
}

/** What a runbook is written for stands in its commands: an account, or an ARN that names one. */
const NAMED = /^(arn:[\w-]+:[\w-]+:[\w-]*:\d{12}:[\w+=,.@/:-]+|\d{12})$/;

async function planTarget(
  fix: string,
  target: FixTarget,
  world: PlanningWorld,
): Promise<PlannedFix> {
  const { id, check } = target;
  const planned = await world.plan(fix, target);
  if (planned === 'no-fix')
    return { why: { kind: 'no-fix-for-this', finding: id, check: check || id } };
  if (!wasSeen(planned)) return { why: { kind: 'could-not-read', ...unread(planned.unseen) } };
  if (planned.seen === 'already-sound') {
    return { why: { kind: 'finding-not-open', finding: id, status: 'PASS' } };
  }
  if ('cannot' in planned.seen)
    return { why: { kind: 'cannot-fix', finding: id, obstacle: planned.seen.cannot } };

  const { plan } = planned.seen;
  const obstacle = await world.obstacles(plan);
  if (!wasSeen(obstacle)) return { why: { kind: 'could-not-read', ...unread(obstacle.unseen) } };
  if (obstacle.seen) {
    const asCode = world.asCode(plan);
    return { why: { kind: 'cannot-fix', finding: id, obstacle: obstacle.seen, asCode } };
  }
  return { plan };
}

/** One plan over all of them, if every one of them can be mended by the same fix. */
async function planSeveral(ids: string[], world: PlanningWorld): Promise<PlannedFix> {
  if (ids.length > MOST_PARTS) return { why: notTogether(ids[0] ?? '', TOO_MANY) };
  const parts: FixPlan[] = [];
  for (const id of ids) {
    const planned = await planOne(id, world);
    if ('runbook' in planned) return { why: notTogether(id, BY_HAND) };
    if ('plan' in planned) parts.push(planned.plan);
    // What has been mended since the scan needs no part; anything else is in the way of all.
    else if (planned.why.kind !== 'finding-not-open' || planned.why.status !== 'PASS')
      return planned;
  }
  const [first, ...others] = parts;
  if (!first) return { why: { kind: 'finding-not-open', finding: ids[0] ?? '', status: 'PASS' } };
  if (others.length === 0) return { plan: first };
  if (others.some(({ fix }) => fix !== first.fix))
    return { why: notTogether(first.finding, DIFFERENT) };
  if (new Set(parts.map(lockOf)).size < parts.length)
    return { why: notTogether(first.finding, SAME_THING) };
  return { plan: groupPlan(parts) };
}

type Words = { en: string; ko: string };
const notTogether = (finding: string, why: Words): Refusal => ({
  kind: 'cannot-fix',
  finding,
  obstacle: { kind: 'precondition', why, instead: ONE_BY_ONE },
});
const ONE_BY_ONE = { en: 'Ask for them one by one.', ko: '하나씩 요청하세요.' };
const TOO_MANY = {
  en: `One plan covers ${MOST_PARTS} things at most.`,
  ko: `한 계획은 최대 ${MOST_PARTS}건까지 다룹니다.`,
};
const BY_HAND = {
  en: 'One of these is mended by a person, by a runbook.',
  ko: '이 중 하나는 사람이 런북에 따라 조치해야 합니다.',
};
const DIFFERENT = {
  en: 'These need different fixes.',
  ko: '서로 다른 조치가 필요한 항목들입니다.',
};
const SAME_THING = {
  en: 'Two of these are about the same thing.',
  ko: '이 중 둘은 같은 리소스에 관한 것입니다.',
};
