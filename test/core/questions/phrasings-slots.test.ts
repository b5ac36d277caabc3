import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { asked, shared, withShared } from './phrases.ts';
import { EXPECTED, type Expected } from './phrasings-expected.ts';
import { differing, inShort } from './slots-of.ts';

const describeShared = withShared ? describe : describe.skip;
if (!withShared) console.log(`The slots of the phrasings are not tested: ${shared} is absent.`);

type Kind = { kind: string; en: string[]; ko: string[] };
type Judged = { kind: string; words: string; wrong: string[]; grave: boolean };

function judge(kind: string, words: string, expected: Expected): Judged {
  const understanding = asked(words);
  if (expected === 'asked back') {
    const planned = 'plan' in understanding;
    return { kind, words, wrong: planned ? ['a plan, and not asked back'] : [], grave: planned };
  }
  if (!('plan' in understanding))
    return { kind, words, wrong: [inShort(understanding)], grave: false };
  const misses = differing(understanding.plan, expected);
  return {
    kind,
    words,
    wrong: misses.map(
      ({ slot, wanted, got }) => `${slot}: ${JSON.stringify(got)}, not ${JSON.stringify(wanted)}`,
    ),
    grave: misses.some(({ grave }) => grave),
  };
}

describeShared('the phrasings of 25 kinds, slot by slot', () => {
  const kinds: Kind[] = JSON.parse(readFileSync(join(shared, 'question-phrasings.json'), 'utf8'));

  test('every phrasing has its slots written down', () => {
    expect(kinds.map(({ kind, en, ko }) => [kind, en.length, ko.length])).toEqual(
      Object.entries(EXPECTED).map(([kind, { en, ko }]) => [kind, en.length, ko.length]),
    );
  });

  test('at least 95 % have every slot right, and no miss is a confident wrong plan', () => {
    const judged = kinds.flatMap(({ kind, en, ko }) => [
      ...en.map((words, at) => judge(kind, words, EXPECTED[kind]?.en[at] ?? 'asked back')),
      ...ko.map((words, at) => judge(kind, words, EXPECTED[kind]?.ko[at] ?? 'asked back')),
    ]);
    const missed = judged.filter(({ wrong }) => wrong.length > 0);
    const right = judged.length - missed.length;
    console.log(
      [
        `${right} of ${judged.length} phrasings have every slot right (${((100 * right) / judged.length).toFixed(1)} %)`,
        ...missed.map(({ kind, words, wrong }) => `${kind}: ${words} → ${wrong.join('; ')}`),
      ].join('\n'),
    );
    expect(missed.filter(({ grave }) => grave)).toEqual([]);
    expect(right / judged.length).toBeGreaterThanOrEqual(0.95);
  });
});
