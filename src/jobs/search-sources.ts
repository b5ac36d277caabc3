import { type Evidence, matching } from '../core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import type { Known } from '../core/evidence/match.ts';
import { type Asked, type Round, remaining, together } from '../core/evidence/remaining.ts';
import type {
  EventSource,
  Found,
  Gap,
  Issuing,
  Search,
  Searched,
  Session,
} from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';
import { wasSeen } from '../core/reading.ts';
import type { World } from './answers/world.ts';

/** What is searched for, and when to stop before everything was. */
type Hunt = {
  progress?: World['progress'];
  /** Told before a search that takes long: so many seconds, for so many requests. */
  expect?: World['expect'];
  /**
   * Where the thing that is asked about is known to be: a costly source is asked there first. As a
   * function where finding out costs something itself.
   */
  near?: Near | null | (() => Promise<Near | null>);
  /** Whether what was found answers the question, so that a costly source need not go on. */
  answered?(found: CloudTrailEvent[]): boolean;
};

/** Places by ARN or by Config, and whose word that is. */
export type Near = { accounts: string[]; regions: string[]; by: 'arn' | 'config' };

/** From here on a search is worth announcing, and a known place worth being asked alone. */
const LONG_SECONDS = 3;

/**
 * Asks the sources in their order, each only for what those before it have not seen, and tells what they
 * looked at together. The complete and cheap ones come first.
 */
export async function searchInOrder(
  sources: EventSource[],
  wanted: Search,
  hunt: Hunt = {},
): Promise<Evidence[]> {
  const rounds: Round[] = [];
  let open = [wanted];
  for (const source of sources) {
    if (open.length === 0) break;
    const round = await oneRound(source, open, hunt, () => rounds.flatMap(({ events }) => events));
    rounds.push(round);
    open = round.asked.flatMap(remaining);
  }
  const looked = rounds.filter(hasLooked);
  // Where none has looked, each says why.
  const telling = looked.length > 0 ? looked : rounds;
  const broken = looked.length > 0 ? brokenIn(rounds) : [];
  return together(wanted, telling).map(({ source, searched }, index) => {
    const also = index === 0 ? besides(searched, broken) : searched;
    return { source, found: { ...toldOf(telling[index]), searched: also } };
  });
}

/** Why a source could not be read at all, once for each: no other source knows what it held. */
function brokenIn(rounds: Round[]): Gap[] {
  return rounds.flatMap(({ asked }) => {
    const first = asked.find(({ searched }) => searched.broken);
    return first?.searched.gaps ?? [];
  });
}

/** What was searched, with the sources beside it that could not be read, each told once. */
function besides(searched: Searched, broken: Gap[]): Searched {
  if (broken.length === 0) return searched;
  const told = searched.gaps.map(({ reason }) => reason);
  const untold = broken.filter(({ reason }) => !told.includes(reason));
  return { ...searched, gaps: [...searched.gaps, ...untold], broken: true };
}

function toldOf(round: Round | undefined): Pick<Found, 'events' | 'completeFrom'> {
  const { events = [], completeFrom } = round ?? {};
  return { events, ...(completeFrom !== undefined && { completeFrom }) };
}

/** A source that keeps nothing of the time asked for, or has nothing at all, has looked at nothing. */
function hasLooked({ asked, events }: Round): boolean {
  return events.length > 0 || asked.some(({ searched }) => searched.from < searched.to);
}

async function oneRound(
  source: EventSource,
  open: Search[],
  hunt: Hunt,
  before: () => CloudTrailEvent[],
): Promise<Round> {
  const round: Round = { source: source.name, asked: [], events: [] };
  const ask = async (search: Search) => {
    const { events, searched, completeFrom } = await source.find(search, hunt.progress);
    for (const event of events) round.events.push(event);
    if (completeFrom !== undefined) round.completeFrom = completeFrom;
    return { search, searched };
  };
  const cost = await costOf(source, open);
  const long = cost !== null && cost.seconds >= LONG_SECONDS;
  const { answered } = hunt;
  const near = long && answered ? await placeIn(hunt) : null;
  if (near && answered) {
    const there: Asked[] = [];
    for (const search of open) {
      const narrow = within(search, near);
      if (narrow) there.push(await ask(narrow));
    }
    const [first, ...rest] = there;
    if (first && answered([...before(), ...round.events])) {
      const gaps = [...first.searched.gaps, notNeeded(near)];
      round.asked = [{ ...first, searched: { ...first.searched, gaps } }, ...rest];
      return round;
    }
  }
  if (long) hunt.expect?.(cost.seconds, cost.requests);
  for (const search of open) round.asked.push(await ask(search));
  return round;
}

async function placeIn({ near }: Hunt): Promise<Near | null> {
  return (typeof near === 'function' ? await near() : near) ?? null;
}

async function costOf(source: EventSource, open: Search[]) {
  if (!source.estimate) return null;
  const each = await Promise.all(open.map((search) => source.estimate?.(search)));
  return {
    // One after the other.
    seconds: each.reduce((sum, one) => sum + (one?.seconds ?? 0), 0),
    requests: each.reduce((sum, one) => sum + (one?.requests ?? 0), 0),
  };
}

