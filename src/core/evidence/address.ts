/** Does an address lie in what was asked for: the same words, or a range in CIDR form (IPv4 and IPv6)? */
export function addressIn(address: string | null, range: string): boolean {
  if (address === null) return false;
  if (address === range) return true;
  const [network = '', length] = range.split('/');
  const wanted = bits(network);
  const given = bits(address);
  if (!wanted || !given || wanted.length !== given.length) return false;
  const prefix = length === undefined ? wanted.length : Number(length);
  return (
    Number.isInteger(prefix) &&
    prefix >= 0 &&
    prefix <= wanted.length &&
    wanted.slice(0, prefix) === given.slice(0, prefix)
  );
}

/** True for a range that leaves nobody out; anonymised records keep only the `/0` of `0.0.0.0/0`. */
export function isEverybody(cidr: string): boolean {
  return cidr.endsWith('/0');
}

/** An address as its bits, however it is written; null where it is none. */
export function bits(address: string): string | null {
  if (address.length > 45) return null;
  if (!address.includes(':')) {
    const parts = address.split('.').map((part) => (/^\d{1,3}$/.test(part) ? Number(part) : 256));
    if (parts.length !== 4 || parts.some((part) => part > 255)) return null;
    return parts.map((part) => part.toString(2).padStart(8, '0')).join('');
  }
  const [left = '', right, more] = address.split('::');
  if (more !== undefined) return null;
  const head = left === '' ? [] : left.split(':');
  const tail = right === undefined || right === '' ? [] : right.split(':');
  const missing = 8 - head.length - tail.length;
  if (right === undefined ? missing !== 0 : missing < 1) return null;
  const groups = [...head, ...Array<string>(Math.max(0, missing)).fill('0'), ...tail];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(2).padStart(16, '0')).join('');
}
