/** A letter may be written as its number in JSON or in an address, where it does not read as itself. */
const WRITTEN_OTHERWISE = /\\u00|\\u212a|%5c|%(2[5de]|3[0-9]|[46][1-9a-f]|[57][0-9a]|5f)/i;

/** May this text of a record hold a piece without reading like it? Its bytes may have been taken for Latin-1. */
export function mayHideLetters(text: string): boolean {
  return WRITTEN_OTHERWISE.test(text) || text.includes(KELVIN) || text.includes(KELVIN_IN_BYTES);
}

/** The sign of the unit kelvin is a k where small and large letters are one. */
const KELVIN = '\u212a';
/** The same in UTF-8 that was read as Latin-1, also in small letters. */
const KELVIN_IN_BYTES = '\u00e2\u0084\u00aa';

/** The longest piece that reads the same in JSON, inside nested JSON, and percent-encoded. */
export function pieceOf(identifier: string): string {
  const last = identifier.startsWith('arn:') ? (identifier.split(/[:/]/).at(-1) ?? '') : identifier;
  // Without the dot at the end, which a DNS name may have in the record or in the question only.
  const pieces = last.match(/[A-Za-z0-9._-]*[A-Za-z0-9_-]/g) ?? [];
  return pieces.toSorted((a, b) => b.length - a.length)[0] ?? '';
}
