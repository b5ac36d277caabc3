import type { Call, World } from '../service.ts';
import { findRole } from './iam-entities.ts';

/** What a call asks of IAM. */
export type Need = { action: string; resource: string };

/** Operations whose IAM action has another name. https://docs.aws.amazon.com/service-authorization/ */
const ACTIONS: { [operation: string]: string } = {
  'monitoring:DescribeAlarms': 'cloudwatch:DescribeAlarms',
  'monitoring:DeleteAlarms': 'cloudwatch:DeleteAlarms',
  'monitoring:DescribeAlarmsForMetric': 'cloudwatch:DescribeAlarmsForMetric',
  'monitoring:PutMetricAlarm': 'cloudwatch:PutMetricAlarm',
  's3:DeleteBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:DeleteBucketLifecycle': 's3:PutLifecycleConfiguration',
  's3:DeletePublicAccessBlock': 's3:PutBucketPublicAccessBlock',
  's3:GetBucketAccelerateConfiguration': 's3:GetAccelerateConfiguration',
  's3:GetBucketCors': 's3:GetBucketCORS',
  's3:GetBucketEncryption': 's3:GetEncryptionConfiguration',
  's3:GetBucketLifecycleConfiguration': 's3:GetLifecycleConfiguration',
  's3:GetBucketNotificationConfiguration': 's3:GetBucketNotification',
  's3:GetBucketReplication': 's3:GetReplicationConfiguration',
  's3:GetObjectLockConfiguration': 's3:GetBucketObjectLockConfiguration',
  's3:GetPublicAccessBlock': 's3:GetBucketPublicAccessBlock',
  's3:HeadBucket': 's3:ListBucket',
  's3:HeadObject': 's3:GetObject',
  's3:ListBuckets': 's3:ListAllMyBuckets',
  's3:ListObjects': 's3:ListBucket',
  's3:ListObjectsV2': 's3:ListBucket',
  's3:ListObjectVersions': 's3:ListBucketVersions',
  's3:PutBucketEncryption': 's3:PutEncryptionConfiguration',
  's3:PutBucketLifecycleConfiguration': 's3:PutLifecycleConfiguration',
  's3:PutObjectLockConfiguration': 's3:PutBucketObjectLockConfiguration',
  's3:PutPublicAccessBlock': 's3:PutBucketPublicAccessBlock',
};

/** Operations that no policy can forbid. */
const FREE = new Set(['sts:GetCallerIdentity']);

/** Every action that IAM must allow before a call is answered, with the resource where it has one. */
export function needsOf(call: Call, world: World): Need[] {
  const operation = `${call.service}:${call.operation}`;
  if (FREE.has(operation)) return [];
  const resource = resourceOf(call, world);
  const needs = [{ action: ACTIONS[operation] ?? operation, resource }];
  if (operation === 'sts:AssumeRole') {
    if (call.input.SourceIdentity) needs.push({ action: 'sts:SetSourceIdentity', resource });
    if (call.input.Tags?.length > 0) needs.push({ action: 'sts:TagSession', resource });
  }
  for (const role of passedRoles(call)) needs.push({ action: 'iam:PassRole', resource: role });
  // Config asks Organizations in the caller's name whether the account administers it.
  // https://docs.aws.amazon.com/config/latest/APIReference/API_PutConfigurationAggregator.html
  if (operation === 'config:PutConfigurationAggregator' && call.input.OrganizationAggregationSource)
    needs.push({
      action:
        call.caller.account === world.scenario.organization.managementAccount
          ? 'organizations:EnableAWSServiceAccess'
          : 'organizations:ListDelegatedAdministrators',
      resource: '*',
    });
  const key = operation === 's3:GetObject' && world.buckets.get(call.input.Bucket)?.kmsKey;
  if (key) needs.push({ action: 'kms:Decrypt', resource: key });
  return needs;
}

/** The roles that a call hands to a service: whoever does must be allowed to pass them on. */
function passedRoles({ service, operation, input }: Call): string[] {
  const passed: unknown[] =
    service === 'cloudtrail'
      ? [input.CloudWatchLogsRoleArn]
      : operation === 'PutConfigurationRecorder'
        ? [input.ConfigurationRecorder?.roleARN]
        : operation === 'PutConfigurationAggregator'
          ? [input.OrganizationAggregationSource?.RoleArn]
          : [];
  return passed.filter((role): role is string => typeof role === 'string' && role !== '');
}

