import { createHash } from 'node:crypto';
import type { JsonObject } from '../../../core/json.ts';
import { AwsFault, type Call, type World } from '../service.ts';
import { takes } from '../world.ts';
import { resourcesOf, usernameOf } from './cloudtrail-event.ts';

/** Event history: LookupEvents. */

const day = 86_400_000;
const keys = [
  'EventId',
  'EventName',
  'ReadOnly',
  'Username',
  'ResourceType',
  'ResourceName',
  'EventSource',
  'AccessKeyId',
];

/**
 * `LookupEvents`: the management events of the last 90 days in one account and region, newest first, by at
 * most one attribute, at most 50 a page and two requests a second.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_LookupEvents.html
 */
export function lookupEvents(call: Call, world: World) {
  const place = `${call.caller.account}/${call.region}`;
  if (!takes(world, `cloudtrail:LookupEvents ${place}`, 2)) {
    throw new AwsFault('ThrottlingException', 'Rate exceeded');
  }
  const query = queryOf(call);
  const found = (world.events.get(place) ?? [])
    .filter((record) => query.from <= timeOf(record) && timeOf(record) <= query.to)
    .filter((record) => hasArrived(record, call, world))
    .filter((record) => record.managementEvent !== false && record.eventCategory === query.category)
    .filter((record) => query.matches(record))
    .sort(newestFirst);
  const first = query.after === undefined ? 0 : positionAfter(found, query.after);
  const page = found.slice(first, first + query.size);
  const last = page.at(-1);
  return {
    Events: page.map(shownEvent),
    NextToken:
      last !== undefined && first + query.size < found.length
        ? tokenFor(query.binding, last)
        : undefined,
  };
}

function queryOf(call: Call) {
  const { LookupAttributes, StartTime, EndTime, MaxResults, NextToken, EventCategory } = call.input;
  if (MaxResults !== undefined && !(MaxResults >= 1 && MaxResults <= 50)) {
    throw new AwsFault(
      'InvalidMaxResultsException',
      'Max results should be greater than 0 and less than or equal to 50.',
    );
  }
  const category = categoryOf(EventCategory);
  const attribute = attributeOf(LookupAttributes ?? []);
  const from = (StartTime as Date | undefined)?.getTime() ?? Number.NEGATIVE_INFINITY;
  const to = (EndTime as Date | undefined)?.getTime() ?? call.now.getTime();
  const oldest = call.now.getTime() - 90 * day;
  if (from > to || to < oldest) {
    throw new AwsFault(
      'InvalidTimeRangeException',
      from > to
        ? 'Invalid time range specified: the start time is after the end time.'
        : 'Invalid time range specified: the time range is outside of the last 90 days.',
    );
  }
  const binding = createHash('sha256')
    .update(
      JSON.stringify([
        call.caller.account,
        call.region,
        attribute ?? null,
        StartTime ?? null,
        EndTime ?? null,
        category,
      ]),
    )
    .digest('base64url');
  return {
    from: Math.max(from, oldest),
    to,
    category,
    size: (MaxResults as number | undefined) ?? 50,
    binding,
    after: NextToken === undefined ? undefined : positionIn(NextToken, binding),
    matches: (record: JsonObject) => attribute === undefined || carries(record, attribute),
  };
}

function categoryOf(asked: string | undefined): 'Management' | 'Insight' {
  if (asked === undefined) return 'Management';
  if (asked === 'insight') return 'Insight';
  throw new AwsFault(
    'InvalidEventCategoryException',
    `Invalid event category: ${asked}. The only valid value is insight.`,
  );
}

type Attribute = { AttributeKey: string; AttributeValue: string };

function attributeOf(attributes: Attribute[]): Attribute | undefined {
  const [attribute] = attributes;
  if (attributes.length > 1) throw invalid('Only one lookup attribute can be specified.');
  if (attribute === undefined) return undefined;
  if (!keys.includes(attribute.AttributeKey)) {
    throw invalid(`Invalid attribute key: ${attribute.AttributeKey}.`);
  }
  if (!attribute.AttributeValue || attribute.AttributeValue.length > 2000) {
    throw invalid('The attribute value must be between 1 and 2000 characters long.');
  }
  return attribute;

  function invalid(message: string): AwsFault {
    return new AwsFault('InvalidLookupAttributesException', message);
  }
}

function carries(record: JsonObject, { AttributeKey, AttributeValue }: Attribute): boolean {
  if (AttributeKey === 'ResourceType' || AttributeKey === 'ResourceName') {
    return resourcesOf(record).some((resource) => resource[AttributeKey] === AttributeValue);
  }
  const summary = summaryOf(record);
  return summary[AttributeKey as keyof typeof summary] === AttributeValue;
}

function summaryOf(record: JsonObject) {
  const { accessKeyId } = (record.userIdentity ?? {}) as JsonObject;
  return {
    EventId: record.eventID as string,
    EventName: record.eventName as string,
    ReadOnly: String(record.readOnly ?? false),
    AccessKeyId: typeof accessKeyId === 'string' && accessKeyId !== '' ? accessKeyId : undefined,
    EventSource: record.eventSource as string,
    Username: usernameOf(record),
  };
}

function shownEvent(record: JsonObject) {
  return {
    ...summaryOf(record),
    EventTime: new Date(String(record.eventTime)),
    Resources: resourcesOf(record),
    CloudTrailEvent: JSON.stringify(record),
  };
}

/** Events reach the event history some time after the call; none shows before its own time. */
function hasArrived(record: JsonObject, call: Call, world: World): boolean {
  return timeOf(record) + world.scenario.eventLagMs <= call.now.getTime();
}

function timeOf(record: JsonObject): number {
  return Date.parse(String(record.eventTime));
}

function newestFirst(a: JsonObject, b: JsonObject): number {
  return timeOf(b) - timeOf(a) || (String(a.eventID) < String(b.eventID) ? -1 : 1);
}

function tokenFor(binding: string, last: JsonObject): string {
  return Buffer.from(JSON.stringify([binding, last.eventTime, last.eventID])).toString('base64url');
}

type Position = { eventTime: string; eventID: string };

function positionIn(token: string, binding: string): Position {
  try {
    const [bound, eventTime, eventID] = JSON.parse(Buffer.from(token, 'base64url').toString());
    if (bound === binding) return { eventTime, eventID };
  } catch (cause) {
    if (!(cause instanceof SyntaxError || cause instanceof TypeError)) throw cause;
  }
  throw new AwsFault(
    'InvalidNextTokenException',
    'Invalid token: it does not belong to a LookupEvents request with these parameters.',
  );
}

/** Where the next page starts; what arrived since stands before it and moves nothing. */
function positionAfter(found: JsonObject[], { eventTime, eventID }: Position): number {
  const next = found.findIndex((record) => newestFirst({ eventTime, eventID }, record) < 0);
  return next === -1 ? found.length : next;
}
