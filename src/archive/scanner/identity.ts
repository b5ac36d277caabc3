import { beginMine, isMineUntold, mine, mineCount } from './caller-words.ts';
import { NOT_JSON } from './json-bytes.ts';
import { bytesOf, IDENTITY_TEXT, isTold, lengthOf, numberOf, relate, relatedTo } from './known.ts';
import { isSame, region } from './memory.ts';
import { IDENTITY } from './names.ts';
import { endOfNested } from './nested.ts';
import { beginPrincipal, principalIn } from './principal.ts';
import { EXPAND_IDENTITY } from './requests.ts';
import { addKnown, told } from './words.ts';

/**
 * Identities that were read before. The same session calls again and again, so that most of them need not be
 * read, only compared: an object's text ends where the object ends.
 */
const LOOKS: u32 = 1 << 12;
const looks: usize = region(4 * <usize>LOOKS);

/** Nobody's identity is longer; its record is parsed. */
const LONGEST_IDENTITY: usize = 1 << 14;

/** The number of the identity of the record at hand; 0 where it is not kept. */
export let identity: u32 = 0;

/** Behind the object that begins at `at`. */
export function endOfIdentity(at: usize, textEnd: usize): usize {
  const look = looks + ((<usize>(lookAt(at) & (LOOKS - 1))) << 2);
  const known = load<u32>(look);
  if (known !== 0) {
    const end = at + lengthOf(known);
    if (end <= textEnd && isSame(bytesOf(known), at, end - at)) {
      identity = known;
      addKnown(known, EXPAND_IDENTITY, at, end);
      return end;
    }
  }
  beginMine();
  beginPrincipal();
  const end = endOfNested(at, IDENTITY);
  identity = 0;
  if (end === NOT_JSON || end - at > LONGEST_IDENTITY) return end;
  identity = numberOf(IDENTITY_TEXT, at, end - at);
  store<u32>(look, identity);
  if (relatedTo(identity) === 0) relate(identity, principalIn(at, end));
  if (isTold(identity) || isMineUntold) addKnown(identity, EXPAND_IDENTITY, at, end);
  else told(identity, mine, mineCount);
  return end;
}

/** Letters where identities differ: ids, sessions, keys. */
const LOOKED_AT: usize = 288;
const MULTIPLIER: u64 = (0xff51afd7 << 32) | 0xed558ccd;

function lookAt(start: usize): u32 {
  let hash: u64 = 7;
  for (let at: usize = 24; at < LOOKED_AT; at += 8) {
    hash = (hash ^ load<u64>(start + at)) * MULTIPLIER;
    hash ^= hash >>> 32;
  }
  return <u32>hash;
}
