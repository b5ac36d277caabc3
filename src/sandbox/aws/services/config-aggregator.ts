import { AwsFault, type Call, type World } from '../service.ts';
import {
  complianceOf,
  isAmong,
  noSuchRule,
  rulesIn,
  shownEvaluation,
} from './config-compliance.ts';
import { keptPageOf } from './config-pages.ts';
import { isAggregate, select, wantedBy } from './config-query.ts';
import { discoveredIn, resourcesIn } from './config-resources.ts';
import { asked, here, type Source, sourcesOf } from './config-sources.ts';

/** The aggregator: what all accounts and regions told Config, asked in one place. */

export function describeConfigurationAggregators(call: Call, world: World) {
  const names: string[] = call.input.ConfigurationAggregatorNames ?? [];
  const aggregator = here(call, world);
  for (const name of names) {
    if (name === aggregator?.name) continue;
    throw new AwsFault(
      'NoSuchConfigurationAggregatorException',
      `The configuration aggregator '${name}' does not exist.`,
    );
  }
  if (aggregator === undefined) return { ConfigurationAggregators: [] };
  const { account } = call.caller;
  const everywhere = aggregator.regions === undefined;
  const regions = {
    AllAwsRegions: everywhere,
    ...(!everywhere && { AwsRegions: aggregator.regions }),
  };
  return {
    ConfigurationAggregators: [
      {
        ConfigurationAggregatorName: aggregator.name,
        ConfigurationAggregatorArn: `arn:aws:config:${call.region}:${account}:config-aggregator/config-aggregator-bora0001`,
        ...(aggregator.accounts
          ? { AccountAggregationSources: [{ AccountIds: aggregator.accounts, ...regions }] }
          : {
              OrganizationAggregationSource: {
                RoleArn:
                  aggregator.role ??
                  `arn:aws:iam::${account}:role/aws-service-role/organizations.config.amazonaws.com/AWSServiceRoleForConfigOrganization`,
                ...regions,
              },
            }),
        CreationTime: new Date(world.started.getTime() - 790 * 86_400_000),
        LastUpdatedTime: new Date(world.started.getTime() - 790 * 86_400_000),
      },
    ],
  };
}

/** One status per account and region, and one for the organization. */
export function describeConfigurationAggregatorSourcesStatus(call: Call, world: World) {
  const aggregator = asked(call, world);
  const { UpdateStatus, Limit } = call.input;
  return paged(call, world, Limit ?? 100, 100, 'AggregatedSourceStatusList', () => {
    const fresh = new Date(Math.floor(call.now.getTime() / 600_000) * 600_000);
    const organization = {
      SourceId: world.scenario.organization.id,
      SourceType: 'ORGANIZATION',
      AwsRegion: call.region,
      LastUpdateStatus: 'SUCCEEDED',
      LastUpdateTime: fresh,
    };
    const accounts = [...sourcesOf(aggregator, world)].map(({ recorder, status, at, error }) => ({
      SourceId: recorder.account,
      SourceType: 'ACCOUNT',
      AwsRegion: recorder.region,
      LastUpdateStatus: status,
      LastUpdateTime: status === 'SUCCEEDED' ? fresh : at,
      ...(error !== undefined && { LastErrorCode: 'AccessDenied', LastErrorMessage: error }),
    }));
    const all = aggregator.accounts ? accounts : [organization, ...accounts];
    return all.filter(({ LastUpdateStatus }) => isAmong(LastUpdateStatus, UpdateStatus));
  });
}

/** https://docs.aws.amazon.com/config/latest/APIReference/API_SelectResourceConfig.html */
export function selectResourceConfig(call: Call, world: World) {
  const recorder = world.recorders.get(`${call.caller.account}/${call.region}`);
  const instant = call.now.getTime() - world.scenario.config.lagMs;
  return selected(call, world, call.input.Limit, ({ types }) =>
    recorder ? resourcesIn(world, recorder, instant, { types }) : [],
  );
}

export function selectAggregateResourceConfig(call: Call, world: World) {
  asked(call, world);
  const { Limit, MaxResults } = call.input;
  return selected(call, world, Limit ?? MaxResults, (wanted) => aggregated(call, world, wanted));
}

/** The rows of every source that told anything, one after the other. */
function* aggregated(call: Call, world: World, { types, ...among }: Wanted) {
  for (const source of sourcesOf(asked(call, world), world, among)) {
    if (source.status !== 'SUCCEEDED' && source.at === undefined) continue;
    yield* resourcesIn(world, source.recorder, told(source, call, world), { types });
  }
}

