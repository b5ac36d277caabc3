/**
 * Whether a text is meant by a pattern in which each `*` stands for any characters, none included.
 * Patterns come from AWS, so the time is bounded by the product of both lengths, whatever they hold.
 */
export function wildcard(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text;
  let at = 0;
  let star = -1;
  let retry = 0;
  let read = 0;
  while (read < text.length) {
    if (pattern[at] === '*') {
      star = at;
      retry = read;
      at += 1;
    } else if (at < pattern.length && pattern[at] === text[read]) {
      at += 1;
      read += 1;
    } else if (star >= 0) {
      // The last star takes one character more.
      at = star + 1;
      retry += 1;
      read = retry;
    } else return false;
  }
  while (pattern[at] === '*') at += 1;
  return at === pattern.length;
}
