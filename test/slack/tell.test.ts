import type { ReplyTo } from '../../src/core/request.ts';
import type { Telling } from '../../src/core/telling.ts';
import { aFinding, aFix, anAnswer, appliedFix, aScan } from './samples.ts';
import { openStage, type Stage, said } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await openStage();
});
afterAll(() => stage?.close());
beforeEach(() => stage.anew());

const asked = (differs: Partial<ReplyTo> = {}): ReplyTo => ({
  channel: 'C02GOVERN',
  user: 'U01ALICE',
  language: 'en',
  timeZone: 'UTC',
  ...differs,
});

const calls = (method: string) => stage.slack.control.calls(method);
const answer = { kind: 'answer', answer: anAnswer() } as const;
const manyFindings = aScan({
  // Different faults of different things: what is alike would be told together.
  findings: Array.from({ length: 60 }, (_, at) =>
    aFinding({ id: `f-${at}`, check: `check-${at % 40}`, subject: `trail-${at % 30}` }),
  ),
});

test('an answer is posted where it was asked, in the thread of the question', async () => {
  const root = await stage.slack.control.say('U01ALICE', 'C02GOVERN', 'a question');
  const posted = await stage.bot.tell(asked({ threadTs: root }), answer);
  const message = await said(stage, 'C02GOVERN', 'TerminateInstances');
  expect(message).toMatchObject({ ts: posted?.ts, thread_ts: root });
  expect(message.subtype).toBeUndefined();
});

test('nothing that is posted is parsed, linked or unfurled by Slack', async () => {
  await stage.bot.tell(asked(), answer);
  expect(calls('chat.postMessage').at(-1)?.args).toMatchObject({ parse: 'none' });
  for (const flag of ['unfurl_links', 'unfurl_media', 'link_names']) {
    expect(String(calls('chat.postMessage').at(-1)?.args[flag])).toBe('false');
  }
});

test('progress is one line that is edited now and then, and the answer takes its place', async () => {
  const to = asked();
  const updates = calls('chat.update').length;
  const line = await stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 1, of: 15 });
  await stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 2, of: 15 });
  stage.clock.now += 2_000;
  await stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 5, of: 15 });
  expect(calls('chat.update')).toHaveLength(updates);
  stage.clock.now += 1_000;
  await stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 9, of: 15 });
  expect(await said(stage, 'C02GOVERN', '9 of 15')).toMatchObject({ ts: line?.ts });
  const posted = await stage.bot.tell(to, answer);
  expect(posted).toEqual(line);
  const message = await said(stage, 'C02GOVERN', 'TerminateInstances');
  expect(JSON.stringify(message)).not.toContain('9 of 15');
});

test('the end is never overtaken by progress that is still on its way', async () => {
  const to = asked();
  const early = stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 1, of: 15 });
  const end = stage.bot.tell(to, answer);
  expect(await end).toEqual(await early);
  const message = await said(stage, 'C02GOVERN', 'TerminateInstances');
  expect(JSON.stringify(message)).not.toContain('1 of 15');
});

test('the answer is told also where its progress could not be', async () => {
  stage.slack.control.fault({ method: 'chat.postMessage', error: 'internal_error' });
  const to = asked();
  const lost = stage.bot.tell(to, { kind: 'progress', doing: 'scanning', done: 1, of: 15 });
  await expect(lost).rejects.toThrow('telling Slack channel');
  await stage.bot.tell(to, answer);
  await said(stage, 'C02GOVERN', 'TerminateInstances');
});

test('a refusal takes the progress line away and is seen by the asker alone', async () => {
  const to = asked();
  const line = await stage.bot.tell(to, { kind: 'progress', doing: 'searching', done: 1, of: 9 });
  await stage.bot.tell(to, { kind: 'refused', why: { kind: 'own-request' } });
  const message = await said(stage, 'C02GOVERN', 'your own request');
  expect(message).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U01ALICE' });
  const left = await stage.slack.control.messages('C02GOVERN');
  expect(left.find(({ ts }) => ts === line?.ts)).toBeUndefined();
});

test('what does not fit into the first message follows in its thread, to the last finding', async () => {
  const posted = await stage.bot.tell(asked(), { kind: 'posture', scan: manyFindings, scope: {} });
  const all = await stage.slack.control.messages('C02GOVERN');
  const ours = all.filter(({ ts, thread_ts }) => ts === posted?.ts || thread_ts === posted?.ts);
  expect(ours.length).toBeGreaterThan(1);
  const shown = new Set(JSON.stringify(ours).match(/"f-\d+"/g));
  expect(shown.size).toBe(60);
  expect(JSON.stringify(ours[0])).toContain('more, in the thread');
});

