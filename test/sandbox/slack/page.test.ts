import { existsSync } from 'node:fs';
import { type Browser, chromium, type Page } from 'playwright-core';
import { stage, until } from './bolt-app.ts';
import { unlessMissing } from './unless-missing.ts';

const CHROMIUM = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(
  (path) => existsSync(path),
);

/** A page on the sandbox's Slack, with every address that it asked for. */
async function browse(url: string): Promise<{ browser: Browser; page: Page; asked: string[] }> {
  const browser = await chromium.launch({
    executablePath: CHROMIUM ?? '',
    args: [
      ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
      ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
    ],
  });
  const page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
  const asked: string[] = [];
  page.on('request', (request) => asked.push(request.url()));
  page.on('websocket', (socket) => asked.push(socket.url()));
  await page.goto(url);
  return { browser, page, asked };
}

const write = async (page: Page, text: string) => {
  await page.locator('.composer-input').last().fill(text);
  await page.keyboard.press('Enter');
};

const inBrowser = CHROMIUM ? unlessMissing : describe.skip;

inBrowser('the page in Chromium (skipped where there is no Chromium)', () => {
  test('a person speaks, commands and clicks through the proxy, and nothing leaves loopback', async () => {
    const { slack, close } = await stage((app) => {
      app.command('/trail', async ({ ack, respond, command }) => {
        await ack();
        await respond({ text: `for you, ${command.user_name}` });
        await respond({
          response_type: 'in_channel',
          text: 'One finding',
          blocks: [
            {
              type: 'section',
              text: {
                type: 'mrkdwn',
                text: 'Tag &lt;!channel&gt; on `a*b*c` &amp; <!subteam^S01APPROVE>',
              },
            },
            {
              type: 'rich_text',
              elements: [
                {
                  type: 'rich_text_section',
                  elements: [
                    { type: 'text', text: 'bob', style: { bold: true } },
                    { type: 'text', text: ' ran ' },
                    { type: 'text', text: 'TerminateInstances', style: { code: true } },
                    { type: 'text', text: ' *not bold* <!here> ' },
                    { type: 'user', user_id: 'U02BOB' },
                    { type: 'link', url: 'http://127.0.0.1/', text: 'the record' },
                  ],
                },
                {
                  type: 'rich_text_list',
                  style: 'bullet',
                  elements: ['one', 'two'].map((text) => ({
                    type: 'rich_text_section',
                    elements: [{ type: 'text', text }],
                  })),
                },
                {
                  type: 'rich_text_preformatted',
                  elements: [{ type: 'text', text: '{\n  "validation": false\n}' }],
                },
              ],
            },
            {
              type: 'actions',
              block_id: 'decision',
              elements: [
                {
                  type: 'button',
                  action_id: 'approve',
                  text: { type: 'plain_text', text: 'Approve' },
                  value: 'f-1',
                },
              ],
            },
          ],
        });
      });
      app.message('hello', async ({ say, message }) => {
        await say(`hello <@${'user' in message ? message.user : ''}>`);
      });
      app.action('approve', async ({ ack, respond, body }) => {
        await ack();
        await respond({
          replace_original: true,
          text: `approved by <@${body.user.id}>`,
          blocks: [],
        });
      });
    });
    const { browser, page, asked } = await browse(slack.pageUrl);
    try {
      await page.getByText('cloud-governance').first().click();
      await write(page, 'hello bot');
      await page.getByText('hello @').waitFor();
      await write(page, '/trail posture');
      const finding = page.locator('.msg', { hasText: 'TerminateInstances' });
      await finding.waitFor();
      if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/before.png` });
      const words = (await finding.textContent()) ?? '';
      expect(words.replaceAll('\u2060', '')).toContain('Tag <!channel> on');
      expect(words.replaceAll('\u2060', '')).toContain('∗not bold∗ <!here> ');
      expect(await finding.locator('strong').allInnerTexts()).toEqual(['@cloud-approvers', 'bob']);
      expect(await finding.locator('code').allInnerTexts()).toContain('TerminateInstances');

      expect(await page.getByText('for you, alice').isVisible()).toBe(true);
      await page.locator('label.actas select').selectOption('U02BOB');
      await until(async () => !(await page.getByText('for you, alice').isVisible()));

      await page.getByRole('button', { name: 'Approve' }).click();
      await page.getByText('approved by').waitFor();
      if (process.env.SHOT) await page.screenshot({ path: `${process.env.SHOT}/after.png` });
      const elsewhere = asked.filter(
        (url) => !new RegExp(`^(http|ws)://${new URL(slack.pageUrl).host}/`).test(url),
      );
      expect(elsewhere).toEqual([]);
      expect(asked.length).toBeGreaterThan(1);
    } finally {
      await browser.close();
      await close();
    }
  }, 60_000);
});