function within(search: Search, { accounts, regions }: Near): Search | null {
  const both = (all: string[] | 'all', some: string[]) =>
    all === 'all' ? some : some.filter((one) => all.includes(one));
  const place = {
    accounts: both(search.accounts, accounts),
    regions: both(search.regions, regions),
  };
  return place.accounts.length > 0 && place.regions.length > 0 ? { ...search, ...place } : null;
}

/** Found where it is known to be; that nobody else was asked is said all the same. */
function notNeeded({ accounts, regions, by }: Near): Gap {
  const where = `${accounts.join(', ')} / ${regions.join(', ')}`;
  const [en, ko] = by === 'arn' ? ['its ARN', 'ARN'] : ['AWS Config', 'AWS Config'];
  return {
    account: '',
    region: '',
    reason: `only ${where} was asked, where ${en} says it is; it was found there, and other accounts and regions were not asked`,
    ko: `${ko}에 따라 ${where}에서만 검색했고, 거기서 찾았으므로 다른 계정과 리전은 검색하지 않았습니다`,
  };
}

/** All sources as one that asks them in their order; for questions whose coverage is told elsewhere. */
export function inOrder(sources: EventSource[]): EventSource {
  return {
    name: sources.map(({ name }) => name).join(', '),
    needs: sources.flatMap(({ needs }) => needs),
    async find(search, progress) {
      const evidence = await searchInOrder(sources, search, progress ? { progress } : {});
      const [first, ...rest] = evidence.map(({ found }) => found);
      if (!first) throw new Error('there is no source to search');
      return rest.reduce(
        (all, { events, searched }) => ({
          events: [...all.events, ...events],
          searched: {
            ...all.searched,
            accounts: {
              searched: union(all.searched.accounts.searched, searched.accounts.searched),
              of: union(all.searched.accounts.of, searched.accounts.of),
            },
            regions: {
              searched: union(all.searched.regions.searched, searched.regions.searched),
              of: union(all.searched.regions.of, searched.regions.of),
            },
            categories: union(all.searched.categories, searched.categories),
            gaps: [...all.searched.gaps, ...searched.gaps],
          },
        }),
        first,
      );
    },
    issuing: (sessions) => issuingInOrder(sources, sessions),
  };
}

function union<T>(some: T[], others: T[]): T[] {
  return [...new Set([...some, ...others])];
}

/** Each session is followed by the first source that knows what issued it. */
async function issuingInOrder(
  sources: EventSource[],
  sessions: Session[],
): Promise<Map<string, Issuing>> {
  const issued = new Map<string, Issuing>();
  let open = sessions;
  for (const source of sources) {
    if (open.length === 0) break;
    const told = await source.issuing(open);
    for (const { accessKeyId } of open) {
      const { events, gaps } = told.get(accessKeyId) ?? { events: [], gaps: [] };
      const before = issued.get(accessKeyId);
      // What a later source has found needs no excuse of an earlier one.
      const excuses = events.length > 0 ? [] : (before?.gaps ?? []);
      issued.set(accessKeyId, { events, gaps: [...excuses, ...gaps] });
    }
    open = open.filter(({ accessKeyId }) => issued.get(accessKeyId)?.events.length === 0);
  }
  return issued;
}

/** Where the one thing that a plan is about is: by its ARN, else by Config. Null: nobody says. */
export async function nearOf(plan: Plan, world: World): Promise<Near | null> {
  const [resource, ...others] = plan.resources;
  if (resource === undefined || others.length > 0 || !isAnsweredByOne(plan)) return null;
  const [, region, account] = /^arn:[^:]*:[^:]*:([a-z0-9-]+):(\d{12}):/.exec(resource) ?? [];
  if (region && account) return { accounts: [account], regions: [region], by: 'arn' };
  const located = await world.locate?.(resource);
  if (!located || !wasSeen(located) || located.seen.length === 0) return null;
  const distinct = (values: string[]) => [...new Set(values)];
  return {
    accounts: distinct(located.seen.map((one) => one.account)),
    regions: distinct(located.seen.map((one) => one.region)),
    by: 'config',
  };
}

/**
 * A question after one thing and what was done to it, such as who deleted it. Who asks for a history or
 * a count wants every event, and any account may have named the thing.
 */
export function isAnsweredByOne(plan: Plan): boolean {
  return (
    plan.shape === 'search' &&
    plan.resources.length === 1 &&
    plan.alsoResources.length === 0 &&
    plan.eventNames.length > 0 &&
    plan.groupBy.length === 0
  );
}

/** The search of a plan, over the sources of the world in their order. */
export async function searchSources(
  plan: Plan,
  wanted: Search,
  world: World,
  known: Known,
): Promise<Evidence[]> {
  return searchInOrder(world.sources, wanted, {
    near: () => nearOf(plan, world),
    ...(world.progress && { progress: world.progress }),
    ...(world.expect && { expect: world.expect }),
    answered: (events) => isMatched(plan, events, known),
  });
}

function isMatched(plan: Plan, events: CloudTrailEvent[], known: Known): boolean {
  const nothing = { accounts: { searched: [], of: [] }, regions: { searched: [], of: [] } };
  const searched = { ...nothing, from: '', to: '', categories: [], gaps: [], settledUntil: null };
  return matching(plan, [{ source: '', found: { events, searched } }], known).events.length > 0;
}
