/**
 * The bot's ears: listeners acknowledge, see who asks from where, and hand a job over as JSON. They never
 * work, so that the same listeners serve a long-lived process and, later, a queue.
 */
import { App, LogLevel, SocketModeReceiver } from '@slack/bolt';
import { WebClient, type WebClientOptions } from '@slack/web-api';
import { z } from 'zod';
import type { JobRequest, ReplyTo } from '../core/request.ts';
import { ACTIONS, ANSWER_ACTIONS, READINGS } from './actions.ts';
import { type Asked, DirectMessage, Press, readChat, replyToOf } from './asked.ts';
import { type Command, readCommand, withoutMention } from './commands.ts';
import { keepConnected } from './connection.ts';
import { WINDOWS } from './decision-view.ts';
import { type Log, reasonOf, slackLogger } from './log.ts';
import {
  type AnswerPolicy,
  audienceOf,
  type Members,
  OPEN_POLICY,
  slackMembers,
  type User,
} from './members.ts';
import { type Denial, denialMessage } from './messages/denial.ts';
import { loadingView } from './modal.ts';
import { isOfAnswer } from './of-answer.ts';
import { deliveryKey } from './once.ts';
import { answerJob, beneath, from, opensWindow } from './pressed.ts';
import { once } from './remembered-once.ts';
import { Submission, submittedFrom, submittedJob } from './submitted.ts';
import { slackVoice, type Tell } from './tell.ts';
import { commandJob, opensDecision, pressedJob } from './wanted.ts';
import { isOfWorkspace } from './workspace.ts';

export type BotConfig = {
  botToken: string;
  appToken: string;
  /** Only for a Slack that is not slack.com, such as the sandbox's; ends with `/api/`. */
  apiUrl?: string;
  /** Who hears answers in which channel; everybody everywhere unless said. */
  answers?: AnswerPolicy;
  log: Log;
  /** True for the first delivery of this key, whoever of several processes received it. */
  firstTime: (key: string) => Promise<boolean>;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** A fresh id under which trouble is logged and told. */
  correlation?: () => string;
};

export type Bot = {
  start(): Promise<void>;
  stop(): Promise<void>;
  tell: Tell;
  members: Members;
};

