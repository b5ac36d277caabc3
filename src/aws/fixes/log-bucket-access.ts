import { GetBucketEncryptionCommand, GetBucketLocationCommand } from '@aws-sdk/client-s3';
import { planAccessLogging } from '../../core/fixes/buckets/access-logging.ts';
import { type BucketSeat, bucketOf } from '../../core/fixes/buckets/bucket-plan.ts';
import type { State } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { bucketLists } from '../facts/buckets.ts';
import { regionOf } from '../facts/region-of.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import {
  readAccessLogging,
  readLogDelivery,
  readObjectLock,
  readPolicy,
  seatOfBucket,
} from './bucket-state.ts';
import type { Fix } from './fix.ts';
import { fixingOf } from './fixing.ts';
import { together } from './trail-state.ts';

/** `PutBucketLogging` to another bucket, and the statement there that lets S3 deliver. */
export const logBucketAccess: Fix = {
  id: 'log-bucket-access',
  title: { en: 'Write down accesses to the log bucket', ko: '로그 버킷에 대한 접근 기록하기' },
  needs: {
    read: [
      's3:GetBucketAcl',
      's3:GetBucketLocation',
      's3:GetBucketLogging',
      's3:GetBucketObjectLockConfiguration',
      's3:GetBucketPolicy',
      's3:GetEncryptionConfiguration',
      's3:ListAllMyBuckets',
    ],
  },
  writes: { 'log-bucket': ['s3:PutBucketPolicy', 's3:DeleteBucketPolicy', 's3:PutBucketLogging'] },

  async plan(target, aws) {
    const seat = await seatOfBucket(target, aws);
    if (!wasSeen(seat)) return seat;
    const state = await read(seat.seen, aws);
    return wasSeen(state) ? { seen: planAccessLogging(target, seat.seen, state.seen) } : state;
  },
  read,
  asCode: (plan) => {
    const source = bucketOf(plan);
    const target = bucketOf({ resource: String(plan.before.Target) });
    return [
      {
        tool: 'terraform',
        text: `target_bucket = "${target}"\ntarget_prefix = "${source}/"`,
      },
      {
        tool: 'cloudformation',
        text: `LoggingConfiguration:\n  DestinationBucketName: ${target}\n  LogFilePrefix: ${source}/`,
      },
    ];
  },
};

/** Where access logs go now, which bucket should take them, and all that could keep them out of it. */
async function read(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  const [target, logging] = await Promise.all([
    findTarget(seat, aws),
    readAccessLogging(seat, aws),
  ]);
  if (!wasSeen(target)) return target;
  if (!wasSeen(logging)) return logging;
  if (target.seen === null) return { seen: { ...logging.seen, Target: null } };
  const there = { ...target.seen, account: seat.account };
  const [policy, lock, delivery, key] = await Promise.all([
    readPolicy(there, aws),
    readObjectLock(there, aws),
    readLogDelivery(there, aws),
    readDefaultKey(there, aws),
  ]);
  for (const part of [policy, lock, delivery, key]) if (!wasSeen(part)) return part;
  const state = await together(...[policy, lock, delivery, key].map((one) => Promise.resolve(one)));
  if (!wasSeen(state)) return state;
  const { Policy = null, ObjectLock = null, LogDelivery = null, TargetKey = null } = state.seen;
  return {
    seen: {
      ...logging.seen,
      Target: there.resource,
      TargetRegion: there.region,
      TargetPolicy: Policy,
      TargetLocked: ObjectLock !== null,
      TargetLogDelivery: LogDelivery,
      TargetKey,
    },
  };
}

/** The configured bucket that this account owns here; else one that it owns elsewhere; null for none. */
async function findTarget(
  { account, region, resource }: BucketSeat,
  aws: Aws,
): Promise<Reading<Pick<BucketSeat, 'resource' | 'region'> | null>> {
  const wanted = fixingOf(aws).accessLogBuckets;
  if (wanted.length === 0) return { seen: null };
  const owned = await bucketLists({ aws, now: () => new Date() })(account);
  if (!wasSeen(owned)) return owned;
  const [arn] = resource.split(':::');
  let other: Pick<BucketSeat, 'resource' | 'region'> | null = null;
  for (const name of wanted.filter((one) => owned.seen.includes(one))) {
    const found = await locate(name, account, aws);
    if (!wasSeen(found)) return found;
    const one = { resource: `${arn}:::${name}`, region: found.seen };
    if (found.seen === region) return { seen: one };
    other ??= one;
  }
  return { seen: other };
}

function locate(name: string, account: string, aws: Aws): Promise<Reading<string>> {
  return reading(`s3:GetBucketLocation in ${account}`, async () => {
    const { LocationConstraint } = await aws
      .s3({ account, region: aws.settings.region })
      .send(new GetBucketLocationCommand({ Bucket: name, ExpectedBucketOwner: account }));
    return regionOf(LocationConstraint);
  });
}

/** `TargetKey`: the KMS key, or its kind, that a bucket encrypts with by default; null for S3's own. */
function readDefaultKey(seat: BucketSeat, aws: Aws): Promise<Reading<State>> {
  return reading(`s3:GetEncryptionConfiguration in ${seat.account}`, async () => {
    const { ServerSideEncryptionConfiguration } = await aws.s3(seat).send(
      new GetBucketEncryptionCommand({
        Bucket: bucketOf(seat),
        ExpectedBucketOwner: seat.account,
      }),
    );
    const [rule] = ServerSideEncryptionConfiguration?.Rules ?? [];
    const { SSEAlgorithm, KMSMasterKeyID } = rule?.ApplyServerSideEncryptionByDefault ?? {};
    const own = SSEAlgorithm === undefined || SSEAlgorithm === 'AES256';
    return { TargetKey: own ? null : (KMSMasterKeyID ?? SSEAlgorithm) };
  });
}
