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
