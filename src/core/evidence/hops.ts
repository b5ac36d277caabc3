import type { CloudTrailEvent } from './event.ts';
import { member, text } from './parse-event.ts';
import type { Gap, Issuing } from './source.ts';

/** One step on the way from a call to its person, as text in both languages. */
export type Hop = { en: string; ko: string };

/** The words are the record's own, or ones that both languages use. */
export function both(words: string): Hop {
  return { en: words, ko: words };
}

/** An event that handed out the key of the call before it. */
export function hopOf(issuing: CloudTrailEvent, key: string): Hop {
  const role = text(member(issuing.record.requestParameters)?.roleArn);
  const into = role ? ` ${role.split('/').at(-1)}` : '';
  return {
    en: `${issuing.eventName}${into} issued ${key} (event ${issuing.eventID}, ${issuing.account})`,
    ko: `${issuing.eventName}${into} 호출이 ${key} 키를 발급 (이벤트 ${issuing.eventID}, ${issuing.account})`,
  };
}

/** The same call as the other account recorded it. */
export function sameCall(copy: CloudTrailEvent): Hop {
  return {
    en: `the same call in ${copy.account} (event ${copy.eventID}, shared event ${copy.sharedEventID})`,
    ko: `${copy.account} 계정에 기록된 같은 호출 (이벤트 ${copy.eventID}, 공유 이벤트 ${copy.sharedEventID})`,
  };
}

/** Where the trace ends before a person, and why: nothing was there, or it could not be looked at. */
export function traceEnd({ caller }: CloudTrailEvent, looked: Issuing | undefined): Hop {
  if (caller.type !== 'AWSAccount' && !caller.accessKeyId)
    return {
      en: 'the record names no access key',
      ko: '기록에 액세스 키가 적혀 있지 않습니다',
    };
  const what: Hop =
    caller.type === 'AWSAccount'
      ? {
          en: `the record of account ${caller.accountId ?? '?'} that issued this`,
          ko: `이것을 발급한 ${caller.accountId ?? '?'} 계정의 기록`,
        }
      : {
          en: `the event that issued ${caller.accessKeyId}`,
          ko: `${caller.accessKeyId} 키를 발급한 이벤트`,
        };
  const gaps = looked?.gaps ?? [];
  if (gaps.length === 0)
    return {
      en: `${what.en} was not found where we could look`,
      ko: `${what.ko}: 볼 수 있는 곳에서는 찾지 못했습니다`,
    };
  return {
    en: `${what.en} was not found, and not everything could be read: ${told(gaps, 'en')}`,
    ko: `${what.ko}: 찾지 못했고, 읽을 수 없는 곳이 있었습니다: ${told(gaps, 'ko')}`,
  };
}

/** How many reasons a hop names before it counts the rest. */
const TOLD = 2;

function told(gaps: Gap[], language: 'en' | 'ko'): string {
  const reasons = new Set(
    gaps.map((gap) => {
      const reason = (language === 'ko' ? gap.ko : undefined) ?? gap.reason;
      return [gap.account, reason].filter(Boolean).join(' ');
    }),
  );
  const shown = [...reasons].slice(0, TOLD).join('; ');
  return reasons.size > TOLD ? `${shown} … (+${reasons.size - TOLD})` : shown;
}
