import type { Gap, Searched } from '../evidence/source.ts';
import type { Plan } from '../questions/plan.ts';
import type { Sight, Unseen } from './judge.ts';

const DAY = 86_400_000;

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
export function withoutPast(accounts: string[], days: number): Unseen[] {
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
export function lackingBefore(searched: Searched[], past: Plan, days: number): Unseen | null {
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

export const NO_ARCHIVE: Unseen = {
  en: 'it needs every call, and those before: there is no archive or log file to read them from',
  ko: '이전 기간까지 모든 호출을 읽어야 하는데, 읽을 아카이브나 로그 파일이 없습니다',
};

export const TOO_MANY: Unseen = {
  en: 'there are too many events to compare one by one',
  ko: '하나씩 비교하기에는 이벤트가 너무 많습니다',
};
