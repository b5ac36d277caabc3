import type { Heard } from './heard.ts';
import type { Plan } from './plan.ts';
import type { Unit } from './sentence.ts';
import { unique } from './unique.ts';
import { is } from './unit.ts';

type Group = Plan['groupBy'][number];

/**
 * Whether events are listed or counted, by what they are grouped, which come first and how many: “top 10
 * users”, “per day”, “가장 많은 에러”, “which ips used …”.
 */
export function measure(plan: Plan, heard: Heard): void {
  const { units } = heard;
  const per = units.flatMap((unit, at) => (is(unit, 'per') ? pers(units, at) : []));
  const asked = units.flatMap((unit) =>
    is(unit, 'asked') && unit.meaning.group ? [unit.meaning.group] : [],
  );
  const counts = units.some((unit) => is(unit, 'count'));
  units.forEach((unit, at) => {
    if (!is(unit, 'count')) return;
    const next = units[at + 1];
    if (is(next, 'who')) per.push('actor');
    if (is(next, 'principal')) per.push(next.meaning.kind === 'account' ? 'account' : 'actor');
    if (is(next, 'asked') && next.meaning.group) per.push(next.meaning.group);
  });
  if (counts && per.length === 0 && units.some((unit) => is(unit, 'each')))
    per.push(...eachOf(plan, heard));
  const bytes = units.some((unit) => is(unit, 'bytes'));
  const ranked = units.some((unit) => is(unit, 'rank'));
  const by = rankedNoun(units);
  if (by !== null && per.length > 0 && !per.includes(by)) {
    // “top services by errors” ranks services, “top users by region” each region's users.
    if (per.includes('error') && plan.outcome === 'any') plan.outcome = 'failed';
    per.splice(0, per.length, by, ...per.filter((group) => group !== 'error' && group !== 'event'));
  }
  if (ranked && per.length === 0) per.push(rankedBy(units));
  if (ranked && per[0] === 'error' && plan.outcome === 'any') plan.outcome = 'failed';
  plan.groupBy = unique(per);
  if (bytes) {
    plan.measure = 'bytes';
    plan.order = 'count';
    if (per.length === 0 && heard.asksWho) plan.groupBy = ['actor'];
  }
  if (counts || per.length > 0 || bytes) plan.shape = 'count';
  if (ranked) plan.order = 'count';
  const many = numberOf(units);
  const latest = units.some((unit) => is(unit, 'latest'));
  if (latest && plan.shape === 'search') plan.limit = many ?? 1;
  if (many !== null && ranked) plan.limit = many;
  if (plan.shape === 'count') return;
  // “Which regions were used”, “which ips used key …”: the places are the answer.
  const places = askedPlaces(heard.all, asked, plan);
  if (places.length === 0) return;
  plan.shape = 'count';
  plan.groupBy = places;
}

/** “오사카랑 싱가포르 호출 건수 각각”: those of which several were named, else whoever is asked for. */
function eachOf({ accounts, regions, alsoActors }: Plan, { asksWho }: Heard): Group[] {
  if (accounts !== 'all' && accounts.length > 1) return ['account'];
  if (regions !== 'all' && regions.length > 1) return ['region'];
  return alsoActors.length > 0 || asksWho ? ['actor'] : [];
}

/** “per day and account”: what is joined behind is grouped by, too. */
function pers(units: Unit[], at: number): Group[] {
  const unit = units[at];
  const next = is(units[at + 1], 'and') ? groupAt(units, at + 2) : null;
  return is(unit, 'per') ? [unit.meaning.group, ...(next ? [next] : [])] : [];
}

/** “top 5 services”: the noun that stands right behind the ranking. */
function rankedNoun(units: Unit[]): Group | null {
  const at = units.findIndex((unit) => is(unit, 'rank'));
  // “which service had the most errors”: what is ranked stands before, what it is ranked by behind.
  if (at < 0 || units.slice(0, at).some((unit) => is(unit, 'per'))) return null;
  const group = groupAt(units, isRankNumber(units, at + 1) ? at + 2 : at + 1);
  return group === 'event' ? null : group;
}

