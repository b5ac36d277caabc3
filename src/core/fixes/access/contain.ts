import { hashOf } from '../../hash.ts';
import type { Json, JsonObject } from '../../json.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import { precondition } from '../trails/own-trail.ts';
import type { Identity, untouchableAs } from './identity.ts';

/** The names of the two inline policies; nothing else of an identity is touched but its keys. */
export const DENY_ALL = 'trailwarden-contained';
export const REVOKED = 'trailwarden-revoked';

/** What the plan is made for; these are the fields of its state, too. */
export type Contained = {
  Arn: string;
  /** The documents of the two policies, where they are there. */
  DenyAll: Json;
  Revoked: Json;
  /** `Active` or `Inactive` by the id of the key. */
  AccessKeys: { [id: string]: string };
};

/**
 * An identity that can do nothing any more: an inline policy that denies everything, which binds every
 * session from the next request on, whenever it was issued; another that denies sessions issued before a
 * moment (`aws:TokenIssueTime`), where the requester gave one; and its access keys inactive (reference:
 * fixes 6.3, "Exposed identity during an incident", class C). The way back takes exactly that away.
 */
export function planContainment(
  { id }: Pick<FixTarget, 'id'>,
  identity: Identity,
  region: string,
  state: Contained,
  because: ReturnType<typeof untouchableAs>,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  if (because) return REASONS[because];
  const { kind, name, account, before: moment } = identity;
  const active = Object.entries(state.AccessKeys).filter(([, status]) => status === 'Active');
  const wanted: [policy: string, was: Json, document: JsonObject][] = [
    [DENY_ALL, state.DenyAll, denyAll],
    ...(moment ? [[REVOKED, state.Revoked, revoking(moment)] as [string, Json, JsonObject]] : []),
  ];
  const due = wanted.filter(([, was, document]) => hashOf(was) !== hashOf(document));
  if (due.length === 0 && active.length === 0) return 'already-sound';

  const of = kind === 'user' ? { UserName: name } : { RoleName: name };
  const Kind = kind === 'user' ? 'User' : 'Role';
  const put = (PolicyName: string, document: Json): ApiCall => ({
    api: `iam:Put${Kind}Policy`,
    parameters: { ...of, PolicyName, PolicyDocument: JSON.stringify(document) },
  });
  const turn = (Status: 'Active' | 'Inactive') =>
    active.map(([AccessKeyId]) => ({
      api: 'iam:UpdateAccessKey',
      parameters: { UserName: name, AccessKeyId, Status },
    }));
  return {
    plan: {
      fix: 'contain-identity',
      family: 'containment',
      direction: 'forward',
      finding: id,
      account,
      region,
      resource: state.Arn,
      calls: [...due.map(([policy, , document]) => put(policy, document)), ...turn('Inactive')],
      before: state,
      after: {
        ...state,
        DenyAll: denyAll,
        ...(moment && { Revoked: revoking(moment) }),
        AccessKeys: Object.fromEntries(
          Object.keys(state.AccessKeys).map((key) => [key, 'Inactive']),
        ),
      },
      wayBack: [
        ...turn('Active'),
        ...due
          .toReversed()
          .map(([policy, was]) =>
            was === null
              ? { api: `iam:Delete${Kind}Policy`, parameters: { ...of, PolicyName: policy } }
              : put(policy, was),
          ),
      ],
      riskClass: 'C',
      blast: {
        accounts: [account],
        feels: {
          en: `${name} can do nothing any more, nor can anything that runs as it; ${active.length} access keys become inactive.`,
          ko: `${name}와(과) 그 자격으로 실행되는 모든 것이 더 이상 아무것도 할 수 없습니다. 액세스 키 ${active.length}개가 비활성화됩니다.`,
        },
        keeps: [
          {
            en: 'Its own policies, groups, tags and password stay as they are, and so does what it made.',
            ko: '기존 정책, 그룹, 태그, 비밀번호와 만들어 둔 것은 그대로입니다.',
          },
          {
            en: 'Resources that name it in their own policies are not looked at: the denial outweighs them in its account.',
            ko: '리소스 정책은 조회하지 않습니다. 같은 계정에서는 이 거부가 우선합니다.',
          },
          moment
            ? {
                en: `Sessions issued before ${moment} stay revoked until it is taken back.`,
                ko: `${moment} 이전에 발급된 세션은 되돌릴 때까지 폐기된 상태로 남습니다.`,
              }
            : {
                en: `Once it is taken back, sessions that have not ended (${LONGEST_HOURS[kind]} hours at most) work again.`,
                ko: `되돌리면 아직 끝나지 않은 세션(최대 ${LONGEST_HOURS[kind]}시간)이 다시 동작합니다.`,
              },
        ],
      },
    },
  };
}

