import fc from 'fast-check';
import { nothingExcepted } from '../../src/core/questions/plan.ts';
import { checkMessage } from '../../src/sandbox/slack/block-check.ts';
import type { Message } from '../../src/slack/fit.ts';
import { MAX_BLOCKS, MAX_CHARACTERS } from '../../src/slack/fit.ts';
import { messageOf } from '../../src/slack/message.ts';
import { readers, tellings } from './samples.ts';

/** Fields whose values come from closed lists of our own; everything else may hold anything. */
const OURS = [
  ...['kind', 'state', 'status', 'severity', 'verdict', 'doing', 'changed', 'direction'],
  ...['riskClass', 'class', 'lang', 'proof', 'via', 'schemaVersion', 'became', 'decision', 'tool'],
];

/** Fields that hold whatever AWS says, as deep as it goes. */
const DOCUMENTS = ['before', 'after', 'parameters', 'verified', 'found'];
const IN_DOCUMENT = '(document)';

const BIDI = '\u202e\u2066\u200f\u200b\u{e0041}';
const nasty = fc.oneof(
  fc.constantFrom(
    '<!channel>',
    '<@U01ALICE>',
    '<!subteam^S01APPROVE|x>',
    '<https://evil.example|sign in>',
    '*bold* _it_ ~no~ `code` ```fence```',
    '&lt;!channel&gt; & <',
    `${BIDI}<!here>\u0000\u001b[31m\r\n> quote`,
    '<!channel>'.repeat(10_000),
    BIDI.repeat(20_000),
    '\u0001'.repeat(100_000),
    '<'.repeat(100_000),
    '`'.repeat(3_001),
    '"'.repeat(100_000),
    '\ud800 lone',
    '',
  ),
  fc.string({ unit: 'binary', maxLength: 400 }),
);

/** The same value with another text in every field that is not ours, and with longer lists. */
function poisoned<T>(value: T, next: () => string, times: number, key = ''): T {
  const poison = (it: unknown, at: string): unknown => {
    if (typeof it === 'string') return OURS.includes(at) ? it : next();
    if (Array.isArray(it)) {
      // Lists within documents would multiply into gigabytes, which AWS takes of nobody.
      const often = at === IN_DOCUMENT ? 1 : times;
      return Array.from({ length: often }, () => it.map((one) => poison(one, at))).flat();
    }
    if (typeof it !== 'object' || it === null) return it;
    if (at === 'plan' && 'verbs' in it) return asked(it, next);
    const inside = DOCUMENTS.includes(at) || at === IN_DOCUMENT;
    return Object.fromEntries(
      Object.entries(it).map(([name, one]) => [name, poison(one, inside ? IN_DOCUMENT : name)]),
    );
  };
  return poison(value, key) as T;
}

/** A plan is validated before it gets here: hostile are the names in it, not its closed lists. */
function asked(plan: object, next: () => string): object {
  const actor = { kind: 'name', value: next() };
  const except = { ...nothingExcepted(), actors: [actor], resources: [next()] };
  const names = { resources: [next()], alsoResources: [next()], eventNames: [next()] };
  return { ...plan, ...names, eventSources: [next()], set: next(), actor, except };
}

/** Every message, in one language or the other by turns: the words are ours, the values are not. */
const cases = Object.keys(tellings('en')).flatMap((name, at) => {
  const language = at % 2 === 0 ? 'en' : 'ko';
  const telling = tellings(language)[name];
  return telling ? [{ name, language, telling } as const] : [];
});

test.each(cases)('hostile text in $name ($language) pings, links and hides nothing', (each) => {
  fc.assert(
    fc.property(
      fc.array(nasty, { minLength: 1, maxLength: 8 }),
      fc.constantFrom(1, 1, 40),
      (texts, times) => {
        let turn = 0;
        const next = () => texts[turn++ % texts.length] ?? '';
        const message = messageOf(poisoned(each.telling, next, times), readers[each.language]);
        for (const part of [message, ...message.thread]) expectHarmless(part);
      },
    ),
    { numRuns: 8 },
  );
});

function expectHarmless(message: Message): void {
  expect(checkMessage(message.blocks)).toEqual([]);
  expect(message.blocks.length).toBeLessThanOrEqual(MAX_BLOCKS);
  expect(JSON.stringify(message.blocks).length).toBeLessThanOrEqual(MAX_CHARACTERS);
  expect(message.text).not.toMatch(/[<>`]|&(?!amp;|lt;|gt;)/);
  expect(message.text.length).toBeLessThanOrEqual(3000);
  expect(stringsIn(message).filter((text) => UNSEEN.test(text))).toEqual([]);
  for (const block of message.blocks) {
    if (block.type === 'context') expectEscaped(block.elements);
    if (block.type === 'header') expect(block.text.text).not.toMatch(/[<>]/);
    if (block.type === 'actions') expectEscaped(block.elements);
    if (block.type === 'rich_text') expectPlainParts(block);
  }
}

/** Controls but for our own line breaks, bidirectional marks, zero width and tag characters. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u;

/** mrkdwn and labels: the only tag that may stand is a mention that we made. */
function expectEscaped(elements: unknown[]): void {
  const all = labelsIn(elements);
  const words = all.map((label) => label.words.replaceAll(/<@[UW][A-Z0-9]+>/g, ''));
  expect(words.filter((text) => /[<>]|&(?!amp;|lt;|gt;)/.test(text))).toEqual([]);
  const spoken = all.map((label) => label.spoken);
  expect(spoken.filter((text) => /[<>]/.test(text) || text.length > 75)).toEqual([]);
}

/** What elements show and what is read out of them, in menus that of their options too. */
function labelsIn(elements: unknown[]): { words: string; spoken: string }[] {
  return elements.flatMap((element) => {
    const { placeholder, options = [] } = element as { placeholder?: unknown; options?: unknown[] };
    if (placeholder) return labelsIn([{ text: placeholder }, ...options]);
    const { text, accessibility_label: spoken = '' } = element as {
      text: unknown;
      accessibility_label?: string;
    };
    return [{ words: typeof text === 'string' ? text : (text as { text: string }).text, spoken }];
  });
}

/** rich_text is never parsed, so it is enough that nothing but text, and mentions of ours, is in it. */
function expectPlainParts(block: object): void {
  const types = new Set<string>();
  JSON.stringify(block, (key, value) => {
    if (key === 'type' && typeof value === 'string') types.add(value);
    return value;
  });
  const allowed = ['rich_text', 'rich_text_section', 'rich_text_list', 'text', 'user'];
  allowed.push('rich_text_preformatted');
  expect([...types].filter((type) => !allowed.includes(type))).toEqual([]);
}

function stringsIn(value: unknown): string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value)
    .filter(([key]) => key !== 'value')
    .flatMap(([, one]) => stringsIn(one));
}
