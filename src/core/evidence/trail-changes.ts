import { z } from 'zod';
import type { AdvancedSelector, Selectors } from '../posture/facts.ts';
import type { CloudTrailEvent } from './event.ts';
import { member, text, withoutVersion } from './parse-event.ts';

/** The calls that change what a trail records; the names that CloudTrail writes them by. */
export const TRAIL_CALLS = [
  'CreateTrail',
  'UpdateTrail',
  'DeleteTrail',
  'StartLogging',
  'StopLogging',
  'PutEventSelectors',
];

/**
 * One successful call that changed what a trail records. `sets` has what it says of the trail from then
 * on; null of `selectors`: it set some, and its record does not say which.
 */
export type TrailChange = {
  /** ISO 8601 UTC. */
  at: string;
  arn: string;
  call: string;
  eventID: string;
  /** Who called, as the record names them: hostile text. */
  by: string;
  sets: {
    exists?: boolean;
    logging?: boolean;
    multiRegion?: boolean;
    organization?: boolean;
    selectors?: Selectors | null;
  };
};

/** The changes among these events, oldest first, each once. */
export function trailChanges(events: CloudTrailEvent[]): TrailChange[] {
  const changes = new Map<string, TrailChange>();
  for (const event of events) {
    const change = changeOf(event);
    if (change) changes.set(change.eventID, change);
  }
  return [...changes.values()].toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function changeOf(event: CloudTrailEvent): TrailChange | null {
  const { eventTime, eventSource, outcome, eventID } = event;
  const call = withoutVersion(event.eventName);
  if (eventSource !== 'cloudtrail.amazonaws.com' || outcome !== 'ok' || !eventTime) return null;
  if (!TRAIL_CALLS.includes(call)) return null;
  const arn = arnIn(event);
  if (!arn) return null;
  return { at: eventTime, arn, call, eventID, by: callerIn(event), sets: setsOf(call, event) };
}

/** The answer names the trail by its ARN, the request by its ARN or its name. */
function arnIn({ record, account, region }: CloudTrailEvent): string | null {
  const request = member(record.requestParameters) ?? {};
  const answer = member(record.responseElements) ?? {};
  const named = text(answer.trailARN) ?? text(request.trailName) ?? text(request.name);
  if (!named) return null;
  if (named.startsWith('arn:')) return named;
  const partition = region.startsWith('cn-')
    ? 'aws-cn'
    : region.startsWith('us-gov-')
      ? 'aws-us-gov'
      : 'aws';
  return `arn:${partition}:cloudtrail:${region}:${account}:trail/${named}`;
}

function callerIn({ caller }: CloudTrailEvent): string {
  if (caller.type === 'Root') return 'root';
  return caller.userName ?? caller.arn?.split('/').at(-1) ?? caller.principalId ?? 'unknown';
}

function setsOf(call: string, { record }: CloudTrailEvent): TrailChange['sets'] {
  const request = member(record.requestParameters) ?? {};
  const flags = {
    ...(typeof request.isMultiRegionTrail === 'boolean' && {
      multiRegion: request.isMultiRegionTrail,
    }),
    ...(typeof request.isOrganizationTrail === 'boolean' && {
      organization: request.isOrganizationTrail,
    }),
  };
  switch (call) {
    case 'CreateTrail':
      // A new trail is silent until StartLogging, and without selectors it takes management events.
      return {
        exists: true,
        logging: false,
        multiRegion: false,
        organization: false,
        selectors: { basic: [] },
        ...flags,
      };
    case 'DeleteTrail':
      return { exists: false, logging: false };
    case 'StartLogging':
      return { logging: true };
    case 'StopLogging':
      return { logging: false };
    case 'PutEventSelectors':
      return { selectors: selectorsIn(request) };
    default:
      return flags;
  }
}

const Words = z
  .array(z.string())
  .nullish()
  .transform((list) => list ?? []);
const Advanced = z.array(
  z.object({
    fieldSelectors: z.array(
      z.object({
        field: z.string(),
        equals: Words,
        startsWith: Words,
        endsWith: Words,
        notEquals: Words,
        notStartsWith: Words,
        notEndsWith: Words,
      }),
    ),
  }),
);
const Basic = z.array(
  z.object({
    readWriteType: z.enum(['All', 'ReadOnly', 'WriteOnly']).default('All'),
    includeManagementEvents: z.boolean().default(true),
    dataResources: z
      .array(z.object({ type: z.string(), values: Words }))
      .nullish()
      .transform((list) => list ?? []),
    excludeManagementEventSources: Words,
  }),
);
const Request = z.object({
  eventSelectors: Basic.nullish(),
  advancedEventSelectors: Advanced.nullish(),
});

/**
 * The selectors that a PutEventSelectors asked for; null where its record has lost them, or says
 * something that we do not understand. It replaces all there were before.
 */
function selectorsIn(request: { [key: string]: unknown }): Selectors | null {
  const read = Request.safeParse(request);
  if (!read.success) return null;
  const { advancedEventSelectors: advanced, eventSelectors: basic } = read.data;
  if (advanced && advanced.length > 0)
    return { advanced: advanced.map(({ fieldSelectors }): AdvancedSelector => fieldSelectors) };
  if (!basic) return null;
  return {
    basic: basic.map((one) => ({
      readWriteType: one.readWriteType,
      managementEvents: one.includeManagementEvents,
      excludedSources: one.excludeManagementEventSources,
      dataResources: one.dataResources,
    })),
  };
}
