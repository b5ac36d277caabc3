import fc from 'fast-check';
import { checkMessage, checkView } from '../../../src/sandbox/slack/block-check.ts';

const plain = (text: string) => ({ type: 'plain_text', text });
const mrkdwn = (text: string) => ({ type: 'mrkdwn', text });
const times = (n: number, make: (index: number) => unknown) =>
  Array.from({ length: n }, (_, i) => make(i));
const long = (n: number) => 'a'.repeat(n);

const button = (more: object = {}) => ({
  ...{ type: 'button', action_id: 'a', text: plain('Press') },
  ...more,
});
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const select = (type: string, count: number) => ({
  ...{ type, action_id: 's' },
  options: times(count, (index) => ({ text: plain(`o${index}`), value: `${index}` })),
});
const bar = (more: object = {}) => ({
  type: 'data_visualization',
  title: 'Findings',
  chart: {
    type: 'bar',
    series: [{ name: 'open', data: [{ label: 'Mon', value: 1 }] }],
    axis_config: { categories: ['Mon'] },
    ...more,
  },
});
const table = (rows: unknown[]) => ({ type: 'table', rows });
const cell = (text: string) => ({ type: 'raw_text', text });

const pointers = (blocks: unknown) => {
  const faults = checkMessage(blocks);
  return typeof faults === 'string' ? faults : faults.map(({ pointer }) => pointer);
};

