/**
 * Where values stand in a JSON text, so that a record can be kept as it came: whoever writes it anew loses the
 * last digits of large numbers, and all but one of the members that share a name. For texts that `JSON.parse`
 * accepts.
 */

/** The texts of the elements of a list, in their order. */
export function* elementsIn(list: string): Generator<string> {
  for (const { text } of placesIn(list)) yield text;
}

/** The text of an object's member; of several with one name the last, as `JSON.parse` takes it. */
export function memberIn(object: string, name: string): string {
  let found: string | null = null;
  for (const place of placesIn(object)) if (place.name === name) found = place.text;
  if (found === null) throw new Error(`${name} was parsed and is not in the text`);
  return found;
}

/** What an object or a list holds, with the names in an object. */
function* placesIn(words: string): Generator<{ name: string | null; text: string }> {
  const opening = endOfSpace(words, 0);
  const isList = words.charCodeAt(opening) === LIST;
  let at = endOfSpace(words, opening + 1);
  while (at < words.length && !isEnd(words.charCodeAt(at))) {
    const end = isList ? at : endOfText(words, at);
    const name = isList ? null : (JSON.parse(words.slice(at, end)) as string);
    // Behind a name stands a colon.
    const start = isList ? at : endOfSpace(words, endOfSpace(words, end) + 1);
    const behind = endOfValue(words, start);
    yield { name, text: words.slice(start, behind) };
    at = endOfSpace(words, behind);
    if (words.charCodeAt(at) === COMMA) at = endOfSpace(words, at + 1);
  }
}

const [QUOTE, COMMA, BACKSLASH] = [0x22, 0x2c, 0x5c];
const [LIST, LIST_END, OBJECT, OBJECT_END] = [0x5b, 0x5d, 0x7b, 0x7d];

function isEnd(code: number): boolean {
  return code === LIST_END || code === OBJECT_END;
}

function endOfSpace(words: string, start: number): number {
  let at = start;
  while (at < words.length && words.charCodeAt(at) <= 0x20) at += 1;
  return at;
}

function endOfText(words: string, start: number): number {
  let at = start + 1;
  for (; at < words.length && words.charCodeAt(at) !== QUOTE; at += 1)
    if (words.charCodeAt(at) === BACKSLASH) at += 1;
  return at + 1;
}

/** Without recursion, so that no nesting can exhaust the stack. */
function endOfValue(words: string, start: number): number {
  let depth = 0;
  let at = start;
  while (at < words.length) {
    const code = words.charCodeAt(at);
    if (code === QUOTE) {
      at = endOfText(words, at);
      if (depth === 0) return at;
      continue;
    }
    if (depth === 0 && (code <= 0x20 || code === COMMA || isEnd(code))) return at;
    at += 1;
    if (code === LIST || code === OBJECT) depth += 1;
    else if (isEnd(code)) {
      depth -= 1;
      if (depth === 0) return at;
    }
  }
  return at;
}
