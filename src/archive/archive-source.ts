import { cutGap } from '../core/evidence/remaining.ts';
import type { EventSource, Gap, Issuing, Search, Searched } from '../core/evidence/source.ts';
import type { Archive, ArchiveContents } from './archive.ts';
import { heldIn, noFilesOfRegions, setAsideIn, silentDays } from './archive-cells.ts';

/** Where the archive should hold something: the organization's accounts with their enabled regions. */
export type Expected = { accounts: { id: string; regions: string[] }[]; gaps: Gap[] };

/** CloudTrail delivers in about five minutes, and promises fifteen to nobody. */
const SETTLING = 15 * 60_000;

/**
 * The local archive as an event source. It speaks for what it holds: a place without a log file, a day
 * on which a busy place fell silent, a file that could not be read and what lies before its first or
 * after its last event are told, since nobody can say of them that nothing happened.
 */
export function archiveSource(
  archive: Archive,
  expected: () => Promise<Expected | null> = async () => null,
): EventSource {
  const survey = async (search: Search) =>
    surveyed(search, await archive.contents(), await expected());
  return {
    name: 'archive',
    needs: [],
    survey,
    async find(search, progress) {
      const searched = await survey(search);
      const { events, completeFrom } = await newest(archive, search);
      progress?.(1, 1);
      if (completeFrom === null) return { events, searched };
      const gaps = [...searched.gaps, cutGap(events.length, completeFrom)];
      return { events, searched: { ...searched, gaps }, completeFrom };
    },
    async issuing(sessions) {
      const [issued, contents] = await Promise.all([
        archive.issued(sessions.map(({ accessKeyId }) => accessKeyId)),
        archive.contents(),
      ]);
      return new Map(
        sessions.map(({ accessKeyId, usedBy }): [string, Issuing] => {
          const events = issued.get(accessKeyId) ?? [];
          const born = usedBy.caller.sessionCreatedAt ?? usedBy.eventTime;
          return [accessKeyId, { events, gaps: events.length > 0 ? [] : unheld(born, contents) }];
        }),
      );
    },
    tally: (plan) => archive.tally(plan),
  };
}

/** Events that one search hands over; more would fill the memory, and nobody reads them one by one. */
const MOST = 50_000;

async function newest(archive: Archive, search: Search) {
  if (archive.selectNewest) return archive.selectNewest(search, MOST);
  return { events: await archive.select(search), completeFrom: null };
}

/** Until when nothing is missing that CloudTrail delivers in time; null where the archive is empty. */
function completeUntil({ last, ingestedAt }: ArchiveContents): string | null {
  if (last === null || ingestedAt === null) return null;
  const end = Math.min(Date.parse(last), Date.parse(ingestedAt));
  return new Date(end - SETTLING).toISOString();
}

function surveyed(search: Search, contents: ArchiveContents, expected: Expected | null): Searched {
  const held = heldIn(contents);
  const should = new Map(expected?.accounts.map(({ id, regions }) => [id, regions]));
  const among = (list: string[] | 'all', all: string[]) =>
    list === 'all' ? [...new Set(all)] : list;
  const accounts = among(search.accounts, [...held.keys(), ...should.keys()]);
  const regionsOf = (account: string) => [...(held.get(account)?.keys() ?? [])];
  const regions = among(
    search.regions,
    accounts.flatMap((account) => [...regionsOf(account), ...(should.get(account) ?? [])]),
  );
  const heldAccounts = accounts.filter((account) => held.has(account));
  const heldRegions = new Set(heldAccounts.flatMap(regionsOf));
  const until = completeUntil(contents);
  const from = later(search.from, contents.first ?? search.from);
  // An empty archive has looked at nothing.
  const end = held.size === 0 ? search.from : search.to;
  const to = until !== null && until > from ? earlier(end, until) : end;
  return {
    from,
    to: later(from, to),
    accounts: { searched: heldAccounts, of: accounts },
    regions: { searched: regions.filter((region) => heldRegions.has(region)), of: regions },
    categories: contents.categories,
    gaps: [
      ...(until === null ? [EMPTY] : []),
      ...contents.gaps,
      ...setAsideIn(contents, search),
      ...(expected?.gaps ?? []).filter(({ account }) => !account),
      ...accounts.filter((account) => !held.has(account)).map(noFileOfAccount),
      ...noFilesOfRegions(heldAccounts, regions, held, should),
      ...silentDays(held, heldAccounts, regions, { ...search, until }),
    ],
    settledUntil: until,
  };
}

const EMPTY: Gap = {
  account: '',
  region: '',
  reason: 'the archive is empty',
  ko: '아카이브가 비어 있습니다',
};

function noFileOfAccount(account: string): Gap {
  return {
    account,
    region: '',
    reason: 'the archive holds no log file of this account',
    ko: '아카이브에 이 계정의 로그 파일이 없습니다',
  };
}

/** Sessions that began before the archive or after it; of others it would know. */
function unheld(born: string | null, contents: ArchiveContents): Gap[] {
  const { first } = contents;
  const until = completeUntil(contents);
  if (first !== null && until !== null && born !== null && first <= born && born < until) return [];
  return [
    {
      account: '',
      region: '',
      reason: 'the session began at a time of which the archive holds nothing',
      ko: '세션이 시작된 때의 기록이 아카이브에 없습니다',
    },
  ];
}

const later = (a: string, b: string) => (Date.parse(a) >= Date.parse(b) ? a : b);
const earlier = (a: string, b: string) => (Date.parse(a) <= Date.parse(b) ? a : b);
