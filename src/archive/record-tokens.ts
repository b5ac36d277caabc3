import type { Json } from '../core/json.ts';
import { hashIn } from './hashes.ts';
import { createNumberSet } from './intern.ts';
import { IDENTITY } from './members.ts';
import { secondsIn } from './record-fields.ts';
import type { Sink, Text } from './scan-records.ts';
import { LONGEST, SHORTEST, SHORTEST_NUMBER, tokenIn } from './tokens.ts';
import { callerWords, type Expanded, type Vocabulary } from './vocabulary.ts';

/** The tokens of a part: of everything in its records that an identifier may be. */
export type RecordTokens = Pick<Sink, 'text' | 'number' | 'identity' | 'newIdentity'> & {
  /** What is read from now on. */
  read(text: Text): void;
  add(token: number): void;
  addWords(words: string[]): void;
  /** The same of a text that was seen before as a rule. */
  addKnown(which: Expanded, start: number, end: number, hash: number): void;
  /** The number of the identity of the record at hand. */
  identityAtHand(): number;
  /** The tokens of the part, each once; another part begins. */
  endPart(): Int32Array;
};

/** The words that a text stands for are looked up, where it is no longer than this. */
const KNOWN_LENGTH = 1024;
const [DOT, COLON, SLASH, AT, BRACE, BRACKET] = [0x2e, 0x3a, 0x2f, 0x40, 0x7b, 0x5b];
/** `arn:` */
const ARN = 0x3a6e7261;

export function createRecordTokens(known: Vocabulary): RecordTokens {
  const tokens = createNumberSet();
  let text: Text;
  let part = 1;
  let identity = -1;
  /** Tokens of the identity that is being read; null where it has to be parsed. */
  let mine: number[] | null = [];

  function addWords(words: string[]): void {
    for (const word of words) {
      const token = tokenIn(word);
      if (token !== null) tokens.add(token);
    }
  }

  function addKnown(which: Expanded, start: number, end: number, hash: number): void {
    const number = which.texts.numberOf(text, start, end, hash);
    if (which.addedIn[number] === part) return;
    which.addedIn[number] = part;
    which.tokens[number] ??= tokensIn(which.wordsIn(unescaped(text, start, end)));
    for (const token of which.tokens[number]) tokens.add(token);
  }

  /** No more than its bytes has to be known of a text: nothing is escaped, encoded, or inside of it. */
  function isPlain(start: number, marks: number): boolean {
    const first = text.bytes[start] as number;
    return marks === 0 && first > 0x20 && first !== BRACE && first !== BRACKET;
  }

  function tokenAt(start: number, to: number): number | null {
    const end = text.bytes[to - 1] === DOT ? to - 1 : to;
    return end - start < SHORTEST || end - start > LONGEST ? null : hashIn(text.words, start, end);
  }

  /** The pieces of an ARN's names, as `wordsIn` has them. */
  function addPieces(start: number, end: number): void {
    const { bytes } = text;
    let from = start;
    for (let colons = 0; from < end && colons < 5; from += 1)
      if (bytes[from] === COLON) colons += 1;
    // An ARN without a name.
    if (from >= end) from = start;
    for (let at = from; at <= end; at += 1) {
      if (at < end && bytes[at] !== COLON && bytes[at] !== SLASH) continue;
      const token = tokenAt(from, at);
      if (token !== null) tokens.add(token);
      from = at + 1;
    }
  }

  function addMine(list: number[], start: number, end: number): void {
    const token = tokenAt(start, end);
    if (token !== null) list.push(token);
    const at = text.bytes.subarray(start, end).indexOf(AT);
    const mailBox = at < 0 ? null : tokenAt(start, start + at);
    if (mailBox !== null) list.push(mailBox);
  }

  /** What `callerWordsIn` has of a text of an identity. */
  function addOfCaller(list: number[], start: number, end: number): void {
    const { bytes, words } = text;
    if (end - start === 20 && secondsIn(bytes, start) >= 0) return;
    const isArn = words.getInt32(start, true) === ARN;
    if (!isArn) addMine(list, start, end);
    let [from, colon] = [start, -1];
    for (let at = start; at < end; at += 1) {
      const c = bytes[at];
      if (c === COLON && colon < 0) colon = at;
      if (c !== SLASH && !(isArn && c === COLON)) continue;
      addMine(list, from, at);
      from = at + 1;
    }
    if (from > start) addMine(list, from, end);
    if (!isArn && colon >= 0) addMine(list, colon + 1, end);
  }

  function addIdentity(): void {
    if (known.addedIn[identity] === part) return;
    known.addedIn[identity] = part;
    for (const token of known.tokens[identity] as number[]) tokens.add(token);
  }

  return {
    read(next) {
      text = next;
    },
    add: tokens.add,
    addWords,
    addKnown,
    identityAtHand: () => identity,
    endPart() {
      part += 1;
      return tokens.drain();
    },
    text(slot, start, end, hash, marks) {
      const length = end - start;
      const plain = isPlain(start, marks);
      if (slot === IDENTITY) {
        if (!plain) mine = null;
        else if (mine) addOfCaller(mine, start, end);
      } else if (length < SHORTEST) return;
      else if (!plain) {
        if (length <= KNOWN_LENGTH) addKnown(known.place, start, end, hash);
        else addWords(known.place.wordsIn(unescaped(text, start, end)));
      } else if (text.words.getInt32(start, true) === ARN) addPieces(start, end);
      else if (text.bytes[end - 1] === DOT) addWords([unescaped(text, start, end)]);
      else if (length <= LONGEST && !(length === 20 && secondsIn(text.bytes, start) >= 0))
        tokens.add(hash);
    },
    number(slot, start, end) {
      if (slot === IDENTITY) mine = null;
      else if (end - start >= SHORTEST_NUMBER || hasExponent(text, start, end))
        addWords([String(Number(text.bytes.toString('latin1', start, end)))]);
    },
    identity(start) {
      mine = [];
      identity = known.identities.startingAt(text.bytes, start);
      if (identity < 0) return 0;
      addIdentity();
      return known.identities.lengthOf(identity);
    },
    newIdentity(start, end) {
      identity = known.identities.add(text.bytes, start, end);
      const parse = () => JSON.parse(known.identities.textOf(identity)) as Json;
      known.tokens[identity] = [...new Set(mine ?? tokensIn(callerWords(parse())))];
      addIdentity();
    },
  };
}

function tokensIn(words: string[]): number[] {
  return words.map(tokenIn).filter((token) => token !== null);
}

export function unescaped({ bytes }: Text, start: number, end: number): string {
  const raw = bytes.toString('utf8', start, end);
  return raw.includes('\\') ? (JSON.parse(`"${raw}"`) as string) : raw;
}

/** `1e20` is written with more digits where it is compared. */
function hasExponent({ bytes }: Text, start: number, end: number): boolean {
  for (let at = start; at < end; at += 1) if (((bytes[at] as number) | 0x20) === 0x65) return true;
  return false;
}
