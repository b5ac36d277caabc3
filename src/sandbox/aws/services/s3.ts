import { changeBucket } from '../changes.ts';
import { AwsFault, type Call, type Handler, type Handlers, type World } from '../service.ts';
import type { BucketState } from '../world.ts';
import {
  putBucketLogging,
  putBucketPolicy,
  putBucketVersioning,
  putObjectLockConfiguration,
  putPublicAccessBlock,
} from './s3-changes.ts';
import { canonicalUser, granteeOf, grantsIn } from './s3-grants.ts';
import { putBucketLifecycleConfiguration } from './s3-lifecycle.ts';
import { getObject, listObjectsV2, putObject } from './s3-objects.ts';
import { isPublic } from './s3-public.ts';

/** The simulated S3: who owns which bucket, how it is protected, and a few objects in memory. */
export const s3: Handlers = {
  's3:ListBuckets': listBuckets,
  's3:HeadBucket': on((bucket) => ({
    BucketRegion: bucket.region,
    BucketArn: `arn:aws:s3:::${bucket.name}`,
    AccessPointAlias: false,
  })),
  's3:GetBucketLocation': (call, world) => {
    const bucket = ownBucket(call, world);
    return { LocationConstraint: bucket.region === 'us-east-1' ? undefined : bucket.region };
  },
  's3:GetBucketVersioning': on(({ versioning, mfaDelete }) =>
    versioning === 'Off'
      ? {}
      : { Status: versioning, MFADelete: mfaDelete ? 'Enabled' : undefined },
  ),
  's3:GetBucketPolicy': on((bucket) => ({ Policy: JSON.stringify(policyOf(bucket)) })),
  's3:GetBucketPolicyStatus': on((bucket) => ({
    PolicyStatus: { IsPublic: isPublic(policyOf(bucket)) },
  })),
  's3:PutBucketVersioning': changing(putBucketVersioning),
  's3:PutBucketPolicy': changing(putBucketPolicy),
  's3:DeleteBucketPolicy': changing(() => ({ policy: undefined })),
  's3:PutPublicAccessBlock': changing(putPublicAccessBlock),
  's3:DeletePublicAccessBlock': changing(() => ({ publicAccessBlock: false })),
  's3:PutBucketAcl': changing((bucket, call, world) => ({ grants: grantsIn(bucket, call, world) })),
  's3:PutBucketLogging': changing(putBucketLogging),
  's3:PutObjectLockConfiguration': changing(putObjectLockConfiguration),
  's3:PutBucketLifecycleConfiguration': changing(putBucketLifecycleConfiguration),
  's3:DeleteBucketLifecycle': changing(() => ({ lifecycle: undefined })),
  's3:GetBucketRequestPayment': on(({ requesterPays }) => ({
    Payer: requesterPays ? 'Requester' : 'BucketOwner',
  })),
  's3:GetBucketWebsite': on(({ website }) => {
    if (website) return { IndexDocument: { Suffix: 'index.html' } };
    throw missing(
      'NoSuchWebsiteConfiguration',
      'The specified bucket does not have a website configuration',
    );
  }),
  's3:GetBucketEncryption': on(({ kmsKey }) => ({
    ServerSideEncryptionConfiguration: {
      Rules: [
        {
          ApplyServerSideEncryptionByDefault:
            kmsKey === undefined
              ? { SSEAlgorithm: 'AES256' }
              : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: kmsKey },
          BucketKeyEnabled: kmsKey !== undefined,
        },
      ],
    },
  })),
  's3:GetObjectLockConfiguration': on(({ objectLock, lockable, name }) => {
    if (objectLock === undefined && lockable) {
      return { ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled' } };
    }
    if (objectLock === undefined) {
      throw missing(
        'ObjectLockConfigurationNotFoundError',
        `Object Lock configuration does not exist for this bucket: ${name}`,
      );
    }
    const DefaultRetention = { Mode: objectLock.mode, Days: objectLock.days };
    return {
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention } },
    };
  }),
  's3:GetPublicAccessBlock': on(({ publicAccessBlock: block }) => {
    if (block === false) {
      throw missing(
        'NoSuchPublicAccessBlockConfiguration',
        'The public access block configuration was not found',
      );
    }
    return {
      PublicAccessBlockConfiguration: {
        BlockPublicAcls: block === true || block.blockPublicAcls,
        IgnorePublicAcls: block === true || block.ignorePublicAcls,
        BlockPublicPolicy: block === true || block.blockPublicPolicy,
        RestrictPublicBuckets: block === true || block.restrictPublicBuckets,
      },
    };
  }),
  's3:GetBucketLifecycleConfiguration': on(({ lifecycle, movesFrom }) => {
    if (lifecycle === undefined) {
      throw missing('NoSuchLifecycleConfiguration', 'The lifecycle configuration does not exist');
    }
    return { Rules: lifecycle, TransitionDefaultMinimumObjectSize: movesFrom };
  }),
  's3:GetBucketAcl': on(({ account, grants }) => ({
    Owner: { ID: canonicalUser(account) },
    Grants: [
      { Grantee: granteeOf(account), Permission: 'FULL_CONTROL' },
      ...grants.map(({ to, permission }) => ({ Grantee: granteeOf(to), Permission: permission })),
    ],
  })),
  's3:GetBucketLogging': on(({ accessLogging: to }) =>
    to ? { LoggingEnabled: { TargetBucket: to.bucket, TargetPrefix: to.prefix } } : {},
  ),
  's3:GetBucketTagging': on(({ tags }) => {
    const TagSet = Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
    if (TagSet.length === 0) throw missing('NoSuchTagSet', 'The TagSet does not exist');
    return { TagSet };
  }),
  's3:ListObjectsV2': on(listObjectsV2),
  's3:GetObject': on(getObject),
  's3:PutObject': on(putObject),
};

