import type { Language } from '../core/reader.ts';

/** The words of the posture page of the terminal, in both languages. */
export const WORDS: Record<Language, Words> = {
  en: {
    simulated: 'Simulated organization.',
    seen: (visible, all) => `${visible} of ${all} accounts seen`,
    closed: (count) => ` (closed, not asked: ${count})`,
    organization: 'organization',
    nothingSeen: 'Nothing could be seen',
    failing: (count) => `${count} failing`,
    nothingFailing: 'Nothing failing in what was seen',
    allSound: 'All sound',
    ownerUnknown: 'owner unknown',
    coverage: 'Coverage',
    recorded: (recorded, all) =>
      `management events, read and write: ${recorded} of ${all} places (account and region)`,
    incompleteIn: ': incomplete in ',
    more: (count) => `, and ${count} more`,
    notVisible: 'Not visible',
    checks: (count) => `: ${count} checks. `,
    noFindings: 'no findings',
    calls: (count) => `${count} calls`,
  },
  ko: {
    simulated: '시뮬레이션 조직입니다.',
    seen: (visible, all) => `계정 ${all}개 중 ${visible}개 확인`,
    closed: (count) => ` (폐쇄되어 묻지 않은 계정 ${count}개)`,
    organization: '조직',
    nothingSeen: '아무것도 볼 수 없었습니다',
    failing: (count) => `실패 ${count}건`,
    nothingFailing: '확인한 범위에서는 실패가 없습니다',
    allSound: '모두 정상',
    ownerUnknown: '소유 계정 불명',
    coverage: '기록 범위',
    recorded: (recorded, all) =>
      `관리 이벤트(읽기·쓰기): 계정·리전 ${all}곳 중 ${recorded}곳에서 기록`,
    incompleteIn: ': 기록이 빠진 리전 ',
    more: (count) => ` 외 ${count}곳`,
    notVisible: '볼 수 없었던 것',
    checks: (count) => `: 점검 ${count}건. `,
    noFindings: '점검 결과 없음',
    calls: (count) => `호출 ${count}회`,
  },
};

type Words = {
  simulated: string;
  seen(visible: number, all: number): string;
  closed(count: number): string;
  organization: string;
  nothingSeen: string;
  failing(count: number): string;
  nothingFailing: string;
  allSound: string;
  ownerUnknown: string;
  coverage: string;
  recorded(recorded: number, all: number): string;
  incompleteIn: string;
  more(count: number): string;
  notVisible: string;
  checks(count: number): string;
  noFindings: string;
  calls(count: number): string;
};
