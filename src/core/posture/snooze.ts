import type { Member } from '../fixes/fix.ts';
import type { Finding } from './finding.ts';

/** Nobody is reminded of a finding until then (ISO 8601 UTC). It stays as wrong as it is. */
export type Snooze = { finding: string; until: string; by: Member };

/** A failing finding says that it was put off, and by whom. */
export function withSnoozes(findings: Finding[], snoozes: Snooze[]): Finding[] {
  if (snoozes.length === 0) return findings;
  const byFinding = new Map(snoozes.map((snooze) => [snooze.finding, snooze]));
  return findings.map((finding) => {
    const snooze = finding.status === 'FAIL' ? byFinding.get(finding.id) : undefined;
    return snooze ? { ...finding, snoozed: { until: snooze.until, by: snooze.by.name } } : finding;
  });
}
