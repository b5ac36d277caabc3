import type { Cost } from '../finding.ts';
import { PRICE_LIST } from './prices.ts';
import type { Counted, Monthly } from './volumes.ts';

/** What an estimate assumes, and why there may be none, in both languages. */
type Said = Cost['assumptions'][number];

function listPrice(page: string): Said {
  const { region, asOf } = PRICE_LIST;
  return {
    en: `list price of ${region} as of ${asOf} (${page}); other regions and agreements differ`,
    ko: `${asOf} 기준 ${region} 정가(${page})이며, 리전과 계약에 따라 다릅니다`,
  };
}

/** How many there were, and in which time of what. */
export function seenIn({ seen, days }: Monthly, counted: Counted): Said {
  const events = seen.toLocaleString('en-US');
  const about = days < 2 ? Math.round(days * 10) / 10 : Math.round(days);
  if (counted.archived) {
    const [from, to] = datesOf(counted);
    return {
      en: `${events} such events in about ${about} days of the archive (${from} to ${to}), continued for 30 days`,
      ko: `아카이브의 약 ${about}일(${from} ~ ${to}) 동안 해당 이벤트 ${events}건이 있었고, 30일로 환산했습니다`,
    };
  }
  return {
    en: `${events} such events in ${about} days of the given log files, continued for 30 days`,
    ko: `주어진 로그 파일의 ${about}일 동안 해당 이벤트 ${events}건이 있었고, 30일로 환산했습니다`,
  };
}

function datesOf({ span: { first, last } }: Counted): [string, string] {
  return [(first ?? '').slice(0, 10), (last ?? '').slice(0, 10)];
}

/** What is known to be absent, so that an estimate is not taken for more than it is. */
export function absentIn({ days, lost, missing }: Monthly, { archived }: Counted): Said[] {
  return [
    ...(archived && days < WEEK ? [SHORT] : []),
    ...(lost > 0
      ? [
          {
            en: `of up to ${lost} days in between the archive holds no log files; they are left out of the average`,
            ko: `그 사이 최대 ${lost}일은 아카이브에 로그 파일이 없어 평균에서 제외했습니다`,
          },
        ]
      : []),
    ...(missing > 0
      ? [
          {
            en: `of single regions the archive lacks log files of ${missing} days in all, so the count may be too low`,
            ko: `일부 리전의 로그 파일이 모두 ${missing}일치 없어 실제보다 적게 집계되었을 수 있습니다`,
          },
        ]
      : []),
  ];
}

/** Weekdays and weekends differ. */
const WEEK = 7;
const SHORT: Said = {
  en: 'the archive holds less than a week of them: a month may be quite different',
  ko: '아카이브에 일주일 치도 없어 실제 한 달과 크게 다를 수 있습니다',
};

/** Why there is no number, although something was there to count in. */
export function notSeen(counted: Counted): Said {
  if (!counted.archived)
    return {
      en: 'unknown volume: the given log files hold no such event',
      ko: '이벤트 수 알 수 없음: 주어진 로그 파일에 해당 이벤트가 없습니다',
    };
  const [from, to] = datesOf(counted);
  return {
    en: `unknown volume: the archive holds no such event (${from} to ${to})`,
    ko: `이벤트 수 알 수 없음: 아카이브(${from} ~ ${to})에 해당 이벤트가 없습니다`,
  };
}

export function unplacedIn({ unplaced }: Counted): Said {
  const events = unplaced.toLocaleString('en-US');
  return {
    en: `of ${events} data events of S3 in the archive it was not read yet which bucket they are about; the next scan reads on`,
    ko: `아카이브의 S3 데이터 이벤트 ${events}건은 어느 버킷에 대한 것인지 아직 읽지 않았으며, 다음 점검에서 이어서 읽습니다`,
  };
}

export function tooLow({ unread, archived }: Counted): Said {
  if (archived)
    return {
      en: `${unread} log files could not be taken into the archive, so the count may be too low`,
      ko: `로그 파일 ${unread}개를 아카이브에 넣지 못해 실제보다 적게 집계되었을 수 있습니다`,
    };
  return {
    en: `${unread} of the given files or parts of them could not be read, so the count may be too low`,
    ko: `주어진 파일 또는 그 일부 ${unread}건을 읽지 못해 실제보다 적게 집계되었을 수 있습니다`,
  };
}

/** Where the price stands, and that it is not everybody's. */
export const LISTED = listPrice(PRICE_LIST.cloudTrail);
export const LISTED_S3 = listPrice(PRICE_LIST.s3);
export const UNKNOWN: Said = {
  en: 'unknown volume: no log files were given, and no archive holds events to count',
  ko: '이벤트 수 알 수 없음: 주어진 로그 파일이 없고, 집계할 이벤트가 있는 아카이브도 없습니다',
};
export const ARCHIVE_UNREAD: Said = {
  en: 'unknown volume: there is an archive, but it could not be read',
  ko: '이벤트 수 알 수 없음: 아카이브가 있으나 읽지 못했습니다',
};
export const BUCKET_UNREAD: Said = {
  en: 'unknown volume: no event of this bucket was met so far',
  ko: '이벤트 수 알 수 없음: 지금까지 읽은 것에는 이 버킷의 이벤트가 없습니다',
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
