import type { JobRequest } from '../../src/core/request.ts';
import { aFinding, aFix } from './samples.ts';
import { openStage, type Stage, said, until } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.anew());

/** The job that was handed over; fails when there were several. */
async function handedOver(): Promise<JobRequest> {
  await until(() => stage.requests.length > 0);
  expect(stage.requests).toHaveLength(1);
  return stage.requests[0] as JobRequest;
}

/** Gives a second request time to arrive, where none may. */
const settle = () => new Promise((resolve) => setTimeout(resolve, 300));

describe('what is asked becomes a job', () => {
  const scan = (scope: object) => ({ job: 'scan-posture', scope });
  test.each([
    ['/trail', { job: 'help' }],
    ['/trail help', { job: 'help' }],
    ['/trail posture', scan({})],
    ['/trail posture 666677778888', scan({ account: '666677778888' })],
    ['/trail posture Workloads/Production', scan({ ou: 'Workloads/Production' })],
    ['/trail posture cis 3.0', scan({ account: 'cis 3.0' })],
    ['/trail posture framework pci', { ...scan({}), framework: 'pci' }],
    ['/trail digest', { job: 'show-digest' }],
    ['/trail who deleted i-0a1?', { job: 'answer-question', words: 'who deleted i-0a1?' }],
    ['/trail 누가 i-0a1 삭제했어', { job: 'answer-question', words: '누가 i-0a1 삭제했어' }],
    ['/trail frobnicate', { job: 'help', notUnderstood: 'frobnicate' }],
    [
      '/trail fix f-1',
      {
        job: 'request-fix',
        finding: 'f-1',
        by: { slackId: 'U01ALICE', name: 'alice', email: 'alice@bora.example' },
      },
    ],
  ])('%s', async (text, job) => {
    await stage.slack.control.command('U01ALICE', 'C02GOVERN', text);
    expect(await handedOver()).toMatchObject({
      ...job,
      replyTo: { channel: 'C02GOVERN', user: 'U01ALICE', timeZone: 'Asia/Seoul' },
    });
  });

  test('a mention is a question, and is answered in its thread', async () => {
    const ts = await stage.slack.control.say(
      'U01ALICE',
      'C02GOVERN',
      '<@U0TRAIL> who stopped i-0a1?',
    );
    expect(await handedOver()).toMatchObject({
      job: 'answer-question',
      words: 'who stopped i-0a1?',
      replyTo: { channel: 'C02GOVERN', threadTs: ts },
    });
  });

  test('a direct message is a question, also when it looks like nothing we know', async () => {
    const channel = await stage.slack.control.dm('U01ALICE');
    await stage.slack.control.say('U01ALICE', channel, 'my trail feels odd');
    expect(await handedOver()).toMatchObject({
      job: 'answer-question',
      words: 'my trail feels odd',
    });
  });

  test('a message in a channel that does not mention the bot is none of its business', async () => {
    await stage.slack.control.say('U01ALICE', 'C02GOVERN', 'who deleted i-0a1?');
    await settle();
    expect(stage.requests).toEqual([]);
  });
});

describe('the language of the answer', () => {
  test.each([
    ['U01ALICE', '/trail posture', 'en'],
    ['U03MINA', '/trail posture', 'ko'],
    ['U03MINA', '/trail who deleted i-0a1?', 'en'],
    ['U01ALICE', '/trail 누가 i-0a1 지웠어?', 'ko'],
  ])('%s: %s -> %s', async (user, text, language) => {
    await stage.slack.control.command(user, 'C02GOVERN', text);
    expect(await handedOver()).toMatchObject({ replyTo: { language } });
  });
});

