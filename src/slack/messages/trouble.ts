/** Something broke: what failed, whether anything was changed, and the number to find it by in the log. */
import type { Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';

export type Trouble = { what: string; correlation: string; changed?: 'unknown' };

export function troubleMessage({ what, correlation, changed }: Trouble, reader: Reader): Message {
  const words = WORDS[reader.language];
  const prose: Prose = [
    [{ strong: changed === 'unknown' ? words.unknown : words.unchanged }],
    [words.cause, { quote: what, max: 300 }],
    [changed === 'unknown' ? words.look : words.again, { quote: correlation }],
  ];
  return fitted({ text: prose, head: [paragraph('trouble', prose, reader)] }, reader);
}

const WORDS = {
  en: {
    unchanged: '❌ That failed. Nothing was changed.',
    unknown: '❌ That failed, and I cannot say whether anything was changed.',
    cause: 'What went wrong: ',
    again: 'Try again; if it stays, give your administrator this number: ',
    look: 'Look at the resource before you try again. The number for your administrator: ',
  },
  ko: {
    unchanged: '❌ 실패했습니다. 아무것도 바뀌지 않았습니다.',
    unknown: '❌ 실패했습니다. 바뀐 것이 있는지 확인할 수 없습니다.',
    cause: '원인: ',
    again: '다시 시도해 보고, 계속되면 관리자에게 이 번호를 알려 주세요: ',
    look: '다시 시도하기 전에 리소스 상태를 확인해 주세요. 관리자에게 알려 줄 번호: ',
  },
};
