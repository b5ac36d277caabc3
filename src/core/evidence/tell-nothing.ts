import { harmless, type Prose, withInstants } from '../prose.ts';
import type { Answer } from './answer.ts';

/** The three kinds of no, each in its own words. */
export function tellNothing(answer: Answer, ko: boolean): Prose {
  switch (answer.verdict) {
    case 'none':
      return [
        ko
          ? [{ strong: '아니요.' }, ' 그런 이벤트가 없습니다. 물어보신 범위는 모두 확인했습니다.']
          : [
              { strong: 'No.' },
              ' There is no such event, and everything that was asked for was searched.',
            ],
      ];
    case 'none-visible':
      if (answer.coverage.accounts.searched === 0)
        return [
          ko
            ? [
                { strong: '아무것도 볼 수 없었습니다.' },
                ' 그래서 있었는지 없었는지 말할 수 없습니다.',
              ]
            : [{ strong: 'Nothing could be seen,' }, ' so nothing can be said either way.'],
        ];
      return [
        ko
          ? [
              { strong: '찾지 못했습니다.' },
              ' 다만 볼 수 없었던 곳이 있어서 없었다고 할 수는 없습니다.',
            ]
          : [{ strong: 'None found,' }, ' but not everything could be seen, so this is not a no.'],
      ];
    default:
      return [
        [
          { strong: ko ? '알 수 없습니다: ' : 'This cannot be known: ' },
          // A sentence of ours that may hold names of others: running text, made harmless.
          ...withInstants(answer.reason ?? '', (part) => harmless(part, 1_200)),
          '.',
        ],
      ];
  }
}

/** Why there is no answer, and the readings to choose from. */
export function tellUnanswered(answer: Answer, ko: boolean): Prose {
  // A sentence of our own that may hold the asker's words: running text, made harmless.
  const lines: Prose = [
    [
      harmless(
        answer.reason ?? (ko ? '질문을 이해하지 못했습니다.' : 'I did not understand.'),
        600,
      ),
    ],
  ];
  for (const [index, { echo }] of (answer.readings ?? []).entries())
    lines.push([`${index + 1}. `, { quote: echo, max: 600 }]);
  return lines;
}

export function tellSimulated(answer: Answer, ko: boolean): Prose {
  return answer.simulated
    ? [
        [
          ko
            ? '시뮬레이션 조직입니다. 실제 이벤트가 아닙니다.'
            : 'Simulated organization: none of this is real.',
        ],
      ]
    : [];
}