describe('buttons', () => {
  const fix = aFix();
  const propose = (channel: string) =>
    stage.bot.tell(
      { channel, user: 'U01ALICE', language: 'en', timeZone: 'UTC' },
      { kind: 'fix', fix, approvers: '@cloud-approvers' },
    );

  const press = async (action: string, posted: { ts: string } | undefined) => {
    const all = await stage.slack.control.messages('C02GOVERN');
    const message = all.find(({ ts }) => ts === posted?.ts) ?? fail();
    await stage.slack.control.click('U03MINA', message, action);
  };
  const mina = { slackId: 'U03MINA', email: 'mina@bora.example' };
  const place = (posted: { ts: string } | undefined) => ({
    channel: 'C02GOVERN',
    user: 'U03MINA',
    messageTs: posted?.ts,
    language: 'ko',
    messageReader: { language: 'en', timeZone: 'UTC' },
  });

  test.each([
    ['approve-fix', 'approve'],
    ['decline-fix', 'decline'],
  ] as const)('%s opens a window of its own before anything is decided', async (id, decision) => {
    const posted = await propose('C02GOVERN');
    await press(id, posted);
    expect(await handedOver()).toMatchObject({
      job: 'open-decision',
      decision,
      fix: fix.id,
      planHash: fix.planHash,
      by: mina,
      replyTo: { ...place(posted), view: expect.stringMatching(/./) },
    });
  });

  test.each([
    ['approve-fix', 'approve', { planHash: fix.planHash }],
    ['decline-fix', 'decline', {}],
  ] as const)(
    'the window of %s hands over what was decided, by whom, why, and where its message stands',
    async (job, decision, also) => {
      const posted = await propose('C02GOVERN');
      stage.work = async (request) => {
        if (request.job === 'open-decision')
          await stage.bot.tell(request.replyTo, { kind: 'decision', decision, fix });
      };
      await press(job, posted);
      await until(() => views().some((view) => JSON.stringify(view).includes(job)));
      await stage.slack.control.submit('U03MINA', {
        reason: { reason: { type: 'plain_text_input', value: '  CHG-1042 <!channel> ' } },
      });
      await until(() => stage.requests.length > 1);
      expect(stage.requests.at(-1)).toMatchObject({
        job,
        fix: fix.id,
        ...also,
        reason: 'CHG-1042 <!channel>',
        by: mina,
        replyTo: place(posted),
      });
      expect(stage.requests.at(-1)?.replyTo.view).toBeUndefined();
    },
  );

  test('a finding is put off for the days that were chosen, and that is said beneath it', async () => {
    const finding = aFinding();
    const to = { channel: 'C02GOVERN', user: 'U01ALICE', language: 'en', timeZone: 'UTC' } as const;
    const posted = await stage.bot.tell(to, { kind: 'fix', fix, finding, approvers: 'x' });
    const all = await stage.slack.control.messages('C02GOVERN');
    const message = all.find(({ ts }) => ts === posted?.ts) ?? fail();
    const choice = { actionId: 'snooze-finding', option: `7/${finding.id}` };
    await stage.slack.control.click('U03MINA', message, choice);
    expect(await handedOver()).toMatchObject({
      job: 'snooze-finding',
      finding: finding.id,
      days: 7,
      by: mina,
      replyTo: { channel: 'C02GOVERN', threadTs: posted?.ts },
    });
  });

  test('a risk is accepted with a reason, an owner and a day', async () => {
    const finding = aFinding();
    stage.work = async (request) => {
      if (request.job === 'open-acceptance')
        await stage.bot.tell(request.replyTo, { kind: 'acceptance', finding });
    };
    await stage.slack.control.command('U01ALICE', 'C02GOVERN', `/trail accept ${finding.id}`);
    await until(() => views().some((view) => JSON.stringify(view).includes('datepicker')));
    await stage.slack.control.submit('U01ALICE', {
      reason: { reason: { type: 'plain_text_input', value: 'a contract until spring' } },
      owner: { owner: { type: 'plain_text_input', value: 'payments' } },
      expires: { expires: { type: 'datepicker', selected_date: '2027-03-31' } },
    });
    await until(() => stage.requests.length > 1);
    expect(stage.requests.at(-1)).toMatchObject({
      job: 'accept-risk',
      finding: finding.id,
      reason: 'a contract until spring',
      owner: 'payments',
      expires: '2027-03-31',
      by: { slackId: 'U01ALICE' },
      replyTo: { channel: 'C02GOVERN' },
    });
  });

  const views = () =>
    stage.slack.control
      .calls('views.update')
      .map(({ args }) => args.view)
      .slice(-1);

  test('a button that carries something that we never wrote changes nothing and says so', async () => {
    const posted = await propose('C02GOVERN');
    const all = await stage.slack.control.messages('C02GOVERN');
    const message = structuredClone(all.find(({ ts }) => ts === posted?.ts) ?? fail());
    for (const block of message.blocks ?? []) {
      if (block.type === 'actions') Object.assign(first(block.elements), { value: '{"fix":7}' });
    }
    await stage.slack.control.click('U01ALICE', message, 'approve-fix');
    await said(stage, 'C02GOVERN', 'do not know this button');
    expect(stage.requests).toEqual([]);
  });
});

