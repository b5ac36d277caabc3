import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { checkMessage } from '../../../src/sandbox/slack/block-check.ts';
import { blocksForPage } from '../../../src/sandbox/slack/page-blocks.ts';
import { textForPage } from '../../../src/sandbox/slack/page-text.ts';
import { boraCommerce } from '../../../src/sandbox/slack/seed.ts';
import { blocksAsText, mrkdwnAsText } from '../../../src/sandbox/slack/terminal-text.ts';
import type { Block } from '../../../src/sandbox/slack/workspace.ts';
import { stage } from './bolt-app.ts';
import { unlessMissing } from './unless-missing.ts';

const names = { userGroups: { S01APPROVE: 'cloud-approvers' } };
const drawn = (...blocks: Block[]) => blocksForPage(blocks, names, 'http://127.0.0.1:1');
const wordsOf = (...blocks: Block[]) =>
  drawn(...blocks).map(({ text }) => (text as { text: string }).text);

const DRAWN_BY_THE_PAGE = ['section', 'header', 'divider', 'context', 'actions', 'image', 'input'];

const rich = (...elements: object[]): Block => ({ type: 'rich_text', elements });
const line = (...elements: object[]) => ({ type: 'rich_text_section', elements });
const text = (words: string, style?: object) => ({
  type: 'text',
  text: words,
  ...(style && { style }),
});