/** At its limit a thing is taken, one more and Slack points to it. */
const limits: [what: string, taken: unknown[], refused: unknown[], pointer: string][] = [
  [
    '50 blocks',
    times(50, () => ({ type: 'divider' })),
    times(51, () => ({ type: 'divider' })),
    '/blocks',
  ],
  [
    '3000 in a section',
    [{ type: 'section', text: mrkdwn(long(3000)) }],
    [{ type: 'section', text: mrkdwn(long(3001)) }],
    '/blocks/0/text/text',
  ],
  [
    'a section with words',
    [{ type: 'section', text: mrkdwn('a') }],
    [{ type: 'section', text: mrkdwn('') }],
    '/blocks/0/text/text',
  ],
  [
    'text or fields in a section',
    [{ type: 'section', fields: [mrkdwn('a')] }],
    [{ type: 'section' }],
    '/blocks/0',
  ],
  [
    '10 fields',
    [{ type: 'section', fields: times(10, () => mrkdwn('a')) }],
    [{ type: 'section', fields: times(11, () => mrkdwn('a')) }],
    '/blocks/0/fields',
  ],
  [
    '2000 in a field',
    [{ type: 'section', fields: [mrkdwn(long(2000))] }],
    [{ type: 'section', fields: [mrkdwn(long(2001))] }],
    '/blocks/0/fields/0/text',
  ],
  [
    '150 in a header',
    [{ type: 'header', text: plain(long(150)) }],
    [{ type: 'header', text: plain(long(151)) }],
    '/blocks/0/text/text',
  ],
  [
    'a plain header',
    [{ type: 'header', text: plain('a') }],
    [{ type: 'header', text: mrkdwn('a') }],
    '/blocks/0/text/type',
  ],
  [
    '10 things in a context',
    [{ type: 'context', elements: times(10, () => mrkdwn('a')) }],
    [{ type: 'context', elements: times(11, () => mrkdwn('a')) }],
    '/blocks/0/elements',
  ],
  [
    '25 elements in actions',
    [actions(...times(25, (i) => button({ action_id: `a${i}` })))],
    [actions(...times(26, (i) => button({ action_id: `a${i}` })))],
    '/blocks/0/elements',
  ],
  ['something in actions', [actions(button())], [actions()], '/blocks/0/elements'],
  [
    '75 on a button',
    [actions(button({ text: plain(long(75)) }))],
    [actions(button({ text: plain(long(76)) }))],
    '/blocks/0/elements/0/text/text',
  ],
  [
    '2000 behind a button',
    [actions(button({ value: long(2000) }))],
    [actions(button({ value: long(2001) }))],
    '/blocks/0/elements/0/value',
  ],
  [
    '3000 in a button’s address',
    [actions(button({ url: long(3000) }))],
    [actions(button({ url: long(3001) }))],
    '/blocks/0/elements/0/url',
  ],
  [
    '75 in a label for readers',
    [actions(button({ accessibility_label: long(75) }))],
    [actions(button({ accessibility_label: long(76) }))],
    '/blocks/0/elements/0/accessibility_label',
  ],
  [
    'two styles',
    [actions(button({ style: 'danger' }))],
    [actions(button({ style: 'green' }))],
    '/blocks/0/elements/0/style',
  ],
  [
    '255 in an action_id',
    [actions(button({ action_id: long(255) }))],
    [actions(button({ action_id: long(256) }))],
    '/blocks/0/elements/0/action_id',
  ],
  [
    '255 in a block_id',
    [{ type: 'divider', block_id: long(255) }],
    [{ type: 'divider', block_id: long(256) }],
    '/blocks/0/block_id',
  ],
  [
    'one block_id',
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'b' },
    ],
    [
      { type: 'divider', block_id: 'a' },
      { type: 'divider', block_id: 'a' },
    ],
    '/blocks/1/block_id',
  ],
  [
    'one action_id in a block',
    [actions(button(), button({ action_id: 'b' }))],
    [actions(button(), button())],
    '/blocks/0/elements/1/action_id',
  ],
  [
    '5 in an overflow',
    [actions(select('overflow', 5))],
    [actions(select('overflow', 6))],
    '/blocks/0/elements/0/options',
  ],
  [
    '10 checkboxes',
    [actions(select('checkboxes', 10))],
    [actions(select('checkboxes', 11))],
    '/blocks/0/elements/0/options',
  ],
  [
    '100 in a select',
    [actions(select('static_select', 100))],
    [actions(select('static_select', 101))],
    '/blocks/0/elements/0/options',
  ],
  [
    'a confirm’s title of 100',
    [
      actions(
        button({
          confirm: {
            title: plain(long(100)),
            text: plain('?'),
            confirm: plain('y'),
            deny: plain('n'),
          },
        }),
      ),
    ],
    [
      actions(
        button({
          confirm: {
            title: plain(long(101)),
            text: plain('?'),
            confirm: plain('y'),
            deny: plain('n'),
          },
        }),
      ),
    ],
    '/blocks/0/elements/0/confirm/title/text',
  ],
  [
    'one source of a picture',
    [{ type: 'image', alt_text: 'a', image_url: 'u' }],
    [{ type: 'image', alt_text: 'a', image_url: 'u', slack_file: { id: 'F1' } }],
    '/blocks/0',
  ],
  [
    'words for a picture',
    [{ type: 'image', alt_text: 'a', image_url: 'u' }],
    [{ type: 'image', image_url: 'u' }],
    '/blocks/0/alt_text',
  ],
  [
    '12,000 in markdown together',
    [{ type: 'markdown', text: long(12_000) }],
    [
      { type: 'markdown', text: long(6000) },
      { type: 'markdown', text: long(6001) },
    ],
    '/blocks',
  ],
  ['one table', [table([[cell('a')]])], [table([[cell('a')]]), table([[cell('a')]])], '/blocks'],
  [
    '100 rows',
    [table(times(100, () => [cell('a')]))],
    [table(times(101, () => [cell('a')]))],
    '/blocks/0/rows',
  ],
  [
    '20 cells',
    [table([times(20, () => cell('a'))])],
    [table([times(21, () => cell('a'))])],
    '/blocks/0/rows/0',
  ],
  ['a cell with words', [table([[cell('a')]])], [table([[cell('')]])], '/blocks/0/rows/0/0/text'],
  ['two charts', [bar(), bar()], [bar(), bar(), bar()], '/blocks'],
  [
    'a value for every category',
    [bar()],
    [bar({ axis_config: { categories: ['Mon', 'Tue'] } })],
    '/blocks/0/chart/series/0/data',
  ],
  [
    '20 in a series’ name',
    [bar()],
    [bar({ series: [{ name: long(21), data: [{ label: 'Mon', value: 1 }] }] })],
    '/blocks/0/chart/series/0/name',
  ],
  [
    'finite values',
    [bar()],
    [bar({ series: [{ name: 'a', data: [{ label: 'Mon', value: Number.NaN }] }] })],
    '/blocks/0/chart/series/0/data/0/value',
  ],
  [
    'positive segments',
    [{ ...bar(), chart: { type: 'pie', segments: [{ label: 'a', value: 1 }] } }],
    [{ ...bar(), chart: { type: 'pie', segments: [{ label: 'a', value: 0 }] } }],
    '/blocks/0/chart/segments/0/value',
  ],
  [
    'words in rich text',
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'a' }] }],
      },
    ],
    [
      {
        type: 'rich_text',
        elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: '' }] }],
      },
    ],
    '/blocks/0/elements/0/elements/0/text',
  ],
  [
    'blocks of a message',
    [{ type: 'divider' }],
    [{ type: 'alert', text: plain('a') }],
    '/blocks/0',
  ],
  ['known blocks', [{ type: 'divider' }], [{ type: 'constructor' }], '/blocks/0'],
  [
    'known elements',
    [actions(button())],
    [actions({ type: 'toString', action_id: 'a' })],
    '/blocks/0/elements/0/type',
  ],
  ['a list of blocks', [], 'none' as unknown as unknown[], '/blocks'],
];

