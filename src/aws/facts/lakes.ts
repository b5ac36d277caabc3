import { GetEventDataStoreCommand, paginateListEventDataStores } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { EventDataStore, LakeFacts, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';
import type { RegionsOf } from './trails.ts';

export const needs = ['cloudtrail:GetEventDataStore', 'cloudtrail:ListEventDataStores'];

/**
 * The event data stores of CloudTrail Lake in the accounts that may hold those of an organization: its
 * management account and the delegated administrators of CloudTrail, in every region that is enabled
 * there. A store that a member keeps for itself is not looked for; nor are imports, queries, channels
 * and integrations.
 */
export async function readLakes(
  ground: Ground,
  accounts: string[],
  regionsOf: RegionsOf,
): Promise<LakeFacts[]> {
  const lakes = await concurrently(4, accounts, async (account) => {
    const regions = await regionsOf(account);
    const home = ground.aws.settings.region;
    if (!wasSeen(regions)) return [{ account, region: home, stores: regions }];
    // All at once: every region has a quota of its own.
    return Promise.all(
      regions.seen.map(async (region) => ({
        account,
        region,
        stores: await readStores(ground, { account, region }),
      })),
    );
  });
  return lakes.flat();
}

/** Listed by ARN; everything else is known only by asking for each. */
async function readStores(ground: Ground, where: Where): Promise<Witnessed<EventDataStore[]>> {
  const client = ground.aws.cloudTrail(where);
  const listed = await witnessed(ground, 'cloudtrail:ListEventDataStores', where, () =>
    // Where Lake is not offered, nobody has a store.
    orNone<string[]>('UnsupportedOperationException', [], async () => {
      const arns: string[] = [];
      for await (const { EventDataStores = [] } of paginateListEventDataStores({ client }, {}))
        for (const { EventDataStoreArn } of EventDataStores)
          if (EventDataStoreArn) arns.push(EventDataStoreArn);
      return arns;
    }),
  );
  if (!wasSeen(listed)) return listed;
  if (listed.seen.length === 0) return { seen: [], by: listed.by };
  return witnessed(ground, 'cloudtrail:GetEventDataStore', where, () =>
    concurrently(3, listed.seen, async (arn) => {
      const store = await client.send(new GetEventDataStoreCommand({ EventDataStore: arn }));
      return {
        arn,
        name: store.Name ?? '',
        status: store.Status ?? '',
        organization: store.OrganizationEnabled === true,
        multiRegion: store.MultiRegionEnabled === true,
        terminationProtection: store.TerminationProtectionEnabled === true,
        retentionDays: store.RetentionPeriod ?? 0,
        kmsKey: store.KmsKeyId || null,
      };
    }),
  );
}
