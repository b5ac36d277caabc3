import { type Unseen, wasSeen } from '../../reading.ts';
import type { BucketFacts, PostureFacts, SensitiveBuckets } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf } from '../known.ts';
import { proof } from '../proof.ts';
import { coverageOf, NOWHERE, type Place, recordedIn } from '../recorded/coverage.ts';
import { type Access, dataEvents } from '../recorded/event-sets.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

type Sensitive = PostureFacts['sensitive'][number];

/**
 * The buckets that the configuration calls sensitive, each once by its ARN. A pattern or a tag that
 * stands for none, or for buckets in accounts that could not be asked, is a subject of its own; so is
 * the organization where nothing is called sensitive, whoever could not be asked.
 */
export function sensitiveBuckets(facts: Known): Subject[] {
  if (facts.sensitive.length === 0) return [noneWanted(facts)];
  const wanted = new Map<string, Access>();
  const unfound = new Map<string, Sensitive>();
  for (const one of facts.sensitive) {
    const names = wasSeen(one.names) ? one.names.seen : [];
    for (const name of names)
      wanted.set(name, wanted.get(name) === 'read-write' ? 'read-write' : one.wanted.record);
    if (names.length === 0 || one.dark) unfound.set(said(one.wanted), one);
  }
  return [
    ...[...wanted].map(([name, access]) => sensitiveBucket(name, access, facts)),
    ...[...unfound.values()].map((one) => unfoundBuckets(one, facts)),
  ];
}

function sensitiveBucket(name: string, wanted: Access, facts: Known): Subject {
  const arn = `arn:${facts.organization.partition}:s3:::${name}`;
  const bucket = facts.bucketBy.get(name);
  if (!bucket) throw new Error(`the bucket ${name} was named and not looked for`);
  const found = wasSeen(bucket.place) ? bucket.place.seen : null;
  const { certain, doubtful } = trailsOver(bucket, facts);
  const trails = [...certain, ...doubtful.map(({ trail }) => trail)];
  const named: FactsOf<'sensitive-bucket'> = {
    eventsRecorded: eventsRecorded(bucket, dataEvents('AWS::S3::Object', `${arn}/`, wanted), facts),
  };
  const fields: FieldsOf<'sensitive-bucket'> = {
    bucket: name,
    owner: found?.account ?? 'unknown',
    trails: trails.map((trail) => nameOf(trail.arn)).join(', ') || 'none',
    wanted,
  };
  return {
    subject: arn,
    owner: found?.account ?? '',
    covers: found ? [found.account] : [],
    facts: named,
    fields,
    evidence: [
      proof(bucket.place, ({ account, region }) => ({ account, region })),
      ...trails.map((trail) =>
        proof(trail.selectors, (selectors) => ({ TrailARN: trail.arn, ...selectors })),
      ),
    ],
  };
}

const NOT_ASKED = {
  en: 'the account that owns the bucket was not asked',
  ko: '버킷을 소유한 계정은 조회 대상이 아니었습니다',
};

/** The events of a bucket's objects are recorded in the account that owns it, in its region. */
function eventsRecorded(
  bucket: BucketFacts,
  events: ReturnType<typeof dataEvents>,
  facts: Known,
): Fact {
  if (!wasSeen(bucket.place)) return bucket.place;
  const owner = facts.accountBy.get(bucket.place.seen.account);
  const { accounts } = facts.organization;
  // Whoever could not be listed was not left out by choice.
  if (!owner) return wasSeen(accounts) ? { notApplicable: NOT_ASKED } : { unseen: accounts.unseen };
  if (!wasSeen(owner.trails)) return { unseen: owner.trails.unseen };
  return recordedIn(trailsOver(bucket, facts), events);
}

function trailsOver({ place }: BucketFacts, facts: Known): Place {
  const owner = wasSeen(place) ? facts.accountBy.get(place.seen.account) : undefined;
  if (!owner || !wasSeen(place)) return NOWHERE;
  return coverageOf(facts)(owner, place.seen.region);
}

/** As the configuration says it: a name, a pattern, or `key=value`. */
function said({ by }: SensitiveBuckets): string {
  return 'name' in by ? by.name : by.tag;
}

const NONE_WANTED = {
  en: 'no bucket is called sensitive (posture.sensitiveBuckets)',
  ko: '민감한 버킷이 설정되지 않았습니다(posture.sensitiveBuckets)',
};

function noneWanted({ organization, accounts }: Known): Subject {
  const { id, self, managementAccount } = organization;
  const named: FactsOf<'sensitive-bucket'> = { eventsRecorded: { notApplicable: NONE_WANTED } };
  return {
    subject: id || self || 'organization',
    owner: managementAccount ?? self,
    covers: accounts.map((account) => account.id),
    facts: named,
    fields: {},
    evidence: [],
  };
}

function unfoundBuckets({ wanted, names, dark = [] }: Sensitive, facts: Known): Subject {
  const nobody = {
    en: `no bucket is called or tagged ${said(wanted)}`,
    ko: `이름이나 태그가 ${said(wanted)}인 버킷이 없습니다`,
  };
  const named: FactsOf<'sensitive-bucket'> = {
    eventsRecorded: wasSeen(names)
      ? dark.length > 0
        ? { unseen: mayOwnMore(said(wanted), dark) }
        : { notApplicable: nobody }
      : { unseen: names.unseen },
  };
  const fields: FieldsOf<'sensitive-bucket'> = {
    bucket: said(wanted),
    owner: 'unknown',
    trails: 'none',
    wanted: wanted.record,
  };
  return {
    subject: `arn:${facts.organization.partition}:s3:::${said(wanted)}`,
    owner: '',
    covers: dark,
    facts: named,
    fields,
    evidence: [proof(names, (seen) => ({ names: seen }))],
  };
}

/** So many accounts that could not be asked are named. */
const NAMED = 5;

/** What was found elsewhere is judged; nobody may call it all there is. */
function mayOwnMore(pattern: string, dark: string[]): Unseen {
  const more = dark.length > NAMED ? ` + ${dark.length - NAMED}` : '';
  const accounts = `${dark.slice(0, NAMED).join(', ')}${more}`;
  return {
    kind: 'denied',
    reason: `accounts that could not be asked may own more buckets that are ${pattern}: ${accounts}`,
    wouldNeed: `s3:ListAllMyBuckets and s3:GetBucketTagging in account ${accounts}`,
    ko: {
      reason: `조회할 수 없었던 계정에 ${pattern}에 해당하는 버킷이 더 있을 수 있습니다: ${accounts}`,
      wouldNeed: `계정 ${accounts}의 s3:ListAllMyBuckets 및 s3:GetBucketTagging 권한`,
    },
  };
}
