import { finished, hashesOf, mixed, SEED } from './hashes.ts';

/**
 * Identifiers as 32-bit tokens. Both sides of a lookup, what a record holds and what is asked for, become
 * tokens by the same rules, so that whatever the core takes for the same identifier has the same token:
 * letters in either case, and with or without the dot at the end of a DNS name. Tokens of different
 * identifiers may be equal; the core compares exactly.
 *
 * Of an ARN the index holds the pieces between its colons and slashes: whatever can be asked for by name is
 * made of whole ones, so that one of them is enough to find it.
 */

/** Shorter words stand in nearly every record. */
export const SHORTEST = 3;
/** Longer ones are bodies and session tokens; of what is asked for, less is looked for in the index. */
export const LONGEST = 640;
const LONGEST_ASKED = 320;
/** Bytes of a number that may be an identifier, as accounts are; smaller ones count something. */
export const SHORTEST_NUMBER = 9;
/** Moments stand in many records and name nothing. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/i;

/** The token of one word as a record holds it; null where it is too short or too long to be one. */
export function tokenIn(word: string): number | null {
  const end = word.endsWith('.') ? word.length - 1 : word.length;
  let hash = SEED;
  let four = 0;
  for (let at = 0; at < end; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 0x80) return tokenOfWide(normal(word));
    four |= (code | 0x20) << (8 * (at & 3));
    if ((at & 3) !== 3) continue;
    hash = mixed(hash, four);
    four = 0;
  }
  if ((end & 3) !== 0) hash = mixed(hash, four);
  return end < SHORTEST || end > LONGEST ? null : finished(hash, end);
}

function tokenOfWide(word: string): number | null {
  const length = Buffer.byteLength(word);
  return length < SHORTEST || length > LONGEST ? null : hashesOf(word)[0];
}

function normal(word: string): string {
  const lower = word.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whatever `carries` may compare one leaf with: the leaf, or of an ARN the pieces of its names. */
export function wordsIn(value: string): string[] {
  if (!value.startsWith('arn:')) return [value];
  const resource = value.split(':').slice(5).join(':');
  return (resource === '' ? value : resource).split(SEPARATORS);
}

const SEPARATORS = /[:/]/;

/** The names that a member of `userIdentity` may give to a caller: pieces of ARNs, sessions, mail boxes. */
export function callerWordsIn(value: string): string[] {
  if (MOMENT.test(value)) return [];
  const colon = value.indexOf(':');
  const parts = value.startsWith('arn:')
    ? value.split(SEPARATORS)
    : [value, ...value.split('/'), ...(colon < 0 ? [] : [value.slice(colon + 1)])];
  return [...parts, ...parts.flatMap((part) => (part.includes('@') ? [mailBox(part)] : []))];
}

export function mailBox(word: string): string {
  return word.slice(0, word.indexOf('@'));
}

/**
 * The tokens of which a record must hold one to carry this identifier, or to be called by it; null where
 * tokens cannot tell (too short, too long, or a word such as `true` that is no string in the record).
 */
export function tokensOf(identifier: string): number[] | null {
  const object = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(identifier);
  if (object) return (object[2] && tokensOf(object[2])) || tokensOf(object[1] ?? '');
  const pieces = identifier.split(SEPARATORS);
  if (pieces.length === 1) return together([identifier]);
  // The ARN of a role has the last piece alone in common with those of its sessions.
  const telling = identifier.startsWith('arn:')
    ? pieces.at(-1)
    : pieces.findLast((piece) => together([piece]) !== null);
  return telling === undefined ? null : together([identifier, telling]);
}

/** The tokens of some words, any of which will do. */
export function together(words: string[]): number[] | null {
  const tokens = words.map((word) =>
    Buffer.byteLength(word) > LONGEST_ASKED || isUntold(word) ? null : tokenIn(word),
  );
  return tokens.includes(null) ? null : (tokens as number[]);
}

/** Words that a record may hold as no text, or that were not worth a place in the index. */
function isUntold(word: string): boolean {
  return (
    /^(true|false)$/i.test(word) ||
    MOMENT.test(word) ||
    (word.length < SHORTEST_NUMBER && /^[-+.\de]+$/i.test(word))
  );
}
