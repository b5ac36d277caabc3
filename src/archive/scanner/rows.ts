import { isUuid, secondsIn, UNDATED, UNTIMELY } from './fields.ts';
import { hashIn, secondHashIn } from './hashes.ts';
import { identity } from './identity.ts';
import {
  ADDRESS,
  bytesOf,
  CALL,
  CALLER,
  isMadeOf,
  latestWith,
  meet,
  numberOf,
  relate,
  relatedTo,
} from './known.ts';
import {
  ABSENT,
  endOf,
  kindOf,
  NULL,
  numberExpected,
  numberFor,
  OBJECT,
  startOf,
  TEXT,
} from './members.ts';
import { region } from './memory.ts';
import { areNamesTold } from './message.ts';
import {
  ACCOUNT,
  ADDRESS_OF_CALLER,
  CATEGORY,
  ERROR_CODE,
  ERROR_MESSAGE,
  EVENT_ID,
  EVENT_NAME,
  EVENT_SOURCE,
  EVENT_TIME,
  EVENT_TYPE,
  FROM_CONSOLE,
  IDENTITY,
  ISSUED,
  READ_ONLY,
  REGION,
  SHARED_ID,
  SIGN_IN,
  USER_AGENT,
} from './names.ts';
import { add } from './part-tokens.ts';
import { EXPAND_ADDRESS, isHalfFull, MESSAGE, overflowed, request } from './requests.ts';
import { addKnown } from './words.ts';

/** Of each record: where it is, its time, call, caller, both hashes of its id, flags, both of its shared id. */
const ROW: usize = 40;
const MOST: u32 = 2048;
export const rows: usize = region(ROW * <usize>MOST);
export let rowCount: u32 = 0;
/** Better read by parsing it. */
const ODD: u32 = 1;
/** Its answer has an access key. */
const HAS_KEY: u32 = 2;
/** It may have copies in other accounts: by an id as AWS writes it, or by another text, whose place is told. */
const IS_SHARED: u32 = 4;
const IS_SHARED_BY_TEXT: u32 = 8;

export function clearRows(): void {
  rowCount = 0;
}

export function isFull(): bool {
  return rowCount === MOST || isHalfFull();
}

/** The record from `start` to `end` has been read. */
export function addRow(start: usize, end: usize, isOdd: bool): void {
  const row = rows + <usize>rowCount * ROW;
  store<u32>(row, <u32>start);
  store<u32>(row, <u32>(end - start), 4);
  store<u32>(row, isOdd || !isTaken(row) || overflowed ? ODD : flags, 28);
  rowCount += 1;
}

let flags: u32 = 0;

/** False where a record has to be read in another way. */
function isTaken(row: usize): bool {
  flags = 0;
  const id = startOf(EVENT_ID);
  const idEnd = endOf(EVENT_ID);
  if (kindOf(EVENT_ID) !== TEXT || !isUuid(id, idEnd)) return false;
  const time = timeAtHand();
  if (time === UNTIMELY) return false;
  const hasMessage = kindOf(ERROR_MESSAGE) === TEXT;
  // An empty message is none, and so is `null`, which only the parser need know.
  if (hasMessage && endOf(ERROR_MESSAGE) - startOf(ERROR_MESSAGE) < 5) return false;
  const token = hashIn(id, idEnd);
  add(token);
  store<u32>(row, <u32>time, 8);
  store<u32>(row, callAtHand(), 12);
  store<u32>(row, callerAtHand(), 16);
  store<u32>(row, token, 20);
  store<u32>(row, secondHashIn(id, idEnd), 24);
  if (kindOf(ISSUED) === TEXT) flags |= HAS_KEY;
  if (hasMessage && !areNamesTold(startOf(ERROR_MESSAGE), endOf(ERROR_MESSAGE)))
    request(MESSAGE, rowCount, startOf(ERROR_MESSAGE), endOf(ERROR_MESSAGE));
  if (kindOf(SHARED_ID) === TEXT) share(row, startOf(SHARED_ID), endOf(SHARED_ID));
  return true;
}

