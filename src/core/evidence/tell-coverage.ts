import type { Line, Prose } from '../prose.ts';
import type { Answer } from './answer.ts';
import type { Gap } from './source.ts';
import { reasoned } from './tell-words.ts';

/** How many different reasons are told before the rest is counted. */
const TOLD = 8;

/** What was searched, what could not be seen and why, and what may still be on its way. */
export function tellCoverage(answer: Answer, ko: boolean): Prose {
  const { coverage, settledUntil } = answer;
  const { accounts, regions } = coverage;
  const kinds = coverage.categories.map(
    (category) => CATEGORIES[category]?.[ko ? 'ko' : 'en'] ?? category,
  );
  const { held } = coverage;
  // Of files nobody knows how many accounts there should be: what is told is what they hold.
  const share = ({ searched: seen, of }: typeof accounts) =>
    held !== undefined && seen === of ? String(seen) : `${seen}/${of}`;
  const searched: Line = ko
    ? [
        held === undefined ? '검색한 범위: ' : `검색한 범위: 파일에 든 이벤트 ${held}건 · `,
        `계정 ${share(accounts)} · 리전 ${share(regions)} · `,
        { at: coverage.from },
        ' – ',
        { at: coverage.to },
        ` · ${kinds.join('·') || '기록 없음'} · `,
        { quote: coverage.sources.join(', ') },
      ]
    : [
        held === undefined
          ? 'Searched '
          : `Searched the ${held} ${held === 1 ? 'event' : 'events'} that the files hold · `,
        `${plural(share(accounts), 'account')} · ${plural(share(regions), 'region')} · `,
        { at: coverage.from },
        ' – ',
        { at: coverage.to },
        ` · ${kinds.join(' and ') || 'no'} events · `,
        { quote: coverage.sources.join(', ') },
      ];
  const late: Prose =
    settledUntil && settledUntil < coverage.to
      ? [
          ko
            ? [{ at: settledUntil }, ' 이후의 이벤트는 아직 도착하지 않았을 수 있습니다.']
            : ['Events after ', { at: settledUntil }, ' may still be on their way.'],
        ]
      : [];
  return [searched, ...tellGaps(coverage.gaps, ko), ...late];
}

function plural(count: string, word: string): string {
  return count === '1' ? `1 ${word}` : `${count} ${word}s`;
}

function tellGaps(gaps: Gap[], ko: boolean): Prose {
  if (gaps.length === 0) return [];
  const alike = new Map<string, Gap[]>();
  for (const gap of gaps) {
    const key = JSON.stringify([gap.account, gap.reason]);
    alike.set(key, [...(alike.get(key) ?? []), gap]);
  }
  const lines = [...alike.values()].map((group): Line => {
    const [first] = group;
    const regions = group.map(({ region }) => region).filter(Boolean);
    return [
      '• ',
      ...(first?.account ? [{ quote: first.account }, ' '] : []),
      ...(regions.length > 3
        ? [ko ? `(리전 ${regions.length}개) ` : `(${regions.length} regions) `]
        : regions.flatMap((region) => [{ quote: region }, ' '])),
      ...reasoned((ko ? first?.ko : undefined) ?? first?.reason ?? ''),
    ];
  });
  return [
    [ko ? '볼 수 없었던 곳:' : 'Could not see:'],
    ...lines.slice(0, TOLD),
    ...(lines.length > TOLD
      ? [[ko ? `… 그 밖에 ${lines.length - TOLD}곳` : `… and ${lines.length - TOLD} more`]]
      : []),
  ];
}

const CATEGORIES: Record<string, { en: string; ko: string }> = {
  management: { en: 'management', ko: '관리 이벤트' },
  data: { en: 'data', ko: '데이터 이벤트' },
  insight: { en: 'insight', ko: '인사이트 이벤트' },
  network: { en: 'network activity', ko: '네트워크 활동 이벤트' },
};
