/** How far a job is: one short line that is edited in place and replaced by what the job tells in the end. */
import type { Line } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';
import { number } from '../words.ts';

export type Progress = {
  doing: 'scanning' | 'searching';
  done: number;
  of: number;
  secondsLeft?: number;
};

export function progressMessage(
  { doing, done, of, secondsLeft }: Progress,
  reader: Reader,
): Message {
  const words = WORDS[reader.language];
  const left = secondsLeft === undefined ? '' : ` · ${words.left(timeWords(secondsLeft, words))}`;
  const far = of === 0 ? words[doing].begins : words[doing].far(number(done), number(of));
  const line: Line = [`${far}${left}`];
  return fitted({ text: [line], head: [paragraph('progress', [line], reader)] }, reader);
}

const WORDS = {
  en: {
    scanning: {
      begins: '⏳ Scanning',
      far: (done: string, of: string) => `⏳ Scanning: ${done} of ${of} accounts`,
    },
    searching: {
      begins: '🔍 Searching',
      far: (done: string, of: string) => `🔍 Searching: ${done} of ${of} places`,
    },
    left: (time: string) => `about ${time} left`,
    seconds: (n: number) => `${n} s`,
    minutes: (n: number) => `${n} min`,
  },
  ko: {
    scanning: {
      begins: '⏳ 점검 중',
      far: (done: string, of: string) => `⏳ 점검 중: 계정 ${of}개 중 ${done}개`,
    },
    searching: {
      begins: '🔍 찾는 중',
      far: (done: string, of: string) => `🔍 찾는 중: ${of}곳 중 ${done}곳`,
    },
    left: (time: string) => `약 ${time} 남음`,
    seconds: (n: number) => `${n}초`,
    minutes: (n: number) => `${n}분`,
  },
};

/** Nobody counts the seconds of minutes. */
function timeWords(seconds: number, words: (typeof WORDS)['en']): string {
  return seconds < 90 ? words.seconds(seconds) : words.minutes(Math.round(seconds / 60));
}
