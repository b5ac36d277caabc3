import { harmless } from '../../../src/core/prose.ts';
import { echo } from '../../../src/core/questions/index.ts';
import { say } from '../../../src/core/questions/say.ts';
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
])('100 KB of %s are refused', (_, words) => {
  expect('plan' in asked(words)).toBe(false);
});

test('what is too long is refused before any of it is read', () => {
  const long = 'who deleted i-0aa11bb22cc33dd44 yesterday '.repeat(250);
  expect(asked(long)).toEqual({ notUnderstood: say('en').tooLong });
  expect(asked(`who deleted bucket acme-logs${' '.repeat(4_000)}in prod`)).toEqual({
    notUnderstood: say('en').tooLong,
  });
  // A turn of phrase that would be left out makes it no shorter.
  expect(asked(`who deleted buckets ${' or something'.repeat(200)}`)).toEqual({
    notUnderstood: say('en').tooLong,
  });
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
])('four times as many %s take no longer than the square of it', (_, piece) => {
  const took = (letters: number) => {
    const words = `who deleted ${piece.repeat(Math.floor(letters / piece.length))}`;
    const began = performance.now();
    asked(words);
    return performance.now() - began;
  };
  const tries = Array.from({ length: 4 }, () => ({ short: took(495), long: took(1_980) }));
  // What a busy machine adds to one try, it does not add to all; a cube would be 64 times as long.
  const least = (some: number[]) => Math.min(...some);
  const short = Math.max(2, least(tries.map((one) => one.short)));
  expect(least(tries.map((one) => one.long))).toBeLessThan(48 * short);
});
