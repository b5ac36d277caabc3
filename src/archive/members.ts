import { firstOf } from './hashes.ts';

/**
 * The members of a CloudTrail record: those that the archive keeps something of have a slot; the others are
 * known by name only so that they are passed by quickly.
 */
export const SLOTS = [
  'eventID',
  'eventTime',
  'eventSource',
  'eventName',
  'awsRegion',
  'recipientAccountId',
  'errorCode',
  'errorMessage',
  'readOnly',
  'eventCategory',
  'eventType',
  'sourceIPAddress',
  'userAgent',
  'sharedEventID',
  'sessionCredentialFromConsole',
  'userIdentity',
  'requestParameters',
  'responseElements',
  'serviceEventDetails',
  'additionalEventData',
  'resources',
  // Not members of a record: what the answer to a sign-in says, and whether keys were handed out.
  'ConsoleLogin',
  'accessKeyId',
] as const;
export type Slot = (typeof SLOTS)[number];
const slot = (name: Slot) => SLOTS.indexOf(name);
export const EVENT_ID = slot('eventID');
export const EVENT_TIME = slot('eventTime');
export const ERROR_MESSAGE = slot('errorMessage');
export const READ_ONLY = slot('readOnly');
export const ADDRESS = slot('sourceIPAddress');
export const SHARED_ID = slot('sharedEventID');
export const IDENTITY = slot('userIdentity');
export const REQUEST = slot('requestParameters');
export const RESPONSE = slot('responseElements');
export const SIGN_IN = slot('ConsoleLogin');
export const ISSUED = slot('accessKeyId');

/** What is in a slot. */
export const ABSENT = 0;
export const TEXT = 1;
export const NULL = 2;
export const TRUE = 3;
export const FALSE = 4;
export const OBJECT = 5;

/** Members by slot: what they are, and their bytes (of texts without the quotes, with their hash). */
export type Members = {
  kind: Uint8Array;
  start: Int32Array;
  end: Int32Array;
  hash: Int32Array;
};

export function createMembers(): Members {
  return {
    kind: new Uint8Array(SLOTS.length),
    start: new Int32Array(SLOTS.length),
    end: new Int32Array(SLOTS.length),
    hash: new Int32Array(SLOTS.length),
  };
}

/** No slot: of a name that says nothing to us, and of one whose value is a record in an envelope. */
export const NO_SLOT = -1;
export const ENVELOPE = -2;

/** Other envelopes than ours hold the record inside: the reader of log files knows them. */
const ENVELOPES = ['Records', 'Events', 'CloudTrailEvent', '@message', 'message', 'detail'];
const PASSED_BY = [
  'eventVersion',
  'requestID',
  'managementEvent',
  'tlsDetails',
  'vpcEndpointId',
  'vpcEndpointAccountId',
  'apiVersion',
  'addendum',
  'edgeDeviceDetails',
  'eventContext',
  'insightDetails',
];

type Name = { bytes: Uint8Array; slot: number };

/** Every name that we know, as `"name":` is written where nothing stands between. */
const NAMES: Name[] = [
  ...SLOTS.slice(0, SIGN_IN).map((name, index) => named(name, index)),
  ...PASSED_BY.map((name) => named(name, NO_SLOT)),
  ...ENVELOPES.map((name) => named(name, ENVELOPE)),
];

function named(name: string, index: number): Name {
  return { bytes: Buffer.from(`"${name}":`), slot: index };
}

/** Four bytes of names at a time: of each name so many words, the last one filled up with zeros. */
const WORDS_OF_NAME = 8;
const WORDS = new Int32Array(NAMES.length * WORDS_OF_NAME);
const SIZES = Int32Array.from(NAMES, ({ bytes }) => bytes.length);
const SLOT_OF = Int8Array.from(NAMES, (name) => name.slot);
for (const [number, { bytes }] of NAMES.entries()) {
  const padded = Buffer.alloc(WORDS_OF_NAME * 4);
  padded.set(bytes);
  for (let word = 0; word < WORDS_OF_NAME; word += 1)
    WORDS[number * WORDS_OF_NAME + word] = padded.readInt32LE(word * 4);
}

/** Bytes that must be there to be read behind any place at which a name may begin. */
export const SLACK = Math.max(...SIZES) + 4;

/** Before the first member of a record. */
export const OPENING = NAMES.length;

/**
 * Records of one trail have their members in one order: which name follows which is remembered, and only
 * looked at.
 */
export function createNameGuess() {
  const follower = new Int8Array(NAMES.length + 1).fill(-1);
  return {
    /** The number of the known name at `at`; −1 where it is another one than last time. */
    after(before: number, view: DataView, at: number): number {
      const guess = follower[before] as number;
      if (guess < 0) return -1;
      const size = SIZES[guess] as number;
      let word = guess * WORDS_OF_NAME;
      let read = 0;
      for (; read + 4 <= size; read += 4, word += 1)
        if (view.getInt32(at + read, true) !== WORDS[word]) return -1;
      const last = firstOf(view.getInt32(at + read, true), size - read);
      return read === size || last === WORDS[word] ? guess : -1;
    },
    follows(before: number, number: number): void {
      follower[before] = number;
    },
  };
}

export const slotOf = (number: number) => SLOT_OF[number] as number;
/** Bytes of a name with its quotes and colon. */
export const sizeOf = (number: number) => SIZES[number] as number;

/** Names by their length and first letter. */
const BY_SHAPE = new Map<number, number[]>();
for (const [number, { bytes }] of NAMES.entries()) {
  const shape = shapeOf(bytes.length - 3, bytes[1] as number);
  BY_SHAPE.set(shape, [...(BY_SHAPE.get(shape) ?? []), number]);
}

function shapeOf(length: number, first: number): number {
  return (length << 8) | first;
}

/** The number of the known name between two quotes; −1 where we know none of this name. */
export function numberOfName(b: Uint8Array, start: number, end: number): number {
  const alike = BY_SHAPE.get(shapeOf(end - start, b[start] as number)) ?? [];
  for (const number of alike)
    if (isSame((NAMES[number] as Name).bytes, b, start, end)) return number;
  return -1;
}

function isSame(name: Uint8Array, b: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (name[at - start + 1] !== b[at]) return false;
  return true;
}

/** Is this the name of a slot? */
export function isNamed(index: number, b: Uint8Array, start: number, end: number): boolean {
  const name = SLOTS[index] as Slot;
  if (name.length !== end - start) return false;
  for (let at = 0; at < name.length; at += 1)
    if (name.charCodeAt(at) !== b[start + at]) return false;
  return true;
}
