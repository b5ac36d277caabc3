import type {
  AccountFacts,
  RecorderFacts,
  RecorderState,
  Witnessed,
} from '../../core/posture/facts.ts';
import type { KeptAccount } from '../../core/posture/kept/keep.ts';
import type { Sharing } from '../../core/posture/kept/sharing.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Memory, Own } from './accounts.ts';
import { mappedRecorder, type OrganizationMap } from './config-map.ts';
import type { Ground } from './reader.ts';
import { readRecorders } from './recorders.ts';

/**
 * The recorders of one account: as the map tells them, and live where it cannot. Whoever records
 * everywhere shares one list with all others that do.
 */
export async function readRecordersOf(
  ground: Ground,
  { id, regions }: Pick<AccountFacts, 'id' | 'regions'>,
  map: OrganizationMap | null,
  share: Sharing,
): Promise<AccountFacts['recorders']> {
  if (!wasSeen(regions)) return regions;
  const known = (region: string): Witnessed<RecorderState> | null =>
    map && mappedRecorder(map, id, region);
  const mapped = regions.seen.flatMap((region): RecorderFacts[] => {
    const state = known(region);
    return state ? [{ region, state }] : [];
  });
  // Whoever records everywhere does so by the same few words of the map.
  if (mapped.length === regions.seen.length)
    return { seen: share.list(`recorders ${regions.seen.join()}`, mapped), by: regions.by };
  return ground.aws.within(() => readRecorders(ground, id, regions, known));
}

/** Whether the map alone tells of every recorder of an account, so that nobody has to be asked. */
export function isTold(
  { id, regions }: Pick<AccountFacts, 'id' | 'regions'>,
  map: OrganizationMap,
): boolean {
  if (!wasSeen(regions)) return false;
  const late = map.troubled.get(id);
  const everywhere = map.everywhere.has(id);
  return regions.seen.every(
    (region) =>
      !late?.has(region) &&
      ((everywhere && map.regions.includes(region)) || map.recording.get(region)?.has(id)),
  );
}

/** Whether any of them was asked in the account itself: only that is worth remembering. */
function hasLive(recorders: AccountFacts['recorders']): boolean {
  return (
    wasSeen(recorders) &&
    recorders.seen.some(({ state }) => state.by.api !== 'config:SelectAggregateResourceConfig')
  );
}

/** An account as far as it was read; its recorders may be still on their way. */
export type Reading = {
  own: Own & { recorders: AccountFacts['recorders'] | null };
  /** When it was begun to be read: whatever changes afterwards may not have been seen. */
  readAt: string;
  resumed: boolean;
};

/** The account with its recorders, as soon as the map is there that tells of them; `read` reads them by it. */
export async function withRecorders(
  { own, readAt, resumed }: Reading,
  map: Promise<OrganizationMap | null>,
  memory: Memory | null,
  read: (map: OrganizationMap | null) => Promise<AccountFacts['recorders']>,
): Promise<AccountFacts> {
  const told = await map;
  // What a scan read live an hour ago at most, this one would read just so.
  if (own.recorders && (resumed || !told)) return { ...own, recorders: own.recorders };
  const recorders = await read(told);
  if (told && hasLive(recorders)) await memory?.remember(rowOf({ ...own, recorders }, readAt));
  return { ...own, recorders };
}

/** As the account is remembered; until the scan came to its end, by a scan that did not. */
export function rowOf(own: Reading['own'], readAt: string): KeptAccount {
  const { id: account, regions, optedIn, trails, recorders } = own;
  return { account, readAt, finished: false, facts: { regions, optedIn, trails, recorders } };
}
