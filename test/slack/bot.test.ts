import type { JobRequest } from '../../src/core/request.ts';
import { type Slack, startSlack } from '../../src/sandbox/slack/index.ts';
import { type Bot, createBot } from '../../src/slack/bot.ts';

let slack: Slack;
let bot: Bot;
let requests: JobRequest[] = [];
let work: (request: JobRequest) => Promise<void> = async () => undefined;
const logged: string[] = [];

beforeAll(async () => {
  const started = await startSlack();
  if ('unavailable' in started) throw new Error(started.unavailable);
  slack = started;
  const seen = new Set<string>();
  bot = createBot(
    {
      botToken: slack.tokens.bot,
      appToken: slack.tokens.app,
      apiUrl: slack.apiUrl,
      approverGroup: '@cloud-approvers',
      log: (_level, sentence, fields) => logged.push(`${sentence} ${JSON.stringify(fields)}`),
      firstTime: async (key) => !seen.has(key) && seen.add(key) !== null,
    },
    async (request) => {
      requests.push(request);
      await work(request);
    },
  );
  await bot.start();
});

afterAll(async () => {
  await bot?.stop();
  await slack?.close();
});

beforeEach(() => {
  requests = [];
  work = async () => undefined;
});

async function eventually<T>(look: () => Promise<T | undefined> | T | undefined): Promise<T> {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = await look();
    if (found !== undefined) return found;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error('it never happened');
}

test('/trail help is handed over, and what it tells appears in the channel', async () => {
  work = async (request) => {
    if (request.job === 'help') await bot.tell(request.replyTo, { kind: 'help' });
  };
  await slack.control.command('U01ALICE', 'C02GOVERN', '/trail help');
  const message = await eventually(async () =>
    (await slack.control.messages('C02GOVERN')).find(({ user }) => user === 'U0TRAIL'),
  );
  console.log(JSON.stringify(message).slice(0, 500), logged);
  expect(requests).toMatchObject([
    {
      job: 'help',
      replyTo: { channel: 'C02GOVERN', user: 'U01ALICE', language: 'en', timeZone: 'Asia/Seoul' },
    },
  ]);
});
