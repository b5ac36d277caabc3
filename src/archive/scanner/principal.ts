import { numberOf, PRINCIPAL } from './known.ts';
import { isSame, region, written } from './memory.ts';

/**
 * What differs from session to session and says nothing of who called: keys, and when it began. Without it
 * the identities of one principal are one.
 */
const MOST_HIDDEN: u32 = 4;
const hidden: usize = region(8 * <usize>MOST_HIDDEN);
let hiddenCount: u32 = 0;
const text: usize = region((1 << 14) + 8);

/** Another identity begins. */
export function beginPrincipal(): void {
  hiddenCount = 0;
}

/** A text of the identity, with the name that it has there. */
export function hideIn(name: usize, nameEnd: usize, start: usize, end: usize): void {
  if (hiddenCount === MOST_HIDDEN || !isHidden(name, nameEnd - name)) return;
  store<u32>(hidden + ((<usize>hiddenCount) << 3), <u32>start);
  store<u32>(hidden + ((<usize>hiddenCount) << 3), <u32>end, 4);
  hiddenCount += 1;
}

const KEY = written('accessKeyId');
const BEGINNING = written('creationDate');

function isHidden(at: usize, length: usize): bool {
  return (length === 11 && isSame(at, KEY, 11)) || (length === 12 && isSame(at, BEGINNING, 12));
}

/** The number of the principal whose identity was read; it is no longer than `text`. */
export function principalIn(start: usize, end: usize): u32 {
  let to = text;
  let from = start;
  for (let index: u32 = 0; index < hiddenCount; index += 1) {
    const next: usize = load<u32>(hidden + ((<usize>index) << 3));
    memory.copy(to, from, next - from);
    to += next - from;
    from = load<u32>(hidden + ((<usize>index) << 3), 4);
  }
  memory.copy(to, from, end - from);
  to += end - from;
  return numberOf(PRINCIPAL, text, to - text);
}
