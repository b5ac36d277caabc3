import type { CloudTrailEvent } from '../core/evidence/event.ts';
import type { EventSource, Gap, Search } from '../core/evidence/source.ts';

/** What all of these sources find together, and what any of them could not see. */
export async function findIn(
  sources: Pick<EventSource, 'find'>[],
  search: Search,
): Promise<{ events: CloudTrailEvent[]; gaps: Gap[] }> {
  const found = await Promise.all(sources.map((source) => source.find(search)));
  return {
    events: found.flatMap(({ events }) => events),
    gaps: found.flatMap(({ searched }) => searched.gaps),
  };
}
