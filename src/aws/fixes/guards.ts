import { ListTagsCommand } from '@aws-sdk/client-cloudtrail';
import { ListTagsForResourceCommand } from '@aws-sdk/client-cloudwatch-logs';
import { ListResourceTagsCommand } from '@aws-sdk/client-kms';
import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import type { FixPlan } from '../../core/fixes/fix.ts';
import type { Obstacle } from '../../core/fixes/obstacle.ts';
import { type Attempt, guardOf, ownerIn, type Tags } from '../../core/fixes/preflight.ts';
import type { Organization } from '../../core/posture/facts.ts';
import { policiesOver } from '../../core/posture/guards/guards-over.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Aws, Where } from '../session.ts';
import { seatOf } from './send.ts';
import { writeOf } from './writes/index.ts';

/** IAM actions of the read role, for the tags that say whose code owns a thing. */
export const needs = [
  'cloudtrail:ListTags',
  'kms:ListResourceTags',
  'logs:ListTagsForResource',
  's3:GetBucketTagging',
];

/**
 * What would undo or deny a plan although AWS could be asked for it: a service control policy over the
 * account, or code that owns one of the things. Null where nothing is known to. Policies that may not be
 * read are left to AWS, which refuses by itself; tags that may not be read are a reading that failed.
 */
export async function obstacleTo(
  plan: FixPlan,
  organization: Organization,
  aws: Aws,
): Promise<Reading<Obstacle | null>> {
  const guard = guardOf(attemptsOf(plan, organization, aws));
  if (guard) return { seen: guard };
  for (const { arn, where } of thingsOf(plan)) {
    const tags = await tagsOf(arn, where, aws);
    if (!wasSeen(tags)) return tags;
    const owner = ownerIn(tags.seen);
    if (owner) return { seen: owner };
  }
  return { seen: null };
}

function attemptsOf(plan: FixPlan, organization: Organization, aws: Aws): Attempt[] {
  return plan.calls.flatMap((call) => {
    const { at, family } = seatOf(call, plan);
    const role = `arn:${organization.partition}:iam::${at.account}:role/${aws.settings.fixRoles[family]}`;
    const over = policiesOver(at.account, organization);
    return writeOf(call.api)
      .needs(call.parameters, at)
      .map((need) => ({ ...need, role, over }));
  });
}

/** What exists already and is changed, with the place where its tags are asked for. */
function thingsOf(plan: FixPlan): { arn: string; where: Where }[] {
  const places = new Map<string, Where>();
  for (const call of plan.calls) {
    const { at } = seatOf(call, plan);
    for (const { resource } of writeOf(call.api).needs(call.parameters, at))
      if (TAGGED.test(resource) && exists(resource, plan)) places.set(resource, at);
  }
  return [...places].map(([arn, where]) => ({ arn, where }));
}

/** Trails, buckets and keys: what teams own by code. What a plan creates has no owner yet. */
const TAGGED =
  /^arn:[\w-]+:(cloudtrail:[^*]+:trail\/[^*]+|s3:::[^*/]+|kms:[^*]+:key\/[^*]+|logs:[^*]+)$/;

const exists = (arn: string, plan: FixPlan) =>
  !plan.calls.some(
    ({ api, parameters }) =>
      /:Create/.test(api) &&
      Object.values(parameters).some(
        (value) => typeof value === 'string' && value !== '' && arn.endsWith(value),
      ),
  );

/** The tags of a trail, bucket, key or log group; a bucket without any answers NoSuchTagSet. */
function tagsOf(arn: string, where: Where, aws: Aws): Promise<Reading<Tags>> {
  const service = arn.split(':')[2];
  return reading(`the tags of ${arn}`, async () => {
    switch (service) {
      case 'cloudtrail': {
        const { ResourceTagList = [] } = await aws
          .cloudTrail(where)
          .send(new ListTagsCommand({ ResourceIdList: [arn] }));
        return pairs(ResourceTagList.flatMap(({ TagsList = [] }) => TagsList));
      }
      case 'kms': {
        const { Tags: tags = [] } = await aws
          .kms(where)
          // Without a limit it answers fifty, which is as many as a key may have.
          .send(new ListResourceTagsCommand({ KeyId: arn }));
        return pairs(tags.map(({ TagKey, TagValue }) => ({ Key: TagKey, Value: TagValue })));
      }
      case 'logs': {
        const resourceArn = arn.replace(/:\*$/, '');
        const { tags = {} } = await aws
          .logs(where)
          .send(new ListTagsForResourceCommand({ resourceArn }));
        return tags;
      }
      default:
        return bucketTags(arn.split(':::')[1] ?? '', where, aws);
    }
  });
}

async function bucketTags(bucket: string, where: Where, aws: Aws): Promise<Tags> {
  try {
    const { TagSet = [] } = await aws
      .s3(where)
      .send(new GetBucketTaggingCommand({ Bucket: bucket, ExpectedBucketOwner: where.account }));
    return pairs(TagSet);
  } catch (error) {
    if (error instanceof Error && error.name === 'NoSuchTagSet') return {};
    throw error;
  }
}

function pairs(tags: { Key?: string | undefined; Value?: string | undefined }[]): Tags {
  return Object.fromEntries(tags.map(({ Key = '', Value = '' }) => [Key, Value]));
}
