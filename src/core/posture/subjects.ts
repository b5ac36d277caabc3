import { wasSeen } from '../reading.ts';
import { type Trails, trailsOver } from './coverage.ts';
import { writesRecorded } from './data-events.ts';
import type { BucketFacts, PostureFacts, TrailFacts } from './facts.ts';
import type { Subject } from './judge.ts';
import { proof } from './proof.ts';
import {
  called,
  isOrganizationTrail,
  nameOf,
  organizationTrailsOf,
  recordings,
  trailEvidence,
} from './recording.ts';
import type { Fact, FactsOf, FieldsOf, SubjectKind } from './vocabulary.ts';

/** What the configuration says about the organization. */
export type PostureSettings = {
  logArchiveAccount: string | null;
  /** Names, `*` allowed, of the buckets whose object-level writes must be recorded. */
  sensitiveBuckets: string[];
};

/** Every subject of a kind that these facts speak of. */
export function subjectsOf(
  kind: SubjectKind,
  facts: PostureFacts,
  settings: PostureSettings,
): Subject[] {
  const trails: Trails = new Map(facts.trails.map((trail) => [trail.arn, trail]));
  switch (kind) {
    case 'trail':
      return facts.trails.map((trail) => trailSubject(trail, facts));
    case 'recording':
      return recordings(facts, trails);
    case 'organization-trail':
      return organizationTrail(facts, trails);
    case 'log-bucket':
      return logBuckets(facts, settings);
    case 'sensitive-bucket':
      return facts.sensitive.flatMap((wanted) => sensitiveBuckets(wanted, facts, trails));
    case 'account':
      return facts.accounts.map(accountSubject);
  }
}

function trailSubject(trail: TrailFacts, facts: PostureFacts): Subject {
  const named: FactsOf<'trail'> = {
    logFileValidation: wasSeen(trail.settings)
      ? { seen: trail.settings.seen.logFileValidation }
      : trail.settings,
    logging: trail.logging,
  };
  const fields: FieldsOf<'trail'> = {
    trail: nameOf(trail.arn),
    owner: trail.owner,
    homeRegion: trail.homeRegion,
  };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: sightedBy(trail, facts),
    facts: named,
    fields,
    evidence: trailEvidence(trail).slice(0, 2),
  };
}

/** The accounts that see a trail; its owner at least. */
function sightedBy(trail: TrailFacts, facts: PostureFacts): string[] {
  const eyes = facts.accounts
    .filter(({ trails }) => wasSeen(trails) && trails.seen.some(({ arn }) => arn === trail.arn))
    .map(({ id }) => id);
  return eyes.length > 0 ? eyes : [trail.owner];
}

/**
 * One subject for the whole organization: reached is who sees a trail of the organization that is
 * logging there. Where the trail itself is stopped, that is the finding of trail-logging, and reached
 * is who sees it at all.
 */
function organizationTrail(facts: PostureFacts, trails: Trails): Subject[] {
  const own = facts.trails
    .filter((trail) => isOrganizationTrail(trail, facts))
    .sort((a, b) => (a.arn < b.arn ? -1 : 1));
  const first = own[0];
  const { organization } = facts;
  const listed = organization.accounts;
  const evidence = [
    proof(listed, (accounts) => ({ accounts: accounts.length })),
    ...own.flatMap((trail) => trailEvidence(trail).slice(0, 2)),
  ];

  const missing: PostureFacts['accounts'] = [];
  const reached: string[] = [];
  let doubt: Fact | null = wasSeen(listed) ? null : { unseen: listed.unseen };
  for (const account of facts.accounts) {
    if (!wasSeen(account.trails)) {
      doubt ??= { unseen: account.trails.unseen };
      continue;
    }
    const sighted = organizationTrailsOf(account, facts, trails).map((arn) => {
      const stopped = trails.get(arn)?.logging;
      if (stopped && wasSeen(stopped) && !stopped.seen) return { seen: true };
      return (
        (wasSeen(account.trails) &&
          account.trails.seen.find((one) => one.arn === arn)?.logging) || {
          seen: false,
        }
      );
    });
    if (sighted.some((logging) => wasSeen(logging) && logging.seen)) reached.push(account.id);
    else {
      const unknown = sighted.find((logging) => !wasSeen(logging));
      if (unknown) doubt ??= unknown;
      else {
        missing.push(account);
        evidence.push(proof(account.trails, (list) => ({ trails: list.map(({ arn }) => arn) })));
      }
    }
  }
  const named: FactsOf<'organization-trail'> = {
    accountsNotReached: missing.length > 0 || !doubt ? { seen: missing.map(called) } : doubt,
  };
  const fields: FieldsOf<'organization-trail'> = {
    trail: first ? nameOf(first.arn) : 'none',
    accounts: String(facts.accounts.length),
  };
  return [
    {
      subject: first?.arn ?? (organization.id || organization.self || 'organization'),
      owner: first?.owner ?? organization.managementAccount ?? organization.self,
      covers: missing.length > 0 ? missing.map(({ id }) => id) : reached,
      facts: named,
      fields,
      evidence,
    },
  ];
}