/** What a ranking ranks: the noun that is asked for, which follows “top” and “가장 많은”. */
function rankedBy(units: Unit[]): Group {
  const at = units.findIndex((unit) => is(unit, 'rank'));
  const groups = units.map((_, where) => groupAt(units, where));
  const korean =
    /[가-힣]/.test(wordsOf(units[at])) || units.some((unit) => /[가-힣]/.test(wordsOf(unit)));
  const nouns = groups.map((group) => (group === 'event' ? null : group));
  const first = (some: (Group | null)[]) => some.find((group) => group !== null) ?? null;
  const behind = first(nouns.slice(at));
  const ahead = korean ? first(nouns.slice(0, at).toReversed()) : first(nouns.slice(0, at));
  const asks = units.findIndex((unit) => is(unit, 'asked', 'who'));
  // “which accounts make the most changes”: what is asked for stands before.
  const named = !korean && asks >= 0 && asks < at ? first(nouns.slice(asks, at)) : null;
  // “에러 제일 많이 난 API”: the noun behind is ranked, what stands before is counted.
  const calls = units
    .slice(at)
    .some(
      (unit) => is(unit, 'activity', 'history') && /^(?:api|이벤트|events?|액션)/i.test(unit.words),
    );
  if (korean && behind === null && calls) return 'event';
  return named ?? behind ?? ahead ?? first(groups.slice(at)) ?? first(groups) ?? 'actor';
}

function groupAt(units: Unit[], at: number): Group | null {
  const unit = units[at];
  if (is(unit, 'who')) return 'actor';
  if (is(unit, 'principal')) return unit.meaning.kind === 'account' ? 'account' : 'actor';
  if (is(unit, 'asked')) return unit.meaning.group;
  if (is(unit, 'ip')) return 'address';
  if (is(unit, 'outcome')) return /^(?:error|에러|오류)/i.test(unit.words) ? 'error' : null;
  if (is(unit, 'type')) {
    if (unit.meaning.type === 'iam-role') return 'actor';
    return unit.meaning.type === 'iam-user' ? 'actor' : 'resource';
  }
  if (is(unit, 'activity', 'history')) return 'event';
  return null;
}

/** “top 10”, “상위 10명”. */
function numberOf(units: Unit[]): number | null {
  const number = units.find((unit) => unit.is === 'word' && /^[1-9]\d{0,2}$/.test(unit.words));
  return number?.is === 'word' ? Number(number.words) : null;
}

/** A number that a ranking takes up is no name. */
export function isRankNumber(units: Unit[], at: number): boolean {
  const unit = units[at];
  if (unit?.is !== 'word' || !/^[1-9]\d{0,2}$/.test(unit.words)) return false;
  if (is(units[at + 1], 'counter')) return units.some((one) => is(one, 'rank', 'latest'));
  return [units[at - 1], units[at + 1], units[at + 2]].some((one) => is(one, 'rank', 'latest'));
}

function askedPlaces(units: Unit[], asked: Group[], plan: Plan): Group[] {
  const address = asked.includes('address') || asksAddress(units);
  const calls = units.some((unit) => is(unit, 'verb', 'activity', 'history'));
  if (address && (plan.actor !== null || plan.resources.length > 0 || plan.verbs.length > 0))
    return ['address'];
  if (!calls || asked.length === 0) return [];
  const bare = plan.eventNames.length + plan.resources.length + plan.verbs.length === 0;
  return bare ? unique(asked) : [];
}

/** “where is alice calling from”, “… 사용한 IP”: the address is what is asked for. */
function asksAddress(units: Unit[]): boolean {
  const where = units.some((unit) => is(unit, 'asked') && /^(?:where|어디)/i.test(unit.words));
  const from = units.some((unit) => /^from$|에서|어디서/.test(wordsOf(unit)));
  const calls = units.some(
    (unit) =>
      is(unit, 'verb') && unit.meaning.verbs.some((one) => one === 'use' || one === 'sign-in'),
  );
  const last = units.findLast((unit) => !is(unit, 'nothing'));
  return (where && from && calls) || (is(last, 'ip') && units.some((unit) => is(unit, 'verb')));
}

function wordsOf(unit: Unit | undefined): string {
  return unit?.is === 'meaning' ? unit.words : '';
}
