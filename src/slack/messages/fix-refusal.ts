/** Why a fix was not proposed, not decided on or not taken back: one sentence for each reason. */
import { obstacleLine } from '../../core/fixes/obstacle-words.ts';
import type { Line } from '../../core/prose.ts';
import type { Language } from '../../core/reader.ts';
import type { Refusal } from '../../core/telling.ts';
import { sentence } from '../render.ts';
import { count, number } from '../words.ts';
import { stateWords } from './fix-states.ts';

const KINDS = [
  'no-such-fix',
  'no-fix-for-this',
  'cannot-fix',
  'finding-not-open',
  'finding-accepted',
  'not-an-approver',
  'own-request',
  'already-decided',
  'already-requested',
  'expired',
  'plan-changed',
  'plan-outdated',
  'cannot-undo',
  'frozen',
  'fixes-stopped',
  'too-many-fixes',
  'reason-required',
  'confirm-outside',
  'no-way-back',
  'approved-already',
] as const satisfies Refusal['kind'][];

export type FixRefusal = Extract<Refusal, { kind: (typeof KINDS)[number] }>;

export function isFixRefusal(why: Refusal): why is FixRefusal {
  return (KINDS as readonly string[]).includes(why.kind);
}

export function fixRefusalLine(why: FixRefusal, language: Language): Line {
  return language === 'ko' ? korean(why) : english(why);
}

const because = (reason: string | null): Line =>
  reason === null ? [] : [' (', { quote: reason, max: 300 }, ')'];

function english(why: FixRefusal): Line {
  switch (why.kind) {
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
    case 'plan-outdated':
      return [
        'It was planned by an earlier version of this bot, which did not bound the role that it makes. Nothing was changed; decline it and ask for the fix anew.',
      ];
    case 'cannot-undo':
      return ['There is no way back from here: the fix is ', stateWords(why.state, 'en'), '.'];
    case 'frozen':
      return [
        'Changes are frozen ',
        ...(why.until === null ? ['with no end in sight'] : ['until ', { at: why.until }]),
        ' (',
        { quote: why.reason, max: 300 },
        '). Nothing was changed; ask again after that.',
      ];
    case 'fixes-stopped':
      return [
        { strong: sentence(why.by.name, 80) },
        ' stopped all fixes at ',
        { at: why.at },
        ...because(why.reason),
        '. Nothing was changed. ',
        { quote: '/trail fixes start' },
        ' lets them go on.',
      ];
    case 'too-many-fixes':
      return why.next === null
        ? [
            `This changes ${count(why.asked, 'thing')}, and no more than ${number(why.perHour)} are changed in an hour, so it could never be approved. Nothing was changed; ask for fewer at a time, or have `,
            { quote: 'fixes.perHour' },
            ' raised.',
          ]
        : [
            `No more than ${number(why.perHour)} fixes are applied in an hour; ${number(why.left)} of them ${why.left === 1 ? 'is' : 'are'} left and this one needs ${number(why.asked)}. Nothing was changed; it may be approved from `,
            { at: why.next },
            '.',
          ];
    case 'reason-required':
      return ['A fix of this class needs a reason. Nothing was changed; the request stays open.'];
    case 'confirm-outside':
      return [
        'Your approval does not count yet. Sign in to your organization behind the button and confirm it there, before ',
        { at: why.expiresAt },
        '. The link works once, and for you alone.',
      ];
    case 'no-way-back':
      return ['There is no way back: ', { quote: why.why.en, max: 400 }, ' Nothing was changed.'];
    case 'approved-already':
      return [
        'You have approved this already. It needs another person beside you; the request stays open.',
      ];
  }
}

function korean(why: FixRefusal): Line {
  switch (why.kind) {
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
    case 'plan-outdated':
      return [
        '이 봇의 이전 버전이 만든 계획이며, 새로 만들 역할에 권한 경계가 없습니다. 아무것도 바꾸지 않았습니다. 거절한 뒤 수정을 다시 요청해 주세요.',
      ];
    case 'cannot-undo':
      return ['여기서는 되돌릴 수 없습니다. 수정 상태: ', stateWords(why.state, 'ko'), '.'];
    case 'frozen':
      return [
        '변경이 동결된 기간입니다. 해제: ',
        why.until === null ? '미정' : { at: why.until },
        ', 사유: ',
        { quote: why.reason, max: 300 },
        '. 아무것도 바꾸지 않았습니다. 해제된 뒤에 다시 요청해 주세요.',
      ];
    case 'fixes-stopped':
      return [
        { strong: sentence(why.by.name, 80) },
        ' 님이 모든 수정을 중지했습니다: ',
        { at: why.at },
        ...because(why.reason),
        '. 아무것도 바꾸지 않았습니다. ',
        { quote: '/trail fixes start' },
        ' 명령으로 재개할 수 있습니다.',
      ];
    case 'too-many-fixes':
      return why.next === null
        ? [
            `대상이 ${number(why.asked)}건인데 한 시간에 ${number(why.perHour)}건까지만 적용하므로 승인할 수 없는 요청입니다. 아무것도 바꾸지 않았습니다. 나누어 요청하거나 `,
            { quote: 'fixes.perHour' },
            ' 값을 늘려 주세요.',
          ]
        : [
            `한 시간에 ${number(why.perHour)}건까지만 적용합니다. 지금 남은 것은 ${number(why.left)}건, 이 요청의 대상은 ${number(why.asked)}건입니다. 아무것도 바꾸지 않았습니다. 승인 가능 시각: `,
            { at: why.next },
            '.',
          ];
    case 'reason-required':
      return [
        '이 등급의 수정에는 사유가 필요합니다. 아무것도 바꾸지 않았고, 요청은 그대로 열려 있습니다.',
      ];
    case 'confirm-outside':
      return [
        '아직 승인으로 인정되지 않았습니다. 아래 버튼을 눌러 회사 계정으로 로그인한 뒤 확인해 주세요. 기한: ',
        { at: why.expiresAt },
        '. 링크는 본인만 한 번 사용할 수 있습니다.',
      ];
    case 'no-way-back':
      return [
        '되돌릴 수 없습니다: ',
        { quote: why.why.ko, max: 400 },
        ' 아무것도 바꾸지 않았습니다.',
      ];
    case 'approved-already':
      return ['이미 승인하셨습니다. 다른 사람의 승인이 더 필요하며, 요청은 그대로 열려 있습니다.'];
  }
}
