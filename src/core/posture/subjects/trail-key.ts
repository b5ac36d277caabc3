import { type Unseen, wasSeen } from '../../reading.ts';
import type { KeyFacts, TrailFacts, TrailSettings } from '../facts.ts';
import { cloudTrailAccess } from '../guards/key-policy.ts';
import type { Subject } from '../judge.ts';
import { type Known, nameOf, seenBy, sightedTrails } from '../known.ts';
import { proof } from '../proof.ts';
import type { Fact, FactsOf, FieldsOf } from '../vocabulary.ts';

/**
 * Every KMS key that trails encrypt with, once, with the trails that do. A trail whose settings could
 * not be read stands for its key: nobody knows which one it is, if any.
 */
export function trailKeys(facts: Known): Subject[] {
  const byKey = new Map<string, Encrypting[]>();
  const unread: Subject[] = [];
  for (const trail of sightedTrails(facts)) {
    const { settings } = trail;
    if (!wasSeen(settings)) unread.push(keyOfUnread(trail, settings.unseen, facts));
    else if (settings.seen.kmsKey !== null) {
      const one = { trail, settings: settings.seen };
      const encrypting = byKey.get(settings.seen.kmsKey);
      if (encrypting) encrypting.push(one);
      else byKey.set(settings.seen.kmsKey, [one]);
    }
  }
  return [...[...byKey].map(([arn, by]) => trailKey(keyCalled(arn, facts), by, facts)), ...unread];
}

type Encrypting = { trail: TrailFacts; settings: TrailSettings };

function keyCalled(arn: string, { keyBy }: Known): KeyFacts {
  const key = keyBy.get(arn);
  if (!key) throw new Error(`the key ${arn} was named and not looked for`);
  return key;
}

function trailKey(key: KeyFacts, by: Encrypting[], facts: Known): Subject {
  const { description, rotation } = key;
  const places = by.map(({ settings }) => bucketRegion(settings.bucket, facts));
  const access = accessOf(key, by, facts);
  const named: FactsOf<'trail-key'> = {
    state: wasSeen(description) ? { seen: description.seen.state } : description,
    inBucketRegion: inBucketRegion(key, places),
    cloudTrail: access,
    rotation,
  };
  const fields: FieldsOf<'trail-key'> = {
    key: key.arn,
    owner: key.account,
    trails: by.map(({ trail }) => nameOf(trail.arn)).join(', '),
    region: key.region,
    bucketRegions:
      [...new Set(places.flatMap((place) => (wasSeen(place) ? [place.seen] : [])))].join(', ') ||
      'unknown',
    condition: wasSeen(description) ? description.seen.state : 'unknown',
    deletion: (wasSeen(description) && description.seen.deletionDate) || 'none',
    access: 'seen' in access ? String(access.seen) : 'unknown',
    rotates: wasSeen(rotation) ? (rotation.seen ? 'on' : 'off') : 'unknown',
  };
  return {
    subject: key.arn,
    owner: key.account,
    covers: [...new Set(by.flatMap(({ trail }) => seenBy(trail, facts)))],
    facts: named,
    fields,
    evidence: [
      proof(description, (seen) => ({ KeyId: key.arn, ...seen })),
      proof(key.policy, () => ({ KeyId: key.arn, cloudTrail: fields.access })),
      proof(rotation, (on) => ({ KeyId: key.arn, KeyRotationEnabled: on })),
    ],
  };
}

function keyOfUnread(trail: TrailFacts, unseen: Unseen, facts: Known): Subject {
  const named: FactsOf<'trail-key'> = {
    state: { unseen },
    inBucketRegion: { unseen },
    cloudTrail: { unseen },
    rotation: { unseen },
  };
  return {
    subject: trail.arn,
    owner: trail.owner,
    covers: seenBy(trail, facts),
    facts: named,
    fields: { trails: nameOf(trail.arn) },
    evidence: [proof(trail.settings, () => ({}))],
  };
}

type Place = { seen: string } | { unseen: Unseen };

function bucketRegion(name: string, { bucketBy }: Known): Place {
  const place = bucketBy.get(name)?.place;
  if (!place) throw new Error(`the bucket ${name} was named and not looked for`);
  return wasSeen(place) ? { seen: place.seen.region } : place;
}

/** S3 encrypts with keys of the bucket's own region only. */
function inBucketRegion({ region }: KeyFacts, places: Place[]): Fact {
  if (places.some((place) => wasSeen(place) && place.seen !== region)) return { seen: false };
  return places.find((place) => !wasSeen(place)) ?? { seen: true };
}

const WORST_FIRST = ['refused', 'unconfined', 'confined'];

/** Over all trails that use the key, the worst. */
function accessOf({ arn, policy }: KeyFacts, by: Encrypting[], facts: Known): Fact {
  if (!wasSeen(policy)) return policy;
  const found: string[] = by.map(({ trail }) =>
    cloudTrailAccess(policy.seen, {
      trail: trail.arn,
      account: trail.owner,
      organization: facts.organization.alone ? '' : facts.organization.id || null,
      key: arn,
    }),
  );
  return { seen: WORST_FIRST.find((access) => found.includes(access)) ?? 'confined' };
}
