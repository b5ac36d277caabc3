import {
  DescribeTrailsCommand,
  GetTrailStatusCommand,
  paginateListTrails,
} from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { Sighting, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:ListTrails',
];

/** As ListTrails and DescribeTrails both name a trail. */
type Named = { TrailARN?: string | undefined; HomeRegion?: string | undefined };
type Trail = { arn: string; homeRegion: string };

/**
 * The trails that one account sees, the organization's among them, and whether each is logging there.
 * A member may ask for the status of an organization trail, by its full ARN, and for nothing else of it
 * (reference: fixes 6.5).
 */
export async function readAccountTrails(
  ground: Ground,
  account: string,
): Promise<Witnessed<Sighting[]>> {
  const where = { account, region: ground.aws.settings.region };
  const listed = await listTrails(ground, where);
  if (!wasSeen(listed)) return listed;
  const foreign = listed.seen.some(({ arn }) => ownerOf(arn) !== account);
  const copies = foreign ? listed : await describeCopies(ground, where);
  if (!wasSeen(copies)) return copies;
  const trails = new Map([...copies.seen, ...listed.seen].map((trail) => [trail.arn, trail]));
  const seen = await concurrently(4, [...trails.values()], async (trail) => ({
    ...trail,
    logging: await readLogging(ground, account, trail),
  }));
  return { seen, by: listed.by };
}

/** ListTrails names the trails of all regions with their home region. */
function listTrails(ground: Ground, where: Where): Promise<Witnessed<Trail[]>> {
  return witnessed(ground, 'cloudtrail:ListTrails', where, async () => {
    const trails: Trail[] = [];
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
function describeCopies(ground: Ground, where: Where): Promise<Witnessed<Trail[]>> {
  return witnessed(ground, 'cloudtrail:DescribeTrails', where, async () => {
    const { trailList = [] } = await ground.aws
      .cloudTrail(where)
      .send(new DescribeTrailsCommand({}));
    return trailList.flatMap(trailOf);
  });
}

function trailOf({ TrailARN, HomeRegion }: Named): Trail[] {
  return TrailARN && HomeRegion ? [{ arn: TrailARN, homeRegion: HomeRegion }] : [];
}

/** The account in the ARN of a trail: for an organization trail, the management account. */
export function ownerOf(arn: string): string {
  return arn.split(':')[4] ?? '';
}

/** Whether a trail is logging, asked in its home region from the given account. */
export function readLogging(
  ground: Ground,
  account: string,
  { arn, homeRegion }: Trail,
): Promise<Witnessed<boolean>> {
  const where = { account, region: homeRegion };
  return witnessed(ground, 'cloudtrail:GetTrailStatus', where, async () => {
    const status = await ground.aws
      .cloudTrail(where)
      .send(new GetTrailStatusCommand({ Name: arn }));
    return status.IsLogging === true;
  });
}