describe('what the page is given to draw', () => {
  test.each([
    [
      'escaped markup stays text',
      'a &lt;!channel&gt; &amp; &lt;@U1&gt;',
      'a <\u2060!channel> & <\u2060@U1>',
    ],
    [
      'a link that was escaped is none',
      '&lt;https://a.example|x&gt;',
      '<\u2060https://a.example|x>',
    ],
    [
      'people and channels stay as they are',
      '<@U02BOB> in <#C01GENERAL>',
      '<@U02BOB> in <#C01GENERAL>',
    ],
    [
      'links too, with their label as text',
      '<https://a.example|a &amp; b>',
      '<https://a.example|a & b>',
    ],
    ['groups by their handle', '<!subteam^S01APPROVE>', '*@cloud-approvers*'],
    ['dates by their fallback', '<!date^1^{date}|20 Nov>', '20 Nov'],
    ['a real @channel shows as one', '<!channel>', '*@channel*'],
    ['stars in code stay stars', '`a*b*c` *bold*', '`a∗b∗c` *bold*'],
    [
      'code of several lines, line by line',
      '```{\n  "a": 1\n}```',
      '`{`\n`\u00a0\u00a0"a":\u00a01`\n`}`',
    ],
  ])('%s', (_what, sent, shown) => {
    expect(textForPage(sent, names)).toBe(shown);
  });

  test('rich text: styles, mentions, lists and quotes, and nothing in its words is markup', () => {
    expect(
      wordsOf(
        rich(
          line(
            text('bob ', { bold: true }),
            text('ran '),
            text('Stop', { code: true, bold: true }),
          ),
          line(text('*no* _no_ ~no~ `no` <!here>'), {
            type: 'usergroup',
            usergroup_id: 'S01APPROVE',
          }),
          {
            type: 'rich_text_list',
            style: 'ordered',
            elements: [line(text('one')), line({ type: 'user', user_id: 'U02BOB' })],
          },
          { type: 'rich_text_quote', elements: [text('said')] },
        ),
      ),
    ).toEqual([
      [
        '*bob* ran *`Stop`*',
        '∗no∗ \u2060_no_ ∼no~ ˋnoˋ <\u2060!here>*@cloud-approvers*',
        '1. one',
        '2. <@U02BOB>',
        '> said',
      ].join('\n'),
    ]);
  });

  test('a table in columns, a chart in words, a picture by an address of ours', () => {
    const cells = (...words: string[]) => words.map((word) => ({ type: 'raw_text', text: word }));
    expect(wordsOf({ type: 'table', rows: [cells('account', 'open'), cells('a', '12')] })).toEqual([
      '`account\u00a0\u00a0open`\n`a\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a0\u00a012\u00a0\u00a0`',
    ]);
    const chart = { type: 'pie', segments: [{ label: 'fail', value: 3 }] };
    expect(wordsOf({ type: 'data_visualization', title: 'Now', chart })).toEqual([
      '*Now* (pie chart)\n• fail: 3',
    ]);
    expect(drawn({ type: 'image', alt_text: 'a', slack_file: { id: 'F1' } })).toEqual([
      { type: 'image', alt_text: 'a', image_url: 'http://127.0.0.1:1/slack-file/F1' },
    ]);
  });

  test('every block becomes something that the page draws', () => {
    const types = [
      ...['markdown', 'table', 'data_table', 'rich_text', 'alert', 'card', 'plan', 'task_card'],
      ...['carousel', 'container', 'context_actions', 'data_visualization', 'section', 'divider'],
    ];
    for (const block of types.flatMap((type) => drawn({ type })))
      expect(DRAWN_BY_THE_PAGE).toContain(block.type);
  });

  test('no text of others makes a mention of its own', () => {
    const hostile = fc.string({
      unit: fc.constantFrom(
        ...'<>@#!&;`*_~| \nU',
        '&lt;',
        '&gt;',
        '<@U1>',
        '<!here>',
        'https:',
        '```',
      ),
    });
    fc.assert(
      fc.property(hostile, (words) => {
        const escaped = words
          .replaceAll('&', '&amp;')
          .replaceAll('<', '&lt;')
          .replaceAll('>', '&gt;');
        for (const shown of [textForPage(escaped, names), ...wordsOf(rich(line(text(words))))])
          expect(shown).not.toMatch(/<(@|#|!|https?:)/);
      }),
    );
  });
});

test('in the terminal names stand for ids, and addresses behind labels', () => {
  const sent =
    '*Fix* by <@U02BOB> for <!subteam^S01APPROVE> in <#C01GENERAL>: <http://a.example|here> &lt;!channel&gt;';
  expect(mrkdwnAsText(sent, boraCommerce)).toBe(
    'Fix by @bob for @cloud-approvers in #general: here (http://a.example) <!channel>',
  );
  const cells = [
    { type: 'raw_text', text: 'a' },
    { type: 'raw_number', value: 2 },
  ];
  expect(blocksAsText([{ type: 'table', rows: [cells] }, { type: 'divider' }], boraCommerce)).toBe(
    'a  2\n────────',
  );
});

test('every golden message of the bot is within Slack’s limits', () => {
  const folder = join(__dirname, '../../golden');
  const goldens = readdirSync(folder).filter((name) => name.endsWith('.json'));
  const faults = goldens.map((name) => {
    const { blocks } = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    return [name, blocks === undefined ? [] : checkMessage(blocks)];
  });
  expect(goldens.length).toBeGreaterThan(0);
  expect(faults).toEqual(goldens.map((name) => [name, []]));
});

unlessMissing('a picture', () => {
  test('is uploaded and fetched through the proxy, by the page and by whoever has the token', async () => {
    const { app, slack, close } = await stage(() => undefined);
    const file = Buffer.from('89504e470d0a1a0a', 'hex');
    const uploaded = await app.client.filesUploadV2({
      file,
      filename: 'chart.png',
      alt_text: 'up',
    });
    const [{ files = [] } = {}] = uploaded.files as {
      files?: { id: string; url_private: string }[];
    }[];
    const [{ id = '', url_private = '' } = {}] = files;
    const seen = await fetch(`${slack.pageUrl}slack-file/${id}`);
    expect([seen.status, seen.headers.get('content-type')]).toEqual([200, 'image/png']);
    expect(Buffer.from(await seen.arrayBuffer())).toEqual(file);
    expect(url_private.startsWith(slack.pageUrl)).toBe(true);
    const authorization = `Bearer ${slack.tokens.bot}`;
    expect((await fetch(url_private, { headers: { authorization } })).status).toBe(200);
    expect((await fetch(url_private)).status).toBe(404);
    await close();
  });
});
