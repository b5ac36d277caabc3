import type { HowMuch } from '../posture/recorded/event-sets.ts';
import { harmless } from '../prose.ts';
import type { Answer } from './answer.ts';
import type { Stretch } from './recording-as-of.ts';
import type { RecordingAsked } from './recording-asked.ts';
import type { Gap } from './source.ts';
import type { TrailChange } from './trail-changes.ts';

/** What was recorded of the events that a plan is about, place by place, over its window. */
export type Recording = {
  asked: (Pick<RecordingAsked, 'kind' | 'what'> & { places: PlaceRecorded[] })[];
  /** Accounts whose trails nobody could read. */
  unread: { account: string; reason: string }[];
};
export type PlaceRecorded = { account: string; region: string; stretches: Stretch[] };

type Asked = Recording['asked'][number];

/** How much of it was certainly there, and how much at best, over all places and the whole window. */
function amountsOf(asked: Asked[]): { least: HowMuch; most: HowMuch } {
  const stretches = asked.flatMap(({ places }) => places.flatMap((place) => place.stretches));
  const every = (test: (stretch: Stretch) => boolean) =>
    stretches.length > 0 && stretches.every(test);
  return {
    least: every(({ least }) => least === 'all')
      ? 'all'
      : every(({ least }) => least === 'none')
        ? 'none'
        : 'part',
    most: every(({ most }) => most === 'none')
      ? 'none'
      : every(({ most }) => most === 'all')
        ? 'all'
        : 'part',
  };
}

/** True where recordings decide what a search over these sources can say of data events or of a "no". */
export function recordingMatters(answer: Answer, asked: RecordingAsked[]): boolean {
  if (asked.some(({ kind }) => kind === 'data')) return true;
  const byTrails = answer.coverage.sources.some((source) => source !== EVENT_HISTORY);
  return answer.verdict === 'none' && byTrails;
}

/** Event history has every management event of 90 days, whatever trails record. */
export const EVENT_HISTORY = 'LookupEvents';

/**
 * The answer with what is known of what was recorded. "Nothing was found" is a no only where it would
 * have been recorded, and was searched; it cannot be known where it never was.
 */
export function weighed(answer: Answer, recording: Recording): Answer {
  const ko = answer.lang === 'ko';
  const data = recording.asked.filter(({ kind }) => kind === 'data');
  const management = recording.asked.filter(({ kind }) => kind === 'management');
  const byTrails = answer.coverage.sources.some((source) => source !== EVENT_HISTORY);
  const concerned = [...data, ...(byTrails ? management : [])];
  const gaps = [
    ...answer.coverage.gaps,
    ...concerned.flatMap(unrecorded),
    ...recording.unread.map(({ account, reason }) => ({
      account,
      region: '',
      reason: `what its trails record could not be read: ${reason}`,
      ko: `트레일이 무엇을 기록하는지 읽지 못했습니다: ${reason}`,
    })),
  ];
  const coverage = { ...answer.coverage, gaps };
  if (answer.total > 0 || concerned.length === 0) return { ...answer, coverage };
  const onlyData = management.length === 0 && data.length > 0;
  const { least, most } = amountsOf(concerned);
  if (onlyData && (most === 'none' || !searchedData(answer))) {
    const never = most === 'none';
    const why = never
      ? sentences(data, ko)
      : [...sentences(data, ko), notSearched(answer, least, ko)];
    return { ...answer, coverage, verdict: 'unknowable', reason: why.join('; ') };
  }
  if (least === 'all' && recording.unread.length === 0) return { ...answer, coverage };
  return {
    ...answer,
    coverage,
    verdict: answer.verdict === 'none' ? 'none-visible' : answer.verdict,
  };
}

const RECORDED = { en: 'trails do record them, but ', ko: '트레일에는 기록되지만, ' };

function searchedData({ coverage }: Answer): boolean {
  return coverage.categories.includes('data');
}

