import { region } from './memory.ts';
import { isArn, isMoment, isPlain, tokenOf } from './words.ts';

/** The tokens of the identity that is being read, each once. */
const MOST_MINE: u32 = 256;
export const mine: usize = region(4 * <usize>MOST_MINE);
export let mineCount: u32 = 0;
/** Its tokens cannot be told without parsing it. */
export let isMineUntold: bool = false;

export function beginMine(): void {
  mineCount = 0;
  isMineUntold = false;
}

export function leaveMineUntold(): void {
  isMineUntold = true;
}

/** What `callerWordsIn` has of a text of an identity. */
export function addMineIn(start: usize, end: usize, marks: i32): void {
  if (!isPlain(start, marks)) isMineUntold = true;
  if (isMineUntold || isMoment(start, end)) return;
  const isNameOfArn = isArn(start);
  if (!isNameOfArn) addMineWithMailBox(start, end);
  let from = start;
  let colon: usize = 0;
  for (let at = start; at < end; at += 1) {
    const c = load<u8>(at);
    if (c === 0x3a && colon === 0) colon = at;
    if (c !== 0x2f && !(isNameOfArn && c === 0x3a)) continue;
    addMineWithMailBox(from, at);
    from = at + 1;
  }
  if (from > start) addMineWithMailBox(from, end);
  if (!isNameOfArn && colon !== 0) addMineWithMailBox(colon + 1, end);
}

function addMineWithMailBox(start: usize, end: usize): void {
  addMine(start, end);
  for (let at = start; at < end; at += 1)
    if (load<u8>(at) === 0x40) {
      addMine(start, at);
      return;
    }
}

function addMine(start: usize, end: usize): void {
  const token = tokenOf(start, end);
  if (token === 0) return;
  for (let index: u32 = 0; index < mineCount; index += 1)
    if (load<u32>(mine + ((<usize>index) << 2)) === token) return;
  if (mineCount === MOST_MINE) {
    isMineUntold = true;
    return;
  }
  store<u32>(mine + ((<usize>mineCount) << 2), token);
  mineCount += 1;
}