/** How long a session may last: of a role, and of a user (AssumeRole and GetSessionToken of the STS API). */
const LONGEST_HOURS = { role: 12, user: 36 };

const denyAll: JsonObject = {
  Version: '2012-10-17',
  Statement: [{ Sid: 'ContainedByTrailwarden', Effect: 'Deny', Action: '*', Resource: '*' }],
};

function revoking(moment: string): JsonObject {
  return {
    Version: '2012-10-17',
    Statement: [
      {
        Sid: 'SessionsRevokedByTrailwarden',
        Effect: 'Deny',
        Action: '*',
        Resource: '*',
        Condition: { DateLessThan: { 'aws:TokenIssueTime': moment } },
      },
    ],
  };
}

export const NO_IDENTITY = precondition(
  {
    en: 'That is no ARN of a user or a role of IAM.',
    ko: 'IAM 사용자나 역할의 ARN이 아닙니다.',
  },
  {
    en: 'Name it as arn:aws:iam::ACCOUNT:user/NAME or …:role/NAME. The root user is contained by a service control policy; a person of Identity Center is disabled there.',
    ko: 'arn:aws:iam::ACCOUNT:user/NAME 또는 …:role/NAME 형식으로 적으세요. 루트 사용자는 서비스 제어 정책으로, Identity Center 사용자는 Identity Center에서 막습니다.',
  },
);

const REASONS = {
  bot: precondition(
    {
      en: 'That is the bot itself, one of its roles, or a role that it made for the audit trail.',
      ko: '봇 자신이나 봇의 역할, 또는 감사 추적을 위해 봇이 만든 역할입니다.',
    },
    {
      en: 'If the bot itself is suspected, stop fixes and remove its trust from the fix roles by hand.',
      ko: '봇이 의심된다면 수정을 중지하고 수정 역할에서 봇의 신뢰를 직접 제거하세요.',
    },
  ),
  'break-glass': precondition(
    {
      en: 'That is a break-glass role: contained, nobody could help in an emergency.',
      ko: '비상용(break-glass) 역할입니다. 막으면 비상시에 아무도 대응할 수 없습니다.',
    },
    {
      en: 'Its owners must decide, by hand.',
      ko: '소유자가 직접 결정해야 합니다.',
    },
  ),
  service: precondition(
    {
      en: 'That is a service-linked role, which its account cannot change.',
      ko: '서비스 연결 역할이어서 계정에서 변경할 수 없습니다.',
    },
    {
      en: 'Stop what the service does for you instead.',
      ko: '대신 해당 서비스의 작업을 중지하세요.',
    },
  ),
  'identity-center': precondition(
    {
      en: 'That is a role of Identity Center, which its account cannot change.',
      ko: 'Identity Center의 역할이어서 계정에서 변경할 수 없습니다.',
    },
    {
      en: 'Disable the person there, and revoke the permission set: aws sso-admin delete-account-assignment',
      ko: 'Identity Center에서 사용자를 비활성화하고 권한 세트를 회수하세요: aws sso-admin delete-account-assignment',
    },
  ),
};
