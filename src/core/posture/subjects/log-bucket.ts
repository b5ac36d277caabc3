import { type Unseen, wasSeen } from '../../reading.ts';
import type {
  BucketFacts,
  BucketProtection,
  Organization,
  PostureSettings,
  TrailFacts,
} from '../facts.ts';
import { accessLogged } from '../guards/access-logging.ts';
import { policiesOver, resourcePoliciesOver, unknownManagement } from '../guards/guards-over.ts';
import { immutability, type LogBucket } from '../guards/immutability.ts';
import { coldStorage, lifecycleGaps } from '../guards/lifecycle.ts';
import { policyGaps } from '../guards/log-bucket-policy.ts';
import { publicThrough } from '../guards/public-access.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { proof } from '../proof.ts';
import { once } from '../recorded/coverage.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';
import { mfaDelete, objectLock } from './log-bucket-answers.ts';
import {
  accountBlockAt,
  accountBlockOf,
  blockOf,
  bucketEvidence,
  lifecycleOf,
  lockOf,
  targetOf,
} from './log-bucket-told.ts';

/**
 * Every bucket that a trail delivers to, once, with the trails that do. A trail whose settings could
 * not be read stands for its bucket: nobody knows which one it is.
 */
export function logBuckets(facts: Known, settings: PostureSettings): Subject[] {
  const byBucket = new Map<string, TrailFacts[]>();
  const unread: Subject[] = [];
  for (const trail of sightedTrails(facts)) {
    if (!wasSeen(trail.settings)) unread.push(bucketOfUnread(trail, trail.settings, facts));
    else {
      const delivering = byBucket.get(trail.settings.seen.bucket);
      if (delivering) delivering.push(trail);
      else byBucket.set(trail.settings.seen.bucket, [trail]);
    }
  }
  const read = [...byBucket].flatMap(([name, by]) => {
    const bucket = facts.bucketBy.get(name);
    return bucket ? [logBucket(bucket, by, facts, settings)] : [];
  });
  return [...read, ...unread];
}

function logBucket(
  bucket: BucketFacts,
  by: TrailFacts[],
  facts: Known,
  settings: PostureSettings,
): Subject {
  const { place, protection } = bucket;
  if (!protection) throw new Error('the protection of a log bucket is always read');
  const arn = `arn:${facts.organization.partition}:s3:::${bucket.name}`;
  const owner = wasSeen(place) ? place.seen.account : '';
  const prefixes = logPrefixes(by);
  const guarded: LogBucket = {
    arn,
    logFiles: prefixes.map((prefix) => `${arn}/${prefix}*`),
    protection,
    owner,
    over: (account) => policiesOver(account, facts.organization),
    overResources: resourcePoliciesOver(owner, facts.organization),
  };
  const named: FactsOf<'log-bucket'> = {
    inLogArchive: inLogArchive(bucket, by, facts, settings),
    publicThrough: publicThrough(protection),
    accessLogging: accessLogged(bucket, facts),
    versioning: versioningOf(protection),
    immutability: immutability(guarded, settings),
    mfaDelete: mfaDelete(guarded, settings),
    objectLock: objectLock(guarded, settings),
    lifecycleGaps: lifecycleGaps(protection, prefixes, settings.retentionDays),
    policyGaps: hygieneOf(protection, arn, owner, facts, settings),
  };
  const fields: FieldsOf<'log-bucket'> = {
    bucket: bucket.name,
    owner: owner || 'unknown',
    archive: settings.logArchiveAccount ?? 'not configured',
    trails: by.map(({ arn: trail }) => nameOf(trail)).join(', '),
    retention: String(settings.retentionDays),
    lifecycle: lifecycleOf(protection),
    coldStorage: coldStorage(protection, prefixes),
    lock: lockOf(protection),
    block: blockOf(protection),
    accountBlock: accountBlockOf(protection),
    accountBlockAt: accountBlockAt(protection),
    target: targetOf(protection),
  };
  return {
    subject: arn,
    owner,
    covers: [...new Set(by.flatMap((trail) => seenBy(trail, facts)))],
    facts: named,
    fields,
    evidence: bucketEvidence(bucket, guarded.over(owner), guarded.overResources, facts),
  };
}

/** `AWSLogs/`, below the prefix of each trail that delivers here; digests lie there, too. */
function logPrefixes(by: TrailFacts[]): string[] {
  const prefixes = by.map(({ settings }) => (wasSeen(settings) ? settings.seen.prefix : null));
  return [...new Set(prefixes.map((prefix) => `${prefix ? `${prefix}/` : ''}AWSLogs/`))];
}

function bucketOfUnread(
  trail: TrailFacts,
  settings: TrailFacts['settings'] & { unseen: Unseen },
  facts: Known,
): Subject {
  const { unseen } = settings;
  const named: FactsOf<'log-bucket'> = {
    inLogArchive: { unseen },
    publicThrough: { unseen },
    accessLogging: { unseen },
    versioning: { unseen },
    immutability: { unseen },
    mfaDelete: { unseen },
    objectLock: { unseen },
    lifecycleGaps: { unseen },
    policyGaps: { unseen },
  };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields: { trails: nameOf(trail.arn) },
    evidence: [proof(settings, () => ({}))],
  };
}

function inLogArchive(
  { place }: BucketFacts,
  by: TrailFacts[],
  facts: Known,
  { logArchiveAccount }: PostureSettings,
): Fact {
  if (!wasSeen(place)) return place;
  const { account } = place.seen;
  if (account === facts.organization.managementAccount) return { seen: false };
  if (logArchiveAccount && account !== logArchiveAccount) return { seen: false };
  const nobody = unknownManagement(facts.organization);
  if (logArchiveAccount) return nobody ? { unseen: nobody } : { seen: true };
  // Who writes a trail of its own into a bucket of its own can also delete what it wrote.
  if (by.some(({ owner }) => owner === account)) return { seen: false };
  return {
    notApplicable: {
      en: 'no log archive account is configured',
      ko: '로그 보관 계정이 설정되지 않았습니다',
    },
  };
}

function versioningOf({ versioning }: BucketProtection): Fact {
  return wasSeen(versioning) ? { seen: versioning.seen.versioning } : versioning;
}

function hygieneOf(
  { policy }: BucketProtection,
  bucketArn: string,
  owner: string,
  facts: Known,
  { breakGlassRoles }: PostureSettings,
): Fact {
  if (!wasSeen(policy)) return policy;
  const { id, alone, accounts } = facts.organization;
  const around = {
    bucketArn,
    owner,
    organization: alone ? NONE : id,
    accounts: accountIds(facts.organization),
    breakGlassRoles,
  };
  const gaps = policyGaps(policy.seen, around);
  if (gaps.length > 0 || wasSeen(accounts)) return { seen: gaps };
  // Nobody knows who else is ours: what is for others than those may be for strangers.
  const certain = { ...around, organization: id || NONE, accounts: certainlyOurs(facts) };
  return policyGaps(policy.seen, certain).length > 0 ? { unseen: accounts.unseen } : { seen: [] };
}

/** No organization is called so: no condition that names one means ours. */
const NONE = 'none';

const certainlyOurs = once(
  ({ accounts, trails }: Known) =>
    new Set([...accounts.map(({ id }) => id), ...trails.map((trail) => trail.owner)]),
);

/** An organization may have as many log buckets as accounts. */
const accountIds = once(({ accounts }: Organization) =>
  wasSeen(accounts) ? new Set(accounts.seen.map(({ id }) => id)) : null,
);
