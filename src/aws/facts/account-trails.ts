import { DescribeTrailsCommand, paginateListTrails } from '@aws-sdk/client-cloudtrail';
import type { Sighting, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['cloudtrail:DescribeTrails', 'cloudtrail:ListTrails'];

/** As ListTrails and DescribeTrails both name a trail. */
type Named = { TrailARN?: string | undefined; HomeRegion?: string | undefined };

/**
 * The trails that one account sees: its own in all regions, and the organization's that reach it. `heard`
 * is told of those that it lists, before it is sure that there are no others.
 */
export async function readAccountTrails(
  ground: Ground,
  account: string,
  heard: (seen: { trails: Witnessed<Sighting[]> }) => void = () => {},
): Promise<Witnessed<Sighting[]>> {
  const where = { account, region: ground.aws.settings.region };
  const listed = await listTrails(ground, where);
  if (!wasSeen(listed)) return listed;
  heard({ trails: listed });
  const foreign = listed.seen.some(({ arn }) => ownerOf(arn) !== account);
  const copies = foreign ? listed : await describeCopies(ground, where);
  if (!wasSeen(copies)) return copies;
  const trails = new Map([...copies.seen, ...listed.seen].map((trail) => [trail.arn, trail]));
  return { seen: [...trails.values()], by: listed.by };
}

/** ListTrails names the trails of all regions with their home region. */
function listTrails(ground: Ground, where: Where): Promise<Witnessed<Sighting[]>> {
  return witnessed(ground, 'cloudtrail:ListTrails', where, async () => {
    const trails: Sighting[] = [];
    for await (const { Trails = [] } of paginateListTrails(
      { client: ground.aws.cloudTrail(where) },
      {},
    ))
      trails.push(...Trails.flatMap(trailOf));
    return trails;
  });
}

/**
 * AWS promises the copies of an organization trail in a member to DescribeTrails only. So nobody is
 * called out of its reach before that was asked, too; it knows one region, and the trails that span all.
 */
function describeCopies(ground: Ground, where: Where): Promise<Witnessed<Sighting[]>> {
  return witnessed(ground, 'cloudtrail:DescribeTrails', where, async () => {
    const { trailList = [] } = await ground.aws
      .cloudTrail(where)
      .send(new DescribeTrailsCommand({}));
    return trailList.flatMap(trailOf);
  });
}

function trailOf({ TrailARN, HomeRegion }: Named): Sighting[] {
  return TrailARN && HomeRegion ? [{ arn: TrailARN, homeRegion: HomeRegion }] : [];
}

/** The account in the ARN of a trail: for an organization trail, the management account. */
export function ownerOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}
