/** Said where a window was to show something and none is open. */
import type { Line } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';

export function windowMessage(reader: Reader): Message {
  const line: Line = [
    reader.language === 'ko'
      ? '창을 열지 못했습니다. 버튼을 다시 눌러 주세요.'
      : 'I could not open a window for this. Please press the button again.',
  ];
  return fitted({ text: [line], head: [paragraph('window', [line], reader)] }, reader);
}
