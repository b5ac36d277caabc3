import { LISTED, UNRECORDED } from '../../posture/cost/cost-words.ts';
import { EVENT_PRICES } from '../../posture/cost/prices.ts';
import type { Cost } from '../../posture/finding.ts';

/** What newly recorded events cost. What nobody recorded, nobody can count, so only the unit price is said. */
export function costOf(kind: keyof typeof EVENTS): Cost {
  const dollars = `USD ${EVENT_PRICES[kind].toFixed(2)}`;
  const { en, ko } = EVENTS[kind];
  return {
    monthly: null,
    unitPrice: `${dollars} / 100,000 ${en}`,
    ko: `${ko} 100,000건당 ${dollars}`,
    assumptions: [LISTED, UNRECORDED, ...(kind === 'managementCopy' ? [FIRST_COPY] : [])],
  };
}

const EVENTS = {
  managementCopy: { en: 'copied management events', ko: '중복으로 전달된 관리 이벤트' },
  data: { en: 'data events', ko: '데이터 이벤트' },
  insights: { en: 'analysed management events', ko: '분석된 관리 이벤트' },
};

const FIRST_COPY = {
  en: 'the first copy of management events in a region is free; only where another trail records them already is this one paid',
  ko: '리전마다 관리 이벤트의 첫 사본은 무료이며, 다른 트레일이 이미 기록하는 곳에서만 비용이 듭니다',
};
