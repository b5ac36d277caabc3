import {
  GetEventSelectorsCommand,
  GetInsightSelectorsCommand,
  GetTrailCommand,
  paginateListTags,
  type Trail,
} from '@aws-sdk/client-cloudtrail';
import type {
  Insight,
  Sighting,
  TrailFacts,
  TrailSettings,
  Witnessed,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import type { Where } from '../session.ts';
import { ownerOf } from './account-trails.ts';
import { readDeliveries, readStatus } from './deliveries.ts';
import { selectorsOf } from './event-selectors.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetInsightSelectors',
  'cloudtrail:GetTrail',
  'cloudtrail:ListTags',
];

/** The enabled regions of an account. */
export type RegionsOf = (account: string) => Promise<Witnessed<string[]>>;

/** A trail as soon as its settings were asked for; what arrives in which region is still on its way. */
export type TrailSet = Pick<TrailFacts, 'arn' | 'owner' | 'homeRegion' | 'settings'>;

/**
 * One trail, read once: from the account that owns it, in its home region. Where the owner cannot be
 * asked (the management account often has no role of ours), `others` are asked in turn: a delegated
 * administrator of CloudTrail may read the organization's trails. `heard` is told of its settings first.
 */
export async function readTrail(
  ground: Ground,
  trail: Sighting,
  others: string[] | (() => Promise<string[]>),
  regionsOf: RegionsOf,
  heard: (trail: TrailSet) => void = () => {},
): Promise<TrailFacts> {
  const owner = ownerOf(trail.arn);
  const from = (account: string) =>
    readTrailFrom(ground, trail, { owner, account, regionsOf, heard });
  const asOwner = await from(owner);
  // Only a refusal is worth another try elsewhere: who is throttled here is not served faster there.
  if (wasSeen(asOwner.settings) || asOwner.settings.unseen.kind === 'failed') return asOwner;
  const further = typeof others === 'function' ? await others() : others;
  for (const account of further.filter((other) => other !== owner)) {
    const asOther = await from(account);
    // CloudTrail lists tags to nobody but the owner.
    if (wasSeen(asOther.settings)) return { ...asOther, tags: asOwner.tags };
  }
  return asOwner;
}

type Asking = {
  owner: string;
  account: string;
  regionsOf: RegionsOf;
  heard: (trail: TrailSet) => void;
};

async function readTrailFrom(
  ground: Ground,
  { arn, homeRegion }: Sighting,
  { owner, account, regionsOf, heard }: Asking,
): Promise<TrailFacts> {
  const where = { account, region: homeRegion };
  const client = ground.aws.cloudTrail(where);
  const [settings, status, selectors, insights, tags] = await Promise.all([
    witnessed(ground, 'cloudtrail:GetTrail', where, async () => {
      const { Trail = {} } = await client.send(new GetTrailCommand({ Name: arn }));
      return settingsOf(Trail);
    }),
    readStatus(ground, where, arn),
    witnessed(ground, 'cloudtrail:GetEventSelectors', where, async () =>
      selectorsOf(await client.send(new GetEventSelectorsCommand({ TrailName: arn }))),
    ),
    readInsights(ground, where, arn),
    readTags(ground, where, arn),
  ]);
  heard({ arn, owner, homeRegion, settings });
  const logging = wasSeen(status) ? { seen: status.seen.logging, by: status.by } : status;
  const multiRegion = wasSeen(settings) && settings.seen.multiRegion;
  const deliveries = await readDeliveries(ground, { arn, homeRegion, multiRegion }, status, () =>
    regionsOf(account),
  );
  return { arn, owner, homeRegion, settings, logging, selectors, insights, tags, deliveries };
}

export function settingsOf(trail: Trail): TrailSettings {
  return {
    name: trail.Name ?? '',
    multiRegion: trail.IsMultiRegionTrail === true,
    organization: trail.IsOrganizationTrail === true,
    logFileValidation: trail.LogFileValidationEnabled === true,
    globalServiceEvents: trail.IncludeGlobalServiceEvents === true,
    bucket: trail.S3BucketName ?? '',
    prefix: trail.S3KeyPrefix || null,
    kmsKey: trail.KmsKeyId || null,
    // CloudTrail names a log group with a `:*` for its streams; everybody else names it without.
    logGroup: trail.CloudWatchLogsLogGroupArn?.replace(/:\*$/, '') || null,
    snsTopic: trail.SnsTopicARN || null,
  };
}

/** None is an answer, which CloudTrail gives as an error; so is "not of this kind of trail". */
function readInsights(ground: Ground, where: Where, arn: string): Promise<Witnessed<Insight[]>> {
  return witnessed(ground, 'cloudtrail:GetInsightSelectors', where, () =>
    orNone('InsightNotEnabledException', [], () =>
      orNone('UnsupportedOperationException', [], async () => {
        const { InsightSelectors = [] } = await ground.aws
          .cloudTrail(where)
          .send(new GetInsightSelectorsCommand({ TrailName: arn }));
        return InsightSelectors.flatMap(({ InsightType: type, EventCategories = [] }) =>
          // Before there were categories, Insights were of management events.
          type
            ? [{ type, categories: EventCategories.length > 0 ? EventCategories : ['Management'] }]
            : [],
        );
      }),
    ),
  );
}

function readTags(
  ground: Ground,
  where: Where,
  arn: string,
): Promise<Witnessed<{ [key: string]: string }>> {
  return witnessed(ground, 'cloudtrail:ListTags', where, async () => {
    const tags: [string, string][] = [];
    const pages = paginateListTags(
      { client: ground.aws.cloudTrail(where) },
      { ResourceIdList: [arn] },
    );
    for await (const { ResourceTagList = [] } of pages)
      for (const { TagsList = [] } of ResourceTagList)
        for (const { Key, Value = '' } of TagsList) if (Key) tags.push([Key, Value]);
    return Object.fromEntries(tags);
  });
}
