import { paginateDescribeLogGroups } from '@aws-sdk/client-cloudwatch-logs';
import type { FixPlan } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import { logGroupOf, planRetention } from '../../core/fixes/watching/retention.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import type { Fix } from './fix.ts';
import { NOTHING_SAID } from './settings-missing.ts';

/** `PutRetentionPolicy` with the least that is enough. */
export const setLogRetention: Fix = {
  id: 'set-log-retention',
  title: {
    en: 'Keep the events of the log group longer',
    ko: '로그 그룹의 이벤트를 더 오래 보관하기',
  },
  needs: { read: ['logs:DescribeLogGroups'] },
  writes: { logs: ['logs:PutRetentionPolicy', 'logs:DeleteRetentionPolicy'] },

  async plan(target, aws) {
    const wanted = aws.settings.fixing?.retentionDays;
    if (wanted === undefined) return { seen: NOTHING_SAID };
    const state = await readRetention({ resource: target.subject }, aws);
    return wasSeen(state) ? { seen: planRetention(target, state.seen, wanted) } : state;
  },
  read: readRetention,
  asCode: ({ after }) => [
    { tool: 'terraform', text: `retention_in_days = ${after.retentionInDays ?? 0}` },
    {
      tool: 'cloudformation',
      text: `RetentionInDays: ${after.retentionInDays ?? '!Ref AWS::NoValue'}`,
    },
  ],
};

/** How long a log group keeps events (days; null: for ever), and with which key. */
function readRetention({ resource }: Pick<FixPlan, 'resource'>, aws: Aws): Promise<Reading<State>> {
  const group = logGroupOf(resource);
  if (!group) throw new Error(`no ARN of a log group: ${resource}`);
  return reading(`logs:DescribeLogGroups in ${group.account}`, async () => {
    const pages = paginateDescribeLogGroups(
      { client: aws.logs(group) },
      { logGroupNamePrefix: group.name },
    );
    for await (const { logGroups = [] } of pages)
      for (const { logGroupName, retentionInDays = null, kmsKeyId = null } of logGroups)
        if (logGroupName === group.name) return { retentionInDays, kmsKeyId };
    throw new Error(`the log group ${group.name} does not exist`);
  });
}
