/** Why nothing was done: one sentence for each reason, in both languages, with what to do instead. */
import { obstacleLine } from '../../core/fixes/obstacle-words.ts';
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import type { Refusal } from '../../core/telling.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph, sentence } from '../render.ts';
import { number } from '../words.ts';
import { stateWords } from './fix-states.ts';

export function refusalMessage(why: Refusal, reader: Reader): Message {
  const lines: Prose = [
    ['⛔ ', ...SENTENCES[reader.language](why)],
    ...(why.kind === 'no-such-place' ? insteadLines(why.instead, reader) : []),
  ];
  return fitted({ text: lines, head: [paragraph('refusal', lines, reader)] }, reader);
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
    more: (n: number) => `, and ${number(n)} more`,
  },
  ko: {
    accounts: '계정',
    units: 'OU',
    frameworks: '프레임워크',
    more: (n: number) => ` 외 ${number(n)}개`,
  },
};

const SENTENCES: Record<Reader['language'], (why: Refusal) => Line> = { en: english, ko: korean };

function english(why: Refusal): Line {
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
    case 'no-such-fix':
      return ['There is no request ', { quote: why.fix }, ' (any more). Propose the fix again.'];
    case 'no-fix-for-this':
      return [
        'For ',
        { quote: why.check },
        ' (finding ',
        { quote: why.finding },
        ') I have no automatic fix; it must be mended by hand.',
      ];
    case 'cannot-fix':
      return obstacleLine(why.obstacle, 'en');
    case 'finding-not-open':
      return [
        'Finding ',
        { quote: why.finding },
        ' is not open: its status is now ',
        { quote: why.status },
        '. Nothing was changed.',
      ];
    case 'finding-accepted':
      return [
        'Finding ',
        { quote: why.finding },
        ' is accepted until ',
        { quote: why.expires },
        ' by ',
        { quote: why.owner },
        ' (',
        { quote: why.reason, max: 300 },
        '), so no fix is offered. Whoever wants it mended takes the exception back first.',
      ];
    case 'not-an-approver':
      return [
        'Only members of ',
        { strong: sentence(why.approvers, 100) },
        ' may decide. Nothing was changed; the request stays open.',
      ];
    case 'own-request':
      return [
        'This is your own request, so somebody else has to approve it. Nothing was changed; the request stays open.',
      ];
    case 'already-decided':
      return [
        'Too late: ',
        { strong: sentence(why.by.name, 80) },
        ' was first, at ',
        { at: why.at },
        '. The request is ',
        stateWords(why.state, 'en'),
        '.',
      ];
    case 'already-requested':
      return [
        { strong: sentence(why.by.name, 80) },
        ' has already requested this fix (',
        { quote: why.fix },
        '). It waits for approval.',
      ];
    case 'expired':
      return [
        'This request expired at ',
        { at: why.at },
        '. Nothing was changed; propose the fix again.',
      ];
    case 'plan-changed':
      return [
        'The plan is not the one that this button was made for. Nothing was changed; look at the newest message and decide there.',
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
      return [`That was all: there are ${number(why.total)} events, and they have been listed.`];
    case 'nothing-wider':
      return ['This was already searched as far back as my sources reach.'];
    case 'event-not-found':
      return [
        'I did not find the event ',
        { quote: why.eventID, max: 80 },
        ' again where it was recorded. ',
        ...someReasons(why.reasons, 'It may no longer be kept.'),
      ];
    case 'cannot-undo':
      return ['There is no way back from here: the fix is ', stateWords(why.state, 'en'), '.'];
  }
}

function korean(why: Refusal): Line {
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
    case 'no-such-fix':
      return [
        '이런 요청이 (더 이상) 없습니다: ',
        { quote: why.fix },
        '. 수정을 다시 제안해 주세요.',
      ];
    case 'no-fix-for-this':
      return [
        '자동 수정이 없는 점검입니다: ',
        { quote: why.check },
        ' (항목 ',
        { quote: why.finding },
        '). 직접 고쳐야 합니다.',
      ];
    case 'cannot-fix':
      return obstacleLine(why.obstacle, 'ko');
    case 'finding-not-open':
      return [
        '열려 있지 않은 항목입니다: ',
        { quote: why.finding },
        ', 지금 상태는 ',
        { quote: why.status },
        '. 아무것도 바꾸지 않았습니다.',
      ];
    case 'finding-accepted':
      return [
        '한시적으로 수용한 항목입니다: ',
        { quote: why.finding },
        ', 담당 ',
        { quote: why.owner },
        ', 기한 ',
        { quote: why.expires },
        ', 사유: ',
        { quote: why.reason, max: 300 },
        '. 그래서 수정을 제안하지 않습니다. 고치려면 먼저 예외를 철회하세요.',
      ];
    case 'not-an-approver':
      return [
        '결정할 수 있는 사람은 ',
        { strong: sentence(why.approvers, 100) },
        ' 구성원뿐입니다. 아무것도 바꾸지 않았고, 요청은 그대로 열려 있습니다.',
      ];
    case 'own-request':
      return [
        '본인이 요청한 수정이므로 다른 사람이 승인해야 합니다. 아무것도 바꾸지 않았고, 요청은 그대로 열려 있습니다.',
      ];
    case 'already-decided':
      return [
        '이미 결정되었습니다: ',
        { strong: sentence(why.by.name, 80) },
        ' 님, ',
        { at: why.at },
        '. 요청 상태: ',
        stateWords(why.state, 'ko'),
        '.',
      ];
    case 'already-requested':
      return [
        { strong: sentence(why.by.name, 80) },
        ' 님이 이미 요청한 수정입니다 (',
        { quote: why.fix },
        '). 승인을 기다리고 있습니다.',
      ];
    case 'expired':
      return [
        '요청이 만료되었습니다: ',
        { at: why.at },
        '. 아무것도 바꾸지 않았으니 수정을 다시 제안해 주세요.',
      ];
    case 'plan-changed':
      return [
        '이 버튼이 만들어졌을 때의 계획과 다릅니다. 아무것도 바꾸지 않았으니 가장 최근 메시지에서 결정해 주세요.',
      ];
    case 'could-not-read':
      return [
        '현재 상태를 읽을 수 없어 아무것도 건드리지 않았습니다: ',
        { quote: why.reason, max: 300 },
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
    case 'cannot-undo':
      return ['여기서는 되돌릴 수 없습니다. 수정 상태: ', stateWords(why.state, 'ko'), '.'];
  }
}

/** Why it could not be seen, where that is known. */
function someReasons(reasons: string[], otherwise: string): Line {
  if (reasons.length === 0) return [otherwise];
  return reasons
    .slice(0, 3)
    .flatMap((reason, at): Line => [at > 0 ? ', ' : '', { quote: reason, max: 200 }]);
}
