import { wasSeen } from '../../reading.ts';
import type { BucketFacts, PostureSettings, TrailFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/** Every bucket that a trail delivers to, once, with the trails that do. */
export function logBuckets(facts: Known, settings: PostureSettings): Subject[] {
  const { partition } = facts.organization;
  const names = new Map<string, TrailFacts[]>();
  for (const trail of facts.trails)
    if (wasSeen(trail.settings) && trail.settings.seen.bucket) {
      const name = trail.settings.seen.bucket;
      names.set(name, [...(names.get(name) ?? []), trail]);
    }
  return [...names].flatMap(([name, by]) => {
    const bucket = facts.bucketBy.get(name);
    if (!bucket) return [];
    const named: FactsOf<'log-bucket'> = {
      inLogArchive: inLogArchive(bucket, by, facts, settings),
      deletionGuard: deletionGuard(bucket),
    };
    const lifecycle = bucket.protection?.lifecycleRules;
    const owner = wasSeen(bucket.place) ? bucket.place.seen.account : '';
    const fields: FieldsOf<'log-bucket'> = {
      bucket: name,
      owner: owner || 'unknown',
      archive: settings.logArchiveAccount ?? 'not configured',
      trails: by.map(({ arn }) => nameOf(arn)).join(', '),
      lifecycle:
        lifecycle && wasSeen(lifecycle) ? (lifecycle.seen > 0 ? 'some' : 'none') : 'unknown',
    };
    return [
      {
        subject: `arn:${partition}:s3:::${name}`,
        owner,
        covers: [...new Set(by.flatMap((trail) => seenBy(trail, facts)))],
        facts: named,
        fields,
        evidence: bucketEvidence(bucket),
      },
    ];
  });
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
  return { notApplicable: 'no log archive account is configured' };
}

/** What stops a deletion: MFA delete, or Object Lock by default. Either is enough to be seen. */
function deletionGuard({ protection }: BucketFacts): Fact {
  if (!protection) return { notApplicable: 'no trail delivers to this bucket' };
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
