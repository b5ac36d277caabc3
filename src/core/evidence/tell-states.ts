import type { Line, Prose } from '../prose.ts';
import type { Answer, ConfigState } from './answer.ts';
import { tellNothing } from './tell-nothing.ts';
import { plural } from './tell-words.ts';

const TOLD = 30;

/** What AWS Config says of resources as they are now, what is wrong first; `at` is when Config saw it so. */
export function tellStates(
  answer: Answer,
  states: ConfigState[],
  ko: boolean,
): { headline: Prose; evidence: Prose } {
  const wrong = states.filter((state) => state.wrong);
  if (states.length === 0)
    return answer.verdict === 'none'
      ? { headline: [NONE[ko ? 'ko' : 'en']], evidence: [] }
      : { headline: tellNothing(answer, ko), evidence: [] };
  const total = Math.max(answer.total, states.length);
  const counts: Line =
    wrong.length === 0
      ? [ko ? `리소스 ${total}개` : `${total} ${plural(total, 'resource')}`]
      : [
          {
            strong: ko
              ? `리소스 ${wrong.length}개가 해당합니다`
              : `${wrong.length} ${plural(wrong.length, 'resource')}`,
          },
          wrong.length < total
            ? ko
              ? ` · 조회한 ${total}개 중`
              : ` of ${total} that Config told of`
            : '',
        ];
  const sorted = [...wrong, ...states.filter((state) => !state.wrong)];
  const [first, ...rest] = sorted.slice(0, TOLD).map((state) => tellState(state, ko));
  const left = total - Math.min(sorted.length, TOLD);
  return {
    headline: [[...counts, ko ? ' · AWS Config 기준' : ' · as AWS Config says'], first ?? []],
    evidence: [...rest, ...(left > 0 ? [[ko ? `… 그 밖에 ${left}개` : `… and ${left} more`]] : [])],
  };
}

const NONE: { en: Line; ko: Line } = {
  en: [
    { strong: 'No.' },
    ' AWS Config knows of no such resource, and all that was asked was seen.',
  ],
  ko: [
    { strong: '아니요.' },
    ' AWS Config에 그런 리소스가 없습니다. 물어보신 범위는 모두 확인했습니다.',
  ],
};

function tellState(
  { resource, resourceType, account, region, says, saysKo, wrong, at }: ConfigState,
  ko: boolean,
): Line {
  return [
    wrong ? '✗ ' : '• ',
    { quote: resource },
    ' · ',
    { quote: resourceType },
    ' · ',
    { quote: account || '?' },
    ' · ',
    { quote: region || '?' },
    ' · ',
    { quote: (ko ? saysKo : undefined) ?? says, max: 300 },
    ...(at === null ? [] : [ko ? ' · 확인 시각 ' : ' · seen ', { at }]),
  ];
}
