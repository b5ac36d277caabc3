import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { HOP_LIMIT, type Issued, keyToFollow } from '../core/evidence/person.ts';
import type { EventSource, Issuing } from '../core/evidence/source.ts';

/**
 * Follows every session of these events back to what issued it, one round of hops at a time, until
 * nothing new is learnt. Each key is asked for once.
 */
export async function issuers(
  events: CloudTrailEvent[],
  sources: Pick<EventSource, 'issuing'>[],
): Promise<Issued> {
  const issued = new Map<string, Issuing>();
  let frontier = events;
  for (let hop = 0; hop < HOP_LIMIT && frontier.length > 0; hop += 1) {
    const keys = new Map<string, CloudTrailEvent>();
    for (const event of frontier) {
      const key = keyToFollow(event);
      if (key && !issued.has(key)) keys.set(key, event);
    }
    const rounds = await Promise.all(
      [...keys].map(async ([key, usedBy]) => {
        const found = await Promise.all(sources.map((source) => source.issuing(key, usedBy)));
        const events = found.flatMap((one) => one.events);
        issued.set(key, { events, gaps: found.flatMap(({ gaps }) => gaps) });
        return events;
      }),
    );
    frontier = rounds.flat();
  }
  return issued;
}
