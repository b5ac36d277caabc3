/** What can be done with an answer: look closer, ask wider, take it along. Each button carries ids only. */
import type { ActionsBlock } from '@slack/types';
import type { Answer, AnswerEvent } from '../../core/evidence/answer.ts';
import { hashOf } from '../../core/hash.ts';
import { clock } from '../../core/prose.ts';
import type { Plan } from '../../core/questions/plan.ts';
import { LOOKUP_DAYS, wider } from '../../core/questions/widen.ts';
import type { Reader } from '../../core/reader.ts';
import { ANSWER_ACTIONS, carriedPlan, READINGS } from '../actions.ts';
import { type ButtonWords, buttons, menu } from '../buttons.ts';

/** Slack takes 25 elements in one block; nobody reads so many. */
export function answerButtons(answer: Answer, reader: Reader): ActionsBlock[] {
  const words = WORDS[answer.lang];
  if (answer.verdict === 'unclear') return readings(answer);
  const { plan } = answer.understood;
  const { planHash } = answer;
  if (!plan || !planHash) return [];
  const button = (
    actionId: string,
    { label, spoken }: { label: string; spoken: string },
    rest?: string,
  ): ButtonWords => ({ actionId, value: carriedPlan(planHash, rest), label, spoken });
  const { again, showPlan, exportEvents, showEvent } = ANSWER_ACTIONS;
  const searches = ['search', 'count', 'event'].includes(plan.shape);
  const [first, ...others] = answer.events;
  const choices = answer.events
    .slice(0, CHOICES)
    .map((event) => ({ value: carriedPlan(planHash, event.eventID), label: named(event, reader) }));
  return [
    buttons(
      'actions',
      [
        ...(first && others.length === 0
          ? [button(showEvent, words.showEvent, first.eventID)]
          : []),
        ...(searches ? wideningButtons(plan, answer, button) : []),
        ...(searches && answer.total > 0 ? [button(exportEvents, words.exportEvents)] : []),
        button(again, words.again),
        button(showPlan, words.showPlan),
      ],
      ...(others.length > 0 ? [menu(ANSWER_ACTIONS.chooseEvent, words.chooseEvent, choices)] : []),
    ),
  ];
}

/** Of more, “Show more” lists them. A menu costs as much room as the evidence that it would push out. */
export const CHOICES = 10;

type Make = (
  actionId: string,
  words: { label: string; spoken: string },
  rest?: string,
) => ButtonWords;

/** Only what would change something: nobody presses “all accounts” where all were searched. */
function wideningButtons(plan: Plan, { lang, coverage, events, total }: Answer, make: Make) {
  const words = WORDS[lang];
  // An archive may reach further back than LookupEvents; how far, the press will tell.
  const further = coverage.sources.some((source) => source !== 'LookupEvents');
  const long = Date.parse(plan.time.to) - Date.parse(plan.time.from) >= LOOKUP_DAYS * 86_400_000;
  const wide = plan.shape === 'event' || (long && !further);
  return [
    ...(total > events.length ? [make(ANSWER_ACTIONS.listEvents, words.listEvents, '0')] : []),
    ...(wide || (!further && wider(plan, plan.time.to) === null)
      ? []
      : [make(ANSWER_ACTIONS.wider, words.wider)]),
    ...(plan.accounts === 'all' ? [] : [make(ANSWER_ACTIONS['all-accounts'], words.allAccounts)]),
    ...(plan.regions === 'all' ? [] : [make(ANSWER_ACTIONS['all-regions'], words.allRegions)]),
    ...(plan.outcome === 'ok' ? [make(ANSWER_ACTIONS['any-outcome'], words.anyOutcome)] : []),
  ];
}

/** One button for each reading, called by its number; what it means stands beside that number above. */
function readings({ readings: all = [], lang }: Answer): ActionsBlock[] {
  const words = WORDS[lang];
  const choices = all.slice(0, READINGS.length).map(({ plan, echo }, at) => ({
    actionId: READINGS[at] ?? '',
    value: carriedPlan(hashOf(plan)),
    label: words.reading(at + 1),
    spoken: `${at + 1}: ${echo}`,
  }));
  return choices.length > 0 ? [buttons('readings', choices)] : [];
}

function named({ eventTime, eventName, person }: AnswerEvent, { timeZone }: Reader): string {
  const at = eventTime === null ? '' : `${clock(eventTime, timeZone).slice(5, 19)} `;
  return `${at}${eventName} ${person.name}`;
}

const WORDS = {
  en: {
    showEvent: { label: 'Show event', spoken: 'Show the event as it was recorded' },
    chooseEvent: 'Show an event…',
    listEvents: { label: 'Show more', spoken: 'List all events, page by page' },
    wider: { label: 'Widen time', spoken: 'Ask again over a longer time' },
    allAccounts: { label: 'All accounts', spoken: 'Ask again in all accounts' },
    allRegions: { label: 'All regions', spoken: 'Ask again in all regions' },
    anyOutcome: { label: 'Include denied', spoken: 'Ask again with denied and failed calls' },
    exportEvents: { label: 'Export CSV', spoken: 'Export all events as CSV' },
    again: { label: 'Run again', spoken: 'Ask the same again' },
    showPlan: { label: 'Exact query', spoken: 'Show the question in its exact form' },
    reading: (at: number) => `Choose ${at}`,
  },
  ko: {
    showEvent: { label: '이벤트 보기', spoken: '기록된 이벤트 보기' },
    chooseEvent: '이벤트 보기…',
    listEvents: { label: '더 보기', spoken: '모든 이벤트를 나눠서 보기' },
    wider: { label: '기간 늘리기', spoken: '더 긴 기간으로 다시 찾기' },
    allAccounts: { label: '모든 계정', spoken: '모든 계정에서 다시 찾기' },
    allRegions: { label: '모든 리전', spoken: '모든 리전에서 다시 찾기' },
    anyOutcome: { label: '거부 포함', spoken: '거부되거나 실패한 호출도 포함해서 다시 찾기' },
    exportEvents: { label: 'CSV 내보내기', spoken: '모든 이벤트를 CSV로 내보내기' },
    again: { label: '다시 찾기', spoken: '같은 질문 다시 하기' },
    showPlan: { label: '정확한 질문', spoken: '질문을 정확한 형식으로 보기' },
    reading: (at: number) => `${at}번 선택`,
  },
};
