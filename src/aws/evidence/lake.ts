import {
  type CloudTrailClient,
  DescribeQueryCommand,
  GetQueryResultsCommand,
  StartQueryCommand,
} from '@aws-sdk/client-cloudtrail';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import { isObject, parseEvent, readJson } from '../../core/evidence/parse-event.ts';
import { issues } from '../../core/evidence/person.ts';
import {
  ANY_EVENT,
  type EventSource,
  type Found,
  type Gap,
  type Issuing,
  type Search,
  type Searched,
} from '../../core/evidence/source.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Where } from '../session.ts';
import { lakeQuery } from './lake-query.ts';
import type { LakeStore, LakeStores } from './lake-stores.ts';
import { type Clock, wallClock } from './pace.ts';
import type { Places } from './places.ts';

export type LakeSettings = {
  cloudTrail(where: Where): CloudTrailClient;
  stores(): Promise<LakeStores>;
  /** The organization's accounts with their regions. */
  places(): Promise<Places>;
  clock?: Clock;
  /** Seconds that one query may take, and pages of a thousand events that are read of it. */
  patienceSeconds?: number;
  pageLimit?: number;
  /** Bytes that all queries of a day may scan: AWS takes money by the byte. */
  bytesADay?: number;
};

export const needs = [
  'cloudtrail:DescribeQuery',
  'cloudtrail:GetEventDataStore',
  'cloudtrail:GetQueryResults',
  'cloudtrail:ListEventDataStores',
  'cloudtrail:StartQuery',
];

const PATIENCE_SECONDS = 120;
const PAGES = 50;
/** A terabyte: five dollars at the price of a gigabyte that is listed most. */
const BYTES_A_DAY = 1_000_000_000_000;
/** CloudTrail delivers in about five minutes, and promises fifteen to nobody. */
const SETTLING = 15 * 60_000;
const DAY = 86_400_000;
/** No session lasts longer, so what opened one stands no farther before its use. */
const LONGEST_SESSION = 12 * 3_600_000;

/**
 * The stores of CloudTrail Lake that there are, one query each; only where the configuration says so,
 * since queries cost by what they scan.
 */
export function lakeSource(settings: LakeSettings): EventSource {
  const clock = settings.clock ?? wallClock;
  const spent = { day: 0, bytes: 0 };
  const asked = { settings, clock, spent };
  return {
    name: 'CloudTrail Lake',
    needs,
    find: (search) => find(search, asked),
    async issuing(sessions) {
      const keys = sessions.map(({ accessKeyId }) => accessKeyId);
      const times = sessions.map(({ usedBy: { caller, eventTime } }) =>
        Date.parse(caller.sessionCreatedAt ?? eventTime ?? ''),
      );
      const known = times.filter((time) => !Number.isNaN(time));
      const born = known.length > 0 ? known : [clock.now()];
      const around = {
        ...ANY_EVENT,
        from: new Date(Math.min(...born) - LONGEST_SESSION).toISOString(),
        to: new Date(Math.max(...born) + 5 * 60_000).toISOString(),
      };
      const { events, searched } = await find({ ...around, resources: keys }, asked);
      const shared = events.map(({ sharedEventID }) => sharedEventID).filter((id) => id !== null);
      const copies =
        shared.length > 0 ? await find({ ...around, sharedEventIds: shared }, asked) : null;
      const all = [...events, ...(copies?.events ?? [])];
      return new Map(
        keys.map((key): [string, Issuing] => {
          const found = all.filter((event) => issues(event, key));
          const ids = found.map(({ sharedEventID }) => sharedEventID);
          const others = all.filter((e) => e.sharedEventID && ids.includes(e.sharedEventID));
          return [key, { events: [...new Set([...found, ...others])], gaps: searched.gaps }];
        }),
      );
    },
  };
}

type Asked = { settings: LakeSettings; clock: Clock; spent: { day: number; bytes: number } };

async function find(search: Search, asked: Asked): Promise<Found> {
  const { settings, clock } = asked;
  const [{ stores, gaps }, places] = await Promise.all([settings.stores(), settings.places()]);
  const looks = await Promise.all(
    stores
      .filter((store) => concerns(store, search))
      .map(async (store) => ({ store, ...(await query(store, search, asked)) })),
  );
  const events = looks.flatMap((look) => look.events);
  return { events, searched: searchedIn(search, looks, places, gaps, clock.now()) };
}

/** A store of one account and region may hold copies of what was asked for elsewhere, but answers for nobody. */
function concerns({ organization, where }: LakeStore, { accounts }: Search): boolean {
  return organization || accounts === 'all' || accounts.includes(where.account);
}

type Look = { store: LakeStore; events: CloudTrailEvent[]; gap: Gap | null };

