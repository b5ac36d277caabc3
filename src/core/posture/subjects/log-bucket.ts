import { type Unseen, wasSeen } from '../../reading.ts';
import type { BucketFacts, PostureSettings, TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

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
  const named: FactsOf<'log-bucket'> = {
    inLogArchive: inLogArchive(bucket, by, facts, settings),
    deletionGuard: deletionGuard(bucket),
  };
  const owner = wasSeen(bucket.place) ? bucket.place.seen.account : '';
  const fields: FieldsOf<'log-bucket'> = {
    bucket: bucket.name,
    owner: owner || 'unknown',
    archive: settings.logArchiveAccount ?? 'not configured',
    trails: by.map(({ arn }) => nameOf(arn)).join(', '),
    lifecycle: lifecycleOf(bucket),
  };
  return {
    subject: `arn:${facts.organization.partition}:s3:::${bucket.name}`,
    owner,
    covers: [...new Set(by.flatMap((trail) => seenBy(trail, facts)))],
    facts: named,
    fields,
    evidence: bucketEvidence(bucket),
  };
}

function bucketOfUnread(
  trail: TrailFacts,
  settings: TrailFacts['settings'] & { unseen: Unseen },
  facts: Known,
): Subject {
  const { unseen } = settings;
  const named: FactsOf<'log-bucket'> = { inLogArchive: { unseen }, deletionGuard: { unseen } };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields: { trails: nameOf(trail.arn) },
    evidence: [proof(settings, () => ({}))],
  };
}

function lifecycleOf({ protection }: BucketFacts): string {
  if (!protection || !wasSeen(protection.lifecycleRules)) return 'unknown';
  return protection.lifecycleRules.seen > 0 ? 'some' : 'none';
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
  if (logArchiveAccount) return { seen: account === logArchiveAccount };
  // Who writes a trail of its own into a bucket of its own can also delete what it wrote.
  if (by.some(({ owner }) => owner === account)) return { seen: false };
  return {
    notApplicable: {
      en: 'no log archive account is configured',
      ko: '로그 보관 계정이 설정되지 않았습니다',
    },
  };
}

/** What stops a deletion: MFA delete, or Object Lock by default. Either is enough to be seen. */
function deletionGuard({ protection }: BucketFacts): Fact {
  if (!protection) throw new Error('the protection of a log bucket is always read');
  const { versioning, objectLock } = protection;
  if (wasSeen(versioning) && versioning.seen.mfaDelete) return { seen: 'mfa-delete' };
  if (wasSeen(objectLock) && objectLock.seen?.mode === 'COMPLIANCE')
    return { seen: 'object-lock-compliance' };
  if (!wasSeen(versioning)) return versioning;
  if (!wasSeen(objectLock)) return objectLock;
  return { seen: objectLock.seen ? 'object-lock-governance' : 'nothing' };
}

function bucketEvidence({ place, protection }: BucketFacts) {
  const where = proof(place, ({ account, region }) => ({ account, region }));
  if (!protection) return [where];
  return [
    where,
    proof(protection.versioning, (seen) => seen),
    proof(protection.objectLock, (seen) => ({ DefaultRetention: seen })),
    proof(protection.lifecycleRules, (rules) => ({ rules })),
  ];
}
