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
 * read, only compared: an object's text ends where the object ends. Short ones, as of services, are looked for by
 * their first letters: what is behind them differs from record to record.
 */
const LOOKS: u32 = 1 << 12;
const looks: usize = region(4 * <usize>LOOKS);
const SHORT_LOOKS: u32 = 1 << 10;
const shortLooks: usize = region(4 * <usize>SHORT_LOOKS);

/** Nobody's identity is longer; its record is parsed. */
const LONGEST_IDENTITY: usize = 1 << 14;

/** The number of the identity of the record at hand; 0 where it is not kept. */
export let identity: u32 = 0;

/** Behind the object that begins at `at`. */
export function endOfIdentity(at: usize, textEnd: usize): usize {
  const shortLook = shortLooks + ((<usize>(shortLookAt(at) & (SHORT_LOOKS - 1))) << 2);
  const endOfShort = endOfKnown(load<u32>(shortLook), at, textEnd);
  if (endOfShort !== NOT_JSON) return endOfShort;
  const look = looks + ((<usize>(lookAt(at) & (LOOKS - 1))) << 2);
  const endOfLong = endOfKnown(load<u32>(look), at, textEnd);
  if (endOfLong !== NOT_JSON) return endOfLong;
  beginMine();
  beginPrincipal();
  const end = endOfNested(at, IDENTITY);
  identity = 0;
  if (end === NOT_JSON || end - at > LONGEST_IDENTITY) return end;
  identity = numberOf(IDENTITY_TEXT, at, end - at);
  store<u32>(end - at < LOOKED_AT ? shortLook : look, identity);
  if (relatedTo(identity) === 0) relate(identity, principalIn(at, end));
  if (isTold(identity) || isMineUntold) addKnown(identity, EXPAND_IDENTITY, at, end);
  else told(identity, mine, mineCount);
  return end;
}

/** Behind the object that begins at `at`, if it is this one. */
function endOfKnown(known: u32, at: usize, textEnd: usize): usize {
  if (known === 0) return NOT_JSON;
  const end = at + lengthOf(known);
  if (end > textEnd || !isSame(bytesOf(known), at, end - at)) return NOT_JSON;
  identity = known;
  addKnown(known, EXPAND_IDENTITY, at, end);
  return end;
}

/** Letters where identities differ: kinds and names of services; ids, sessions, keys. */
const SHORT_FROM: usize = 16;
const SHORT_TO: usize = 48;
const LOOKED_AT: usize = 288;
const MULTIPLIER: u64 = (0xff51afd7 << 32) | 0xed558ccd;

function shortLookAt(start: usize): u32 {
  let hash: u64 = 7;
  for (let at = start + SHORT_FROM; at < start + SHORT_TO; at += 8) hash = stirred(hash, at);
  return <u32>hash;
}

/** Four hashes side by side take less time than one. */
function lookAt(start: usize): u32 {
  let one: u64 = 1;
  let two: u64 = 2;
  let three: u64 = 3;
  let four: u64 = 4;
  for (let at = start + 32; at < start + LOOKED_AT; at += 32) {
    one = stirred(one, at);
    two = stirred(two, at + 8);
    three = stirred(three, at + 16);
    four = stirred(four, at + 24);
  }
  return <u32>(one ^ rotl<u64>(two, 16) ^ rotl<u64>(three, 32) ^ rotl<u64>(four, 48));
}

function stirred(hash: u64, at: usize): u64 {
  const product = (hash ^ load<u64>(at)) * MULTIPLIER;
  return product ^ (product >>> 32);
}
