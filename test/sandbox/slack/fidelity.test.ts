import { App } from '@slack/bolt';
import { WebAPIPlatformError, WebAPIRateLimitedError, WebClient } from '@slack/web-api';
import { findLocalSlack } from '../../../src/sandbox/slack/local-slack-process.ts';
import { quiet, type Stage, stage, until } from './bolt-app.ts';

/** Everything here holds for both workspaces; without the binary only for the one in memory. */
const kinds = (['local-slack', 'terminal'] as const).filter(
  (kind) => kind === 'terminal' || 'binary' in findLocalSlack(),
);
const GOVERN = 'C02GOVERN';

const errorOf = async (call: Promise<unknown>): Promise<unknown> =>
  call.then(
    () => 'no error',
    (error: unknown) => (error instanceof WebAPIPlatformError ? error.data.error : error),
  );

const section = (text: string) => ({
  type: 'section' as const,
  text: { type: 'mrkdwn' as const, text },
});

const button = (action_id: string, value?: string) => ({
  type: 'button' as const,
  action_id,
  text: { type: 'plain_text' as const, text: action_id },
  ...(value !== undefined && { value }),
});

const modal = (title: string) => ({
  type: 'modal' as const,
  title: { type: 'plain_text' as const, text: title },
  blocks: [section('words')],
});

