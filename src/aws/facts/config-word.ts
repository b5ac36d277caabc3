import {
  type ConfigRule,
  type EvaluationResult,
  paginateDescribeConfigRules,
  paginateGetComplianceDetailsByResource,
} from '@aws-sdk/client-config-service';
import { inLanes } from '../../core/concurrently.ts';
import { nameIn } from '../../core/posture/config/config-place.ts';
import type {
  BucketFacts,
  ConfigRuleFacts,
  ConfigVerdict,
  ConfigWord,
  TrailFacts,
  Witnessed,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['config:DescribeConfigRules', 'config:GetComplianceDetailsByResource'];

/** Resources asked about at a time, in one account and region: below what Config is asked in a second. */
const LANES = 8;

/** A resource of ours, as Config may call it, likeliest first. */
export type Judged = { type: string; ids: string[] };

/** The things that findings are about, as far as Config must know them to be asked. */
export type OnConfigsMap = {
  trails: Pick<TrailFacts, 'arn' | 'owner' | 'homeRegion'>[];
  buckets: Pick<BucketFacts, 'name' | 'place'>[];
  keys: (Where & { arn: string })[];
  logGroups: (Where & { arn: string })[];
};

/** Where Config is asked for its word, and on what: the things that findings are about. */
export function placesOfConfig({
  trails,
  buckets,
  keys,
  logGroups,
}: OnConfigsMap): (Where & { judged: Judged[] })[] {
  const places = new Map<string, Where & { judged: Judged[] }>();
  const add = ({ account, region }: Where, type: string, ...ids: string[]) => {
    const key = `${account}/${region}`;
    const place = places.get(key) ?? {
      account,
      region,
      judged: [{ type: 'AWS::::Account', ids: [account] }],
    };
    place.judged.push({ type, ids });
    places.set(key, place);
  };
  for (const { arn, owner: account, homeRegion: region } of trails)
    add({ account, region }, 'AWS::CloudTrail::Trail', arn, nameIn(arn));
  for (const { name, place } of buckets)
    if (wasSeen(place)) add(place.seen, 'AWS::S3::Bucket', name);
  for (const key of keys) add(key, 'AWS::KMS::Key', nameIn(key.arn));
  for (const group of logGroups) add(group, 'AWS::Logs::LogGroup', nameIn(group.arn));
  return [...places.values()];
}

/**
 * What the managed Config rules with these identifiers say of our resources in one account and region. A
 * rule's name is free (Security Hub, conformance packs and organizations give their own), so rules are
 * found by identifier. Verdicts are asked by resource: by rule, a bucket rule brings every bucket of the
 * account, and an aggregator's query knows when a verdict changed but not when it was given.
 */
export function readConfigWord(
  ground: Ground,
  place: Where & { judged: Judged[] },
  identifiers: string[],
): Promise<ConfigWord> {
  return openWords(ground, identifiers).word(place);
}

/** The same for many, each place and resource asked once; `ahead` begins what `word` will want. */
export function openWords(ground: Ground, identifiers: string[]) {
  const asked = new Map<string, Asked>();
  function at({ account, region }: Where): Asked {
    const name = `${account}/${region}`;
    const known = asked.get(name);
    if (known) return known;
    const where = { account, region };
    const lane = inLanes(LANES);
    const verdicts = new Map<string, Promise<Witnessed<ConfigVerdict[]>>>();
    const begun: Asked = {
      rules: readRules(ground, where, identifiers),
      verdicts(one) {
        const thing = `${one.type} ${one.ids.join(' ')}`;
        const spoken = verdicts.get(thing) ?? lane(() => readVerdicts(ground, where, one));
        verdicts.set(thing, spoken);
        return spoken;
      },
    };
    asked.set(name, begun);
    return begun;
  }
  async function word({ judged, ...where }: Where & { judged: Judged[] }): Promise<ConfigWord> {
    const { rules, verdicts } = at(where);
    return wordOf(where, await rules, () => Promise.all(judged.map(verdicts)));
  }
  return {
    word,
    ahead(place: Where & { judged: Judged[] }): void {
      // Whoever wants the word is told of the failure.
      word(place).catch(() => {});
    },
  };
}

type Asked = {
  rules: Promise<Witnessed<ConfigRule[]>>;
  verdicts(one: Judged): Promise<Witnessed<ConfigVerdict[]>>;
};

function readRules(
  ground: Ground,
  where: Where,
  identifiers: string[],
): Promise<Witnessed<ConfigRule[]>> {
  return witnessed(ground, 'config:DescribeConfigRules', where, async () => {
    const rules: ConfigRule[] = [];
    for await (const page of paginateDescribeConfigRules({ client: ground.aws.config(where) }, {}))
      rules.push(...(page.ConfigRules ?? []).filter((rule) => isWanted(rule, identifiers)));
    return rules;
  });
}

async function wordOf(
  where: Where,
  found: Witnessed<ConfigRule[]>,
  verdicts: () => Promise<Witnessed<ConfigVerdict[]>[]>,
): Promise<ConfigWord> {
  if (!wasSeen(found)) return { ...where, rules: found };
  const setUp: { [identifier: string]: ConfigRuleFacts[] } = {};
  for (const rule of found.seen) {
    const identifier = rule.Source?.SourceIdentifier ?? '';
    setUp[identifier] = [...(setUp[identifier] ?? []), ruleFacts(rule)];
  }
  if (found.seen.length === 0) return { ...where, rules: { seen: {}, by: found.by }, setUp };
  const spoken = await verdicts();
  const rules: { [identifier: string]: Witnessed<ConfigVerdict[]> } = {};
  for (const [identifier, known] of Object.entries(setUp))
    rules[identifier] = verdictsOf(known, spoken, found.by);
  return { ...where, rules: { seen: rules, by: found.by }, setUp };
}

function isWanted({ ConfigRuleName, Source }: ConfigRule, identifiers: string[]): boolean {
  return (
    ConfigRuleName !== undefined &&
    Source?.Owner === 'AWS' &&
    identifiers.includes(Source.SourceIdentifier ?? '')
  );
}

function ruleFacts({ ConfigRuleName = '', Scope, Source, ...rule }: ConfigRule): ConfigRuleFacts {
  const details = Source?.SourceDetails ?? [];
  const frequency =
    rule.MaximumExecutionFrequency ??
    details.find(({ MaximumExecutionFrequency: one }) => one)?.MaximumExecutionFrequency;
  const scope = Scope && {
    types: Scope.ComplianceResourceTypes ?? [],
    resource: Scope.ComplianceResourceId ?? null,
    tag: Scope.TagKey ? `${Scope.TagKey}=${Scope.TagValue ?? '*'}` : null,
  };
  return {
    name: ConfigRuleName,
    everyHours: frequency ? (HOURS[frequency] ?? null) : null,
    scope: scope ?? null,
  };
}

const HOURS: Record<string, number> = {
  One_Hour: 1,
  Three_Hours: 3,
  Six_Hours: 6,
  Twelve_Hours: 12,
  TwentyFour_Hours: 24,
};

/** What any rule of one identifier says counts; where a resource could not be asked about, nobody knows. */
function verdictsOf(
  setUp: ConfigRuleFacts[],
  spoken: Witnessed<ConfigVerdict[]>[],
  by: Witnessed<unknown>['by'],
): Witnessed<ConfigVerdict[]> {
  const names = new Set(setUp.map(({ name }) => name));
  const seen = spoken.flatMap((one) => (wasSeen(one) ? one.seen : []));
  const ours = seen.filter(({ rule }) => rule !== undefined && names.has(rule));
  const dark = spoken.find((one) => !wasSeen(one));
  return ours.length === 0 && dark ? dark : { seen: ours, by };
}

/** What every rule says of one resource; by its next name only where the first is nobody's. */
async function readVerdicts(
  ground: Ground,
  where: Where,
  { type, ids }: Judged,
): Promise<Witnessed<ConfigVerdict[]>> {
  const ask = (id: string) =>
    witnessed(ground, 'config:GetComplianceDetailsByResource', where, async () => {
      const verdicts: ConfigVerdict[] = [];
      const pages = paginateGetComplianceDetailsByResource(
        { client: ground.aws.config(where) },
        { ResourceType: type, ResourceId: id },
      );
      for await (const { EvaluationResults = [] } of pages)
        verdicts.push(...EvaluationResults.map((result) => verdict(result, id)));
      return verdicts;
    });
  let answer = await ask(ids[0] ?? '');
  for (const id of ids.slice(1)) {
    if (!wasSeen(answer) || answer.seen.length > 0) break;
    answer = await ask(id);
  }
  return answer;
}

function verdict(result: EvaluationResult, resource: string): ConfigVerdict {
  const { EvaluationResultIdentifier, ComplianceType, ResultRecordedTime } = result;
  const rule = EvaluationResultIdentifier?.EvaluationResultQualifier?.ConfigRuleName;
  return {
    resource,
    compliance: ComplianceType ?? 'INSUFFICIENT_DATA',
    at: ResultRecordedTime?.toISOString() ?? '',
    ...(rule && { rule }),
  };
}
