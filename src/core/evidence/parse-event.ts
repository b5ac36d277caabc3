import { hashOf } from '../hash.ts';
import { isObject, type Json, type JsonObject } from '../json.ts';
import type { Caller, CloudTrailEvent } from './event.ts';

export { isObject } from '../json.ts';

export type Parsed = { event: CloudTrailEvent } | { rejected: string };

/** Deeper than any record of AWS; walkers and `JSON.stringify` would run out of stack far later. */
const DEPTH_LIMIT = 100;

/**
 * The border for CloudTrail records, whichever envelope they came in. No member is required, because
 * real exports lose any of them; what is there but has the wrong type is read as absent, never guessed.
 * Only what is no record at all is rejected, with the reason. Never throws.
 */
export function parseEvent(value: unknown, origin: string): Parsed {
  if (!isObject(value)) return { rejected: `not a record but ${kindOf(value)}` };
  if (isDeeperThan(value, DEPTH_LIMIT)) return { rejected: `nested deeper than ${DEPTH_LIMIT}` };
  const eventName = text(value.eventName);
  const eventSource = text(value.eventSource);
  const eventType = text(value.eventType);
  if (!eventName && !eventSource && !eventType)
    return { rejected: 'a JSON object without eventName and eventSource is no CloudTrail record' };
  if (eventSource?.startsWith('aws:'))
    return { rejected: `a notification of ${eventSource.slice(0, 50)}, not a CloudTrail record` };
  const caller = callerOf(value.userIdentity);
  return {
    event: {
      eventID: text(value.eventID) ?? `sha256-${hashOf(value).slice(0, 32)}`,
      eventTime: instant(value.eventTime),
      eventSource: eventSource ?? '',
      eventName: eventName ?? eventType ?? '',
      account: text(value.recipientAccountId) ?? caller.accountId ?? '',
      region: text(value.awsRegion) ?? '',
      outcome: outcomeOf(value),
      errorMessage: text(value.errorMessage),
      readOnly: flag(value.readOnly),
      sourceIPAddress: text(value.sourceIPAddress),
      userAgent: text(value.userAgent),
      caller,
      sharedEventID: text(value.sharedEventID),
      record: value,
      origin,
    },
  };
}

/**
 * `CreateFunction20150331` -> `CreateFunction`: CloudTrail writes some API versions into the name, and
 * both forms occur for one and the same call (reference: questions, 2.1).
 */
export function withoutVersion(eventName: string): string {
  return eventName.length > 100
    ? eventName
    : (/^(.+?)20\d{2}(?:_\d{2}_\d{2}|\d{4})(?:v\d+)?$/.exec(eventName)?.[1] ?? eventName);
}

/** True for a record's "yes", however the exporter wrote it: `true`, `"true"`, `"True"`. */
export function flag(value: Json | undefined): boolean | null {
  if (typeof value === 'boolean') return value;
  if (typeof value !== 'string') return null;
  const word = value.toLowerCase();
  return word === 'true' ? true : word === 'false' ? false : null;
}

/** A member of a record as text: numbers as they print, blanks and the word `null` as absent. */
export function text(value: Json | undefined): string | null {
  if (typeof value === 'number') return String(value);
  if (typeof value !== 'string') return null;
  return value === '' || value === 'null' ? null : value;
}

/** A member that should be an object; a JSON object written as a string is read. */
export function member(value: Json | undefined): JsonObject | null {
  if (isObject(value)) return value;
  if (typeof value !== 'string' || !value.startsWith('{')) return null;
  const read = readJson(value);
  return isObject(read) ? read : null;
}

/** JSON from a string, undefined where it is none. */
export function readJson(words: string): Json | undefined {
  try {
    return JSON.parse(words) as Json;
  } catch {
    return undefined;
  }
}

/** Whatever a record calls a time, as ISO 8601 UTC with seconds; exports that name no zone mean UTC. */
export function instant(value: Json | undefined): string | null {
  const words = text(value);
  if (!words || words.length > 40) return null;
  const parts = /^(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|UTC|[+-]\d\d:?\d\d)?$/.exec(
    words,
  );
  const zone = parts?.[3] === undefined || parts[3] === 'UTC' ? 'Z' : parts[3];
  const date = new Date(parts ? `${parts[1]}T${parts[2]}${zone}` : Number.NaN);
  return Number.isNaN(date.getTime()) ? null : date.toISOString().replace('.000Z', 'Z');
}

/** Who a record's `userIdentity` says it was. */
export function callerOf(value: Json | undefined): Caller {
  const identity = member(value) ?? {};
  const session = member(identity.sessionContext) ?? {};
  const issuer = member(session.sessionIssuer) ?? {};
  const attributes = member(session.attributes) ?? {};
  const behalf = member(identity.onBehalfOf);
  const userId = text(behalf?.userId);
  return {
    type: text(identity.type),
    arn: text(identity.arn),
    accountId: text(identity.accountId),
    principalId: text(identity.principalId),
    accessKeyId: text(identity.accessKeyId),
    userName: text(identity.userName),
    invokedBy: text(identity.invokedBy),
    sessionIssuerArn: text(issuer.arn),
    sourceIdentity: text(session.sourceIdentity) ?? text(identity.sourceIdentity),
    sessionCreatedAt: instant(attributes.creationDate),
    onBehalfOf: userId ? { userId, identityStoreArn: text(behalf?.identityStoreArn) ?? '' } : null,
  };
}

/** A sign-in that failed may carry no error code: what happened then stands in the answer to it. */
function outcomeOf(record: JsonObject): string {
  const code = text(record.errorCode);
  if (code) return code;
  const answered = text(member(record.responseElements)?.ConsoleLogin);
  if (answered && answered !== 'Success') return answered;
  return text(record.errorMessage) ? 'Failure' : 'ok';
}

function kindOf(value: unknown): string {
  if (value === null || value === undefined) return 'nothing';
  return Array.isArray(value) ? 'a list' : `a ${typeof value}`;
}

function isDeeperThan(value: Json, limit: number): boolean {
  let level: Json[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > limit) return true;
    level = level.flatMap((node) =>
      typeof node === 'object' && node !== null
        ? Object.values(node).filter((child) => typeof child === 'object' && child !== null)
        : [],
    );
  }
  return false;
}