test.each(limits)('a message may have %s, not more', (_what, taken, refused, pointer) => {
  expect(pointers(taken)).toEqual([]);
  expect(pointers(refused)).toContain(pointer);
});

test('all blocks of a message together hold about 13,200 characters', () => {
  const sections = (...lengths: number[]) =>
    lengths.map((length) => ({ type: 'section', text: mrkdwn(long(length)) }));
  expect(pointers(sections(3000, 3000, 3000, 3000, 1200))).toEqual([]);
  expect(pointers(sections(3000, 3000, 3000, 3000, 1201))).toBe('msg_blocks_too_long');
});

const modal = (more: object = {}) => ({
  ...{ type: 'modal', title: plain('Why'), submit: plain('Send') },
  blocks: [
    {
      type: 'input',
      label: plain('Reason'),
      element: { type: 'plain_text_input', action_id: 'a' },
    },
  ],
  ...more,
});

test.each([
  ['24 in its title', modal({ title: plain(long(25)) }), '/view/title/text'],
  ['a way to send its inputs', modal({ submit: undefined }), '/view/submit'],
  ['3000 of its own notes', modal({ private_metadata: long(3001) }), '/view/private_metadata'],
  ['255 in its callback_id', modal({ callback_id: long(256) }), '/view/callback_id'],
  ['100 blocks', modal({ blocks: times(101, () => ({ type: 'divider' })) }), '/view/blocks'],
  ['no chart', modal({ blocks: [bar()] }), '/view/blocks/0'],
  ['its type', modal({ type: 'home' }), '/view/type'],
])('a modal has %s', (_what, view, pointer) => {
  expect(checkView(modal(), 'modal')).toEqual([]);
  expect(checkView(view, 'modal').map((fault) => fault.pointer)).toContain(pointer);
});

test('whatever is sent as blocks is judged, never an exception', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (blocks) => {
      checkMessage(blocks);
      checkMessage([blocks]);
      checkView(blocks, 'modal');
    }),
  );
  const types = fc.constantFrom(
    'section',
    'actions',
    'table',
    'data_visualization',
    'rich_text',
    'input',
  );
  fc.assert(
    fc.property(
      types,
      fc.dictionary(
        fc.constantFrom('text', 'rows', 'elements', 'chart', 'title', 'fields'),
        fc.jsonValue(),
      ),
      (type, more) => {
        checkMessage([{ type, ...more }]);
      },
    ),
  );
});
