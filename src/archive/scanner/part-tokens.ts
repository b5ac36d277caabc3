import { region } from './memory.ts';

/** The tokens of the part at hand, each once, in no order. Tables of most parts fit into the nearest cache. */
let slots: usize = region(4 << 13);
let mask: u32 = (1 << 13) - 1;
let members: usize = region(4 << 12);
let size: u32 = 0;

export function add(token: u32): void {
  let at = token & mask;
  while (true) {
    const there = load<u32>(slots + (at << 2));
    if (there === token) return;
    if (there === 0) break;
    at = (at + 1) & mask;
  }
  store<u32>(slots + (at << 2), token);
  store<u32>(members + (size << 2), token);
  size += 1;
  if (size << 1 > mask) grow();
}

export function addAll(tokens: usize, count: u32): void {
  const end = tokens + ((<usize>count) << 2);
  for (let at = tokens; at < end; at += 4) add(load<u32>(at));
}

function grow(): void {
  const room = <usize>(mask + 1);
  const wider = region(room << 2);
  memory.copy(wider, members, (<usize>size) << 2);
  members = wider;
  slots = region(room << 3);
  mask = (mask << 1) | 1;
  for (let index: u32 = 0; index < size; index += 1) {
    const token = load<u32>(members + (index << 2));
    let at = token & mask;
    while (load<u32>(slots + (at << 2)) !== 0) at = (at + 1) & mask;
    store<u32>(slots + (at << 2), token);
  }
}

export function tokensOfPart(): usize {
  return members;
}

export function countOfPart(): u32 {
  return size;
}

/** Another part begins. */
export function forget(): void {
  memory.fill(slots, 0, (<usize>(mask + 1)) << 2);
  size = 0;
}
