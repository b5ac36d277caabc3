import type { Gap, Search } from '../core/evidence/source.ts';
import type { ArchiveContents, SetAside } from './archive.ts';

/** What an archive holds by account and region: the days (UTC) of which there are log files. */
export type Held = Map<string, Map<string, string[]>>;

const known = new WeakMap<ArchiveContents['cells'], Held>();

/** The cells by account and region; kept for as long as the contents are the same. */
export function heldIn({ cells }: ArchiveContents): Held {
  const before = known.get(cells);
  if (before) return before;
  const held: Held = new Map();
  for (const { account, region, day } of cells) {
    const regions = held.get(account) ?? new Map<string, string[]>();
    held.set(account, regions);
    const days = regions.get(region);
    if (days) days.push(day);
    else regions.set(region, [day]);
  }
  for (const regions of held.values()) for (const days of regions.values()) days.sort();
  known.set(cells, held);
  return held;
}

/** Past so many accounts without a file in one region, the region is told and not each of them. */
const EACH = 3;

/**
 * The regions that were asked for and of which there is no log file, in any account or in some. CloudTrail
 * delivers nothing where nothing happens, so this may be silence; but nobody can tell.
 */
export function noFilesOfRegions(
  accounts: string[],
  regions: string[],
  held: Held,
  should: Map<string, string[]>,
): Gap[] {
  return regions.flatMap((region) => {
    const without = accounts.filter(
      (account) =>
        !held.get(account)?.has(region) && (should.get(account) ?? [region]).includes(region),
    );
    const expected = accounts.some((account) => should.has(account));
    const anywhere = accounts.some((account) => held.get(account)?.has(region));
    // Where nobody says which regions are enabled, one that others use says nothing of this account.
    if (without.length === 0 || (anywhere && !expected)) return [];
    if (without.length <= EACH && anywhere)
      return without.map((account): Gap => ({ account, region, ...noFile(1) }));
    return [{ account: '', region, ...noFile(anywhere ? without.length : 0) }];
  });
}

function noFile(accounts: number): Pick<Gap, 'reason' | 'ko'> {
  const of = accounts > 1 ? ` of ${accounts} accounts` : '';
  const ko = accounts > 1 ? `계정 ${accounts}개의 ` : '';
  return {
    reason: `the archive holds no log file${of} here: nothing happened, or it was not recorded`,
    ko: `아카이브에 이곳의 ${ko}로그 파일이 없습니다: 아무 일도 없었거나 기록되지 않았습니다`,
  };
}

const DAY = 86_400_000;
/** A place that has a file on so large a part of so many days is expected to have one on each. */
const BUSY = { part: 0.75, days: 8 };

/**
 * Days of which a busy place has no log file, among them those since its last one: a trail that was
 * stopped looks like this, and so does a quiet holiday.
 */
export function silentDays(
  held: Held,
  accounts: string[],
  regions: string[],
  window: { from: string; to: string; until: string | null },
): Gap[] {
  const { until } = window;
  if (until === null) return [];
  const end = Math.min(Date.parse(window.to), Date.parse(until));
  return accounts.flatMap((account) =>
    regions.flatMap((region): Gap[] => {
      const days = held.get(account)?.get(region) ?? [];
      const silent = silentIn(days, dayOf(Date.parse(until))).filter(
        (day) => Date.parse(day) + DAY > Date.parse(window.from) && Date.parse(day) < end,
      );
      return silent.length === 0 ? [] : [{ account, region, ...silence(silent) }];
    }),
  );
}

/**
 * The days on which a place fell silent that has a file on nearly every other one, of its days in order;
 * `today` is not over yet. None of a place that is quiet on most days, or is known for a few only.
 */
export function silentIn(days: string[], today: string): string[] {
  const [first] = days;
  const last = days.at(-1);
  if (first === undefined || last === undefined) return [];
  const span = daysBetween(first, last);
  if (days.length < BUSY.days || days.length < BUSY.part * span.length) return [];
  const since = daysBetween(last, today).slice(1, -1);
  return [...span.filter((day) => !days.includes(day)), ...since];
}

/** Calendar days, both included. */
export function daysBetween(first: string, last: string): string[] {
  const days: string[] = [];
  for (let at = Date.parse(first); at <= Date.parse(last); at += DAY) days.push(dayOf(at));
  return days;
}

const dayOf = (at: number) => new Date(at).toISOString().slice(0, 10);

function silence(days: string[]): Pick<Gap, 'reason' | 'ko'> {
  const told = days.length > 3 ? `${days[0]} … ${days.at(-1)}` : days.join(', ');
  return {
    reason: `the archive holds no log file of ${days.length} ${days.length === 1 ? 'day' : 'days'} (${told}), although there is one of nearly every other day`,
    ko: `거의 매일 로그 파일이 있는 곳인데 ${days.length}일(${told})의 파일이 아카이브에 없습니다`,
  };
}

/** Files that were set aside and may hold something of a time; of all time where it is null. */
export function setAsideSince(
  { setAside }: Pick<ArchiveContents, 'setAside'>,
  from: string | null,
): SetAside[] {
  if (from === null) return setAside;
  return setAside.filter(({ name }) => {
    const { day } = placeOfName(name);
    // A file holds what happened before its delivery.
    return day === null || Date.parse(day) + DAY > Date.parse(from);
  });
}

/** Files that were set aside, of the places and days asked for; past a few they are counted. */
const TOLD = 5;

export function setAsideIn({ setAside }: ArchiveContents, search: Search): Gap[] {
  const concerned = setAside
    .map((file) => ({ ...file, ...placeOfName(file.name) }))
    .filter(
      ({ account, region, day }) =>
        (account === '' || search.accounts === 'all' || search.accounts.includes(account)) &&
        (region === '' || search.regions === 'all' || search.regions.includes(region)) &&
        // A file holds what happened before its delivery, as a rule within the hour.
        (day === null ||
          (Date.parse(day) + 2 * DAY > Date.parse(search.from) &&
            Date.parse(day) - DAY < Date.parse(search.to))),
    );
  const told = concerned.slice(0, TOLD).map(
    ({ account, region, name, reason }): Gap => ({
      account,
      region,
      reason: `${name} was set aside: ${reason}`,
      ko: `${name} 파일을 읽지 못했습니다: ${reason}`,
    }),
  );
  const more = concerned.length - told.length;
  if (more <= 0) return told;
  return [
    ...told,
    {
      account: '',
      region: '',
      reason: `${more} more log files were set aside`,
      ko: `그 밖에 로그 파일 ${more}개를 읽지 못했습니다`,
    },
  ];
}

/** Account, region and day of delivery, as CloudTrail writes them into the names of its files. */
function placeOfName(name: SetAside['name']) {
  const [, account = '', region = '', year, month, day] =
    /(\d{12})_CloudTrail(?:-\w+)?_([a-z0-9-]+)_(\d{4})(\d\d)(\d\d)T\d{4}Z/.exec(name) ?? [];
  return { account, region, day: year ? `${year}-${month}-${day}` : null };
}
