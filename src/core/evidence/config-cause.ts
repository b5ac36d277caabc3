import { z } from 'zod';
import type { Cause, ConfigChange } from './answer.ts';
import type { ConfigItem } from './config-item.ts';

/** Config keeps the compliance of every resource as a resource of its own, with a history. */
export const COMPLIANCE = 'AWS::Config::ResourceCompliance';

/** What Config calls the compliance of a resource. */
export function complianceId(resource: { resourceType: string; resourceId: string }): string {
  return `${resource.resourceType}/${resource.resourceId}`;
}

const Kept = z.object({
  complianceType: z.string(),
  configRuleList: z
    .array(z.object({ configRuleName: z.string(), complianceType: z.string() }))
    .nullish()
    .transform((list) => list ?? []),
});

/**
 * When a resource came to break a rule: not yet so at `after` (null: no earlier state is known), and so
 * at `at`. `still` is false where it was mended since. All ISO 8601 UTC.
 */
export type Broken = {
  at: string;
  after: string | null;
  rules: string[];
  still: boolean;
  /** Set where Config keeps no history of it: `at` is when a rule last said so, so it is so since earlier. */
  latest?: true;
};

/**
 * The last time that a resource came to break a rule (any, where `rule` is null), no later than `to`;
 * null where the kept states know of none. States come newest first.
 */
export function brokenIn(states: ConfigItem[], rule: string | null, to: string): Broken | null {
  const told = states
    .filter(({ at }) => Date.parse(at) <= Date.parse(to))
    .map((state) => ({ at: state.at, rules: brokenRulesOf(state, rule) }));
  const newest = told.findIndex(({ rules }) => rules.length > 0);
  if (newest === -1) return null;
  let first = newest;
  while ((told[first + 1]?.rules.length ?? 0) > 0) first += 1;
  const { at, rules } = told[first] ?? { at: '', rules: [] };
  return { at, rules, after: told[first + 1]?.at ?? null, still: newest === 0 };
}

/** The rules that a state says are broken; one without a list of rules says only that some are. */
function brokenRulesOf({ content, deleted }: ConfigItem, rule: string | null): string[] {
  const kept = Kept.safeParse(content.configuration);
  if (!kept.success || deleted) return [];
  const { complianceType, configRuleList } = kept.data;
  if (configRuleList.length === 0)
    return complianceType === 'NON_COMPLIANT' && rule === null ? ['?'] : [];
  return configRuleList
    .filter((one) => one.complianceType === 'NON_COMPLIANT')
    .map((one) => one.configRuleName)
    .filter((name) => rule === null || isRule(name, rule));
}

/** Security Hub and conformance packs write their own words around a rule's name. */
export function isRule(name: string, wanted: string): boolean {
  const [whole, part] = [name.toLowerCase(), wanted.toLowerCase()];
  return whole === part || whole.includes(part);
}

/**
 * The change that came before: the last state that Config captured by then, and the one before that. The
 * call was made after `after` and by `by`. Null where Config has no state of the resource by then.
 */
export function changeBefore(
  states: ConfigItem[],
  broken: Broken,
): { change: ConfigItem; previous: ConfigItem | null } | null {
  const earlier = states.filter(({ at }) => Date.parse(at) <= Date.parse(broken.at));
  const [change, previous = null] = earlier;
  return change ? { change, previous } : null;
}

/** The steps back from the broken rule, nearest first. */
export function stepsOf(
  name: string,
  broken: Broken,
  change: Pick<ConfigChange, 'before' | 'after' | 'members'> | null,
): Cause[] {
  const rules = broken.rules.filter((rule) => rule !== '?').join(', ');
  const since = broken.after
    ? { en: `, and was not at ${broken.after}`, ko: ` (${broken.after}에는 아니었습니다)` }
    : { en: '', ko: '' };
  const mended = broken.still
    ? { en: '', ko: '' }
    : { en: '; it is mended since', ko: '. 그 뒤에 해소되었습니다' };
  return [
    {
      en: broken.latest
        ? `${name} breaks ${rules || 'a rule'}, at ${broken.at} at the latest: Config keeps no history of when it began`
        : `${name} broke ${rules || 'a rule'} at ${broken.at}${since.en}${mended.en}`,
      ko: broken.latest
        ? `${name}: 늦어도 ${broken.at}부터 ${rules || '규칙'} 위반 (시작 시점의 이력은 Config에 없습니다)`
        : `${name}: ${broken.at}에 ${rules || '규칙'} 위반${since.ko}${mended.ko}`,
      eventID: null,
      proven: !broken.latest,
    },
    change
      ? {
          en: `the change before it: Config captured ${change.after}${change.before ? ` what was otherwise at ${change.before}` : ', and nothing before'}${namesOf(change, false)}`,
          ko: `그 전의 변경: Config가 ${change.after}에 포착했습니다${change.before ? ` (그 전 상태는 ${change.before})` : ''}${namesOf(change, true)}`,
          eventID: null,
          // That the rule broke by it is what the order of time says, not what anybody wrote down.
          proven: false,
        }
      : {
          en: 'Config kept no state of it from before: what changed is not known',
          ko: 'Config에 그 이전의 상태가 없어 무엇이 바뀌었는지 알 수 없습니다',
          eventID: null,
          proven: false,
        },
  ];
}

function namesOf({ members }: Pick<ConfigChange, 'members'>, ko: boolean): string {
  if (members.length === 0) return '';
  const shown = members.slice(0, 4).map(({ path }) => path.split('.').slice(-3).join('.'));
  const more = members.length > 4 ? ` … (+${members.length - 4})` : '';
  return ko ? `: ${shown.join(', ')}${more}` : `: ${shown.join(', ')}${more}`;
}
