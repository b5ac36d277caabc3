import { canonicalJson, type Json } from '../json.ts';
import { ACCEPT_RISK } from './accept-risk.ts';
import type { FixPlan, FixTarget } from './fix.ts';

/** What a fix reads before and after: the fields that it changes, and those that make its plan stale. */
export type State = { [field: string]: Json };

/**
 * The plan that takes an applied one back, made for the state as it is now. Undefined when what the fix
 * changed is not in place any more: then there is nothing to take back.
 */
export function planBack(plan: FixPlan, now: State): FixPlan | undefined {
  const fields = changedFields(plan);
  if (!agree(now, plan.after, fields)) return undefined;
  return {
    ...plan,
    direction: 'back',
    calls: plan.wayBack,
    wayBack: plan.calls,
    before: now,
    after: {
      ...now,
      ...Object.fromEntries(fields.map((field) => [field, plan.before[field] ?? null])),
    },
    // Taking a protection away is never a light act, however light it was to add it; no longer accepting
    // a risk takes none away.
    riskClass: plan.fix === ACCEPT_RISK ? 'A' : 'C',
  };
}

/** The fields that a plan is about; the others only make it stale. */
export function changedFields({ before, after }: Pick<FixPlan, 'before' | 'after'>): string[] {
  return Object.keys(after).filter((field) => !agree(before, after, [field]));
}

/** True when both states say the same of these fields; without fields, of all. */
export function agree(a: State, b: State, fields?: string[]): boolean {
  const some = (state: State) =>
    fields ? Object.fromEntries(fields.map((field) => [field, state[field] ?? null])) : state;
  return canonicalJson(some(a)) === canonicalJson(some(b));
}

/** Home region, account and name out of a trail's ARN; undefined for anything else. */
export function trailOf(arn: string): { region: string; account: string } | undefined {
  const parts = /^arn:[\w-]+:cloudtrail:([a-z0-9-]+):(\d{12}):trail\/[\w.-]+$/.exec(arn);
  return parts?.[1] && parts[2] ? { region: parts[1], account: parts[2] } : undefined;
}

/**
 * Log file validation on, by `UpdateTrail` with the trail's ARN in its owner account and home region
 * (reference: fixes 6.1, row CT-07, class A). Undefined when it is on already.
 */
export function planLogFileValidation(
  finding: Pick<FixTarget, 'id' | 'subject'>,
  state: State,
): FixPlan | undefined {
  const trail = trailOf(finding.subject);
  if (!trail) throw new Error(`planning a fix for what is no trail: ${finding.subject}`);
  if (state.LogFileValidationEnabled === true) return undefined;
  const update = (on: boolean) => [
    {
      api: 'cloudtrail:UpdateTrail',
      parameters: { Name: finding.subject, EnableLogFileValidation: on },
    },
  ];
  return {
    fix: 'enable-log-file-validation',
    family: 'trail',
    direction: 'forward',
    finding: finding.id,
    ...trail,
    resource: finding.subject,
    calls: update(true),
    before: state,
    after: { ...state, LogFileValidationEnabled: true },
    wayBack: update(false),
    riskClass: 'A',
    blast: {
      accounts: [trail.account],
      feels: {
        en: 'From now on CloudTrail writes an hourly digest file beside the log files.',
        ko: '지금부터 CloudTrail이 로그 파일과 함께 매시간 다이제스트 파일을 씁니다.',
      },
      keeps: [
        {
          en: 'Log files, their bucket and what is recorded stay as they are.',
          ko: '로그 파일, 버킷, 기록 대상은 그대로입니다.',
        },
      ],
    },
  };
}
