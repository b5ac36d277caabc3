import { wasSeen } from '../reading.ts';
import {
  BOTH_INSIGHTS,
  counted,
  EACH_TRAIL,
  LESS_THAN_ONE,
  LISTED,
  LISTED_S3,
  NOT_SEEN,
  SMALL_FILES,
  tooLow,
  UNKNOWN,
  UNKNOWN_SIZE,
  UNRECORDED,
} from './cost-words.ts';
import { duplicateOf } from './duplicates.ts';
import type { PostureFacts } from './facts.ts';
import { ownBucketsRecorded } from './feedback-loop.ts';
import type { Cost, Finding } from './finding.ts';
import { called, type Known, known } from './known.ts';
import { EVENT_PRICES, priceOf, STORAGE_PRICES } from './prices.ts';
import { type Monthly, perMonth, type Volume, type Volumes } from './volumes.ts';

/**
 * What a finding costs, or would cost to mend, for the checks that are about money. Where log files are
 * there to count in, it is an estimate with what it assumes; otherwise only the unit price is said.
 */
export function withCosts(
  findings: Finding[],
  facts: PostureFacts,
  volumes: Volumes | null,
): Finding[] {
  const all = known(facts);
  return findings.map((finding) => {
    const cost = PRICED[finding.check]?.(finding, { facts: all, volumes });
    return cost ? { ...finding, cost } : finding;
  });
}

type Ground = { facts: Known; volumes: Volumes | null };

/** Every check that is about money, and what of it is counted. */
const PRICED: { [check: string]: (finding: Finding, ground: Ground) => Cost | null } = {
  'trail-duplicates': secondCopies,
  'data-events-feedback-loop': ownLogFiles,
  'data-events-s3': objectEvents,
  'data-events-other': (finding) => unrecorded(finding, EVENT_PRICES.data, 'data events'),
  'network-activity-events': (finding) =>
    unrecorded(finding, EVENT_PRICES.network, 'network activity events'),
  insights: analysedEvents,
  'log-bucket-lifecycle': storage,
};

function secondCopies({ status, subject }: Finding, { facts, volumes }: Ground): Cost | null {
  const trail = facts.trailBy.get(subject);
  if (status !== 'FAIL' || !trail) return null;
  const { paidTwice } = duplicateOf(trail, facts);
  const places = new Set(
    'seen' in paidTwice && Array.isArray(paidTwice.seen) ? paidTwice.seen : [],
  );
  const isPaid = ({ account, region, kind }: Volume) => {
    if (!kind.startsWith('management')) return false;
    const name = called(facts.accountBy.get(account) ?? { id: account, name: '' });
    return places.has(name) || places.has(`${name}/${region}`);
  };
  return estimate(EVENT_PRICES.managementCopy, 'copied management events', volumes, isPaid);
}

function ownLogFiles({ status, subject }: Finding, { facts, volumes }: Ground): Cost | null {
  const trail = facts.trailBy.get(subject);
  if (status !== 'FAIL' || !trail) return null;
  const own = ownBucketsRecorded(trail, facts);
  const buckets = 'seen' in own && Array.isArray(own.seen) ? own.seen : [];
  return estimate(
    EVENT_PRICES.data,
    'data events',
    volumes,
    ({ kind, bucket }) => kind === 'data-write' && bucket !== null && buckets.includes(bucket),
  );
}

/** Of a bucket that is recorded, what that costs; of one that is not, nobody can count what is not there. */
function objectEvents(finding: Finding, { volumes }: Ground): Cost | null {
  if (finding.status === 'FAIL') return unrecorded(finding, EVENT_PRICES.data, 'data events');
  if (finding.status !== 'PASS' || !volumes) return null;
  const name = finding.subject.slice(finding.subject.lastIndexOf(':') + 1);
  const cost = estimate(EVENT_PRICES.data, 'data events', volumes, ({ bucket }) => bucket === name);
  return { ...cost, assumptions: [...cost.assumptions, EACH_TRAIL] };
}

function unrecorded({ status }: Finding, price: number, what: string): Cost | null {
  if (status !== 'FAIL') return null;
  return { monthly: null, unitPrice: perEvents(price, what), assumptions: [LISTED, UNRECORDED] };
}

/** Both kinds of Insights: calls are analysed by their rate (writes) and by their errors (all of them). */
function analysedEvents({ status, covers }: Finding, { volumes }: Ground): Cost | null {
  if (status !== 'FAIL') return null;
  const [reads, writes] = (['management-read', 'management-write'] as const).map((wanted) =>
    volumes
      ? perMonth(volumes, ({ kind, account }) => kind === wanted && covers.includes(account))
      : null,
  );
  const analysed: Monthly | null =
    reads || writes
      ? {
          events: (reads?.events ?? 0) + 2 * (writes?.events ?? 0),
          seen: (reads?.seen ?? 0) + (writes?.seen ?? 0),
          days: reads?.days ?? writes?.days ?? 1,
        }
      : null;
  const cost = told(EVENT_PRICES.insights, 'analysed management events', volumes, analysed);
  return { ...cost, assumptions: [...cost.assumptions, BOTH_INSIGHTS] };
}

/** A bucket whose log files never move to a Glacier class; what it holds, no API of the scan tells. */
function storage({ status, subject }: Finding, { facts }: Ground): Cost | null {
  const bucket = facts.bucketBy.get(subject.slice(subject.lastIndexOf(':') + 1));
  const lifecycle = bucket?.protection?.lifecycle;
  if ((status !== 'FAIL' && status !== 'PASS') || !lifecycle || !wasSeen(lifecycle)) return null;
  const moves = lifecycle.seen.some(
    ({ enabled, transitions }) =>
      enabled &&
      transitions.some(({ storageClass }) => /^(GLACIER|DEEP_ARCHIVE)/.test(storageClass)),
  );
  if (moves) return null;
  const { standard, glacierInstant, glacierDeepArchive } = STORAGE_PRICES;
  return {
    monthly: null,
    unitPrice: `USD ${standard} / GB-month (S3 Standard); ${glacierInstant} (Glacier Instant Retrieval), ${glacierDeepArchive} (Glacier Deep Archive)`,
    assumptions: [LISTED_S3, UNKNOWN_SIZE, SMALL_FILES],
  };
}

function estimate(
  price: number,
  what: string,
  volumes: Volumes | null,
  counts: (volume: Volume) => boolean,
): Cost {
  return told(price, what, volumes, volumes && perMonth(volumes, counts));
}

function told(price: number, what: string, volumes: Volumes | null, month: Monthly | null): Cost {
  const unitPrice = perEvents(price, what);
  if (!volumes) return { monthly: null, unitPrice, assumptions: [LISTED, UNKNOWN] };
  const unread = volumes.unread > 0 ? [tooLow(volumes.unread)] : [];
  if (!month) return { monthly: null, unitPrice, assumptions: [LISTED, NOT_SEEN, ...unread] };
  const exact = priceOf(month.events, price);
  // A number is no better than what it rests on: days of records are worth one digit, weeks two.
  const monthly = exact < 1 ? 1 : Number(exact.toPrecision(month.days < 7 ? 1 : 2));
  const least = exact < 1 ? [LESS_THAN_ONE] : [];
  return { monthly, unitPrice, assumptions: [LISTED, counted(month), ...least, ...unread] };
}

function perEvents(price: number, what: string): string {
  return `USD ${price.toFixed(2)} / 100,000 ${what}`;
}
