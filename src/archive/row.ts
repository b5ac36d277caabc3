import { actorName } from '../core/evidence/actor-name.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { parseEvent } from '../core/evidence/parse-event.ts';
import { viaOf } from '../core/evidence/via.ts';
import type { Json, JsonObject } from '../core/json.ts';

/**
 * What the archive keeps of an event beside the record itself: what was called and how it ended (a
 * `CallRow`), and who called from where (a `callerKeyOf` record). Each is kept once for all the events
 * that share it, so that what the core says of it is asked once as well.
 */
export type CallRow = Pick<
  CloudTrailEvent,
  'eventName' | 'eventSource' | 'account' | 'region' | 'outcome' | 'readOnly'
> & { category: Category; issuing: boolean };

export type Category = 'management' | 'data' | 'insight' | 'network';

/** `issuing`: the answer may hold an access key that was handed out. */
export function callKeyOf(event: CloudTrailEvent, issuing: boolean): string {
  const { eventName, eventSource, account, region, outcome, readOnly } = event;
  return JSON.stringify([
    eventName,
    eventSource,
    account,
    region,
    outcome,
    readOnly,
    categoryOf(event),
    issuing,
  ]);
}

export function callRow(key: string): CallRow {
  const [eventName, eventSource, account, region, outcome, readOnly, category, issuing] =
    JSON.parse(key) as [string, string, string, string, string, boolean | null, Category, boolean];
  return { eventName, eventSource, account, region, outcome, readOnly, category, issuing };
}

function categoryOf({ record }: CloudTrailEvent): Category {
  const category = record.eventCategory;
  const named = typeof category === 'string' ? category.toLowerCase() : '';
  if (named === 'data' || named === 'insight') return named;
  return named.startsWith('network') ? 'network' : 'management';
}

/** The members of a record that tell who called, from where and with what. */
const CALLER_MEMBERS = [
  'userIdentity',
  'sourceIPAddress',
  'userAgent',
  'eventType',
  'sessionCredentialFromConsole',
] as const;

export function callerKeyOf(record: JsonObject): string {
  const kept: { [member: string]: Json } = {};
  for (const member of CALLER_MEMBERS) {
    const value = record[member];
    if (value !== undefined && value !== null) kept[member] = value;
  }
  return JSON.stringify(kept);
}

/** What is counted of callers again and again. */
export type CallerFacts = { actor: string; via: string; address: string | null };

/** Raised whenever the core would say something else of the same caller: then what is kept is not used. */
export const FACTS_VERSION = 1;

export function callerFacts(caller: string): CallerFacts {
  const event = eventOfRow(NO_CALL, caller, null, null);
  return { actor: actorName(event), via: viaOf(event), address: event.sourceIPAddress };
}

/** Stands where only the caller matters. */
export const NO_CALL: CallRow = {
  eventName: '',
  eventSource: '',
  account: '',
  region: '',
  outcome: 'ok',
  readOnly: null,
  category: 'management',
  issuing: false,
};

/**
 * An event as far as its row knows it: whatever the core says of who called and of what was called, it
 * says of this one too. Its record holds no request and no answer.
 */
export function eventOfRow(
  call: CallRow,
  caller: string,
  eventTime: string | null,
  sharedEventID: string | null,
): CloudTrailEvent {
  const record = {
    ...(JSON.parse(caller) as JsonObject),
    eventID: 'none',
    eventName: call.eventName || 'none',
  };
  const parsed = parseEvent(record, '');
  if ('rejected' in parsed) throw new Error(`a caller was kept that is none: ${parsed.rejected}`);
  const { category, issuing, ...known } = call;
  return { ...parsed.event, ...known, eventTime, sharedEventID };
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

/** Does this join copies of a call? Exports write a placeholder into many records. */
export function isRepeatable(sharedEventID: string): boolean {
  return UUID.test(sharedEventID);
}
