import {
  paginateDescribeConfigurationAggregatorSourcesStatus,
  paginateDescribeConfigurationAggregators,
} from '@aws-sdk/client-config-service';
import {
  DescribeOrganizationCommand,
  paginateListAWSServiceAccessForOrganization,
  paginateListDelegatedAdministrators,
} from '@aws-sdk/client-organizations';
import {
  AGGREGATOR_ROLE,
  type AggregatorGround,
  type OrganizationAggregator,
  planAggregator,
} from '../../core/fixes/config/create-aggregator.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';
import type { Fix } from './fix.ts';
import { onlyBounded, readOwnRole, needs as role } from './own-role.ts';

const CONFIG = 'config.amazonaws.com';

/** An aggregator over all accounts and regions, where Config is administered. */
export const createAggregator: Fix = {
  id: 'create-aggregator',
  title: {
    en: 'Unite all accounts and regions in a Config aggregator',
    ko: '모든 계정과 리전을 Config 애그리게이터로 모으기',
  },
  needs: {
    read: [
      'config:DescribeConfigurationAggregatorSourcesStatus',
      'config:DescribeConfigurationAggregators',
      'organizations:DescribeOrganization',
      'organizations:ListAWSServiceAccessForOrganization',
      'organizations:ListDelegatedAdministrators',
      ...role,
    ],
  },
  writes: {
    config: [
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'config:PutConfigurationAggregator',
      'config:DeleteConfigurationAggregator',
      'iam:DeleteRolePolicy',
      'iam:DeleteRole',
    ],
  },

  async plan(target, aws) {
    const place = await placeFor(aws);
    if (!wasSeen(place)) return place;
    const state = await readAggregator(place.seen, aws);
    if (!wasSeen(state)) return state;
    const { Aggregator: known } = state.seen;
    const troubled = await troubledSources(place.seen, known, aws);
    if (!wasSeen(troubled)) return troubled;
    const planned = planAggregator(target, place.seen, state.seen, troubled.seen);
    return onlyBounded(planned, place.seen, aws);
  },
  read: readAggregator,
  asCode: () => [
    {
      tool: 'terraform',
      text: 'resource "aws_config_configuration_aggregator" "organization" {\n  name = "organization"\n  organization_aggregation_source {\n    all_regions = true\n    role_arn    = aws_iam_role.config_aggregator.arn\n  }\n}',
    },
    {
      tool: 'cloudformation',
      text: 'Type: AWS::Config::ConfigurationAggregator\nProperties:\n  OrganizationAggregationSource:\n    AllAwsRegions: true\n    RoleArn: !GetAtt ConfigAggregatorRole.Arn',
    },
  ],

  async later(plan, _, aws) {
    const state = await readAggregator(plan, aws);
    if (!wasSeen(state)) return state;
    const late = await troubledSources(plan, state.seen.Aggregator, aws);
    if (!wasSeen(late)) return late;
    if (late.seen > 0)
      return {
        seen: {
          holds: false,
          told: {
            en: `${late.seen} accounts and regions tell the aggregator nothing, or too late.`,
            ko: `${late.seen}개의 계정과 리전이 애그리게이터에 데이터를 보내지 않거나 늦게 보냅니다.`,
          },
        },
      };
    return {
      seen: {
        holds: true,
        told: {
          en: 'Every account and region tells the aggregator its configuration.',
          ko: '모든 계정과 리전이 애그리게이터에 구성을 보내고 있습니다.',
        },
      },
    };
  },
};

/** Where Config is administered: the bot's own account, if it is one of several; without any, the management account. */
async function placeFor(aws: Aws): Promise<Reading<Where & { isManagement: boolean }>> {
  return reading(`organizations:ListDelegatedAdministrators of ${CONFIG}`, async () => {
    const client = await aws.organizations();
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    const management = Organization?.MasterAccountId;
    if (!management) throw new Error('Organizations named no management account');
    const deputies = await administrators(aws);
    const { account: self } = await aws.identity();
    const account = deputies.find((one) => one === self) ?? deputies[0] ?? management;
    return { account, region: aws.settings.region, isManagement: account === management };
  });
}

async function administrators(aws: Aws): Promise<string[]> {
  const found: string[] = [];
  const pages = paginateListDelegatedAdministrators(
    { client: await aws.organizations() },
    { ServicePrincipal: CONFIG },
  );
  for await (const { DelegatedAdministrators = [] } of pages)
    found.push(...DelegatedAdministrators.flatMap(({ Id }) => Id ?? []));
  return found.sort();
}

async function isTrusted(aws: Aws): Promise<boolean> {
  const pages = paginateListAWSServiceAccessForOrganization(
    { client: await aws.organizations() },
    {},
  );
  for await (const { EnabledServicePrincipals = [] } of pages)
    if (EnabledServicePrincipals.some((one) => one.ServicePrincipal === CONFIG)) return true;
  return false;
}

async function readAggregator(where: Where, aws: Aws): Promise<Reading<AggregatorGround>> {
  const made = await readOwnRole(where, AGGREGATOR_ROLE, aws);
  if (!wasSeen(made)) return made;
  return reading(`config:DescribeConfigurationAggregators in ${where.account}`, async () => {
    const found: OrganizationAggregator[] = [];
    const names: string[] = [];
    const pages = paginateDescribeConfigurationAggregators({ client: aws.config(where) }, {});
    for await (const { ConfigurationAggregators = [] } of pages)
      for (const one of ConfigurationAggregators) {
        const { ConfigurationAggregatorName: name = '', OrganizationAggregationSource: of } = one;
        names.push(name);
        if (of)
          found.push({
            name,
            role: of.RoleArn ?? '',
            regions: of.AllAwsRegions ? null : (of.AwsRegions ?? []),
          });
      }
    return {
      // Of several, one over all regions speaks for the others.
      Aggregator: found.find(({ regions }) => regions === null) ?? found[0] ?? null,
      Names: names.sort(),
      Role: made.seen,
      Administrators: await administrators(aws),
      Trusted: await isTrusted(aws),
    };
  });
}

/** How many accounts and regions told an aggregator nothing, or too late. */
function troubledSources(
  where: Where,
  known: OrganizationAggregator | null,
  aws: Aws,
): Promise<Reading<number>> {
  const api = `config:DescribeConfigurationAggregatorSourcesStatus in ${where.account}`;
  return reading(api, async () => {
    if (!known) return 0;
    let troubled = 0;
    const pages = paginateDescribeConfigurationAggregatorSourcesStatus(
      { client: aws.config(where) },
      { ConfigurationAggregatorName: known.name, UpdateStatus: ['FAILED', 'OUTDATED'] },
    );
    for await (const { AggregatedSourceStatusList = [] } of pages)
      troubled += AggregatedSourceStatusList.length;
    return troubled;
  });
}
