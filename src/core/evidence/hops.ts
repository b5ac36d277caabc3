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

/** A call that reached another account's thing, as the account of the caller recorded it. */
export function sameCallElsewhere(copy: CloudTrailEvent): Hop {
  return {
    en: `the caller's own account ${copy.account} recorded the same call (event ${copy.eventID}, shared event ${copy.sharedEventID})`,
    ko: `호출한 쪽 계정 ${copy.account}에도 같은 호출이 기록됨 (이벤트 ${copy.eventID}, 공유 이벤트 ${copy.sharedEventID})`,
  };
}

/** One key, and several callers that would have been handed it: an export that was redacted. */
export function severalIssuers({ caller }: CloudTrailEvent): Hop {
  return {
    en: `several different calls name ${caller.accessKeyId} as the key that they issued, so none of them proves who it was`,
    ko: `${caller.accessKeyId} 키를 발급했다는 호출이 서로 다르게 여럿이어서, 누구인지 증명되지 않습니다`,
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
    en: `${what.en} was not found, and not everything could be read: ${toldGaps(gaps, 'en')}`,
    ko: `${what.ko}: 찾지 못했고, 읽을 수 없는 곳이 있었습니다: ${toldGaps(gaps, 'ko')}`,
  };
}

/** How many reasons a hop names before it counts the rest. */
const TOLD = 2;

export function toldGaps(gaps: Gap[], language: 'en' | 'ko'): string {
  const reasons = new Set(
    gaps.map((gap) => {
      const reason = (language === 'ko' ? gap.ko : undefined) ?? gap.reason;
      return [gap.account, reason].filter(Boolean).join(' ');
    }),
  );
  const shown = [...reasons].slice(0, TOLD).join('; ');
  return reasons.size > TOLD ? `${shown} … (+${reasons.size - TOLD})` : shown;
}
