import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  DeleteMetricFilterCommand,
  DeleteRetentionPolicyCommand,
  PutMetricFilterCommand,
  type PutMetricFilterCommandInput,
  PutRetentionPolicyCommand,
} from '@aws-sdk/client-cloudwatch-logs';
import { z } from 'zod';
import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { nameIn, shaped, textIn } from './parameters.ts';
import type { Write } from './write.ts';

type Parameters = ApiCall['parameters'];

const Retention = z.strictObject({ logGroupName: z.string(), retentionInDays: z.number().int() });
const MetricFilter = z.strictObject({
  logGroupName: z.string(),
  filterName: z.string(),
  filterPattern: z.string(),
  metricTransformations: z
    .array(
      z.strictObject({
        metricName: z.string(),
        metricNamespace: z.string(),
        metricValue: z.string(),
        defaultValue: z.number(),
      }),
    )
    .length(1),
});

/** What a fix may do to log groups: never delete one, nor an event in it. */
export const logsWrites: Write[] = [
  onGroup('CreateLogGroup', async (parameters, client) => {
    try {
      return await client.send(
        new CreateLogGroupCommand({ logGroupName: textIn(parameters, 'logGroupName') }),
      );
    } catch (error) {
      // The group of this name that a taken-back fix left, or the last try: there it is.
      if (error instanceof Error && error.name === 'ResourceAlreadyExistsException')
        return { $metadata: metadataOf(error) };
      throw error;
    }
  }),
  onGroup('PutRetentionPolicy', (parameters, client) =>
    client.send(
      new PutRetentionPolicyCommand(shaped<z.output<typeof Retention>>(parameters, Retention)),
    ),
  ),
  onGroup('DeleteRetentionPolicy', (parameters, client) =>
    client.send(
      new DeleteRetentionPolicyCommand({ logGroupName: textIn(parameters, 'logGroupName') }),
    ),
  ),
  onGroup('PutMetricFilter', (parameters, client) =>
    client.send(
      new PutMetricFilterCommand(shaped<PutMetricFilterCommandInput>(parameters, MetricFilter)),
    ),
  ),
  onGroup('DeleteMetricFilter', (parameters, client) =>
    client.send(
      new DeleteMetricFilterCommand({
        logGroupName: textIn(parameters, 'logGroupName'),
        filterName: textIn(parameters, 'filterName'),
      }),
    ),
  ),
];

function onGroup(
  operation: string,
  sending: (parameters: Parameters, client: CloudWatchLogsClient) => ReturnType<Write['send']>,
): Write {
  const api = `logs:${operation}`;
  return {
    api,
    actions: [api],
    needs: (parameters, where) =>
      groupArns(nameIn(parameters, 'logGroupName'), where).map((resource) => ({
        action: api,
        resource,
      })),
    send: (parameters, clientOf) => sending(parameters, clientOf(CloudWatchLogsClient)),
  };
}

/** CloudWatch Logs asks IAM about a group with what stands behind its name as a rule (`:log-stream:`). */
function groupArns(name: string, { account, region }: Place): string[] {
  const arn = `arn:${partitionOf(region)}:logs:${region}:${account}:log-group:${name}`;
  return [arn, `${arn}:*`];
}

function metadataOf(error: Error): { requestId?: string | undefined } {
  return (error as { $metadata?: { requestId?: string } }).$metadata ?? {};
}
