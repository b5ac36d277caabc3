import type { EventSource } from '../../core/evidence/source.ts';
import type { PostureFacts } from '../../core/posture/facts.ts';
import { histories } from '../facts/history.ts';
import type { Ground } from '../facts/reader.ts';
import type { Where } from '../session.ts';
import { lookupEvents } from './lookup-events.ts';
import { placesIn } from './places.ts';

/** Pages of one lookup: fifty calls each, newest first. What lies behind them is a gap, and is said. */
const PAGES = 10;

/**
 * What learning since when a finding is so needs of AWS: Config's history of a resource, and the calls at
 * its place. Who issued a session is looked for wherever the scan has been.
 */
export function tracing(ground: Ground, facts: PostureFacts) {
  const places = placesIn(facts);
  const history = histories(ground);
  const source = lookupEvents({
    cloudTrail: ground.aws.cloudTrail,
    places: async () => places,
    pageLimit: PAGES,
    // Everything that happened at a place is read only where that is one page.
    scanLimit: 1,
    globals: false,
  });
  return {
    history: (wanted: Where & { type: string; ids: string[]; change: string }) =>
      history({ account: wanted.account, region: wanted.region }, wanted),
    source: source satisfies EventSource,
  };
}
