import { actorName } from '../core/evidence/actor-name.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { callerOf, parseEvent, text } from '../core/evidence/parse-event.ts';
import { type Via, viaOf } from '../core/evidence/via.ts';
import type { JsonObject } from '../core/json.ts';
import { type Category, categoryOf } from './charged.ts';

/**
 * What the archive keeps of an event beside the record itself: what was called and how it ended (a
 * `CallRow`), and who called from where (a `CallerRow`). Each is kept once for all the events
 * that share it, so that what the core says of it is asked once as well.
 */
export type CallRow = Pick<
  CloudTrailEvent,
  'eventName' | 'eventSource' | 'account' | 'region' | 'outcome' | 'readOnly'
> & { category: Category; issuing: boolean };

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

/** What is counted of whoever called; `knows`: the more, the more the record knows of the caller. */
export type CallerRow = { actor: string; via: Via; address: string | null; knows: number };

/** Raised whenever the core would say something else of the same record: then what is kept is not used. */
export const FACTS_VERSION = 2;

/** Of a record no more is read than what tells who called, from where and with what. */
export function callerKeyOf(record: JsonObject): string {
  const caller = callerOf(record.userIdentity);
  const sourceIPAddress = text(record.sourceIPAddress);
  const userAgent = text(record.userAgent);
  const event = { ...BARE, record, caller, sourceIPAddress, userAgent };
  const knows = (caller.type === FOREIGN ? 0 : 2) + (caller.arn ? 1 : 0);
  return JSON.stringify([actorName(event), viaOf(event), sourceIPAddress, knows]);
}

export function callerRow(key: string): CallerRow {
  const [actor, via, address, knows] = JSON.parse(key) as [string, Via, string | null, number];
  return { actor, via, address, knows };
}

/** The account that was entered by another one's principal knows least of it. */
const FOREIGN = 'AWSAccount';

const parsed = parseEvent({ eventID: 'none', eventName: 'none' }, '');
if ('rejected' in parsed) throw new Error('an event without members is one');
const BARE = parsed.event;

/** Stands where the call does not matter. */
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

/** An event as far as its call tells: enough to judge what was called. */
export function eventOfCall({ category, issuing, ...call }: CallRow): CloudTrailEvent {
  return { ...BARE, ...call };
}

/** The same with what it takes to join copies of a call. */
export function withCaller(
  event: CloudTrailEvent,
  knows: number,
  eventTime: string | null,
  sharedEventID: string | null,
): CloudTrailEvent {
  const caller = {
    ...BARE.caller,
    type: knows < 2 ? FOREIGN : BARE.caller.type,
    arn: knows % 2 === 1 ? 'arn' : null,
  };
  return { ...event, caller, eventTime, sharedEventID };
}
