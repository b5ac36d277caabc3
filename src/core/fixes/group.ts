import type { FixOutcome, FixPlan, PartEnd, RiskClass } from './fix.ts';
import { type Ending, failedBecause } from './outcome.ts';
import { planBack, type State } from './plan.ts';
import { lockOf } from './state.ts';
import type { Why } from './why.ts';

/** So many things are mended by one approval, at most. */
export const MOST_PARTS = 20;

/**
 * One plan over several of one fix, in their order; the first is the canary: the others begin only when
 * it is applied and verified. Each part is a whole plan, re-read and verified by itself.
 */
export function groupPlan(parts: FixPlan[]): FixPlan {
  const [canary, ...others] = parts;
  if (!canary || others.length === 0) throw new Error('a plan over several needs several');
  const keeps = parts.flatMap(({ blast }) => blast.keeps);
  const final = parts.find(({ blast }) => blast.irreversible)?.blast.irreversible;
  const monthly = parts.map(({ cost }) => cost?.monthly ?? null);
  const cost = parts.find((part) => part.cost)?.cost;
  return {
    fix: canary.fix,
    family: canary.family,
    direction: canary.direction,
    finding: canary.finding,
    account: canary.account,
    region: canary.region,
    resource: canary.resource,
    calls: parts.flatMap((part) => seated(part, part.calls)),
    before: byName(parts, 'before'),
    after: byName(parts, 'after'),
    wayBack: parts.toReversed().flatMap((part) => seated(part, part.wayBack)),
    riskClass: worst(parts.map(({ riskClass }) => riskClass)),
    blast: {
      accounts: [...new Set(parts.flatMap(({ blast }) => blast.accounts))].sort(),
      feels: canary.blast.feels,
      keeps: keeps.filter(({ en }, index) => keeps.findIndex((each) => each.en === en) === index),
      ...(final && { irreversible: final }),
    },
    ...(cost && {
      cost: {
        ...cost,
        monthly: monthly.includes(null)
          ? null
          : monthly.reduce((sum: number, one) => sum + (one ?? 0), 0),
      },
    }),
    parts,
  };
}

/**
 * The way back of an applied plan from the state as it is now, by `readState`: of a plan over several, of
 * the parts that are still in place, the last one first. Undefined when nothing of it is.
 */
export function wayBackOf(plan: FixPlan, now: State): FixPlan | undefined {
  if (!plan.parts) return planBack(plan, now);
  const back = plan.parts.toReversed().flatMap((part) => {
    const state = now[lockOf(part)];
    if (state === null || typeof state !== 'object' || Array.isArray(state)) return [];
    return planBack(part, state) ?? [];
  });
  const [first, ...others] = back;
  return others.length > 0 ? groupPlan(back) : first;
}

/** The things of a plan, one by one; the canary first. */
export const partsOf = (plan: FixPlan): FixPlan[] => plan.parts ?? [plan];

/**
 * How many fixes of an hour a plan uses up: one for each thing that it changes in AWS, so that twenty
 * trails behind one approval are twenty; none for what calls nothing. A way back counts once: what an
 * hour let through must not have to wait for the next one to be taken back.
 */
export function usedBy(plan: FixPlan): number {
  const things = partsOf(plan).filter(({ calls }) => calls.length > 0).length;
  return plan.direction === 'back' ? Math.min(1, things) : things;
}

/**
 * How a plan over several ended: from the ends of the parts that were begun, in their order. What stands
 * in the record for one thing stands for all of them only where it holds of all.
 */
export function groupEnding(plan: FixPlan, ends: Ending[]): Ending {
  const parts = partsOf(plan);
  const [only] = ends;
  if (!plan.parts && only) return only;
  const told = parts.map((part, index): PartEnd => {
    const { account, region, resource } = part;
    const taken = takenOf(ends[index]);
    return {
      account,
      region,
      resource,
      became: becameOf(ends[index]),
      ...(taken > 0 && { accepted: taken }),
    };
  });
  const applied = ends.flatMap(({ outcome }) => (outcome.kind === 'applied' ? [outcome] : []));
  if (applied.length === parts.length) {
    const verified = parts.map((part, index) => [lockOf(part), applied[index]?.verified ?? {}]);
    return {
      to: 'applied',
      outcome: {
        kind: 'applied',
        verified: Object.fromEntries(verified),
        requestIds: applied.flatMap(({ requestIds }) => requestIds),
        recovered: applied.some(({ recovered }) => recovered),
        parts: told,
      },
    };
  }
  const broken = ends.find(({ outcome }) => outcome.kind !== 'applied')?.outcome;
  const accepted = parts.flatMap((part, index) => acceptedIn(part, ends[index]));
  const left = broken?.kind === 'failed' ? broken.left : undefined;
  return {
    to: 'failed',
    outcome: {
      ...failedBecause(whyOf(broken)),
      changed: changedBy(ends),
      ...(accepted.length > 0 && { accepted }),
      ...(left && { left }),
      parts: told,
    },
  };
}

function becameOf(end: Ending | undefined): PartEnd['became'] {
  if (!end) return 'not-begun';
  const { outcome } = end;
  if (outcome.kind === 'failed') return outcome.changed === 'nothing' ? 'failed' : 'unknown';
  return outcome.kind === 'not-visible' ? 'failed' : outcome.kind;
}

/** How many calls of a part were taken before it was stopped, for sure; of one that was applied that goes without saying. */
function takenOf(end: Ending | undefined): number {
  if (end?.outcome.kind !== 'failed' || end.outcome.changed !== 'partly') return 0;
  return (end.outcome.accepted ?? []).length;
}

/** Of some that are done and some that are not: partly, unless nobody knows of one of them. */
function changedBy(ends: Ending[]): Extract<FixOutcome, { kind: 'failed' }>['changed'] {
  const changes = ends.map(({ outcome }) => {
    if (outcome.kind === 'applied') return 'partly';
    return outcome.kind === 'failed' ? outcome.changed : 'nothing';
  });
  if (changes.includes('unknown')) return 'unknown';
  if (changes.includes('applied-unverified')) return 'applied-unverified';
  return changes.includes('partly') ? 'partly' : 'nothing';
}

function acceptedIn(part: FixPlan, end: Ending | undefined): { api: string; requestId: string }[] {
  if (end?.outcome.kind === 'failed') return end.outcome.accepted ?? [];
  if (end?.outcome.kind !== 'applied') return [];
  return end.outcome.requestIds.map((requestId, index) => ({
    api: part.calls[index]?.api ?? '',
    requestId,
  }));
}

function whyOf(outcome: FixOutcome | undefined): string | Why {
  switch (outcome?.kind) {
    case 'failed':
      return outcome.why ?? outcome.reason;
    case 'not-visible': {
      const { reason, ko } = outcome;
      return { kind: 'state-unread', reason, ...(ko !== undefined && { ko }) };
    }
    case 'stale':
      return { kind: 'changed-by-others' };
    case 'already-sound':
      return { kind: 'mended-by-others' };
    default:
      return { kind: 'gone-between-parts' };
  }
}

const worst = (classes: RiskClass[]): RiskClass => classes.toSorted().at(-1) ?? 'C';

/** Where one plan has one place, a plan over several says it of every call. */
function seated({ account, region, family }: FixPlan, calls: FixPlan['calls']): FixPlan['calls'] {
  return calls.map((call) => ({ at: { account, region }, family, ...call }));
}

function byName(parts: FixPlan[], field: 'before' | 'after') {
  return Object.fromEntries(parts.map((part) => [lockOf(part), part[field]]));
}
