/** What only the presser sees: a window that opens at once, while what it will show is looked up. */
import type { KnownBlock, ModalView } from '@slack/types';
import type { Line } from '../core/prose.ts';
import type { Reader } from '../core/reader.ts';
import type { Telling } from '../core/telling.ts';
import { label, note, paragraph } from './render.ts';
import { inPieces, verbatim } from './verbatim.ts';
import { number } from './words.ts';

/** 100 blocks and 250 KB are what Slack takes of a view; what is spelled out grows, so we stay well below. */
const MOST_PIECES = 40;

/** The window before anything is known. Slack opens it only within three seconds of the press. */
export function loadingView(reader: Reader, of: 'event' | 'fix' = 'event'): ModalView {
  const { title, fix, close, loading } = WORDS[reader.language];
  return view(of === 'fix' ? fix : title, close, [paragraph('loading', [[loading]], reader)]);
}

/** One event as it was recorded, without its secrets. */
export function recordView(
  { eventID, origin, json }: Extract<Telling, { kind: 'record' }>,
  reader: Reader,
): ModalView {
  const words = WORDS[reader.language];
  const pieces = inPieces(json);
  const shown = pieces.slice(0, MOST_PIECES);
  const left = pieces.slice(MOST_PIECES).join('').length;
  return view(words.title, words.close, [
    paragraph('event', [[{ quote: eventID }, words.readIn, { quote: origin, max: 300 }]], reader),
    ...shown.map((piece, at) => verbatim(`json-${at}`, piece)),
    note('about', [[left > 0 ? words.cut(number(left)) : words.redacted]], reader),
  ]);
}

/** How the question is written so that it can be asked again, by anybody, and finds the same. */
export function planView(
  { echo, form, planHash }: Extract<Telling, { kind: 'plan' }>,
  reader: Reader,
): ModalView {
  const words = WORDS[reader.language];
  const understood: Line = [words.understood, { quote: echo, max: 600 }];
  return view(words.query, words.close, [
    paragraph('understood', [understood], reader),
    ...inPieces(form)
      .slice(0, MOST_PIECES)
      .map((piece, at) => verbatim(`form-${at}`, piece)),
    note('hash', [[...words.plan, { quote: planHash }]], reader),
  ]);
}

/** The blocks of any other message, where a window waits for it: a refusal, trouble. */
export function otherView(blocks: KnownBlock[], reader: Reader): ModalView {
  const { title, close } = WORDS[reader.language];
  return view(title, close, blocks.slice(0, 100));
}

export function view(title: string, close: string, blocks: KnownBlock[]): ModalView {
  return {
    type: 'modal',
    title: { type: 'plain_text', text: label(title, 24) },
    close: { type: 'plain_text', text: label(close, 24) },
    blocks,
  };
}

/** How the terminal is asked. */
const ASK = 'trailwarden ask';

const WORDS = {
  en: {
    title: 'CloudTrail event',
    fix: 'Fix',
    query: 'Exact query',
    close: 'Close',
    loading: '🔍 Looking it up …',
    readIn: ' · read in ',
    understood: 'Understood: ',
    plan: ['Send this to me, or to ', { quote: ASK }, ', to ask the same again · plan '],
    redacted: 'As recorded. Secrets, tokens and signatures are redacted; only you see this.',
    cut: (left: string) =>
      `${left} more characters are not shown. Secrets are redacted. All of it: trailwarden ask --json`,
  },
  ko: {
    title: 'CloudTrail 이벤트',
    fix: '수정',
    query: '정확한 질문',
    close: '닫기',
    loading: '🔍 찾는 중입니다 …',
    readIn: ' · 출처 ',
    understood: '이해한 질문: ',
    plan: ['이 문장을 저나 ', { quote: ASK }, '에 그대로 보내면 같은 질문을 다시 합니다 · 계획 '],
    redacted: '기록된 그대로입니다. 비밀값, 토큰, 서명은 가렸고 본인에게만 보입니다.',
    cut: (left: string) =>
      `${left}자는 표시하지 않았습니다. 비밀값은 가렸습니다. 전체: trailwarden ask --json`,
  },
};
