import { wasSeen } from '../../reading.ts';
import type { RecorderFacts } from '../facts.ts';
import type { Known } from '../known.ts';

/** A place where Config records: one account and region. */
export type Place = { account: string; region: string };
export type Resource = Place & { subject: string };

/**
 * Where Config would know of a subject: the account and region of its ARN, a bucket's, which are not in
 * its name, and for an account the home of a trail of its own.
 */
export function placeOf(subject: string, facts: Known): Place | null {
  const trail = facts.trailBy.get(subject);
  if (trail) return { account: trail.owner, region: trail.homeRegion };
  const bucket = facts.bucketBy.get(subject.slice(subject.lastIndexOf(':') + 1));
  if (bucket) return wasSeen(bucket.place) ? bucket.place.seen : null;
  const [, , , region, account] = subject.split(':');
  if (region && account) return { account, region };
  const sighted = facts.accountBy.get(subject)?.trails;
  const own = sighted && wasSeen(sighted) ? sighted.seen[0] : undefined;
  return own ? { account: subject, region: own.homeRegion } : null;
}

/**
 * How Config may call a subject: a trail by ARN or name, a bucket and a log group by name, a key by its
 * id, and what is judged of a whole account by the account's id.
 */
export function resourceNames(subject: string, account: string): string[] {
  return [...new Set([subject, nameIn(subject), account])].filter(Boolean);
}

/** The name at the end of an ARN; a log group's own name may hold slashes. */
export function nameIn(arn: string): string {
  const resource = arn.replace(/:\*$/, '');
  const group = /:log-group:(.+)$/.exec(resource)?.[1];
  return (
    group ?? resource.slice(Math.max(resource.lastIndexOf('/'), resource.lastIndexOf(':')) + 1)
  );
}

/** The recorder of a place, if anybody asked for it and saw it. */
export function recorderAt({ account, region }: Place, facts: Known): RecorderFacts | undefined {
  const recorders = facts.accountBy.get(account)?.recorders;
  if (!recorders || !wasSeen(recorders)) return undefined;
  return recorders.seen.find((one) => one.region === region);
}

/** Whole hours from one instant to another. */
export function hoursBetween(from: string, to: string): number {
  return Math.max(0, Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000));
}
