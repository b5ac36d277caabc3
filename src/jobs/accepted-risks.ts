import type { AcceptedRisk } from '../core/fixes/accept-risk.ts';
import { isAccepted, type StandingException, withExceptions } from '../core/posture/exceptions.ts';
import type { Scan } from '../core/posture/finding.ts';
import { type Snooze, withSnoozes } from '../core/posture/snooze.ts';

type Remembered = {
  acceptedRisks(): Promise<AcceptedRisk[]>;
  snoozes(): Promise<Snooze[]>;
};

/**
 * Scans with what was accepted or put off in Slack by now. It is not kept in them, so that a decision of
 * this minute counts everywhere, and one that was taken back or is over counts nowhere.
 */
export async function withDecisions(
  scans: Scan[],
  remembered: Remembered,
  now: () => Date,
): Promise<Scan[]> {
  const [accepted, snoozes] = await Promise.all([remembered.acceptedRisks(), remembered.snoozes()]);
  const risks = accepted.map(standing);
  if (risks.length === 0 && snoozes.length === 0) return scans;
  return scans.map((scan, index) => {
    // The newest one is told as of today; those before it as of their own day, to be compared with.
    const day = index === 0 ? now().toISOString() : scan.scannedAt;
    const by = { accounts: [], today: day.slice(0, 10) };
    const open = scan.findings.map((finding) => {
      if (finding.status !== 'FAIL' || isAccepted(finding)) return finding;
      const [judged = finding] = withExceptions([finding], risks, by);
      return judged;
    });
    const findings = withSnoozes(open, snoozes);
    return { ...scan, findings, excepted: findings.filter(isAccepted).length };
  });
}

/** What was accepted in Slack, as an entry of the exceptions file says it. */
function standing({ check, subject, reason, owner, expires }: AcceptedRisk): StandingException {
  return { check: [check], subject, reason, owner, expires };
}
