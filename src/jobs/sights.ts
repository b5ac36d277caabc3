import type { ByGroup, BySight, Group, Threshold } from '../core/detections/detector.ts';
import { pastIn, type Sight, type Unseen } from '../core/detections/judge.ts';
import { planOf } from '../core/detections/looks.ts';
import { NO_INSIGHTS } from '../core/detections/reasons.ts';
import { callsOf } from '../core/evidence/calls.ts';
import { type Evidence, matching } from '../core/evidence/conclude.ts';
import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { groupsOf } from '../core/evidence/groups.ts';
import type { Known } from '../core/evidence/match.ts';
import type { EventSource, Gap, Search, Searched, Tally } from '../core/evidence/source.ts';
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

/**
 * What of the accounts that were reached, and of the asked time, was not looked at, in one sentence; empty:
 * nothing. Accounts that nobody reached at all are told apart, by `reachedIn`.
 */
export function unseenIn({ time }: Plan, searched: Searched[]): Unseen[] {
  const reached = new Set(searched.flatMap(({ accounts }) => accounts.searched));
  const inside = ({ account }: Gap) => account === '' || reached.has(account) || reached.size === 0;
  const gaps = searched.flatMap(({ gaps: some }) => some).filter(inside);
  const all = [...gaps, ...shortOf(time, searched)];
  const [first] = all;
  if (!first) return [];
  const more = all.length - 1;
  const where = [first.account, first.region].filter(Boolean).join('/');
  return [
    {
      en: `nothing found, but not everything could be seen: ${where ? `${where}: ` : ''}${first.reason}${more > 0 ? ` (and ${more} more)` : ''}`,
      ko: `발견된 것은 없지만 볼 수 없는 곳이 있습니다: ${where ? `${where}: ` : ''}${first.ko ?? first.reason}${more > 0 ? ` (외 ${more}건)` : ''}`,
    },
  ];
}

/** What a clean detector is clean of, where accounts could not be reached at all; empty: every account was. */
export function reachedIn(searched: Searched[]): Pick<Sight, 'reached'> {
  const reached = new Set(searched.flatMap(({ accounts }) => accounts.searched)).size;
  const of = new Set(searched.flatMap(({ accounts }) => accounts.of)).size;
  if (reached >= of) return {};
  return {
    reached: {
      en: `nothing of this kind in ${reached} of ${of} accounts; the others could not be seen`,
      ko: `계정 ${of}개 중 ${reached}개에는 이런 일이 없고, 나머지는 볼 수 없었습니다`,
    },
  };
}

/** Delivery takes minutes, and nobody expects more of the end of a long time. */
const LAG = 20 * 60_000;
const SLACK = 0.05;

/**
 * The asked time that all sources together do not reach. Files that somebody gave are all there is: what
 * they should hold nobody knows, and the answer says so.
 */
function shortOf(time: Plan['time'], searched: Searched[]): Gap[] {
  if (searched.length === 0 || searched.some(({ held }) => held)) return [];
  const slack = Math.max(LAG, SLACK * (Date.parse(time.to) - Date.parse(time.from)));
  const reached = searched.filter(({ from, to }) => from < to);
  const from = reached.map((one) => one.from).toSorted()[0];
  const to = reached
    .map((one) => one.to)
    .toSorted()
    .at(-1);
  const short =
    from === undefined ||
    to === undefined ||
    Date.parse(from) - Date.parse(time.from) > slack ||
    Date.parse(time.to) - Date.parse(to) > slack;
  if (!short) return [];
  const [start, end] = [from ?? '-', to ?? '-'];
  return [
    {
      account: '',
      region: '',
      reason: `of the time asked about only ${start} to ${end} could be searched`,
      ko: `물어보신 기간 중 ${start} – ${end}만 검색할 수 있었습니다`,
    },
  ];
}

/** Accounts whose days before are empty: new ones, or ones that nobody recorded. */
function withoutPast(accounts: string[], days: number): Unseen[] {
  const [first] = accounts;
  if (first === undefined) return [];
  const more = accounts.length - 1;
  return [
    {
      en: `nothing new where it could be compared; of ${first || 'an unnamed account'}${more > 0 ? ` and ${more} more` : ''} there is no record of the ${days} days before`,
      ko: `비교할 수 있는 곳에서는 새로운 것이 없지만, ${first || '이름 없는 계정'}${more > 0 ? ` 외 ${more}개 계정` : ''}은 이전 ${days}일의 기록이 없습니다`,
    },
  ];
}

/** Why the days before cannot be compared with; null: they can. */
function lackingBefore(searched: Searched[], past: Plan, days: number): Unseen | null {
  const { from } = past.time;
  const starts = searched.map((one) => one.held?.first ?? one.from);
  const earliest = starts.toSorted()[0] ?? null;
  if (earliest === null || Date.parse(earliest) - Date.parse(from) > DAY)
    return {
      en: `the ${days} days before are not in what was searched${earliest ? ` (it begins at ${earliest})` : ''}`,
      ko: `비교할 이전 ${days}일의 기록이 없습니다${earliest ? ` (기록은 ${earliest}부터 있습니다)` : ''}`,
    };
  const [gap] = unseenIn(past, searched);
  return gap ? { en: `the days before: ${gap.en}`, ko: `이전 기간: ${gap.ko}` } : null;
}

const NO_ARCHIVE: Unseen = {
  en: 'it needs every call, and those before: there is no archive or log file to read them from',
  ko: '이전 기간까지 모든 호출을 읽어야 하는데, 읽을 아카이브나 로그 파일이 없습니다',
};

const TOO_MANY: Unseen = {
  en: 'there are too many events to compare one by one',
  ko: '하나씩 비교하기에는 이벤트가 너무 많습니다',
};
