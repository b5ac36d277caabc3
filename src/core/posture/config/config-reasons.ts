import { wasSeen } from '../../reading.ts';
import type { ConfigRuleFacts, ConfigVerdict } from '../facts.ts';
import type { ConfigSays } from '../finding.ts';
import type { Known } from '../known.ts';
import type { Reason } from '../vocabulary.ts';
import { hoursBetween, type Resource, recorderAt, resourceNames } from './config-place.ts';

/** Why Config may say something else than what is read live, or nothing at all. */

export type Because = NonNullable<ConfigSays['because']>;
export type Why = { because: Because; reason: Reason };

/** One rule of Config and one resource of ours. */
export type Context = {
  identifier: string;
  where: string;
  setUp: ConfigRuleFacts[];
  differs: Reason | undefined;
  resource: Resource;
  facts: Known;
};

/** The gravest reason first; there always is one: between two judgements lies a change or a question. */
export function whyOtherwise(verdict: ConfigVerdict, context: Context): Why {
  return stopped(context) ?? excluded(context) ?? elsewhere(context) ?? late(verdict, context);
}

/** A recorder that does not record is why Config knows nothing new. */
export function stopped({ resource, facts }: Context): Why | null {
  const reason = recorderNote(resource, facts);
  return reason ? { because: 'recorder-stopped', reason } : null;
}

export function recorderNote(resource: Resource, facts: Known): Reason | null {
  const state = recorderAt(resource, facts)?.state;
  if (!state || !wasSeen(state) || state.seen === 'recording') return null;
  return {
    en: ` (the recorder there is ${state.seen})`,
    ko: ` (그곳의 레코더 상태: ${RECORDERS[state.seen] ?? state.seen})`,
  };
}

/** The recording group leaves the type out, or no rule of this identifier looks at the resource. */
export function excluded({ resource, facts, setUp }: Context): Why | null {
  const { type, names } = { type: typeOf(resource), names: resourceNames(resource.subject, '') };
  if (type && recorderAt(resource, facts)?.leavesOut?.includes(type))
    return {
      because: 'excluded',
      reason: {
        en: ` (the recorder there does not record ${type})`,
        ko: ` (그곳의 레코더는 ${type}을(를) 기록하지 않습니다)`,
      },
    };
  const looksAt = ({ scope }: ConfigRuleFacts) =>
    scope === null ||
    ((scope.types.length === 0 || !type || scope.types.includes(type)) &&
      (scope.resource === null || names.includes(scope.resource)));
  if (setUp.length === 0 || setUp.some(looksAt)) return null;
  const scopes = setUp.map(({ name, scope }) => `${name}: ${scopeIn(scope)}`).join('; ');
  return {
    because: 'excluded',
    reason: { en: ` (its scope is ${scopes})`, ko: ` (규칙의 범위: ${scopes})` },
  };
}

export function elsewhere({ differs }: Context): Why | null {
  if (!differs) return null;
  const reason = { en: ` (${differs.en})`, ko: ` (${differs.ko})` };
  return { because: 'asks-something-else', reason };
}

/** Older than the rule's own clock allows, or than a change that it was not told of yet. */
function late(verdict: ConfigVerdict, { setUp, facts }: Context): Why {
  const { name, everyHours } = setUp.find((one) => one.name === verdict.rule) ?? setUp[0] ?? {};
  const hours = hoursBetween(verdict.at, facts.readAt);
  if (name === undefined)
    return stale(`its verdict is ${hours} hours old`, `판정이 ${hours}시간 전의 것입니다`);
  if (everyHours == null)
    return stale(
      `${name} is asked when the resource changes, and has heard of no change for ${hours} hours`,
      `${name} 규칙은 리소스가 변경될 때 평가되며, ${hours}시간 동안 변경을 전달받지 못했습니다`,
    );
  return hours > everyHours
    ? stale(
        `${name} is asked every ${everyHours} hours, and was not for ${hours}`,
        `${name} 규칙은 ${everyHours}시간마다 평가되어야 하는데 ${hours}시간째 평가되지 않았습니다`,
      )
    : stale(
        `${name} is asked every ${everyHours} hours, and does not know yet what changed since`,
        `${name} 규칙은 ${everyHours}시간마다 평가되므로 그 뒤의 변경을 아직 모릅니다`,
      );
}

function stale(en: string, ko: string): Why {
  return { because: 'stale', reason: { en: ` (${en})`, ko: ` (${ko})` } };
}

function scopeIn(scope: ConfigRuleFacts['scope']): string {
  return scope?.resource ?? (scope?.types.join(', ') || scope?.tag) ?? '?';
}

function typeOf({ subject }: Resource): string | null {
  const [, , service] = subject.split(':');
  return (service && TYPES[service]) || (/^\d{12}$/.test(subject) ? 'AWS::::Account' : null);
}

const TYPES: Record<string, string> = {
  cloudtrail: 'AWS::CloudTrail::Trail',
  s3: 'AWS::S3::Bucket',
  kms: 'AWS::KMS::Key',
  logs: 'AWS::Logs::LogGroup',
};

const RECORDERS: Record<string, string> = {
  stopped: '중지됨',
  failing: '기록 실패',
  absent: '없음',
};
