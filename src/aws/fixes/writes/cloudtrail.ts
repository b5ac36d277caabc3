import {
  CloudTrailClient,
  CreateTrailCommand,
  DeleteTrailCommand,
  PutEventSelectorsCommand,
  PutInsightSelectorsCommand,
  StartLoggingCommand,
  StopLoggingCommand,
  UpdateEventDataStoreCommand,
  UpdateTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { ApiCall } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import type { ClientOf } from '../../session.ts';
import { exactName, nameIn, textIn } from './parameters.ts';
import type { Write } from './write.ts';

type Sending = (parameters: ApiCall['parameters'], client: CloudTrailClient) => Sent;
type Sent = ReturnType<Write['send']>;

/**
 * What CloudTrail asks of whoever creates a trail of an organization, beside its own action (user guide,
 * "Create a trail for an organization with the AWS CLI").
 */
const FOR_ORGANIZATIONS = [
  'iam:CreateServiceLinkedRole',
  'iam:GetRole',
  'organizations:DescribeOrganization',
  'organizations:ListAWSServiceAccessForOrganization',
];

/** Trails and stores are named by their ARN, so that a name cannot mean another account's. */
export const cloudTrailWrites: Write[] = [
  onArn('UpdateTrail', 'Name', (parameters, client) =>
    client.send(new UpdateTrailCommand({ ...parameters, Name: textIn(parameters, 'Name') })),
  ),
  onArn('StartLogging', 'Name', (parameters, client) =>
    client.send(new StartLoggingCommand({ Name: textIn(parameters, 'Name') })),
  ),
  onArn('StopLogging', 'Name', (parameters, client) =>
    client.send(new StopLoggingCommand({ Name: textIn(parameters, 'Name') })),
  ),
  onArn('DeleteTrail', 'Name', (parameters, client) =>
    client.send(new DeleteTrailCommand({ Name: textIn(parameters, 'Name') })),
  ),
  {
    api: 'cloudtrail:CreateTrail',
    actions: ['cloudtrail:AddTags', 'cloudtrail:CreateTrail', ...FOR_ORGANIZATIONS],
    needs: (parameters, { account, region }) => {
      const resource = `arn:${partitionOf(region)}:cloudtrail:${region}:${account}:trail/${nameIn(parameters, 'Name')}`;
      const tagged = parameters.TagsList ? [{ action: 'cloudtrail:AddTags', resource }] : [];
      const asked = parameters.IsOrganizationTrail === true ? FOR_ORGANIZATIONS : [];
      return [
        { action: 'cloudtrail:CreateTrail', resource },
        ...tagged,
        ...asked.map((action) => ({ action, resource: '*' })),
      ];
    },
    send: (parameters, clientOf) =>
      clientOf(CloudTrailClient).send(
        new CreateTrailCommand({
          ...parameters,
          Name: textIn(parameters, 'Name'),
          S3BucketName: textIn(parameters, 'S3BucketName'),
        }),
      ),
  },
  onArn('PutEventSelectors', 'TrailName', (parameters, client) =>
    client.send(
      new PutEventSelectorsCommand({ ...parameters, TrailName: textIn(parameters, 'TrailName') }),
    ),
  ),
  onArn('PutInsightSelectors', 'TrailName', (parameters, client) => {
    const { InsightSelectors } = parameters;
    if (!Array.isArray(InsightSelectors))
      throw new Error('a call of a plan has no InsightSelectors');
    return client.send(
      new PutInsightSelectorsCommand({
        TrailName: textIn(parameters, 'TrailName'),
        InsightSelectors: InsightSelectors as object[],
      }),
    );
  }),
  onArn('UpdateEventDataStore', 'EventDataStore', (parameters, client) =>
    client.send(
      new UpdateEventDataStoreCommand({
        ...parameters,
        EventDataStore: textIn(parameters, 'EventDataStore'),
      }),
    ),
  ),
];

/** An operation that IAM checks on the one trail or store that a parameter names, under its own name. */
function onArn(operation: string, named: string, sending: Sending): Write {
  const api = `cloudtrail:${operation}`;
  return {
    api,
    actions: [api],
    needs: (parameters) => [
      { action: api, resource: nameIn(parameters, named) },
      ...passedRole(parameters),
    ],
    send: (parameters, clientOf: ClientOf) => sending(parameters, clientOf(CloudTrailClient)),
    notYet: ({ name }) => name === 'InvalidCloudWatchLogsRoleArnException',
  };
}

/** Whoever gives a trail the role that it delivers to CloudWatch Logs with must be allowed to pass it on. */
function passedRole({ CloudWatchLogsRoleArn: role }: ApiCall['parameters']) {
  return typeof role === 'string' && role !== ''
    ? [{ action: 'iam:PassRole', resource: exactName(role) }]
    : [];
}
