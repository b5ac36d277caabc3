import { PassThrough } from 'node:stream';
import type { App } from '@slack/bolt';
import { converse } from '../../../src/sandbox/terminal.ts';
import { stage, until } from './bolt-app.ts';

/** A line that is typed at once, or when this has been shown. */
type Typed = string | { once: string; line: string };

/** A conversation of these lines with a bot; returns what the terminal showed. */
async function typed(listen: (app: App) => void, ...lines: Typed[]): Promise<string> {
  const { slack, close } = await stage(listen, { as: 'terminal' });
  const input = new PassThrough();
  const output = new PassThrough();
  const shown: Buffer[] = [];
  output.on('data', (chunk) => shown.push(chunk));
  const conversation = converse(slack, { input, output, patienceMs: 500 });
  for (const one of lines) {
    const { once, line } = typeof one === 'string' ? { once: '', line: one } : one;
    await until(() => Buffer.concat(shown).toString('utf8').includes(once));
    input.write(`${line}\n`);
  }
  input.end();
  await conversation;
  await close();
  return Buffer.concat(shown).toString('utf8');
}

const finding = (text: string) => ({
  text,
  blocks: [
    { type: 'header' as const, text: { type: 'plain_text' as const, text: 'Finding' } },
    { type: 'section' as const, text: { type: 'mrkdwn' as const, text } },
    {
      type: 'actions' as const,
      elements: [
        {
          type: 'button' as const,
          action_id: 'approve',
          value: 'f-1',
          text: { type: 'plain_text' as const, text: 'Approve' },
        },
      ],
    },
  ],
});

describe('the conversation in the terminal', () => {
  test('a command, a button by its number, and another person: the message changes for all', async () => {
    const shown = await typed(
      (app) => {
        app.command('/trail', async ({ ack, respond, command }) => {
          await ack();
          await respond({
            response_type: 'in_channel',
            ...finding(`*payments-audit* ${command.text}`),
          });
        });
        app.action('approve', async ({ ack, respond, body }) => {
          await ack();
          await respond({
            replace_original: true,
            text: `approved by <@${body.user.id}>`,
            blocks: [],
          });
        });
      },
      '/trail fix it',
      'as mina',
      'press 1',
    );
    expect(shown).toContain(
      'trailwarden (#cloud-governance):\nFINDING\npayments-audit fix it\n  [1] Approve\n',
    );
    expect(shown).toContain('You are 박미나 (mina) now.');
    expect(shown).toContain('trailwarden (#cloud-governance, changed):\napproved by @mina\n');
  });

  test('a question goes to the bot as a direct message', async () => {
    const shown = await typed((app) => {
      app.message(async ({ say, message }) => {
        if (message.channel_type === 'im' && 'text' in message) await say(`asked: ${message.text}`);
      });
    }, '누가 i-0abc를 삭제했어?');
    expect(shown).toContain('trailwarden (direct message):\nasked: 누가 i-0abc를 삭제했어?');
  });

  test('what is only for one person is not shown to the next', async () => {
    const shown = await typed((app) => {
      app.command('/trail', async ({ ack, client, command }) => {
        await ack();
        for (const user of [command.user_id, 'U02BOB'])
          await client.chat.postEphemeral({
            channel: command.channel_id,
            user,
            text: `for ${user}`,
          });
      });
    }, '/trail help');
    expect(shown).toContain('trailwarden (#cloud-governance, only you see this):\nfor U01ALICE');
    expect(shown).not.toContain('U02BOB');
  });

  test('a modal is asked line by line, and its answers are submitted', async () => {
    const shown = await typed(
      (app) => {
        app.command('/trail', async ({ ack, client, command }) => {
          await ack();
          await client.views.open({
            trigger_id: command.trigger_id,
            view: {
              type: 'modal',
              callback_id: 'why',
              title: { type: 'plain_text', text: 'Approve the fix' },
              submit: { type: 'plain_text', text: 'Approve' },
              blocks: [
                {
                  type: 'input',
                  block_id: 'reason',
                  label: { type: 'plain_text', text: 'Reason' },
                  element: { type: 'plain_text_input', action_id: 'text' },
                },
              ],
            },
          });
        });
        app.view('why', async ({ ack, view, client, body }) => {
          await ack();
          const reason = view.state.values.reason?.text?.value;
          await client.chat.postMessage({ channel: body.user.id, text: `because ${reason}` });
        });
      },
      '/trail fix it',
      { once: 'Reason> ', line: 'agreed in the meeting' },
    );
    expect(shown).toContain('Approve the fix\n');
    expect(shown).toContain('Reason> ');
    expect(shown).toContain('because agreed in the meeting');
  });

  test('control characters in somebody else’s text do not reach the terminal', async () => {
    const shown = await typed((app) => {
      app.message(async ({ say }) => {
        await say('name: \u001b[2J\u202egpj.exe');
      });
    }, 'who?');
    expect(shown).toContain('name: \\u{1b}[2J\\u{202e}gpj.exe');
    expect(shown).not.toContain('\u001b');
  });

  test('names in channels, mentions by name, wrong buttons and unknown people are told', async () => {
    const shown = await typed(
      (app) => {
        app.event('app_mention', async ({ event, say }) => {
          await say(`mentioned in ${event.channel}: ${event.text}`);
        });
      },
      '#general hi @trailwarden',
      'press 7',
      'as eve',
    );
    expect(shown).toContain('trailwarden (#general):\nmentioned in C01GENERAL: hi @trailwarden');
    expect(shown).toContain('There is no button 7 now.');
    expect(shown).toContain('I know alice, bob, mina, jun.');
  });
});