describe.each(kinds)('Slack of the sandbox (%s)', (kind) => {
  let on: Stage;
  let heard: { event: string; retry: number | undefined; reason: string | undefined }[] = [];
  let triggers: string[] = [];
  let answers: (() => Promise<unknown>)[] = [];
  let now = () => Date.now();
  let slow = 0;

  beforeAll(async () => {
    on = await stage(
      (app) => {
        app.command('/trail', async ({ ack, respond, command, body }) => {
          if (command.text === 'sleep') return;
          if (command.text === 'inline') return ack('at once');
          await ack();
          triggers.push(body.trigger_id);
          answers.push(() => respond(command.text));
          if (command.text === 'answer') await respond('for you');
        });
        app.event('app_mention', async ({ event, context }) => {
          if (slow) await new Promise((resolve) => setTimeout(resolve, slow));
          heard.push({ event: event.text, retry: context.retryNum, reason: context.retryReason });
        });
        app.action(/.*/, async ({ ack, action, body, respond }) => {
          await ack();
          heard.push({
            event: JSON.stringify({ action, user: body.user.id }),
            retry: 0,
            reason: '',
          });
          await respond({ replace_original: true, text: 'done', blocks: [] });
        });
        app.error(async () => undefined);
      },
      {
        as: kind,
        now: () => now(),
        timing: { ackMs: 1000, retryMs: [0, 300, 1500, 4000] },
        channelRate: { burst: 50, perSecond: 1 },
      },
    );
  });
  beforeEach(() => {
    heard = [];
    triggers = [];
    answers = [];
    slow = 0;
    now = () => Date.now();
  });
  afterAll(() => on.close());

  const client = () => on.app.client;
  const control = () => on.slack.control;
  const post = (more: object) =>
    errorOf(client().chat.postMessage({ channel: GOVERN, text: 'x', ...more } as never));

  test('knows nobody with a wrong token', async () => {
    const stranger = new WebClient('xoxb-wrong', { slackApiUrl: on.slack.apiUrl, logger: quiet });
    expect(await errorOf(stranger.auth.test())).toBe('invalid_auth');
    expect(
      await errorOf(
        new WebClient(undefined, { slackApiUrl: on.slack.apiUrl, logger: quiet }).auth.test(),
      ),
    ).toBe('not_authed');
    const app = new WebClient(on.slack.tokens.app, { slackApiUrl: on.slack.apiUrl, logger: quiet });
    expect(await errorOf(app.chat.postMessage({ channel: GOVERN, text: 'x' }))).toBe(
      'not_allowed_token_type',
    );
  });

  test('refuses blocks that Slack would refuse, and points to them', async () => {
    const error = await client()
      .chat.postMessage({ channel: GOVERN, text: 'x', blocks: [section('a'.repeat(3001))] })
      .catch((refused: WebAPIPlatformError) => refused);
    expect((error as WebAPIPlatformError).data).toMatchObject({
      error: 'invalid_blocks',
      errors: ['must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      response_metadata: {
        messages: ['[ERROR] must be less than 3001 characters [json-pointer:/blocks/0/text/text]'],
      },
    });
    expect(await post({ blocks: Array(51).fill({ type: 'divider' }) })).toBe('invalid_blocks');
  });

  test('refuses a message without words, with too many, and where the bot is no member', async () => {
    expect(await post({ text: '' })).toBe('no_text');
    expect(await post({ text: 'a'.repeat(40_001) })).toBe('msg_too_long');
    expect(await post({ blocks: Array(5).fill(section('a'.repeat(2900))) })).toBe(
      'msg_blocks_too_long',
    );
    expect(await post({ channel: 'C0NOWHERE' })).toBe('channel_not_found');
  });

  test('a bot that is in no channel cannot write there, and sees it in the list', async () => {
    const seed = {
      ...on.slack.seed,
      channels: [{ id: 'C09OTHER', name: 'other', members: ['U02BOB'] }],
    };
    const other = await stage(() => undefined, { as: kind, seed });
    try {
      const { chat, conversations } = other.app.client;
      expect(await errorOf(chat.postMessage({ channel: 'C09OTHER', text: 'x' }))).toBe(
        'not_in_channel',
      );
      const { channels } = await conversations.list();
      expect(channels).toEqual([
        expect.objectContaining({ id: 'C09OTHER', is_member: false, is_ext_shared: false }),
      ]);
    } finally {
      await other.close();
    }
  });

  test('too many messages in one channel get 429 with Retry-After, other channels go on', async () => {
    const at = Date.now() + 60_000;
    now = () => at;
    const quick = new WebClient(on.slack.tokens.bot, {
      slackApiUrl: on.slack.apiUrl,
      logger: quiet,
      rejectRateLimitedCalls: true,
    });
    const sent = Array.from({ length: 51 }, () =>
      quick.chat.postMessage({ channel: 'C01GENERAL', text: 'x' }).catch((error: unknown) => error),
    );
    const limited = (await Promise.all(sent)).filter(
      (one) => one instanceof WebAPIRateLimitedError,
    );
    expect(limited).toEqual([expect.objectContaining({ retryAfter: 1 })]);
    expect(await post({})).toBe('no error');
  });

  test('faults come on order, as often as ordered', async () => {
    control().fault({ method: 'chat.postMessage', error: 'is_archived', times: 2 });
    expect([await post({}), await post({}), await post({})]).toEqual([
      'is_archived',
      'is_archived',
      'no error',
    ]);
    control().fault({ method: '*', status: 429, retryAfter: 1 });
    const start = Date.now();
    expect(await post({})).toBe('no error'); // the client waited and asked again
    expect(Date.now() - start).toBeGreaterThan(900);
  });

  test('an answer without response_type is for one person and is not kept in the history', async () => {
    await control().command('U01ALICE', GOVERN, '/trail answer');
    const answer = await until(async () =>
      (await control().messages(GOVERN)).find(({ text }) => text === 'for you'),
    );
    expect(answer).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U01ALICE' });
    await control().command('U02BOB', GOVERN, '/trail inline');
    expect((await control().messages(GOVERN)).find(({ text }) => text === 'at once')).toMatchObject(
      { subtype: 'ephemeral', ephemeral_to: 'U02BOB' },
    );
    const { messages = [] } = await client().conversations.history({ channel: GOVERN });
    expect(messages.filter(({ text }) => ['for you', 'at once'].includes(text ?? ''))).toEqual([]);
    const update = client().chat.update({ channel: GOVERN, ts: answer.ts, text: 'x' });
    expect(await errorOf(update)).toBe('message_not_found');
  });

  test('a response address is good for five answers', async () => {
    await control().command('U01ALICE', GOVERN, '/trail five');
    const [answer] = await until(() => (answers.length ? answers : undefined));
    for (let n = 0; n < 5; n++) await answer?.();
    await expect(answer?.()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('a response address is good for thirty minutes', async () => {
    await control().command('U01ALICE', GOVERN, '/trail thirty');
    const [answer] = await until(() => (answers.length ? answers : undefined));
    const later = Date.now() + 30 * 60_000 + 1;
    now = () => later;
    await expect(answer?.()).rejects.toMatchObject({ statusCode: 404 });
  });

  test('a trigger opens one modal, and not after three seconds', async () => {
    const open = (trigger_id = '') =>
      errorOf(client().views.open({ trigger_id, view: modal('One') }));
    await control().command('U01ALICE', GOVERN, '/trail modal');
    await until(() => triggers.length);
    expect(await open(triggers[0])).toBe('no error');
    expect(await open(triggers[0])).toBe('exchanged_trigger_id');
    expect(await open('123.456')).toBe('invalid_trigger_id');
    await control().command('U01ALICE', GOVERN, '/trail modal');
    await until(() => triggers.length > 1);
    const late = Date.now() + 3100;
    now = () => late;
    expect(await open(triggers[1])).toBe('expired_trigger_id');
  });

  test('an updated view keeps its id, and an old hash conflicts', async () => {
    await control().command('U01ALICE', GOVERN, '/trail modal');
    await until(() => triggers.length);
    const opened = await client().views.open({ trigger_id: triggers[0] ?? '', view: modal('One') });
    const { id = '', hash = '' } = opened.view ?? {};
    const two = await client().views.update({ view_id: id, hash, view: modal('Two') });
    const three = await client().views.update({ view_id: id, view: modal('Three') });
    expect([two.view?.id, three.view?.id]).toEqual([id, id]);
    expect(await errorOf(client().views.update({ view_id: id, hash, view: modal('Four') }))).toBe(
      'hash_conflict',
    );
    const long = errorOf(client().views.update({ view_id: id, view: modal('a'.repeat(25)) }));
    expect(await long).toBe('invalid_arguments');
  });

  test('an event that is not acknowledged in time comes again, with its number and reason', async () => {
    await on.app.stop();
    await until(() => control().connections() === 0);
    void control().event({
      type: 'app_mention',
      text: 'again',
      channel: GOVERN,
      ts: '1.1',
      user: 'U02BOB',
    });
    await on.app.start();
    await until(() => heard.length);
    expect(heard).toEqual([{ event: 'again', retry: expect.any(Number), reason: 'timeout' }]);
    expect(heard[0]?.retry).toBeGreaterThan(0);
  });

  test('the last event can be sent again, and says that it is a repetition', async () => {
    await control().say('U01ALICE', GOVERN, '<@U0TRAIL> who?');
    await until(() => heard.length === 1);
    expect(await control().redeliver()).toMatchObject({ acknowledged: true });
    await until(() => heard.length === 2);
    expect(heard).toEqual([
      { event: '<@U0TRAIL> who?', retry: 0, reason: '' },
      { event: '<@U0TRAIL> who?', retry: 1, reason: 'timeout' },
    ]);
  });

  test('what people type arrives escaped, except the mentions', async () => {
    await control().say('U01ALICE', GOVERN, '<@U0TRAIL> a < b & <!channel>');
    await until(() => heard.length === 1);
    expect(heard[0]?.event).toBe('<@U0TRAIL> a &lt; b &amp; &lt;!channel&gt;');
  });

  test('a command that nobody acknowledges is told to the person who gave it', async () => {
    await control().command('U02BOB', GOVERN, '/trail sleep');
    const told = (await control().messages(GOVERN)).at(-1);
    expect(told).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U02BOB' });
    expect(told?.text).toContain('/trail failed');
  });

  test('a click tells the button and the person, and its answer replaces the message', async () => {
    const { ts = '' } = await client().chat.postMessage({
      channel: GOVERN,
      text: 'finding',
      blocks: [
        { type: 'actions', block_id: 'b', elements: [button('approve', 'f-1'), button('dismiss')] },
      ],
    });
    const message = await until(async () =>
      (await control().messages(GOVERN)).find((one) => one.ts === ts),
    );
    await control().click('U03MINA', message, 'approve');
    await until(() => heard.length);
    expect(JSON.parse(heard[0]?.event ?? '')).toMatchObject({
      user: 'U03MINA',
      action: { action_id: 'approve', value: 'f-1', block_id: 'b' },
    });
    await until(async () =>
      (await control().messages(GOVERN)).find((one) => one.ts === ts && one.text === 'done'),
    );
    await expect(control().click('U03MINA', message, 'no_such')).rejects.toThrow(
      'nothing to press',
    );
  });

  test('blocks without ids get some, and an update without blocks keeps them', async () => {
    const { ts = '', message } = await client().chat.postMessage({
      channel: GOVERN,
      text: 'one',
      blocks: [section('words')],
    });
    expect(message?.blocks?.[0]).toMatchObject({ block_id: expect.stringMatching(/^\w{5}$/) });
    await client().chat.update({ channel: GOVERN, ts, text: 'two' });
    const kept = (await control().messages(GOVERN)).find((one) => one.ts === ts);
    expect(kept).toMatchObject({ text: 'two', blocks: [section('words')] });
  });

  test('only the bot’s own messages can be changed or deleted', async () => {
    const ts = await control().say('U01ALICE', GOVERN, 'mine');
    expect(await errorOf(client().chat.update({ channel: GOVERN, ts, text: 'x' }))).toBe(
      'cant_update_message',
    );
    expect(await errorOf(client().chat.delete({ channel: GOVERN, ts }))).toBe(
      'cant_delete_message',
    );
  });

  test('people, their zones and languages, and the approvers’ group', async () => {
    const { user } = await client().users.info({ user: 'U03MINA', include_locale: true });
    expect(user).toMatchObject({
      tz: 'Asia/Seoul',
      tz_offset: 32_400,
      locale: 'ko-KR',
      is_bot: false,
      is_restricted: false,
      is_ultra_restricted: false,
    });
    expect((await client().users.info({ user: 'U0TRAIL' })).user).toMatchObject({ is_bot: true });
    expect(await errorOf(client().users.info({ user: 'U0EVE' }))).toBe('user_not_found');
    const { usergroups } = await client().usergroups.list({ include_users: true });
    expect(usergroups).toEqual([
      expect.objectContaining({
        handle: 'cloud-approvers',
        users: ['U01ALICE', 'U03MINA', 'U04JUN'],
      }),
      expect.objectContaining({
        handle: 'security-approvers',
        users: ['U01ALICE', 'U03MINA', 'U04JUN'],
      }),
    ]);
    const { users } = await client().usergroups.users.list({ usergroup: 'S01APPROVE' });
    expect(users).toEqual(['U01ALICE', 'U03MINA', 'U04JUN']);
    expect(await errorOf(client().usergroups.users.list({ usergroup: 'S0' }))).toBe(
      'no_such_subteam',
    );
  });

  test('channels come in pages, without direct messages unless asked', async () => {
    const first = await client().conversations.list({ limit: 2 });
    expect(first.channels?.map(({ id }) => id)).toEqual(['C02GOVERN', 'C01GENERAL']);
    const cursor = first.response_metadata?.next_cursor ?? '';
    const second = await client().conversations.list({ limit: 2, cursor });
    expect(second.channels?.map(({ id }) => id)).toEqual(['C03PAYMENTS']);
    expect(second.response_metadata?.next_cursor).toBe('');
    const direct = await client().conversations.list({ types: 'im' });
    expect(direct.channels).toHaveLength(4);
    const { channel } = await client().conversations.info({ channel: GOVERN });
    expect(channel).toMatchObject({ is_member: true, is_ext_shared: false, is_shared: false });
  });

  test('reactions are read back, and none is added twice', async () => {
    const { ts = '' } = await client().chat.postMessage({ channel: GOVERN, text: 'look' });
    const eyes = { channel: GOVERN, timestamp: ts, name: 'eyes' };
    await client().reactions.add(eyes);
    expect(await errorOf(client().reactions.add(eyes))).toBe('already_reacted');
    const read = await client().reactions.get({ channel: GOVERN, timestamp: ts });
    expect(read.message?.reactions).toEqual([
      expect.objectContaining({ name: 'eyes', users: ['U0TRAIL'], count: 1 }),
    ]);
  });

  test('a scheduled message comes at its time, is listed until then, and can be called off', async () => {
    const at = Math.floor(Date.now() / 1000) + 2;
    const schedule = (post_at: number, text: string) =>
      client().chat.scheduleMessage({ channel: GOVERN, post_at, text });
    const kept = await schedule(at, 'kept');
    const off = await schedule(at, 'called off');
    const listed = await client().chat.scheduledMessages.list();
    expect(listed.scheduled_messages?.map(({ text }) => text)).toEqual(['kept', 'called off']);
    await client().chat.deleteScheduledMessage({
      channel: GOVERN,
      scheduled_message_id: off.scheduled_message_id ?? '',
    });
    await until(async () => (await control().messages(GOVERN)).find(({ text }) => text === 'kept'));
    expect((await control().messages(GOVERN)).map(({ text }) => text)).not.toContain('called off');
    expect(kept.post_at).toBe(at);
    expect(await errorOf(schedule(at - 100, 'late'))).toBe('time_in_past');
    expect(await errorOf(schedule(at + 121 * 86_400, 'far'))).toBe('time_too_far');
  });

  test('every call is on record as the bot sent it, with the error it got', async () => {
    await post({ text: 'recorded', blocks: [{ type: 'nonsense' }] });
    expect(control().calls('chat.postMessage').at(-1)).toMatchObject({
      args: { text: 'recorded', blocks: [{ type: 'nonsense' }] },
      error: 'invalid_blocks',
    });
  });

  test('the status of an assistant’s thread needs a thread', async () => {
    const status = { channel_id: GOVERN, thread_ts: '1.1', status: 'is looking' };
    expect(await errorOf(client().assistant.threads.setStatus(status))).toBe('no error');
    const { thread_ts: _, ...without } = status;
    expect(await errorOf(client().assistant.threads.setStatus(without as never))).toBe(
      'invalid_arguments',
    );
  });
});

test('of several connections one gets each event', async () => {
  const heard: string[] = [];
  const listen = (app: App) =>
    app.event('app_mention', async ({ event }) => void heard.push(event.text));
  const { slack, close } = await stage((app) => void listen(app), { as: 'terminal' });
  const second = new App({
    token: slack.tokens.bot,
    appToken: slack.tokens.app,
    socketMode: true,
    logger: quiet,
    clientOptions: { slackApiUrl: slack.apiUrl },
  });
  listen(second);
  await second.start();
  await until(() => slack.control.connections() === 2);
  for (let n = 0; n < 10; n++) await slack.control.say('U01ALICE', GOVERN, `<@U0TRAIL> ${n}`);
  await until(() => heard.length >= 10);
  expect(heard.toSorted()).toEqual(Array.from({ length: 10 }, (_, n) => `<@U0TRAIL> ${n}`));
  await second.stop();
  await close();
});

test('a bot that is asked to connect anew does, and hears what comes then', async () => {
  const heard: string[] = [];
  const { slack, close } = await stage(
    (app) => app.event('app_mention', async ({ event }) => void heard.push(event.text)),
    { as: 'terminal' },
  );
  expect(slack.control.disconnect()).toBe(1);
  await until(() => slack.control.connections() === 0);
  await until(() => slack.control.connections() === 1, 15_000);
  await slack.control.say('U01ALICE', GOVERN, '<@U0TRAIL> still there?');
  await until(() => heard.length);
  expect(heard).toEqual(['<@U0TRAIL> still there?']);
  await close();
});
