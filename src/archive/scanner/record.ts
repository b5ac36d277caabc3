import { endOfIdentity, identity } from './identity.ts';
import {
  ESCAPE,
  endOfBare,
  endOfMarkedText,
  endOfSpace,
  endOfText,
  marks,
  NOT_JSON,
  WIDE,
} from './json-bytes.ts';
import {
  ABSENT,
  clearMembers,
  FALSE,
  kindOf,
  NULL,
  OBJECT,
  setKind,
  setText,
  TRUE,
} from './members.ts';
import {
  ENVELOPE,
  ERROR_MESSAGE,
  IDENTITY,
  NO_SLOT,
  nameAfter,
  nameAt,
  OPENING,
  READ_ONLY,
  RESPONSE,
  SIGN_IN,
  STRANGE,
  sizeOf,
  slotOf,
} from './names.ts';
import { endOfNested } from './nested.ts';
import { beginRecord } from './requests.ts';
import { addRow } from './rows.ts';
import { addNumber, addText } from './words.ts';

/** Bytes of the word `null` where each of its letters is escaped, with the quotes. */
const LONGEST_NULL: usize = 26;

/** Behind the record that begins at `start`, which has become a row; NOT_JSON also for one in an envelope. */
export function endOfRecord(start: usize, textEnd: usize): usize {
  clearMembers();
  beginRecord();
  let isOdd = false;
  let before = OPENING;
  let at = start + 1;
  for (let isFresh = true; ; isFresh = false) {
    let c = <u32>load<u8>(at);
    if (c <= 0x20) {
      at = endOfSpace(at);
      c = load<u8>(at);
    }
    if (c === 0x7d) break;
    if (!isFresh) {
      if (c !== 0x2c) return NOT_JSON;
      at += 1;
      if (load<u8>(at) <= 0x20) at = endOfSpace(at);
    }
    let slot = NO_SLOT;
    const guess = nameAfter(before, at);
    if (guess !== STRANGE) {
      slot = slotOf(guess);
      at += sizeOf(guess);
      before = guess;
    } else {
      if (load<u8>(at) !== 0x22) return NOT_JSON;
      const name = at;
      at = endOfMarkedText(at);
      if (at === NOT_JSON) return NOT_JSON;
      const number = nameAt(before, name, at);
      if (number !== STRANGE) {
        before = number;
        slot = slotOf(number);
      } else if ((marks & ESCAPE) !== 0) isOdd = true;
      if (load<u8>(at) !== 0x3a) {
        at = endOfSpace(at);
        if (load<u8>(at) !== 0x3a) return NOT_JSON;
      }
      at += 1;
    }
    // The name of a member in an envelope; a name twice, or in other letters than its own, may be ours.
    if (slot === ENVELOPE) return NOT_JSON;
    if (slot >= 0 && kindOf(slot) !== ABSENT) isOdd = true;
    c = load<u8>(at);
    if (c <= 0x20) {
      at = endOfSpace(at);
      c = load<u8>(at);
    }
    const value = at;
    if (c === 0x22) {
      if (slot < 0) {
        at = endOfText(at);
        if (at === NOT_JSON) return NOT_JSON;
        continue;
      }
      at = endOfMarkedText(at);
      if (at === NOT_JSON) return NOT_JSON;
      setText(slot, value + 1, at - 1);
      if (slot >= IDENTITY) {
        // An object written as a text.
        if (slot === IDENTITY || slot === RESPONSE) isOdd = true;
        else addText(value + 1, at - 1, marks);
      } else if (
        (marks & (ESCAPE | WIDE)) !== 0 &&
        (slot !== ERROR_MESSAGE || at - value <= LONGEST_NULL)
      )
        isOdd = true;
    } else if (c === 0x7b || c === 0x5b) {
      at =
        slot === IDENTITY && c === 0x7b ? endOfIdentity(value, textEnd) : endOfNested(value, slot);
      if (at === NOT_JSON) return NOT_JSON;
      if (slot < 0) continue;
      setKind(slot, OBJECT);
      if (slot < IDENTITY || (slot <= RESPONSE && c === 0x5b)) isOdd = true;
      if (slot === IDENTITY && identity === 0) isOdd = true;
    } else {
      at = endOfBare(value);
      if (at === NOT_JSON) return NOT_JSON;
      if (slot < 0) continue;
      if (c <= 0x39) {
        if (slot > IDENTITY) addNumber(value, at);
        isOdd = true;
      } else {
        setKind(slot, c === 0x74 ? TRUE : c === 0x66 ? FALSE : NULL);
        if (c !== 0x6e && slot !== READ_ONLY) isOdd = true;
      }
    }
  }
  addRow(start, at + 1, isOdd || kindOf(SIGN_IN) === OBJECT);
  return at + 1;
}
