import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import type { Insight, TrailFacts } from '../facts.ts';
import { type Place, recordedIn } from './coverage.ts';
import { dataEvents, type EventSet, howMuch, managementEvents } from './event-sets.ts';
import { isBare, type Management, managementIn } from './management.ts';

/**
 * What is certainly not recorded in one place, and why more may be missing; null where there is nothing
 * to judge, because another check tells what is wrong.
 */
export type Gap = { missing: string[]; open: Unseen | null };
export type JudgePlace = (place: Place) => Gap | null;

/** Whether no management event is recorded at all; the one thing that is missing has no name. */
export const noTrail: JudgePlace = (place) => {
  const { certain, best, open } = managementIn(place);
  if (!isBare(certain)) return { missing: [], open: null };
  return isBare(best) ? { missing: [''], open: null } : { missing: [], open };
};

/** `read` or `write`: management events of which a part is missing, beyond sources that are left out. */
export const missingKinds: JudgePlace = (place) => {
  const { certain, best, open } = managementIn(place);
  if (isBare(certain)) return isBare(best) ? null : { missing: [], open };
  const incomplete = KINDS.filter((kind) => certain[kind].recorded !== 'all');
  const missing = incomplete.filter((kind) => best[kind].recorded !== 'all');
  return { missing, open: missing.length < incomplete.length ? open : null };
};

const KINDS = ['read', 'write'] as const;

/** Event sources that are left out where all others are recorded. */
export const sourcesLeftOut: JudgePlace = (place) => {
  const { certain, best, open } = managementIn(place);
  if (isBare(certain)) return isBare(best) ? null : { missing: [], open };
  const atBest = new Set(leftOutOf(best));
  const leftOut = leftOutOf(certain);
  const missing = leftOut.filter((source) => atBest.has(source));
  return { missing, open: missing.length < leftOut.length ? open : null };
};

function leftOutOf({ read, write }: Management): string[] {
  return [...new Set([...read.leftOut, ...write.leftOut])];
}

/** Types of resource whose data events are not all recorded, reads and writes. */
export function dataEventsMissing(types: string[], partition: string): JudgePlace {
  return missingOf(types, (type) => dataEvents(type, arnsOf(type, partition), 'read-write'));
}

/** Where the ARNs of all resources of a type begin: basic selectors say `arn:aws:s3` for all buckets. */
function arnsOf(type: string, partition: string): string {
  const service = { 'AWS::S3::Object': 's3:::', 'AWS::Lambda::Function': 'lambda:' }[type];
  return `arn:${partition}:${service ?? (type === 'AWS::DynamoDB::Table' ? 'dynamodb:' : '')}`;
}

/** Event sources whose network activity is not recorded: what a VPC endpoint denied, at least. */
export function networkActivityMissing(sources: string[]): JudgePlace {
  return missingOf(sources, (source) => ({
    eventCategory: { oneOf: ['NetworkActivity'] },
    eventSource: { oneOf: [source] },
    errorCode: { oneOf: ['VpceAccessDenied'] },
  }));
}

function missingOf(wanted: string[], setOf: (one: string) => EventSet): JudgePlace {
  const sets = wanted.map((one) => [one, setOf(one)] as const);
  return (place) => {
    if (place.certain.length + place.doubtful.length === 0) return null;
    const missing: string[] = [];
    let open: Unseen | null = null;
    for (const [one, set] of sets) {
      const recorded = recordedIn(place, set);
      if ('unseen' in recorded) open ??= recorded.unseen;
      else if (recorded.seen === 'all') continue;
      // Where perhaps no trail is logging, that is perhaps all that is wrong, and told by another check.
      else if (place.certain.length === 0) open ??= place.selectors.open;
      else missing.push(one);
    }
    return { missing, open };
  };
}

/** What each kind of Insights looks at: without those events in the same trail it sees nothing. */
const INSIGHTS: { name: string; type: Insight['type']; needs: EventSet }[] = [
  { name: 'call-rate', type: 'ApiCallRateInsight', needs: managementEvents('write') },
  { name: 'error-rate', type: 'ApiErrorRateInsight', needs: managementEvents('read-write') },
];

/** `call-rate` or `error-rate`: Insights of management events that no trail over the place has. */
export const insightsMissing: JudgePlace = (place) => {
  const { certain, best, open: perhaps } = managementIn(place);
  if (isBare(certain) && isBare(best)) return null;
  const missing: string[] = [];
  let open: Unseen | null = null;
  for (const insight of INSIGHTS) {
    const has = place.certain.map((trail) => hasInsight(trail, insight));
    if (has.includes(true)) continue;
    const doubts = [
      ...has.filter((one) => typeof one === 'object'),
      ...place.doubtful.flatMap(({ trail, because }) =>
        hasInsight(trail, insight) === false ? [] : [because],
      ),
    ];
    if (doubts[0]) open ??= doubts[0];
    // Perhaps there are no management events to look at, which another check tells.
    else if (isBare(certain)) open ??= perhaps;
    else missing.push(insight.name);
  }
  return { missing, open };
};

function hasInsight(
  { insights, selectors }: TrailFacts,
  { type, needs }: (typeof INSIGHTS)[number],
): boolean | Unseen {
  const on = (one: Insight) => one.type === type && one.categories.includes('Management');
  if (wasSeen(insights) && !insights.seen.some(on)) return false;
  if (wasSeen(selectors) && howMuch([selectors.seen], needs) === 'none') return false;
  if (!wasSeen(insights)) return insights.unseen;
  return wasSeen(selectors) ? true : selectors.unseen;
}
