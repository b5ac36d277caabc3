import type { Cost } from '../finding.ts';
import { PRICE_LIST } from './prices.ts';
import type { Monthly } from './volumes.ts';

/** What an estimate assumes, and why there may be none, in both languages. */
type Said = Cost['assumptions'][number];

function listPrice(page: string): Said {
  const { region, asOf } = PRICE_LIST;
  return {
    en: `list price of ${region} as of ${asOf} (${page}); other regions and agreements differ`,
    ko: `${asOf} 기준 ${region} 정가(${page})이며, 리전과 계약에 따라 다릅니다`,
  };
}

export function seenIn({ seen, days }: Monthly): Said {
  const events = seen.toLocaleString('en-US');
  const about = days < 2 ? Math.round(days * 10) / 10 : Math.round(days);
  return {
    en: `${events} such events in ${about} days of the given log files, continued for 30 days`,
    ko: `주어진 로그 파일의 ${about}일 동안 해당 이벤트 ${events}건이 있었고, 30일로 환산했습니다`,
  };
}

export function tooLow(unread: number): Said {
  return {
    en: `${unread} of the given files or parts of them could not be read, so the count may be too low`,
    ko: `주어진 파일 또는 그 일부 ${unread}건을 읽지 못해 실제보다 적게 집계되었을 수 있습니다`,
  };
}

/** Where the price stands, and that it is not everybody's. */
export const LISTED = listPrice(PRICE_LIST.cloudTrail);
export const LISTED_S3 = listPrice(PRICE_LIST.s3);
export const UNKNOWN: Said = {
  en: 'unknown volume: no log files were given to count events in',
  ko: '이벤트 수 알 수 없음: 집계할 로그 파일이 주어지지 않았습니다',
};
export const NOT_SEEN: Said = {
  en: 'unknown volume: the given log files hold no such event',
  ko: '이벤트 수 알 수 없음: 주어진 로그 파일에 해당 이벤트가 없습니다',
};
export const UNRECORDED: Said = {
  en: 'unknown volume: what is not recorded cannot be counted',
  ko: '이벤트 수 알 수 없음: 기록되지 않은 것은 집계할 수 없습니다',
};
export const LESS_THAN_ONE: Said = {
  en: 'less than one dollar a month, shown as one',
  ko: '월 1달러 미만이며 1달러로 표시합니다',
};
export const EACH_TRAIL: Said = {
  en: 'every trail that records them costs this much',
  ko: '이 이벤트를 기록하는 트레일마다 같은 비용이 듭니다',
};
export const BOTH_INSIGHTS: Said = {
  en: 'both kinds of Insights: writes are analysed twice, reads once',
  ko: '두 가지 인사이트를 모두 켠 경우: 쓰기는 두 번, 읽기는 한 번 분석됩니다',
};
export const UNKNOWN_SIZE: Said = {
  en: 'unknown volume: how much the bucket holds was not read',
  ko: '용량 알 수 없음: 버킷에 저장된 양은 읽지 않았습니다',
};
export const SMALL_FILES: Said = {
  en: 'Glacier Instant Retrieval bills a file as 128 KB at least, and small log files are many; moving costs requests',
  ko: 'Glacier Instant Retrieval은 파일당 최소 128KB로 청구되며 작은 로그 파일이 많고, 이동에도 요청 비용이 듭니다',
};
