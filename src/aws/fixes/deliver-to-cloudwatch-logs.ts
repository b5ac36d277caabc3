import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { OwnRole } from '../../core/fixes/own-role.ts';
import {
  deliveryRole,
  logGroupNameFor,
  planDeliverToLogs,
} from '../../core/fixes/watching/deliver-to-logs.ts';
import { daysFor } from '../../core/fixes/watching/retention.ts';
import { sinkSince } from '../../core/fixes/watching/sink-since.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { onlyBounded, readOwnRole, needs as role } from './own-role.ts';
import { NOTHING_SAID } from './settings-missing.ts';
import { readSettings, type Seat, seatOfTrail } from './trail-state.ts';

/** A log group, a role for CloudTrail, and the trail that delivers with them. */
export const deliverToCloudWatchLogs: Fix = {
  id: 'deliver-to-cloudwatch-logs',
  title: { en: 'Deliver events to CloudWatch Logs', ko: '이벤트를 CloudWatch Logs로 전달하기' },
  needs: {
    read: [
      'cloudtrail:GetTrail',
      'cloudtrail:GetTrailStatus',
      'logs:DescribeLogGroups',
      'organizations:DescribeOrganization',
      ...role,
    ],
  },
  writes: {
    logs: [
      'logs:CreateLogGroup',
      'logs:PutRetentionPolicy',
      'iam:CreateRole',
      'iam:PutRolePolicy',
      'cloudtrail:UpdateTrail',
      'iam:DeleteRolePolicy',
      'iam:DeleteRole',
    ],
  },
  passesRole: ['logs'],

  async plan(target, aws) {
    const wanted = aws.settings.fixing?.retentionDays;
    if (wanted === undefined) return { seen: NOTHING_SAID };
    const seat = seatOfTrail(target.subject);
    const read = await readDelivery(seat, aws);
    if (!wasSeen(read)) return read;
    const planned = planDeliverToLogs(target, read.seen.state, read.seen.role, wanted);
    return onlyBounded(planned, seat, aws);
  },
  async read(plan, aws) {
    const read = await readDelivery(plan, aws);
    return wasSeen(read) ? { seen: read.seen.state } : read;
  },
  asCode: () => [
    {
      tool: 'terraform',
      text: 'cloud_watch_logs_group_arn = format("%s:*", aws_cloudwatch_log_group.trail.arn)\ncloud_watch_logs_role_arn  = aws_iam_role.cloudtrail_to_logs.arn',
    },
    {
      tool: 'cloudformation',
      text: 'CloudWatchLogsLogGroupArn: !GetAtt TrailLogGroup.Arn\nCloudWatchLogsRoleArn: !GetAtt CloudTrailToLogs.Arn',
    },
  ],

  async later(plan, applied, aws) {
    const status = await reading(`cloudtrail:GetTrailStatus in ${plan.account}`, async () => {
      const { LatestCloudWatchLogsDeliveryTime: at, LatestCloudWatchLogsDeliveryError: error } =
        await aws.cloudTrail(plan).send(new GetTrailStatusCommand({ Name: plan.resource }));
      return { lastSuccess: at?.toISOString() ?? null, error: error || null };
    });
    return wasSeen(status) ? { seen: sinkSince('CloudWatch Logs', status.seen, applied) } : status;
  },
};

/** The trail's settings with the role that it would deliver with, and what that role must be like. */
async function readDelivery(
  seat: Seat,
  aws: Aws,
): Promise<Reading<{ state: Parameters<typeof planDeliverToLogs>[1]; role: OwnRole }>> {
  const settings = await readSettings(seat, aws);
  if (!wasSeen(settings)) return settings;
  const organization = await organizationOf(settings.seen.IsOrganizationTrail === true, aws);
  if (!wasSeen(organization)) return organization;
  const wanted = deliveryRole(seat.resource, organization.seen);
  const found = await readOwnRole(seat, wanted, aws);
  if (!wasSeen(found)) return found;
  const longer = await keepsLonger(seat, aws);
  if (!wasSeen(longer)) return longer;
  const state = { ...settings.seen, Role: found.seen, GroupKeepsLonger: longer.seen };
  return { seen: { state, role: wanted } };
}

/** Whether a group of the name that the trail would be given keeps events longer than is asked for. */
function keepsLonger(seat: Seat, aws: Aws): Promise<Reading<boolean>> {
  const days = daysFor(aws.settings.fixing?.retentionDays ?? 0);
  const name = logGroupNameFor(seat.resource);
  return reading(`logs:DescribeLogGroups in ${seat.account}`, async () => {
    const pages = paginateDescribeLogGroups(
      { client: aws.logs(seat) },
      { logGroupNamePrefix: name },
    );
    for await (const { logGroups = [] } of pages)
      for (const { logGroupName, retentionInDays } of logGroups)
        if (logGroupName === name)
          // One without a number keeps them for ever, which is longer unless that is what is asked for.
          return days !== null && (retentionInDays === undefined || retentionInDays > days);
    return false;
  });
}

/** The id of the organization whose streams an organization trail writes; null for any other trail. */
async function organizationOf(isWhole: boolean, aws: Aws): Promise<Reading<string | null>> {
  if (!isWhole) return { seen: null };
  return reading('organizations:DescribeOrganization', async () => {
    const client = await aws.organizations();
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    if (!Organization?.Id) throw new Error('Organizations named no organization');
    return Organization.Id;
  });
}
