/** What can be asked, and how. */
import type { Line, Prose } from '../../core/prose.ts';
import type { Reader } from '../../core/reader.ts';
import { fitted, type Message } from '../fit.ts';
import { bullets, heading, note, paragraph } from '../render.ts';

export function helpMessage(told: { notUnderstood?: string }, reader: Reader): Message {
  const words = WORDS[reader.language];
  const missed: Prose = told.notUnderstood === undefined ? [] : [words.missed(told.notUnderstood)];
  return fitted(
    {
      text: [...missed, words.summary],
      head: [
        ...(missed.length > 0 ? [paragraph('missed', missed, reader)] : []),
        heading('title', words.title),
        paragraph('intro', [words.intro], reader),
        bullets('questions', [{ strong: words.ask }], words.questions, reader),
        bullets('commands', [{ strong: words.type }], words.commands, reader),
        note('limits', [words.limits], reader),
      ],
    },
    reader,
  );
}

type Words = {
  title: string;
  missed: (words: string) => Line;
  summary: Line;
  intro: Line;
  ask: string;
  questions: Prose;
  type: string;
  commands: Prose;
  limits: Line;
};

const WORDS: Record<Reader['language'], Words> = {
  en: {
    title: 'What you can ask Trailwarden',
    missed: (words) => ['I did not understand ', { quote: words }, '. This is what I know:'],
    summary: [
      'Trailwarden checks the audit trail (/trail posture), answers who did what (/trail who deleted i-0abc?), ' +
        'shows the digest (/trail digest) and repairs findings after approval (/trail fix). 한국어로도 물어볼 수 있습니다.',
    ],
    intro: [
      'I check whether the audit trail of this AWS organization can be trusted, tell who did what, and repair findings once somebody else has approved.',
    ],
    ask: 'Ask, here with /trail, by mentioning me, or in a direct message',
    questions: [
      [{ quote: 'who deleted instance i-0a1b2c3d4e5f60718?' }],
      [{ quote: 'who changed the bucket policy of bora-payments-card-data last week?' }],
      [{ quote: 'who opened port 22 to the world yesterday?' }],
      [{ quote: '인스턴스 i-0a1b2c3d4e5f60718 누가 삭제했어?' }],
      [{ quote: '어제 버킷 정책 누가 바꿨어?' }],
      [
        'then, in the thread of the answer: ',
        { quote: 'and last month?' },
        ' ',
        { quote: 'same for dev' },
        ' ',
        { quote: 'who else?' },
        ' ',
        { quote: 'export as csv' },
      ],
    ],
    type: 'Or type',
    commands: [
      [
        { quote: '/trail posture' },
        ' scan all accounts; add an account or an OU to narrow it, or a framework (pci, cis 3.0, isms-p) to group by its controls',
      ],
      [{ quote: '/trail digest' }, ' what is new, fixed and still open'],
      [
        { quote: '/trail fix <finding>' },
        ' propose a repair, or show how to mend by hand what I may not touch; nothing changes before it is approved',
      ],
      [
        { quote: '/trail fixes' },
        ' what waits for your approval, what you asked for, what was done; ',
        { quote: '/trail fixes stop' },
        ' and ',
        { quote: 'start' },
        ' are the emergency switch',
      ],
      [
        { quote: '/trail back <fix>' },
        ' take a fix back; ',
        { quote: '/trail snooze <finding> 7d' },
        ' put a finding off; ',
        { quote: '/trail accept <finding>' },
        ' ask to accept its risk for a time',
      ],
      [{ quote: '/trail help' }, ' this text'],
    ],
    limits: [
      'Every answer says what was searched and what could not be seen. Nobody can approve an own request; what cannot be taken back needs two people.',
    ],
  },
  ko: {
    title: 'Trailwarden에게 물어볼 수 있는 것',
    missed: (words) => [
      '이 말은 이해하지 못했습니다: ',
      { quote: words },
      '. 할 수 있는 일은 다음과 같습니다.',
    ],
    summary: [
      'Trailwarden은 트레일을 점검하고(/trail posture), 누가 무엇을 했는지 답하고(/trail 누가 i-0abc 삭제했어?), ' +
        '요약을 보여 주며(/trail digest), 승인을 받아 고칩니다(/trail fix). You can ask in English too.',
    ],
    intro: [
      '이 AWS 조직의 트레일을 믿을 수 있는지 점검하고, 누가 무엇을 했는지 알려 주며, 다른 사람이 승인하면 문제를 고칩니다.',
    ],
    ask: '/trail 뒤에 쓰거나, 저를 멘션하거나, 다이렉트 메시지로 물어보세요',
    questions: [
      [{ quote: '인스턴스 i-0a1b2c3d4e5f60718 누가 삭제했어?' }],
      [{ quote: '지난주에 bora-payments-card-data 버킷 정책 누가 바꿨어?' }],
      [{ quote: '어제 22번 포트 누가 열었어?' }],
      [{ quote: 'who deleted instance i-0a1b2c3d4e5f60718?' }],
      [
        '답의 스레드에서 이어서: ',
        { quote: '지난달은?' },
        ' ',
        { quote: '개발 계정도' },
        ' ',
        { quote: '또 누구?' },
        ' ',
        { quote: 'CSV로 내보내줘' },
      ],
    ],
    type: '또는 명령어로',
    commands: [
      [
        { quote: '/trail posture' },
        ' 모든 계정 점검. 계정이나 OU를 붙이면 그 범위만, 프레임워크(pci, cis 3.0, isms-p)를 붙이면 통제 항목별로',
      ],
      [{ quote: '/trail digest' }, ' 새로 생긴 것, 고쳐진 것, 아직 남은 것'],
      [
        { quote: '/trail fix <finding>' },
        ' 수정 제안, 또는 제가 손댈 수 없는 것을 직접 고치는 방법. 승인 전에는 아무것도 바꾸지 않습니다',
      ],
      [
        { quote: '/trail fixes' },
        ' 내 승인을 기다리는 것, 내가 요청한 것, 끝난 것. ',
        { quote: '/trail fixes stop' },
        ' 과 ',
        { quote: 'start' },
        ' 는 비상 정지와 재개',
      ],
      [
        { quote: '/trail back <fix>' },
        ' 수정 되돌리기, ',
        { quote: '/trail snooze <finding> 7d' },
        ' 알림 미루기, ',
        { quote: '/trail accept <finding>' },
        ' 위험을 한시적으로 수용하도록 요청',
      ],
      [{ quote: '/trail help' }, ' 이 도움말'],
    ],
    limits: [
      '모든 답에는 어디를 찾아봤고 무엇을 볼 수 없었는지가 함께 나옵니다. 자기 요청은 스스로 승인할 수 없고, 되돌릴 수 없는 수정에는 두 사람의 승인이 필요합니다.',
    ],
  },
};
