import { wasSeen } from '../../reading.ts';
import { trailsOver } from '../coverage.ts';
import { writesRecorded } from '../data-events.ts';
import type { PostureFacts } from '../facts.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/** The buckets that the configuration calls sensitive, each by its ARN. */
export function sensitiveBuckets(facts: Known): Subject[] {
  return facts.sensitive.flatMap((one) => bucketsCalled(one, facts));
}

function bucketsCalled(
  { wanted, names }: PostureFacts['sensitive'][number],
  facts: Known,
): Subject[] {
  const pattern = 'name' in wanted.by ? wanted.by.name : wanted.by.tag;
  if (wasSeen(names) && names.seen.length > 0)
    return names.seen.map((name) => sensitiveBucket(name, facts));
  const named: FactsOf<'sensitive-bucket'> = {
    writesRecorded: wasSeen(names)
      ? {
          notApplicable: {
            en: `no bucket is called ${pattern}`,
            ko: `이름이 ${pattern}인 버킷이 없습니다`,
          },
        }
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

const NOT_ASKED = {
  en: 'the account that owns the bucket was not asked',
  ko: '버킷을 소유한 계정은 조회 대상이 아니었습니다',
};

function sensitiveBucket(name: string, facts: Known): Subject {
  const arn = `arn:${facts.organization.partition}:s3:::${name}`;
  const bucket = facts.bucketBy.get(name);
  const place = bucket?.place;
  const found = place && wasSeen(place) ? place.seen : null;
  const owner = found ? facts.accountBy.get(found.account) : undefined;
  const over = owner && found ? trailsOver(owner, found.region, facts.trailBy) : [];
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
    if (!place) throw new Error(`the bucket ${name} was named and not looked for`);
    if (!wasSeen(place)) return place;
    if (!owner) return { notApplicable: NOT_ASKED };
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
