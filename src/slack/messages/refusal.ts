/** Why nothing was done: one sentence for each reason, in both languages, with what to do instead. */
import type { KnownBlock } from '@slack/types';
import type { Line, Prose } from '../../core/prose.ts';
import type { Language, Reader } from '../../core/reader.ts';
import type { Refusal } from '../../core/telling.ts';
import { LINKS } from '../actions.ts';
import { buttons, isSignInLink } from '../buttons.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';
import { verbatims } from '../verbatim.ts';
import { number } from '../words.ts';
import { type FixRefusal, fixRefusalLine, isFixRefusal } from './fix-refusal.ts';
import { insteadOfFix } from './instead-of-fix.ts';

export function refusalMessage(why: Refusal, reader: Reader): Message {
  const lines: Prose = [
    [mark(why), ...lineOf(why, reader.language)],
    ...(why.kind === 'no-such-place' ? insteadLines(why.instead, reader) : []),
  ];
  const code = why.kind === 'cannot-fix' ? (why.asCode ?? []) : [];
  return fitted(
    {
      text: lines,
      head: [paragraph('refusal', lines, reader)],
      // To be copied, each in its tool's own words.
      items: code.flatMap(({ text }, at) => verbatims(`code-${at}`, text).map((block) => [block])),
      tail: choices(why, reader),
      more: () => [INSTEAD[reader.language].allOfIt],
    },
    reader,
  );
}

/** A confirmation that is still to come is no refusal. */
const mark = (why: Refusal) => (why.kind === 'confirm-outside' ? '🔐 ' : '⛔ ');

function lineOf(why: Refusal, language: Language): Line {
  return isFixRefusal(why) ? fixRefusalLine(why, language) : SENTENCES[language](why);
}

/** What can be done instead, beneath the sentence. */
function choices(why: Refusal, reader: Reader): KnownBlock[] {
  if (why.kind === 'confirm-outside') {
    const label = INSTEAD[reader.language].confirm;
    const button = { actionId: LINKS.confirm, url: why.url, label, spoken: label };
    return isSignInLink(why.url) ? [buttons('confirm', [button])] : [];
  }
  const mended = why.kind === 'no-fix-for-this' || why.kind === 'cannot-fix';
  return mended ? insteadOfFix(why.finding, reader) : [];
}

type Instead = Extract<Refusal, { kind: 'no-such-place' }>['instead'];

/** What there is instead, the most alike first. */
function insteadLines(instead: Instead, { language }: Reader): Prose {
  const { accounts, ofAccounts, units, ofUnits, frameworks } = instead;
  const words = INSTEAD[language];
  const line = (name: string, of: number, some: string[]): Prose => {
    if (some.length === 0) return [];
    const left = of - some.length;
    const names = some.flatMap((one, at): Line => [at > 0 ? ', ' : '', { quote: one, max: 40 }]);
    return [[`${name} (${number(of)}): `, ...names, ...(left > 0 ? [words.more(left)] : [])]];
  };
  return [
    ...line(words.accounts, ofAccounts, accounts),
    ...line(words.units, ofUnits, units),
    ...line(words.frameworks, frameworks.length, frameworks.slice(0, 20)),
  ];
}

const INSTEAD = {
  en: {
    accounts: 'Accounts',
    units: 'OUs',
    frameworks: 'Frameworks',
    confirm: 'Sign in and confirm',
    allOfIt: 'The rest of it: trailwarden fix --plan',
    more: (n: number) => `, and ${number(n)} more`,
  },
  ko: {
    accounts: '계정',
    units: 'OU',
    frameworks: '프레임워크',
    confirm: '로그인하고 확인',
    allOfIt: '나머지: trailwarden fix --plan',
    more: (n: number) => ` 외 ${number(n)}개`,
  },
};

type OtherRefusal = Exclude<Refusal, FixRefusal>;

const SENTENCES: Record<Language, (why: OtherRefusal) => Line> = { en: english, ko: korean };

function english(why: OtherRefusal): Line {
  switch (why.kind) {
    case 'no-such-place':
      return [
        'No account, no OU and no framework is called ',
        { quote: why.said },
        '. Nothing was scanned.',
      ];
    case 'no-such-finding':
      return [
        'There is no finding ',
        { quote: why.finding },
        '. ',
        { quote: '/trail posture' },
        ' lists them all.',
      ];
    case 'could-not-read':
      return [
        'I could not read the present state, so I did not touch anything: ',
        { quote: why.reason, max: 300 },
      ];
    case 'answer-gone':
      return [
        'I no longer remember the answer that this button belongs to; answers are kept for 7 days. Ask the question again.',
      ];
    case 'no-answer-before':
      return [
        'I do not know which answer you mean: there is none before this one in this conversation. Reply in the thread of the answer, or ask the whole question.',
      ];
    case 'nothing-more':
      return [
        why.total === 1
          ? 'That was all: there is one event, and you have seen it.'
          : `That was all: there are ${number(why.total)} events, and they have been listed.`,
      ];
    case 'nothing-wider':
      return ['This was already searched as far back as my sources reach.'];
    case 'event-not-found':
      return [
        'I did not find the event ',
        { quote: why.eventID, max: 80 },
        ' again where it was recorded. ',
        ...someReasons(why.reasons, 'It may no longer be kept.'),
      ];
  }
}

function korean(why: OtherRefusal): Line {
  switch (why.kind) {
    case 'no-such-place':
      return [
        '이런 이름의 계정, OU, 프레임워크가 없습니다: ',
        { quote: why.said },
        '. 아무것도 점검하지 않았습니다.',
      ];
    case 'no-such-finding':
      return [
        '이런 발견 항목이 없습니다: ',
        { quote: why.finding },
        '. 전체 목록은 ',
        { quote: '/trail posture' },
        ' 명령으로 볼 수 있습니다.',
      ];
    case 'could-not-read':
      return [
        '현재 상태를 읽을 수 없어 아무것도 건드리지 않았습니다: ',
        { quote: why.ko ?? why.reason, max: 300 },
      ];
    case 'answer-gone':
      return [
        '이 버튼의 답을 더 이상 기억하지 못합니다. 답은 7일 동안 보관합니다. 다시 질문해 주세요.',
      ];
    case 'no-answer-before':
      return [
        '어느 답을 말씀하시는지 모르겠습니다. 이 대화에는 앞선 답이 없습니다. 답의 스레드에서 말씀하시거나 질문 전체를 다시 해 주세요.',
      ];
    case 'nothing-more':
      return [
        `더 보여 드릴 이벤트가 없습니다. 모두 ${number(why.total)}건이고 전부 보여 드렸습니다.`,
      ];
    case 'nothing-wider':
      return ['이미 볼 수 있는 가장 오래된 기록까지 찾아봤습니다.'];
    case 'event-not-found':
      return [
        '기록된 곳에서 이벤트를 다시 찾지 못했습니다: ',
        { quote: why.eventID, max: 80 },
        '. ',
        ...someReasons(why.reasons, '더 이상 보관되어 있지 않을 수 있습니다.'),
      ];
  }
}

/** Why it could not be seen, where that is known. */
function someReasons(reasons: string[], otherwise: string): Line {
  if (reasons.length === 0) return [otherwise];
  return reasons
    .slice(0, 3)
    .flatMap((reason, at): Line => [at > 0 ? ', ' : '', { quote: reason, max: 200 }]);
}
