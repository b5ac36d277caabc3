import type { CloudTrailEvent } from '../../evidence/event.ts';
import { carries } from '../../evidence/identifiers.ts';
import { leavesIn } from '../../evidence/leaves.ts';
import { withoutVersion } from '../../evidence/parse-event.ts';
import type { Json } from '../../json.ts';

/** A call that may have made a resource as it is, in the order of time. */
export type Write = {
  event: CloudTrailEvent;
  at: string;
  /** What it wrote at the path of the change; undefined where its record does not say. */
  wrote: string | undefined;
};

export type Written = {
  account: string;
  region: string;
  /** Other accounts from which the resource may be changed: a delegated administrator's, for an organization trail. */
  alsoFrom: string[];
  /** Identifiers of the resource, any of which an event must carry; none: whatever was called there. */
  names: string[];
  calls: string[];
  /** Path into the configuration item; null where Config keeps no such value. */
  change: string | null;
};

/**
 * The calls among these events that succeeded and may have written the value, oldest first. An update
 * that does not speak of the value leaves it as it was; a call that says nothing of values at all
 * (`PutBucketPolicy`, `StopLogging`) may have written it.
 */
export function writesAmong(events: CloudTrailEvent[], wanted: Written): Write[] {
  const known = new Map(events.map((event) => [event.eventID, event]));
  return [...known.values()]
    .flatMap((event) => {
      const at = event.eventTime;
      if (at === null || !isCallOn(event, wanted)) return [];
      const wrote = wanted.change === null ? undefined : valueWritten(event, wanted.change);
      return wrote === undefined && leavesTheRest(event, wanted.calls)
        ? []
        : [{ event, at, wrote }];
    })
    .toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at));
}

function isCallOn(event: CloudTrailEvent, wanted: Written): boolean {
  const { account, alsoFrom, region, names, calls } = wanted;
  return (
    event.outcome === 'ok' &&
    [account, ...alsoFrom].includes(event.account) &&
    event.region === region &&
    calls.includes(withoutVersion(event.eventName)) &&
    (names.length === 0 || names.some((name) => carries(event, name)))
  );
}

/**
 * `UpdateTrail` writes what it names and leaves the rest as it was; other calls write one thing as a
 * whole. Where a rule knows no call but updates, one of them it was.
 */
function leavesTheRest({ eventName }: CloudTrailEvent, calls: string[]): boolean {
  return UPDATE.test(eventName) && calls.some((call) => !UPDATE.test(call));
}

const UPDATE = /^(Update|Modify)/;

/** What a call wrote: what it asked for; where it made the resource, also what came of it. */
function valueWritten(event: CloudTrailEvent, change: string): string | undefined {
  const { requestParameters, responseElements } = event.record;
  const asked = wordFor(change, requestParameters);
  if (asked !== undefined || !event.eventName.startsWith('Create')) return asked;
  return wordFor(change, responseElements);
}

/**
 * CloudTrail and Config name one value differently: `enableLogFileValidation` is asked for,
 * `logFileValidationEnabled` comes of it.
 */
function wordFor(change: string, parameters: Json | undefined): string | undefined {
  const wanted = plainName(change.split('.').at(-1) ?? '');
  const leaf = leavesIn(parameters ?? null, '').find(
    ({ path }) => plainName(path.split('.').at(-1) ?? '') === wanted,
  );
  return leaf && plainValue(leaf.value);
}

export function plainName(name: string): string {
  return name.toLowerCase().replace(/^(is|enable)(?=.)|(enabled|enable)$/g, '');
}

/** `true` and `Enabled` say the same, and so do `false`, `Disabled`, nothing, and null. */
export function plainValue(value: Json): string {
  const word = typeof value === 'object' ? JSON.stringify(value) : String(value);
  if (/^(true|enabled|on)$/i.test(word)) return 'true';
  return /^(false|disabled|off|null|)$/i.test(word) ? 'false' : word;
}
