import { questionStep, withoutSecrets } from '../../src/core/audited-question.ts';

test('a question is kept with its words, its plan and how it ended, and with no event', () => {
  const asked = {
    at: '2026-11-22T09:00:00.000Z',
    actor: { terminal: 'alice' },
    where: { terminal: true },
    how: 'ask',
  };
  const step = questionStep(asked, {
    question: 'who deleted i-0abc?',
    verdict: 'found',
    planHash: 'a'.repeat(64),
    total: 2,
    coverage: {
      from: '',
      to: '',
      accounts: { searched: 1, of: 2 },
      regions: { searched: 1, of: 1 },
      categories: ['management'],
      sources: ['archive'],
      gaps: [{ account: '1', region: 'us-east-1', reason: 'denied' }],
    },
  });
  expect(step).toEqual({
    at: asked.at,
    actor: { terminal: 'alice' },
    action: 'question',
    details: {
      how: 'ask',
      where: { terminal: true },
      words: 'who deleted i-0abc?',
      planHash: 'a'.repeat(64),
      verdict: 'found',
      total: 2,
      notSearched: 1,
    },
  });
});

const KEY = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';

test.each([
  ['who used wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY yesterday?', KEY],
  ['my password is hunter2, who changed it?', 'hunter2'],
  ['who logged in with password=hunter2 today', 'hunter2'],
  ['비밀번호: hunter2! 누가 바꿨어?', 'hunter2'],
  ['xoxb-123456789012-abcdefgh was used by whom?', '123456789012-abcdefgh'],
  ['what did eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl do', 'eyJzdWIiOiIxMjM0In0'],
])('%s: the secret is not kept', (words, secret) => {
  expect(withoutSecrets(words)).not.toContain(secret);
  expect(withoutSecrets(words)).toContain('[redacted]');
});

test.each([
  'who changed the password of alice?',
  'whose token is used in eu-west-1 most?',
  'who pushed 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12?',
  'who deleted arn:aws:s3:::bora-customer-documents/2026/11/22/very-long-name-of-a-file.parquet',
  'AKIAIOSFODNN7EXAMPLE 누가 썼어?',
])('%s stays as it was asked', (words) => {
  expect(withoutSecrets(words)).toBe(words);
});

test('what is endless is cut', () => {
  expect(withoutSecrets('x'.repeat(100_000))).toHaveLength(1_000);
});
