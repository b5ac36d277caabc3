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
    const sessions = [...keys].map(([accessKeyId, usedBy]) => ({ accessKeyId, usedBy }));
    const found = await Promise.all(sources.map((source) => source.issuing(sessions)));
    for (const { accessKeyId } of sessions) {
      const told = found.flatMap((one) => one.get(accessKeyId) ?? []);
      issued.set(accessKeyId, {
        events: told.flatMap(({ events: some }) => some),
        gaps: told.flatMap(({ gaps }) => gaps),
      });
    }
    frontier = sessions.flatMap(({ accessKeyId }) => issued.get(accessKeyId)?.events ?? []);
  }
  return issued;
}