/** An operation on a bucket that is asked in the bucket's own region, as all but two must be. */
function on(answer: (bucket: BucketState, call: Call, world: World) => unknown): Handler {
  return (call, world) => {
    const bucket = world.buckets.get(call.input.Bucket);
    if (bucket !== undefined && bucket.region !== call.region) throw movedTo(bucket);
    return answer(ownBucket(call, world), call, world);
  };
}

/** The same for operations that change the bucket, and remember how it was. */
function changing(
  change: (bucket: BucketState, call: Call, world: World) => Partial<BucketState>,
): Handler {
  return (call, world) =>
    on((bucket) => {
      changeBucket(world, bucket, call.now, change(bucket, call, world));
      return {};
    })(call, world);
}

/**
 * The bucket of the request, if it is the caller's: nobody in this organization shares a bucket with
 * another account, so all others are denied, as they are when `ExpectedBucketOwner` is wrong.
 */
function ownBucket(call: Call, world: World): BucketState {
  const { Bucket, ExpectedBucketOwner } = call.input;
  const bucket = world.buckets.get(Bucket);
  if (bucket === undefined) {
    throw call.operation === 'HeadBucket'
      ? missing('NotFound', 'Not Found')
      : missing('NoSuchBucket', 'The specified bucket does not exist');
  }
  const wrongOwner = ExpectedBucketOwner !== undefined && ExpectedBucketOwner !== bucket.account;
  if (wrongOwner || bucket.account !== call.caller.account) {
    throw new AwsFault('AccessDenied', 'Access Denied', 403, {
      'x-amz-bucket-region': bucket.region,
    });
  }
  return bucket;
}

function movedTo({ region }: BucketState): AwsFault {
  return new AwsFault(
    'PermanentRedirect',
    'The bucket you are attempting to access must be addressed using the specified endpoint. Please send all future requests to this endpoint.',
    301,
    { 'x-amz-bucket-region': region },
  );
}

function missing(code: string, message: string): AwsFault {
  return new AwsFault(code, message, 404);
}

function listBuckets(call: Call, world: World) {
  const { Prefix = '', BucketRegion, MaxBuckets, ContinuationToken } = call.input;
  const all = [...world.buckets.values()]
    .filter((bucket) => bucket.account === call.caller.account)
    .filter((bucket) => bucket.name.startsWith(Prefix))
    .filter((bucket) => BucketRegion === undefined || bucket.region === BucketRegion)
    .filter((bucket) => ContinuationToken === undefined || bucket.name > ContinuationToken)
    .sort((a, b) => (a.name < b.name ? -1 : 1));
  const page = all.slice(0, MaxBuckets ?? 10_000);
  return {
    Buckets: page.map(({ name, created, region }) => ({
      Name: name,
      CreationDate: created,
      BucketRegion: region,
    })),
    Owner: { ID: canonicalUser(call.caller.account) },
    ContinuationToken: page.length < all.length ? page.at(-1)?.name : undefined,
  };
}

function policyOf(bucket: BucketState) {
  if (bucket.policy === undefined) {
    throw missing('NoSuchBucketPolicy', 'The bucket policy does not exist');
  }
  return bucket.policy;
}
