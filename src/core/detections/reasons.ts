import { actorName } from '../evidence/actor-name.ts';
import type { CloudTrailEvent } from '../evidence/event.ts';
import { withoutVersion } from '../evidence/parse-event.ts';
import { harmless } from '../prose.ts';
import { overlaid } from '../questions/catalogue/overlay.ts';
import type { Unseen } from './judge.ts';

/** Names of one kind that a sentence says; the rest is counted. */
const SAID = 3;

/** What a detector found, in one sentence: what, by whom, where, and how much of it was refused. */
export function foundIn(events: CloudTrailEvent[]): Unseen {
  const refused = events.filter(({ outcome }) => outcome !== 'ok').length;
  const what = whatIn(events);
  const who = few(events.map(actorName));
  const where = few(events.map(({ account }) => account).filter(Boolean));
  const count = events.length;
  return {
    en: `${count} ${count === 1 ? 'call' : 'calls'} (${what.en}) by ${who.en}${where.en && ` in ${where.en}`}${refused > 0 ? `; ${refused} refused or failed` : ''}`,
    ko: `${where.ko && `${where.ko}에서 `}${who.ko}의 호출 ${count}건(${what.ko})${refused > 0 ? `, 그중 ${refused}건은 거부되거나 실패` : ''}`,
  };
}

/** The names of the calls; what a single one of them is, in plain words where we know them. */
function whatIn(events: CloudTrailEvent[]): Unseen {
  const names = few(events.map(({ eventName }) => withoutVersion(eventName)));
  const kinds = new Map(
    events.map((event) => [`${event.eventSource} ${withoutVersion(event.eventName)}`, event]),
  );
  const [only] = kinds.values();
  const words =
    kinds.size === 1 && only
      ? overlaid(only.eventSource, withoutVersion(only.eventName))
      : undefined;
  if (!words) return names;
  return { en: `${names.en}: ${words.en}`, ko: `${names.ko}: ${words.ko}` };
}

/** Nothing was found, in all that was searched. */
export const NOTHING_FOUND: Unseen = {
  en: 'nothing of this kind in what was searched',
  ko: '검색한 기록에 이런 일이 없습니다',
};

export const NO_INSIGHTS: Unseen = {
  en: 'what was searched holds no events of CloudTrail Insights',
  ko: '검색한 기록에 CloudTrail Insights 이벤트가 없습니다',
};

export const NO_DATA_EVENTS: Unseen = {
  en: 'nothing among management calls; objects and items are deleted by data events, which are not in what was searched',
  ko: '관리 호출에는 없지만, 객체와 항목의 삭제를 알려 주는 데이터 이벤트가 검색한 기록에 없습니다',
};

export const STRANGERS_UNKNOWN: Unseen = {
  en: 'nothing was opened to everybody; who is outside the organization cannot be told, since its accounts could not be listed',
  ko: '모두에게 공개된 것은 없지만, 조직의 계정 목록을 읽지 못해 외부 계정인지 알 수 없습니다',
};

/** The commonest of these, and how many others there are. */
function few(values: string[]): Unseen {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const sorted = [...counts].toSorted(([a, x], [b, y]) => y - x || (a < b ? -1 : 1));
  const said = sorted.slice(0, SAID).map(([value]) => harmless(value));
  const more = sorted.length - said.length;
  return {
    en: `${said.join(', ')}${more > 0 ? ` and ${more} more` : ''}`,
    ko: `${said.join(', ')}${more > 0 ? ` 외 ${more}` : ''}`,
  };
}