type Wanted = ReturnType<typeof wantedBy>;

/** The instant until which a source told the aggregator something; one that never did has no rows. */
function told({ status, at }: Source, call: Call, world: World): number {
  if (status !== 'SUCCEEDED' && at) return at.getTime();
  return call.now.getTime() - world.scenario.config.lagMs;
}

/** Plain queries answer 25 rows a page unless told, those that count 500; 100 is the most to ask for. */
function selected(
  call: Call,
  world: World,
  limit: number | undefined,
  rowsOf: (wanted: Wanted) => Parameters<typeof select>[1],
) {
  const expression: string = call.input.Expression ?? '';
  const wanted = wantedBy(expression);
  const size = limit || (isAggregate(expression) ? 500 : 25);
  let fields: string[] = select(expression, []).fields;
  const page = paged(call, world, size, limit ? 100 : size, 'Results', () => {
    const found = select(expression, rowsOf(wanted));
    fields = found.fields;
    return found.rows;
  });
  return { ...page, QueryInfo: { SelectFields: fields.map((Name) => ({ Name })) } };
}

/**
 * `ListAggregateDiscoveredResources`: by type, which advanced queries need not know; 100 a page at most.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_ListAggregateDiscoveredResources.html
 */
export function listAggregateDiscoveredResources(call: Call, world: World) {
  const aggregator = asked(call, world);
  const { ResourceType: type, Filters = {}, Limit } = call.input;
  return paged(call, world, Limit || 100, 100, 'ResourceIdentifiers', () =>
    [
      ...sourcesOf(aggregator, world, {
        accounts: Filters.AccountId && new Set([Filters.AccountId]),
        regions: Filters.Region && new Set([Filters.Region]),
      }),
    ].flatMap((source) => {
      if (source.status !== 'SUCCEEDED' && source.at === undefined) return [];
      const { account: SourceAccountId, region: SourceRegion } = source.recorder;
      return discoveredIn(world, source.recorder, told(source, call, world), type).map(
        (identity) => ({ SourceAccountId, SourceRegion, ResourceType: type, ...identity }),
      );
    }),
  );
}

export function describeAggregateComplianceByConfigRules(call: Call, world: World) {
  const aggregator = asked(call, world);
  const { Filters = {}, Limit } = call.input;
  const only = (value: string, wanted: string | undefined) =>
    wanted === undefined || value === wanted;
  return paged(call, world, Limit ?? 50, 1_000, 'AggregateComplianceByConfigRules', () =>
    [
      ...sourcesOf(aggregator, world, {
        accounts: Filters.AccountId && new Set([Filters.AccountId]),
        regions: Filters.AwsRegion && new Set([Filters.AwsRegion]),
      }),
    ]
      .flatMap(({ recorder: { account, region } }) =>
        rulesIn(world, account, region, Filters.ConfigRuleName).map(({ name, evaluations }) => ({
          ConfigRuleName: name,
          Compliance: complianceOf(evaluations),
          AccountId: account,
          AwsRegion: region,
        })),
      )
      .filter(({ Compliance }) => only(Compliance.ComplianceType, Filters.ComplianceType)),
  );
}

export function getAggregateComplianceDetailsByConfigRule(call: Call, world: World) {
  asked(call, world);
  const { ConfigRuleName, AccountId, AwsRegion, ComplianceType, Limit } = call.input;
  const [rule] = rulesIn(world, AccountId, AwsRegion, ConfigRuleName);
  if (rule === undefined) throw noSuchRule(ConfigRuleName);
  return paged(call, world, Limit ?? 50, 100, 'AggregateEvaluationResults', () =>
    rule.evaluations
      .filter(({ compliance }) => isAmong(compliance, ComplianceType && [ComplianceType]))
      .map((evaluation) => ({
        ...shownEvaluation(ConfigRuleName, evaluation),
        AccountId,
        AwsRegion,
      })),
  );
}

function paged<T>(
  call: Call,
  world: World,
  size: number,
  most: number,
  member: string,
  make: () => T[],
) {
  const { NextToken, Limit, MaxResults, ...question } = call.input;
  const about = [call.operation, call.caller.account, call.region, question];
  const { page, next } = keptPageOf(world, make, about, { size, token: NextToken, most });
  return { [member]: page, NextToken: next };
}
