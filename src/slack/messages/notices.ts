/** Short notices to a channel: a finding that sleeps, fixes stopped and started, the head of the audit log. */
import type { Line, Prose, Span } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import type { Telling } from '../../core/telling.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';
import { number } from '../words.ts';

export type Notice = Extract<
  Telling,
  { kind: 'snoozed' | 'fixes-stopped' | 'fixes-started' | 'checkpoint' | 'audit-broken' }
>;

export function noticeMessage(notice: Notice, reader: Reader): Message {
  const lines = reader.language === 'ko' ? korean : english;
  // Heard is the name; seen is the mention.
  const [heard, seen] =
    'by' in notice ? [{ quote: notice.by.name, max: 60 }, { member: notice.by.slackId }] : ['', ''];
  return fitted(
    { text: lines(notice, heard), head: [paragraph('notice', lines(notice, seen), reader)] },
    reader,
  );
}

const because = (reason: string | null): Line =>
  reason === null ? [] : [': ', { quote: reason, max: 300 }];

function english(notice: Notice, who: Span): Prose {
  switch (notice.kind) {
    case 'snoozed':
      return [
        [
          '😴 ',
          who,
          ' snoozed finding ',
          { quote: notice.finding, max: 40 },
          ' until ',
          { at: notice.until },
          '. It is still wrong, and still counted in every scan; the digest does not repeat it before.',
        ],
      ];
    case 'fixes-stopped':
      return [
        ['🛑 ', who, ' stopped all fixes at ', { at: notice.at }, ...because(notice.reason), '.'],
        [
          'Nothing is applied until somebody starts them again: ',
          { quote: '/trail fixes start' },
          '. Scans and questions go on.',
        ],
      ];
    case 'fixes-started':
      return [
        [
          '🟢 ',
          who,
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
    case 'audit-broken':
      return [
        [
          '🚨 ',
          {
            strong: `The audit log does not hold: it is broken at entry ${number(notice.brokenAt)}`,
          },
          ', as of ',
          { at: notice.at },
          '. Somebody who can write its file has changed it, or the file is damaged.',
        ],
        [
          'Stop the fixes (',
          { quote: '/trail fixes stop', max: 40 },
          '), keep the file as evidence, and look at it with ',
          { quote: 'trailwarden audit verify', max: 60 },
          '.',
        ],
      ];
  }
}

function korean(notice: Notice, who: Span): Prose {
  switch (notice.kind) {
    case 'snoozed':
      return [
        [
          '😴 ',
          who,
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
          who,
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
          '🟢 ',
          who,
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
    case 'audit-broken':
      return [
        [
          '🚨 ',
          {
            strong: `감사 로그가 손상되었습니다: ${number(notice.brokenAt)}번 항목부터 맞지 않습니다`,
          },
          '. 확인 시각: ',
          { at: notice.at },
          '. 파일에 쓸 수 있는 누군가가 내용을 바꾸었거나 파일이 손상된 것입니다.',
        ],
        [
          '수정을 중지하고(',
          { quote: '/trail fixes stop', max: 40 },
          '), 파일을 증거로 보관한 다음 ',
          { quote: 'trailwarden audit verify', max: 60 },
          ' 명령으로 확인하세요.',
        ],
      ];
  }
}
