import { GetBucketLoggingCommand } from '@aws-sdk/client-s3';
import type { State } from '../../core/fixes/plan.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws } from '../session.ts';
import { placeOfLogBucket } from './delivery-state.ts';
import type { Seat } from './trail-state.ts';

/** IAM actions of what is asked here. */
export const LOG_BUCKETS = ['s3:GetBucketLocation', 's3:GetBucketLogging'];

/** `LogBuckets`: ARNs of the bucket of a trail and of the one that gets its access logs, sorted. */
export async function readLogBuckets(
  seat: Seat,
  { S3BucketName }: State,
  aws: Aws,
): Promise<Reading<State>> {
  const bucket = String(S3BucketName ?? '');
  const place = await placeOfLogBucket(bucket, seat.account, aws);
  if (!wasSeen(place)) return place;
  const target = place.seen ? await accessLogsOf(bucket, place.seen, aws) : { seen: null };
  if (!wasSeen(target)) return target;
  const partition = seat.resource.split(':')[1];
  const names = [bucket, ...(target.seen ? [target.seen] : [])];
  return { seen: { LogBuckets: names.map((name) => `arn:${partition}:s3:::${name}`).sort() } };
}

function accessLogsOf(
  bucket: string,
  where: { account: string; region: string },
  aws: Aws,
): Promise<Reading<string | null>> {
  return reading(`s3:GetBucketLogging in ${where.account}`, async () => {
    const { LoggingEnabled } = await aws
      .s3(where)
      .send(new GetBucketLoggingCommand({ Bucket: bucket, ExpectedBucketOwner: where.account }));
    return LoggingEnabled?.TargetBucket ?? null;
  });
}
