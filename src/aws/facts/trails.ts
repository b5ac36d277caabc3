import {
  type AdvancedFieldSelector,
  type EventSelector,
  GetEventSelectorsCommand,
  type GetEventSelectorsCommandOutput,
  GetTrailCommand,
} from '@aws-sdk/client-cloudtrail';
import type { Selectors, TrailFacts } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { ownerOf, readLogging } from './account-trails.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  'cloudtrail:GetTrail',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:GetEventSelectors',
];

/**
 * One trail, read once: from the account that owns it, in its home region. Where the owner cannot be
 * asked (the management account often has no role of ours), `others` are asked in turn: a delegated
 * administrator of CloudTrail may read the organization's trails.
 */
export async function readTrail(
  ground: Ground,
  trail: { arn: string; homeRegion: string },
  others: string[],
): Promise<TrailFacts> {
  const owner = ownerOf(trail.arn);
  const asOwner = await readTrailFrom(ground, trail, owner, owner);
  // Only a refusal is worth another try elsewhere: who is throttled here is not served faster there.
  if (wasSeen(asOwner.settings) || asOwner.settings.unseen.kind === 'failed') return asOwner;
  for (const account of others.filter((other) => other !== owner)) {
    const asOther = await readTrailFrom(ground, trail, owner, account);
    if (wasSeen(asOther.settings)) return asOther;
  }
  return asOwner;
}

async function readTrailFrom(
  ground: Ground,
  { arn, homeRegion }: { arn: string; homeRegion: string },
  owner: string,
  account: string,
): Promise<TrailFacts> {
  const where = { account, region: homeRegion };
  const client = ground.aws.cloudTrail(where);
  const [settings, logging, selectors] = await Promise.all([
    witnessed(ground, 'cloudtrail:GetTrail', where, async () => {
      const { Trail = {} } = await client.send(new GetTrailCommand({ Name: arn }));
      return {
        name: Trail.Name ?? '',
        multiRegion: Trail.IsMultiRegionTrail === true,
        organization: Trail.IsOrganizationTrail === true,
        logFileValidation: Trail.LogFileValidationEnabled === true,
        bucket: Trail.S3BucketName ?? '',
      };
    }),
    readLogging(ground, account, { arn, homeRegion }),
    witnessed(ground, 'cloudtrail:GetEventSelectors', where, async () =>
      selectorsOf(await client.send(new GetEventSelectorsCommand({ TrailName: arn }))),
    ),
  ]);
  return { arn, owner, homeRegion, settings, logging, selectors };
}

function selectorsOf(answer: GetEventSelectorsCommandOutput): Selectors {
  const { AdvancedEventSelectors: advanced = [], EventSelectors: basic = [] } = answer;
  if (advanced.length > 0)
    return {
      advanced: advanced.map(({ FieldSelectors = [] }) => FieldSelectors.map(fieldSelector)),
    };
  return { basic: basic.map(basicSelector) };
}

function basicSelector(selector: EventSelector) {
  return {
    readWriteType: selector.ReadWriteType ?? 'All',
    managementEvents: selector.IncludeManagementEvents ?? true,
    excludedSources: selector.ExcludeManagementEventSources ?? [],
    dataResources: (selector.DataResources ?? []).map(({ Type = '', Values = [] }) => ({
      type: Type,
      values: Values,
    })),
  };
}

function fieldSelector(selector: AdvancedFieldSelector) {
  return {
    field: selector.Field ?? '',
    equals: selector.Equals ?? [],
    startsWith: selector.StartsWith ?? [],
    endsWith: selector.EndsWith ?? [],
    notEquals: selector.NotEquals ?? [],
    notStartsWith: selector.NotStartsWith ?? [],
    notEndsWith: selector.NotEndsWith ?? [],
  };
}
