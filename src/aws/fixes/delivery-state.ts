import { DescribeOrganizationCommand } from '@aws-sdk/client-organizations';
import { GetBucketLocationCommand, GetBucketPolicyCommand } from '@aws-sdk/client-s3';
import type { State } from '../../core/fixes/plan.ts';
import { cloudTrailMayDeliver } from '../../core/posture/guards/bucket-delivery.ts';
import type { PolicyDocument } from '../../core/posture/guards/policy-document.ts';
import { type Reading, type Unseen, wasSeen } from '../../core/reading.ts';
import { policyIn } from '../facts/policy-text.ts';
import { regionOf } from '../facts/region-of.ts';
import { orNone, reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';
import type { Seat } from './trail-state.ts';

/** IAM actions of what is asked here. */
export const DELIVERING = [
  'organizations:DescribeOrganization',
  's3:GetBucketLocation',
  's3:GetBucketPolicy',
];

/**
 * `LogsMayArrive`: `yes`, `refused` by the policy of the bucket, or `no-bucket`. A bucket's name does not
 * tell whose it is: it is looked for in the log-archive account and in the trail's own.
 */
export async function readWhetherLogsArrive(
  seat: Seat,
  settings: State,
  aws: Aws,
): Promise<Reading<State>> {
  const bucket = String(settings.S3BucketName ?? '');
  const place = await placeOfLogBucket(bucket, seat.account, aws);
  if (!wasSeen(place)) return place;
  if (place.seen === null) return { seen: { LogsMayArrive: 'no-bucket' } };
  const policy = await readBucketPolicy(bucket, place.seen, aws);
  if (!wasSeen(policy)) return policy;
  const organization =
    settings.IsOrganizationTrail === true ? await organizationId(aws) : { seen: null };
  if (!wasSeen(organization)) return organization;
  const arrives = cloudTrailMayDeliver(policy.seen, {
    trail: seat.resource,
    account: seat.account,
    organization: organization.seen,
    bucketArn: `arn:${seat.resource.split(':')[1]}:s3:::${bucket}`,
    prefix: typeof settings.S3KeyPrefix === 'string' ? settings.S3KeyPrefix : null,
  });
  return { seen: { LogsMayArrive: arrives ? 'yes' : 'refused' } };
}

/** Whose bucket it is and where; null: nobody's. */
export async function placeOfLogBucket(
  bucket: string,
  owner: string,
  aws: Aws,
): Promise<Reading<Where | null>> {
  const archive = aws.settings.fixing?.logArchiveAccount;
  const candidates = [...new Set([...(archive ? [archive] : []), owner])];
  let unseen: Unseen | undefined;
  for (const account of candidates) {
    const where = { account, region: aws.settings.region };
    const found = await reading(`s3:GetBucketLocation in ${account}`, () =>
      orNone('NoSuchBucket', null, async () => {
        const { LocationConstraint } = await aws
          .s3(where)
          .send(new GetBucketLocationCommand({ Bucket: bucket, ExpectedBucketOwner: account }));
        return { account, region: regionOf(LocationConstraint) };
      }),
    );
    if (wasSeen(found)) return found;
    // Refused where it is somebody else's: only then is the next one asked.
    if (found.unseen.kind === 'failed') return found;
    unseen ??= found.unseen;
  }
  return unseen ? { unseen } : { seen: null };
}

/** Null: it has none. */
export function readBucketPolicy(
  bucket: string,
  where: Where,
  aws: Aws,
): Promise<Reading<PolicyDocument | null>> {
  return reading(`s3:GetBucketPolicy in ${where.account}`, () =>
    orNone('NoSuchBucketPolicy', null, async () => {
      const { Policy } = await aws
        .s3(where)
        .send(new GetBucketPolicyCommand({ Bucket: bucket, ExpectedBucketOwner: where.account }));
      return Policy ? policyIn(Policy) : null;
    }),
  );
}

function organizationId(aws: Aws): Promise<Reading<string | null>> {
  return reading('organizations:DescribeOrganization', async () => {
    const client = await aws.organizations();
    const { Organization } = await client.send(new DescribeOrganizationCommand({}));
    return Organization?.Id ?? null;
  });
}
