import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { JobRequest } from '../../src/core/request.ts';
import { type Message, type Slack, startSlack } from '../../src/sandbox/slack/index.ts';
import { findLocalSlack } from '../../src/sandbox/slack/local-slack-process.ts';
import { boraCommerce } from '../../src/sandbox/slack/seed.ts';
import { type Bot, createBot } from '../../src/slack/bot.ts';
import type { AnswerPolicy } from '../../src/slack/members.ts';

/** Changes what Slack answers to one method: a guest, a shared channel. */
export type Twists = { [method: string]: (answer: Record<string, unknown>) => unknown };

export type Stage = {
  slack: Slack;
  bot: Bot;
  /** What was handed over, oldest first. */
  requests: JobRequest[];
  logged: string[];
  twists: Twists;
  /** What happens behind the hand-over; nothing unless told. */
  work: (request: JobRequest) => Promise<void>;
  clock: { now: number };
  /** Back to the beginning: nothing asked, nothing twisted, nothing remembered; what was said before is old. */
  anew(): Promise<void>;
  close(): Promise<void>;
};

/** Where the bot is no member; everything else is as every start of the sandbox begins. */
export const seed = {
  ...boraCommerce,
  channels: [
    ...boraCommerce.channels,
    { id: 'C09OUTSIDE', name: 'outside', members: ['U01ALICE', 'U02BOB'] },
  ],
};

/** The real bot, over the wire to the sandbox's Slack: local-slack where its binary is, else in memory. */
export async function openStage(
  answers?: AnswerPolicy,
  /** Twists that hold from the bot's start on. */
  before: Twists = {},
): Promise<Stage> {
  const as = 'binary' in findLocalSlack() ? 'local-slack' : 'terminal';
  const slack = await startSlack({ as, seed });
  if ('unavailable' in slack) throw new Error(slack.unavailable);
  const twists: Twists = { ...before };
  const relay = await startRelay(slack.apiUrl, twists);
  const delivered = new Set<string>();
  const stage: Omit<Stage, 'bot'> = {
    slack,
    requests: [],
    logged: [],
    twists,
    clock: { now: 1_795_000_000_000 },
    work: async () => undefined,
    async anew() {
      stage.requests.length = 0;
      stage.logged.length = 0;
      for (const method of Object.keys(twists)) delete twists[method];
      stage.work = async () => undefined;
      stage.clock.now += 10 * 60_000;
      for (const { id } of seed.channels) {
        for (const { ts } of await slack.control.messages(id)) old.add(ts);
      }
    },
    async close() {
      await bot.stop();
      await relay.close();
      await slack.close();
    },
  };
  const bot = createBot(
    {
      botToken: slack.tokens.bot,
      appToken: slack.tokens.app,
      apiUrl: relay.url,
      ...(answers && { answers }),
      log: (level, sentence, fields) =>
        stage.logged.push(`${level} ${sentence} ${JSON.stringify(fields)}`),
      firstTime: async (key) => {
        const first = !delivered.has(key);
        delivered.add(key);
        return first;
      },
      now: () => stage.clock.now,
    },
    async (request) => {
      stage.requests.push(request);
      await stage.work(request);
    },
  );
  await bot.start();
  await until(() => slack.control.connections() > 0);
  return Object.assign(stage, { bot });
}

/** Waits until something is there; fails by telling what it waited for. */
export async function until<T>(look: () => T | Promise<T>, ms = 8000): Promise<NonNullable<T>> {
  for (const end = Date.now() + ms; Date.now() < end; ) {
    const seen = await look();
    if (seen) return seen;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error(`still not so after ${ms} ms: ${look}`);
}

const old = new Set<string>();

/** The newest message of the bot in a channel that says this, since the test began. */
export function said(stage: Stage, channel: string, words: string | RegExp): Promise<Message> {
  return until(async () => {
    const all = await stage.slack.control.messages(channel);
    return all.findLast(
      (it) => it.user === 'U0TRAIL' && !old.has(it.ts) && JSON.stringify(it).match(words),
    );
  });
}

/** Stands before the Web API and passes everything on, but for the answers that a test twists. */
async function startRelay(upstream: string, twists: Twists) {
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const method = (request.url ?? '').replace(/^\/api\//, '').split('?')[0] ?? '';
    const answer = await fetch(new URL(method, upstream), {
      method: 'POST',
      headers: {
        'content-type': request.headers['content-type'] ?? '',
        authorization: request.headers.authorization ?? '',
      },
      body: Buffer.concat(chunks),
    });
    const words = await answer.text();
    const twist = twists[method];
    const retryAfter = answer.headers.get('retry-after');
    response.writeHead(answer.status, {
      'content-type': 'application/json',
      ...(retryAfter ? { 'retry-after': retryAfter } : {}),
    });
    response.end(twist ? JSON.stringify(twist(JSON.parse(words))) : words);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}/api/`,
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
