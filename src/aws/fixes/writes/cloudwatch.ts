import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
} from '@aws-sdk/client-cloudwatch';
import { z } from 'zod';
import type { Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { shaped } from './parameters.ts';
import type { Write } from './write.ts';

/** Alarms of ours bear our name: no call of a plan reaches another. */
const Name = z.string().startsWith('trailwarden-');
const Names = z.strictObject({ AlarmNames: z.array(Name).min(1).max(100) });
const Alarm = z.strictObject({
  AlarmName: Name,
  AlarmDescription: z.string(),
  ActionsEnabled: z.boolean(),
  AlarmActions: z.array(z.string()),
  MetricName: z.string(),
  Namespace: z.string(),
  Statistic: z.string(),
  Period: z.number().int(),
  EvaluationPeriods: z.number().int(),
  Threshold: z.number(),
  ComparisonOperator: z.string(),
  TreatMissingData: z.string(),
});

export const cloudWatchWrites: Write[] = [
  {
    api: 'cloudwatch:PutMetricAlarm',
    actions: ['cloudwatch:PutMetricAlarm'],
    needs: (_, where) => [{ action: 'cloudwatch:PutMetricAlarm', resource: ours(where) }],
    send: (parameters, clientOf) =>
      clientOf(CloudWatchClient).send(
        new PutMetricAlarmCommand(shaped<PutMetricAlarmCommandInput>(parameters, Alarm)),
      ),
  },
  {
    api: 'cloudwatch:DeleteAlarms',
    actions: ['cloudwatch:DeleteAlarms'],
    needs: (_, where) => [{ action: 'cloudwatch:DeleteAlarms', resource: ours(where) }],
    send: (parameters, clientOf) =>
      clientOf(CloudWatchClient).send(
        new DeleteAlarmsCommand(shaped<z.output<typeof Names>>(parameters, Names)),
      ),
  },
];

/** A plan may hold fifteen alarms, and a session's policy 2,048 characters: ours together is what fits. */
function ours({ account, region }: Place): string {
  return `arn:${partitionOf(region)}:cloudwatch:${region}:${account}:alarm:trailwarden-*`;
}