function timeAtHand(): i64 {
  const kind = kindOf(EVENT_TIME);
  if (kind === ABSENT || kind === NULL) return <i64>UNDATED;
  const start = startOf(EVENT_TIME);
  return kind === TEXT && endOf(EVENT_TIME) - start === 20 ? secondsIn(start) : UNTIMELY;
}

function share(row: usize, start: usize, end: usize): void {
  if (!isUuid(start, end)) {
    flags |= IS_SHARED_BY_TEXT;
    store<u32>(row, <u32>start, 32);
    store<u32>(row, <u32>end, 36);
    return;
  }
  const token = hashIn(start, end);
  add(token);
  flags |= IS_SHARED;
  store<u32>(row, token, 32);
  store<u32>(row, secondHashIn(start, end), 36);
}

const tuple: usize = region(64);
const CALL_SIZE: usize = 44;
const CALLER_SIZE: usize = 20;
/** Stands for the combination that was met last where there is none. */
const nothing: usize = region(64);

/**
 * What was called, where, and how it ended: a number for each combination of what tells this. The next call of the
 * same name is most often the same.
 */
function callAtHand(): u32 {
  const name = numberFor(EVENT_NAME);
  const last = name > OBJECT ? latestWith(name - OBJECT) : 0;
  const expected = last !== 0 ? bytesOf(last) : nothing;
  store<u32>(tuple, name);
  store<u32>(tuple, numberExpected(EVENT_SOURCE, load<u32>(expected, 4)), 4);
  store<u32>(tuple, numberFor(REGION), 8);
  store<u32>(tuple, numberFor(ACCOUNT), 12);
  store<u32>(tuple, numberFor(ERROR_CODE), 16);
  store<u32>(tuple, kindOf(ERROR_MESSAGE), 20);
  store<u32>(tuple, numberFor(READ_ONLY), 24);
  store<u32>(tuple, numberFor(CATEGORY), 28);
  store<u32>(tuple, numberExpected(EVENT_TYPE, load<u32>(expected, 32)), 32);
  store<u32>(tuple, numberFor(SIGN_IN), 36);
  store<u32>(tuple, kindOf(ISSUED), 40);
  if (last !== 0 && isMadeOf(last, tuple, CALL_SIZE)) return last;
  const call = numberOf(CALL, tuple, CALL_SIZE);
  if (name > OBJECT) meet(name - OBJECT, call);
  return call;
}

/** Who called from where, the same way: a session calls from one place. The tokens of the address are added. */
function callerAtHand(): u32 {
  const principal = kindOf(IDENTITY) === OBJECT ? relatedTo(identity) : 0;
  const last = principal !== 0 ? latestWith(identity) : 0;
  const expected = last !== 0 ? bytesOf(last) : nothing;
  store<u32>(tuple, principal !== 0 ? principal + OBJECT : kindOf(IDENTITY));
  store<u32>(tuple, numberExpected(ADDRESS_OF_CALLER, load<u32>(expected, 4)), 4);
  store<u32>(tuple, numberExpected(USER_AGENT, load<u32>(expected, 8)), 8);
  store<u32>(tuple, numberFor(EVENT_TYPE), 12);
  store<u32>(tuple, numberFor(FROM_CONSOLE), 16);
  const isAgain = last !== 0 && isMadeOf(last, tuple, CALLER_SIZE);
  const caller = isAgain ? last : numberOf(CALLER, tuple, CALLER_SIZE);
  if (principal !== 0 && !isAgain) meet(identity, caller);
  if (kindOf(ADDRESS_OF_CALLER) === TEXT) {
    const start = startOf(ADDRESS_OF_CALLER);
    const end = endOf(ADDRESS_OF_CALLER);
    let address = relatedTo(caller);
    if (address === 0) {
      address = numberOf(ADDRESS, start, end - start);
      relate(caller, address);
    }
    addKnown(address, EXPAND_ADDRESS, start, end);
  }
  return caller;
}
