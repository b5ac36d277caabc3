/** Why somebody may not even ask: one sentence, shown to them alone. */
import type { Line } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { paragraph } from '../render.ts';

export type Denial =
  | 'not-a-member'
  | 'shared-channel'
  | 'quiet-channel'
  | 'unknown-channel'
  | 'unknown-button';

export function denialMessage(why: Denial, reader: Reader): Message {
  const line: Line = [`⛔ ${WORDS[reader.language][why]}`];
  return fitted({ text: [line], head: [paragraph('denial', [line], reader)] }, reader);
}

const WORDS: Record<Reader['language'], Record<Denial, string>> = {
  en: {
    'not-a-member':
      'Trailwarden answers full members of this workspace only, and I could not establish that you are one. Ask a member of your cloud team to ask for you.',
    'shared-channel':
      'This channel is shared with another company, so I say nothing about our AWS accounts here. Ask in a channel of our own or in a direct message.',
    'quiet-channel':
      'By our settings I answer no questions in this channel. Ask me in a direct message.',
    'unknown-channel':
      'I cannot see who reads along in this channel. Invite me to it, or ask in a direct message.',
    'unknown-button': 'I do not know this button any more. Nothing was changed; please ask again.',
  },
  ko: {
    'not-a-member':
      'Trailwarden은 이 워크스페이스의 정식 구성원에게만 답합니다. 정식 구성원인지 확인하지 못했으니 클라우드 팀에 대신 물어봐 달라고 해 주세요.',
    'shared-channel':
      '다른 회사와 공유된 채널이라 여기서는 AWS 계정에 대해 말하지 않습니다. 사내 채널이나 다이렉트 메시지로 물어봐 주세요.',
    'quiet-channel':
      '설정에 따라 이 채널에서는 질문에 답하지 않습니다. 다이렉트 메시지로 물어봐 주세요.',
    'unknown-channel':
      '이 채널을 누가 보는지 알 수 없습니다. 저를 초대하거나 다이렉트 메시지로 물어봐 주세요.',
    'unknown-button': '더 이상 알 수 없는 버튼입니다. 아무것도 바꾸지 않았으니 다시 요청해 주세요.',
  },
};
