import { type Reading, wasSeen } from '../../reading.ts';
import type { PostureFacts } from '../facts.ts';
import type { Cost, Finding } from '../finding.ts';
import { called, type Known, known } from '../known.ts';
import { duplicateOf } from '../recorded/duplicates.ts';
import { ownBucketsRecorded } from '../recorded/feedback-loop.ts';
import {
  ARCHIVE_UNREAD,
  absentIn,
  BOTH_INSIGHTS,
  BUCKET_UNREAD,
  EACH_TRAIL,
  LESS_THAN_ONE,
  LISTED,
  LISTED_S3,
  notSeen,
  SMALL_FILES,
  seenIn,
  tooLow,
  UNKNOWN,
  UNKNOWN_SIZE,
  UNRECORDED,
  unplacedIn,
} from './cost-words.ts';
import { EVENT_PRICES, priceOf, STORAGE_PRICES } from './prices.ts';
import {
  type Counted,
  counted,
  type Monthly,
  perMonth,
  type Volume,
  type Volumes,
} from './volumes.ts';

/**
 * What a finding costs, or would cost to mend, for the checks that are about money. Where log files or an
 * archive are there to count in, it is an estimate with what it assumes; otherwise only the unit price is
 * said, and why.
 */
export function withCosts(
  findings: Finding[],
  facts: PostureFacts,
  volumes: Reading<Volumes> | null,
): Finding[] {
  const ground: Ground = {
    facts: known(facts),
    files: volumes && wasSeen(volumes) ? counted(volumes.seen) : null,
    unreadable: volumes !== null && !wasSeen(volumes),
  };
  return findings.map((finding) => {
    const cost = PRICED[finding.check]?.(finding, ground);
    return cost ? { ...finding, cost } : finding;
  });
}

type Ground = { facts: Known; files: Counted | null; unreadable: boolean };

/** Every check that is about money, and what of it is counted. */
const PRICED: { [check: string]: (finding: Finding, ground: Ground) => Cost | null } = {
  'trail-duplicates': secondCopies,
  'data-events-feedback-loop': ownLogFiles,
  'data-events-s3': objectEvents,
  'data-events-other': (finding) => unrecorded(finding, EVENT_PRICES.data, DATA_EVENTS),
  'network-activity-events': (finding) => unrecorded(finding, EVENT_PRICES.network, NETWORK_EVENTS),
  insights: analysedEvents,
  'log-bucket-lifecycle': storage,
};

function secondCopies({ status, subject, covers }: Finding, ground: Ground): Cost | null {
  const { facts } = ground;
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
  return estimate(EVENT_PRICES.managementCopy, COPIED_EVENTS, ground, (all) =>
    covers.flatMap(all.of).filter(isPaid),
  );
}

function ownLogFiles({ status, subject }: Finding, ground: Ground): Cost | null {
  const { facts } = ground;
  const trail = facts.trailBy.get(subject);
  if (status !== 'FAIL' || !trail) return null;
  const own = ownBucketsRecorded(trail, facts);
  const buckets = 'seen' in own && Array.isArray(own.seen) ? own.seen : [];
  return ofBuckets(ground, (all) =>
    buckets.flatMap(all.inBucket).filter(({ kind }) => kind === 'data-write'),
  );
}

/** Of a bucket that is recorded, what that costs; of one that is not, nobody can count what is not there. */
function objectEvents(finding: Finding, ground: Ground): Cost | null {
  if (finding.status === 'FAIL') return unrecorded(finding, EVENT_PRICES.data, DATA_EVENTS);
  if (finding.status !== 'PASS' || !ground.files) return null;
  const name = finding.subject.slice(finding.subject.lastIndexOf(':') + 1);
  const cost = ofBuckets(ground, (all) => all.inBucket(name));
  return { ...cost, assumptions: [...cost.assumptions, EACH_TRAIL] };
}

function unrecorded({ status }: Finding, price: number, what: Counting): Cost | null {
  if (status !== 'FAIL') return null;
  return { monthly: null, ...perEvents(price, what), assumptions: [LISTED, UNRECORDED] };
}

