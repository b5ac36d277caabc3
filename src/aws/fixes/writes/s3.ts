import {
  type AccessControlPolicy,
  type BucketLoggingStatus,
  DeleteBucketLifecycleCommand,
  DeleteBucketPolicyCommand,
  DeletePublicAccessBlockCommand,
  PutBucketAclCommand,
  PutBucketLifecycleConfigurationCommand,
  PutBucketLoggingCommand,
  PutBucketPolicyCommand,
  PutBucketVersioningCommand,
  PutObjectLockConfigurationCommand,
  PutPublicAccessBlockCommand,
  S3Client,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import type { ApiCall, Place } from '../../../core/fixes/fix.ts';
import { partitionOf } from '../../../core/fixes/partition.ts';
import { isObject } from '../../../core/json.ts';
import { nameIn, textIn } from './parameters.ts';
import type { Write } from './write.ts';

type Bucket = { Bucket: string; ExpectedBucketOwner: string };
type Sending = (bucket: Bucket, parameters: ApiCall['parameters'], client: S3Client) => Sent;
type Sent = ReturnType<Write['send']>;

/** Every call names the bucket's owner: a plan without it is no plan of ours. */
export const s3Writes: Write[] = [
  onBucket('PutPublicAccessBlock', 's3:PutBucketPublicAccessBlock', (bucket, parameters, client) =>
    client.send(
      new PutPublicAccessBlockCommand({
        ...bucket,
        PublicAccessBlockConfiguration: Block.parse(parameters.PublicAccessBlockConfiguration),
      }),
    ),
  ),
  onBucket('DeletePublicAccessBlock', 's3:PutBucketPublicAccessBlock', (bucket, _, client) =>
    client.send(new DeletePublicAccessBlockCommand(bucket)),
  ),
  onBucket('PutBucketAcl', 's3:PutBucketAcl', (bucket, parameters, client) =>
    client.send(
      new PutBucketAclCommand({
        ...bucket,
        AccessControlPolicy: Acl.parse(parameters.AccessControlPolicy),
      }),
    ),
  ),
  onBucket('PutBucketVersioning', 's3:PutBucketVersioning', (bucket, parameters, client) =>
    client.send(
      new PutBucketVersioningCommand({
        ...bucket,
        VersioningConfiguration: Versioning.parse(parameters.VersioningConfiguration),
      }),
    ),
  ),
  onBucket(
    'PutObjectLockConfiguration',
    's3:PutBucketObjectLockConfiguration',
    (bucket, parameters, client) =>
      client.send(
        new PutObjectLockConfigurationCommand({
          ...bucket,
          ObjectLockConfiguration: Lock.parse(parameters.ObjectLockConfiguration),
        }),
      ),
  ),
  onBucket(
    'PutBucketLifecycleConfiguration',
    's3:PutLifecycleConfiguration',
    (bucket, parameters, client) =>
      client.send(
        new PutBucketLifecycleConfigurationCommand({
          ...bucket,
          ...Lifecycle.parse({
            LifecycleConfiguration: parameters.LifecycleConfiguration,
            TransitionDefaultMinimumObjectSize: parameters.TransitionDefaultMinimumObjectSize,
          }),
        }),
      ),
  ),
  onBucket('DeleteBucketLifecycle', 's3:PutLifecycleConfiguration', (bucket, _, client) =>
    client.send(new DeleteBucketLifecycleCommand(bucket)),
  ),
  onBucket('PutBucketPolicy', 's3:PutBucketPolicy', (bucket, parameters, client) =>
    client.send(new PutBucketPolicyCommand({ ...bucket, Policy: textIn(parameters, 'Policy') })),
  ),
  onBucket('DeleteBucketPolicy', 's3:DeleteBucketPolicy', (bucket, _, client) =>
    client.send(new DeleteBucketPolicyCommand(bucket)),
  ),
  onBucket('PutBucketLogging', 's3:PutBucketLogging', (bucket, parameters, client) =>
    client.send(
      new PutBucketLoggingCommand({
        ...bucket,
        BucketLoggingStatus: Logging.parse(parameters.BucketLoggingStatus),
      }),
    ),
  ),
];

/** An operation on one bucket; IAM calls some of them otherwise than the API does. */
function onBucket(operation: string, action: string, sending: Sending): Write {
  return {
    api: `s3:${operation}`,
    actions: [action],
    needs: (parameters, where: Place) => [
      { action, resource: `arn:${partitionOf(where.region)}:s3:::${nameIn(parameters, 'Bucket')}` },
    ],
    send: (parameters, clientOf) =>
      sending(
        {
          Bucket: textIn(parameters, 'Bucket'),
          ExpectedBucketOwner: textIn(parameters, 'ExpectedBucketOwner'),
        },
        parameters,
        clientOf(S3Client),
      ),
  };
}

/** The shapes of the SDK, as far as plans use them; what a plan holds beyond them is sent as it stands. */
const Block = z.strictObject({
  BlockPublicAcls: z.boolean(),
  IgnorePublicAcls: z.boolean(),
  BlockPublicPolicy: z.boolean(),
  RestrictPublicBuckets: z.boolean(),
});
const Acl = z.custom<AccessControlPolicy>(isObject);
const Versioning = z.strictObject({ Status: z.enum(['Enabled', 'Suspended']) });
const Lock = z.strictObject({
  ObjectLockEnabled: z.literal('Enabled'),
  Rule: z
    .strictObject({
      DefaultRetention: z.strictObject({
        Mode: z.enum(['GOVERNANCE', 'COMPLIANCE']),
        Days: z.number().int().optional(),
        Years: z.number().int().optional(),
      }),
    })
    .optional(),
});
const Logging = z.custom<BucketLoggingStatus>(isObject);

/** A plan keeps instants as texts; the SDK wants them as such. */
const Moment = z.looseObject({
  Date: z.iso
    .datetime()
    .transform((at) => new Date(at))
    .optional(),
});
const Rule = z.looseObject({
  Status: z.enum(['Enabled', 'Disabled']),
  Expiration: Moment.optional(),
  Transitions: z.array(Moment).optional(),
});
const Lifecycle = z.object({
  LifecycleConfiguration: z.object({ Rules: z.array(Rule) }),
  TransitionDefaultMinimumObjectSize: z
    .enum(['all_storage_classes_128K', 'varies_by_storage_class'])
    .optional(),
});
