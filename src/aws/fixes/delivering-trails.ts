import { GetTrailCommand } from '@aws-sdk/client-cloudtrail';
import { z } from 'zod';
import { concurrently } from '../../core/concurrently.ts';
import type { DeliveringTrail } from '../../core/fixes/buckets/delivering-trail.ts';
import type { Sighting } from '../../core/posture/facts.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { ownerOf, readAccountTrails, needs as toList } from '../facts/account-trails.ts';
import { eachRow, findAggregators, needs as toAsk } from '../facts/aggregator.ts';
import { readMap } from '../facts/config-map.ts';
import type { Ground } from '../facts/reader.ts';
import { reading } from '../reading.ts';
import { readRegions } from '../regions.ts';
import type { Aws } from '../session.ts';
import { MEMBERS, type Members, readConfigDeputies } from './members.ts';

/** IAM actions of what is asked here. */
export const ENUMERATING = [
  ...MEMBERS,
  ...toList,
  ...toAsk,
  'account:ListRegions',
  'cloudtrail:GetTrail',
];

/** Accounts asked at a time. */
const LANES = 12;

/**
 * Every trail of the organization that delivers to a bucket. Each account is asked itself; one that
 * refuses is looked for in the Config aggregator, which counts only where it is proven to record the
 * whole account. An account of which neither tells leaves the answer unseen: one trail that nobody
 * thought of would stop delivering.
 */
export async function deliveringTrails(
  bucket: string,
  members: Members,
  aws: Aws,
): Promise<Reading<DeliveringTrail[]>> {
  const ground: Ground = { aws, now: () => new Date() };
  const seenBy = new Map<string, { trail: Sighting; by: string[] }>();
  const dark: { account: string; reason: string }[] = [];
  await concurrently(LANES, members.active, async (account) => {
    const trails = await readAccountTrails(ground, account);
    if (!wasSeen(trails)) {
      dark.push({ account, reason: trails.unseen.reason });
      return;
    }
    for (const trail of trails.seen) {
      const known = seenBy.get(trail.arn) ?? { trail, by: [] };
      known.by.push(account);
      seenBy.set(trail.arn, known);
    }
  });
  const delivering: DeliveringTrail[] = [];
  const read = await concurrently(LANES, [...seenBy.values()], ({ trail, by }) =>
    readDelivery(trail, by, aws),
  );
  for (const one of read) {
    if (!wasSeen(one)) return one;
    if (one.seen.bucket === bucket) delivering.push(one.seen.trail);
  }
  if (dark.length > 0) {
    const told = await toldByConfig(bucket, dark, members, ground);
    if (!wasSeen(told)) return told;
    const known = new Set(delivering.map(({ arn }) => arn));
    delivering.push(...told.seen.filter(({ arn }) => !known.has(arn)));
  }
  return { seen: delivering.sort((a, b) => (a.arn < b.arn ? -1 : 1)) };
}

/** Where a trail delivers: by its owner, or, where that refuses, by an account that sees it. */
async function readDelivery(
  { arn, homeRegion: region }: Sighting,
  by: string[],
  aws: Aws,
): Promise<Reading<{ bucket: string; trail: DeliveringTrail }>> {
  const owner = ownerOf(arn);
  const askable = [owner, ...by.filter((account) => account !== owner).slice(0, 3)];
  let answer: Reading<{ bucket: string; trail: DeliveringTrail }> | undefined;
  for (const account of askable) {
    answer = await reading(`cloudtrail:GetTrail in ${account}`, async () => {
      const { Trail } = await aws
        .cloudTrail({ account, region })
        .send(new GetTrailCommand({ Name: arn }));
      if (!Trail?.S3BucketName) throw new Error(`GetTrail answered without the bucket of ${arn}`);
      const { S3BucketName: bucket, S3KeyPrefix, IsOrganizationTrail } = Trail;
      const trail = {
        arn,
        prefix: S3KeyPrefix || null,
        organization: IsOrganizationTrail === true,
      };
      return { bucket, trail };
    });
    if (wasSeen(answer) || answer.unseen.kind === 'failed') return answer;
  }
  if (!answer) throw new Error(`nobody was asked for the trail ${arn}`);
  return answer;
}

const Row = z.object({
  arn: z.string(),
  accountId: z.string(),
  configuration: z.object({
    s3KeyPrefix: z.string().nullish(),
    isOrganizationTrail: z.boolean().nullish(),
  }),
});

/** The trails of accounts that refuse, as Config has them; unseen where it does not record all of one. */
async function toldByConfig(
  bucket: string,
  dark: { account: string; reason: string }[],
  { managementAccount }: Members,
  ground: Ground,
): Promise<Reading<DeliveringTrail[]>> {
  const { account: self } = await ground.aws.identity();
  const [regions, deputies] = await Promise.all([
    readRegions(ground, self),
    readConfigDeputies(ground.aws),
  ]);
  if (!wasSeen(regions)) return regions;
  const by = {
    api: 'organizations:ListDelegatedAdministrators',
    account: self,
    region: '',
    at: '',
  };
  const administrators = wasSeen(deputies)
    ? {
        seen: deputies.seen.map((account) => ({ account, services: ['config.amazonaws.com'] })),
        by,
      }
    : { ...deputies, by };
  const { best } = await findAggregators(ground, { self, managementAccount, administrators });
  if (!wasSeen(best)) return best;
  if (!best.seen) return unknownTrails(dark);
  const aggregator = best.seen;
  const map = await readMap(ground, aggregator, regions.seen, ground.now().toISOString());
  const open = dark.filter(
    ({ account }) =>
      !map.complete || !map.full.has(account) || (map.troubled.get(account)?.size ?? 0) > 0,
  );
  if (open.length > 0) return unknownTrails(open);
  return reading(
    `config:SelectAggregateResourceConfig in ${aggregator.where.account}`,
    async () => {
      const accounts = dark.map(({ account }) => `'${account}'`).join(', ');
      const found: DeliveringTrail[] = [];
      await eachRow(
        ground,
        aggregator,
        `SELECT arn, accountId, configuration.s3KeyPrefix, configuration.isOrganizationTrail WHERE resourceType = 'AWS::CloudTrail::Trail' AND configuration.s3BucketName = '${bucket}' AND accountId IN (${accounts})`,
        (row) => {
          const { arn, configuration } = Row.parse(row);
          const { s3KeyPrefix, isOrganizationTrail } = configuration;
          found.push({
            arn,
            prefix: s3KeyPrefix || null,
            organization: isOrganizationTrail === true,
          });
        },
      );
      return found;
    },
  );
}

function unknownTrails(dark: { account: string; reason: string }[]): Reading<never> {
  const accounts = dark.map(({ account }) => account).sort();
  const some = accounts.slice(0, 5).join(', ');
  const more = accounts.length > 5 ? ', …' : '';
  return {
    unseen: {
      kind: 'denied',
      reason: `which trails of ${accounts.length} accounts deliver to the bucket could not be seen (${some}${more}): ${dark[0]?.reason}`,
      wouldNeed: `the read role in these accounts, or AWS Config recording all of them`,
      ko: {
        reason: `계정 ${accounts.length}개의 어떤 트레일이 이 버킷으로 전달하는지 볼 수 없습니다(${some}${more}): ${dark[0]?.reason}`,
        wouldNeed: '해당 계정의 읽기 역할 또는 계정 전체를 기록하는 AWS Config',
      },
    },
  };
}