/** Both kinds of Insights: calls are analysed by their rate (writes) and by their errors (all of them). */
function analysedEvents({ status, covers }: Finding, ground: Ground): Cost | null {
  const { files } = ground;
  if (status !== 'FAIL') return null;
  const of = (wanted: Volume['kind']) =>
    files &&
    perMonth(
      covers.flatMap(files.of).filter(({ kind }) => kind === wanted),
      files,
    );
  const [reads, writes] = [of('management-read'), of('management-write')];
  const analysed: Monthly | null = (reads || writes) && {
    events: (reads?.events ?? 0) + 2 * (writes?.events ?? 0),
    seen: (reads?.seen ?? 0) + (writes?.seen ?? 0),
    days: Math.max(reads?.days ?? 1, writes?.days ?? 1),
    lost: Math.max(reads?.lost ?? 0, writes?.lost ?? 0),
    missing: Math.max(reads?.missing ?? 0, writes?.missing ?? 0),
  };
  const cost = told(EVENT_PRICES.insights, ANALYSED_EVENTS, ground, analysed);
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
    ko: `GB당 월 USD ${standard}(S3 Standard), ${glacierInstant}(Glacier Instant Retrieval), ${glacierDeepArchive}(Glacier Deep Archive)`,
    assumptions: [LISTED_S3, UNKNOWN_SIZE, SMALL_FILES],
  };
}

function estimate(
  price: number,
  what: Counting,
  ground: Ground,
  which: (files: Counted) => Volume[],
): Cost {
  const { files } = ground;
  return told(price, what, ground, files && perMonth(which(files), files));
}

/** Data events of some buckets, of which an archive may not know all that it holds. */
function ofBuckets(ground: Ground, which: (files: Counted) => Volume[]): Cost {
  const cost = estimate(EVENT_PRICES.data, DATA_EVENTS, ground, which);
  if (!ground.files || ground.files.unplaced === 0) return cost;
  const unplaced = unplacedIn(ground.files);
  return cost.monthly === null
    ? { ...cost, assumptions: [LISTED, BUCKET_UNREAD, ...cost.assumptions.slice(2), unplaced] }
    : { ...cost, assumptions: [...cost.assumptions, unplaced] };
}

function told(price: number, what: Counting, ground: Ground, month: Monthly | null): Cost {
  const unit = perEvents(price, what);
  const { files, unreadable } = ground;
  const nothing = unreadable ? ARCHIVE_UNREAD : UNKNOWN;
  if (!files) return { monthly: null, ...unit, assumptions: [LISTED, nothing] };
  const unread = files.unread > 0 ? [tooLow(files)] : [];
  if (!month) return { monthly: null, ...unit, assumptions: [LISTED, notSeen(files), ...unread] };
  const exact = priceOf(month.events, price);
  // A number is no better than what it rests on: days of records are worth one digit, weeks two.
  const monthly = exact < 1 ? 1 : Number(exact.toPrecision(month.days < 7 ? 1 : 2));
  const least = exact < 1 ? [LESS_THAN_ONE] : [];
  const absent = absentIn(month, files);
  const assumptions = [LISTED, seenIn(month, files), ...absent, ...least, ...unread];
  return { monthly, ...unit, assumptions };
}

function perEvents(price: number, what: Counting) {
  const dollars = `USD ${price.toFixed(2)}`;
  return {
    unitPrice: `${dollars} / 100,000 ${what.en}`,
    ko: `${what.ko} 100,000건당 ${dollars}`,
  };
}

/** What CloudTrail counts, as its bill calls it. */
type Counting = { en: string; ko: string };
const DATA_EVENTS = { en: 'data events', ko: '데이터 이벤트' };
const NETWORK_EVENTS = { en: 'network activity events', ko: '네트워크 활동 이벤트' };
const COPIED_EVENTS = { en: 'copied management events', ko: '중복으로 전달된 관리 이벤트' };
const ANALYSED_EVENTS = { en: 'analysed management events', ko: '분석된 관리 이벤트' };
