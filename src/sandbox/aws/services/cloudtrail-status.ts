import type { Call, World } from '../service.ts';
import type { TrailState } from '../world.ts';
import { named } from './cloudtrail-trails.ts';

/** Logging on and off, and whether what is logged arrives. */

const minute = 60_000;
const hour = 60 * minute;

/**
 * `GetTrailStatus`: of this region alone. Quiet regions have an old delivery time or none; a region with a
 * delivery error stopped delivering two days ago.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function getTrailStatus(call: Call, world: World) {
  const trail = named(call.input.Name, call, world);
  const error = deliveryError(trail, call.region, world);
  const delivered = lastDelivery(trail, call, world, error);
  const digested = lastDigest(trail, call.now);
  return {
    IsLogging: trail.logging,
    LatestDeliveryError: error,
    LatestDeliveryTime: delivered,
    LatestDigestDeliveryError: trail.logFileValidation ? error : undefined,
    LatestDigestDeliveryTime: digested,
    StartLoggingTime: trail.startedLogging,
    StopLoggingTime: trail.stoppedLogging,
    LatestDeliveryAttemptTime: delivered?.toISOString() ?? '',
    LatestDeliveryAttemptSucceeded: delivered?.toISOString() ?? '',
    LatestNotificationAttemptTime: '',
    LatestNotificationAttemptSucceeded: '',
    TimeLoggingStarted: trail.startedLogging.toISOString(),
    TimeLoggingStopped: trail.stoppedLogging?.toISOString() ?? '',
  };
}

/** What the scenario says, or the truth that the bucket is not there. */
function deliveryError(trail: TrailState, region: string, world: World): string | undefined {
  const said = trail.deliveryErrors[region] ?? trail.deliveryErrors['*'];
  return said ?? (world.buckets.has(trail.bucket) ? undefined : 'NoSuchBucket');
}

function lastDelivery(
  trail: TrailState,
  call: Call,
  world: World,
  error: string | undefined,
): Date | undefined {
  const now = call.now.getTime();
  const until = Math.min(
    error === undefined ? now : now - 48 * hour,
    trail.logging ? now : (trail.stoppedLogging?.getTime() ?? now),
  );
  if (call.region === trail.homeRegion || call.region === 'us-east-1') {
    return new Date(Math.floor(until / (5 * minute)) * 5 * minute);
  }
  const latest = (world.events.get(`${call.caller.account}/${call.region}`) ?? []).findLast(
    (record) => Date.parse(String(record.eventTime)) + 5 * minute <= until,
  );
  return latest === undefined
    ? undefined
    : new Date(Date.parse(String(latest.eventTime)) + 5 * minute);
}

/** Digests are made every hour, the first an hour after validation was switched on. */
function lastDigest(trail: TrailState, now: Date): Date | undefined {
  const { validatedSince: since, validatedUntil: until } = trail;
  if (since === undefined) return undefined;
  const end = Math.min(
    now.getTime(),
    trail.logFileValidation ? now.getTime() : (until?.getTime() ?? now.getTime()),
    trail.logging ? now.getTime() : (trail.stoppedLogging?.getTime() ?? now.getTime()),
  );
  const hours = Math.floor((end - since.getTime()) / hour);
  return hours < 1 ? undefined : new Date(since.getTime() + hours * hour);
}
