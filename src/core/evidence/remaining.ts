import type { Found, Gap, Search, Searched } from './source.ts';

/** What one source was asked, and what it looked at. */
export type Asked = { search: Search; searched: Searched };

/** What one source found, of however many searches. */
export type Round = {
  source: string;
  asked: Asked[];
  events: Found['events'];
  completeFrom?: string;
};

const MINUTE = 60_000;
/** Older than so, the end of a source is a gap; younger, it is what `settledUntil` says. */
export const RECENT = 60 * MINUTE;

/**
 * What of a search a source has not looked at, as searches of its own: the time before it begins and
 * after it ends, and the accounts and regions that it named as gaps. A gap without a place is none that
 * another source can be sent to.
 */
export function remaining({ search, searched }: Asked): Search[] {
  if (searched.accounts.searched.length === 0 || searched.from >= searched.to) return [search];
  const { from, to } = searched;
  const before = Date.parse(from) > Date.parse(search.from);
  const after = Date.parse(to) < Date.parse(search.to);
  return [
    ...(before ? [{ ...search, to: from }] : []),
    ...(after ? [{ ...search, from: to }] : []),
    ...placesOf(searched.gaps, search).map((place) => ({ ...search, from, to, ...place })),
  ];
}

type Place = Pick<Search, 'accounts' | 'regions'>;

/** Accounts as a whole, regions as a whole, and the rest by region, each place once. */
function placesOf(gaps: Gap[], search: Search): Place[] {
  const accounts = distinct(
    gaps.filter((gap) => gap.account && !gap.region),
    'account',
  );
  const regions = distinct(
    gaps.filter((gap) => gap.region && !gap.account),
    'region',
  );
  const single = gaps.filter(
    ({ account, region }) =>
      account && region && !accounts.includes(account) && !regions.includes(region),
  );
  const others: Place['accounts'] =
    search.accounts === 'all' ? 'all' : without(search.accounts, accounts);
  return [
    ...(accounts.length > 0 ? [{ accounts, regions: search.regions }] : []),
    ...(regions.length > 0 && others.length > 0 ? [{ accounts: others, regions }] : []),
    ...distinct(single, 'region').map((region) => ({
      accounts: distinct(
        single.filter((gap) => gap.region === region),
        'account',
      ),
      regions: [region],
    })),
  ];
}

const distinct = (gaps: Gap[], of: 'account' | 'region') => [
  ...new Set(gaps.map((gap) => gap[of])),
];
const without = (all: string[], some: string[]) => all.filter((one) => !some.includes(one));

/**
 * What the sources looked at together, source by source: a gap of one that another has seen is gone, the
 * window of each is that of all, where nothing is missing between them, and what is missing is a gap.
 */
export function together(
  wanted: Search,
  rounds: Round[],
): { source: string; searched: Searched }[] {
  const all = rounds.flatMap(({ asked }) => asked);
  // A search of a time that its source does not keep has looked at nothing, and speaks of nothing else.
  const looked = all.filter(({ searched }) => searched.from < searched.to);
  if (looked.length === 0)
    return rounds.map(({ source, asked }) => ({ source, searched: joined(asked, all, wanted) }));
  const window = windowOf(looked);
  const whole = isSeamless(looked.map(({ searched }) => searched));
  const missing = rounds.length > 1 ? unseenTime(wanted, window.from, window.to) : [];
  const told = rounds.map(({ source, asked }) => {
    const own = asked.filter((one) => looked.includes(one));
    if (own.length === 0) return { source, searched: { ...joined(asked, all, wanted), gaps: [] } };
    const searched = joined(own, looked, wanted);
    return { source, searched: { ...searched, ...(whole ? window : windowOf(own)) } };
  });
  const [first, ...rest] = told;
  if (!first || missing.length === 0) return told;
  const { source, searched } = first;
  return [{ source, searched: { ...searched, gaps: [...searched.gaps, ...missing] } }, ...rest];
}

function windowOf(asked: Asked[]): { from: string; to: string } {
  const times = (pick: 'from' | 'to') =>
    asked.map(({ searched }) => searched[pick]).toSorted(inTime) as [string, ...string[]];
  return { from: times('from')[0], to: times('to').at(-1) as string };
}

/** Several searches of one source as one. */
function joined(asked: Asked[], all: Asked[], wanted: Search): Searched {
  const [first] = asked;
  if (!first) throw new Error('a source that was not asked');
  const others = all.filter((one) => !asked.includes(one));
  return {
    ...first.searched,
    accounts: union(asked, 'accounts'),
    regions: union(asked, 'regions'),
    categories: [...new Set(asked.flatMap(({ searched }) => searched.categories))],
    gaps: openGaps(asked, others, wanted),
    settledUntil: settled(asked, others, wanted),
  };
}

function union(asked: Asked[], of: 'accounts' | 'regions'): Searched['accounts'] {
  const all = (pick: 'searched' | 'of') => [
    ...new Set(asked.flatMap(({ searched }) => searched[of][pick])),
  ];
  return { searched: all('searched'), of: all('of') };
}

/** One window after the other without a minute between them. */
function isSeamless(windows: Searched[]): boolean {
  const sorted = windows.toSorted((a, b) => inTime(a.from, b.from));
  let end = Date.parse(sorted[0]?.to ?? '');
  return sorted.slice(1).every((one) => {
    const touches = Date.parse(one.from) <= end + MINUTE;
    end = Math.max(end, Date.parse(one.to));
    return touches;
  });
}

