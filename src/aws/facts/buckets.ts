import {
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketVersioningCommand,
  GetObjectLockConfigurationCommand,
  paginateListBuckets,
} from '@aws-sdk/client-s3';
import { concurrently } from '../../core/concurrently.ts';
import type { BucketFacts, BucketProtection, Witnessed } from '../../core/posture/facts.ts';
import { wasSeen } from '../../core/reading.ts';
import type { Where } from '../session.ts';
import { type Aggregator, selectFromAggregator } from './aggregator.ts';
import { type Ground, witnessed } from './reader.ts';

export const needs = [
  's3:GetBucketLocation',
  's3:GetBucketObjectLockConfiguration',
  's3:GetBucketVersioning',
  's3:GetLifecycleConfiguration',
  's3:ListAllMyBuckets',
];

type Place = BucketFacts['place'];

/**
 * Buckets by name, each read once, from the account that owns it. A bucket's name does not tell its
 * owner: the Config aggregator knows it with one question for all of them; where it does not, the
 * accounts are asked for their lists in the given order, likeliest first.
 */
export async function readBuckets(
  ground: Ground,
  names: { all: string[]; protectionOf: string[] },
  aggregator: Witnessed<Aggregator | null>,
  likelyOwners: string[],
): Promise<BucketFacts[]> {
  const places = await findPlaces(ground, names.all, aggregator, likelyOwners);
  const protect = new Set(names.protectionOf);
  return concurrently(8, names.all, async (name) => {
    const place = places.get(name) ?? nowhere(ground, likelyOwners);
    return {
      name,
      place,
      protection: protect.has(name) ? await readProtection(ground, name, place) : null,
    };
  });
}

async function findPlaces(
  ground: Ground,
  names: string[],
  aggregator: Witnessed<Aggregator | null>,
  likelyOwners: string[],
): Promise<Map<string, Place>> {
  const places = new Map<string, Place>();
  // A bucket's name is the one thing of AWS that becomes part of a query: only names that S3 allows.
  const safe = names.filter((name) => /^[a-z0-9.-]+$/.test(name));
  if (wasSeen(aggregator) && aggregator.seen && safe.length > 0) {
    const rows = await selectFromAggregator(
      ground,
      aggregator.seen,
      `SELECT resourceName, accountId, awsRegion WHERE resourceType = 'AWS::S3::Bucket' AND resourceName IN (${safe.map((name) => `'${name}'`).join(', ')})`,
    );
    if (wasSeen(rows))
      for (const { resourceName, accountId, awsRegion } of rows.seen)
        if (resourceName && accountId && awsRegion)
          places.set(resourceName, {
            seen: { account: accountId, region: awsRegion },
            by: rows.by,
          });
  }
  for (const account of likelyOwners) {
    const missing = names.filter((name) => !places.has(name));
    if (missing.length === 0) break;
    for (const [name, place] of await listOwned(ground, account, missing)) places.set(name, place);
  }
  return places;
}

/** Which of these buckets one account owns, and the region of each. A refusal is no bucket found. */
async function listOwned(
  ground: Ground,
  account: string,
  names: string[],
): Promise<[string, Place][]> {
  const where = { account, region: ground.aws.settings.region };
  const client = ground.aws.s3(where);
  const owned = await witnessed(ground, 's3:ListAllMyBuckets', where, async () => {
    const found: string[] = [];
    for await (const { Buckets = [] } of paginateListBuckets({ client }, { MaxBuckets: 1000 }))
      for (const { Name = '' } of Buckets) if (names.includes(Name)) found.push(Name);
    return found;
  });
  if (!wasSeen(owned)) return [];
  return concurrently(4, owned.seen, async (name) => [
    name,
    await witnessed(ground, 's3:GetBucketLocation', where, async () => {
      const { LocationConstraint } = await client.send(
        new GetBucketLocationCommand({ Bucket: name, ExpectedBucketOwner: account }),
      );
      // S3 says nothing for us-east-1 and `EU` for the oldest buckets of eu-west-1.
      const region =
        LocationConstraint === 'EU' ? 'eu-west-1' : (LocationConstraint ?? 'us-east-1');
      return { account, region };
    }),
  ]);
}

function nowhere({ aws, now }: Ground, asked: string[]): Place {
  return {
    unseen: {
      kind: 'denied',
      reason: `No account that could be asked owns the bucket (${asked.length} asked)`,
      wouldNeed: `s3:ListAllMyBuckets for role ${aws.settings.readRole} in the account that owns it`,
    },
    by: {
      api: 's3:ListAllMyBuckets',
      account: '',
      region: aws.settings.region,
      at: now().toISOString(),
    },
  };
}

async function readProtection(
  ground: Ground,
  name: string,
  place: Place,
): Promise<BucketProtection> {
  if (!wasSeen(place)) return { versioning: place, objectLock: place, lifecycleRules: place };
  const where: Where = place.seen;
  const client = ground.aws.s3(where);
  const bucket = { Bucket: name, ExpectedBucketOwner: where.account };
  const [versioning, objectLock, lifecycleRules] = await Promise.all([
    witnessed(ground, 's3:GetBucketVersioning', where, async () => {
      const { Status, MFADelete } = await client.send(new GetBucketVersioningCommand(bucket));
      return { versioning: Status === 'Enabled', mfaDelete: MFADelete === 'Enabled' };
    }),
    witnessed(ground, 's3:GetBucketObjectLockConfiguration', where, () =>
      orNone('ObjectLockConfigurationNotFoundError', null, async () => {
        const answer = await client.send(new GetObjectLockConfigurationCommand(bucket));
        const {
          Mode,
          Days,
          Years = 0,
        } = answer.ObjectLockConfiguration?.Rule?.DefaultRetention ?? {};
        return Mode ? { mode: Mode, days: Days ?? Years * 365 } : null;
      }),
    ),
    witnessed(ground, 's3:GetLifecycleConfiguration', where, () =>
      orNone('NoSuchLifecycleConfiguration', 0, async () => {
        const answer = await client.send(new GetBucketLifecycleConfigurationCommand(bucket));
        return answer.Rules?.length ?? 0;
      }),
    ),
  ]);
  return { versioning, objectLock, lifecycleRules };
}

/** S3 says "there is none" with an error of its own; that one is an answer. */
async function orNone<T>(code: string, none: T, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (error instanceof Error && error.name === code) return none;
    throw error;
  }
}
