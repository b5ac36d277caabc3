import { GetTrailStatusCommand, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { Sighting, Witnessed } from '../../core/posture/facts.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['cloudtrail:ListTrails', 'cloudtrail:GetTrailStatus'];

/**
 * The trails that one account sees, the organization's among them, and whether each is logging there.
 * ListTrails names the trails of all regions with their home region. A member may ask for the status
 * of an organization trail, by its full ARN, and for nothing else of it (reference: fixes 6.5).
 */
export function readAccountTrails(ground: Ground, account: string): Promise<Witnessed<Sighting[]>> {
  const where = { account, region: ground.aws.settings.region };
  return witnessed(ground, 'cloudtrail:ListTrails', where, async () => {
    const trails: { arn: string; homeRegion: string }[] = [];
    for await (const { Trails = [] } of paginateListTrails(
      { client: ground.aws.cloudTrail(where) },
      {},
    ))
      for (const { TrailARN, HomeRegion } of Trails)
        if (TrailARN && HomeRegion) trails.push({ arn: TrailARN, homeRegion: HomeRegion });
    return concurrently(4, trails, async (trail) => ({
      ...trail,
      logging: await readLogging(ground, account, trail),
    }));
  });
}

/** Whether a trail is logging, asked in its home region from the given account. */
export function readLogging(
  ground: Ground,
  account: string,
  { arn, homeRegion }: { arn: string; homeRegion: string },
): Promise<Witnessed<boolean>> {
  const where = { account, region: homeRegion };
  return witnessed(ground, 'cloudtrail:GetTrailStatus', where, async () => {
    const status = await ground.aws
      .cloudTrail(where)
      .send(new GetTrailStatusCommand({ Name: arn }));
    return status.IsLogging === true;
  });
}
