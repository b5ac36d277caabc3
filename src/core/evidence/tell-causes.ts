import type { Line, Prose } from '../prose.ts';
import { harmless, withInstants } from '../prose.ts';
import type { Cause } from './answer.ts';

/** How many steps back are told; chains are seldom longer than three. */
const STEPS = 8;

/** What set a call off, step by step; each says whether an event proves it or the record only implies it. */
export function tellCauses(causes: Cause[], ko: boolean): Prose {
  if (causes.length === 0) return [];
  const steps = causes.slice(0, STEPS).map((cause, at): Line => {
    const proof = cause.proven ? (ko ? '증명됨' : 'proven') : ko ? '추정' : 'implied, not proven';
    return [
      `${at + 1}. `,
      // A sentence of ours with names from records in it: running text, made harmless, times in the reader's zone.
      ...withInstants(ko ? cause.ko : cause.en, (part) => harmless(part, 600)),
      ` (${proof}`,
      ...(cause.eventID ? [ko ? ', 이벤트 ' : ', event ', { quote: cause.eventID }] : []),
      ')',
    ];
  });
  const left = causes.length - STEPS;
  return [
    [{ strong: ko ? '원인:' : 'What set it off:' }],
    ...steps,
    ...(left > 0 ? [[ko ? `… 그 밖에 ${left}단계` : `… and ${left} more steps`]] : []),
  ];
}
