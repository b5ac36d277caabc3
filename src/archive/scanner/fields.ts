import { isDigit } from './json-bytes.ts';

/** The time of a record that has none. */
export const UNDATED: u32 = 0xffffffff;
/** It is written otherwise. */
export const UNTIMELY: i64 = -1;

/** `0ea6b2d5-51d5-4765-ad83-4db65d506d9c`, in small letters as AWS writes it. */
export function isUuid(start: usize, end: usize): bool {
  if (end - start !== 36) return false;
  return (
    isHexBut(v128.load(start), (1 << 8) | (1 << 13)) &&
    isHexBut(v128.load(start, 16), (1 << 2) | (1 << 7)) &&
    isHexBut(v128.load(start, 20), 1 << 3)
  );
}

/** Sixteen hexadecimal digits, but for dashes in these places. */
function isHexBut(sixteen: v128, dashes: i32): bool {
  const digits = i8x16.lt_u(i8x16.sub(sixteen, i8x16.splat(0x30)), i8x16.splat(10));
  const letters = i8x16.lt_u(i8x16.sub(sixteen, i8x16.splat(0x61)), i8x16.splat(6));
  return (
    i8x16.bitmask(i8x16.eq(sixteen, i8x16.splat(0x2d))) === dashes &&
    (i8x16.bitmask(v128.or(digits, letters)) | dashes) === 0xffff
  );
}

/** The day that was read last, as it is written, and in seconds. */
let lastDay: u64 = 0;
let lastDayEnd: u32 = 0;
let lastDaySeconds: i64 = UNTIMELY;

/** `2026-11-20T05:32:07Z` in seconds since 1970. */
export function secondsIn(at: usize): i64 {
  if (
    load<u8>(at, 10) !== 0x54 ||
    load<u8>(at, 13) !== 0x3a ||
    load<u8>(at, 16) !== 0x3a ||
    load<u8>(at, 19) !== 0x5a
  )
    return UNTIMELY;
  const hour = two(at + 11);
  const minute = two(at + 14);
  const second = two(at + 17);
  if (hour > 23 || minute > 59 || second > 59) return UNTIMELY;
  const day = load<u64>(at);
  const dayEnd = <u32>load<u16>(at, 8);
  if (day !== lastDay || dayEnd !== lastDayEnd) {
    lastDay = day;
    lastDayEnd = dayEnd;
    lastDaySeconds = secondsOfDay(at);
  }
  if (lastDaySeconds === UNTIMELY) return UNTIMELY;
  return lastDaySeconds + <i64>((hour * 60 + minute) * 60 + second);
}

function secondsOfDay(at: usize): i64 {
  if (load<u8>(at, 4) !== 0x2d || load<u8>(at, 7) !== 0x2d) return UNTIMELY;
  const century = two(at);
  const yearOfCentury = two(at + 2);
  const month = two(at + 5);
  const day = two(at + 8);
  if (century > 99 || yearOfCentury > 99) return UNTIMELY;
  const year = century * 100 + yearOfCentury;
  if (year < 1971 || year > 2100 || month < 1 || month > 12 || day < 1) return UNTIMELY;
  if (day > daysOf(month, year)) return UNTIMELY;
  const shifted = month > 2 ? year : year - 1;
  const era = shifted / 400;
  const ofEra = shifted - era * 400;
  const ofYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const days = era * 146_097 + ofEra * 365 + ofEra / 4 - ofEra / 100 + ofYear - 719_468;
  return <i64>days * 86_400;
}

function daysOf(month: u32, year: u32): u32 {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
}

/** Two digits; more than 99 where they are none. */
function two(at: usize): u32 {
  const tens = <u32>load<u8>(at);
  const ones = <u32>load<u8>(at, 1);
  return isDigit(tens) && isDigit(ones) ? (tens - 0x30) * 10 + ones - 0x30 : 1000;
}
