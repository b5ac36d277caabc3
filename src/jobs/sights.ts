import type { ByGroup, BySight, Group, Threshold } from '../core/detections/detector.ts';
import { pastIn, type Sight, type Unseen } from '../core/detections/judge.ts';
import { planOf } from '../core/detections/looks.ts';
import { NO_INSIGHTS } from '../core/detections/reasons.ts';
import {
  lackingBefore,
  NO_ARCHIVE,
  reachedIn,
  TOO_MANY,
  unseenIn,
  withoutPast,
} from '../core/detections/unseen.ts';
import { callsOf } from '../core/evidence/calls.ts';
import { type Evidence, matching } from '../core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { groupsOf } from '../core/evidence/groups.ts';
import type { Known } from '../core/evidence/match.ts';
import type { EventSource, Search, Searched, Tally } from '../core/evidence/source.ts';
import type { Plan } from '../core/questions/plan.ts';
import { searchFor } from './answers/search.ts';
import { searchInOrder } from './search-sources.ts';

/** Events that are read one by one where a source cannot group them; past this many it is not tried. */
const READ_LIMIT = 200_000;
/** Accounts that are read whole, page by page, where there is nothing but Event history. */
const FEW = 3;
const DAY = 86_400_000;

export type Looking = {
  plan: Plan;
  sources: EventSource[];
  known: Known;
  progress?: (done: number, of: number) => void;
};

/** The calls that match the plan, each once, of whatever was found. */
export function callsIn(plan: Plan, evidence: Evidence[], known: Known): CloudTrailEvent[] {
  return callsOf(matching(plan, evidence, known).events).map(({ event }) => event);
}

/** What a detector of denied calls must see: all calls of those who are worth looking at. */
export async function groupSight(
  detector: ByGroup,
  threshold: Threshold,
  looking: Looking,
): Promise<Sight> {
  const { plan, known } = looking;
  const window = planOf(detector, plan, plan.time);
  const whole = await reader(looking, plan);
  if ('en' in whole) return blind(whole);
  const groups = await groupsIn(window, whole, known);
  if ('en' in groups) return blind(groups);
  const suspects = detector.suspects(groups, threshold);
  const events = await Promise.all(
    suspects.map(async ({ account, actor }) =>
      callsIn(
        { ...window, groupBy: [], accounts: account ? [account] : window.accounts },
        await whole.read({
          ...searchFor(window),
          accounts: account ? [account] : plan.accounts,
          actors: actor ? [actor] : [],
        }),
        known,
      ),
    ),
  );
  return {
    ...seen(plan, await whole.searched(searchFor(window))),
    events: [...new Set(events.flat())],
  };
}

/** What a detector of new things must see: what is new, and the traits of the days before. */
export async function newSight(
  detector: BySight,
  threshold: Threshold,
  looking: Looking,
): Promise<Sight> {
  const { plan, known } = looking;
  const ample = looking.sources.filter(isAmple);
  if (ample.length === 0) return blind(NO_ARCHIVE);
  const whole = await reader({ ...looking, sources: ample }, plan);
  if ('en' in whole) return blind(whole);
  const days = threshold.days ?? 30;
  const start = new Date(Date.parse(plan.time.from) - days * DAY).toISOString();
  const past = planOf(detector, plan, { from: start, to: plan.time.from });
  const window = planOf(detector, plan, plan.time);
  const lacking = lackingBefore(await whole.searched(searchFor(past)), past, days);
  if (lacking) return blind(lacking);
  const [before, now] = [await groupsIn(past, whole, known), await groupsIn(window, whole, known)];
  if ('en' in before) return blind(before);
  if ('en' in now) return blind(now);
  const earlier = pastIn(detector, threshold, before);
  const { traits, subjects } = earlier;
  const fresh = now.filter(({ key }) => {
    const trait = detector.trait(key, threshold);
    return trait !== null && !traits.has(trait);
  });
  const comparable = fresh.filter(({ key }) => subjects.has(detector.subject(key)));
  const strange = [...new Set(fresh.map(({ key }) => detector.subject(key)))].filter(
    (subject) => !subjects.has(subject),
  );
  const sight = seen(plan, await whole.searched(searchFor(window)));
  return {
    ...sight,
    unseen: [...sight.unseen, ...(detector.mayBeNew ? [] : withoutPast(strange, days))],
    events: await eventsOf(comparable, window, whole, known),
    before: earlier,
  };
}

