import {
  ConfigServiceClient,
  DeleteConfigurationAggregatorCommand,
  PutConfigurationAggregatorCommand,
  type PutConfigurationAggregatorCommandInput,
  PutConfigurationRecorderCommand,
  type PutConfigurationRecorderCommandInput,
  PutDeliveryChannelCommand,
  type PutDeliveryChannelCommandInput,
  StartConfigurationRecorderCommand,
  StopConfigurationRecorderCommand,
} from '@aws-sdk/client-config-service';
import { z } from 'zod';
import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { exactName, shaped, textIn } from './parameters.ts';
import type { Write } from './write.ts';

const Types = z.array(z.string());

const RecorderInput = z.strictObject({
  ConfigurationRecorder: z.strictObject({
    name: z.string(),
    roleARN: z.string(),
    recordingGroup: z.strictObject({
      allSupported: z.boolean(),
      includeGlobalResourceTypes: z.boolean(),
      resourceTypes: Types.optional(),
      exclusionByResourceTypes: z.strictObject({ resourceTypes: Types }).optional(),
      recordingStrategy: z.strictObject({ useOnly: z.string() }),
    }),
    recordingMode: z.record(z.string(), z.unknown()).optional(),
  }),
});

const ChannelInput = z.strictObject({
  DeliveryChannel: z.strictObject({
    name: z.string(),
    s3BucketName: z.string(),
    s3KeyPrefix: z.string().optional(),
    s3KmsKeyArn: z.string().optional(),
    configSnapshotDeliveryProperties: z.strictObject({ deliveryFrequency: z.string() }).optional(),
  }),
});

const AggregatorInput = z.strictObject({
  ConfigurationAggregatorName: z.string(),
  OrganizationAggregationSource: z.strictObject({
    RoleArn: z.string(),
    AllAwsRegions: z.boolean(),
    AwsRegions: z.array(z.string()).optional(),
  }),
});

/**
 * What Config asks of Organizations in the name of whoever makes an aggregator in a delegated administrator.
 * In the management account it would enable trusted access instead, which no fix may.
 * https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationAggregator.html
 */
const ADMINISTERS = 'organizations:ListDelegatedAdministrators';

/**
 * Recorders and aggregators have ids that Config gives them, and a delivery channel is no resource to IAM:
 * all of the place is as narrow as IAM can say it (Service Authorization Reference, AWS Config).
 */
export const configWrites: Write[] = [
  {
    api: 'config:PutConfigurationRecorder',
    actions: ['config:PutConfigurationRecorder', 'iam:PassRole'],
    needs: (parameters, where) => [
      {
        action: 'config:PutConfigurationRecorder',
        resource: inConfig(where, 'configuration-recorder'),
      },
      {
        action: 'iam:PassRole',
        resource: exactName(recorderIn(parameters).ConfigurationRecorder?.roleARN ?? ''),
      },
    ],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new PutConfigurationRecorderCommand(recorderIn(parameters)),
      ),
    notYet: ({ name }) => name === 'InvalidRoleException',
  },
  {
    api: 'config:PutDeliveryChannel',
    actions: ['config:PutDeliveryChannel'],
    needs: () => [{ action: 'config:PutDeliveryChannel', resource: '*' }],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new PutDeliveryChannelCommand(
          shaped<PutDeliveryChannelCommandInput>(parameters, ChannelInput),
        ),
      ),
  },
  {
    api: 'config:StartConfigurationRecorder',
    actions: ['config:StartConfigurationRecorder'],
    needs: (_, where) => [
      {
        action: 'config:StartConfigurationRecorder',
        resource: inConfig(where, 'configuration-recorder'),
      },
    ],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new StartConfigurationRecorderCommand(recorderNamed(parameters)),
      ),
  },
  {
    api: 'config:StopConfigurationRecorder',
    actions: ['config:StopConfigurationRecorder'],
    needs: (_, where) => [
      {
        action: 'config:StopConfigurationRecorder',
        resource: inConfig(where, 'configuration-recorder'),
      },
    ],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new StopConfigurationRecorderCommand(recorderNamed(parameters)),
      ),
  },
  {
    api: 'config:PutConfigurationAggregator',
    actions: ['config:PutConfigurationAggregator', 'iam:PassRole', ADMINISTERS],
    needs: (parameters, where) => [
      {
        action: 'config:PutConfigurationAggregator',
        resource: inConfig(where, 'config-aggregator'),
      },
      {
        action: 'iam:PassRole',
        resource: exactName(aggregatorIn(parameters).OrganizationAggregationSource?.RoleArn ?? ''),
      },
      { action: ADMINISTERS, resource: '*' },
    ],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new PutConfigurationAggregatorCommand(aggregatorIn(parameters)),
      ),
    notYet: ({ name }) => name === 'InvalidRoleException',
  },
  {
    api: 'config:DeleteConfigurationAggregator',
    actions: ['config:DeleteConfigurationAggregator'],
    needs: (_, where) => [
      {
        action: 'config:DeleteConfigurationAggregator',
        resource: inConfig(where, 'config-aggregator'),
      },
    ],
    send: (parameters, clientOf) =>
      clientOf(ConfigServiceClient).send(
        new DeleteConfigurationAggregatorCommand({
          ConfigurationAggregatorName: textIn(parameters, 'ConfigurationAggregatorName'),
        }),
      ),
  },
];

type Parameters = ApiCall['parameters'];

function recorderIn(parameters: Parameters) {
  return shaped<PutConfigurationRecorderCommandInput>(parameters, RecorderInput);
}

function recorderNamed(parameters: Parameters) {
  return { ConfigurationRecorderName: textIn(parameters, 'ConfigurationRecorderName') };
}

function aggregatorIn(parameters: Parameters) {
  return shaped<PutConfigurationAggregatorCommandInput>(parameters, AggregatorInput);
}

function inConfig({ account, region }: Place, kind: string): string {
  return `arn:${partitionOf(region)}:config:${region}:${account}:${kind}/*`;
}
