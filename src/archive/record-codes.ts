import { isObject, parseEvent } from '../core/evidence/parse-event.ts';
import type { JsonObject } from '../core/json.ts';
import { numbering } from './numbering.ts';
import { callerKeyOf, callKeyOf } from './row.ts';

/**
 * What records have in common, numbered: what was called, where, and how it ended; and who called from where.
 * The scanner has numbers of its own for what it takes to tell this (`tuple`), so that only the first record
 * of each has to be parsed.
 */
export type RecordCodes = {
  calls: ReturnType<typeof numbering>;
  callers: ReturnType<typeof numbering>;
  /** The code of what has this number; UNKNOWN where it was not met before, and NO_CODE where it has none. */
  codeOf(tuple: number): number;
  /** The code of the call of this record from now on; `hasKey`: the answer holds an access key. */
  learnCall(tuple: number, record: JsonObject, hasKey: boolean): number;
  learnCaller(tuple: number, record: JsonObject): number;
  /** Calls and callers so far. */
  size(): number;
  /** The scanner begins to count anew; what it meets has the same codes as before. */
  forgetNumbers(): void;
  /** Forgets all of it. */
  clear(): void;
};

export function createRecordCodes(): RecordCodes {
  const calls = numbering();
  const callers = numbering();
  /** Those of calls and of callers are of one count. */
  let codes = new Int32Array(1 << 12).fill(UNKNOWN);

  function learn(tuple: number, code: number): number {
    if (tuple >= codes.length) {
      const wider = new Int32Array(Math.max(tuple + 1, codes.length * 2)).fill(UNKNOWN);
      wider.set(codes);
      codes = wider;
    }
    codes[tuple] = code;
    return code;
  }

  return {
    calls,
    callers,
    codeOf: (tuple) => (tuple < codes.length ? (codes[tuple] as number) : UNKNOWN),
    learnCall(tuple, record, hasKey) {
      const key = callKeyIn(record, hasKey);
      return learn(tuple, key === null ? NO_CODE : calls.numberOf(key));
    },
    learnCaller: (tuple, record) => learn(tuple, callers.numberOf(callerKeyOf(record))),
    size: () => calls.texts.length + callers.texts.length,
    forgetNumbers: () => codes.fill(UNKNOWN),
    clear() {
      calls.clear();
      callers.clear();
      codes.fill(UNKNOWN);
    },
  };
}

/** Not met before; and a call that cannot be told by what the scanner tells it by. */
export const UNKNOWN = -2;
export const NO_CODE = -1;

/** The members that the scanner tells calls apart by: a call must not depend on others. */
const CALL_MEMBERS = [
  'eventName',
  'eventSource',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
];
function callKeyIn(record: JsonObject, hasKey: boolean): string | null {
  // Where the record names no account, it is the caller's.
  if (typeof record.recipientAccountId !== 'string') return null;
  const told: JsonObject = {};
  for (const name of CALL_MEMBERS) if (record[name] !== undefined) told[name] = record[name];
  const answer = record.responseElements;
  if (isObject(answer) && typeof answer.ConsoleLogin === 'string')
    told.responseElements = { ConsoleLogin: answer.ConsoleLogin };
  const parsed = parseEvent({ ...told, eventID: 'none' }, '');
  if ('rejected' in parsed || parsed.event.account === '') return null;
  return callKeyOf(parsed.event, hasKey);
}
