import { createHash } from 'node:crypto';
import type { ManagedRule } from '../scenario.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { managedRules } from './config-managed-rules.ts';
import { pageOf } from './config-pages.ts';
import { type Evaluation, evaluationsOf } from './config-rules.ts';

/** Config's rules in one account and region, and what they say. */

type Rule = { identifier: ManagedRule; name: string; evaluations: Evaluation[] };

/** The rules of a place, or the one of a name: every rule of the scenario where a recorder was ever set up. */
export function rulesIn(world: World, account: string, region: string, only?: string): Rule[] {
  const recorder = world.recorders.get(`${account}/${region}`);
  if (recorder === undefined) return [];
  return world.scenario.config.rules
    .filter((identifier) => only === undefined || managedRules[identifier].name === only)
    .map((identifier) => ({
      identifier,
      name: managedRules[identifier].name,
      evaluations: evaluationsOf(identifier, recorder, world),
    }));
}

export function describeConfigRules(call: Call, world: World) {
  const { account } = call.caller;
  const rules = chosen(call.input.ConfigRuleNames, call, world);
  const { page, next } = paged(rules, call, 25, 25);
  return {
    ConfigRules: page.map(({ identifier, name }) => {
      const rule = managedRules[identifier];
      const id = `config-rule-${digest(`${account}/${call.region}/${name}`).slice(0, 6)}`;
      return {
        ConfigRuleName: name,
        ConfigRuleArn: `arn:aws:config:${call.region}:${account}:config-rule/${id}`,
        ConfigRuleId: id,
        Description: rule.description,
        Scope: rule.periodic ? undefined : { ComplianceResourceTypes: [rule.resource] },
        Source: { Owner: 'AWS', SourceIdentifier: identifier },
        MaximumExecutionFrequency: rule.periodic ? 'Six_Hours' : undefined,
        ConfigRuleState: 'ACTIVE',
        EvaluationModes: [{ Mode: 'DETECTIVE' }],
      };
    }),
    NextToken: next,
  };
}

export function describeComplianceByConfigRule(call: Call, world: World) {
  const { ConfigRuleNames, ComplianceTypes } = call.input;
  const rules = chosen(ConfigRuleNames, call, world)
    .map(({ name, evaluations }) => ({
      ConfigRuleName: name,
      Compliance: complianceOf(evaluations),
    }))
    .filter(({ Compliance }) => isAmong(Compliance.ComplianceType, ComplianceTypes));
  const { page, next } = paged(rules, call, 25, 25);
  return { ComplianceByConfigRules: page, NextToken: next };
}

export function getComplianceDetailsByConfigRule(call: Call, world: World) {
  const { ConfigRuleName, ComplianceTypes, Limit } = call.input;
  const [rule] = chosen([ConfigRuleName], call, world);
  const results = (rule?.evaluations ?? [])
    .filter(({ compliance }) => isAmong(compliance, ComplianceTypes))
    .map((evaluation) => shownEvaluation(ConfigRuleName, evaluation));
  const { page, next } = paged(results, call, Limit ?? 10, 100);
  return { EvaluationResults: page, NextToken: next };
}

/** The rule's verdict as a whole: one offender makes it NON_COMPLIANT, no evaluation INSUFFICIENT_DATA. */
export function complianceOf(evaluations: Evaluation[]) {
  const offenders = evaluations.filter(({ compliance }) => compliance === 'NON_COMPLIANT').length;
  if (offenders > 0) {
    return {
      ComplianceType: 'NON_COMPLIANT',
      ComplianceContributorCount: {
        CappedCount: Math.min(offenders, 25),
        CapExceeded: offenders > 25,
      },
    };
  }
  const compliant = evaluations.some(({ compliance }) => compliance === 'COMPLIANT');
  return { ComplianceType: compliant ? 'COMPLIANT' : 'INSUFFICIENT_DATA' };
}

export function shownEvaluation(rule: string, { type, id, compliance, at }: Evaluation) {
  return {
    EvaluationResultIdentifier: {
      EvaluationResultQualifier: {
        ConfigRuleName: rule,
        ResourceType: type,
        ResourceId: id,
        EvaluationMode: 'DETECTIVE',
      },
      OrderingTimestamp: at,
    },
    ComplianceType: compliance,
    ResultRecordedTime: new Date(at.getTime() + 2_000),
    ConfigRuleInvokedTime: new Date(at.getTime() + 1_000),
  };
}

export function isAmong(compliance: string, types: string[] | undefined): boolean {
  return types === undefined || types.length === 0 || types.includes(compliance);
}

function chosen(names: string[] | undefined, call: Call, world: World): Rule[] {
  const rules = rulesIn(world, call.caller.account, call.region);
  if (names === undefined || names.length === 0) return rules;
  return names.map((name) => {
    const rule = rules.find((one) => one.name === name);
    if (rule === undefined) throw noSuchRule(name);
    return rule;
  });
}

export function noSuchRule(name: string): AwsFault {
  return new AwsFault(
    'NoSuchConfigRuleException',
    `The ConfigRule '${name}' provided in the request is invalid. Please check the configRule name.`,
  );
}

function paged<T>(all: T[], call: Call, size: number, most: number) {
  const { NextToken, Limit, ...question } = call.input;
  const about = [call.operation, call.caller.account, call.region, question];
  return pageOf(all, about, { size, token: NextToken, most });
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
