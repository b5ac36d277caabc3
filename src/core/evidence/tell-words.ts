import { type Line, type Span, withInstants } from '../prose.ts';
import type { AnswerEvent, ProofGrade } from './answer.ts';

/** The fixed words for how well it is known who it was (reference: questions, 3). */
export const PROOF: Record<ProofGrade, { en: string; ko: string }> = {
  direct: { en: 'direct', ko: '직접' },
  'proven-chain': { en: 'proven chain', ko: '증명된 연결' },
  declared: { en: 'declared', ko: '선언됨' },
  'session-name-only': { en: 'by session name only – not proof', ko: '세션 이름뿐 – 증거 아님' },
  service: { en: 'service action, no person', ko: '서비스 동작, 사람 아님' },
  unresolved: { en: 'unresolved', ko: '확인되지 않음' },
};

export const PROOF_SAYS: Record<ProofGrade, { en: string; ko: string }> = {
  direct: {
    en: 'the record itself names who called',
    ko: '기록 자체에 호출한 사람이 적혀 있습니다',
  },
  'proven-chain': {
    en: 'every hop is linked by the key that was issued',
    ko: '발급된 키로 모든 단계가 이어집니다',
  },
  declared: {
    en: 'declared when the session was made, unchangeable since',
    ko: '세션을 만들 때 선언되었고 이후 바꿀 수 없습니다',
  },
  'session-name-only': {
    en: 'only the session name says so, and whoever assumes the role chooses it',
    ko: '세션 이름만 근거이며, 역할을 맡는 쪽이 마음대로 정할 수 있습니다',
  },
  service: { en: 'an AWS service or workload acted', ko: 'AWS 서비스나 워크로드가 수행했습니다' },
  unresolved: {
    en: 'the trace ends before a person',
    ko: '사람에게 닿기 전에 흔적이 끊깁니다',
  },
};

export const VIA: Record<AnswerEvent['via'], { en: string; ko: string }> = {
  console: { en: 'console', ko: '콘솔' },
  cli: { en: 'CLI', ko: 'CLI' },
  sdk: { en: 'SDK', ko: 'SDK' },
  iac: { en: 'infrastructure as code', ko: 'IaC' },
  service: { en: 'through a service', ko: '서비스 경유' },
};

/** Only people are addressed as people; each ends in the particle of the one who acts. */
export const SUBJECT: Record<ProofGrade, string> = {
  direct: '님이',
  'proven-chain': '님이',
  declared: '님이',
  'session-name-only': '세션이',
  service: '서비스가',
  unresolved: '주체가',
};

/** A reason: hostile text as ever, with the instants in it in the reader's zone. */
export function reasoned(reason: string): Line {
  return withInstants(reason, (quote) => ({ quote, max: 300 }));
}

/** A label and quoted values, as many as can be read; nothing where there are none. */
export function listed(label: string, values: string[]): Line {
  if (values.length === 0) return [];
  const shown = values.slice(0, 40);
  return [
    label,
    ...spaced(
      shown.map((value) => ({ quote: value })),
      ', ',
    ),
    ...(values.length > shown.length ? [` … (+${values.length - shown.length})`] : []),
  ];
}

export function spaced(spans: Span[], between: string): Line {
  return spans.flatMap((span, index) => (index > 0 ? [between, span] : [span]));
}

export function namedCount({ name, count }: { name: string; count: number }): string {
  return count > 1 ? `${name} ×${count}` : name;
}

export function plural(count: number, word: string): string {
  return count === 1 ? word : `${word}s`;
}
