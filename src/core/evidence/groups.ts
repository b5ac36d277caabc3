import type { Plan } from '../questions/plan.ts';
import { actorName } from './actor-name.ts';
import type { Answer } from './answer.ts';
import { bytesOut } from './bytes-out.ts';
import { resourcesOf } from './details.ts';
import type { CloudTrailEvent } from './event.ts';
import { withoutVersion } from './parse-event.ts';
import { viaOf } from './via.ts';

/**
 * The plan's groups with what they count, the greatest first: calls, or bytes that S3 sent out. Each event
 * must stand for one call. Bytes that nobody grouped are one group without a key.
 */
export function groupsOf(plan: Plan, events: CloudTrailEvent[]): Answer['groups'] {
  if (plan.groupBy.length === 0 && plan.measure === 'calls') return [];
  const groups = new Map<string, { key: { [slot: string]: string }; count: bigint }>();
  const zoned = clockIn(plan.time.zone);
  for (const event of events) {
    const key = Object.fromEntries(
      plan.groupBy.map((slot) => [slot, slotOf(slot, event, plan, zoned)]),
    );
    const name = JSON.stringify(key);
    const group = groups.get(name) ?? { key, count: 0n };
    group.count += plan.measure === 'bytes' ? bytesOut(event) : 1n;
    groups.set(name, group);
  }
  return [...groups]
    .filter(([, { count }]) => plan.atLeast === null || count >= BigInt(plan.atLeast))
    .toSorted(([a, { count: one }], [b, { count: other }]) =>
      one === other ? (a < b ? -1 : 1) : one > other ? -1 : 1,
    )
    .slice(0, plan.limit)
    .map(([, { key, count }]) => ({ key, count: Number(count) }));
}

/** What an event says for one slot of a group; '' where it says nothing. */
export function slotOf(
  slot: Plan['groupBy'][number],
  event: CloudTrailEvent,
  plan: Pick<Plan, 'resources' | 'time'>,
  zoned: Clock = clockIn(plan.time.zone),
): string {
  switch (slot) {
    case 'actor':
      return actorName(event);
    case 'account':
      return event.account;
    case 'region':
      return event.region;
    case 'event':
      return withoutVersion(event.eventName);
    case 'address':
      return event.sourceIPAddress ?? '';
    case 'day':
      return event.eventTime ? zoned.day(event.eventTime) : '';
    case 'hour':
      return event.eventTime ? zoned.hour(event.eventTime) : '';
    case 'source':
      return event.eventSource;
    case 'resource':
      return resourcesOf(event, plan.resources)[0] ?? '';
    case 'error':
      return event.outcome === 'ok' ? '' : event.outcome;
    case 'via':
      return viaOf(event);
  }
}

export type Clock = { day(instant: string): string; hour(instant: string): string };

/** The calendar day (`2026-11-20`) and hour (`2026-11-20 14`) of an instant where the asker lives. */
export function clockIn(timeZone: string): Clock {
  // Making a format takes longer than using it a thousand times; en-CA writes 2026-11-20.
  const day = new Intl.DateTimeFormat('en-CA', { timeZone });
  const hour = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', hourCycle: 'h23' });
  return {
    day: (instant) => day.format(new Date(instant)),
    hour: (instant) => `${day.format(new Date(instant))} ${hour.format(new Date(instant))}`,
  };
}
