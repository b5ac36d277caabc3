import {
  type EvaluationResult,
  paginateDescribeConfigRules,
  paginateGetComplianceDetailsByConfigRule,
} from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import type { ConfigVerdict, ConfigWord, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['config:DescribeConfigRules', 'config:GetComplianceDetailsByConfigRule'];

/**
 * What the managed Config rules with these identifiers say in one account and region. A rule's name is
 * free (conformance packs and organizations give their own), so rules are found by identifier.
 */
export async function readConfigWord(
  ground: Ground,
  where: Where,
  identifiers: string[],
): Promise<ConfigWord> {
  const client = ground.aws.config(where);
  const names = await witnessed(ground, 'config:DescribeConfigRules', where, async () => {
    const found: { identifier: string; name: string }[] = [];
    for await (const { ConfigRules = [] } of paginateDescribeConfigRules({ client }, {}))
      for (const { ConfigRuleName: name, Source } of ConfigRules) {
        const identifier = Source?.SourceIdentifier ?? '';
        if (name && Source?.Owner === 'AWS' && identifiers.includes(identifier))
          found.push({ identifier, name });
      }
    return found;
  });
  if (!wasSeen(names)) return { ...where, rules: names };
  const spoken = await concurrently(3, names.seen, async ({ identifier, name }) => {
    const verdicts = await readVerdicts(ground, where, name);
    return [identifier, verdicts] as const;
  });
  const rules: { [identifier: string]: Witnessed<ConfigVerdict[]> } = {};
  for (const [identifier, verdicts] of spoken)
    rules[identifier] = together(rules[identifier], verdicts);
  return { ...where, rules: { seen: rules, by: names.by } };
}

/** Security Hub, a conformance pack and a person may each have set up the same rule: what any says, counts. */
function together(
  known: Witnessed<ConfigVerdict[]> | undefined,
  further: Witnessed<ConfigVerdict[]>,
): Witnessed<ConfigVerdict[]> {
  if (!known || !wasSeen(known)) return further;
  return wasSeen(further) ? { ...known, seen: [...known.seen, ...further.seen] } : known;
}

function readVerdicts(
  ground: Ground,
  where: Where,
  rule: string,
): Promise<Witnessed<ConfigVerdict[]>> {
  return witnessed(ground, 'config:GetComplianceDetailsByConfigRule', where, async () => {
    const verdicts: ConfigVerdict[] = [];
    const pages = paginateGetComplianceDetailsByConfigRule(
      { client: ground.aws.config(where) },
      { ConfigRuleName: rule, Limit: 100 },
    );
    for await (const { EvaluationResults = [] } of pages)
      verdicts.push(...EvaluationResults.map(verdict));
    return verdicts;
  });
}

function verdict(result: EvaluationResult): ConfigVerdict {
  const { EvaluationResultIdentifier, ComplianceType, ResultRecordedTime } = result;
  return {
    resource: EvaluationResultIdentifier?.EvaluationResultQualifier?.ResourceId ?? '',
    compliance: ComplianceType ?? 'INSUFFICIENT_DATA',
    at: ResultRecordedTime?.toISOString() ?? '',
  };
}
