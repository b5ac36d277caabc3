import type { Language } from '../reader.ts';
import type { Why } from './meaning.ts';

/** What the parser says to people when it does not make a plan. */
export function say(language: Language) {
  return SAYINGS[language];
}

/** As many as can be read; what there is more is counted. */
function few(values: string[]): string {
  const shown = values.slice(0, 16).map((value) => value.slice(0, 40));
  const left = values.length - shown.length;
  return `${shown.join(', ')}${left > 0 ? ` … (+${left})` : ''}`;
}

const SAYINGS = {
  en: {
    nothing:
      'I found no resource, person, action or event in these words. Try “who deleted i-0abc1234def567890?”, “what did alice@example.com do yesterday?” or “who changed the bucket policy of finance-reports?”.',
    goesOn:
      'That goes on from a question before, and there is none here. Ask the whole question: “who deleted i-0abc1234def567890 last month?”.',
    tooLong: 'That is longer than a question. Ask in one or two sentences.',
    unknownWord: (word: string) =>
      `I do not understand the word “${word.slice(0, 60)}” here, and it may restrict the question. Say it in another way, or put it in quotes if it is a name.`,
    unknownName: (word: string) =>
      `I do not know what “${word.slice(0, 60)}” means here, and it may restrict the question. If it is a name, say of what (“bucket ${word.slice(0, 60)}”) or put it in quotes.`,
    didYouMean: (word: string, names: string[]) =>
      `I do not know “${word.slice(0, 60)}”. Did you mean ${names.map((name) => `“${name.slice(0, 60)}”`).join(' or ')}?`,
    refused: (word: string, why: Why) => `“${word}”: ${REFUSALS.en[why]}`,
    oddTime: (words: string, why: 'ambiguous' | 'future' | 'several') =>
      `“${words.slice(0, 60)}”: ${{ ambiguous: 'this time can be read in more than one way. Write it like 2026-04-03, or “3 Apr 2026”.', future: 'this has not happened yet. Name a time in the past.', several: 'I understood more than one time. Name one, such as “between 1 aug and 3 aug”.' }[why]}`,
    noEvent: (verb: string, type: string) =>
      `I know of no event that means “${verb}” for the kind “${type}”. Ask with another word, or name the event as CloudTrail writes it.`,
    several: (names: string[]) =>
      `I heard several names: ${names.map((name) => `“${name.slice(0, 60)}”`).join(', ')}. I can search for one at a time. Ask for one of them.`,
    severalKinds: (kinds: string[]) =>
      `I heard ${kinds.map((kind) => `“${kind.slice(0, 60)}”`).join(' and ')}, and search for one kind of thing at a time. Which one?`,
    severalActors: (names: string[]) =>
      `I heard several people: ${names.map((name) => `“${name.slice(0, 60)}”`).join(', ')}. Ask for one at a time.`,
    state:
      'This asks how things are, not who did something. Say what was done: “who made … public?”, “who changed …?”.',
    restricts: (word: string) =>
      `I heard “${word.slice(0, 60)}” but cannot tell what it restricts here. Say it in another way, or leave it out.`,
    notExact: (slot: string, allowed: string[] = []) =>
      `I cannot read “${slot.slice(0, 60)}” in the exact form. ${allowed.length > 0 ? `Possible here: ${few(allowed)}.` : 'It looks like “verb:delete resource:i-0abc1234def567890 since:7d account:prod”.'}`,
    order:
      'I only look things up; I do not change anything in AWS from a question. Ask who did something: “who deleted i-0abc1234def567890?”.',
    unresolvedMember: 'I do not know that member. Write the name or the e-mail address.',
    pattern: (word: string) =>
      `“${word.slice(0, 60)}”: I cannot search for a pattern yet, only for whole names. Name one thing, or ask by its kind, person or time.`,
    choose: (word: string, about: 'access' | 'policy') =>
      `“${word.slice(0, 60)}”: ${{ access: 'this may mean signing in or reading something. Say “signed in to …”, or what was read.', policy: 'I cannot tell whose policy this is. Say “bucket policy of …”, “policy of role …” or “IAM policy …”.' }[about]}`,
    placeOrName: (word: string) =>
      `“${word.slice(0, 60)}” is one of the accounts or units, and may also be the name of the thing. Which one is meant? Say “in ${word.slice(0, 60)}” for the place, or the kind of thing before its name.`,
    sharedWith:
      'I can find what was shared, not yet only what was shared with one account. Ask without the account: the answer names it.',
  },
  ko: {
    nothing:
      '이 문장에서 리소스, 사람, 작업, 이벤트를 찾지 못했습니다. 예: “i-0abc1234def567890 누가 지웠어?”, “alice@example.com 어제 뭐 했어?”, “finance-reports 버킷 정책 누가 바꿨어?”',
    goesOn:
      '앞선 질문에 이어지는 말인데 앞선 질문이 없습니다. “지난달 i-0abc1234def567890 누가 지웠어?”처럼 전체 질문을 써 주세요.',
    tooLong: '질문이 너무 깁니다. 한두 문장으로 물어봐 주세요.',
    unknownWord: (word: string) =>
      `“${word.slice(0, 60)}”(이)라는 말을 이해하지 못했고, 질문의 범위를 좁히는 말일 수 있습니다. 다른 말로 물어보거나, 이름이라면 따옴표로 묶어 주세요.`,
    unknownName: (word: string) =>
      `“${word.slice(0, 60)}”의 뜻을 모르겠고, 질문의 범위를 좁히는 말일 수 있습니다. 이름이라면 무엇의 이름인지 함께 쓰거나(“${word.slice(0, 60)} 버킷”) 따옴표로 묶어 주세요.`,
    didYouMean: (word: string, names: string[]) =>
      `“${word.slice(0, 60)}”: 모르는 이름입니다. 혹시 ${names.map((name) => `“${name.slice(0, 60)}”`).join(' 또는 ')} 말씀인가요?`,
    refused: (word: string, why: Why) => `“${word}”: ${REFUSALS.ko[why]}`,
    oddTime: (words: string, why: 'ambiguous' | 'future' | 'several') =>
      `“${words.slice(0, 60)}”: ${{ ambiguous: '시간을 여러 가지로 읽을 수 있습니다. 2026-04-03 또는 “2026년 4월 3일”처럼 써 주세요.', future: '아직 일어나지 않은 시간입니다. 과거의 시간을 말해 주세요.', several: '시간이 둘 이상 있습니다. “8월 1일부터 8월 3일까지”처럼 하나만 말해 주세요.' }[why]}`,
    noEvent: (verb: string, type: string) =>
      `“${type}”에 대한 “${verb}” 이벤트를 알지 못합니다. 다른 말로 묻거나 CloudTrail 이벤트 이름을 써 주세요.`,
    several: (names: string[]) =>
      `이름이 여러 개입니다: ${names.map((name) => `“${name.slice(0, 60)}”`).join(', ')}. 한 번에 하나씩 물어봐 주세요.`,
    severalKinds: (kinds: string[]) =>
      `${kinds.map((kind) => `“${kind.slice(0, 60)}”`).join(', ')}: 한 번에 한 종류만 찾을 수 있습니다. 어느 쪽인가요?`,
    severalActors: (names: string[]) =>
      `사람이 여러 명입니다: ${names.map((name) => `“${name.slice(0, 60)}”`).join(', ')}. 한 명씩 물어봐 주세요.`,
    state:
      '현재 상태에 대한 질문입니다. “누가 … 퍼블릭으로 바꿨어?”, “누가 … 변경했어?”처럼 무엇을 했는지 물어봐 주세요.',
    restricts: (word: string) =>
      `“${word.slice(0, 60)}”이(가) 무엇을 제한하는지 알 수 없습니다. 다르게 말하거나 빼고 물어봐 주세요.`,
    notExact: (slot: string, allowed: string[] = []) =>
      `정확한 형식에서 “${slot.slice(0, 60)}” 부분을 읽을 수 없습니다. ${allowed.length > 0 ? `쓸 수 있는 값: ${few(allowed)}` : '예: “verb:delete resource:i-0abc1234def567890 since:7d account:prod”'}`,
    order:
      '저는 찾아보기만 하고, 질문으로 AWS를 변경하지 않습니다. “i-0abc1234def567890 누가 지웠어?”처럼 물어봐 주세요.',
    unresolvedMember: '그 멤버를 알지 못합니다. 이름이나 이메일을 써 주세요.',
    pattern: (word: string) =>
      `“${word.slice(0, 60)}”: 패턴으로는 아직 찾지 못하고 정확한 이름만 찾습니다. 이름 하나를 쓰거나 종류, 사람, 시간으로 물어봐 주세요.`,
    choose: (word: string, about: 'access' | 'policy') =>
      `“${word.slice(0, 60)}”: ${{ access: '로그인인지 조회인지 알 수 없습니다. “…에 로그인한 사람” 또는 무엇을 조회했는지 말해 주세요.', policy: '무엇의 정책인지 알 수 없습니다. “… 버킷 정책”, “… 역할 정책”, “IAM 정책 …”처럼 말해 주세요.' }[about]}`,
    placeOrName: (word: string) =>
      `“${word.slice(0, 60)}”은(는) 계정이나 조직 단위의 이름이지만 찾는 대상의 이름일 수도 있습니다. 어느 쪽인가요? 장소라면 “${word.slice(0, 60)} 계정에서”라고 써 주세요.`,
    sharedWith:
      '특정 계정과 공유된 것만 찾는 것은 아직 못합니다. 계정을 빼고 물으시면 답에 대상 계정이 나옵니다.',
  },
};

