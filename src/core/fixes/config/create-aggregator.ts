import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import {
  type FoundRole,
  isOwn,
  madeRole,
  type OwnRole,
  ownRoleArn,
  roleCalls,
  trustOf,
} from '../own-role.ts';
import { partitionOf } from '../partition.ts';
import { precondition } from '../trails/own-trail.ts';

/** An aggregator of the organization as Config describes it; `regions` null: all of them. */
export type OrganizationAggregator = { name: string; role: string; regions: string[] | null };

/** What the plan is made for; these are the fields of its state, too. */
export type AggregatorGround = {
  Aggregator: OrganizationAggregator | null;
  /** Names of all aggregators of the place. */
  Names: string[];
  Role: FoundRole;
  /** The accounts that administer Config for the organization. */
  Administrators: string[];
  /** Whether the organization trusts Config. */
  Trusted: boolean;
};

const NAME = 'trailwarden-organization';

/** Config asks Organizations with it which accounts there are; as AWSConfigRoleForOrganizations allows. */
export const AGGREGATOR_ROLE: OwnRole = {
  name: 'config-aggregator',
  policyName: 'list-the-organization',
  trust: trustOf('config.amazonaws.com'),
  policy: {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: [
          'organizations:DescribeOrganization',
          'organizations:ListAccounts',
          'organizations:ListAWSServiceAccessForOrganization',
          'organizations:ListDelegatedAdministrators',
        ],
        Resource: '*',
      },
    ],
  },
};

/**
 * An organization aggregator over all regions, in the account that administers Config, or one of some
 * regions made to be over all (reference: fixes 6.3, class A). `troubled`: sources whose data is late.
 */
export function planAggregator(
  { id, covers }: Pick<FixTarget, 'id' | 'covers'>,
  where: { account: string; region: string; isManagement: boolean },
  state: AggregatorGround,
  troubled: number,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const { Aggregator: known, Role: role, Trusted } = state;
  if (known && known.regions === null) return troubled > 0 ? SOURCES : 'already-sound';
  if (where.isManagement) return NO_ADMINISTRATOR;
  if (!Trusted) return UNTRUSTED;
  if (!known && state.Names.includes(NAME)) return NAME_TAKEN;
  const { name: roleName } = AGGREGATOR_ROLE;
  if (!known && role && !isOwn(role, AGGREGATOR_ROLE, where)) return ROLE_TAKEN;

  const makes = !known && !role ? roleCalls(AGGREGATOR_ROLE, where) : { make: [], remove: [] };
  const wanted = known ?? {
    name: NAME,
    role: ownRoleArn(where.account, where.region, roleName),
    regions: null,
  };
  const put = ({ name, role: RoleArn, regions }: OrganizationAggregator) => ({
    api: 'config:PutConfigurationAggregator',
    parameters: {
      ConfigurationAggregatorName: name,
      OrganizationAggregationSource: regions
        ? { RoleArn, AllAwsRegions: false, AwsRegions: regions }
        : { RoleArn, AllAwsRegions: true },
    },
  });
  const made = { ...wanted, regions: null };
  return {
    plan: {
      fix: 'create-aggregator',
      family: 'config',
      direction: 'forward',
      finding: id,
      account: where.account,
      region: where.region,
      resource: `arn:${partitionOf(where.region)}:config:${where.region}:${where.account}:config-aggregator/${made.name}`,
      calls: [...makes.make, put(made)],
      before: state,
      after: {
        ...state,
        Aggregator: made,
        Names: [...new Set([...state.Names, made.name])].sort(),
        Role: makes.make.length > 0 ? madeRole(AGGREGATOR_ROLE, where) : role,
      },
      wayBack: [
        known
          ? put(known)
          : {
              api: 'config:DeleteConfigurationAggregator',
              parameters: { ConfigurationAggregatorName: made.name },
            },
        ...makes.remove,
      ],
      riskClass: 'A',
      blast: {
        accounts: covers.length > 0 ? [...covers].sort() : [where.account],
        feels: {
          en: `Account ${where.account} learns the configuration of every account and region that Config records.`,
          ko: `계정 ${where.account}에서 Config가 기록하는 모든 계정과 리전의 구성을 볼 수 있게 됩니다.`,
        },
        keeps: [
          {
            en: 'Recorders, rules and what they cost stay as they are; an aggregator costs nothing.',
            ko: '레코더와 규칙, 그 비용은 그대로입니다. 애그리게이터에는 비용이 들지 않습니다.',
          },
        ],
      },
    },
  };
}

const SOURCES = precondition(
  {
    en: 'The aggregator is over all accounts and regions; some of them tell it nothing, or too late.',
    ko: '애그리게이터는 모든 계정과 리전을 포함하지만 일부가 데이터를 보내지 않거나 늦게 보냅니다.',
  },
  {
    en: 'Let Config record there (start-recorder), and look into what the status of the sources says.',
    ko: '그곳에서 Config가 기록하게 하고(start-recorder), 소스 상태가 말하는 원인을 확인하세요.',
  },
);

/** There, Config enables trusted access in the caller's name, and no fix may change the organization. */
const NO_ADMINISTRATOR = precondition(
  {
    en: 'No account administers AWS Config for the organization, and in the management account the bot makes no aggregator.',
    ko: 'AWS Config의 위임 관리자 계정이 없으며, 봇은 관리 계정에 애그리게이터를 만들지 않습니다.',
  },
  {
    en: 'Name one first, in the management account: aws organizations register-delegated-administrator --service-principal config.amazonaws.com --account-id ACCOUNT',
    ko: '먼저 관리 계정에서 지정하세요: aws organizations register-delegated-administrator --service-principal config.amazonaws.com --account-id ACCOUNT',
  },
);

const UNTRUSTED = precondition(
  {
    en: 'The organization does not trust AWS Config, so that it would tell it no accounts.',
    ko: '조직이 AWS Config를 신뢰하지 않아 계정 목록을 알려 주지 않습니다.',
  },
  {
    en: 'In the management account: aws organizations enable-aws-service-access --service-principal config.amazonaws.com',
    ko: '관리 계정에서 실행하세요: aws organizations enable-aws-service-access --service-principal config.amazonaws.com',
  },
);

const NAME_TAKEN = precondition(
  {
    en: `An aggregator called ${NAME} exists and is not of the organization.`,
    ko: `이름이 ${NAME}인 애그리게이터가 있으며 조직 애그리게이터가 아닙니다.`,
  },
  { en: 'Delete it or give it another name.', ko: '삭제하거나 다른 이름을 사용하세요.' },
);

const ROLE_TAKEN = precondition(
  {
    en: `A role called ${AGGREGATOR_ROLE.name} exists and is not the one that this fix makes.`,
    ko: `이름이 ${AGGREGATOR_ROLE.name}인 역할이 있으며 이 수정이 만드는 역할과 다릅니다.`,
  },
  { en: 'Look at it, and delete it if nobody needs it.', ko: '확인한 뒤 필요 없으면 삭제하세요.' },
);
