import { GetEventSelectorsCommand, GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { TrailNow } from '../../core/evidence/recording-as-of.ts';
import type { AccountSeen, TrailsSeen } from '../../core/evidence/trails-seen.ts';
import type { Organization, OrganizationAccount } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { ownerOf, readAccountTrails } from '../facts/account-trails.ts';
import { readStatus } from '../facts/deliveries.ts';
import { selectorsOf } from '../facts/event-selectors.ts';
import { type Ground, witnessed } from '../facts/reader.ts';
import { settingsOf } from '../facts/trails.ts';

export const needs = [
  'cloudtrail:DescribeTrails',
  'cloudtrail:GetEventSelectors',
  'cloudtrail:GetTrail',
  'cloudtrail:GetTrailStatus',
  'cloudtrail:ListTrails',
];

/** Accounts, and trails, asked at a time. */
const LANES = 12;

/** A trail that delivered within this time delivers, whatever an old error still says of it. */
const DELIVERS = 2 * 3_600_000;

export type TrailsAsked = {
  organization: Organization;
  accounts: string[] | 'all';
  regionsOf(account: string): Promise<Reading<string[]>>;
};

/** The trails that these accounts see right now: what each records, and whom it reaches. */
export async function readTrailsNow(ground: Ground, asked: TrailsAsked): Promise<TrailsSeen> {
  const { accounts: listed, managementAccount, self } = asked.organization;
  const all: Pick<OrganizationAccount, 'id' | 'name' | 'state'>[] = wasSeen(listed)
    ? listed.seen
    : [{ id: self, name: '', state: 'ACTIVE' }];
  const wanted = all.filter(({ id }) => asked.accounts === 'all' || asked.accounts.includes(id));
  const sightings = await concurrently(LANES, wanted, (account) =>
    seeAccount(ground, account, asked),
  );
  const seen = new Map<string, { homeRegion: string; by: string[] }>();
  for (const { id, trails } of sightings) {
    if (!wasSeen(trails)) continue;
    for (const { arn, homeRegion } of trails.seen) {
      const known = seen.get(arn) ?? { homeRegion, by: [] };
      seen.set(arn, { ...known, by: [...known.by, id] });
    }
  }
  const read = await concurrently(LANES, [...seen], ([arn, { homeRegion, by }]) =>
    readTrail(ground, arn, homeRegion, by),
  );
  return {
    readAt: ground.now().toISOString(),
    managementAccount,
    accounts: sightings.map(
      ({ id, name, regions, trails }): AccountSeen => ({
        id,
        name,
        regions,
        trails: wasSeen(trails) ? { seen: trails.seen.map(({ arn }) => arn) } : trails,
      }),
    ),
    trails: read.map(({ trail }) => trail),
    unread: read.flatMap(({ trail, reason }) => (reason ? [{ arn: trail.arn, reason }] : [])),
    ...(!wasSeen(listed) && { unlisted: listed.unseen.reason }),
  };
}

async function seeAccount(
  ground: Ground,
  { id, name, state }: Pick<OrganizationAccount, 'id' | 'name' | 'state'>,
  { regionsOf }: TrailsAsked,
) {
  if (state !== 'ACTIVE') {
    const ko = {
      reason:
        state === 'SUSPENDED' ? '정지된 계정입니다' : `활성 상태가 아닌 계정입니다 (${state})`,
    };
    const unseen = { kind: 'denied' as const, reason: `the account is ${state}`, ko };
    return { id, name, regions: { unseen }, trails: { unseen } };
  }
  const [trails, regions] = await Promise.all([readAccountTrails(ground, id), regionsOf(id)]);
  return { id, name, regions, trails };
}

/** From the account that owns it; where that refuses, from the first that sees it. */
async function readTrail(
  ground: Ground,
  arn: string,
  homeRegion: string,
  by: string[],
): Promise<{ trail: TrailNow; reason: string | null }> {
  const askers = [...new Set([ownerOf(arn), ...by])].slice(0, 3);
  let read = await readFrom(ground, arn, { account: askers[0] ?? '', region: homeRegion });
  for (const account of askers.slice(1)) {
    if (!read.some((one) => 'unseen' in one)) break;
    const again = await readFrom(ground, arn, { account, region: homeRegion });
    read = [
      wasSeen(read[0]) ? read[0] : again[0],
      wasSeen(read[1]) ? read[1] : again[1],
      wasSeen(read[2]) ? read[2] : again[2],
    ];
  }
  const [settings, status, selectors] = read;
  const known = wasSeen(settings) ? settings.seen : null;
  const { logging = null, loggingSince = null } = wasSeen(status) ? status.seen : {};
  const [unseen] = [settings, status, selectors].flatMap((one) =>
    'unseen' in one ? [one.unseen] : [],
  );
  return {
    trail: {
      arn,
      homeRegion,
      multiRegion: known?.multiRegion ?? null,
      organization: known?.organization ?? null,
      logging,
      loggingSince: logging ? loggingSince : null,
      undeliveredSince: wasSeen(status) ? failingSince(status.seen.sinks.s3, ground) : null,
      selectors: wasSeen(selectors) ? selectors.seen : null,
      accounts: by,
    },
    reason: unseen?.reason ?? null,
  };
}

function readFrom(ground: Ground, arn: string, where: { account: string; region: string }) {
  const client = ground.aws.cloudTrail(where);
  return Promise.all([
    witnessed(ground, 'cloudtrail:GetTrail', where, async () => {
      const { Trail = {} } = await client.send(new GetTrailCommand({ Name: arn }));
      return settingsOf(Trail);
    }),
    readStatus(ground, where, arn),
    witnessed(ground, 'cloudtrail:GetEventSelectors', where, async () =>
      selectorsOf(await client.send(new GetEventSelectorsCommand({ TrailName: arn }))),
    ),
  ]);
}

/** CloudTrail keeps the text of an old error: only with nothing delivered for hours does it speak of now. */
function failingSince(
  { lastSuccess, error }: { lastSuccess: string | null; error: string | null },
  { now }: Ground,
): string | null {
  if (!error || !lastSuccess) return null;
  return now().getTime() - Date.parse(lastSuccess) > DELIVERS ? lastSuccess : null;
}
