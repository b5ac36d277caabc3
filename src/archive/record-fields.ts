import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { hashesOf } from './hashes.ts';

/** The time of a record that has none. */
export const UNDATED = 0xffffffff;
const UNSIGNED = 2 ** 32;

/** `0ea6b2d5-51d5-4765-ad83-4db65d506d9c`, in small letters as AWS writes it. */
export function isUuid(bytes: Uint8Array, start: number, end: number): boolean {
  if (end - start !== 36) return false;
  for (let index = 0; index < 36; index += 1) {
    const c = bytes[start + index] as number;
    if (index === 8 || index === 13 || index === 18 || index === 23) {
      if (c !== 0x2d) return false;
    } else if (!((c >= 0x30 && c <= 0x39) || (c >= 0x61 && c <= 0x66))) return false;
  }
  return true;
}

/** `2026-11-20T05:32:07Z` in seconds; −1 where it is written otherwise, or late in a month. */
export function secondsIn(b: Uint8Array, at: number): number {
  for (let index = 0; index < 20; index += 1) {
    const c = b[at + index] as number;
    const wanted = PATTERN[index] as number;
    if (wanted === 0x30 ? c < 0x30 || c > 0x39 : c !== wanted) return -1;
  }
  const two = (from: number) =>
    ((b[at + from] as number) - 48) * 10 + (b[at + from + 1] as number) - 48;
  const year = two(0) * 100 + two(2);
  const [month, day, hour, minute, second] = [two(5), two(8), two(11), two(14), two(17)];
  if (year < 1971 || year > 2100 || month < 1 || month > 12 || day < 1) return -1;
  if (day > 28 && (month === 2 || day > 30)) return -1;
  if (hour > 23 || minute > 59 || second > 59) return -1;
  const shifted = month > 2 ? year : year - 1;
  const era = Math.floor(shifted / 400);
  const ofEra = shifted - era * 400;
  const ofYear = Math.floor((153 * (month + (month > 2 ? -3 : 9)) + 2) / 5) + day - 1;
  const days =
    era * 146_097 +
    ofEra * 365 +
    Math.floor(ofEra / 4) -
    Math.floor(ofEra / 100) +
    ofYear -
    719_468;
  return ((days * 24 + hour) * 60 + minute) * 60 + second;
}

const PATTERN = Buffer.from('0000-00-00T00:00:00Z');

/** −1 where no log can be that old or that new. */
export function secondsOf(time: string | null): number {
  if (time === null) return UNDATED;
  const seconds = Date.parse(time) / 1000;
  return seconds > 0 && seconds < UNSIGNED - 1 ? Math.floor(seconds) : -1;
}

/** What tells an event from all others; redacted exports write one placeholder into all ids. */
export function idHashesOf(event: CloudTrailEvent): [number, number] {
  const { eventID } = event;
  return /^[0-9a-f]{8}(-?[0-9a-f]{4}){3}-?[0-9a-f]{12}$/i.test(eventID)
    ? hashesOf(eventID.toLowerCase())
    : hashesOf(`${eventID}/${JSON.stringify(event.record)}`);
}