function notSearched({ coverage }: Answer, least: HowMuch, ko: boolean): string {
  const sources = coverage.sources.join(', ');
  // An archive without any may lack the files of the trail that records them, or there were none.
  if (coverage.sources.some((source) => source !== EVENT_HISTORY)) {
    const recorded = least === 'none' ? { en: '', ko: '' } : RECORDED;
    return ko
      ? `${recorded.ko}검색한 곳(${sources})에는 데이터 이벤트가 하나도 없습니다. 아무 일도 없었거나, 그 트레일의 로그 파일이 아카이브에 없습니다`
      : `${recorded.en}what was searched (${sources}) holds no data event at all: there was none, or the trail's log files are not in the archive`;
  }
  if (ko)
    return `${least === 'none' ? '' : RECORDED.ko}검색한 곳(${sources})에는 데이터 이벤트가 없습니다. 로그 파일을 아카이브에 넣으면 찾을 수 있습니다`;
  return `${least === 'none' ? '' : RECORDED.en}what was searched (${sources}) holds no data events: ingest the trail's log files into the archive to search them`;
}

/** Where and when it was not, or may not have been, recorded; each said once. */
function unrecorded(asked: Asked): Gap[] {
  const alike = new Map<string, { reason: string; ko: string; places: PlaceRecorded[] }>();
  for (const place of asked.places)
    for (const stretch of place.stretches) {
      if (stretch.least === 'all') continue;
      const [reason, ko] = [say(asked, stretch, false), say(asked, stretch, true)];
      const same = alike.get(reason) ?? { reason, ko, places: [] };
      alike.set(reason, { ...same, places: [...same.places, place] });
    }
  return [...alike.values()].flatMap(({ reason, ko, places }) =>
    placesAmong(places, asked.places).map((where) => ({ ...where, reason, ko })),
  );
}

/** All places are one, and so are all regions of an account. */
function placesAmong(some: PlaceRecorded[], all: PlaceRecorded[]) {
  if (some.length === all.length && all.length > 1) return [{ account: '', region: '' }];
  const accounts = [...new Set(some.map(({ account }) => account))];
  return accounts.flatMap((account) => {
    const own = some.filter((place) => place.account === account);
    const whole = all.filter((place) => place.account === account).length;
    return own.length === whole && whole > 1
      ? [{ account, region: '' }]
      : own.map(({ region }) => ({ account, region }));
  });
}

/** What is told where all places tell the same; of differing places, the worst. */
function sentences(asked: Asked[], ko: boolean): string[] {
  const told = asked.flatMap((one) =>
    one.places.flatMap(({ stretches }) =>
      stretches.filter(({ least }) => least !== 'all').map((stretch) => say(one, stretch, ko)),
    ),
  );
  return [...new Set(told)].slice(0, 6);
}

function say({ what }: Asked, stretch: Stretch, ko: boolean): string {
  const { from, to, least, most, began } = stretch;
  const by = began ? ` (${callOf(began, ko)})` : '';
  const thing = harmless(ko ? what.ko : what.en, 300);
  const time = ko ? `${from}부터 ${to}까지` : `between ${from} and ${to}`;
  if (most === 'none')
    return ko
      ? `${thing}: ${time} 기록되지 않았습니다${by}`
      : `${thing} were not recorded ${time}${by}`;
  if (least === most || (least === 'part' && most === 'part'))
    return ko
      ? `${thing}: ${time} 일부만 기록되었습니다${by}`
      : `${thing} were recorded only in part ${time}${by}`;
  return ko
    ? `${thing}: ${time} 기록되었는지 알 수 없습니다`
    : `whether ${thing} were recorded ${time} is not known`;
}

/** `PutEventSelectors by mina at …, event …`. */
export function callOf({ call, by, at, eventID }: TrailChange, ko: boolean): string {
  const who = harmless(by, 80);
  return ko
    ? `${at} ${who}의 ${call}, 이벤트 ${eventID}`
    : `${call} by ${who} at ${at}, event ${eventID}`;
}
