/** A gzip file as it tells of itself: where its deflated bytes are, and what comes out of them. */
export type Gzip = { from: number; to: number; size: number; checksum: number };

/**
 * What the first and last bytes of a file say (RFC 1952): `plain` where it is no gzip file; null where it has
 * a header that log files do not have.
 */
export function gzipIn(file: Buffer): Gzip | 'plain' | null {
  if (file[0] !== 0x1f || file[1] !== 0x8b) return 'plain';
  const flags = file[3] as number;
  if (file.length < HEADER + TRAILER || file[2] !== DEFLATE || (flags & ~NAMED) !== 0) return null;
  const from = flags === NAMED ? file.indexOf(0, HEADER) + 1 : HEADER;
  const to = file.length - TRAILER;
  if (from === 0 || from > to) return null;
  return { from, to, checksum: file.readUInt32LE(to), size: file.readUInt32LE(to + 4) };
}

const HEADER = 10;
const TRAILER = 8;
const DEFLATE = 8;
/** A name stands behind the header. */
const NAMED = 8;
