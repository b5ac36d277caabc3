import { compareScans } from '../posture/compare.ts';
import type { Finding, Scan } from '../posture/finding.ts';
import type { Digest } from './digest.ts';

/** What is new since the scan before, and what stands. Without one before, everything open is new. */
export function composeDigest(previous: Scan | undefined, current: Scan): Digest {
  const unseenAccounts = current.accounts.filter(({ visible }) => !visible);
  return {
    organization: current.organization,
    simulated: current.simulated ?? false,
    scannedAt: current.scannedAt,
    previousAt: previous?.scannedAt ?? null,
    ...compareScans(previous, current),
    unseenAccounts,
    ledger: current.accounts.map(({ id, name }) => ({ id, name })),
    accounts: {
      visible: current.accounts.length - unseenAccounts.length,
      of: current.accounts.length,
    },
  };
}

/** 0: all that was seen holds, or was accepted; 1: something is open; 3: not everything could be seen. */
export function exitCodeOf(digest: Digest): 0 | 1 | 3 {
  const dark = digest.unseenAccounts.some(({ closed }) => !closed);
  if (digest.notVisible.length > 0 || dark) return 3;
  const open = [digest.new, digest.regressed, digest.noLongerAccepted, digest.stillOpen];
  return open.some((findings) => findings.length > 0) ? 1 : 0;
}

/** True when something changed that somebody should read about today. */
export function hasNews(digest: Digest): boolean {
  const news = [digest.new, digest.regressed, digest.noLongerAccepted, digest.fixed];
  return news.some((findings) => findings.length > 0);
}

/** Accepted faults whose exception holds for no longer than two weeks: somebody must decide anew. */
export function runningOut({ accepted, scannedAt }: Digest): Finding[] {
  const limit = Date.parse(scannedAt) + TWO_WEEKS;
  return accepted.filter(
    ({ exception }) => exception !== null && Date.parse(exception.expires) <= limit,
  );
}

/** What stays open and nobody has put off: of the others a digest tells only how many there are. */
export function reminders({ stillOpen }: Pick<Digest, 'stillOpen'>): Finding[] {
  return stillOpen.filter(({ snoozed }) => snoozed === undefined);
}

/** How many of those that stay open somebody has put off. */
export function putOff(digest: Pick<Digest, 'stillOpen'>): number {
  return digest.stillOpen.length - reminders(digest).length;
}

const TWO_WEEKS = 14 * 86_400_000;

/** The calendar day of a moment in a time zone, `YYYY-MM-DD`: a digest is sent once per channel and day. */
export function dayOf(moment: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
  }).formatToParts(moment);
  const part = (type: string) => parts.find((each) => each.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}
