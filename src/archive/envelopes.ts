import { isObject, readJson } from '../core/evidence/parse-event.ts';
import type { Json, JsonObject } from '../core/json.ts';
import { elementsIn, memberIn } from './json-places.ts';

/**
 * One value out of a file with its own text, which is what is kept of it, or a piece of the file that had to be
 * set aside, with the reason.
 */
export type Read =
  | { value: unknown; text: string; where: string }
  | { setAside: string; where: string };

/** Takes records out of their envelope: CloudTrail's file, LookupEvents, EventBridge, CloudWatch Logs. */
export function* unwrapped(value: Json, text: string, where: string): Generator<Read> {
  const { Records = null, Events = undefined } = isObject(value) ? value : {};
  const list = Array.isArray(value) ? value : (Records ?? Events);
  if (Array.isArray(list)) {
    const inside = () => memberIn(text, list === Records ? 'Records' : 'Events');
    const texts = elementsIn(list === value ? text : inside());
    for (const [index, one] of list.entries())
      yield* single(
        one,
        texts.next().value ?? '',
        [where, `record ${index + 1}`].filter(Boolean).join(' '),
      );
  } else if (list !== undefined) {
    yield { setAside: 'Records is no list', where };
  } else {
    yield* single(value, text, where);
  }
}

const ENVELOPE = ['Records', 'Events', 'CloudTrailEvent', '@message', 'message', 'detail'];

/** May it be an envelope, or an event in one of the forms above? */
export function mayBeEnvelope(value: Json): boolean {
  return isObject(value) && ENVELOPE.some((name) => name in value);
}

function* single(value: Json, text: string, where: string): Generator<Read> {
  if (!isObject(value)) return yield { value, text, where };
  const written = value.CloudTrailEvent ?? value['@message'] ?? value.message;
  if (typeof written === 'string' && !('eventName' in value)) {
    const record = readJson(written);
    if (!isObject(record)) return yield { setAside: 'CloudTrailEvent is not JSON', where };
    return yield { ...completed(record, written, value), where };
  }
  if (isObject(value.detail) && !('eventName' in value))
    yield { value: value.detail, text: memberIn(text, 'detail'), where };
  else yield { value, text, where };
}

/** The time and the id that a record lacks may stand in its envelope. */
function completed(record: JsonObject, written: string, envelope: JsonObject) {
  const added: JsonObject = {};
  const { EventTime = null, EventId = null } = envelope;
  if ((record.eventTime ?? null) === null && EventTime !== null) added.eventTime = EventTime;
  if ((record.eventID ?? null) === null && EventId !== null) added.eventID = EventId;
  const members = JSON.stringify(added).slice(1, -1);
  if (members === '') return { value: record, text: inUtf8(written) };
  const comma = Object.keys(record).length > 0 ? ',' : '';
  const text = `${inUtf8(written).trimEnd().slice(0, -1)}${comma}${members}}`;
  return { value: { ...record, ...added }, text };
}

/** Half of a pair of surrogates cannot be kept as a letter, only as its number; in JSON it is within a text. */
function inUtf8(json: string): string {
  return json.replace(/\p{Surrogate}/gu, (half) => `\\u${half.charCodeAt(0).toString(16)}`);
}
