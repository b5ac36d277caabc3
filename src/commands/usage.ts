/** 0 done; 1 done, with failing findings or a question that was not answered; 2 bad usage or configuration; 3 could not see everything. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Words on the command line that cannot be meant; the message says what to write instead. */
export class UsageError extends Error {}

/** A moment as a person writes it, refused with the place it stood in. */
export function moment(text: string, where: string): Date {
  const date = new Date(text);
  if (Number.isNaN(date.getTime()) || !/^\d{4}-\d\d-\d\d/.test(text)) {
    throw new UsageError(`${where}: expected a moment such as 2026-11-22T09:00:00Z`);
  }
  return date;
}

/** An IANA time zone, refused with the place it stood in. */
export function timeZone(text: string, where: string): string {
  try {
    return new Intl.DateTimeFormat('en', { timeZone: text }).resolvedOptions().timeZone;
  } catch {
    throw new UsageError(`${where}: expected an IANA time zone such as Asia/Seoul`);
  }
}