describe('once', () => {
  test('a mention that Slack delivers twice is asked once', async () => {
    await stage.slack.control.say('U01ALICE', 'C02GOVERN', '<@U0TRAIL> who stopped i-0a2?');
    await handedOver();
    await stage.slack.control.redeliver();
    await settle();
    expect(stage.requests).toHaveLength(1);
  });

  test('one message that arrives as a mention and as a message is asked once', async () => {
    const channel = await stage.slack.control.dm('U01ALICE');
    const event = {
      user: 'U01ALICE',
      channel,
      ts: '1795.000700',
      text: '<@U0TRAIL> who did i-0a3?',
    };
    await stage.slack.control.event({ ...event, type: 'app_mention' });
    await stage.slack.control.event({ ...event, type: 'message', channel_type: 'im' });
    await settle();
    expect(stage.requests).toHaveLength(1);
  });
});

describe('a listener never works', () => {
  test('the command is acknowledged while the job still runs', async () => {
    let finish = () => {};
    stage.work = () => new Promise((resolve) => (finish = resolve));
    const begun = Date.now();
    await stage.slack.control.command('U01ALICE', 'C02GOVERN', '/trail posture');
    expect(Date.now() - begun).toBeLessThan(1_000);
    await handedOver();
    finish();
  });

  test('a job that cannot be handed over is told to the asker alone, and logged without a secret', async () => {
    stage.work = async () => {
      throw new Error('queue full', { cause: new Error('token xoxb-trailwarden-sandbox refused') });
    };
    await stage.slack.control.command('U01ALICE', 'C02GOVERN', '/trail digest');
    const message = await said(stage, 'C02GOVERN', 'Nothing was changed');
    expect(message).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U01ALICE' });
    expect(stage.logged.join()).toContain('queue full');
    expect(stage.logged.join()).toContain('[token]');
    expect(stage.logged.join()).not.toContain('xoxb-');
  });
});