export function createBot(
  {
    botToken,
    appToken,
    apiUrl,
    answers = OPEN_POLICY,
    log,
    firstTime,
    now = Date.now,
    correlation = () => crypto.randomUUID().slice(0, 8),
  }: BotConfig,
  handOver: (request: JobRequest) => Promise<void>,
): Bot {
  const logger = slackLogger(log);
  const clientOptions: WebClientOptions = {
    ...(apiUrl === undefined ? {} : { slackApiUrl: apiUrl }),
    // The default is ten tries over half an hour; a chat answer that late helps nobody.
    retryConfig: { retries: 2, minTimeout: 500, maxTimeout: 3_000 },
    timeout: 10_000,
    logger,
  };
  const client = new WebClient(botToken, clientOptions);
  const identity = once(async () => Identity.parse(await client.auth.test()));
  const ownTeam = async () => (await identity()).team_id;
  const members = slackMembers(client, ownTeam, now);
  const { tell: say, confide, whisper } = slackVoice(client, now);
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    logLevel: LogLevel.WARN,
    autoReconnectEnabled: false,
    installerOptions: { clientOptions },
  });
  let connection: { stop(): void } | null = null;
  const app = new App({
    token: botToken,
    receiver,
    clientOptions,
    logger,
    logLevel: LogLevel.WARN,
    deferInitialization: true,
  });

  app.error(async (error) => log('error', 'A Slack delivery failed', { reason: reasonOf(error) }));

  app.use(async (delivery) => {
    // Before anything else: Slack shows the asker an error after three seconds.
    if ('ack' in delivery && delivery.ack) await delivery.ack();
    if (!isOfWorkspace(delivery.body, await identity())) {
      log('warn', 'A delivery of another workspace was not taken', { type: delivery.body.type });
      return;
    }
    const key = deliveryKey(delivery.body);
    if (key === null || (await firstTime(key))) await delivery.next();
  });

  app.command('/trail', async ({ command, context }) => {
    const words = withoutMention(command.text ?? '', context.botUserId ?? '');
    await receive(
      { channel: command.channel_id, user: command.user_id, responseUrl: command.response_url },
      words,
      readCommand(words),
      command.trigger_id,
    );
  });

  app.event('app_mention', async ({ event, context }) => {
    if (event.bot_id !== undefined || event.user === undefined) return;
    const words = withoutMention(event.text, context.botUserId ?? '');
    const threadTs = event.thread_ts ?? event.ts;
    await receive({ channel: event.channel, user: event.user, threadTs }, words, readChat(words));
  });

  app.message(async ({ message, context }) => {
    const said = DirectMessage.safeParse(message);
    if (!said.success) return;
    const { channel, user, text, thread_ts } = said.data;
    const words = withoutMention(text, context.botUserId ?? '');
    const thread = thread_ts === undefined ? {} : { threadTs: thread_ts };
    await receive({ channel, user, ...thread }, words, readChat(words));
  });

  for (const action of Object.values(ACTIONS)) {
    app.action(action, async ({ body }) => {
      const pressed = Press.parse(body);
      await admitted(from(pressed), '', 'other', async (replyTo) => {
        const [{ value, selected_option }] = pressed.actions;
        const carried = selected_option?.value ?? value;
        const request = await pressedJob(action, carried, replyTo, members.member);
        if (request) await handOver(await inWindow(request, pressed.trigger_id));
        else await whisper(replyTo, denialMessage('unknown-button', replyTo));
      });
    });
  }

  for (const action of [...Object.values(ANSWER_ACTIONS), ...READINGS]) {
    app.action(action, async ({ body }) => {
      const pressed = Press.parse(body);
      const answerUnder = async (replyTo: ReplyTo) => {
        const job = answerJob(action, pressed);
        if (!job) return whisper(replyTo, denialMessage('unknown-button', replyTo));
        const view = opensWindow(job) ? await opened(pressed.trigger_id, replyTo, 'event') : {};
        return handOver({ ...job, replyTo: { ...replyTo, ...view } });
      };
      await admitted(beneath(pressed), '', 'question', answerUnder);
    });
  }

  for (const callback of Object.values(WINDOWS)) {
    app.view(callback, async ({ body }) => {
      const submission = Submission.parse(body);
      const asked = submittedFrom(submission);
      if (!asked) return log('warn', 'A window that is none of ours was sent', { callback });
      await admitted(asked, '', 'other', async (replyTo) => {
        const by = await members.member(replyTo.user);
        const request = submittedJob(submission, by, replyTo);
        if (request) await handOver(request);
        else await whisper(replyTo, denialMessage('unknown-button', replyTo));
      });
    });
  }

  /** A job that is answered in a window, with the window open. */
  async function inWindow(job: JobRequest, triggerId: string | undefined): Promise<JobRequest> {
    if (!opensDecision(job)) return job;
    return {
      ...job,
      replyTo: { ...job.replyTo, ...(await opened(triggerId, job.replyTo, 'fix')) },
    };
  }

  /** The window has to be opened within three seconds; whoever looks the thing up fills it. */
  async function opened(
    trigger_id: string | undefined,
    reader: ReplyTo,
    of: 'event' | 'fix',
  ): Promise<{ view?: string }> {
    if (trigger_id === undefined) return {};
    const opened = await client.views.open({ trigger_id, view: loadingView(reader, of) });
    const id = opened.view?.id;
    return id === undefined ? {} : { view: id };
  }

  async function receive(
    asked: Asked,
    words: string,
    command: Command,
    triggerId?: string,
  ): Promise<void> {
    const kind = command.kind === 'question' ? 'question' : 'other';
    await admitted(asked, words, kind, async (replyTo) => {
      const job = await commandJob(command, replyTo, members.member);
      return handOver(await inWindow(job, triggerId));
    });
  }

  /** Runs `then` for people and places that may ask; tells the others why not, and everybody of trouble. */
  async function admitted(
    asked: Asked,
    words: string,
    kind: 'question' | 'other',
    then: (to: ReplyTo) => Promise<unknown>,
  ) {
    let replyTo = replyToOf(asked, words, null);
    try {
      const user = await members.user(asked.user);
      replyTo = replyToOf(asked, words, user);
      // Two bots that answer each other never stop.
      if (user?.is_bot || user?.is_workflow_bot) return;
      const denial = await denialOf(user, asked.channel, kind);
      if (denial) await whisper(replyTo, denialMessage(denial, replyTo));
      else await then(replyTo);
    } catch (error) {
      const id = correlation();
      log('error', 'A request from Slack could not be handed over', {
        correlation: id,
        reason: reasonOf(error),
      });
      const what = replyTo.language === 'ko' ? '요청을 받지 못했습니다' : 'taking your request';
      await tell(replyTo, { kind: 'trouble', what, correlation: id });
    }
  }

  async function denialOf(
    user: User | null,
    channel: string,
    kind: 'question' | 'other',
  ): Promise<Denial | null> {
    if (!members.mayAsk(user, await ownTeam())) return 'not-a-member';
    const place = await members.place(channel);
    if (place === 'unknown') return 'unknown-channel';
    const heard = kind === 'question' && audienceOf(channel, place, answers) !== 'nobody';
    if (place === 'shared-outside') return heard ? null : 'shared-channel';
    return kind === 'other' || heard ? null : 'quiet-channel';
  }

  /**
   * A channel may have been shared with another company since somebody asked, or since it was configured
   * for the digest, so it is looked at again before anything is posted for all to read.
   */
  const tell: Tell = async (replyTo, telling) => {
    if (telling.kind === 'refused' || telling.kind === 'trouble') return say(replyTo, telling);
    const channel = (telling.kind === 'fix' && telling.fix.message?.channel) || replyTo.channel;
    const place = await members.place(channel);
    if (isOfAnswer(telling)) {
      const audience = audienceOf(channel, place, answers);
      if (audience === 'everyone') return say(replyTo, telling);
      if (audience === 'asker') return confide(replyTo, telling);
      const denial = place === 'shared-outside' ? 'shared-channel' : 'quiet-channel';
      return telling.kind === 'progress'
        ? undefined
        : whisper(replyTo, denialMessage(denial, replyTo));
    }
    if (place !== 'shared-outside') return say(replyTo, telling);
    // Where nobody asked there is nobody to tell it to: whoever posts has to hear of it.
    if (replyTo.user === '') throw new Error(`${channel} is shared with another company`);
    if (telling.kind === 'progress') return undefined;
    return whisper(replyTo, denialMessage('shared-channel', replyTo));
  };

  return {
    tell,
    members,
    async start() {
      await identity();
      await app.init();
      await app.start();
      // Only now: a Slack that cannot be reached at the start is an error of the start.
      connection = keepConnected(receiver.client, log);
    },
    async stop() {
      connection?.stop();
      await app.stop();
    },
  };
}

const Identity = z.object({
  team_id: z.string(),
  user_id: z.string(),
  enterprise_id: z.string().nullish(),
});
