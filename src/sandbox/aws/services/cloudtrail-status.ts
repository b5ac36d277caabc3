import { momentAt } from '../moments.ts';
import type { SinkTrouble } from '../scenario.ts';
import type { Call, World } from '../service.ts';
import type { TrailState } from '../world.ts';
import { named } from './cloudtrail-trails.ts';

/** Whether a trail is logging, and whether what is logged arrives: log files, digests, log group, topic. */

const minute = 60_000;
const hour = 60 * minute;

type Sink = 's3' | 'digest' | 'cloudWatchLogs' | 'sns';
type SinkStatus = { error: string | undefined; at: Date | undefined };

/**
 * `GetTrailStatus`: of this region alone. Quiet regions have an old delivery time or none; a region with a
 * delivery error stopped delivering two days ago, unless the scenario says when.
 * https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_GetTrailStatus.html
 */
export function getTrailStatus(call: Call, world: World) {
  const trail = named(call.input.Name, call, world);
  const files = statusOf('s3', trail, call, world);
  const digests = statusOf('digest', trail, call, world);
  const logGroup = statusOf('cloudWatchLogs', trail, call, world);
  const topic = statusOf('sns', trail, call, world);
  return {
    IsLogging: trail.logging,
    LatestDeliveryError: files.error,
    LatestDeliveryTime: files.at,
    LatestDigestDeliveryError: trail.logFileValidation ? digests.error : undefined,
    LatestDigestDeliveryTime: digests.at,
    LatestCloudWatchLogsDeliveryError: trail.logGroup ? logGroup.error : undefined,
    LatestCloudWatchLogsDeliveryTime: trail.logGroup ? logGroup.at : undefined,
    LatestNotificationError: trail.snsTopic ? topic.error : undefined,
    LatestNotificationTime: trail.snsTopic ? topic.at : undefined,
    StartLoggingTime: trail.startedLogging,
    StopLoggingTime: trail.stoppedLogging,
    LatestDeliveryAttemptTime: files.at?.toISOString() ?? '',
    LatestDeliveryAttemptSucceeded: files.at?.toISOString() ?? '',
    LatestNotificationAttemptTime: trail.snsTopic ? (topic.at?.toISOString() ?? '') : '',
    LatestNotificationAttemptSucceeded: trail.snsTopic ? (topic.at?.toISOString() ?? '') : '',
    TimeLoggingStarted: trail.startedLogging.toISOString(),
    TimeLoggingStopped: trail.stoppedLogging?.toISOString() ?? '',
  };
}

function statusOf(sink: Sink, trail: TrailState, call: Call, world: World): SinkStatus {
  const trouble = troubleOf(sink, trail, call.region, world);
  const error = typeof trouble === 'string' ? trouble : trouble?.error;
  if (typeof trouble === 'object') {
    const { lastSuccess } = trouble;
    const at = lastSuccess === null ? undefined : momentAt(lastSuccess, world.started);
    return { error, at };
  }
  const at =
    sink === 'digest'
      ? lastDigest(trail, call.now, error)
      : lastDelivery(trail, call, world, error);
  return { error, at };
}

/** What the scenario says, or the truth that the bucket is not there. */
function troubleOf(
  sink: Sink,
  trail: TrailState,
  region: string,
  world: World,
): SinkTrouble | undefined {
  const said = trail.deliveryErrors[region]?.[sink] ?? trail.deliveryErrors['*']?.[sink];
  if (said !== undefined || sink === 'cloudWatchLogs' || sink === 'sns') return said;
  return world.buckets.has(trail.bucket) ? undefined : 'NoSuchBucket';
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
  const since = trail.startedLogging.getTime();
  const at = (instant: number) => (instant < since ? undefined : new Date(instant));
  if (call.region === trail.homeRegion || call.region === 'us-east-1') {
    return at(Math.floor(until / (5 * minute)) * 5 * minute);
  }
  const latest = (world.events.get(`${call.caller.account}/${call.region}`) ?? []).findLast(
    (record) => Date.parse(String(record.eventTime)) + 5 * minute <= until,
  );
  return latest === undefined ? undefined : at(Date.parse(String(latest.eventTime)) + 5 * minute);
}

/** Digests are made every hour, the first an hour after validation was switched on. */
function lastDigest(trail: TrailState, now: Date, error: string | undefined): Date | undefined {
  const { validatedSince: since, validatedUntil: until } = trail;
  if (since === undefined) return undefined;
  const end = Math.min(
    error === undefined ? now.getTime() : now.getTime() - 48 * hour,
    trail.logFileValidation ? now.getTime() : (until?.getTime() ?? now.getTime()),
    trail.logging ? now.getTime() : (trail.stoppedLogging?.getTime() ?? now.getTime()),
  );
  const hours = Math.floor((end - since.getTime()) / hour);
  return hours < 1 ? undefined : new Date(since.getTime() + hours * hour);
}
