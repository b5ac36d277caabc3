import { bits } from '../core/evidence/address.ts';

/** IPv4 as everybody writes it: no other writing of the same address needs to be thought of. */
const USUAL = /^(0|[1-9]\d{0,2})(\.(0|[1-9]\d{0,2})){3}$/;
/** Lengths of IPv4 networks that the index knows; a range of another length is put together of these. */
const KNOWN = [8, 16, 24];
/** A range that would take more networks than this is looked for in the columns. */
const MOST = 256;

/** What an address is found by: itself, its other writings, and the networks it lies in. */
export function addressWords(address: string): string[] {
  const written = bits(address);
  if (!written) return [address];
  return [
    address,
    ...(USUAL.test(address) ? [] : [`bits:${written}`]),
    ...(written.length === 32 ? KNOWN.map((length) => network(written, length)) : []),
  ];
}

/** Words of which one must be among `addressWords` of every address in the range; null where none tell. */
export function rangeWords(range: string): string[] | null {
  const [start = '', length] = range.split('/');
  const written = bits(start);
  const prefix = length === undefined ? (written?.length ?? 0) : Number(length);
  if (!written) return [range];
  if (!Number.isInteger(prefix) || prefix < 0 || prefix > written.length) return [range];
  if (prefix === written.length) return [range, start, `bits:${written}`, ...usual(written)];
  if (written.length !== 32) return null;
  const known = KNOWN.find((one) => one >= prefix) ?? 24;
  const many = 2 ** Math.max(0, known - prefix);
  if (many > MOST) return null;
  const first = Number.parseInt(written.slice(0, known), 2);
  const lowest = prefix >= known ? first : first - (first % many);
  return [
    range,
    ...Array.from({ length: many }, (_, index) =>
      network((lowest + index).toString(2).padStart(known, '0'), known),
    ),
  ];
}

function network(written: string, length: number): string {
  return `network:${written.slice(0, length)}`;
}

function usual(written: string): string[] {
  if (written.length !== 32) return [];
  const parts = [0, 8, 16, 24].map((at) => Number.parseInt(written.slice(at, at + 8), 2));
  return [parts.join('.')];
}
