import { AwsFault, type Call, type World } from '../service.ts';
import {
  complianceOf,
  isAmong,
  noSuchRule,
  rulesIn,
  shownEvaluation,
} from './config-compliance.ts';
import { pageOf } from './config-pages.ts';
import { select } from './config-query.ts';
import { resourcesIn } from './config-resources.ts';

/** The aggregator: what all accounts and regions told Config, asked in one place. */

export function describeConfigurationAggregators(call: Call, world: World) {
  const names: string[] = call.input.ConfigurationAggregatorNames ?? [];
  const aggregator = here(call, world);
  for (const name of names) if (name !== aggregator?.name) throw noSuchAggregator();
  if (aggregator === undefined) return { ConfigurationAggregators: [] };
  const { account } = call.caller;
  return {
    ConfigurationAggregators: [
      {
        ConfigurationAggregatorName: aggregator.name,
        ConfigurationAggregatorArn: `arn:aws:config:${call.region}:${account}:config-aggregator/config-aggregator-bora0001`,
        OrganizationAggregationSource: {
          RoleArn: `arn:aws:iam::${account}:role/aws-service-role/organizations.config.amazonaws.com/AWSServiceRoleForConfigOrganization`,
          AllAwsRegions: true,
        },
        CreationTime: new Date(world.started.getTime() - 790 * 86_400_000),
        LastUpdatedTime: new Date(world.started.getTime() - 790 * 86_400_000),
      },
    ],
  };
}

/** One status per account and region, and one for the organization; stale accounts are OUTDATED. */
export function describeConfigurationAggregatorSourcesStatus(call: Call, world: World) {
  const { stale } = asked(call, world);
  const { UpdateStatus, Limit } = call.input;
  const fresh = new Date(Math.floor(call.now.getTime() / 600_000) * 600_000);
  const organization = {
    SourceId: world.scenario.organization.id,
    SourceType: 'ORGANIZATION',
    AwsRegion: call.region,
    LastUpdateStatus: 'SUCCEEDED',
    LastUpdateTime: fresh,
  };
  const accounts = places(world).map(({ account, region }) => ({
    SourceId: account,
    SourceType: 'ACCOUNT',
    AwsRegion: region,
    LastUpdateStatus: stale.includes(account) ? 'OUTDATED' : 'SUCCEEDED',
    LastUpdateTime: stale.includes(account)
      ? new Date(world.started.getTime() - 3 * 86_400_000)
      : fresh,
  }));
  const statuses = [organization, ...accounts].filter(({ LastUpdateStatus }) =>
    isAmong(LastUpdateStatus, UpdateStatus),
  );
  const { page, next } = paged(statuses, call, Limit ?? 100, 100);
  return { AggregatedSourceStatusList: page, NextToken: next };
}

export function selectResourceConfig(call: Call, world: World) {
  const rows = resourcesIn(world, call.caller.account, call.region);
  return selected(call, rows, call.input.Limit);
}

export function selectAggregateResourceConfig(call: Call, world: World) {
  asked(call, world);
  const rows = places(world).flatMap(({ account, region }) => resourcesIn(world, account, region));
  return selected(call, rows, call.input.Limit ?? call.input.MaxResults);
}

function selected(call: Call, rows: Parameters<typeof select>[1], limit: number | undefined) {
  const { fields, rows: found } = select(call.input.Expression ?? '', rows);
  const { page, next } = paged(found, call, limit ?? 100, 100);
  return {
    Results: page,
    QueryInfo: { SelectFields: fields.map((Name) => ({ Name })) },
    NextToken: next,
  };
}

export function describeAggregateComplianceByConfigRules(call: Call, world: World) {
  asked(call, world);
  const { Filters = {}, Limit } = call.input;
  const verdicts = places(world)
    .filter(({ account }) => isAmong(account, Filters.AccountId && [Filters.AccountId]))
    .filter(({ region }) => isAmong(region, Filters.AwsRegion && [Filters.AwsRegion]))
    .flatMap(({ account, region }) =>
      rulesIn(world, account, region).map(({ name, evaluations }) => ({
        ConfigRuleName: name,
        Compliance: complianceOf(evaluations),
        AccountId: account,
        AwsRegion: region,
      })),
    )
    .filter(({ ConfigRuleName: name }) =>
      isAmong(name, Filters.ConfigRuleName && [Filters.ConfigRuleName]),
    )
    .filter(({ Compliance }) =>
      isAmong(Compliance.ComplianceType, Filters.ComplianceType && [Filters.ComplianceType]),
    );
  const { page, next } = paged(verdicts, call, Limit ?? 50, 1_000);
  return { AggregateComplianceByConfigRules: page, NextToken: next };
}

export function getAggregateComplianceDetailsByConfigRule(call: Call, world: World) {
  asked(call, world);
  const { ConfigRuleName, AccountId, AwsRegion, ComplianceType, Limit } = call.input;
  const rule = rulesIn(world, AccountId, AwsRegion).find(({ name }) => name === ConfigRuleName);
  if (rule === undefined) throw noSuchRule(ConfigRuleName);
  const results = rule.evaluations
    .filter(({ compliance }) => isAmong(compliance, ComplianceType && [ComplianceType]))
    .map((evaluation) => ({
      ...shownEvaluation(ConfigRuleName, evaluation),
      AccountId,
      AwsRegion,
    }));
  const { page, next } = paged(results, call, Limit ?? 50, 100);
  return { AggregateEvaluationResults: page, NextToken: next };
}

/** Every place that has a recorder told the aggregator something, also one that has stopped since. */
function places(world: World) {
  return [...world.recorders.values()];
}

type Aggregator = NonNullable<World['scenario']['config']['aggregator']>;

function here(call: Call, world: World): Aggregator | undefined {
  const { aggregator } = world.scenario.config;
  const isHere = aggregator?.account === call.caller.account && aggregator.region === call.region;
  return isHere ? aggregator : undefined;
}

function asked(call: Call, world: World): Aggregator {
  const aggregator = here(call, world);
  if (aggregator?.name !== call.input.ConfigurationAggregatorName || aggregator === undefined) {
    throw noSuchAggregator();
  }
  return aggregator;
}

function noSuchAggregator(): AwsFault {
  return new AwsFault(
    'NoSuchConfigurationAggregatorException',
    'The configuration aggregator does not exist. Check the configuration aggregator name and try again.',
  );
}

function paged<T>(all: T[], call: Call, size: number, most: number) {
  const { NextToken, Limit, MaxResults, ...question } = call.input;
  const about = [call.operation, call.caller.account, call.region, question];
  return pageOf(all, about, { size, token: NextToken, most });
}
