/**
 * The smallest parts of JSON in bytes: where a text, a number or a literal ends. Nothing is accepted that
 * `JSON.parse` would refuse. Behind the bytes to be read stand zeros, which are no part of JSON: nothing
 * here reads past them.
 */
export const NOT_JSON: usize = 0;

/** What the text that was read last holds that has to be unescaped or decoded before it is compared. */
export let marks: i32 = 0;
export const ESCAPE: i32 = 1;
export const WIDE: i32 = 2;
export const PERCENT: i32 = 4;

/** Those of sixteen bytes at which a text ends, is escaped, or is none. */
function stopsIn(sixteen: v128): i32 {
  const quotes = i8x16.eq(sixteen, i8x16.splat(0x22));
  const backslashes = i8x16.eq(sixteen, i8x16.splat(0x5c));
  const controls = i8x16.lt_u(sixteen, i8x16.splat(0x20));
  return i8x16.bitmask(v128.or(v128.or(quotes, backslashes), controls));
}

/** Behind the closing quote of the text whose opening quote is at `at`. */
export function endOfText(at: usize): usize {
  let i = at + 1;
  while (true) {
    const stops = stopsIn(v128.load(i));
    if (stops === 0) {
      i += 16;
      continue;
    }
    i += ctz(stops);
    const c = load<u8>(i);
    if (c === 0x22) return i + 1;
    if (c !== 0x5c) return NOT_JSON;
    i = endOfEscape(i);
    if (i === NOT_JSON) return NOT_JSON;
  }
}

/** The same for a text whose `marks` are wanted. */
export function endOfMarkedText(at: usize): usize {
  let wide: i32 = 0;
  let percents: i32 = 0;
  let escapes: i32 = 0;
  let i = at + 1;
  while (true) {
    const sixteen = v128.load(i);
    const stops = stopsIn(sixteen);
    const high = i8x16.bitmask(sixteen);
    const percent = i8x16.bitmask(i8x16.eq(sixteen, i8x16.splat(0x25)));
    if (stops === 0) {
      wide |= high;
      percents |= percent;
      i += 16;
      continue;
    }
    const before = (stops & -stops) - 1;
    wide |= high & before;
    percents |= percent & before;
    i += ctz(stops);
    const c = load<u8>(i);
    if (c === 0x22) {
      marks = escapes | (wide !== 0 ? WIDE : 0) | (percents !== 0 ? PERCENT : 0);
      return i + 1;
    }
    if (c !== 0x5c) return NOT_JSON;
    escapes = ESCAPE;
    i = endOfEscape(i);
    if (i === NOT_JSON) return NOT_JSON;
  }
}

function endOfEscape(at: usize): usize {
  switch (load<u8>(at, 1)) {
    case 0x22:
    case 0x5c:
    case 0x2f:
    case 0x62:
    case 0x66:
    case 0x6e:
    case 0x72:
    case 0x74:
      return at + 2;
    case 0x75: {
      for (let digit: usize = 2; digit < 6; digit += 1) {
        const c = load<u8>(at + digit);
        if (!isDigit(c) && <u32>((c | 0x20) - 0x61) > 5) return NOT_JSON;
      }
      return at + 6;
    }
    default:
      return NOT_JSON;
  }
}

export function isDigit(c: u32): bool {
  return c - 0x30 <= 9;
}

/** Behind a number or a literal. */
export function endOfBare(at: usize): usize {
  return load<u8>(at) <= 0x39 ? endOfNumber(at) : endOfLiteral(at);
}

function endOfNumber(start: usize): usize {
  let at = load<u8>(start) === 0x2d ? start + 1 : start;
  if (load<u8>(at) === 0x30) at += 1;
  else {
    const digits = at;
    at = endOfDigits(at);
    if (at === digits) return NOT_JSON;
  }
  if (load<u8>(at) === 0x2e) {
    const digits = at + 1;
    at = endOfDigits(digits);
    if (at === digits) return NOT_JSON;
  }
  if ((load<u8>(at) | 0x20) === 0x65) {
    at += 1;
    const sign = load<u8>(at);
    if (sign === 0x2b || sign === 0x2d) at += 1;
    const digits = at;
    at = endOfDigits(at);
    if (at === digits) return NOT_JSON;
  }
  return at;
}

function endOfDigits(start: usize): usize {
  let at = start;
  while (isDigit(load<u8>(at))) at += 1;
  return at;
}

function endOfLiteral(at: usize): usize {
  const four = load<u32>(at);
  if (four === 0x65757274 || four === 0x6c6c756e) return at + 4;
  return four === 0x736c6166 && load<u8>(at, 4) === 0x65 ? at + 5 : NOT_JSON;
}

/** Behind the white space that may begin here. */
export function endOfSpace(start: usize): usize {
  let at = start;
  while (isSpace(load<u8>(at))) at += 1;
  return at;
}

function isSpace(c: u32): bool {
  return c === 0x20 || c === 0x0a || c === 0x0d || c === 0x09;
}