/** The account that owns what a call is about. */
export function ownerOf(resource: string, call: Call, world: World): string {
  const bucket = /^arn:aws:s3:::([^/]+)/.exec(resource)?.[1];
  if (bucket) return world.buckets.get(bucket)?.account ?? call.caller.account;
  return resource.split(':')[4] || call.caller.account;
}

/** Operations of CloudTrail that IAM checks without a resource. */
const TRAILLESS = new Set(['DescribeTrails', 'ListTrails', 'LookupEvents', 'ListPublicKeys']);

function resourceOf(call: Call, world: World): string {
  const { service, operation, input, region, caller } = call;
  switch (service) {
    case 'sts':
      return input.RoleArn ?? '*';
    case 's3':
      if (!input.Bucket) return '*';
      return `arn:aws:s3:::${input.Bucket}${input.Key ? `/${input.Key}` : ''}`;
    case 'sns':
      return (
        input.TopicArn ??
        (input.Name ? `arn:aws:sns:${region}:${caller.account}:${input.Name}` : '*')
      );
    case 'config': {
      const kind = /^(Put|Delete|Start|Stop)Configuration(Recorder|Aggregator)$/.exec(
        operation,
      )?.[2];
      const named = kind === 'Recorder' ? 'configuration-recorder/default' : 'config-aggregator';
      return kind ? `arn:aws:config:${region}:${caller.account}:${named}/bora0001` : '*';
    }
    case 'iam':
      return identityArn(call, world);
    case 'logs':
      // As denials of CloudWatch Logs name a log group: policies end in `:*`.
      return input.logGroupName && !operation.startsWith('Describe')
        ? `arn:aws:logs:${region}:${caller.account}:log-group:${input.logGroupName}:log-stream:`
        : '*';
    case 'monitoring': {
      const alarm =
        input.AlarmName ?? (operation === 'DeleteAlarms' ? input.AlarmNames?.[0] : undefined);
      return alarm ? `arn:aws:cloudwatch:${region}:${caller.account}:alarm:${alarm}` : '*';
    }
    case 'ec2':
      return input.GroupId
        ? `arn:aws:ec2:${region}:${caller.account}:security-group/${input.GroupId}`
        : '*';
    case 'kms':
      return keyArn(input.KeyId, call, world);
    case 'cloudtrail': {
      const named = input.Name ?? input.TrailName ?? input.EventDataStore;
      if (TRAILLESS.has(operation) || typeof named !== 'string') return '*';
      return named.startsWith('arn:')
        ? named
        : `arn:aws:cloudtrail:${region}:${caller.account}:trail/${named}`;
    }
    default:
      return '*';
  }
}

/** Roles and users by their ARNs, with the paths that they have or are to have. */
function identityArn(call: Call, world: World): string {
  const { input, caller } = call;
  const at = `arn:aws:iam::${caller.account}`;
  if (input.AWSServiceName) {
    return `${at}:role/aws-service-role/${input.AWSServiceName}/AWSServiceRoleForConfig`;
  }
  if (input.RoleName) {
    const path = input.Path ?? findRole(input.RoleName, call, world)?.path ?? '/';
    return `${at}:role${path}${input.RoleName}`;
  }
  const user = world.scenario.iam.users.find(
    ({ account, name }) => account === caller.account && name === input.UserName,
  );
  return input.UserName ? `${at}:user${user?.path ?? '/'}${input.UserName}` : '*';
}

/** Policies see a key by its ARN, by whichever name the caller knew it. */
function keyArn(name: unknown, { region, caller }: Call, world: World): string {
  if (typeof name !== 'string') return '*';
  if (name.startsWith('arn:') && !name.includes(':alias/')) return name;
  const [account, alias] = name.startsWith('arn:')
    ? [name.split(':')[4], name.split(':')[5]]
    : [caller.account, name];
  const key = world.scenario.kmsKeys.find(
    (each) =>
      each.account === account &&
      each.region === region &&
      (each.id === alias || (each.alias !== undefined && each.alias === alias)),
  );
  return `arn:aws:kms:${region}:${account}:key/${key?.id ?? alias}`;
}
