import { z } from 'zod';

/**
 * A moment, written so that a story stays fresh: ISO 8601 (`2026-11-17T14:05:00Z`), a distance from the
 * scenario's clock (`-3h`, `-12d 14:05`), or `last tuesday 14:05`. Clock times are UTC.
 */
export const When = z
  .string()
  .regex(
    /^(now|-\d+[smhd]( \d\d:\d\d(:\d\d)?)?|last (mon|tues|wednes|thurs|fri|satur|sun)day \d\d:\d\d(:\d\d)?|\d{4}-\d\d-\d\dT.*)$/,
    'a moment such as `2026-11-17T14:05:00Z`, `-3h`, `-12d 14:05` or `last tuesday 14:05`',
  );
export const AccountId = z.string().regex(/^\d{12}$/, 'an account id of 12 digits, in quotes');
