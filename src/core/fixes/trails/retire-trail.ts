import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import type { State } from '../plan.ts';
import { precondition } from './own-trail.ts';
import { LACKS, type Lack } from './replacement.ts';
import { trailPlan } from './trail-plan.ts';

/**
 * `StopLogging` of an account's own trail beside the organization's (reference: fixes 6.1, row CT-29,
 * class C). Only where the organization trail records all of it, has done so for a day, and nobody listens
 * to what this one alone delivers to.
 */
export function planRetiring(
  target: FixTarget,
  arn: string,
  state: State,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  if (state.IsLogging !== true) return 'already-sound';
  const obstacle = obstacleTo(state);
  if (obstacle) return obstacle;
  const plan = trailPlan(target, arn, {
    fix: 'retire-trail',
    family: 'trail-retire',
    calls: [{ api: 'cloudtrail:StopLogging', parameters: { Name: arn } }],
    wayBack: [{ api: 'cloudtrail:StartLogging', parameters: { Name: arn }, family: 'trail' }],
    before: state,
    after: { IsLogging: false },
    riskClass: 'C',
    feels: {
      en: `The trail stops recording and costs nothing more; ${nameOf(state.Replacement)} goes on recording the account.`,
      ko: `트레일이 기록을 멈춰 비용이 더 들지 않으며, ${nameOf(state.Replacement)}이(가) 이 계정을 계속 기록합니다.`,
    },
    keeps: [
      {
        en: 'Its log files and digests stay in the bucket, and the trail itself stays until somebody deletes it (delete-retired-trail).',
        ko: '로그 파일과 다이제스트는 버킷에 남고, 트레일은 삭제하기 전까지(delete-retired-trail) 그대로 있습니다.',
      },
    ],
  });
  return { plan };
}

/** What speaks against doing without this trail; undefined where nothing does. */
export function obstacleTo(state: State): { cannot: Obstacle } | undefined {
  if (state.IsOrganizationTrail === true) return ORGANIZATIONS;
  if (typeof state.Replacement !== 'string') return NOTHING_ELSE;
  const lacks = (state.ReplacementLacks ?? []) as Lack[];
  if (lacks.length > 0) return lacking(nameOf(state.Replacement), lacks);
  const consumers = (state.Consumers ?? []) as string[];
  return consumers.length > 0 ? consumed(consumers) : undefined;
}

const nameOf = (arn: unknown) => String(arn).split('/').at(-1) ?? '';

const ORGANIZATIONS = precondition(
  {
    en: 'It is a trail of the organization, which others rely on.',
    ko: '다른 계정이 의존하는 조직 트레일입니다.',
  },
  {
    en: 'Decide with the owners of the organization which of its trails is to stay.',
    ko: '어느 조직 트레일을 남길지 조직의 소유자와 결정하세요.',
  },
);

const NOTHING_ELSE = precondition(
  {
    en: 'No organization trail reaches the account: without this trail nothing would record it.',
    ko: '조직 트레일이 이 계정에 닿지 않아, 이 트레일이 없으면 아무것도 기록되지 않습니다.',
  },
  {
    en: 'Let the organization trail reach the account first.',
    ko: '먼저 조직 트레일이 이 계정에 닿게 하세요.',
  },
);

function lacking(name: string, lacks: Lack[]) {
  const said = (language: 'en' | 'ko') => lacks.map((lack) => LACKS[lack][language]).join('; ');
  return precondition(
    {
      en: `The organization trail ${name} does not replace it: ${said('en')}.`,
      ko: `조직 트레일 ${name}이(가) 이 트레일을 대신하지 못합니다: ${said('ko')}.`,
    },
    {
      en: 'Mend that on the organization trail first, and let both record for a day.',
      ko: '먼저 조직 트레일에서 이를 해결하고, 하루 동안 함께 기록하게 하세요.',
    },
  );
}

function consumed(consumers: string[]) {
  const list = consumers.join(', ');
  return precondition(
    {
      en: `Somebody relies on what this trail alone delivers to: ${list}.`,
      ko: `이 트레일만 전달하는 곳을 사용하는 대상이 있습니다: ${list}.`,
    },
    {
      en: 'Move them to the organization trail first.',
      ko: '먼저 조직 트레일로 옮기세요.',
    },
  );
}