function logBuckets(facts: PostureFacts, settings: PostureSettings): Subject[] {
  const { partition } = facts.organization;
  const names = new Map<string, TrailFacts[]>();
  for (const trail of facts.trails)
    if (wasSeen(trail.settings) && trail.settings.seen.bucket) {
      const name = trail.settings.seen.bucket;
      names.set(name, [...(names.get(name) ?? []), trail]);
    }
  return [...names].flatMap(([name, by]) => {
    const bucket = facts.buckets.find((one) => one.name === name);
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
        covers: [...new Set(by.flatMap((trail) => sightedBy(trail, facts)))],
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
  facts: PostureFacts,
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

function sensitiveBuckets(
  { pattern, names }: PostureFacts['sensitive'][number],
  facts: PostureFacts,
  trails: Trails,
): Subject[] {
  if (wasSeen(names) && names.seen.length > 0)
    return names.seen.map((name) => sensitiveBucket(name, facts, trails));
  const named: FactsOf<'sensitive-bucket'> = {
    writesRecorded: wasSeen(names)
      ? { notApplicable: `no bucket is called ${pattern}` }
      : { unseen: names.unseen },
  };
  const fields: FieldsOf<'sensitive-bucket'> = {
    bucket: pattern,
    owner: 'unknown',
    trails: 'none',
  };
  return [
    {
      subject: `arn:${facts.organization.partition}:s3:::${pattern}`,
      owner: '',
      covers: [],
      facts: named,
      fields,
      evidence: [proof(names, (seen) => ({ names: seen }))],
    },
  ];
}

function sensitiveBucket(name: string, facts: PostureFacts, trails: Trails): Subject {
  const arn = `arn:${facts.organization.partition}:s3:::${name}`;
  const bucket = facts.buckets.find((one) => one.name === name);
  const place = bucket?.place;
  const found = place && wasSeen(place) ? place.seen : null;
  const owner = facts.accounts.find(({ id }) => id === found?.account);
  const over = owner && found ? trailsOver(owner, found.region, trails) : [];
  const named: FactsOf<'sensitive-bucket'> = { writesRecorded: recordedWrites() };
  const fields: FieldsOf<'sensitive-bucket'> = {
    bucket: name,
    owner: found?.account ?? 'unknown',
    trails: over.map(({ trail }) => nameOf(trail.arn)).join(', ') || 'none',
  };
  return {
    subject: arn,
    owner: found?.account ?? '',
    covers: found ? [found.account] : [],
    facts: named,
    fields,
    evidence: [
      ...(place ? [proof(place, ({ account, region }) => ({ account, region }))] : []),
      ...over.map(({ trail }) =>
        proof(trail.selectors, (selectors) => ({ TrailARN: trail.arn, ...selectors })),
      ),
    ],
  };

  function recordedWrites(): Fact {
    if (!place) return { notApplicable: 'the bucket was not looked for' };
    if (!wasSeen(place)) return place;
    if (!owner) return { notApplicable: 'the account that owns the bucket was not asked' };
    if (!wasSeen(owner.trails)) return { unseen: owner.trails.unseen };
    const certain = over.flatMap(({ trail, open }) =>
      open === null && wasSeen(trail.selectors) ? [trail.selectors.seen] : [],
    );
    const recorded = writesRecorded(arn, certain);
    if (recorded === 'all') return { seen: recorded };
    for (const { trail, open } of over) {
      if (open) return { unseen: open };
      if (!wasSeen(trail.selectors)) return { unseen: trail.selectors.unseen };
    }
    return { seen: recorded };
  }
}

function accountSubject({ id, name, recorders }: PostureFacts['accounts'][number]): Subject {
  const list = wasSeen(recorders) ? recorders.seen : [];
  const silent = list.filter(({ state }) => wasSeen(state) && state.seen !== 'recording');
  const dark = list.find(({ state }) => !wasSeen(state));
  const doubt = wasSeen(recorders) ? (dark && !wasSeen(dark.state) ? dark.state : null) : recorders;
  const named: FactsOf<'account'> = {
    regionsNotRecording:
      silent.length > 0 || !doubt
        ? {
            seen: silent.map(
              ({ region, state }) => `${region} (${wasSeen(state) ? state.seen : '?'})`,
            ),
          }
        : { unseen: doubt.unseen },
  };
  const fields: FieldsOf<'account'> = {
    account: called({ id, name }),
    regions: String(list.length),
  };
  const shown = silent.length > 0 ? silent : list;
  return {
    subject: id,
    owner: id,
    covers: [id],
    facts: named,
    fields,
    evidence: wasSeen(recorders)
      ? shown.slice(0, 3).map(({ state }) => proof(state, (recorder) => ({ recorder })))
      : [proof(recorders, () => ({}))],
  };
}
