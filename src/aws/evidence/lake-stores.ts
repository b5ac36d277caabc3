import type { CloudTrailClient, GetEventDataStoreCommandOutput } from '@aws-sdk/client-cloudtrail';
import { GetEventDataStoreCommand, paginateListEventDataStores } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { Gap, Searched } from '../../core/evidence/source.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone, reading } from '../reading.ts';
import type { Where } from '../session.ts';

/** A store of CloudTrail Lake, as far as it matters to who searches it. */
export type LakeStore = {
  where: Where;
  /** What stands in FROM. */
  id: string;
  name: string;
  /** The whole organization, or its own account only. */
  organization: boolean;
  /** Every region, or its own only. */
  multiRegion: boolean;
  /** The kinds of events that it takes in whole. */
  categories: Searched['categories'];
  /** Since when it has something to search; ISO 8601 UTC. */
  since: string;
};

export type LakeStores = { stores: LakeStore[]; gaps: Gap[] };

const DAY = 86_400_000;

/** The stores that can be searched, in these places; where nobody could look is a gap. */
export async function readLakeStores(
  cloudTrail: (where: Where) => CloudTrailClient,
  places: Where[],
  now: number,
): Promise<LakeStores> {
  const found = await concurrently(12, places, async (where) => {
    const client = cloudTrail(where);
    const stores = await reading(`cloudtrail:ListEventDataStores in ${where.account}`, () =>
      // Where Lake is not offered, nobody has a store.
      orNone<LakeStore[]>('UnsupportedOperationException', [], async () => {
        const arns: string[] = [];
        for await (const { EventDataStores = [] } of paginateListEventDataStores({ client }, {}))
          for (const { EventDataStoreArn } of EventDataStores)
            if (EventDataStoreArn) arns.push(EventDataStoreArn);
        const all = await concurrently(3, arns, (EventDataStore) =>
          client.send(new GetEventDataStoreCommand({ EventDataStore })),
        );
        return all.flatMap((store) => storeOf(store, where, now) ?? []);
      }),
    );
    return wasSeen(stores)
      ? { stores: stores.seen, gaps: [] }
      : { stores: [], gaps: [{ ...where, reason: stores.unseen.reason }] };
  });
  return {
    stores: found.flatMap(({ stores }) => stores),
    gaps: found.flatMap(({ gaps }) => gaps),
  };
}

function storeOf(
  store: GetEventDataStoreCommandOutput,
  where: Where,
  now: number,
): LakeStore | null {
  const id = /\/([0-9A-Za-z-]{1,64})$/.exec(store.EventDataStoreArn ?? '')?.[1];
  const categories = categoriesOf(store.AdvancedEventSelectors ?? []);
  // One that takes no more events in holds everything of no time that reaches until now.
  if (!id || store.Status !== 'ENABLED' || categories.length === 0) return null;
  const kept = now - (store.RetentionPeriod ?? 0) * DAY;
  const since = Math.max(kept, store.CreatedTimestamp?.getTime() ?? now);
  return {
    where,
    id,
    name: store.Name ?? id,
    organization: store.OrganizationEnabled === true,
    multiRegion: store.MultiRegionEnabled === true,
    categories,
    since: new Date(since).toISOString(),
  };
}

type Selectors = NonNullable<GetEventDataStoreCommandOutput['AdvancedEventSelectors']>;

/** Of a category that is chosen by more than its name nobody knows how much of it is there. */
function categoriesOf(selectors: Selectors): Searched['categories'] {
  const whole = selectors.flatMap(({ FieldSelectors = [] }) => {
    const [only, ...further] = FieldSelectors;
    return only?.Field === 'eventCategory' && further.length === 0 ? (only.Equals ?? []) : [];
  });
  return whole.includes('Management') ? ['management'] : [];
}