describe('a fix', () => {
  const told = { kind: 'fix', approvers: '@cloud-approvers' } as const;

  test('is proposed in the channel, not in the thread where it was thought of', async () => {
    const posted = await stage.bot.tell(asked({ threadTs: '1795.1' }), { ...told, fix: aFix() });
    const message = await said(stage, 'C02GOVERN', 'waiting for approval');
    expect(message.ts).toBe(posted?.ts);
    expect(message.thread_ts).toBeUndefined();
  });

  test('has the whole plan in its thread, once, and what AWS answered at the end', async () => {
    const fix = aFix({ id: 'fix-with-a-thread' });
    const place = await stage.bot.tell(asked(), { ...told, fix });
    const message = place ?? null;
    await stage.bot.tell(asked(), { ...told, fix: { ...fix, message } });
    await stage.bot.tell(asked(), { ...told, fix: { ...appliedFix, id: fix.id, message } });
    const all = await stage.slack.control.messages('C02GOVERN');
    const thread = all.filter(({ thread_ts, ts }) => thread_ts === place?.ts && ts !== place?.ts);
    const words = thread.map((one) => JSON.stringify(one));
    expect(words).toHaveLength(2);
    expect(words[0]).toContain('The state before');
    expect(words[0]).toContain(fix.planHash);
    expect(words[1]).toContain('4e6ab7c1-0000-4d3c-9f5e-1b2c3d4e5f60');
  });

  test('is told to its end in the message that proposed it', async () => {
    const place = await stage.bot.tell(asked(), { ...told, fix: aFix() });
    const fix = { ...appliedFix, message: place ?? null };
    expect(await stage.bot.tell(asked({ user: 'U03MINA' }), { ...told, fix })).toEqual(place);
    const message = await said(stage, 'C02GOVERN', 'applied and verified');
    expect(message.ts).toBe(place?.ts);
    expect(JSON.stringify(message)).toContain('request-way-back');
    expect(JSON.stringify(message)).not.toContain('approve-fix');
  });

  test('rewrites the message that carried the button where the store knows of no other', async () => {
    const place = await stage.bot.tell(asked(), { ...told, fix: aFix() });
    const to = asked({ messageTs: place?.ts ?? '' });
    expect(await stage.bot.tell(to, { ...told, fix: appliedFix })).toEqual(place);
  });

  test('keeps the language of those who read it, whoever decides; a refusal is in the language of who is refused', async () => {
    const place = await stage.bot.tell(asked(), { ...told, fix: aFix() });
    const messageReader = { language: 'en', timeZone: 'UTC' } as const;
    const mina = asked({ user: 'U03MINA', language: 'ko', messageReader });
    await stage.bot.tell(mina, { ...told, fix: { ...appliedFix, message: place ?? null } });
    await said(stage, 'C02GOVERN', 'applied and verified');
    await stage.bot.tell(mina, { kind: 'refused', why: { kind: 'own-request' } });
    await said(stage, 'C02GOVERN', '본인이 요청한');
  });

  test('is told anew where somebody deleted the message', async () => {
    const fix = { ...appliedFix, message: { channel: 'C02GOVERN', ts: '1.000001' } };
    const place = await stage.bot.tell(asked(), { ...told, fix });
    expect(place?.ts).not.toBe('1.000001');
    expect((await said(stage, 'C02GOVERN', 'applied and verified')).ts).toBe(place?.ts);
  });
});

describe('where the bot is no member', () => {
  /** Asks in that channel and tells, as a job would. */
  async function tellOutside(telling: Telling) {
    stage.work = async (request) => {
      if ('replyTo' in request) await stage.bot.tell(request.replyTo, telling);
    };
    await stage.slack.control.command('U01ALICE', 'C09OUTSIDE', '/trail help');
    return said(stage, 'C09OUTSIDE', '');
  }

  test('an answer to a command is seen by the channel all the same', async () => {
    const message = await tellOutside(answer);
    expect(JSON.stringify(message)).toContain('TerminateInstances');
    expect(message.subtype).not.toBe('ephemeral');
  });

  test('a refusal stays with the asker', async () => {
    const message = await tellOutside({ kind: 'refused', why: { kind: 'own-request' } });
    expect(message).toMatchObject({ subtype: 'ephemeral', ephemeral_to: 'U01ALICE' });
  });

  test('what nobody asked for by command fails aloud', async () => {
    const lost = stage.bot.tell(asked({ channel: 'C09OUTSIDE' }), answer);
    await expect(lost).rejects.toThrow('telling Slack channel C09OUTSIDE');
  });
});

describe('when Slack is busy', () => {
  test('a message waits as long as Slack says, and is posted once', async () => {
    const before = calls('chat.postMessage').length;
    stage.slack.control.fault({ method: 'chat.postMessage', status: 429, retryAfter: 1 });
    const begun = Date.now();
    await stage.bot.tell(asked(), answer);
    expect(Date.now() - begun).toBeGreaterThanOrEqual(900);
    expect(calls('chat.postMessage')).toHaveLength(before + 2);
  });

  test('it gives up after the third try instead of trying for half an hour', async () => {
    const before = calls('chat.postMessage').length;
    stage.slack.control.fault({ method: 'chat.postMessage', status: 500, times: 9 });
    await expect(stage.bot.tell(asked(), answer)).rejects.toThrow('telling Slack channel');
    expect(calls('chat.postMessage')).toHaveLength(before + 3);
  });
});
