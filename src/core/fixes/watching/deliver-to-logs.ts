import type { JsonObject } from '../../json.ts';
import type { FixPlan, FixTarget } from '../fix.ts';
import type { Obstacle } from '../obstacle.ts';
import {
  type FoundRole,
  isOwn,
  madeRole,
  type OwnRole,
  ownRoleArn,
  roleCalls,
  shortName,
  trustOf,
} from '../own-role.ts';
import { partitionOf } from '../partition.ts';
import { type State, trailOf } from '../plan.ts';
import { precondition } from '../trails/own-trail.ts';
import { trailPlan } from '../trails/trail-plan.ts';
import { daysFor } from './retention.ts';

/** The log group that a trail is given, by its name; it stands in the trail's own account and home region. */
export function logGroupNameFor(trail: string): string {
  return `trailwarden/cloudtrail/${nameIn(trail)}`;
}

/**
 * The role with which CloudTrail writes there: streams of the account, and for an organization trail those
 * of the organization, and nothing else (CloudTrail user guide, "Role policy document for CloudTrail to use
 * CloudWatch Logs for monitoring", which also says that aws:SourceArn is not supported there).
 */
export function deliveryRole(trail: string, organization: string | null): OwnRole {
  const { account, region } = seatOf(trail);
  const streams = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupNameFor(trail)}:log-stream:`;
  const policy: JsonObject = {
    Version: '2012-10-17',
    Statement: [
      {
        Effect: 'Allow',
        Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
        Resource: [
          `${streams}${account}_CloudTrail_${region}*`,
          ...(organization ? [`${streams}${organization}_*`] : []),
        ],
      },
    ],
  };
  return {
    name: shortName('cloudtrail-to-logs-', nameIn(trail)),
    policyName: 'deliver-events',
    trust: trustOf('cloudtrail.amazonaws.com'),
    policy,
  };
}

/**
 * A log group, a role and the trail that delivers with it (reference: fixes 6.1, row CT-11, class B). Role
 * and group stand in the account that owns the trail, as CloudTrail asks. `wanted`: days that events must
 * be kept. The way back ends the delivery and takes the role away; the log group stays, because what it
 * holds is evidence and the bot deletes none. `GroupKeepsLonger`: a group of this name is there, such as one
 * that was left so, and keeps events longer than it would be told to; then nobody tells it to delete some.
 */
export function planDeliverToLogs(
  target: FixTarget,
  state: State & { Role: FoundRole; GroupKeepsLonger: boolean },
  role: OwnRole,
  wanted: number,
): { plan: FixPlan } | 'already-sound' | { cannot: Obstacle } {
  const arn = target.subject;
  const where = seatOf(arn);
  const { account, region } = where;
  const { CloudWatchLogsLogGroupArn: group, CloudWatchLogsRoleArn: usedRole, Role: found } = state;
  if (group) return 'already-sound';
  if (found && !isOwn(found, role, where)) return roleTaken(role.name);
  const logGroupName = logGroupNameFor(arn);
  const made = {
    CloudWatchLogsLogGroupArn: `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${logGroupName}:*`,
    CloudWatchLogsRoleArn: ownRoleArn(account, region, role.name),
  };
  const days = daysFor(wanted);
  const { make, remove } = found ? { make: [], remove: [] } : roleCalls(role, where);
  const plan = trailPlan(target, arn, {
    fix: 'deliver-to-cloudwatch-logs',
    family: 'logs',
    calls: [
      { api: 'logs:CreateLogGroup', parameters: { logGroupName } },
      ...(days && !state.GroupKeepsLonger
        ? [{ api: 'logs:PutRetentionPolicy', parameters: { logGroupName, retentionInDays: days } }]
        : []),
      ...make,
      { api: 'cloudtrail:UpdateTrail', parameters: { Name: arn, ...made } },
    ],
    wayBack: [
      {
        api: 'cloudtrail:UpdateTrail',
        parameters: {
          Name: arn,
          CloudWatchLogsLogGroupArn: '',
          CloudWatchLogsRoleArn: usedRole ?? '',
        },
      },
      ...remove,
    ],
    before: state,
    after: { ...made, Role: found ?? madeRole(role, where) },
    riskClass: 'B',
    feels: {
      en: `Within minutes events reach the log group ${logGroupName}, where filters and alarms can look at them.`,
      ko: `몇 분 안에 이벤트가 로그 그룹 ${logGroupName}에 도착하며, 필터와 경보가 볼 수 있습니다.`,
    },
    keeps: [
      {
        en: 'Log files, their bucket and what is recorded stay as they are.',
        ko: '로그 파일, 버킷, 기록 대상은 그대로입니다.',
      },
      {
        en: 'Taking it back ends the delivery; the log group stays with its events, because the bot deletes none.',
        ko: '되돌리면 전달을 멈춥니다. 봇은 이벤트를 삭제하지 않으므로 로그 그룹은 그대로 남습니다.',
      },
    ],
    cost: COST,
  });
  return { plan };
}

/** https://aws.amazon.com/cloudwatch/pricing/ */
const COST = {
  monthly: null,
  unitPrice: '$0.50 per GB that arrives, and $0.03 per GB and month that is kept',
  ko: '도착하는 GB당 $0.50, 보관하는 GB당 월 $0.03',
  assumptions: [
    {
      en: 'The prices of us-east-1; an event is about 1.5 KB, and how many there are is not known.',
      ko: 'us-east-1 가격이며 이벤트 하나는 약 1.5KB입니다. 이벤트 수는 알 수 없습니다.',
    },
  ],
};

function roleTaken(name: string) {
  return precondition(
    {
      en: `A role called ${name} exists and is not the one that this fix makes.`,
      ko: `이름이 ${name}인 역할이 있으며 이 수정이 만드는 역할과 다릅니다.`,
    },
    {
      en: 'Look at it, and delete it if nobody needs it.',
      ko: '확인한 뒤 필요 없으면 삭제하세요.',
    },
  );
}

function seatOf(trail: string) {
  const seat = trailOf(trail);
  if (!seat) throw new Error(`planning a log group for what is no trail: ${trail}`);
  return seat;
}

function nameIn(trail: string): string {
  return trail.split('/').at(-1) ?? trail;
}