/** Insights events carry names of every API; only what holds some is read for them. */
export async function insightsSight(looking: Looking): Promise<Sight> {
  const { plan, known } = looking;
  const whole = await reader(looking, plan);
  if ('en' in whole) return blind(NO_INSIGHTS);
  const searched = await whole.searched(searchFor(plan));
  if (!searched.some(({ categories }) => categories.includes('insight'))) return blind(NO_INSIGHTS);
  const found = await everything(plan, whole);
  return 'en' in found
    ? blind(found)
    : { ...seen(plan, searched), events: callsIn(plan, found, known) };
}

/** What the sources would look at, where nobody has searched yet. */
export async function surveyed({ plan, sources, progress }: Looking): Promise<Evidence[]> {
  const search = { ...searchFor(plan), eventIds: [NO_EVENT] };
  return searchInOrder(sources, search, progress ? { progress } : {});
}

/** The events of these groups: one search for each account that has any. */
async function eventsOf(
  groups: Group[],
  window: Plan,
  whole: Reader,
  known: Known,
): Promise<CloudTrailEvent[]> {
  const accounts = new Map<string, Group[]>();
  for (const group of groups) {
    const { account = '' } = group.key;
    accounts.set(account, [...(accounts.get(account) ?? []), group]);
  }
  const events: CloudTrailEvent[] = [];
  for (const [account, some] of accounts) {
    const narrow = (slot: string, all: string[]) => {
      const values = [...new Set(some.flatMap(({ key }) => key[slot] ?? []))];
      return values.length > 0 ? values : all;
    };
    const plan: Plan = {
      ...window,
      groupBy: [],
      accounts: account ? [account] : window.accounts,
      eventNames: narrow('event', window.eventNames),
      addresses: narrow('address', window.addresses),
    };
    events.push(...callsIn(plan, await whole.read(searchFor(plan)), known));
  }
  return events;
}

type Reader = {
  read(search: Search): Promise<Evidence[]>;
  searched(search: Search): Promise<Searched[]>;
  /** What the only source has counted itself; null where events must be read. */
  tally(plan: Plan): Promise<Tally | null>;
};

/** How everything of a time can be read; or why it is too much. */
async function reader({ sources, progress }: Looking, plan: Plan): Promise<Reader | Unseen> {
  const ample = sources.filter(isAmple);
  const used = ample.length > 0 ? ample : sources;
  if (ample.length === 0 && (plan.accounts === 'all' || plan.accounts.length > FEW))
    return NO_ARCHIVE;
  const read = (search: Search) => searchInOrder(used, search, progress ? { progress } : {});
  return {
    read,
    async searched(search) {
      const surveys = await Promise.all(used.map((source) => source.survey?.(search)));
      const told = surveys.filter((one) => one !== undefined);
      if (told.length === used.length) return told;
      return (await read({ ...search, eventIds: [NO_EVENT] })).map(({ found }) => found.searched);
    },
    async tally(grouped) {
      const [only] = used;
      if (used.length !== 1 || !only?.tally) return null;
      return only.tally(grouped);
    },
  };
}

/** An event that there is not: the answer to it says what was searched. */
const NO_EVENT = '00000000-0000-0000-0000-000000000000';

/** A source without an estimate is one that nobody has to wait for. */
function isAmple(source: EventSource): boolean {
  return source.estimate === undefined;
}

async function groupsIn(plan: Plan, whole: Reader, known: Known): Promise<Group[] | Unseen> {
  const counted = await whole.tally(plan);
  if (counted) return counted.groups;
  const evidence = await everything(plan, whole);
  if ('en' in evidence) return evidence;
  return groupsOf(plan, callsIn({ ...plan, groupBy: [] }, evidence, known));
}

/** Every event of a plan, unless there are too many to be read. */
async function everything(plan: Plan, whole: Reader): Promise<Evidence[] | Unseen> {
  const counted = await whole.tally({ ...plan, groupBy: [] });
  if (counted && counted.total > READ_LIMIT) return TOO_MANY;
  return whole.read(searchFor(plan));
}

function seen(plan: Plan, searched: Searched[]): Omit<Sight, 'events'> {
  return {
    unseen: unseenIn(plan, searched),
    ...reachedIn(searched),
    before: { unseen: NO_ARCHIVE },
  };
}

function blind(unseen: Unseen): Sight {
  return { events: [], unseen: [unseen], before: { unseen } };
}
