/** How far a job is: one short line that is edited in place and replaced by what the job tells in the end. */
import type { Line } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';
import { number } from '../words.ts';

export type Progress = { doing: 'scanning' | 'searching'; done: number; of: number };

export function progressMessage({ doing, done, of }: Progress, reader: Reader): Message {
  const line: Line = [WORDS[reader.language][doing](number(done), number(of))];
  return fitted({ text: [line], head: [paragraph('progress', [line], reader)] }, reader);
}

const WORDS = {
  en: {
    scanning: (done: string, of: string) => `⏳ Scanning: ${done} of ${of} accounts`,
    searching: (done: string, of: string) => `🔍 Searching: ${done} of ${of} places`,
  },
  ko: {
    scanning: (done: string, of: string) => `⏳ 점검 중: 계정 ${of}개 중 ${done}개`,
    searching: (done: string, of: string) => `🔍 찾는 중: ${of}곳 중 ${done}곳`,
  },
};
