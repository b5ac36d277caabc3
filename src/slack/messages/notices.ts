/** Short notices to a channel: a finding that sleeps, fixes stopped and started, the head of the audit log. */
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import type { Telling } from '../../core/telling.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';
import { number } from '../words.ts';

export type Notice = Extract<
  Telling,
  { kind: 'snoozed' | 'fixes-stopped' | 'fixes-started' | 'checkpoint' }
>;

export function noticeMessage(notice: Notice, reader: Reader): Message {
  const lines = reader.language === 'ko' ? korean(notice) : english(notice);
  return fitted({ text: lines, head: [paragraph('notice', lines, reader)] }, reader);
}

const because = (reason: string | null): Line =>
  reason === null ? [] : [': ', { quote: reason, max: 300 }];

function english(notice: Notice): Prose {
  switch (notice.kind) {
    case 'snoozed':
      return [
        [
          '😴 ',
          { member: notice.by.slackId },
          ' snoozed finding ',
          { quote: notice.finding, max: 40 },
          ' until ',
          { at: notice.until },
          '. It is still wrong, and still counted in every scan; the digest does not repeat it before.',
        ],
      ];
    case 'fixes-stopped':
      return [
        [
          '🛑 ',
          { member: notice.by.slackId },
          ' stopped all fixes at ',
          { at: notice.at },
          ...because(notice.reason),
          '.',
        ],
        [
          'Nothing is applied until somebody starts them again: ',
          { quote: '/trail fixes start' },
          '. Scans and questions go on.',
        ],
      ];
    case 'fixes-started':
      return [
        [
          '▶️ ',
          { member: notice.by.slackId },
          ' started fixes again at ',
          { at: notice.at },
          ...because(notice.reason),
          '. Requests that are still open can be approved.',
        ],
      ];
    case 'checkpoint':
      return [
        [
          '🔏 Checkpoint of the audit log at ',
          { at: notice.at },
          `: ${number(notice.entries)} entries, none changed.`,
        ],
        [
          'To prove it later: ',
          { quote: `trailwarden audit verify --checkpoint ${notice.seq}:${notice.hash}`, max: 140 },
        ],
      ];
  }
}

function korean(notice: Notice): Prose {
  switch (notice.kind) {
    case 'snoozed':
      return [
        [
          '😴 ',
          { member: notice.by.slackId },
          ' 님이 항목 ',
          { quote: notice.finding, max: 40 },
          ' 알림을 미뤘습니다. 기한: ',
          { at: notice.until },
          '. 문제는 그대로이고 점검에도 계속 집계되지만, 그때까지 요약에서 반복하지 않습니다.',
        ],
      ];
    case 'fixes-stopped':
      return [
        [
          '🛑 ',
          { member: notice.by.slackId },
          ' 님이 모든 수정을 중지했습니다: ',
          { at: notice.at },
          ...because(notice.reason),
        ],
        [
          '다시 시작할 때까지 아무것도 적용하지 않습니다: ',
          { quote: '/trail fixes start' },
          '. 점검과 질문은 계속됩니다.',
        ],
      ];
    case 'fixes-started':
      return [
        [
          '▶️ ',
          { member: notice.by.slackId },
          ' 님이 수정을 다시 시작했습니다: ',
          { at: notice.at },
          ...because(notice.reason),
          '. 아직 열려 있는 요청은 승인할 수 있습니다.',
        ],
      ];
    case 'checkpoint':
      return [
        [
          '🔏 감사 로그 체크포인트 ',
          { at: notice.at },
          `: 항목 ${number(notice.entries)}건, 변경된 것 없음.`,
        ],
        [
          '나중에 증명하려면: ',
          { quote: `trailwarden audit verify --checkpoint ${notice.seq}:${notice.hash}`, max: 140 },
        ],
      ];
  }
}
