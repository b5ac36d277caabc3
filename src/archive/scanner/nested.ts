import { addMineIn, leaveMineUntold } from './caller-words.ts';
import {
  endOfBare,
  endOfMarkedText,
  endOfSpace,
  endOfText,
  marks,
  NOT_JSON,
} from './json-bytes.ts';
import { ABSENT, kindOf, OBJECT, setKind, setText } from './members.ts';
import { isSame, region, written } from './memory.ts';
import { IDENTITY, ISSUED, NO_SLOT, RESPONSE, SIGN_IN } from './names.ts';
import { hideIn } from './principal.ts';
import { addNumber, addText } from './words.ts';

/** Deeper records are left to the parser, which refuses them. */
const DEPTH: usize = 90;
/** Whether each level is a list. */
const levels: usize = region(DEPTH + 2);

/**
 * Behind an object or a list, whatever is in it. Identifiers are taken from its texts where `slot` is a place
 * of some. Iterative, so that no nesting can exhaust the stack.
 */
export function endOfNested(start: usize, slot: i32): usize {
  const isTold = slot >= IDENTITY;
  const isAnswer = slot === RESPONSE;
  let depth: usize = 0;
  let isList = load<u8>(start) === 0x5b;
  store<u8>(levels, isList ? 1 : 0);
  let at = start + 1;
  let isFresh = true;
  let key = NO_SLOT;
  let name: usize = 0;
  let nameEnd: usize = 0;
  while (true) {
    let c = <u32>load<u8>(at);
    if (c <= 0x20) {
      at = endOfSpace(at);
      c = load<u8>(at);
    }
    if (c === <u32>(isList ? 0x5d : 0x7d)) {
      at += 1;
      if (depth === 0) return at;
      depth -= 1;
      isList = load<u8>(levels + depth) === 1;
      isFresh = false;
      continue;
    }
    if (!isFresh) {
      if (c !== 0x2c) return NOT_JSON;
      at += 1;
      c = load<u8>(at);
      if (c <= 0x20) {
        at = endOfSpace(at);
        c = load<u8>(at);
      }
    }
    isFresh = false;
    if (!isList) {
      if (c !== 0x22) return NOT_JSON;
      name = at + 1;
      at = endOfText(at);
      if (at === NOT_JSON) return NOT_JSON;
      nameEnd = at - 1;
      if (isAnswer) key = depth <= 1 ? answered(name, nameEnd, depth) : NO_SLOT;
      if (load<u8>(at) !== 0x3a) {
        at = endOfSpace(at);
        if (load<u8>(at) !== 0x3a) return NOT_JSON;
      }
      at += 1;
      c = load<u8>(at);
      if (c <= 0x20) {
        at = endOfSpace(at);
        c = load<u8>(at);
      }
    }
    if (c === 0x22) {
      const text = at + 1;
      if (!isTold) {
        at = endOfText(at);
        if (at === NOT_JSON) return NOT_JSON;
        continue;
      }
      at = endOfMarkedText(at);
      if (at === NOT_JSON) return NOT_JSON;
      if (slot === IDENTITY) {
        addMineIn(text, at - 1, marks);
        if (!isList) hideIn(name, nameEnd, text, at - 1);
      } else {
        if (key !== NO_SLOT) answer(key, text, at - 1);
        addText(text, at - 1, marks);
      }
    } else if (c === 0x7b || c === 0x5b) {
      if (key === SIGN_IN) setKind(SIGN_IN, OBJECT);
      depth += 1;
      if (depth > DEPTH) return NOT_JSON;
      isList = c === 0x5b;
      store<u8>(levels + depth, isList ? 1 : 0);
      at += 1;
      isFresh = true;
      key = NO_SLOT;
    } else {
      const value = at;
      at = endOfBare(value);
      if (at === NOT_JSON) return NOT_JSON;
      if (key === SIGN_IN) setKind(SIGN_IN, OBJECT);
      if (c > 0x39 || !isTold) continue;
      if (slot === IDENTITY) leaveMineUntold();
      else addNumber(value, at);
    }
  }
}

const CONSOLE_LOGIN = written('ConsoleLogin');
const ACCESS_KEY_ID = written('accessKeyId');

/** The slot of a member of an answer, where it has one. */
function answered(start: usize, end: usize, depth: usize): i32 {
  const length = end - start;
  if (depth === 0) {
    if (length === 12 && isSame(start, CONSOLE_LOGIN, 12)) return SIGN_IN;
  } else if (length === 11 && isSame(start, ACCESS_KEY_ID, 11)) return ISSUED;
  // Other letters may be meant for one of these.
  for (let at = start; at < end; at += 1) if (load<u8>(at) === 0x5c) setKind(SIGN_IN, OBJECT);
  return NO_SLOT;
}

/** A second sign-in in one answer is better parsed. */
function answer(key: i32, start: usize, end: usize): void {
  if (key === SIGN_IN && kindOf(SIGN_IN) !== ABSENT) setKind(SIGN_IN, OBJECT);
  else setText(key, start, end);
}
