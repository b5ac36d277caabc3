import { ANY_EVENT, type EventSource, type Search } from '../core/evidence/source.ts';
import type { JsonObject } from '../core/json.ts';
import type { KeptAnswer } from '../core/kept-answer.ts';
import type { Plan } from '../core/questions/plan.ts';

type Place = KeptAnswer['events'][number];

/** An event is asked for within so much of its time. */
const AROUND_MS = 60_000;

/**
 * One event as it was recorded, from where it was found before: its account, its region, its minute. The
 * first source that has it answers; why none had it is told.
 */
export async function findRecord(
  place: Place,
  plan: Plan,
  sources: EventSource[],
): Promise<{ record: JsonObject; origin: string } | { reasons: string[] }> {
  const reasons: string[] = [];
  for (const source of sources) {
    const { events, searched } = await source.find(searchFor(place, plan));
    const event = events.find(({ eventID }) => eventID === place.eventID);
    if (event) return { record: event.record, origin: event.origin };
    reasons.push(...searched.gaps.map(({ reason }) => `${source.name}: ${reason}`));
  }
  return { reasons: [...new Set(reasons)] };
}

function searchFor({ eventID, account, region, at }: Place, { time }: Plan): Search {
  const moment = at === null ? Number.NaN : Date.parse(at);
  const known = !Number.isNaN(moment);
  return {
    from: known ? new Date(moment - AROUND_MS).toISOString() : time.from,
    to: known ? new Date(moment + AROUND_MS).toISOString() : time.to,
    ...ANY_EVENT,
    accounts: account === '' ? 'all' : [account],
    regions: region === '' ? 'all' : [region],
    eventIds: [eventID],
  };
}
