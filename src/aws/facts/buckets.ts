import { GetBucketLocationCommand, paginateListBuckets } from '@aws-sdk/client-s3';
import { concurrently } from '../../core/concurrently.ts';
import type { BucketFacts, Witnessed } from '../../core/posture/facts.ts';
import { type Unseen, wasSeen } from '../../core/reading.ts';
import { type Aggregator, type Named, selectFromAggregator } from './aggregator.ts';
import { type Ground, witnessed } from './reader.ts';
import { regionOf } from './region-of.ts';

export const needs = ['s3:GetBucketLocation', 's3:ListAllMyBuckets'];

type Place = BucketFacts['place'];

/** Where buckets are, by name; of others nothing is known. */
export type Places = ReadonlyMap<string, Place>;

/** Accounts asked for their buckets at a time. */
const LANES = 12;

/** The buckets of one account, asked at most once in a scan. */
export type BucketLists = (account: string) => Promise<Witnessed<string[]>>;

export function bucketLists(ground: Ground): BucketLists {
  const asked = new Map<string, Promise<Witnessed<string[]>>>();
  return (account) => {
    const known = asked.get(account) ?? listBuckets(ground, account);
    asked.set(account, known);
    return known;
  };
}

function listBuckets(ground: Ground, account: string): Promise<Witnessed<string[]>> {
  const where = { account, region: ground.aws.settings.region };
  return witnessed(ground, 's3:ListAllMyBuckets', where, async () => {
    const names: string[] = [];
    const pages = paginateListBuckets({ client: ground.aws.s3(where) }, { MaxBuckets: 1000 });
    for await (const { Buckets = [] } of pages)
      for (const { Name } of Buckets) if (Name) names.push(Name);
    return names;
  });
}

/**
 * Where buckets are. A bucket's name does not tell its owner: the Config aggregator knows it with one
 * question for all of them; where it does not, the accounts are asked for their lists in the given
 * order, likeliest first. `known` are those that were asked for before.
 */
export async function findBuckets(
  ground: Ground,
  names: string[],
  aggregator: Witnessed<Aggregator | null>,
  likelyOwners: string[],
  lists: BucketLists,
  known: Places = new Map(),
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  for (const name of names) {
    const place = known.get(name);
    if (place) places.set(name, place);
  }
  const map = wasSeen(aggregator) ? aggregator.seen : null;
  const others = names.filter((name) => !places.has(name));
  if (map && others.length > 0)
    for (const [name, place] of await placesByConfig(ground, others, map)) places.set(name, place);
  let asked = 0;
  const broken: Unseen[] = [];
  // The likeliest by itself, then many at a time: a bucket that is nobody's asks everybody.
  while (asked < likelyOwners.length && names.some((name) => !places.has(name))) {
    const some = likelyOwners.slice(asked, asked === 0 ? 1 : asked + LANES);
    asked += some.length;
    await concurrently(LANES, some, async (account) => {
      const list = await lists(account);
      if (!wasSeen(list)) {
        if (list.unseen.kind === 'failed') broken.push(list.unseen);
        return;
      }
      for (const name of names)
        if (!places.has(name) && list.seen.includes(name))
          places.set(name, await locate(ground, account, name));
    });
  }
  for (const name of names) if (!places.has(name)) places.set(name, nowhere(ground, asked, broken));
  return places;
}

/** Names in one question: Config takes 4,096 characters, and a name has up to 63. */
const NAMES_ASKED = 50;

/** As far as Config knows them. */
async function placesByConfig(
  ground: Ground,
  names: string[],
  aggregator: Named,
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  // A bucket's name is the one thing of AWS that becomes part of a query: only names that S3 allows.
  const safe = names.filter((name) => /^[a-z0-9.-]+$/.test(name)).map((name) => `'${name}'`);
  for (let from = 0; from < safe.length; from += NAMES_ASKED) {
    const some = safe.slice(from, from + NAMES_ASKED).join(', ');
    const rows = await selectFromAggregator(
      ground,
      aggregator,
      `SELECT resourceName, accountId, awsRegion WHERE resourceType = 'AWS::S3::Bucket' AND resourceName IN (${some})`,
    );
    // Whoever Config cannot tell of is looked for in the accounts' own lists.
    if (!wasSeen(rows)) return places;
    for (const { resourceName, accountId, awsRegion } of rows.seen)
      if (resourceName && accountId && awsRegion)
        places.set(resourceName, { seen: { account: accountId, region: awsRegion }, by: rows.by });
  }
  return places;
}

function locate(ground: Ground, account: string, name: string): Promise<Place> {
  const where = { account, region: ground.aws.settings.region };
  return witnessed(ground, 's3:GetBucketLocation', where, async () => {
    const { LocationConstraint } = await ground.aws
      .s3(where)
      .send(new GetBucketLocationCommand({ Bucket: name, ExpectedBucketOwner: account }));
    return { account, region: regionOf(LocationConstraint) };
  });
}

/**
 * A bucket on no list. Where a list broke, the bucket may well be on it: that is trouble of today. Where
 * every account answered or refused, it is one of those that may not be asked.
 */
function nowhere({ aws, now }: Ground, asked: number, broken: Unseen[]): Place {
  const { readRole, region } = aws.settings;
  const by = { api: 's3:ListAllMyBuckets', account: '', region, at: now().toISOString() };
  const [first] = broken;
  if (first) return { unseen: brokenLists(first, broken.length, asked), by };
  return {
    unseen: {
      kind: 'denied',
      reason: `none of the ${asked} accounts that could be asked owns the bucket`,
      wouldNeed: `s3:ListAllMyBuckets for role ${readRole} in the account that owns it`,
      ko: {
        reason: `조회할 수 있는 계정 ${asked}개 가운데 이 버킷을 소유한 계정이 없습니다`,
        wouldNeed: `버킷을 소유한 계정의 역할 ${readRole}에 s3:ListAllMyBuckets 권한`,
      },
    },
    by,
  };
}

function brokenLists(first: Unseen, some: number, asked: number): Unseen {
  return {
    ...first,
    reason: `the bucket is on no list, and ${some} of the ${asked} accounts that were asked failed to list theirs (${first.reason})`,
    ko: {
      ...first.ko,
      reason: `이 버킷은 어느 목록에도 없으며, 조회한 계정 ${asked}개 가운데 ${some}개의 버킷 목록을 읽지 못했습니다(${first.reason})`,
    },
  };
}
