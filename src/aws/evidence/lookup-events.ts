import {
  type CloudTrailClient,
  LookupEventsCommand,
  type LookupEventsCommandOutput,
} from '@aws-sdk/client-cloudtrail';
import { concurrently } from '../../core/concurrently.ts';
import type { CloudTrailEvent } from '../../core/evidence/event.ts';
import { isObject, parseEvent, readJson } from '../../core/evidence/parse-event.ts';
import type { EventSource, Gap, Search } from '../../core/evidence/source.ts';
import { type Reading, wasSeen } from '../../core/reading.ts';
import { reading } from '../reading.ts';
import type { Where } from '../session.ts';
import type { Look, Lookup } from './lookup.ts';
import { attributesFor, writesFor } from './lookup-attributes.ts';
import { searchedIn } from './lookup-coverage.ts';
import { issuing } from './lookup-issuing.ts';
import { remembering } from './lookup-memory.ts';
import { type Clock, pace, wallClock } from './pace.ts';
import { GLOBAL_REGIONS, NOT_OURS, type Places } from './places.ts';

export type LookupSettings = {
  cloudTrail(where: Where): CloudTrailClient;
  places(): Promise<Places>;
  clock?: Clock;
  /** Requests in flight at once. */
  concurrency?: number;
  /** Pages of one lookup, and of one that reads everything, before it is cut, with a gap that says so. */
  pageLimit?: number;
  scanLimit?: number;
  /** False: regions that are named are all that is searched, and not the global services' beside them. */
  globals?: boolean;
};

const DAY = 86_400_000;
/** Event history keeps 90 days, and allows two requests a second per account and region. */
const KEPT = 90 * DAY;
const INTERVAL = 510;
const AT_ONCE = 2;
/** Requests in flight, since an answer of CloudTrail takes a tenth of a second, or several. */
const LANES = 64;
/** What a request costs this process, in milliseconds, and how many pages a scan of everything has. */
const REQUEST = 5;
const SCAN_PAGES = 5;
/** How long a lookup is tried again, in milliseconds, after the SDK's own retries were throttled too. */
const PATIENCE = 120_000;

export const needs = ['cloudtrail:LookupEvents'];

/**
 * CloudTrail's Event history of every account and region: 90 days of management events, with nothing to
 * set up. One attribute per lookup, newest first, fifty a page, to the end of the window.
 */
export function lookupEvents(settings: LookupSettings): EventSource {
  const clock = settings.clock ?? wallClock;
  const paced = pace(INTERVAL, clock, AT_ONCE);
  const ask = remembering(asking(settings, clock, paced), clock);
  return {
    name: 'LookupEvents',
    needs,
    async find(search, progress) {
      const { places, gaps, of } = await placesFor(search, settings);
      const window = kept(search, clock.now());
      if (window.from >= window.to)
        return {
          events: [],
          searched: searchedIn(of, [], window, [...gaps, ...window.gaps], clock.now()),
        };
      const untold = bySpelling(search);
      const { from, to } = window;
      const byName = attributesFor(search);
      const writes = writesFor(search, window);
      const lookups = (writes ? [writes] : byName).flatMap((attribute) =>
        places.map((where) => ({ where, ...attribute, from, to })),
      );
      let done = 0;
      // Where AWS throttles, the first answer may take as long as all of them otherwise do.
      progress?.(done, lookups.length);
      const looks = await concurrently(settings.concurrency ?? LANES, lookups, async (lookup) => {
        const { where } = lookup;
        const look = await ask(lookup);
        progress?.(++done, lookups.length);
        if (!writes || !look.cut) return [{ ...look, where }];
        // More was written than fits on a few pages: by name it is found all the same.
        return Promise.all(
          byName.map(async (name) => ({ ...(await ask({ where, ...name, from, to })), where })),
        );
      });
      const all = looks.flat();
      const readAt = Math.min(clock.now(), ...all.map(({ at }) => at));
      return {
        events: all.flatMap(({ events }) => events),
        searched: searchedIn(of, all, window, [...gaps, ...window.gaps, ...untold], readAt),
      };
    },
    async estimate(search) {
      const { places } = await placesFor(search, settings);
      const attributes = attributesFor(search);
      const pages = attributes.reduce((sum, { scan }) => sum + (scan ? SCAN_PAGES : 1), 0);
      // Every account and region has a quota of its own; what they share is this process.
      const seconds = Math.max(pages * INTERVAL, places.length * pages * REQUEST) / 1_000;
      return { seconds: Math.ceil(seconds), requests: places.length * pages };
    },
    async issuing(sessions) {
      return issuing(sessions, await settings.places(), clock.now(), ask);
    },
  };
}

