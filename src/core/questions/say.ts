import type { Language } from '../reader.ts';

/** What the parser says to people when it does not make a plan. */
export function say(language: Language) {
  return SAYINGS[language];
}

type Why =
  | 'negation'
  | 'first'
  | 'comparison'
  | 'other-than'
  | 'why'
  | 'state'
  | 'anomaly'
  | 'compliance'
  | 'coverage'
  | 'follow-up'
  | 'top';

const SAYINGS = {
  en: {
    nothing:
      'I found no resource, person, action or event in these words. Try “who deleted i-0abc1234def567890?”, “what did alice@example.com do yesterday?” or “who changed the bucket policy of finance-reports?”.',
    tooLong: 'That is longer than a question. Ask in one or two sentences.',
    unknownWord: (word: string) =>
      `I do not know what “${word.slice(0, 60)}” means here, and it may restrict the question. If it is a name, say of what (“bucket ${word.slice(0, 60)}”) or put it in quotes.`,
    refused: (word: string, why: Why) => `“${word}”: ${REFUSALS.en[why]}`,
  },
  ko: {
    nothing:
      '이 문장에서 리소스, 사람, 작업, 이벤트를 찾지 못했습니다. 예: “i-0abc1234def567890 누가 지웠어?”, “alice@example.com 어제 뭐 했어?”, “finance-reports 버킷 정책 누가 바꿨어?”',
    tooLong: '질문이 너무 깁니다. 한두 문장으로 물어봐 주세요.',
    unknownWord: (word: string) =>
      `“${word.slice(0, 60)}”의 뜻을 모르겠고, 질문의 범위를 좁히는 말일 수 있습니다. 이름이라면 무엇의 이름인지 함께 쓰거나(“${word.slice(0, 60)} 버킷”) 따옴표로 묶어 주세요.`,
    refused: (word: string, why: Why) => `“${word}”: ${REFUSALS.ko[why]}`,
  },
};

const REFUSALS: Record<Language, Record<Why, string>> = {
  en: {
    negation:
      'I cannot search for what is excluded or did not happen yet. Ask for what did happen.',
    first:
      'I do not pick the first of several yet. Ask without it: the answer lists all, with their times.',
    comparison: 'I cannot compare yet. Ask for the events or their number.',
    'other-than': 'I cannot leave something out yet. Name the accounts or regions to search.',
    why: 'I can say who did it and how, not why. Ask “who …?”.',
    state: 'That is about the state of things, not about who did something. Ask “who changed …?”.',
    anomaly:
      'I do not judge what is unusual. Ask for an action, a person, a resource or denied calls.',
    compliance: 'I do not yet join compliance with events. Ask “who changed …?”.',
    coverage: 'Ask “/trail posture” for what is recorded.',
    'follow-up': 'I do not remember the question before. Ask it in one sentence.',
    top: 'I do not rank yet. Ask for the number of something.',
  },
  ko: {
    negation: '제외하거나 일어나지 않은 일은 아직 검색하지 못합니다. 일어난 일을 물어봐 주세요.',
    first:
      '여러 건 중 첫 번째만 고르는 것은 아직 못합니다. 빼고 물으시면 시각과 함께 모두 보여 드립니다.',
    comparison: '비교는 아직 못합니다. 이벤트나 건수를 물어봐 주세요.',
    'other-than': '일부를 빼고 찾는 것은 아직 못합니다. 찾을 계정이나 리전을 말해 주세요.',
    why: '누가 어떻게 했는지는 알 수 있지만 이유는 알 수 없습니다. “누가 …?”로 물어봐 주세요.',
    state: '현재 상태에 대한 질문입니다. “누가 … 바꿨어?”로 물어봐 주세요.',
    anomaly:
      '무엇이 이상한지는 판단하지 않습니다. 작업, 사람, 리소스, 거부된 호출을 물어봐 주세요.',
    compliance: '규정 준수와 이벤트를 잇는 것은 아직 못합니다. “누가 … 바꿨어?”로 물어봐 주세요.',
    coverage: '무엇이 기록되는지는 “/trail posture”로 확인해 주세요.',
    'follow-up': '이전 질문은 기억하지 않습니다. 한 문장으로 물어봐 주세요.',
    top: '순위는 아직 매기지 못합니다. 건수를 물어봐 주세요.',
  },
};
