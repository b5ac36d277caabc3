import fc from 'fast-check';
import { asked, planned } from './phrases.ts';

const QUESTIONS = [
  'who deleted i-0aa11bb22cc33dd44 yesterday',
  'who opened port 22 on sg-04cfb7a4712d75b00',
  'who changed the bucket policy on finance-reports',
  'what did alice@example.com do in the last 24 hours',
  '어제 i-0aa11bb22cc33dd44 누가 지웠어요',
  'finance-reports 버킷 정책 누가 바꿨어요',
  'alice@example.com 어제 뭐 했어요',
];
const BEFORE = [
  'checkout is down and',
  'our customers are furious.',
  '장애났어요',
  'my boss has questions,',
];
const BEHIND = [
  "it's costing us a fortune",
  '통신이 안돼요',
  '임원들이 궁금해합니다',
  'our customers are furious',
];

test('a clause that tells a story changes nothing, and is told', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...QUESTIONS),
      fc.constantFrom(...BEFORE),
      fc.constantFrom(...BEHIND),
      fc.boolean(),
      (question, before, behind, first) => {
        const said = asked(first ? `${before} ${question}` : `${question}? ${behind}`);
        const words = (first ? before : behind).replace(/[.,]$| and$/, '');
        expect(said).toEqual({
          plan: planned(question),
          assumed: [{ typed: words, meant: null }],
        });
      },
    ),
  );
});

test.each([
  // Within the clause that asks, or said of what is asked about.
  'who deleted the frobnicated bucket acme-logs',
  'who deleted bucket acme-logs that is frobnicated',
  'who deleted bucket acme-logs, which was frobnicated',
  'who deleted bucket acme-logs and was it frobnicated',
  'who deleted bucket acme-logs, they were contractors',
  'who deleted bucket acme-logs, for the frobnication',
  // A deed, a thing, a place, a number or a negation is no story.
  'who deleted bucket acme-logs, our frobnicated ones were stopped',
  '파란 버킷인데 누가 지웠어',
  'who deleted bucket acme-logs, it was not frobnicated',
  // Of whom or of what: left aside, the answer would tell of those who were not meant.
  'who deleted bucket acme-logs, jenkins is excluded',
  'who deleted bucket acme-logs, ci is noise',
  'who deleted bucket acme-logs, robots are boring',
  'who deleted bucket acme-logs, the suspect is a contractor',
  'who deleted acme-logs and it was frobnicated',
  'acme-logs 버킷 누가 지웠어 - 협력사만요',
  '젠킨스는 빼도 돼요. acme-logs 버킷 누가 지웠어',
  'acme-logs 버킷 누가 지웠어. 자동화는 무시해주세요',
  'acme-logs 버킷 누가 지웠어. 새벽시간대가 중요함',
  'acme-logs 버킷 누가 지웠어. 협력사만 급해요',
  'who deleted bucket acme-logs, weekends are trouble',
  '결제팀인데 acme-logs 버킷 누가 지웠어',
  // Somebody who is told of, and meant by what is asked.
  'bob is furious, what did he change on sg-04cfb7a4712d75b00',
  '민수가 화났어요. 그 사람이 sg-04cfb7a4712d75b00 뭐 바꿨어',
  'what did he change on sg-04cfb7a4712d75b00',
  // The story may name the one that is meant.
  'orders is down. who stopped the instance?',
  'who deleted the bucket, it was the blue one',
])('“%s” is asked back', (words) => {
  expect('plan' in asked(words)).toBe(false);
});

test('without a question beside it a story is none', () => {
  expect('plan' in asked('checkout is down and our customers are furious')).toBe(false);
  expect('plan' in asked('장애났어요 급해요')).toBe(false);
});
