import type { Bilingual } from '../reader.ts';
import type { FixPlan, FixRecord } from './fix.ts';
import { groupPlan, partsOf } from './group.ts';
import { agree, changedFields, planBack, type State } from './plan.ts';
import { lockOf } from './state.ts';
import { undoing } from './undoing.ts';

type Ended = Pick<FixRecord, 'plan' | 'state' | 'outcome'>;

/** True for a fix of which AWS took some calls, and it is known which ones: these can be taken back. */
export function endedPartly({ plan, state, outcome }: Ended): boolean {
  if (state !== 'failed' || outcome?.kind !== 'failed' || outcome.changed !== 'partly')
    return false;
  return plan.direction === 'forward' && tookSome({ plan, state, outcome });
}

/** True where the button of such a way back works, unless somebody changes something in between. */
export function canTakeSomeBack(fix: Ended): boolean {
  return endedPartly(fix) && 'plan' in wayBackOfSome(fix, asLeft(fix));
}

/** The state as `readState` answers it while nobody has changed anything since. */
function asLeft({ plan, outcome }: Ended): State {
  const left = outcome?.kind === 'failed' ? (outcome.left ?? {}) : {};
  if (!plan.parts || outcome?.kind !== 'failed') return left;
  const { parts: ends = [] } = outcome;
  return Object.fromEntries(
    plan.parts.map((part, index) => [
      lockOf(part),
      ends[index]?.became === 'applied' ? part.after : left,
    ]),
  );
}

/** By its own way back a part that was applied; of one that was stopped it must be known what was taken. */
function tookSome({ plan, outcome }: Ended): boolean {
  if (outcome?.kind !== 'failed') return false;
  if (!plan.parts) return (outcome.accepted ?? []).length > 0;
  const { parts = [] } = outcome;
  const known = parts.every(({ became, accepted }) => became !== 'unknown' || accepted);
  return known && parts.some(({ became }) => became === 'applied' || became === 'unknown');
}

/**
 * The way back of a fix that ended partly (`endedPartly`), from the state as it is now, by `readState`: the
 * calls that AWS accepted and no others, the last thing first. It says why where there is none: when
 * anything is no longer as the fix left it, nobody can say what taking it back would do.
 */
export function wayBackOfSome(
  { plan, outcome }: Ended,
  now: State,
): { plan: FixPlan } | { none: Bilingual } {
  if (outcome?.kind !== 'failed') return { none: UNKNOWN };
  const back: FixPlan[] = [];
  for (const [index, part] of partsOf(plan).toReversed().entries()) {
    const end = outcome.parts?.[partsOf(plan).length - 1 - index];
    const state = stateOf(part, plan, now);
    const of = end?.became === 'applied' ? backOfApplied(part, state) : undefined;
    const taken = plan.parts ? (end?.accepted ?? 0) : (outcome.accepted ?? []).length;
    const one = of ?? (taken > 0 ? backOfStopped(part, taken, outcome.left, state) : undefined);
    if (one && 'none' in one) return one;
    if (one) back.push(one.plan);
  }
  const [first, ...others] = back;
  if (!first) return { none: NOTHING };
  return { plan: others.length > 0 ? groupPlan(back) : first };
}

function backOfApplied(part: FixPlan, now: State) {
  if (part.wayBack.length === 0) return { none: part.blast.irreversible ?? NOTHING };
  const plan = planBack(part, now);
  return plan ? { plan } : { none: CHANGED };
}

/** Of a thing whose plan was stopped behind so many of its calls. */
function backOfStopped(part: FixPlan, taken: number, left: State | undefined, now: State) {
  if (!left) return { none: UNREAD };
  if (!isOurs(left, part)) return { none: MEDDLED };
  if (!agree(left, now)) return { none: CHANGED };
  const calls = undoing(part, part.calls.slice(0, taken));
  if (!calls) return { none: STAYS };
  if (calls.length === 0) return { none: part.blast.irreversible ?? NOTHING };
  const was = changedFields(part).map((field) => [field, part.before[field] ?? null] as const);
  const plan: FixPlan = {
    ...part,
    direction: 'back',
    calls,
    wayBack: part.calls.slice(0, taken),
    before: now,
    after: { ...now, ...Object.fromEntries(was) },
    riskClass: 'C',
  };
  return { plan };
}

/**
 * True when nothing but the calls of the plan can have left a thing so: what it does not change is as it
 * was, and what it changes is the old or the new. Else somebody changed it between our calls and our look,
 * and putting the old back would take theirs away. What several calls build up may stand in between.
 */
function isOurs(left: State, part: FixPlan): boolean {
  const changed = changedFields(part);
  return [...new Set([...Object.keys(left), ...Object.keys(part.before)])].every(
    (field) =>
      agree(left, part.before, [field]) ||
      (changed.includes(field) && (agree(left, part.after, [field]) || BUILT_UP.includes(field))),
  );
}

/** Fields of states that more than one call of a plan changes. */
const BUILT_UP = ['AccessKeys', 'Alarms', 'FilterCount', 'Filters', 'IsLogging', 'Missing', 'Role'];

/** Of a plan over several, the state of one of its things; empty where it was not read, which agrees with nothing. */
function stateOf(part: FixPlan, plan: FixPlan, now: State): State {
  if (!plan.parts) return now;
  const state = now[lockOf(part)];
  return state === null || typeof state !== 'object' || Array.isArray(state) ? {} : state;
}

const UNKNOWN = {
  en: 'Which calls AWS accepted is not known. Look at it by hand.',
  ko: 'AWS가 어떤 호출을 받아들였는지 알 수 없습니다. 직접 확인해 주세요.',
};
const CHANGED = {
  en: 'It is no longer as the fix left it: somebody has changed it since, and taking it back could undo that. Look at it by hand.',
  ko: '수정이 멈췄을 때와 상태가 다릅니다. 그 뒤에 다른 사람이 바꿨으며, 되돌리면 그 변경이 사라질 수 있습니다. 직접 확인해 주세요.',
};
const MEDDLED = {
  en: 'It was changed by somebody else while the fix was being applied, and taking the fix back could undo that. Look at it by hand.',
  ko: '수정을 적용하는 동안 다른 사람도 바꿨으며, 되돌리면 그 변경이 사라질 수 있습니다. 직접 확인해 주세요.',
};
const UNREAD = {
  en: 'How the stopped fix left it could not be read, so nobody can say whether it was changed since. Look at it by hand.',
  ko: '수정이 멈췄을 때의 상태를 읽지 못해 그 뒤에 바뀌었는지 알 수 없습니다. 직접 확인해 주세요.',
};
const NOTHING = {
  en: 'What AWS accepted of it leaves nothing that this bot takes back.',
  ko: 'AWS가 받아들인 호출 가운데 이 봇이 되돌리는 것은 없습니다.',
};
const STAYS = {
  en: 'A recorder of AWS Config was set up and is not recording yet; this bot deletes none. Ask for the fix again to let it record, or delete it by hand.',
  ko: 'AWS Config 레코더를 설정했지만 아직 기록하지 않습니다. 이 봇은 레코더를 삭제하지 않습니다. 기록하게 하려면 수정을 다시 요청하고, 아니면 직접 삭제해 주세요.',
};