/** The gaps that no search of another source has closed, each once. */
function openGaps(asked: Asked[], others: Asked[], wanted: Search): Gap[] {
  const open = asked.flatMap(({ search, searched }) =>
    gapsOf({ search, searched }, wanted).filter(
      (gap) =>
        !others.some((other) => closes(other, gap, searched)) &&
        !others.some((other) => isToldBy(other, gap, search)) &&
        !isRecentOnly(gap, search, others, wanted),
    ),
  );
  const told = new Map(
    open.map((gap) => [JSON.stringify([gap.account, gap.region, gap.reason]), gap]),
  );
  return [...told.values()];
}

/** A source that was sent to some regions only speaks of these, also where it says "the account". */
function gapsOf({ search, searched }: Asked, wanted: Search): Gap[] {
  const { regions } = search;
  if (regions === 'all' || regions === wanted.regions) return searched.gaps;
  return searched.gaps.flatMap((gap) =>
    gap.account && !gap.region ? regions.map((region) => ({ ...gap, region })) : [gap],
  );
}

/** Two sources that could not see one place are one gap: the one that was asked for it says why. */
function isToldBy({ search, searched }: Asked, gap: Gap, asked: Search): boolean {
  return (
    gap.account !== '' &&
    search !== asked &&
    Array.isArray(search.accounts) &&
    search.accounts.includes(gap.account) &&
    asked.accounts !== search.accounts &&
    searched.gaps.some(({ account, region }) => account === gap.account && region === gap.region)
  );
}

/** True where this search has seen the place of the gap, for the whole time of it. */
function closes({ search, searched }: Asked, gap: Gap, of: Searched): boolean {
  if (!gap.account && !gap.region) return false;
  const covers = (list: string[] | 'all', one: string) =>
    !one || list === 'all' || list.includes(one);
  if (!covers(search.accounts, gap.account) || !covers(search.regions, gap.region)) return false;
  if (Date.parse(searched.from) > Date.parse(of.from) + MINUTE) return false;
  if (Date.parse(searched.to) < Date.parse(of.to) - MINUTE) return false;
  if (gap.account && !searched.accounts.of.includes(gap.account)) return false;
  if (gap.region && !searched.regions.of.includes(gap.region)) return false;
  // What it could not see of a part of the place it tells itself.
  return !searched.gaps.some((other) => isWithin(gap, other));
}

/** True where the second gap is about the whole place of the first. */
function isWithin(gap: Gap, other: Gap): boolean {
  return (
    (!other.account || other.account === gap.account) &&
    (!other.region || other.region === gap.region)
  );
}

/**
 * A place that only the last minutes were asked for, and that another source has seen before them: that
 * the last minutes are not settled is told for all places alike.
 */
function isRecentOnly(gap: Gap, search: Search, others: Asked[], wanted: Search): boolean {
  return (
    isShort(search) &&
    search.to === wanted.to &&
    search.from !== wanted.from &&
    others.some(
      (other) =>
        Date.parse(other.searched.to) >= Date.parse(search.from) - MINUTE &&
        (!gap.account || other.searched.accounts.searched.includes(gap.account)),
    )
  );
}

function isShort({ from, to }: Search): boolean {
  return Date.parse(to) - Date.parse(from) <= RECENT;
}

/** What another source has looked through behind the end of this one is as settled as it says. */
function settled(asked: Asked[], others: Asked[], wanted: Search): string | null {
  const own = asked.map(({ searched }) => searched.settledUntil);
  if (own.includes(null)) return null;
  const end = own.filter((one) => one !== null).toSorted(inTime)[0] ?? null;
  const behind = others
    .filter(({ search }) => end !== null && Date.parse(search.from) <= Date.parse(end) + MINUTE)
    .filter(
      ({ search }) => search.accounts === wanted.accounts && search.regions === wanted.regions,
    )
    // What of the last minutes could not be seen is told by nothing else.
    .filter(({ search, searched }) =>
      isShort(search)
        ? searched.gaps.length === 0
        : searched.gaps.every(({ account, region }) => account || region),
    )
    .filter(({ searched }) => searched.settledUntil !== null)
    .map(({ searched }) => searched.settledUntil as string)
    .toSorted(inTime)
    .at(-1);
  return end !== null && behind !== undefined && Date.parse(behind) > Date.parse(end)
    ? behind
    : end;
}

const inTime = (a: string, b: string) => Date.parse(a) - Date.parse(b);

/** The time that was asked for and that no source looked at, longer than what is merely not settled yet. */
function unseenTime(wanted: Search, from: string, to: string): Gap[] {
  const before = Date.parse(from) - Date.parse(wanted.from) > RECENT;
  const after = Date.parse(wanted.to) - Date.parse(to) > RECENT;
  return [
    ...(before
      ? [
          {
            account: '',
            region: '',
            reason: `nothing before ${from} could be searched`,
            ko: `${from} 이전은 검색할 수 없었습니다`,
          },
        ]
      : []),
    ...(after
      ? [
          {
            account: '',
            region: '',
            reason: `nothing after ${to} could be searched`,
            ko: `${to} 이후는 검색할 수 없었습니다`,
          },
        ]
      : []),
  ];
}

/** What a source that had too many events to hand over says of the rest. */
export function cutGap(events: number, completeFrom: string): Gap {
  return {
    account: '',
    region: '',
    reason: `cut after ${events} events: nothing before ${completeFrom} was read`,
    ko: `이벤트 ${events}건까지만 읽었습니다: ${completeFrom} 이전은 읽지 않았습니다`,
  };
}
