/** The longest piece that reads the same in JSON, inside nested JSON, and percent-encoded. */
export function pieceOf(identifier: string): string {
  const last = identifier.startsWith('arn:') ? (identifier.split(/[:/]/).at(-1) ?? '') : identifier;
  // Without the dot at the end, which a DNS name may have in the record or in the question only.
  const pieces = last.match(/[A-Za-z0-9._-]*[A-Za-z0-9_-]/g) ?? [];
  return pieces.toSorted((a, b) => b.length - a.length)[0] ?? '';
}
