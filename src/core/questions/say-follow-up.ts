import type { Language } from '../reader.ts';

/** What is said to people when the words before do not tell what these are about. */
export function sayFollowUp(language: Language) {
  return SAYINGS[language];
}

const SAYINGS = {
  en: {
    nothingWider:
      'This was already searched as far back as I can. Name a time if you mean another.',
    nobodyYet: 'Nobody was found before, so there is nobody to leave out. Ask the whole question.',
    whichOne: 'The answer before named several. Which one do you mean?',
    sameOrNew: 'Do you mean the same question, or all that happened?',
    noAnswerBefore:
      'I do not know which answer this is about: I remember the answers of a thread for 7 days. Ask in the thread of the answer, or ask the whole question.',
  },
  ko: {
    nothingWider:
      '이미 볼 수 있는 가장 오래된 기록까지 찾아봤습니다. 다른 기간이라면 직접 말해 주세요.',
    nobodyYet: '앞에서 찾은 사람이 없어서 제외할 사람도 없습니다. 질문 전체를 다시 해 주세요.',
    whichOne: '앞의 답에 여러 개가 나왔습니다. 어느 것을 말씀하시나요?',
    sameOrNew: '같은 질문을 다시 하시는 건가요, 아니면 있었던 일을 모두 보시려는 건가요?',
    noAnswerBefore:
      '어느 답에 대한 말인지 모르겠습니다. 스레드의 답은 7일 동안 기억합니다. 답이 있는 스레드에서 물어보거나 질문 전체를 다시 해 주세요.',
  },
};
