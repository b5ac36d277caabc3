import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import type { AccountFacts, TrailFacts } from '../facts.ts';
import { called, isOrganizationTrail, type Known, nameOf } from '../known.ts';
import type { Fact } from '../vocabulary.ts';
import { ANY_REGION, reaches } from './coverage.ts';
import { bothRecord, howMuch, managementEvents } from './event-sets.ts';

/**
 * The places in which a trail is a second, paid copy, and the trails of which it is one. An account
 * stands for all of its regions.
 */
export type Duplicate = { paidTwice: Fact; alsoRecordedBy: string };

/**
 * Where an earlier trail records the same management events already. The first copy in a region is
 * free and every further one is paid (CloudTrail pricing). Which one AWS counts first does not change
 * the bill, so the first copy here is the one to keep: the organization trail.
 */
export function duplicateOf(trail: TrailFacts, facts: Known): Duplicate {
  const { selectors, logging } = trail;
  if (wasSeen(logging) && !logging.seen) return none({ notApplicable: STOPPED });
  if (wasSeen(selectors) && howMuch([selectors.seen], EVENTS) === 'none')
    return none({ notApplicable: NO_MANAGEMENT_EVENTS });

  const same = new Map<TrailFacts, boolean | Unseen>();
  const paid: string[] = [];
  const first = new Set<TrailFacts>();
  let open: Unseen | null = null;
  for (const id of facts.eyesOn.get(trail.arn) ?? []) {
    const account = facts.accountBy.get(id);
    const earlier = account ? earlierTrails(trail, account, facts) : [];
    if (!account || earlier.length === 0) continue;
    const regions = regionsOf(account, [trail, ...earlier]);
    const twice = regions.filter((region) => {
      const copies = earlier.map((other) => {
        const known = same.get(other) ?? recordsTheSame(trail, other);
        same.set(other, known);
        return allOf([known, reaches(trail, region), reaches(other, region)]);
      });
      for (const copy of copies) if (typeof copy === 'object') open ??= copy;
      for (const [index, other] of earlier.entries()) if (copies[index] === true) first.add(other);
      return copies.includes(true);
    });
    const everywhere = wasSeen(account.regions)
      ? twice.length === regions.length
      : twice.includes(ANY_REGION);
    if (everywhere) paid.push(called(account));
    else paid.push(...twice.map((region) => `${called(account)}/${region}`));
  }
  if (paid.length === 0) return none(open ? { unseen: open } : { seen: [] });
  const names = [...first].map(({ arn }) => nameOf(arn)).sort();
  return { paidTwice: { seen: paid }, alsoRecordedBy: names.join(', ') };
}

const EVENTS = managementEvents('read-write');

const STOPPED = {
  en: 'the trail is stopped and makes no copy',
  ko: '트레일이 중지되어 있어 사본을 만들지 않습니다',
};
const NO_MANAGEMENT_EVENTS = {
  en: 'the trail records no management events',
  ko: '이 트레일은 관리 이벤트를 기록하지 않습니다',
};

function none(paidTwice: Fact): Duplicate {
  return { paidTwice, alsoRecordedBy: 'none' };
}

/** Where the regions are unread: trails that meet anywhere meet in the home of one, or in all regions. */
function regionsOf({ regions }: AccountFacts, trails: TrailFacts[]): string[] {
  if (wasSeen(regions)) return regions.seen;
  return [...new Set([ANY_REGION, ...trails.map(({ homeRegion }) => homeRegion)])];
}

function earlierTrails(trail: TrailFacts, { trails }: AccountFacts, facts: Known): TrailFacts[] {
  if (!wasSeen(trails)) return [];
  const rank = (one: TrailFacts) => rankOf(one, facts);
  return trails.seen
    .flatMap(({ arn }) => facts.trailBy.get(arn) ?? [])
    .filter((other) => rank(other) < rank(trail));
}

/** The organization's trails first, then those of all regions; equals by their ARN. */
function rankOf(trail: TrailFacts, facts: Known): string {
  const multiRegion = wasSeen(trail.settings) && trail.settings.seen.multiRegion;
  const order = isOrganizationTrail(trail, facts) ? 0 : multiRegion ? 1 : 2;
  return `${order} ${trail.arn}`;
}

function recordsTheSame(one: TrailFacts, other: TrailFacts): boolean | Unseen {
  if (!wasSeen(one.selectors)) return one.selectors.unseen;
  if (!wasSeen(other.selectors)) return other.selectors.unseen;
  return bothRecord(one.selectors.seen, other.selectors.seen, EVENTS);
}

function allOf(parts: (boolean | Unseen)[]): boolean | Unseen {
  if (parts.includes(false)) return false;
  return parts.find((part) => part !== true) ?? true;
}
