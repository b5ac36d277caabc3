import { instant, isObject, parseEvent } from '../core/evidence/parse-event.ts';
import type { Json, JsonObject } from '../core/json.ts';
import {
  ABSENT,
  ERROR_MESSAGE,
  EVENT_TIME,
  FALSE,
  IDENTITY,
  ISSUED,
  type Members,
  NULL,
  OBJECT,
  SIGN_IN,
  SLOTS,
  TEXT,
  TRUE,
} from './members.ts';
import { secondsIn, secondsOf, UNDATED } from './record-fields.ts';
import { unescaped } from './record-tokens.ts';
import { callerKeyOf, callKeyOf } from './row.ts';
import type { Text } from './scan-records.ts';
import { UNKNOWN } from './tuples.ts';
import type { Vocabulary } from './vocabulary.ts';

/** What is kept of the record at hand beside its tokens; −1 where it is better read by parsing it. */
export type RecordCodes = {
  /** What is read from now on. */
  read(text: Text): void;
  /** Seconds since 1970, or `UNDATED`. */
  time(): number;
  /** What was called, where, and how it ended. */
  call(): number;
  /** Who called from where; `identity` as the vocabulary numbers it. */
  caller(identity: number): number;
};

const slotsOf = (...names: (typeof SLOTS)[number][]) => names.map((name) => SLOTS.indexOf(name));
const CALL_SLOTS = slotsOf(
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
  'ConsoleLogin',
  'accessKeyId',
);
const CALLER_SLOTS = slotsOf(
  'sourceIPAddress',
  'userAgent',
  'eventType',
  'sessionCredentialFromConsole',
);

export function createRecordCodes(
  { kind, start, end, hash }: Members,
  known: Vocabulary,
): RecordCodes {
  let text: Text;

  /** A member as a number that stands for its value: texts are kept, literals have numbers of their own. */
  function numberFor(slot: number): number {
    const what = kind[slot] as number;
    if (what !== TEXT) return -1 - what;
    const [from, to] = [start[slot] as number, end[slot] as number];
    return known.texts.numberOf(text, from, to, hash[slot] as number);
  }

  function newCall(): number {
    const record: JsonObject = { eventID: 'none' };
    for (const slot of CALL_SLOTS)
      if (slot < IDENTITY && kind[slot] !== ABSENT) record[SLOTS[slot] as string] = valueIn(slot);
    if (kind[SIGN_IN] === TEXT) record.responseElements = { ConsoleLogin: valueIn(SIGN_IN) };
    // Where the record names no account, it is the caller's.
    if (typeof record.recipientAccountId !== 'string') return -1;
    const parsed = parseEvent(record, '');
    if ('rejected' in parsed || parsed.event.account === '') return -1;
    return known.callKeys.numberOf(callKeyOf(parsed.event, kind[ISSUED] === TEXT));
  }

  function newCaller(identity: number): number {
    const record: JsonObject = {};
    for (const slot of CALLER_SLOTS)
      if (kind[slot] !== ABSENT) record[SLOTS[slot] as string] = valueIn(slot);
    if (identity >= 0) record.userIdentity = withoutBeginning(known.identities.textOf(identity));
    return known.callerKeys.numberOf(callerKeyOf(record));
  }

  function valueIn(slot: number): Json {
    switch (kind[slot]) {
      case TEXT:
        return unescaped(text, start[slot] as number, end[slot] as number);
      case TRUE:
        return true;
      case FALSE:
        return false;
      default:
        return null;
    }
  }

  return {
    read(next) {
      text = next;
    },
    time() {
      if (kind[EVENT_TIME] === ABSENT || kind[EVENT_TIME] === NULL) return UNDATED;
      if (kind[EVENT_TIME] !== TEXT) return -1;
      const at = start[EVENT_TIME] as number;
      const fast = end[EVENT_TIME] === at + 20 ? secondsIn(text.bytes, at) : -1;
      return fast >= 0 ? fast : secondsOf(instant(unescaped(text, at, end[EVENT_TIME] as number)));
    },
    call() {
      const { tuple, calls } = known;
      // An empty message is none, which only the parser need know.
      if (
        kind[ERROR_MESSAGE] === TEXT &&
        (end[ERROR_MESSAGE] as number) - (start[ERROR_MESSAGE] as number) < 5
      )
        return -1;
      let h = 17;
      for (let index = 0; index < CALL_SLOTS.length; index += 1) {
        const slot = CALL_SLOTS[index] as number;
        const value =
          slot === ERROR_MESSAGE || slot === ISSUED ? (kind[slot] as number) : numberFor(slot);
        tuple[index] = value;
        h = Math.imul(h ^ value, 0x9e3779b1);
      }
      const code = calls.find(h, tuple, CALL_SLOTS.length);
      return code === UNKNOWN ? calls.add(h, tuple, CALL_SLOTS.length, newCall()) : code;
    },
    caller(identity) {
      const { tuple, callers } = known;
      let h = 31;
      for (let index = 0; index < CALLER_SLOTS.length; index += 1) {
        const value = numberFor(CALLER_SLOTS[index] as number);
        tuple[index] = value;
        h = Math.imul(h ^ value, 0x9e3779b1);
      }
      const who = kind[IDENTITY] === OBJECT ? identity : -1 - (kind[IDENTITY] as number);
      tuple[CALLER_SLOTS.length] = who;
      h = Math.imul(h ^ who, 0x9e3779b1);
      const code = callers.find(h, tuple, CALLER_SLOTS.length + 1);
      return code === UNKNOWN
        ? callers.add(h, tuple, CALLER_SLOTS.length + 1, newCaller(who))
        : code;
    },
  };
}

/** When a session began takes a third of the time to read, and says nothing of who called. */
function withoutBeginning(identity: string): JsonObject {
  const read = JSON.parse(identity) as JsonObject;
  if (isObject(read.sessionContext)) delete read.sessionContext.attributes;
  return read;
}
