/** Words that several messages share, in both languages. */

import type { Severity } from '../core/posture/finding.ts';
import type { Line } from '../core/prose.ts';
import type { Language } from '../core/reader.ts';

const SEVERITIES: Record<Severity, { mark: string; en: string; ko: string }> = {
  critical: { mark: '🔴', en: 'Critical', ko: '심각' },
  high: { mark: '🟠', en: 'High', ko: '높음' },
  medium: { mark: '🟡', en: 'Medium', ko: '중간' },
  low: { mark: '🔵', en: 'Low', ko: '낮음' },
  info: { mark: '⚪', en: 'Info', ko: '참고' },
};

/** `🟠 High`: the word always stands beside the colour. */
export function severityWords(severity: Severity, language: Language): string {
  const { mark, [language]: word } = SEVERITIES[severity];
  return `${mark} ${word}`;
}

/** `3 findings`, `1 finding`; Korean counts without a plural. */
export function count(n: number, one: string, many = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export function number(n: number): string {
  return n.toLocaleString('en-US');
}

/** Said in every message that shows a simulated organization. */
export function simulatedLine(language: Language): Line {
  return [
    language === 'ko'
      ? '🧪 모의 조직입니다. 실제 AWS 계정이 아닙니다.'
      : '🧪 Simulated organization: no real AWS account is shown or changed.',
  ];
}

/** `12 of 14 accounts seen · 1 closed account was not asked`: closed accounts refuse every call. */
export function seenWords(seen: number, of: number, closed: number, language: Language): string {
  if (language === 'ko') {
    const unasked = closed > 0 ? ` · 해지된 계정 ${number(closed)}개는 조회하지 않음` : '';
    return `계정 ${number(of)}개 중 ${number(seen)}개 확인${unasked}`;
  }
  const unasked =
    closed > 0
      ? ` · ${count(closed, 'closed account')} ${closed === 1 ? 'was' : 'were'} not asked`
      : '';
  return `${number(seen)} of ${count(of, 'account')} seen${unasked}`;
}