const REFUSALS: Record<Language, Record<Why, string>> = {
  en: {
    negation:
      'I heard that something is left out or did not happen, and cannot tell what. Say “except …” before what is left out, or ask for what did happen.',
    comparison: 'I cannot compare yet. Ask for the events or their number.',
    country:
      'CloudTrail records addresses, not countries. Ask for the addresses (“… by ip”), or leave out a range: “not from 203.0.113.0/24”.',
    regions:
      'Nobody told me which regions are allowed (posture.regions). Name them: “outside ap-northeast-2 and us-east-1”.',
    state: 'That is about the state of things, not about who did something. Ask “who changed …?”.',
    compliance:
      'I find what breaks a rule. Ask “which resources are noncompliant?” or “who broke …?”.',
    before: 'Name both ends of the time: “between 1 aug and 3 aug”.',
    possible: 'I can say what was done, not who could or will do it.',
    action:
      'No event is called so: CloudTrail names calls, IAM names permissions. Ask for what was done, or name the event as CloudTrail writes it.',
  },
  ko: {
    negation:
      '제외하거나 일어나지 않은 일로 들었지만 무엇인지 알 수 없습니다. 뺄 것을 “… 제외하고”처럼 말하거나, 일어난 일을 물어봐 주세요.',
    comparison: '비교는 아직 못합니다. 이벤트나 건수를 물어봐 주세요.',
    country:
      'CloudTrail에는 국가가 아니라 IP 주소가 기록됩니다. “IP별로”라고 묻거나 “203.0.113.0/24 제외하고”처럼 대역을 빼 주세요.',
    regions:
      '허용된 리전을 알지 못합니다(posture.regions). “서울, 버지니아 리전 외에”처럼 말해 주세요.',
    state: '현재 상태에 대한 질문입니다. “누가 … 바꿨어?”로 물어봐 주세요.',
    compliance:
      '규칙을 위반한 것을 찾습니다. “규칙 위반 리소스 보여줘”, “누가 … 위반으로 만들었어?”처럼 물어봐 주세요.',
    before: '기간의 시작과 끝을 모두 말해 주세요: “8월 1일부터 8월 3일까지”.',
    action:
      '이런 이름의 이벤트는 없습니다. CloudTrail에는 권한이 아니라 호출의 이름이 기록됩니다. 무엇을 했는지 묻거나 CloudTrail 이벤트 이름을 써 주세요.',
    possible: '무엇을 했는지는 알 수 있지만, 누가 할 수 있거나 할지는 알 수 없습니다.',
  },
};