describe('who may ask', () => {
  const user = (differs: object) => (answer: Record<string, unknown>) => ({
    ...answer,
    user: { ...(answer.user as object), ...differs },
  });

  test.each([
    ['a guest', { is_restricted: true }],
    ['a single-channel guest', { is_ultra_restricted: true }],
    ['somebody of another workspace', { is_stranger: true }],
    ['somebody of another team', { team_id: 'T99OTHER' }],
    ['somebody who left', { deleted: true }],
    ['somebody whose team is not told', { team_id: undefined }],
  ])('%s is refused, in a sentence that only they see', async (_who, differs) => {
    stage.twists['users.info'] = user(differs);
    await stage.slack.control.command('U02BOB', 'C02GOVERN', '/trail posture');
    const message = await said(stage, 'C02GOVERN', 'full members of this workspace only');
    expect(message).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U02BOB' });
    expect(stage.requests).toEqual([]);
  });

  test('somebody whom Slack does not know is refused', async () => {
    stage.twists['users.info'] = () => ({ ok: false, error: 'user_not_found' });
    await stage.slack.control.command('U04JUN', 'C03PAYMENTS', '/trail posture');
    await said(stage, 'C03PAYMENTS', 'full members of this workspace only');
    expect(stage.requests).toEqual([]);
  });

  test('a bot is not even answered, because two bots never stop', async () => {
    stage.twists['users.info'] = user({ is_bot: true });
    const before = stage.slack.control.calls('chat.postEphemeral').length;
    await stage.slack.control.event({
      type: 'app_mention',
      user: 'U02BOB',
      channel: 'C02GOVERN',
      ts: '1795.000800',
      text: '<@U0TRAIL> hello?',
    });
    await settle();
    expect(stage.requests).toEqual([]);
    expect(stage.slack.control.calls('chat.postEphemeral')).toHaveLength(before);
  });

  test.each([
    ['is_ext_shared', 'shared with another company'],
    ['is_pending_ext_shared', 'shared with another company'],
  ])('nothing is said in a channel with %s', async (flag, words) => {
    stage.twists['conversations.info'] = (answer) => ({
      ...answer,
      channel: { ...(answer.channel as object), [flag]: true },
    });
    await stage.slack.control.command('U01ALICE', 'C01GENERAL', '/trail posture');
    await said(stage, 'C01GENERAL', words);
    expect(stage.requests).toEqual([]);
  });

  describe('in a channel that was shared with another company meanwhile', () => {
    const shareNow = () => {
      stage.twists['conversations.info'] = (answer) => ({
        ...answer,
        channel: { ...(answer.channel as object), is_ext_shared: true },
      });
      stage.clock.now += 61_000;
    };

    test('an answer is kept from all but told of to the asker', async () => {
      stage.work = async ({ replyTo }) => {
        shareNow();
        await stage.bot.tell(replyTo, { kind: 'digest', digest: null });
      };
      await stage.slack.control.command('U01ALICE', 'C01GENERAL', '/trail digest');
      const word = await said(stage, 'C01GENERAL', 'shared with another company');
      expect(word.subtype).toBe('ephemeral');
    });

    test('a digest is not posted, and whoever sends it hears of it', async () => {
      shareNow();
      const to = { channel: 'C01GENERAL', user: '', language: 'en', timeZone: 'UTC' } as const;
      await expect(stage.bot.tell(to, { kind: 'digest', digest: null })).rejects.toThrow(
        'C01GENERAL is shared with another company',
      );
    });
  });

  test('nothing is said where it cannot be known who reads along', async () => {
    stage.twists['conversations.info'] = () => ({ ok: false, error: 'channel_not_found' });
    await stage.slack.control.command('U01ALICE', 'C01GENERAL', '/trail posture');
    await said(stage, 'C01GENERAL', 'Invite me');
    expect(stage.requests).toEqual([]);
  });

  test.each([
    ['an edited message', { subtype: 'message_changed' }],
    ['a message of a bot', { subtype: 'bot_message', bot_id: 'B0OTHER' }],
    ['an app posting as a person', { bot_id: 'B0OTHER' }],
  ])('%s in a direct message is no question', async (_what, differs) => {
    const channel = await stage.slack.control.dm('U01ALICE');
    await stage.slack.control.event({
      type: 'message',
      channel_type: 'im',
      user: 'U01ALICE',
      channel,
      ts: `1795.${Math.random()}`,
      text: 'who deleted i-0a4?',
      ...differs,
    });
    await settle();
    expect(stage.requests).toEqual([]);
  });
});

function fail(): never {
  throw new Error('the message is not there');
}

const first = (elements: unknown) => (Array.isArray(elements) ? elements[0] : fail());
