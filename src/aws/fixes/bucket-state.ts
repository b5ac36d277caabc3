import {
  GetBucketAclCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketLoggingCommand,
  GetBucketPolicyCommand,
  GetBucketRequestPaymentCommand,
  GetBucketVersioningCommand,
  GetBucketWebsiteCommand,
  GetObjectLockConfigurationCommand,
  GetPublicAccessBlockCommand,
} from '@aws-sdk/client-s3';
import { z } from 'zod';
import { type BucketSeat, bucketIn, bucketOf } from '../../core/fixes/buckets/bucket-plan.ts';
import type { FixTarget } from '../../core/fixes/fix.ts';
import type { State } from '../../core/fixes/plan.ts';
import type { Json } from '../../core/json.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { regionOf } from '../facts/region-of.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws } from '../session.ts';

/** How fixes of log buckets read a bucket: in the account that owns it, each answer whole, as JSON. */

/**
 * The bucket that a finding is about, in the region in which it is. Where somebody names a bucket without
 * a finding, its name does not tell whose it is: then the log archive is asked, and the bot's account.
 */
export async function seatOfBucket(target: FixTarget, aws: Aws): Promise<Reading<BucketSeat>> {
  const { id, subject: resource, owner, check } = target;
  const bucket = bucketIn(resource);
  if (!bucket) throw new Error(`finding ${id} is about no bucket: ${resource}`);
  const others = check === '' ? await likelyOwners(aws) : [];
  const accounts = new Set([owner, ...others].filter((account) => /^\d{12}$/.test(account)));
  let refused: Reading<BucketSeat> | undefined;
  for (const account of accounts) {
    const found = await reading(`s3:GetBucketLocation in ${account}`, async () => {
      const { LocationConstraint } = await aws
        .s3({ account, region: aws.settings.region })
        .send(new GetBucketLocationCommand({ Bucket: bucket, ExpectedBucketOwner: account }));
      return { resource, account, region: regionOf(LocationConstraint) };
    });
    // Another account's bucket refuses; what fails may well be the right one.
    if (wasSeen(found) || found.unseen.kind === 'failed') return found;
    refused ??= found;
  }
  if (!refused) throw new Error(`finding ${id} names no account: ${owner}`);
  return refused;
}

async function likelyOwners(aws: Aws): Promise<string[]> {
  const archive = aws.settings.fixing?.logArchiveAccount;
  const { account: self } = await aws.identity();
  return [...(archive ? [archive] : []), self];
}

/** `PublicAccessBlock`: the four settings, or null where there is none. */
export function readPublicAccessBlock(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketPublicAccessBlock', seat, async (bucket) => {
    const block = await orNone('NoSuchPublicAccessBlockConfiguration', null, async () => {
      const answer = await aws.s3(seat).send(new GetPublicAccessBlockCommand(bucket));
      const { PublicAccessBlockConfiguration: settings } = answer;
      if (!settings) throw new Error('S3 answered without PublicAccessBlockConfiguration');
      return {
        BlockPublicAcls: settings.BlockPublicAcls === true,
        IgnorePublicAcls: settings.IgnorePublicAcls === true,
        BlockPublicPolicy: settings.BlockPublicPolicy === true,
        RestrictPublicBuckets: settings.RestrictPublicBuckets === true,
      };
    });
    return { PublicAccessBlock: block };
  });
}

/** `Acl`: owner and grants, as PutBucketAcl takes them. */
export function readAcl(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketAcl', seat, async (bucket) => {
    const { Owner, Grants } = await aws.s3(seat).send(new GetBucketAclCommand(bucket));
    if (!Owner || !Grants) throw new Error('S3 answered without the owner and the grants');
    return { Acl: asJson({ Owner, Grants }) };
  });
}

/** `LogDelivery`: whether the ACL lets S3 deliver access logs of other buckets here. */
export function readLogDelivery(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketAcl', seat, async (bucket) => {
    const { Grants } = await aws.s3(seat).send(new GetBucketAclCommand(bucket));
    if (!Grants) throw new Error('S3 answered without the grants');
    return { LogDelivery: Grants.some(({ Grantee }) => Grantee?.URI?.endsWith('/s3/LogDelivery')) };
  });
}

