/** What waits for the asker's yes, what they asked for, and what was done. */
import type { KnownBlock } from '@slack/types';
import type { FixRecord } from '../../core/fixes/fix.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph, sentence } from '../render.ts';
import { number } from '../words.ts';
import { stateMark, stateWords } from './fix-states.ts';

export type ToldFixes = { waiting: FixRecord[]; asked: FixRecord[]; done: FixRecord[] };

/** Past this many of a list the rest is counted. */
const SHOWN = 10;

export function fixesMessage(told: ToldFixes, reader: Reader): Message {
  const words = WORDS[reader.language];
  const lists = (['waiting', 'asked', 'done'] as const).map((list) => ({
    title: words[list],
    fixes: told[list],
  }));
  const counted = lists.map(({ title, fixes }) => `${title}: ${number(fixes.length)}`).join(' · ');
  const first = told.waiting[0];
  return fitted(
    {
      text: [[`${counted}. `, ...(first ? fixLine(first, reader) : [])]],
      head: [heading('title', words.title)],
      items: lists.map(({ title, fixes }, at): KnownBlock[] => {
        const intro: Line = [{ strong: `${title} (${number(fixes.length)})` }];
        return fixes.length === 0
          ? [paragraph(`fixes-${at}`, [[...intro, ` ${words.none}`]], reader)]
          : [bullets(`fixes-${at}`, intro, shortened(fixes, reader), reader)];
      }),
      tail: [note('how', [words.how], reader)],
    },
    reader,
  );
}

function shortened(fixes: FixRecord[], reader: Reader): Prose {
  const left = fixes.length - SHOWN;
  const lines = fixes.slice(0, SHOWN).map((fix) => fixLine(fix, reader));
  return left > 0 ? [...lines, [WORDS[reader.language].more(number(left))]] : lines;
}

/** `📝 waiting for approval (1 of 2) · lock-objects · bora-trail-logs in 222233334444 · by Alice Kim · until … · fix-7`. */
function fixLine(fix: FixRecord, reader: Reader): Line {
  const words = WORDS[reader.language];
  const { plan, state } = fix;
  const { needed = 1, approvals = [] } = fix;
  const given = state === 'proposed' && needed > 1 ? words.given(approvals.length, needed) : '';
  const when: Line =
    state === 'proposed'
      ? [words.until, { at: fix.expiresAt }]
      : fix.finishedAt
        ? [' · ', { at: fix.finishedAt }]
        : [];
  return [
    `${stateMark(state)} ${stateWords(state, reader.language)}${given} · `,
    { strong: `${plan.direction === 'back' ? words.back : ''}${sentence(plan.fix, 60)}` },
    ' · ',
    { quote: plan.resource, max: 100 },
    words.inAccount,
    { quote: plan.account, max: 20 },
    ` · ${words.by} `,
    { quote: fix.requestedBy.name, max: 60 },
    ...when,
    ' · ',
    { quote: fix.id, max: 60 },
  ];
}

const WORDS = {
  en: {
    title: 'Fixes',
    waiting: 'Waiting for your approval',
    asked: 'You asked for',
    done: 'Done lately',
    none: 'none',
    more: (n: string) => `and ${n} more`,
    given: (n: number, of: number) => ` (${n} of ${of})`,
    until: ' · until ',
    by: 'asked by',
    back: 'way back of ',
    inAccount: ' in account ',
    how: [
      'Decide in the message of the request. ',
      { quote: '/trail fix <finding>' },
      ' asks for a fix; ',
      { quote: '/trail fixes stop' },
      ' stops all of them.',
    ] as Line,
  },
  ko: {
    title: '수정 목록',
    waiting: '내 승인을 기다리는 요청',
    asked: '내가 요청한 수정',
    done: '최근에 끝난 수정',
    none: '없음',
    more: (n: string) => `그 외 ${n}건`,
    given: (n: number, of: number) => ` (${of}명 중 ${n}명)`,
    until: ' · 만료 ',
    by: '요청',
    back: '되돌리기 ',
    inAccount: ' · 계정 ',
    how: [
      '결정은 요청 메시지에서 합니다. 수정 요청은 ',
      { quote: '/trail fix <finding>' },
      ', 전체 중지는 ',
      { quote: '/trail fixes stop' },
      '.',
    ] as Line,
  },
};
