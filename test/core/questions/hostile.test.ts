import { harmless } from '../../../src/core/prose.ts';
import { echo } from '../../../src/core/questions/index.ts';
import { asked, planned } from './phrases.ts';

test.each([
  "'; DROP TABLE events; --",
  "i-0aa11bb22cc33dd44' OR '1'='1",
  '<!channel> who deleted i-0aa11bb22cc33dd44 <!here>',
  'who deleted bucket `$(rm -rf /)`',
  'who deleted bucket "\u202egnp.exe"',
  'who deleted bucket "x\u0000y"',
  'who deleted <http://evil.example|bucket finance-reports>',
  '```who deleted i-0aa11bb22cc33dd44```',
  '&lt;script&gt; who deleted i-0aa11bb22cc33dd44',
  '\ue000\ue000 who deleted i-0aa11bb22cc33dd44',
  '\ud800 who deleted i-0aa11bb22cc33dd44 \udfff',
  '__proto__ constructor toString who deleted hasOwnProperty',
  'who deleted bucket __proto__',
  'who deleted bucket constructor',
])('%j neither crashes nor restricts silently', (words) => {
  const understanding = asked(words);
  if (!('plan' in understanding)) {
    expect(['unclear', 'notUnderstood']).toContain(Object.keys(understanding)[0]);
    return;
  }
  // Whatever was typed as a name is searched as that name, and shown harmlessly.
  expect(harmless(echo(understanding.plan, 'en'), 500)).not.toMatch(/[\u202a-\u202e\p{Cc}]/u);
});

test('invisible characters cannot hide a part of a name', () => {
  expect(planned('who deleted bucket fin\u200bance-reports').resources).toEqual([
    'finance-reports',
  ]);
});

test.each([
  ['spaces', ' '.repeat(100_000)],
  ['one letter', 'a'.repeat(100_000)],
  ['colons', `arn:aws:${':'.repeat(100_000)}`],
  ['dots', `1.${'1.'.repeat(50_000)}`],
  ['hyphens', 'a-'.repeat(50_000)],
  ['hexadecimal', `i-${'0'.repeat(100_000)}`],
  ['at signs', 'a@'.repeat(50_000)],
  ['backticks', '`'.repeat(100_000)],
  ['quotes', `"${"'".repeat(100_000)}`],
  ['angle brackets', '<'.repeat(100_000)],
  ['mailto', '<mailto:'.repeat(12_000)],
  ['Hangul', '지웠'.repeat(50_000)],
  ['particles', '에서에게로'.repeat(20_000)],
  ['numbers', '9 '.repeat(50_000)],
  ['dates', '5월 24일 '.repeat(10_000)],
  ['combining marks', `e${'\u0301'.repeat(100_000)}`],
  ['verbs', 'deleted '.repeat(12_000)],
])('100 KB of %s are refused at once', (_, words) => {
  const began = performance.now();
  const understanding = asked(words);
  expect(performance.now() - began).toBeLessThan(250);
  expect('plan' in understanding).toBe(false);
});

test.each([
  ['one letter', 'a'],
  ['dots', '1.'],
  ['hyphens', 'a-'],
  ['hexadecimal', '0'],
  ['at signs', 'a@'],
  ['backticks', '`a'],
  ['apostrophes', " 'a"],
  ['colons', 'a:'],
  ['Hangul', '지웠'],
  ['Hangul without spaces', '인스턴스버킷'],
  ['particles', '에서'],
  ['numbers', '9 '],
  ['dates', 'aug 1 '],
  ['Korean dates', '5월 '],
  ['between', 'between '],
  ['verbs', 'deleted '],
  ['phrases', 'rds db '],
])('the longest question of %s takes no longer than its length', (_, piece) => {
  const words = `who deleted ${piece.repeat(Math.floor(1_980 / piece.length))}`;
  // What a busy machine adds to one try, it does not add to all.
  const took = Array.from({ length: 4 }, () => {
    const began = performance.now();
    asked(words);
    return performance.now() - began;
  });
  expect(Math.min(...took)).toBeLessThan(100);
});