async function query(
  store: LakeStore,
  search: Search,
  { settings, clock, spent }: Asked,
): Promise<Omit<Look, 'store'>> {
  const client = settings.cloudTrail(store.where);
  const gap = (reason: string, ko?: string): Gap => ({
    ...store.where,
    reason: `${store.name}: ${reason}`,
    ...(ko && { ko: `${store.name}: ${ko}` }),
  });
  const today = Math.floor(clock.now() / DAY);
  if (spent.day !== today) Object.assign(spent, { day: today, bytes: 0 });
  const limit = settings.bytesADay ?? BYTES_A_DAY;
  if (spent.bytes >= limit)
    return {
      events: [],
      gap: gap(
        `queries have scanned ${spent.bytes} bytes today, and no more are made`,
        `오늘 쿼리가 이미 ${spent.bytes}바이트를 읽어서 더 검색하지 않았습니다`,
      ),
    };
  const began = clock.now();
  const started = await reading(`cloudtrail:StartQuery in ${store.where.account}`, () =>
    client.send(new StartQueryCommand({ QueryStatement: lakeQuery(store.id, search) })),
  );
  if (!wasSeen(started)) return { events: [], gap: gap(started.unseen.reason) };
  const QueryId = started.seen.QueryId;
  for (let wait = 250; ; wait = Math.min(wait * 2, 5_000)) {
    const state = await reading(`cloudtrail:DescribeQuery in ${store.where.account}`, () =>
      client.send(new DescribeQueryCommand({ QueryId })),
    );
    if (!wasSeen(state)) return { events: [], gap: gap(state.unseen.reason) };
    const { QueryStatus, ErrorMessage, QueryStatistics } = state.seen;
    if (QueryStatus === 'FINISHED') {
      spent.bytes += QueryStatistics?.BytesScanned ?? 0;
      break;
    }
    if (QueryStatus !== 'QUEUED' && QueryStatus !== 'RUNNING')
      return { events: [], gap: gap(`the query ended ${QueryStatus}: ${ErrorMessage ?? ''}`) };
    const patience = settings.patienceSeconds ?? PATIENCE_SECONDS;
    if (clock.now() - began > patience * 1_000)
      return {
        events: [],
        gap: gap(
          `the query took longer than ${patience} seconds`,
          `쿼리가 ${patience}초 안에 끝나지 않았습니다`,
        ),
      };
    await clock.sleep(wait);
  }
  return results(store, client, QueryId, settings.pageLimit ?? PAGES, gap);
}

async function results(
  store: LakeStore,
  client: CloudTrailClient,
  QueryId: string | undefined,
  limit: number,
  gap: (reason: string, ko?: string) => Gap,
): Promise<Omit<Look, 'store'>> {
  const events: CloudTrailEvent[] = [];
  const origin = `CloudTrail Lake ${store.name}`;
  let token: string | undefined;
  let unread = 0;
  for (let page = 0; page < limit; page += 1) {
    const answer: Reading<{
      QueryResultRows?: Record<string, string>[][] | undefined;
      NextToken?: string | undefined;
    }> = await reading(`cloudtrail:GetQueryResults in ${store.where.account}`, () =>
      client.send(
        new GetQueryResultsCommand({
          QueryId,
          MaxQueryResults: 1_000,
          ...(token && { NextToken: token }),
        }),
      ),
    );
    if (!wasSeen(answer)) return { events, gap: gap(answer.unseen.reason) };
    for (const row of answer.seen.QueryResultRows ?? []) {
      const record = readJson(row.find((column) => 'eventjson' in column)?.eventjson ?? '');
      const parsed = isObject(record) ? parseEvent(record, origin) : { rejected: '' };
      if ('event' in parsed) events.push(parsed.event);
      else unread += 1;
    }
    token = answer.seen.NextToken;
    if (!token)
      return {
        events,
        gap:
          unread > 0
            ? gap(`${unread} records could not be read`, `기록 ${unread}건을 읽지 못했습니다`)
            : null,
      };
  }
  return {
    events,
    gap: gap(`cut after ${limit} pages of events`, `${limit}쪽까지만 읽었습니다`),
  };
}

/** A store answers for the accounts and regions that it takes in; without one nothing was looked at. */
function searchedIn(
  search: Search,
  looks: Look[],
  places: Places,
  gaps: Gap[],
  now: number,
): Searched {
  const among = (list: string[] | 'all', all: string[]) =>
    list === 'all' ? [...new Set(all)] : list;
  const wide = looks.filter(
    ({ gap, store }) => gap === null && store.organization && store.multiRegion,
  );
  const own = looks.filter(({ gap, store }) => gap === null && store.multiRegion);
  const accounts = among(
    search.accounts,
    places.accounts.map(({ id }) => id),
  );
  const regions = among(
    search.regions,
    places.accounts.flatMap((one) => one.regions),
  );
  // An account that refuses to be asked itself is in the organization's store all the same.
  const members = [
    ...places.accounts.map(({ id }) => id),
    ...places.gaps.map(({ account }) => account),
  ];
  const searched = accounts.filter((id) =>
    wide.length > 0 ? members.includes(id) : own.some(({ store }) => store.where.account === id),
  );
  const seen = wide.length > 0 ? wide : own;
  const since = seen.map(({ store }) => store.since).toSorted();
  // Several stores of one account each: the youngest says how far back all of them reach.
  const begins = (wide.length > 0 ? since[0] : since.at(-1)) ?? search.to;
  const from = Date.parse(begins) > Date.parse(search.from) ? begins : search.from;
  return {
    from: Date.parse(from) < Date.parse(search.to) ? from : search.to,
    to: search.to,
    accounts: { searched, of: accounts },
    regions: { searched: searched.length > 0 ? regions : [], of: regions },
    categories: seen.length > 0 ? ['management'] : [],
    gaps: [
      ...(wide.length > 0 ? [] : gaps),
      ...looks.flatMap(({ gap }) => gap ?? []),
      ...accounts.filter((account) => !searched.includes(account)).map(unheld),
    ],
    settledUntil: new Date(now - SETTLING).toISOString(),
  };
}

function unheld(account: string): Gap {
  return {
    account,
    region: '',
    reason: 'no store of CloudTrail Lake answers for this account',
    ko: '이 계정을 담은 CloudTrail Lake 저장소가 없습니다',
  };
}
