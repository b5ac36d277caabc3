import { GetEventDataStoreCommand, paginateListEventDataStores } from '@aws-sdk/client-cloudtrail';
import { paginateListAggregateDiscoveredResources } from '@aws-sdk/client-config-service';
import { concurrently } from '../../core/concurrently.ts';
import type {
  EventDataStore,
  LakeFacts,
  Organization,
  Witnessed,
} from '../../core/posture/facts.ts';
import { type KeptLake, stillWithoutStores } from '../../core/posture/kept/kept-lakes.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import type { Where } from '../session.ts';
import type { Memory } from './accounts.ts';
import type { Aggregator } from './aggregator.ts';
import type { OrganizationMap } from './config-map.ts';
import { type Ground, witnessed } from './reader.ts';
import { deputiesIn } from './seen-trails.ts';
import type { RegionsOf } from './trails.ts';

export const needs = [
  'cloudtrail:GetEventDataStore',
  'cloudtrail:ListEventDataStores',
  'config:ListAggregateDiscoveredResources',
];

/** What may prove that there is still no store where an earlier scan found none. */
export type Proofs = {
  memory: Pick<Memory, 'keptLakes' | 'rememberLakes'> | null;
  aggregator: Aggregator | null;
  map: Promise<OrganizationMap | null>;
};

/** Who may hold the event data stores of an organization: its management account and CloudTrail's deputies. */
export function lakeside({
  managementAccount,
  administrators,
  self,
}: Pick<Organization, 'managementAccount' | 'administrators' | 'self'>): string[] {
  const all = [managementAccount ?? self, ...deputiesIn(administrators)];
  return [...new Set(all)].filter(Boolean);
}

/**
 * The event data stores of CloudTrail Lake in the given accounts, in every region that is enabled there. A
 * store that a member keeps for itself is read where Config's aggregator knows of one; imports, queries,
 * channels and integrations are not looked for. Only a region that had none, and where Config proves that none was made since, is not
 * asked again.
 */
export async function readLakes(
  ground: Ground,
  accounts: string[],
  regionsOf: RegionsOf,
  proofs: Proofs = { memory: null, aggregator: null, map: Promise.resolve(null) },
): Promise<LakeFacts[]> {
  const at = ground.now().toISOString();
  const listing = proofs.aggregator && readPlacesOfStores(ground, proofs.aggregator);
  const elsewhere = readElsewhere(ground, accounts, listing);
  // Heard where it is awaited; until then nobody listens.
  elsewhere.catch(() => {});
  const known = await provenEmpty(accounts, listing, proofs, ground);
  const lakes = await concurrently(4, accounts, async (account) => {
    const regions = await regionsOf(account);
    const home = ground.aws.settings.region;
    if (!wasSeen(regions)) return [{ account, region: home, stores: regions }];
    const before = known.get(account);
    // All at once: every region has a quota of its own.
    return Promise.all(
      regions.seen.map(async (region): Promise<LakeFacts> => {
        const where = { account, region };
        if (before?.regions.has(region))
          return { ...where, stores: { seen: [], by: { api: LIST, ...where, at: before.at } } };
        return { ...where, stores: await readStores(ground, where) };
      }),
    );
  });
  await proofs.memory?.rememberLakes(
    accounts.flatMap((account) => keptOf(account, lakes.flat(), at)),
  );
  return [...lakes.flat(), ...(await elsewhere)];
}

/** The stores of other accounts, as far as the aggregator tells where there are any. */
async function readElsewhere(
  ground: Ground,
  accounts: string[],
  listing: Promise<Witnessed<Set<string>>> | null,
): Promise<LakeFacts[]> {
  const listed = await listing;
  const places = listed && wasSeen(listed) ? [...listed.seen] : [];
  const others = places.flatMap((place) => {
    // What AWS names becomes a part of the address that is asked: only what can be an account and a region.
    const [, account = '', region = ''] = /^(\d{12})\/([a-z0-9-]{1,32})$/.exec(place) ?? [];
    return account && !accounts.includes(account) ? [{ account, region }] : [];
  });
  return concurrently(4, others, async (where) => ({
    ...where,
    stores: await readStores(ground, where),
  }));
}

const LIST = 'cloudtrail:ListEventDataStores';

type Empty = { regions: Set<string>; at: string };

async function provenEmpty(
  accounts: string[],
  listing: Promise<Witnessed<Set<string>>> | null,
  { memory, map }: Proofs,
  ground: Ground,
): Promise<Map<string, Empty>> {
  const known = new Map<string, Empty>();
  const kept = ((await memory?.keptLakes()) ?? []).filter(({ account }) =>
    accounts.includes(account),
  );
  if (kept.length === 0 || !listing) return known;
  const [told, listed] = await Promise.all([map, listing]);
  const now = ground.now().toISOString();
  for (const one of kept) {
    const regions = stillWithoutStores(one, {
      now,
      map: told,
      listed: wasSeen(listed) ? listed.seen : null,
    });
    known.set(one.account, { regions, at: one.at });
  }
  return known;
}

/**
 * Where the aggregator knows an event data store, as `account/region`. Its queries do not know the type,
 * its list of what was discovered does.
 */
function readPlacesOfStores(
  ground: Ground,
  { where, name }: Aggregator,
): Promise<Witnessed<Set<string>>> {
  return witnessed(ground, 'config:ListAggregateDiscoveredResources', where, async () => {
    const places = new Set<string>();
    const pages = paginateListAggregateDiscoveredResources(
      { client: ground.aws.config(where), pageSize: 100 },
      { ConfigurationAggregatorName: name, ResourceType: 'AWS::CloudTrail::EventDataStore' },
    );
    for await (const { ResourceIdentifiers = [] } of pages)
      for (const { SourceAccountId, SourceRegion } of ResourceIdentifiers)
        places.add(`${SourceAccountId}/${SourceRegion}`);
    return places;
  });
}

/**
 * What of one account the next scan may keep: the regions without a store, all as old as the oldest
 * reading among them.
 */
function keptOf(account: string, lakes: LakeFacts[], at: string): KeptLake[] {
  const empty = lakes.flatMap(({ account: id, region, stores }) =>
    id === account && wasSeen(stores) && stores.seen.length === 0
      ? [{ region, at: stores.by.at }]
      : [],
  );
  if (empty.length === 0) return [];
  const oldest = [at, ...empty.map((one) => one.at)].sort()[0] ?? at;
  return [{ account, regions: empty.map(({ region }) => region), at: oldest }];
}

/** Listed by ARN; everything else is known only by asking for each. */
async function readStores(ground: Ground, where: Where): Promise<Witnessed<EventDataStore[]>> {
  const client = ground.aws.cloudTrail(where);
  const listed = await witnessed(ground, LIST, where, () =>
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
