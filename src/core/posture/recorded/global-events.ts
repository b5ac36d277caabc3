import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import type { TrailFacts } from '../facts.ts';
import { called, type Known } from '../known.ts';
import type { Fact } from '../vocabulary.ts';
import { coverageOf, once, type Place } from './coverage.ts';
import { howMuch, managementEvents } from './event-sets.ts';
import { isBare, managementIn } from './management.ts';
import { NO_MANAGEMENT_EVENTS, NOTHING_LOGS, type Record, type Stretch } from './record.ts';

/**
 * The region in which IAM, STS and CloudFront record what they do. Since November 22, 2021 a trail of
 * another single region does not get those events, whatever its IncludeGlobalServiceEvents says
 * ("Global service events", CloudTrail user guide).
 */
export function globalRegion(partition: string): string {
  if (partition === 'aws-cn') return 'cn-north-1';
  return partition === 'aws-us-gov' ? 'us-gov-west-1' : 'us-east-1';
}

/** Whether a trail records global service events, given the place in their region. */
export const globalEventsIn: (place: Place) => { seen: boolean } | { unseen: Unseen } = once(
  ({ certain, doubtful }) => {
    const open: Unseen[] = [];
    for (const trail of certain) {
      const included = includes(trail);
      if (included === true) return { seen: true };
      if (included !== false) open.push(included);
    }
    for (const { trail, because } of doubtful) if (includes(trail) !== false) open.push(because);
    return open[0] ? { unseen: open[0] } : { seen: false };
  },
);

/** They are management events: a trail that records none of these has none of those. */
function includes({ settings, selectors }: TrailFacts): boolean | Unseen {
  if (wasSeen(settings) && !settings.seen.globalServiceEvents) return false;
  if (wasSeen(selectors) && howMuch([selectors.seen], managementEvents('read-write')) === 'none')
    return false;
  if (!wasSeen(settings)) return settings.unseen;
  return wasSeen(selectors) ? true : selectors.unseen;
}

/** The accounts that have management events somewhere, but not those of IAM, STS and CloudFront. */
export function accountsWithoutGlobalEvents(record: Record, facts: Known): Fact {
  const placeOf = coverageOf(facts);
  const region = globalRegion(facts.organization.partition);
  const missing: string[] = [];
  let open = record.recorded.length > 0 ? null : record.unsure;
  let judged = 0;
  for (const [account, doubt] of withManagementEvents(record)) {
    judged += 1;
    const events = globalEventsIn(placeOf(account, region));
    if ('unseen' in events) open ??= events.unseen;
    else if (!events.seen && doubt) open ??= doubt;
    else if (!events.seen) missing.push(called(account));
  }
  // Nobody knows which regions there are: management events may be recorded in one of them.
  for (const { place, doubt } of record.stretches)
    if (isBare(managementIn(place).best)) open ??= doubt;
  if (missing.length > 0) return { seen: missing };
  if (open) return { unseen: open };
  if (judged > 0) return { seen: [] };
  return { notApplicable: record.recorded.length > 0 ? NO_MANAGEMENT_EVENTS : NOTHING_LOGS };
}

/** The accounts that have management events somewhere; or perhaps have some, and why that is not certain. */
function withManagementEvents({ stretches }: Record): Map<Stretch['account'], Unseen | null> {
  const accounts = new Map<Stretch['account'], Unseen | null>();
  for (const { account, place } of stretches) {
    const { certain, best, open } = managementIn(place);
    if (!isBare(certain)) accounts.set(account, null);
    else if (!isBare(best) && !accounts.has(account)) accounts.set(account, open);
  }
  return accounts;
}
