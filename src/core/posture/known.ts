import { wasSeen } from '../reading.ts';
import type {
  AccountFacts,
  BucketFacts,
  ConfigWord,
  KeyFacts,
  LogGroupFacts,
  PostureFacts,
  TrailFacts,
} from './facts.ts';

/** The facts with the indexes that judging needs: an organization may have as many trails as accounts. */
export type Known = PostureFacts & {
  trailBy: ReadonlyMap<string, TrailFacts>;
  accountBy: ReadonlyMap<string, AccountFacts>;
  bucketBy: ReadonlyMap<string, BucketFacts>;
  keyBy: ReadonlyMap<string, KeyFacts>;
  logGroupBy: ReadonlyMap<string, LogGroupFacts>;
  /** By `account/region`. */
  configBy: ReadonlyMap<string, ConfigWord>;
  /** The accounts that see each trail, by its ARN. */
  eyesOn: ReadonlyMap<string, string[]>;
};

export function known(facts: PostureFacts): Known {
  const eyesOn = new Map<string, string[]>();
  for (const { id, trails } of facts.accounts)
    if (wasSeen(trails))
      for (const { arn } of trails.seen) {
        const eyes = eyesOn.get(arn);
        if (eyes) eyes.push(id);
        else eyesOn.set(arn, [id]);
      }
  return {
    ...facts,
    trailBy: new Map(facts.trails.map((trail) => [trail.arn, trail])),
    accountBy: new Map(facts.accounts.map((account) => [account.id, account])),
    bucketBy: new Map(facts.buckets.map((bucket) => [bucket.name, bucket])),
    keyBy: new Map(facts.keys.map((key) => [key.arn, key])),
    logGroupBy: new Map(facts.logGroups.map((group) => [group.arn, group])),
    configBy: new Map(facts.config.map((word) => [`${word.account}/${word.region}`, word])),
    eyesOn,
  };
}

/** The trails that an asked account sees; the organization's may be known without that. */
export function sightedTrails({ trails, eyesOn }: Known): TrailFacts[] {
  return trails.filter(({ arn }) => eyesOn.has(arn));
}

/** The accounts that a trail concerns: those that see it, its owner at least. */
export function seenBy({ arn, owner }: TrailFacts, { eyesOn }: Known): string[] {
  return eyesOn.get(arn) ?? [owner];
}

/** By its settings; where those are unseen, by who sees it: only an organization's trail has foreign eyes. */
export function isOrganizationTrail(trail: TrailFacts, facts: Known): boolean {
  if (wasSeen(trail.settings)) return trail.settings.seen.organization;
  return seenBy(trail, facts).some((account) => account !== trail.owner);
}

/** The ARNs of the organization's trails that an account sees, sorted. */
export function organizationTrailsOf({ trails }: AccountFacts, facts: Known): string[] {
  if (!wasSeen(trails)) return [];
  return trails.seen
    .map(({ arn }) => arn)
    .filter((arn) => {
      const trail = facts.trailBy.get(arn);
      return trail !== undefined && isOrganizationTrail(trail, facts);
    })
    .sort();
}

/** How people know an account: `payments-prod (666677778888)`. */
export function called({ id, name }: { id: string; name: string }): string {
  return name ? `${name} (${id})` : id;
}

/** The name at the end of a trail's ARN. */
export function nameOf(arn: string): string {
  return arn.slice(arn.lastIndexOf('/') + 1);
}
