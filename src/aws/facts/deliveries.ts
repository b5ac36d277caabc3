import { GetTrailStatusCommand } from '@aws-sdk/client-cloudtrail';
import type { Delivery, SinkState, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['cloudtrail:GetTrailStatus'];

/** Stands for the regions of an account whose regions could not be read. */
const OTHER_REGIONS = '*';

export type TrailStatus = {
  logging: boolean;
  loggingSince: string | null;
  sinks: Delivery['sinks'] extends Witnessed<infer Sinks> ? Sinks : never;
};

/**
 * What CloudTrail says of a trail in one region: "to return trail status from all Regions, you must
 * call the operation on each Region" (API reference of GetTrailStatus). Its errors are sticky texts
 * without a time; one that is empty is none.
 */
export function readStatus(
  ground: Ground,
  where: Where,
  arn: string,
): Promise<Witnessed<TrailStatus>> {
  return witnessed(ground, 'cloudtrail:GetTrailStatus', where, async () => {
    const status = await ground.aws
      .cloudTrail(where)
      .send(new GetTrailStatusCommand({ Name: arn }));
    return {
      logging: status.IsLogging === true,
      loggingSince: status.StartLoggingTime?.toISOString() ?? null,
      sinks: {
        s3: sink(status.LatestDeliveryTime, status.LatestDeliveryError),
        digest: sink(status.LatestDigestDeliveryTime, status.LatestDigestDeliveryError),
        cloudWatchLogs: sink(
          status.LatestCloudWatchLogsDeliveryTime,
          status.LatestCloudWatchLogsDeliveryError,
        ),
        sns: sink(status.LatestNotificationTime, status.LatestNotificationError),
      },
    };
  });
}

function sink(lastSuccess: Date | undefined, error: string | undefined): SinkState {
  return { lastSuccess: lastSuccess?.toISOString() ?? null, error: error || null };
}

/**
 * What arrives, region by region: of a trail of all regions in every region that its owner has enabled,
 * of another in its home. The home's status was read already, and is not read twice.
 */
export async function readDeliveries(
  ground: Ground,
  trail: { arn: string; homeRegion: string; multiRegion: boolean },
  home: Witnessed<TrailStatus>,
  regions: () => Promise<Witnessed<string[]>>,
): Promise<Delivery[]> {
  const atHome = delivery(trail.homeRegion, home);
  if (!trail.multiRegion) return [atHome];
  const enabled = await regions();
  if (!wasSeen(enabled)) return [atHome, { region: OTHER_REGIONS, sinks: enabled }];
  const others = enabled.seen.filter((region) => region !== trail.homeRegion);
  const { account } = home.by;
  // All at once: every region has a quota of its own.
  const elsewhere = await Promise.all(
    others.map(async (region) =>
      delivery(region, await readStatus(ground, { account, region }, trail.arn)),
    ),
  );
  return [atHome, ...elsewhere];
}

function delivery(region: string, status: Witnessed<TrailStatus>): Delivery {
  if (!wasSeen(status)) return { region, sinks: status };
  const { sinks, loggingSince } = status.seen;
  return { region, sinks: { seen: sinks, by: status.by }, loggingSince };
}
