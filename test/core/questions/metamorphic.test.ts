import fc from 'fast-check';
import { echo, Plan } from '../../../src/core/questions/index.ts';
import { asked, planned } from './phrases.ts';

const ENGLISH = [
  'who deleted i-0aa11bb22cc33dd44 yesterday',
  'who opened port 22 on sg-04cfb7a4712d75b00',
  'who changed the bucket policy on finance-reports',
  'what did alice@example.com do in the last 24 hours',
  'how many instances were terminated last week by account',
  'who stopped logging on trail payments-audit',
];
const KOREAN = [
  '어제 i-0aa11bb22cc33dd44 누가 지웠어',
  '누가 sg-04cfb7a4712d75b00 22번 포트 열었어',
  'finance-reports 버킷 정책 누가 바꿨어',
  'alice@example.com 어제 뭐 했어',
];

const politeEnglish = fc.constantFrom(
  'please',
  'hey,',
  'hi team',
  'can you tell me',
  'do you know',
  'could you check',
);
const politeKorean = fc.constantFrom(
  '안녕하세요',
  '혹시',
  '확인 부탁드려요',
  '좀 알려주세요',
  '알려줘',
);
const ends = fc.constantFrom('', '?', '??', '!', '.', ' ?', '…', ' 🙏');

test.each(ENGLISH)('politeness, case and punctuation change nothing: %s', (words) => {
  const plan = planned(words);
  fc.assert(
    fc.property(
      politeEnglish,
      ends,
      fc.boolean(),
      fc.nat({ max: 3 }),
      (polite, end, loud, spaces) => {
        const said = `${polite} ${words.replaceAll(' ', ' '.repeat(spaces + 1))}${end}`;
        // Names and ids keep their case; the words around them do not matter.
        const cased = loud
          ? said.replace(/\b(?!i-|sg-)[a-z]+\b(?![-@.])/g, (word) =>
              KEEP.test(word) ? word : word.toUpperCase(),
            )
          : said;
        expect(planned(cased)).toEqual(plan);
      },
    ),
  );
});

const KEEP = /^(?:alice|finance|reports|payments|audit|example|com)$/;

test.each(KOREAN)('politeness and punctuation change nothing: %s', (words) => {
  const plan = planned(words);
  fc.assert(
    fc.property(politeKorean, ends, fc.boolean(), (polite, end, before) => {
      expect(planned(before ? `${polite} ${words}${end}` : `${words} ${polite}${end}`)).toEqual(
        plan,
      );
    }),
  );
});

test.each([
  [
    '누가 i-0aa11bb22cc33dd44 지웠어',
    'i-0aa11bb22cc33dd44 누가 지웠어',
    'i-0aa11bb22cc33dd44를 누가 지웠나요?',
    'i-0aa11bb22cc33dd44 을 지운 사람',
    'i-0aa11bb22cc33dd44 삭제한 분 누구예요',
    '누가 i-0aa11bb22cc33dd44 삭제했는지 아시는 분',
    'ｉ-0aa11bb22cc33dd44 누가 지웠어',
    '누가 i-0aa11bb22cc33dd44 날렸어ㅠㅠ',
  ],
  [
    'who deleted i-0aa11bb22cc33dd44',
    'i-0aa11bb22cc33dd44 - who deleted it?',
    'which user removed i-0aa11bb22cc33dd44',
    'anyone know who killed `i-0aa11bb22cc33dd44`',
    'did somebody terminate i-0aa11bb22cc33dd44?',
    'i-0aa11bb22cc33dd44 was deleted by whom',
    'who’s deleted “i-0aa11bb22cc33dd44”',
    'who deleted i-0aa11bb22cc33dd44\u200b',
  ],
  [
    '지난주에 finance-reports 버킷 정책 바꾼 사람',
    'finance-reports 버킷 정책 지난주에 누가 바꿨어',
    '누가 지난주 finance-reports 버킷정책을 변경했나요',
    'finance-reports 버킷의 정책을 지난 주에 수정한 사람은?',
  ],
  [
    'what did alice@example.com do yesterday',
    'what did <mailto:alice@example.com|alice@example.com> do yesterday',
    'what did <@U01ALICE> do yesterday',
    'what did Alice Kim do yesterday',
    'yesterday, what did alice@example.com do?',
  ],
  [
    'who deleted the bucket finance-reports',
    'finance-reports 버킷 누가 삭제했어',
    'who deleted bucket "finance-reports"',
    'who deleted the finance-reports bucket',
  ],
])('word order, particles and wrapping change nothing: %s …', (first, ...others) => {
  const plan = planned(first);
  for (const other of others)
    expect({ of: other, ...planned(other) }).toEqual({ of: other, ...plan });
});

test('whatever is asked, no word is too strange and every plan is valid and can be told', () => {
  const word = fc.oneof(
    fc.constantFrom(...[...ENGLISH, ...KOREAN].flatMap((words) => words.split(' '))),
    fc.constantFrom(
      'not',
      '안',
      'first',
      'i-0',
      'arn:aws:',
      '0.0.0.0/0',
      '*',
      '--',
      '<@U1>',
      '```',
      '"',
      "'",
      '3시',
      '7d',
      'since',
      'between',
      'and',
    ),
    fc.string({ unit: 'binary', maxLength: 20 }),
  );
  fc.assert(
    fc.property(fc.array(word, { maxLength: 14 }), (words) => {
      const understanding = asked(words.join(' '));
      const plans =
        'plan' in understanding
          ? [understanding.plan]
          : 'unclear' in understanding
            ? understanding.unclear.readings.map(({ plan }) => plan)
            : [];
      for (const plan of plans) {
        expect(Plan.parse(plan)).toEqual(plan);
        expect(echo(plan, 'en')).not.toBe('');
        expect(echo(plan, 'ko', 42)).toContain(plan.accounts === 'all' ? '42' : plan.accounts[0]);
      }
    }),
    { numRuns: 1000 },
  );
});

test('a word that nobody knows always lowers a plan to a question', () => {
  const letters = fc.stringMatching(/^[bcdfghjklmnpqrtvwxz]{5,9}$/);
  fc.assert(
    fc.property(fc.constantFrom(...ENGLISH.slice(0, 2)), letters, (words, stranger) => {
      expect(asked(`${words} ${stranger}`)).toMatchObject({
        unclear: { question: expect.stringContaining(stranger) },
      });
    }),
  );
});
