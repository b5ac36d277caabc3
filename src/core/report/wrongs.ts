import { isAccepted } from '../posture/exceptions.ts';
import { type Finding, type Severity, severityRank } from '../posture/finding.ts';
import { thingOf, wholeOf } from './thing.ts';

/** One thing that is wrong, with every check that it fails, worst first. */
export type Wrong = {
  /** The ARN or the id of the whole thing. */
  subject: string;
  /** The account in which it is mended; '' where that is not known. */
  owner: string;
  severity: Severity;
  findings: Finding[];
};

/** Things of one kind that fail the same checks are told together; mostly it is one thing alone. */
export type Alike = [Wrong, ...Wrong[]];

/** Up to so many things alike are told one by one; more than that, as a number with a few names. */
const TOLD_ALONE = 4;

/** What is to be mended, and what somebody accepted for a time, each worst first. */
export function wrongsIn(findings: Finding[]): { toMend: Alike[]; accepted: Alike[] } {
  const failing = findings.filter(({ status }) => status === 'FAIL');
  return {
    toMend: alike(failing.filter((finding) => !isAccepted(finding))),
    accepted: alike(failing.filter(isAccepted)),
  };
}

/**
 * Whether a button may be shown for it: there is a fix, a person may run it at all (class X is only ever
 * explained), and nobody accepted the state as it is.
 */
export function mendable(finding: Finding): finding is Finding & { fix: { id: string } } {
  return finding.fix !== null && finding.fix.class !== 'X' && !isAccepted(finding);
}

/** Whether a person mends it by hand, and the bot has the runbook (class X). */
export function explained(finding: Finding): boolean {
  return finding.fix?.class === 'X' && !isAccepted(finding);
}

function alike(findings: Finding[]): Alike[] {
  const wrongs = [...Map.groupBy(findings, keyOf).values()].map(wrongOf).sort(worstFirst);
  const groups = Map.groupBy(wrongs, sameness);
  return [...groups.values()]
    .flatMap((group) => (group.length > TOLD_ALONE ? [group] : group.map((one) => [one])))
    .filter((group): group is Alike => group.length > 0)
    .sort(([a], [b]) => worstFirst(a, b));
}

const keyOf = ({ subject, owner }: Finding) => `${wholeOf(subject)} ${owner}`;

function wrongOf(findings: Finding[]): Wrong {
  const sorted = findings.toSorted(graver);
  const [worst] = sorted;
  if (!worst) throw new Error('a group of findings is never empty');
  return {
    subject: wholeOf(worst.subject),
    owner: worst.owner,
    severity: worst.severity,
    findings: sorted,
  };
}

function sameness({ subject, severity, findings }: Wrong): string {
  return [thingOf(subject).kind, severity, ...findings.map(({ check }) => check)].join(' ');
}

/** Gravest first; then what fails most, then by account and name, so that two scans of one state read the same. */
function worstFirst(a: Wrong, b: Wrong): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    b.findings.length - a.findings.length ||
    order(`${a.owner} ${a.subject}`, `${b.owner} ${b.subject}`)
  );
}

function graver(a: Finding, b: Finding): number {
  return (
    severityRank(a.severity) - severityRank(b.severity) ||
    order(`${a.check} ${a.subject}`, `${b.check} ${b.subject}`)
  );
}

const order = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);
