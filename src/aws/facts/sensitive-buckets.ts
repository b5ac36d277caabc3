import { GetBucketTaggingCommand } from '@aws-sdk/client-s3';
import { concurrently } from '../../core/concurrently.ts';
import { wildcard } from '../../core/posture/alarms/wildcard.ts';
import type {
  AccountFacts,
  SensitiveBuckets,
  SensitiveFound,
  Witness,
  Witnessed,
} from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import { orNone } from '../reading.ts';
import { type Aggregator, selectFromAggregator } from './aggregator.ts';
import type { BucketLists } from './buckets.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = ['config:SelectAggregateResourceConfig', 's3:GetBucketTagging'];

/** Accounts asked for their buckets at a time. */
const LANES = 12;

type Owned = { account: string; names: Witnessed<string[]> };

/**
 * What the configuration calls sensitive, and the buckets that it stands for. A name without `*` stands
 * for itself, found or not. For a pattern every account is asked for its list: the aggregator knows only
 * what Config records, and a bucket that nobody records is just what must not be missed. By tag, one
 * question to the aggregator answers for all accounts that Config records in; every other account costs
 * its list and one call per bucket, because no list of S3 tells tags. An account that cannot be asked
 * may own more, and is named.
 */
export async function findSensitive(
  ground: Ground,
  sensitive: SensitiveBuckets[],
  accounts: AccountFacts[],
  lists: BucketLists,
  aggregator: Witnessed<Aggregator | null> | null,
): Promise<SensitiveFound[]> {
  const found: SensitiveFound[] = [];
  // One after the other: each of them may ask every account, and they share what those answer.
  for (const wanted of sensitive) {
    const { by } = wanted;
    if ('tag' in by) {
      const owned = await taggedBuckets(ground, by.tag, accounts, lists, aggregator);
      found.push(together(wanted, owned, witness(ground, 's3:GetBucketTagging', accounts)));
    } else if (by.name.includes('*')) {
      const owned = await namedBuckets(by.name, accounts, lists);
      found.push(together(wanted, owned, witness(ground, 's3:ListAllMyBuckets', accounts)));
    } else {
      const names = { seen: [by.name], by: witness(ground, 's3:ListAllMyBuckets', accounts) };
      found.push({ wanted, names });
    }
  }
  return found;
}

/** What was found counts; where nothing was, the first account that could not be asked says why. */
function together(wanted: SensitiveBuckets, owned: Owned[], by: Witness): SensitiveFound {
  const names = owned.flatMap((one) => (wasSeen(one.names) ? one.names.seen : []));
  const dark = owned.filter((one) => !wasSeen(one.names));
  const [first] = dark;
  const unique = [...new Set(names)].sort();
  return {
    wanted,
    names: unique.length === 0 && first ? first.names : { seen: unique, by },
    ...(dark.length > 0 && { dark: [...new Set(dark.map(({ account }) => account))].sort() }),
  };
}

function witness({ aws, now }: Ground, api: string, accounts: AccountFacts[]): Witness {
  const account = accounts.length === 1 ? (accounts[0]?.id ?? '') : '';
  return { api, account, region: aws.settings.region, at: now().toISOString() };
}

function namedBuckets(pattern: string, accounts: AccountFacts[], lists: BucketLists) {
  return concurrently(LANES, accounts, async ({ id }): Promise<Owned> => {
    const names = await lists(id);
    return {
      account: id,
      names: wasSeen(names)
        ? { ...names, seen: names.seen.filter((name) => wildcard(pattern, name)) }
        : names,
    };
  });
}

