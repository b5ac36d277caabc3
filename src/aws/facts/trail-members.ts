import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import type { TrailFacts, TrailSettings, Witnessed } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { readStatus } from './deliveries.ts';
import { type Ground, witnessed } from './reader.ts';
import { settingsOf } from './trails.ts';

export const needs = ['cloudtrail:DescribeTrails', 'cloudtrail:GetTrailStatus'];

/** Members asked about one trail at most: one is enough, unless it is in trouble itself. */
export const ASKED = 3;

/**
 * A trail whose owner refuses us, as its members see it: a copy of an organization trail stands in each
 * of them, with its settings (DescribeTrails) and its status, which a member may ask for by the full
 * ARN. Selectors, tags and Insights are the owner's alone and stay unseen.
 */
export async function readFromMembers(
  ground: Ground,
  trail: TrailFacts,
  members: string[],
): Promise<TrailFacts> {
  let { settings, logging } = trail;
  for (const account of members.filter((member) => member !== trail.owner).slice(0, ASKED)) {
    if (!isRefused(settings) && !isRefused(logging)) break;
    const where = { account, region: trail.homeRegion };
    if (isRefused(settings)) settings = seenOr(settings, await readCopy(ground, where, trail.arn));
    if (isRefused(logging)) {
      const status = await readStatus(ground, where, trail.arn);
      if (wasSeen(status)) logging = { seen: status.seen.logging, by: status.by };
    }
  }
  return { ...trail, settings, logging };
}

function isRefused(reading: Reading<unknown>): boolean {
  return !wasSeen(reading) && reading.unseen.kind === 'denied';
}

/** The owner's refusal says more than a member's: it names who would see all of it. */
function seenOr<T>(before: Witnessed<T>, now: Witnessed<T | null>): Witnessed<T> {
  return wasSeen(now) && now.seen !== null ? { seen: now.seen, by: now.by } : before;
}

function readCopy(
  ground: Ground,
  where: Where,
  arn: string,
): Promise<Witnessed<TrailSettings | null>> {
  return witnessed(ground, 'cloudtrail:DescribeTrails', where, async () => {
    const { trailList = [] } = await ground.aws
      .cloudTrail(where)
      .send(new DescribeTrailsCommand({}));
    const copy = trailList.find(({ TrailARN }) => TrailARN === arn);
    return copy ? settingsOf(copy) : null;
  });
}
