import type { Json } from '../../json.ts';
import type { Bilingual } from '../../reader.ts';
import type { ApiCall, FixPlan, FixTarget } from '../fix.ts';
import type { State } from '../plan.ts';

/** What the plans of all fixes of log buckets have alike. */

/** Where a bucket is: its ARN, the account that owns it and its region. */
export type BucketSeat = Pick<FixPlan, 'account' | 'region' | 'resource'>;

/** The name in the ARN of a bucket; undefined for anything else. */
export function bucketIn(arn: string): string | undefined {
  return /^arn:[\w-]+:s3:::([a-z0-9][a-z0-9.-]+[a-z0-9])$/.exec(arn)?.[1];
}

/** The same, where only a bucket can be meant. */
export function bucketOf({ resource }: Pick<BucketSeat, 'resource'>): string {
  const bucket = bucketIn(resource);
  if (!bucket) throw new Error(`no ARN of a bucket: ${resource}`);
  return bucket;
}

/**
 * One call on a bucket. Every one names the expected owner: should the name belong to somebody else by
 * now, S3 refuses it (reference: fixes 6.0).
 */
export function onBucket(
  operation: string,
  seat: BucketSeat,
  parameters: { [name: string]: Json } = {},
): ApiCall {
  return {
    api: `s3:${operation}`,
    parameters: { Bucket: bucketOf(seat), ExpectedBucketOwner: seat.account, ...parameters },
  };
}

/** What one fix says of its plan. */
export type BucketChange = Pick<FixPlan, 'fix' | 'calls' | 'wayBack' | 'riskClass' | 'before'> & {
  /** Only what differs from before. */
  after: State;
  feels: Bilingual;
  keeps: Bilingual[];
  irreversible?: Bilingual;
  cost?: FixPlan['cost'];
};

/** The plan of a change of one bucket, made in the account that owns it and in its region. */
export function bucketPlan(target: FixTarget, seat: BucketSeat, change: BucketChange): FixPlan {
  const { fix, calls, wayBack, riskClass, before, after, cost } = change;
  const { feels, keeps, irreversible } = change;
  return {
    fix,
    family: 'log-bucket',
    direction: 'forward',
    finding: target.id,
    ...seat,
    calls,
    before,
    after: { ...before, ...after },
    wayBack,
    riskClass,
    blast: {
      accounts: [seat.account],
      feels,
      keeps,
      ...(irreversible && { irreversible }),
    },
    ...(cost && { cost }),
  };
}
