import type { CloudTrailEvent } from './event.ts';

/** One call with its events: the copy that knows most of who called, and those of the other accounts. */
export type RecordedCall = { event: CloudTrailEvent; copies: CloudTrailEvent[] };

/**
 * The calls that events tell of, in the order of the events. A call into another account is recorded in
 * both, with an eventID each and one `sharedEventID` (reference: questions, 3); it was made once.
 * Exports write one placeholder into many records, so the rest must agree too.
 */
export function callsOf(events: CloudTrailEvent[]): RecordedCall[] {
  const calls = new Map<string, RecordedCall[]>();
  const all: RecordedCall[] = [];
  for (const event of events) {
    const { sharedEventID, eventName, eventTime, outcome } = event;
    const key = joinsCopies(sharedEventID)
      ? JSON.stringify([sharedEventID, eventName, eventTime, outcome])
      : null;
    const alike = key === null ? [] : (calls.get(key) ?? []);
    const call = alike.find((one) => accountsOf(one).every((account) => account !== event.account));
    if (call) {
      if (telling(event) > telling(call.event)) {
        call.copies.unshift(call.event);
        call.event = event;
      } else call.copies.push(event);
      continue;
    }
    const fresh = { event, copies: [] };
    all.push(fresh);
    if (key !== null) calls.set(key, [...alike, fresh]);
  }
  return all;
}

/** Is it an id as AWS writes it? Redacted exports have one placeholder in all records, which joins nothing. */
export function joinsCopies(sharedEventID: string | null): sharedEventID is string {
  return sharedEventID !== null && UUID.test(sharedEventID);
}

const UUID = /^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$/i;

function accountsOf({ event, copies }: RecordedCall): string[] {
  return [event, ...copies].map(({ account }) => account);
}

/** The account that was entered sees another account's principal only; the one that was left, who it was. */
function telling({ caller }: CloudTrailEvent): number {
  return (caller.type === 'AWSAccount' ? 0 : 2) + (caller.arn ? 1 : 0);
}
