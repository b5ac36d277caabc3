import type { Plan } from '../questions/plan.ts';
import type { AnswerCoverage } from './answer.ts';
import { isDataEvent } from './data-event-names.ts';
import { withoutVersion } from './parse-event.ts';
import type { Gap, Held, Searched } from './source.ts';

export type SourceSearched = { source: string; searched: Searched };

/** What all sources together looked at. A gap of one source stands, unless another one saw that place. */
export function coverageOf(plan: Plan, looked: SourceSearched[]): AnswerCoverage {
  const all = looked.map(({ searched }) => searched);
  const union = (pick: (searched: Searched) => string[]) => new Set(all.flatMap(pick));
  const moments = all.filter(({ from, to }) => from < to);
  const held = heldIn(looked);
  return {
    from: moments.map(({ from }) => from).toSorted()[0] ?? plan.time.from,
    to:
      moments
        .map(({ to }) => to)
        .toSorted()
        .at(-1) ?? plan.time.to,
    accounts: {
      searched: union(({ accounts }) => accounts.searched).size,
      of: union(({ accounts }) => accounts.of).size,
    },
    regions: {
      searched: union(({ regions }) => regions.searched).size,
      of: union(({ regions }) => regions.of).size,
    },
    categories: [...union(({ categories }) => categories)].toSorted(),
    sources: looked.map(({ source }) => source),
    gaps: [
      ...all.flatMap(({ gaps }) => gaps),
      ...unrecorded(plan, all),
      ...shortfall(plan, looked),
    ],
    ...(held.length > 0 && { held: held.reduce((sum, { events }) => sum + events, 0) }),
  };
}

/** What the sources hold, where all of them hold only what somebody gave them; else nothing. */
function heldIn(looked: SourceSearched[]): Held[] {
  const held = looked.flatMap(({ searched }) => searched.held ?? []);
  return held.length === looked.length ? held : [];
}

const NOTHING_HELD = {
  reason: 'these files hold no event at all; what is not in them cannot be told',
  ko: '이 파일에는 이벤트가 하나도 없어서, 무슨 일이 있었는지 알 수 없습니다',
};

/** Why a "none" over such sources is no "no". */
export function beyond(looked: SourceSearched[]): Gap[] {
  return heldIn(looked).map(({ events, accounts, first, last }) => {
    if (events === 0) return { account: '', region: '', ...NOTHING_HELD };
    const [one, other] = [first ?? '?', last ?? '?'];
    return {
      account: '',
      region: '',
      reason: `these files hold ${events} ${events === 1 ? 'event' : 'events'} of ${accounts} ${accounts === 1 ? 'account' : 'accounts'} between ${one} and ${other}; what is not in them cannot be told`,
      ko: `이 파일에는 계정 ${accounts}개의 이벤트 ${events}건(${one} – ${other})만 들어 있어서, 여기에 없는 일은 알 수 없습니다`,
    };
  });
}

/**
 * A window that somebody asked for, and that a source covers only in part without having said why. The
 * day at either end is not counted: nobody expects a record at midnight.
 */
function shortfall({ time }: Plan, looked: SourceSearched[]): Gap[] {
  if (time.assumed) return [];
  return looked
    .filter(({ searched }) => !searched.gaps.some(({ account, region }) => !account && !region))
    .flatMap(({ source, searched }) => {
      const before = Date.parse(searched.from) - Date.parse(time.from) > DAY;
      const after = Date.parse(time.to) - Date.parse(searched.to) > DAY;
      if (!before && !after) return [];
      const en = [
        ...(before ? [`nothing before ${searched.from}`] : []),
        ...(after ? [`nothing after ${searched.to}`] : []),
      ];
      const ko = [
        ...(before ? [`${searched.from} 이전`] : []),
        ...(after ? [`${searched.to} 이후`] : []),
      ];
      return [
        {
          account: '',
          region: '',
          reason: `${source}: ${en.join(' and ')} was there to search`,
          ko: `${source}: ${ko.join('과 ')}의 기록은 검색할 수 없었습니다`,
        },
      ];
    });
}

const DAY = 86_400_000;

/** The earliest moment until which every source is sure to be complete; null where one cannot say. */
export function settledUntil(looked: SourceSearched[]): string | null {
  const moments = looked.map(({ searched }) => searched.settledUntil);
  return moments.includes(null) ? null : ((moments.toSorted()[0] ?? null) as string | null);
}

export type Blindness = 'data-events' | 'too-old' | null;

/** Why no source could ever have answered: nobody recorded it, or it is no longer kept. */
export function blindness(plan: Plan, looked: SourceSearched[]): Blindness {
  // What could not be read may well hold it: that is a gap, and nobody's lack of records.
  if (looked.length === 0 || looked.some(({ searched }) => searched.broken)) return null;
  if (looked.every(({ searched }) => searched.from >= searched.to)) return 'too-old';
  const names = plan.eventNames.map(withoutVersion);
  const seesData = looked.some(({ searched }) => searched.categories.includes('data'));
  return !seesData &&
    names.length > 0 &&
    names.every((name) => isDataEvent(name, plan.eventSources))
    ? 'data-events'
    : null;
}

/** Some of what was asked is recorded only where data events are on. */
function unrecorded(plan: Plan, all: Searched[]): Gap[] {
  if (all.some(({ categories }) => categories.includes('data'))) return [];
  if (asksForAnything(plan)) {
    return [
      {
        account: '',
        region: '',
        reason: 'data events (objects, items, invocations) are not in what was searched',
        ko: '검색한 기록에는 데이터 이벤트(객체, 항목, 호출)가 없습니다',
      },
    ];
  }
  const names = plan.eventNames.filter((name) =>
    isDataEvent(withoutVersion(name), plan.eventSources),
  );
  return names.length === 0
    ? []
    : [
        {
          account: '',
          region: '',
          reason: `${names.slice(0, 5).join(', ')}: data events are not in what was searched`,
          ko: `${names.slice(0, 5).join(', ')}: 검색한 기록에는 데이터 이벤트가 없습니다`,
        },
      ];
}

/** A verb or a caller alone, with no kind of thing and no name beside it, means calls of the data plane too. */
function asksForAnything(plan: Plan): boolean {
  const { verbs, actor, eventNames, eventSources, resources, resourceType, shape } = plan;
  const narrowed = eventNames.length + eventSources.length + resources.length > 0 || resourceType;
  return !narrowed && shape !== 'event' && (verbs.length > 0 || actor !== null);
}