/** One lookup to the end of its window. What was read before a failure is kept; the failure is a gap. */
function asking(settings: LookupSettings, clock: Clock, paced: (place: string) => Promise<void>) {
  return async ({ where, attribute, scan, from, to, pages }: Lookup): Promise<Look> => {
    const limit = pages ?? (scan ? (settings.scanLimit ?? 40) : (settings.pageLimit ?? 200));
    const began = clock.now();
    const events: CloudTrailEvent[] = [];
    const gaps: Gap[] = [];
    let token: string | undefined;
    for (let page = 0; page < limit; page += 1) {
      const answer = await onePage(where, token);
      if (!wasSeen(answer)) {
        gaps.push({ ...where, reason: answer.unseen.reason });
        return { events, gaps, complete: false };
      }
      for (const item of answer.seen.Events ?? []) {
        const parsed = parseItem(item, where);
        if ('event' in parsed) events.push(parsed.event);
        else
          gaps.push({
            ...where,
            reason: `a record was set aside: ${parsed.rejected}`,
            ko: `기록 하나를 읽지 못했습니다: ${parsed.rejected}`,
          });
      }
      token = answer.seen.NextToken;
      if (!token) return { events, gaps, complete: true };
    }
    const oldest = events.at(-1)?.eventTime ?? 'an unknown time';
    gaps.push({
      ...where,
      reason: `cut after ${limit} pages: nothing before ${oldest} was read`,
      ko: `${limit}쪽까지만 읽었습니다: ${oldest} 이전은 읽지 않았습니다`,
    });
    return { events, gaps, complete: false, cut: true };

    async function onePage(
      place: Where,
      next: string | undefined,
    ): Promise<Reading<LookupEventsCommandOutput>> {
      for (let attempt = 1; ; attempt += 1) {
        await paced(`${place.account}/${place.region}`);
        const answer = await reading(`cloudtrail:LookupEvents in ${place.account}`, () =>
          settings.cloudTrail(place).send(
            new LookupEventsCommand({
              ...(attribute && { LookupAttributes: [attribute] }),
              StartTime: new Date(from),
              // CloudTrail's end is inclusive, ours is not.
              EndTime: new Date(Date.parse(to) - 1),
              MaxResults: 50,
              ...(next && { NextToken: next }),
            }),
          ),
        );
        if (
          wasSeen(answer) ||
          clock.now() - began > PATIENCE ||
          !/^Throttl/.test(answer.unseen.reason)
        )
          return answer;
        await clock.sleep(Math.min(500 * 2 ** attempt, 10_000));
      }
    }
  };
}

function parseItem(
  item: NonNullable<LookupEventsCommandOutput['Events']>[number],
  { account, region }: Where,
) {
  const record = readJson(item.CloudTrailEvent ?? '');
  const origin = `LookupEvents ${account}/${region}`;
  if (!isObject(record)) return { rejected: `event ${item.EventId ?? '?'} is not JSON` };
  const known = {
    eventID: item.EventId ?? null,
    eventTime: item.EventTime?.toISOString() ?? null,
    recipientAccountId: account,
    awsRegion: region,
  };
  const lost = Object.entries(known).filter(([member]) => record[member] == null);
  return parseEvent({ ...record, ...Object.fromEntries(lost) }, origin);
}

async function placesFor(search: Search, settings: LookupSettings) {
  const known = await settings.places();
  const isGlobal = (region: string) =>
    settings.globals !== false && GLOBAL_REGIONS.includes(region);
  const wanted = (list: string[] | 'all', one: string) => list === 'all' || list.includes(one);
  const accounts = known.accounts.filter(({ id }) => wanted(search.accounts, id));
  const places = accounts.flatMap(({ id, regions }) =>
    regions
      .filter((region) => wanted(search.regions, region) || isGlobal(region))
      .map((region) => ({ account: id, region })),
  );
  const ids = accounts.map(({ id }) => id);
  const concerned = known.gaps.filter(
    ({ account }) => !account || wanted(search.accounts, account),
  );
  const named = search.accounts === 'all' ? [] : search.accounts;
  const unknown = named.filter((id) => ![...ids, ...concerned.map((g) => g.account)].includes(id));
  const gaps = [
    ...concerned,
    ...unknown.map((account) => ({
      account,
      region: '',
      ...NOT_OURS,
    })),
  ];
  const regions = [...new Set(places.map(({ region }) => region))];
  return {
    places,
    gaps,
    of: {
      accounts: [...new Set([...ids, ...gaps.map(({ account }) => account).filter(Boolean)])],
      regions,
    },
  };
}

/**
 * Looked up by the caller's name alone, Event history finds only calls whose `Username` is spelled just
 * so: a bare name may stand in an address, and a source identity is no `Username`.
 */
function bySpelling({ sparing, actors, accessKeyIds, eventIds }: Search): Gap[] {
  const byUsername = sparing === true && accessKeyIds.length + eventIds.length === 0;
  const bare = actors.filter((name) => name !== 'root' && !/[@:]/.test(name));
  if (!byUsername || bare.length === 0 || bare.length < actors.length) return [];
  return [
    {
      account: '',
      region: '',
      reason:
        'Event history knows callers by one spelling: sessions of roles that this name opened under another one (an e-mail address, a source identity) were not followed',
      ko: '이벤트 기록은 호출자를 한 가지 표기로만 찾습니다: 이 이름이 다른 표기(이메일 주소, 소스 자격 증명)로 연 역할 세션은 따라가지 않았습니다',
    },
  ];
}

/** The part of the window that Event history still keeps; the rest is a gap. */
function kept({ from, to }: Search, now: number): { from: string; to: string; gaps: Gap[] } {
  const oldest = now - KEPT;
  // The plan was made a moment ago: "the last 90 days" is not older than 90 days.
  const tooOld = Date.parse(from) < oldest - 3_600_000;
  const start = new Date(Math.max(Date.parse(from), oldest)).toISOString();
  const end = Date.parse(to) <= oldest ? start : to;
  return {
    from: start,
    to: end,
    gaps: tooOld
      ? [
          {
            account: '',
            region: '',
            reason: `Event history keeps 90 days: nothing before ${start}`,
            ko: `이벤트 기록은 90일만 보관됩니다: ${start} 이전은 없습니다`,
          },
        ]
      : [],
  };
}
