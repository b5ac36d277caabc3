import { region } from './memory.ts';

/**
 * The members of a CloudTrail record by name: those that something is kept of have a slot; others are known
 * only so that they are passed by quickly.
 */
export const EVENT_ID: i32 = 0;
export const EVENT_TIME: i32 = 1;
export const EVENT_SOURCE: i32 = 2;
export const EVENT_NAME: i32 = 3;
export const REGION: i32 = 4;
export const ACCOUNT: i32 = 5;
export const ERROR_CODE: i32 = 6;
export const ERROR_MESSAGE: i32 = 7;
export const READ_ONLY: i32 = 8;
export const CATEGORY: i32 = 9;
export const EVENT_TYPE: i32 = 10;
export const ADDRESS_OF_CALLER: i32 = 11;
export const USER_AGENT: i32 = 12;
export const SHARED_ID: i32 = 13;
export const FROM_CONSOLE: i32 = 14;
export const IDENTITY: i32 = 15;
export const REQUEST: i32 = 16;
export const RESPONSE: i32 = 17;
export const DETAILS: i32 = 18;
export const ADDITIONAL: i32 = 19;
export const RESOURCES: i32 = 20;
/** Not members of a record: what the answer to a sign-in says, and whether keys were handed out. */
export const SIGN_IN: i32 = 21;
export const ISSUED: i32 = 22;
/** Of a name that says nothing to us, and of one whose value is a record in an envelope. */
export const NO_SLOT: i32 = -1;
export const ENVELOPE: i32 = -2;

/** Of each name: `"name":` in 32 bytes, a mask of those that it has, its length, its slot. */
const NAME: usize = 80;
const MASK: usize = 32;
const SIZE: usize = 64;
const SLOT: usize = 68;
const MOST: i32 = 48;
const names: usize = region(NAME * <usize>MOST);
let many: i32 = 0;

name('eventID', EVENT_ID);
name('eventTime', EVENT_TIME);
name('eventSource', EVENT_SOURCE);
name('eventName', EVENT_NAME);
name('awsRegion', REGION);
name('recipientAccountId', ACCOUNT);
name('errorCode', ERROR_CODE);
name('errorMessage', ERROR_MESSAGE);
name('readOnly', READ_ONLY);
name('eventCategory', CATEGORY);
name('eventType', EVENT_TYPE);
name('sourceIPAddress', ADDRESS_OF_CALLER);
name('userAgent', USER_AGENT);
name('sharedEventID', SHARED_ID);
name('sessionCredentialFromConsole', FROM_CONSOLE);
name('userIdentity', IDENTITY);
name('requestParameters', REQUEST);
name('responseElements', RESPONSE);
name('serviceEventDetails', DETAILS);
name('additionalEventData', ADDITIONAL);
name('resources', RESOURCES);
name('eventVersion', NO_SLOT);
name('requestID', NO_SLOT);
name('managementEvent', NO_SLOT);
name('tlsDetails', NO_SLOT);
name('vpcEndpointId', NO_SLOT);
name('vpcEndpointAccountId', NO_SLOT);
name('apiVersion', NO_SLOT);
name('addendum', NO_SLOT);
name('edgeDeviceDetails', NO_SLOT);
name('eventContext', NO_SLOT);
name('insightDetails', NO_SLOT);
// Other envelopes than ours hold the record inside: the reader of log files knows them.
name('Records', ENVELOPE);
name('Events', ENVELOPE);
name('CloudTrailEvent', ENVELOPE);
name('@message', ENVELOPE);
name('message', ENVELOPE);
name('detail', ENVELOPE);

function name(words: string, slot: i32): void {
  const at = names + <usize>many * NAME;
  const size = words.length + 3;
  store<u8>(at, 0x22);
  for (let index = 0; index < words.length; index += 1)
    store<u8>(at + 1 + <usize>index, <u8>words.charCodeAt(index));
  store<u8>(at + <usize>size - 2, 0x22);
  store<u8>(at + <usize>size - 1, 0x3a);
  memory.fill(at + MASK, 0xff, size);
  store<i32>(at, size, SIZE);
  store<i32>(at, slot, SLOT);
  many += 1;
}

/** Before the first member of a record. */
export const OPENING: i32 = MOST - 1;
/** Another name than those that are known. */
export const STRANGE: i32 = -1;

/**
 * Records of one trail have their members in one order: which names followed which is remembered (the last
 * two of each), and only looked at.
 */
const followers: usize = region(2 * <usize>MOST);
memory.fill(followers, 0xff, 2 * <usize>MOST);

/** The known name at `at`, if it is one that followed this one before. */
export function nameAfter(before: i32, at: usize): i32 {
  const place = followers + ((<usize>before) << 1);
  const last = <i32>load<i8>(place);
  if (last >= 0 && isNameAt(last, at)) return last;
  const other = <i32>load<i8>(place, 1);
  if (other < 0 || !isNameAt(other, at)) return STRANGE;
  store<i8>(place, <i8>other);
  store<i8>(place, <i8>last, 1);
  return other;
}

function isNameAt(number: i32, at: usize): bool {
  const known = names + <usize>number * NAME;
  const first = v128.and(v128.xor(v128.load(at), v128.load(known)), v128.load(known, MASK));
  const second = v128.and(
    v128.xor(v128.load(at, 16), v128.load(known, 16)),
    v128.load(known, MASK + 16),
  );
  return !v128.any_true(v128.or(first, second));
}

/** The number of the known name whose opening quote is at `at`, and closing quote before `end`. */
export function nameAt(before: i32, at: usize, end: usize): i32 {
  const size = <i32>(end - at) + 1;
  for (let number = 0; number < many; number += 1) {
    const known = names + <usize>number * NAME;
    if (load<i32>(known, SIZE) !== size) continue;
    let index: usize = 1;
    while (index < <usize>size - 2 && load<u8>(at + index) === load<u8>(known + index)) index += 1;
    if (index < <usize>size - 2) continue;
    const place = followers + ((<usize>before) << 1);
    store<i8>(place, load<i8>(place), 1);
    store<i8>(place, <i8>number);
    return number;
  }
  return STRANGE;
}

/** Bytes of a name with its quotes and colon. */
export function sizeOf(number: i32): usize {
  return <usize>load<i32>(names + <usize>number * NAME, SIZE);
}

export function slotOf(number: i32): i32 {
  return load<i32>(names + <usize>number * NAME, SLOT);
}
