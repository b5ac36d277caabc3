import {
  type EvaluationResult,
  paginateDescribeAggregateComplianceByConfigRules,
  paginateDescribeComplianceByConfigRule,
  paginateGetAggregateComplianceDetailsByConfigRule,
  paginateGetComplianceDetailsByConfigRule,
  paginateGetComplianceDetailsByResource,
} from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import type { ConfigScope, ConfigVerdictSeen } from '../../core/evidence/config-edge.ts';
import type { Gap } from '../../core/evidence/source.ts';
import type { Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Aggregator } from '../facts/aggregator.ts';
import { type Ground, witnessed } from '../facts/reader.ts';
import type { Where } from '../session.ts';
import { type ConfigGround, placesAsked } from './config-ask.ts';

export const needs = [
  'config:DescribeAggregateComplianceByConfigRules',
  'config:DescribeComplianceByConfigRule',
  'config:GetAggregateComplianceDetailsByConfigRule',
  'config:GetComplianceDetailsByConfigRule',
  'config:GetComplianceDetailsByResource',
];

const LANES = 8;

/** So many broken rules have their resources listed, one question each; the rest is counted as a gap. */
const RULES = 200;

type Broken = Where & { rule: string };
export type VerdictsRead = { verdicts: ConfigVerdictSeen[]; gaps: Gap[]; source: string };

/** The resources that break a rule, by the aggregator or place by place. */
export async function brokenRules(
  ground: ConfigGround,
  rule: string | null,
  scope: ConfigScope,
): Promise<Witnessed<VerdictsRead>> {
  const aggregator = await ground.aggregator();
  const best = wasSeen(aggregator) ? aggregator.seen : null;
  return best ? byAggregator(ground, best, rule, scope) : byPlace(ground, rule, scope, aggregator);
}

function inScope({ accounts, regions }: ConfigScope, { account, region }: Where): boolean {
  return (
    (accounts === 'all' || accounts.includes(account)) &&
    (regions === 'all' || regions.includes(region))
  );
}

async function byAggregator(
  ground: Ground,
  { where, name }: Aggregator,
  rule: string | null,
  scope: ConfigScope,
): Promise<Witnessed<VerdictsRead>> {
  const client = ground.aws.config(where);
  const api = 'config:DescribeAggregateComplianceByConfigRules';
  const broken = await witnessed(ground, api, where, async () => {
    const rules: Broken[] = [];
    const only =
      scope.accounts === 'all' || scope.accounts.length !== 1 ? undefined : scope.accounts[0];
    const pages = paginateDescribeAggregateComplianceByConfigRules(
      { client },
      {
        ConfigurationAggregatorName: name,
        Filters: {
          ComplianceType: 'NON_COMPLIANT',
          ...(rule && { ConfigRuleName: rule }),
          ...(only && { AccountId: only }),
        },
      },
    );
    for await (const { AggregateComplianceByConfigRules: some = [] } of pages)
      for (const { ConfigRuleName, AccountId: account, AwsRegion: region } of some)
        if (ConfigRuleName && account && region && inScope(scope, { account, region }))
          rules.push({ rule: ConfigRuleName, account, region });
    return rules;
  });
  if (!wasSeen(broken)) return broken;
  const asked = rarestFirst(broken.seen).slice(0, RULES);
  const read = await concurrently(LANES, asked, (one) =>
    witnessed(ground, 'config:GetAggregateComplianceDetailsByConfigRule', where, async () => {
      const verdicts: ConfigVerdictSeen[] = [];
      const pages = paginateGetAggregateComplianceDetailsByConfigRule(
        { client },
        {
          ConfigurationAggregatorName: name,
          ConfigRuleName: one.rule,
          AccountId: one.account,
          AwsRegion: one.region,
          ComplianceType: 'NON_COMPLIANT',
          Limit: 100,
        },
      );
      for await (const { AggregateEvaluationResults = [] } of pages)
        verdicts.push(...AggregateEvaluationResults.map((result) => verdictOf(result, one)));
      return verdicts;
    }),
  );
  return { seen: united(read, asked, broken.seen, `AWS Config (${name})`), by: broken.by };
}

