import fc from 'fast-check';
import { clock, harmless, plain, withInstants } from '../../src/core/prose.ts';

describe('harmless text', () => {
  test.each([
    ['a right-to-left override', 'user\u202egnp.exe', 'user\\u{202e}gnp.exe'],
    ['a zero-width space', 'ad\u200bmin', 'ad\\u{200b}min'],
    ['a line break', 'one\ntwo', 'one\\u{a}two'],
    ['a tag character', 'a\u{e0041}b', 'a\\u{e0041}b'],
    ['an escape sequence', '\u001b[31mred', '\\u{1b}[31mred'],
    ['a lone surrogate', 'a\ud800b', 'a\\u{d800}b'],
  ])('shows %s for what it is', (_, text, shown) => {
    expect(harmless(text)).toBe(shown);
  });

  test('leaves Korean, emoji and ordinary text as they are', () => {
    expect(harmless('김철수 🐟 alice@example.com')).toBe('김철수 🐟 alice@example.com');
  });

  test('cuts long text in the middle, so that neither end can hide', () => {
    const shown = harmless(`BEGIN${'x'.repeat(100_000)}END`, 40);
    expect(shown).toMatch(/^BEGINx+…x+END$/);
    expect([...shown].length).toBeLessThanOrEqual(40);
  });

  test('never lets anything invisible through, and is bounded', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        const shown = harmless(text, 50);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        // Each of the 50 characters may be spelled out as \u{10ffff}.
        expect(shown.length).toBeLessThanOrEqual(50 * 10);
      }),
    );
  });
});

describe('clock times', () => {
  test('in UTC stand alone', () => {
    expect(clock('2026-11-20T05:32:07Z', 'UTC')).toBe('2026-11-20 05:32:07 UTC');
  });

  test('in a zone are followed by UTC, with its date only where the date differs', () => {
    expect(clock('2026-11-20T05:32:07Z', 'Asia/Seoul')).toBe(
      '2026-11-20 14:32:07 KST (05:32:07 UTC)',
    );
    expect(clock('2026-11-20T20:00:00Z', 'Asia/Seoul')).toBe(
      '2026-11-21 05:00:00 KST (2026-11-20 20:00:00 UTC)',
    );
  });

  test('that are no times are shown as they stand', () => {
    expect(clock('yesterday\u202e', 'UTC')).toBe('yesterday\\u{202e}');
  });
});

test('plain text keeps every kind of span', () => {
  expect(
    plain([
      ['by ', { strong: 'alice' }, ' on ', { quote: 'i-1\u200b' }],
      [
        { at: '2026-11-20T05:32:07Z' },
        ' ',
        { member: 'U01' },
        ' ',
        { link: 'https://a.example/', label: 'open' },
      ],
    ]),
  ).toBe('by alice on i-1\\u{200b}\n2026-11-20 05:32:07 UTC @U01 open (https://a.example/)');
});

test('an instant is told in the reader’s zone where the sentence goes on or ends after it, and nowhere in a name', () => {
  const told = (text: string) => plain([withInstants(text, (quote) => ({ quote }))], 'Asia/Seoul');
  const local = '2026-11-20 14:32:07 KST (05:32:07 UTC)';
  expect(told('Since 2026-11-20T05:32:07Z: bob')).toBe(`Since ${local}: bob`);
  expect(told('at 2026-11-20T05:32:07Z.')).toBe(`at ${local}.`);
  expect(told('2026-11-20T05:32:07Z부터')).toBe(`${local}부터`);
  const six = Array.from({ length: 6 }, () => '2026-11-20T05:32:07Z').join(' ');
  expect(told(six)).toBe(Array.from({ length: 6 }, () => local).join(' '));
  for (const name of [
    'x-2026-11-20T05:32:07Z',
    '2026-11-20T05:32:07Z-x',
    '2026-11-20T05:32:07Z.gz',
  ])
    expect(told(name)).toBe(name);
});
