import { concurrently } from '../../core/concurrently.ts';
import type { Organization, OrganizationAccount, PostureFacts } from '../../core/posture/facts.ts';
import type { Rule } from '../../core/posture/rule.ts';
import type { PostureSettings } from '../../core/posture/subjects.ts';
import { wasSeen } from '../../core/reading.ts';
import * as organization from '../organization.ts';
import { readOrganization } from '../organization.ts';
import * as regions from '../regions.ts';
import type { Aws } from '../session.ts';
import * as accountTrails from './account-trails.ts';
import * as aggregator from './aggregator.ts';
import * as buckets from './buckets.ts';
import * as configWord from './config-word.ts';
import type { Ground } from './reader.ts';
import * as recorders from './recorders.ts';
import * as trails from './trails.ts';

/** Everything that a scan asks AWS, each with the IAM actions that it needs; `policies/iam/read.json` grants exactly these. */
export const factReaders: { needs: string[] }[] = [
  organization,
  regions,
  accountTrails,
  trails,
  aggregator,
  buckets,
  recorders,
  configWord,
];

/** What the scan must know beyond AWS: which account and buckets are special, and which Config rules matter. */
export type Watched = {
  logArchiveAccount: string | null;
  /** Names of the buckets whose object-level writes must be recorded. */
  sensitiveBuckets: string[];
  /** Identifiers of managed Config rules. */
  configRules: string[];
};

/** Accounts asked at a time: quotas are per account, so only our own sockets and CPU set a bound. */
const LANES = 12;

/**
 * Reads all facts about the given accounts. What several accounts share is read once: a trail from its
 * owner, a bucket from its owner.
 */
export async function readFacts(
  ground: Ground,
  whole: Organization,
  asked: OrganizationAccount[],
  watched: Watched,
  progress: (done: number, of: number) => void,
): Promise<PostureFacts> {
  const readAt = ground.now().toISOString();
  let done = 0;
  const accounts = await concurrently(LANES, asked, async ({ id, name, ou }) => {
    const [seenRegions, seenTrails] = await Promise.all([
      regions.readRegions(ground, id),
      accountTrails.readAccountTrails(ground, id),
    ]);
    const seenRecorders = await recorders.readRecorders(ground, id, seenRegions);
    done += 1;
    progress(done, asked.length);
    return { id, name, ou, regions: seenRegions, trails: seenTrails, recorders: seenRecorders };
  });

  const sighted = new Map<string, { arn: string; homeRegion: string }>();
  for (const account of accounts)
    if (wasSeen(account.trails))
      for (const { arn, homeRegion } of account.trails.seen) sighted.set(arn, { arn, homeRegion });
  const administrators = wasSeen(whole.administrators)
    ? whole.administrators.seen
        .filter(({ services }) => services.includes('cloudtrail.amazonaws.com'))
        .map(({ account }) => account)
    : [];
  const trailFacts = await concurrently(LANES, [...sighted.values()], (trail) =>
    trails.readTrail(ground, trail, administrators),
  );

  const logBuckets = unique(
    trailFacts.flatMap(({ settings }) => (wasSeen(settings) ? [settings.seen.bucket] : [])),
  );
  const bucketFacts = await buckets.readBuckets(
    ground,
    { all: unique([...logBuckets, ...watched.sensitiveBuckets]), protectionOf: logBuckets },
    await aggregator.findAggregator(ground, whole.self),
    unique([
      ...(watched.logArchiveAccount ? [watched.logArchiveAccount] : []),
      ...trailFacts.map(({ owner }) => owner),
      ...accounts.filter(({ trails: seen }) => wasSeen(seen)).map(({ id }) => id),
    ]),
  );

  const places = new Map<string, { account: string; region: string }>();
  for (const { owner, homeRegion } of trailFacts)
    places.set(`${owner}/${homeRegion}`, { account: owner, region: homeRegion });
  for (const { place } of bucketFacts)
    if (wasSeen(place)) places.set(`${place.seen.account}/${place.seen.region}`, place.seen);
  const config = await concurrently(LANES, [...places.values()], (place) =>
    configWord.readConfigWord(ground, place, watched.configRules),
  );
  return {
    readAt,
    organization: whole,
    accounts,
    trails: trailFacts,
    buckets: bucketFacts,
    config,
  };
}

/** The world of `scanPosture` over a real connection to AWS. */
export function scanWorld(
  aws: Aws,
  settings: PostureSettings,
  rules: Rule[],
  { now, simulated }: { now: () => Date; simulated: boolean },
) {
  const ground: Ground = { aws, now };
  const configRules = unique(rules.map(({ config }) => config ?? ''));
  return {
    organization: () => readOrganization(ground),
    facts: (
      whole: Organization,
      asked: OrganizationAccount[],
      progress: (done: number, of: number) => void,
    ) => readFacts(ground, whole, asked, { ...settings, configRules }, progress),
    rules,
    settings,
    simulated,
    now,
    calls: aws.calls,
  };
}

function unique(names: string[]): string[] {
  return [...new Set(names)].filter(Boolean);
}
