/** “Show more”: the next events of a list, one line each. */
import type { KnownBlock, RichTextBlock } from '@slack/types';
import type { AnswerEvent } from '../../core/evidence/answer.ts';
import { chaptersOf } from '../../core/evidence/tell.ts';
import { PROOF } from '../../core/evidence/tell-words.ts';
import type { Line } from '../../core/prose.ts';
import type { Telling } from '../../core/telling.ts';
import { ANSWER_ACTIONS, carriedPlan } from '../actions.ts';
import { buttons, menu } from '../buttons.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, note } from '../render.ts';
import { number } from '../words.ts';
import { type Asker, coverageNotes, questionLine } from './answer.ts';
import { CHOICES } from './answer-buttons.ts';

export function eventsMessage(
  { answer, events, from }: Extract<Telling, { kind: 'events' }>,
  asker: Asker,
): Message {
  const words = WORDS[answer.lang];
  const to = from + events.length;
  const head: Line = [words.shown(number(from + 1), number(to), number(answer.total))];
  const { planHash } = answer;
  const value = (rest: string) => carriedPlan(planHash ?? '', rest);
  const choices = events.slice(0, CHOICES).map(({ eventID, eventName }, at) => ({
    value: value(eventID),
    label: `${from + at + 1}. ${eventName}`,
  }));
  const more = { actionId: ANSWER_ACTIONS.listEvents, value: value(String(to)) };
  return fitted(
    {
      text: [head],
      head: [note('question', [questionLine(answer, asker), head], asker)],
      items: events.map((event, at): KnownBlock[] => [line(event, from + at, asker)]),
      tail: [
        // Searched again, and what is seen may have changed since the page before.
        ...coverageNotes(chaptersOf(answer).coverage, asker),
        ...(planHash
          ? [
              buttons(
                'actions',
                to < answer.total ? [{ ...more, label: words.more, spoken: words.moreSpoken }] : [],
                menu(ANSWER_ACTIONS.chooseEvent, words.choose, choices),
              ),
            ]
          : []),
      ],
      overflow: 'thread',
    },
    asker,
  );
}

function line(event: AnswerEvent, at: number, asker: Asker): RichTextBlock {
  const { eventTime, person, eventName, outcome, resources, account, region, eventID } = event;
  const ko = asker.language === 'ko';
  return bullets(
    `event-${at}`,
    null,
    [
      [
        `${at + 1}. `,
        eventTime === null ? (ko ? '시각 없음' : 'no time recorded') : { at: eventTime },
        ' · ',
        { quote: person.name, max: 80 },
        ` (${PROOF[person.proof][ko ? 'ko' : 'en']}) · `,
        { quote: eventName, max: 80 },
        ...(outcome === 'ok' ? [] : [' ✗ ', { quote: outcome, max: 60 }]),
        ...(resources[0] === undefined ? [] : [' · ', { quote: resources[0], max: 120 }]),
        ' · ',
        { quote: `${account || '?'} ${region || '?'} ${eventID}`, max: 100 },
      ],
    ],
    asker,
  );
}

const WORDS = {
  en: {
    shown: (from: string, to: string, of: string) => `Events ${from} to ${to} of ${of}`,
    more: 'Show more',
    moreSpoken: 'List the next events',
    choose: 'Show an event…',
  },
  ko: {
    shown: (from: string, to: string, of: string) => `이벤트 ${of}건 중 ${from}~${to}번째`,
    more: '더 보기',
    moreSpoken: '다음 이벤트 보기',
    choose: '이벤트 보기…',
  },
};