async function byPlace(
  ground: ConfigGround,
  rule: string | null,
  scope: ConfigScope,
  aggregator: Witnessed<unknown>,
): Promise<Witnessed<VerdictsRead>> {
  const { places, gaps } = await placesAsked(ground, scope);
  const listed = await concurrently(LANES, places, (where) =>
    witnessed(ground, 'config:DescribeComplianceByConfigRule', where, async () => {
      const rules: Broken[] = [];
      const pages = paginateDescribeComplianceByConfigRule(
        { client: ground.aws.config(where) },
        { ComplianceTypes: ['NON_COMPLIANT'] },
      );
      for await (const { ComplianceByConfigRules: some = [] } of pages)
        for (const { ConfigRuleName } of some)
          if (ConfigRuleName && (!rule || ConfigRuleName === rule))
            rules.push({ rule: ConfigRuleName, ...where });
      return rules;
    }),
  );
  const dark = listed.flatMap((one) => ('unseen' in one ? [one] : []));
  const [first] = dark;
  if (first && dark.length === listed.length) return first;
  const broken = listed.flatMap((one) => (wasSeen(one) ? one.seen : []));
  const asked = rarestFirst(broken).slice(0, RULES);
  const read = await concurrently(LANES, asked, (one) =>
    witnessed(ground, 'config:GetComplianceDetailsByConfigRule', one, async () => {
      const verdicts: ConfigVerdictSeen[] = [];
      const pages = paginateGetComplianceDetailsByConfigRule(
        { client: ground.aws.config({ account: one.account, region: one.region }) },
        { ConfigRuleName: one.rule, ComplianceTypes: ['NON_COMPLIANT'], Limit: 100 },
      );
      for await (const { EvaluationResults = [] } of pages)
        verdicts.push(...EvaluationResults.map((result) => verdictOf(result, one)));
      return verdicts;
    }),
  );
  const told = united(read, asked, broken, 'AWS Config');
  const unseen = dark.map(({ by, unseen: why }) => ({
    account: by.account,
    region: by.region,
    reason: why.reason,
  }));
  return { seen: { ...told, gaps: [...gaps, ...unseen, ...told.gaps] }, by: aggregator.by };
}

/** A rule that is broken in one place says more of it than one that is broken everywhere. */
function rarestFirst(broken: Broken[]): Broken[] {
  const places = new Map<string, number>();
  for (const { rule } of broken) places.set(rule, (places.get(rule) ?? 0) + 1);
  return broken.toSorted((a, b) => (places.get(a.rule) ?? 0) - (places.get(b.rule) ?? 0));
}

function united(
  read: Witnessed<ConfigVerdictSeen[]>[],
  asked: Broken[],
  broken: Broken[],
  source: string,
): VerdictsRead {
  const rest = broken.length - asked.length;
  return {
    verdicts: read.flatMap((one) => (wasSeen(one) ? one.seen : [])),
    source,
    gaps: [
      ...read.flatMap((one, index) =>
        'unseen' in one
          ? [
              {
                account: asked[index]?.account ?? '',
                region: asked[index]?.region ?? '',
                reason: `what breaks ${asked[index]?.rule}: ${one.unseen.reason}`,
              },
            ]
          : [],
      ),
      ...(rest > 0
        ? [
            {
              account: '',
              region: '',
              reason: `the resources of ${RULES} broken rules were listed; ${rest} more rules are broken somewhere`,
              ko: `위반된 규칙 ${RULES}개의 리소스만 나열했고, 위반된 규칙이 ${rest}개 더 있습니다`,
            },
          ]
        : []),
    ],
  };
}

/** As a rule's evaluation and an aggregator's both have it. */
type Result = Pick<
  EvaluationResult,
  'EvaluationResultIdentifier' | 'ComplianceType' | 'ResultRecordedTime'
>;

function verdictOf(result: Result, { account, region }: Where): ConfigVerdictSeen {
  const about = result.EvaluationResultIdentifier?.EvaluationResultQualifier ?? {};
  return {
    rule: about.ConfigRuleName ?? '',
    compliance: result.ComplianceType ?? 'INSUFFICIENT_DATA',
    resourceType: about.ResourceType ?? '',
    resourceId: about.ResourceId ?? '',
    account,
    region,
    at: result.ResultRecordedTime?.toISOString() ?? null,
  };
}

/** What every rule of its place says of one resource; none is an answer. */
export function verdictsOn(
  ground: Ground,
  where: Where,
  { type, id }: { type: string; id: string },
): Promise<Witnessed<ConfigVerdictSeen[]>> {
  return witnessed(ground, 'config:GetComplianceDetailsByResource', where, async () => {
    const verdicts: ConfigVerdictSeen[] = [];
    const pages = paginateGetComplianceDetailsByResource(
      { client: ground.aws.config(where) },
      { ResourceType: type, ResourceId: id },
    );
    for await (const { EvaluationResults = [] } of pages)
      verdicts.push(...EvaluationResults.map((result) => verdictOf(result, where)));
    return verdicts;
  });
}
