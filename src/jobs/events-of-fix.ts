import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { ANY_EVENT, type EventSource } from '../core/evidence/source.ts';
import type { Aftermath, FixRecord } from '../core/fixes/fix.ts';
import { sessionNameOf } from '../core/fixes/session-name.ts';
import type { Reading } from '../core/reading.ts';
import { searchInOrder } from './search-sources.ts';

/** Clocks of two machines, and the last call of a claim that its worker did not see the answer of. */
const AROUND_MS = 5 * 60_000;

type Events = NonNullable<Aftermath['events']>;

/**
 * The events that the session of a fix caused, found as any question is answered: in the sources in their
 * order, where and when the calls were made. The session's name says of which claim they are, and the role
 * that they are ours: a session can be called anything, but these roles are taken by nobody but us.
 */
export async function eventsOfFix(
  fix: Pick<FixRecord, 'plan' | 'planHash' | 'requestedBy' | 'fence' | 'decidedAt' | 'finishedAt'>,
  fixRoles: { [family: string]: string },
  sources: EventSource[],
  now: Date,
): Promise<Reading<Events>> {
  const { plan, fence, decidedAt, finishedAt } = fix;
  if (fence === undefined || decidedAt === null || plan.calls.length === 0) return { seen: [] };
  const places = plan.calls.map(({ at }) => at ?? { account: plan.account, region: plan.region });
  const end = Math.min(Date.parse(finishedAt ?? decidedAt) + AROUND_MS, now.getTime());
  const evidence = await searchInOrder(sources, {
    ...ANY_EVENT,
    from: new Date(Date.parse(decidedAt) - AROUND_MS).toISOString(),
    to: new Date(end).toISOString(),
    accounts: [...new Set(places.map(({ account }) => account))],
    regions: [...new Set(places.map(({ region }) => region))],
    eventNames: [...new Set(plan.calls.map(({ api }) => api.split(':')[1] ?? api))],
  });
  const session = sessionNameOf({ ...fix, fence });
  // The ARN of a session names its role without the path.
  const own = Object.values(fixRoles).map(
    (role) => `:assumed-role/${role.split('/').at(-1)}/${session}`,
  );
  const ours = evidence
    .flatMap(({ found }) => found.events)
    .filter(({ caller }) => own.some((tail) => caller.arn?.endsWith(tail)));
  const gaps = evidence.flatMap(({ found }) => found.searched.gaps);
  if (ours.length === 0 && gaps[0]) return { unseen: { kind: 'failed', reason: gaps[0].reason } };
  return { seen: inOrder(ours) };
}

function inOrder(events: CloudTrailEvent[]): Events {
  const byId = new Map(events.map((event) => [event.eventID, event]));
  return [...byId.values()]
    .map(({ eventID, eventName, eventTime }) => ({
      eventID,
      eventName,
      eventTime: eventTime ?? '',
    }))
    .sort((a, b) => (a.eventTime < b.eventTime ? -1 : 1));
}