async function taggedBuckets(
  ground: Ground,
  tag: string,
  accounts: AccountFacts[],
  lists: BucketLists,
  aggregator: Witnessed<Aggregator | null> | null,
): Promise<Owned[]> {
  const map = await taggedOnTheMap(ground, tag, aggregator);
  const late = lateIn(aggregator);
  const isOnTheMap = (account: AccountFacts) =>
    map !== null && late !== null && !late.has(account.id) && isRecorded(account);
  const onTheMap = accounts.filter(isOnTheMap);
  const others = accounts.filter((account) => !isOnTheMap(account));
  const asked = await concurrently(
    LANES,
    others,
    async ({ id }): Promise<Owned> => ({
      account: id,
      names: await taggedIn(ground, tag, id, lists),
    }),
  );
  if (!map || !wasSeen(map)) return asked;
  // Of an account that cannot be asked, what Config once knew is better than nothing.
  const dark = asked.filter(({ names }) => !wasSeen(names)).map(({ account }) => account);
  const told = [...onTheMap.map(({ id }) => id), ...dark].map((account) => ({
    account,
    names: {
      seen: map.seen.flatMap((row) => (row.accountId === account ? (row.resourceName ?? []) : [])),
      by: map.by,
    },
  }));
  return [...told, ...asked];
}

/** The accounts whose data the aggregator has late or not at all; null where nobody knows which. */
function lateIn(aggregator: Witnessed<Aggregator | null> | null): Set<string> | null {
  if (!aggregator || !wasSeen(aggregator) || !aggregator.seen) return null;
  const { troubled } = aggregator.seen;
  return wasSeen(troubled) ? new Set(troubled.seen.map(({ account }) => account)) : null;
}

/** True where Config records buckets everywhere, so that the aggregator has all buckets with their tags. */
function isRecorded({ recorders }: AccountFacts): boolean {
  return (
    wasSeen(recorders) &&
    recorders.seen.length > 0 &&
    recorders.seen.every(
      ({ state, leavesOut = [] }) =>
        wasSeen(state) && state.seen === 'recording' && !leavesOut.includes('AWS::S3::Bucket'),
    )
  );
}

/** What tags may be made of (AWS: tag restrictions), which leaves out every quote of a query. */
const SAFE = /^[\p{L}\p{N} +\-=._:/@]{3,400}$/u;

/** The rows of the aggregator; null where there is none, where it fails, or where no tag is called so. */
async function taggedOnTheMap(
  ground: Ground,
  tag: string,
  aggregator: Witnessed<Aggregator | null> | null,
) {
  if (!aggregator || !wasSeen(aggregator) || !aggregator.seen || !SAFE.test(tag)) return null;
  const rows = await selectFromAggregator(
    ground,
    aggregator.seen,
    `SELECT resourceName, accountId WHERE resourceType = 'AWS::S3::Bucket' AND tags.tag = '${tag}'`,
  );
  return wasSeen(rows) ? rows : null;
}

/** One list and one call per bucket. A bucket whose tags are refused leaves its account open. */
async function taggedIn(
  ground: Ground,
  tag: string,
  account: string,
  lists: BucketLists,
): Promise<Witnessed<string[]>> {
  const list = await lists(account);
  if (!wasSeen(list)) return list;
  const where = { account, region: ground.aws.settings.region };
  const tagged = await concurrently(4, list.seen, async (name) => ({
    name,
    tags: await readTags(ground, name, where),
  }));
  const refused = tagged.find(({ tags }) => !wasSeen(tags))?.tags;
  if (refused && !wasSeen(refused)) return refused;
  const names = tagged.filter(({ tags }) => wasSeen(tags) && tags.seen.includes(tag));
  return { seen: names.map(({ name }) => name), by: list.by };
}

/** The tags of a bucket, each as `key=value`. */
function readTags(ground: Ground, name: string, where: { account: string; region: string }) {
  return witnessed(ground, 's3:GetBucketTagging', where, () =>
    orNone<string[]>('NoSuchTagSet', [], async () => {
      const { TagSet = [] } = await ground.aws
        .s3(where)
        .send(new GetBucketTaggingCommand({ Bucket: name, ExpectedBucketOwner: where.account }));
      return TagSet.map(({ Key, Value }) => `${Key}=${Value}`);
    }),
  );
}
