import type { Check } from '../core/doctor.ts';
import type { Line, Prose } from '../core/prose.ts';

const SIGN = { ok: '✓', warning: '!', failed: '✗', 'not-checked': '?' } as const;
const WORD = {
  ok: 'ok',
  warning: 'warning',
  failed: 'failed',
  'not-checked': 'not checked',
} as const;

/** One line a check, and under each that is not well what to do next. */
export function doctorProse(checks: Check[]): Prose {
  return checks.flatMap(({ name, status, detail, remedy }): Line[] => [
    [
      `${SIGN[status]} ${WORD[status].padEnd(11)} `,
      { strong: name },
      ': ',
      { quote: detail, max: 300 },
    ],
    ...(remedy ? [['              → ', { quote: remedy, max: 400 }] satisfies Line] : []),
  ]);
}
