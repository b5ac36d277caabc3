import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import type { OwnRole } from '../../core/fixes/own-role.ts';
import { deliveryRole, planDeliverToLogs } from '../../core/fixes/watching/deliver-to-logs.ts';
import { sinkSince } from '../../core/fixes/watching/sink-since.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { readOwnRole, needs as role } from './own-role.ts';
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
    const read = await readDelivery(seatOfTrail(target.subject), aws);
    if (!wasSeen(read)) return read;
    return { seen: planDeliverToLogs(target, read.seen.state, read.seen.role, wanted) };
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
  return { seen: { state: { ...settings.seen, Role: found.seen }, role: wanted } };
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
