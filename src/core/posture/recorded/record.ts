import type { Unseen } from '../../reading.ts';
import { wasSeen } from '../../reading.ts';
import type { AccountFacts } from '../facts.ts';
import { called, type Known } from '../known.ts';
import type { Fact, Reason } from '../vocabulary.ts';
import { ANY_REGION, coverageOf, type Place } from './coverage.ts';
import type { JudgePlace } from './gaps.ts';

/** The regions of one account in which the same trails record. */
export type Stretch = {
  account: AccountFacts;
  place: Place;
  regions: string[];
  doubt: Unseen | null;
};

/** What is recorded of some accounts, account by account and region by region. */
export type Record = {
  /** The accounts in which no trail is logging; everything else about them is told by that. */
  notRecorded: AccountFacts[];
  /** Why it is not certain that all the others are recorded. */
  unsure: Unseen | null;
  /** The accounts of which anything can be said beyond that. */
  recorded: AccountFacts[];
  stretches: Stretch[];
};

export function recordOf(accounts: AccountFacts[], facts: Known): Record {
  const record: Record = { notRecorded: [], unsure: null, recorded: [], stretches: [] };
  for (const account of accounts) {
    if (!wasSeen(account.trails)) {
      record.unsure ??= account.trails.unseen;
      continue;
    }
    const logging = account.trails.seen.flatMap(({ arn }) => facts.trailBy.get(arn)?.logging ?? []);
    if (!logging.some((one) => wasSeen(one) && one.seen)) {
      const unseen = logging.flatMap((one) => (wasSeen(one) ? [] : [one.unseen]))[0];
      if (!unseen) {
        record.notRecorded.push(account);
        continue;
      }
      record.unsure ??= unseen;
    }
    record.recorded.push(account);
    record.stretches.push(...stretchesOf(account, facts));
  }
  return record;
}

function stretchesOf(account: AccountFacts, facts: Known): Stretch[] {
  const placeOf = coverageOf(facts);
  const regions = wasSeen(account.regions) ? account.regions.seen : [ANY_REGION];
  const doubt = wasSeen(account.regions) ? null : account.regions.unseen;
  const by = new Map<Place, string[]>();
  for (const region of regions) {
    const place = placeOf(account, region);
    const same = by.get(place);
    if (same) same.push(region);
    else by.set(place, [region]);
  }
  return [...by].map(([place, of]) => ({ account, place, regions: of, doubt }));
}

/** What is missing somewhere, by its name, with where; `of` counts the regions that were judged. */
export type Missing = {
  missing: Map<string, Stretch[]>;
  open: Unseen | null;
  of: number;
};

export function missingIn({ stretches, unsure }: Record, judge: JudgePlace): Missing {
  const found: Missing = { missing: new Map(), open: stretches.length > 0 ? null : unsure, of: 0 };
  for (const stretch of stretches) {
    const { doubt } = stretch;
    const gap = judge(stretch.place);
    if (!gap) {
      // Where the regions are unknown, there may be one with something to judge.
      found.open ??= doubt;
      continue;
    }
    found.of += stretch.regions.length;
    // Where the regions are unknown, a trail of one of them may record what seems to be missing.
    found.open ??= gap.open ?? (gap.missing.length > 0 ? doubt : null);
    if (doubt) continue;
    for (const name of gap.missing) {
      const same = found.missing.get(name);
      if (same) same.push(stretch);
      else found.missing.set(name, [stretch]);
    }
  }
  return found;
}

export const NOTHING_LOGS: Reason = {
  en: 'no trail is logging, which trail-logging tells',
  ko: '기록 중인 트레일이 없으며, 이는 trail-logging이 알립니다',
};
export const NO_MANAGEMENT_EVENTS: Reason = {
  en: 'no region has management events, which trail-multi-region tells',
  ko: '관리 이벤트가 기록되는 리전이 없으며, 이는 trail-multi-region이 알립니다',
};

/**
 * The fact of it: what is certainly missing stands, whatever else is open, and "nothing is missing"
 * needs that nothing is open. A name alone is missing everywhere; with a place, only there.
 */
export function missingFact(record: Record, { missing, open, of }: Missing): Fact {
  const spell = record.recorded.length + record.notRecorded.length > 1;
  if (missing.size > 0)
    return {
      seen: [...missing].flatMap(([name, stretches]) => {
        const everywhere = name !== '' && count(stretches) === of;
        return everywhere ? [name] : stretches.flatMap((stretch) => placesIn(stretch, name, spell));
      }),
    };
  if (open) return { unseen: open };
  if (of > 0) return { seen: [] };
  return { notApplicable: record.recorded.length > 0 ? NO_MANAGEMENT_EVENTS : NOTHING_LOGS };
}

function count(stretches: Stretch[]): number {
  return stretches.reduce((sum, { regions }) => sum + regions.length, 0);
}

/** `shop (444455556666)/eu-west-1 (write)`; an account stands for all of its regions, and one of its own needs no name. */
function placesIn({ account, regions }: Stretch, name: string, spell: boolean): string[] {
  const all = wasSeen(account.regions) && account.regions.seen.length === regions.length;
  const named = spell ? regions.map((region) => `${called(account)}/${region}`) : regions;
  const places = spell && all ? [called(account)] : named;
  return places.map((place) => (name === '' ? place : `${place} (${name})`));
}