/** `Website`: whether the bucket is one. */
export function readWebsite(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketWebsite', seat, async (bucket) => {
    const is = await orNone('NoSuchWebsiteConfiguration', false, async () => {
      await aws.s3(seat).send(new GetBucketWebsiteCommand(bucket));
      return true;
    });
    return { Website: is };
  });
}

/** `RequesterPays`: CloudTrail delivers to no such bucket. */
export function readPayer(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketRequestPayment', seat, async (bucket) => {
    const { Payer } = await aws.s3(seat).send(new GetBucketRequestPaymentCommand(bucket));
    return { RequesterPays: Payer === 'Requester' };
  });
}

/** `Versioning`: Enabled, Suspended or null for never; `MfaDelete`. */
export function readVersioning(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketVersioning', seat, async (bucket) => {
    const { Status, MFADelete } = await aws.s3(seat).send(new GetBucketVersioningCommand(bucket));
    return { Versioning: Status ?? null, MfaDelete: MFADelete === 'Enabled' };
  });
}

/** `ObjectLock`: the configuration whole; null where the bucket has none. */
export function readObjectLock(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketObjectLockConfiguration', seat, async (bucket) => {
    const lock = await orNone('ObjectLockConfigurationNotFoundError', null, async () => {
      const answer = await aws.s3(seat).send(new GetObjectLockConfigurationCommand(bucket));
      return asJson(answer.ObjectLockConfiguration ?? null);
    });
    return { ObjectLock: lock };
  });
}

/** `LifecycleRules` as they are sent back, null for none; and from which size they move objects. */
export function readLifecycle(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetLifecycleConfiguration', seat, (bucket) =>
    orNone('NoSuchLifecycleConfiguration', NO_RULES, async () => {
      const answer = await aws.s3(seat).send(new GetBucketLifecycleConfigurationCommand(bucket));
      return {
        LifecycleRules: asJson(answer.Rules ?? null),
        TransitionDefaultMinimumObjectSize: answer.TransitionDefaultMinimumObjectSize ?? null,
      };
    }),
  );
}
const NO_RULES: State = { LifecycleRules: null, TransitionDefaultMinimumObjectSize: null };

/** `Policy`: the document, every member of it; null for none. */
export function readPolicy(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketPolicy', seat, async (bucket) => {
    const policy = await orNone('NoSuchBucketPolicy', null, async () => {
      const { Policy } = await aws.s3(seat).send(new GetBucketPolicyCommand(bucket));
      return documentIn(Policy ?? '');
    });
    return { Policy: policy };
  });
}

/** `Logging`: where access logs go, whole; null for nowhere. */
export function readAccessLogging(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return asked('s3:GetBucketLogging', seat, async (bucket) => {
    const { LoggingEnabled } = await aws.s3(seat).send(new GetBucketLoggingCommand(bucket));
    return { Logging: asJson(LoggingEnabled ?? null) };
  });
}

/** A policy's text as the JSON that it is. */
export function documentIn(text: string): Json {
  try {
    return z.json().parse(JSON.parse(text));
  } catch (error) {
    const unreadable = new Error('the policy is no JSON', { cause: error });
    throw Object.assign(unreadable, { name: 'UnreadablePolicy' });
  }
}

/** An answer of the SDK as JSON: instants as ISO 8601, and without what it left undefined. */
export function asJson(answer: object | null): Json {
  return z.json().parse(JSON.parse(JSON.stringify(answer)));
}

function asked(
  action: string,
  seat: BucketSeat,
  read: (bucket: { Bucket: string; ExpectedBucketOwner: string }) => Promise<State>,
): Promise<Reading<State>> {
  return reading(`${action} in ${seat.account}`, () =>
    read({ Bucket: bucketOf(seat), ExpectedBucketOwner: seat.account }),
  );
}
