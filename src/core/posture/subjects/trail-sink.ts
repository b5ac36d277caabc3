import { type Unseen, wasSeen } from '../../reading.ts';
import type { Delivery, Sink, SinkState, TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { proof } from '../proof.ts';
import { globalRegion } from '../recorded/global-events.ts';
import { managementOf } from '../recorded/management.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

const HOUR = 3_600_000;
/**
 * An error of CloudTrail has no time of its own and stays when all is well again; so it is over where
 * something was delivered since, which in a sink that works is never long ago: log files, their events
 * and notifications go out about every five minutes, digests every hour.
 */
const OVER_WITHIN: { [sink in Sink]: number } = {
  s3: HOUR,
  cloudWatchLogs: HOUR,
  sns: HOUR,
  digest: 2 * HOUR,
};
/** Where something always happens, a day without a delivery is too long. */
const LATE_AFTER = 24 * HOUR;

const ANCHORS: { [sink in Sink]: string } = {
  s3: 's3',
  digest: 'digest',
  cloudWatchLogs: 'cloudwatch-logs',
  sns: 'sns',
};
const STOPPED = {
  en: 'the trail is not logging, which trail-logging tells',
  ko: '트레일이 기록 중이 아니며, 이는 trail-logging이 알립니다',
};

/**
 * Every trail with each of the sinks that it is set up for: log files, their digests, CloudWatch Logs,
 * notifications. CloudTrail answers for one account and region at a time, and sets no error for requests
 * that time out: those show as deliveries that are late.
 */
export function trailSinks(facts: Known): Subject[] {
  return sightedTrails(facts).flatMap((trail) =>
    sinksOf(trail).map((sink) => trailSink(trail, sink, facts)),
  );
}

/** Log files always; of a trail whose settings are unseen, nobody knows the others. */
function sinksOf({ settings }: TrailFacts): Sink[] {
  if (!wasSeen(settings)) return ['s3'];
  const { logFileValidation, logGroup, snsTopic } = settings.seen;
  return [
    's3',
    ...(logFileValidation ? (['digest'] as const) : []),
    ...(logGroup ? (['cloudWatchLogs'] as const) : []),
    ...(snsTopic ? (['sns'] as const) : []),
  ];
}

function trailSink(trail: TrailFacts, sink: Sink, facts: Known): Subject {
  const named: FactsOf<'trail-sink'> = {
    regionsNotDelivering: regionsNotDelivering(trail, sink, facts),
  };
  const fields: FieldsOf<'trail-sink'> = {
    trail: nameOf(trail.arn),
    owner: trail.owner,
    sink: ANCHORS[sink],
    regions: String(trail.deliveries.length),
  };
  return {
    subject: `${trail.arn}#${ANCHORS[sink]}`,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields,
    evidence: evidenceOf({ trail, sink, facts }),
  };
}

function regionsNotDelivering(trail: TrailFacts, sink: Sink, facts: Known): Fact {
  if (wasSeen(trail.logging) && !trail.logging.seen) return { notApplicable: STOPPED };
  const faults = trail.deliveries.flatMap((delivery) => faultIn(delivery, { trail, sink, facts }));
  if (faults.length > 0) return { seen: faults };
  const doubt = doubtOf(trail);
  return doubt ? { unseen: doubt } : { seen: [] };
}

/** What keeps "everything arrives" from being known. */
function doubtOf({ deliveries, settings, logging }: TrailFacts): Unseen | null {
  for (const { sinks } of deliveries) if (!wasSeen(sinks)) return sinks.unseen;
  if (!wasSeen(settings)) return settings.unseen;
  return wasSeen(logging) ? null : logging.unseen;
}

type Judged = { trail: TrailFacts; sink: Sink; facts: Known };

/** `eu-west-1 (NoSuchBucket)`, `us-east-1 (late)`, or nothing where nothing is wrong. */
function faultIn(delivery: Delivery, { trail, sink, facts }: Judged): string[] {
  const { region, sinks } = delivery;
  const { readAt, organization } = facts;
  if (!wasSeen(sinks)) return [];
  const state = sinks.seen[sink];
  if (state.error !== null && age(state, readAt) > OVER_WITHIN[sink])
    return [`${region} (${state.error})`];
  // IAM, STS and CloudFront write their events in one region, whatever else is quiet.
  const lively = region === trail.homeRegion || region === globalRegion(organization.partition);
  if (!lively || age(state, readAt) <= LATE_AFTER || isFresh(delivery, readAt)) return [];
  // A sink that was added later, or validation that was switched on just now, has delivered nothing yet.
  if (state.lastSuccess === null && sink !== 's3') return [];
  if (!isRegular(trail, sink)) return [];
  return [`${region} (${state.lastSuccess === null ? 'never' : 'late'})`];
}

/** Infinite where nothing ever arrived. */
function age({ lastSuccess }: SinkState, readAt: string): number {
  return lastSuccess === null
    ? Number.POSITIVE_INFINITY
    : Date.parse(readAt) - Date.parse(lastSuccess);
}

/** A trail that was started today has not had its day. */
function isFresh({ loggingSince }: Delivery, readAt: string): boolean {
  return Boolean(loggingSince) && Date.parse(readAt) - Date.parse(loggingSince ?? '') < LATE_AFTER;
}

/**
 * Whether something is delivered every day: where reads are recorded there are always some, our own
 * question for the status among them. Not where only writes or data events are. A digest comes every
 * hour, an empty one where nothing happened; shorter gaps are for the verification of the digests.
 */
function isRegular({ selectors }: TrailFacts, sink: Sink): boolean {
  if (sink === 'digest') return true;
  if (!wasSeen(selectors)) return false;
  return managementOf([selectors.seen]).read.recorded !== 'none';
}

/** So many regions are shown; those with a fault first. */
const SHOWN = 6;

function evidenceOf(judged: Judged) {
  const { trail, sink } = judged;
  const faulty = trail.deliveries.filter((delivery) => faultIn(delivery, judged).length > 0);
  const shown = faulty.length > 0 ? faulty : trail.deliveries;
  return shown
    .slice(0, SHOWN)
    .map(({ sinks }) =>
      proof(sinks, (seen) => ({ TrailARN: trail.arn, sink: ANCHORS[sink], ...seen[sink] })),
    );
}
