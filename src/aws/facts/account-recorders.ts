import type {
  AccountFacts,
  RecorderFacts,
  RecorderState,
  Witnessed,
} from '../../core/posture/facts.ts';
import type { Sharing } from '../../core/posture/kept/sharing.ts';
import { wasSeen } from '../../core/reading.ts';
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

/** Whether any of them was asked in the account itself: only that is worth remembering. */
export function hasLive(recorders: AccountFacts['recorders']): boolean {
  return (
    wasSeen(recorders) &&
    recorders.seen.some(({ state }) => state.by.api !== 'config:SelectAggregateResourceConfig')
  );
}
