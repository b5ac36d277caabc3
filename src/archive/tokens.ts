import { namesIn } from '../core/evidence/identifiers.ts';

/**
 * Identifiers as 32-bit tokens. Both sides of a lookup, what a record holds and what is asked for, become
 * tokens by the same rules, so that whatever the core takes for the same identifier has the same token:
 * letters in either case, and with or without the dot at the end of a DNS name. Tokens of different
 * identifiers may be equal; the core compares exactly.
 */

export const SEED = 0x811c9dc5 | 0;
export const PRIME = 0x01000193;
/** The second hash keeps the case, and tells apart what shares a token. */
export const SEED_2 = 0x9747b28c | 0;
export const PRIME_2 = 0x85ebca6b | 0;

/** Shorter words stand in nearly every record. */
export const SHORTEST = 3;
/** Longer ones are bodies and session tokens; of what is asked for, less is looked for in the index. */
export const LONGEST = 640;
const LONGEST_ASKED = 320;
/** Bytes of a number that may be an identifier, as accounts are; smaller ones count something. */
export const SHORTEST_NUMBER = 9;
/** Moments stand in many records and name nothing. */
const MOMENT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/i;

/**
 * Spreads the bits of a running hash. Never zero, which marks an empty slot; signed, because such numbers
 * cost no allocation.
 */
export function finished(hash: number): number {
  let h = hash ^ (hash >>> 16);
  h = Math.imul(h, 0x7feb352d);
  h ^= h >>> 15;
  h = Math.imul(h, 0x846ca68b);
  return (h ^ (h >>> 16)) | 0 || 1;
}

/** The token of one word as a record holds it; null where it is too short or too long to be one. */
export function tokenIn(word: string): number | null {
  const end = word.endsWith('.') ? word.length - 1 : word.length;
  let h = SEED;
  for (let at = 0; at < end; at += 1) {
    const code = word.charCodeAt(at);
    if (code >= 0x80) return tokenInBytes(Buffer.from(normal(word)));
    h = Math.imul(h ^ (code | 0x20), PRIME);
  }
  return end < SHORTEST || end > LONGEST ? null : finished(h);
}

function tokenInBytes(bytes: Uint8Array): number | null {
  if (bytes.length < SHORTEST || bytes.length > LONGEST) return null;
  let h = SEED;
  for (let at = 0; at < bytes.length; at += 1)
    h = Math.imul(h ^ ((bytes[at] as number) | 0x20), PRIME);
  return finished(h);
}

/** Two 32-bit hashes of a text, as good as one of 64 bits. */
export function hashesOf(words: string): [number, number] {
  const bytes = Buffer.from(words);
  let h = SEED;
  let g = SEED_2;
  for (let at = 0; at < bytes.length; at += 1) {
    const byte = bytes[at] as number;
    h = Math.imul(h ^ (byte | 0x20), PRIME);
    g = Math.imul(g ^ byte, PRIME_2);
  }
  return [finished(h), finished(g)];
}

function normal(word: string): string {
  const lower = word.toLowerCase();
  return lower.endsWith('.') ? lower.slice(0, -1) : lower;
}

/** Whatever `carries` may compare one leaf with: the leaf, and the names inside an ARN. */
export function wordsIn(value: string): string[] {
  return value.startsWith('arn:') ? [value, ...namesIn(value)] : [value];
}

/** The names that a member of `userIdentity` may give to a caller: parts of ARNs, sessions, mail boxes. */
export function callerWordsIn(value: string): string[] {
  const colon = value.indexOf(':');
  const parts = [value, ...value.split('/'), ...(colon < 0 ? [] : [value.slice(colon + 1)])];
  return [...parts, ...parts.flatMap((part) => (part.includes('@') ? [mailBox(part)] : []))];
}

export function mailBox(word: string): string {
  return word.slice(0, word.indexOf('@'));
}

/**
 * The tokens of which a record must hold one to carry this identifier; null where tokens cannot tell
 * (too short, too long, or a word such as `true` that is no string in the record).
 */
export function tokensOf(identifier: string): number[] | null {
  const object = /^s3:\/\/([^/]+)\/?(.*)$/s.exec(identifier);
  if (object) return (object[2] && tokensOf(object[2])) || tokensOf(object[1] ?? '');
  if (!identifier.startsWith('arn:')) return together([identifier]);
  const last = identifier.split(':').slice(5).join(':').split(/[:/]/).at(-1) ?? '';
  return together(last === '' ? [identifier] : [identifier, last]);
}

/** The same for who called: a name, or an ARN, whose sessions carry only the role's name. */
export function callerTokensOf(actor: string): number[] | null {
  const last = actor.startsWith('arn:') ? (actor.split('/').at(-1) ?? actor) : actor;
  return together([...new Set([actor, last])]);
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
