import { type AnswerPolicy, audienceOf, OPEN_POLICY } from '../../src/slack/members.ts';
import { anAnswer } from './samples.ts';
import { openStage, type Stage, said, until } from './stage.ts';

const policy: AnswerPolicy = {
  elsewhere: 'nobody',
  channels: { C02GOVERN: 'asker', C0SHARED01: 'everyone' },
};

test.each([
  ['C1', 'ours', OPEN_POLICY, 'everyone'],
  ['C1', 'shared-outside', OPEN_POLICY, 'nobody'],
  ['C02GOVERN', 'ours', policy, 'asker'],
  ['C02GOVERN', 'shared-outside', policy, 'asker'],
  // Named for everybody, and still not said aloud where another company reads along.
  ['C0SHARED01', 'shared-outside', policy, 'nobody'],
  ['C0SHARED01', 'ours', policy, 'everyone'],
  ['C1', 'ours', policy, 'nobody'],
  ['D1', 'ours', policy, 'everyone'],
] as const)('in %s, which is %s, answers are for …', (channel, place, said, audience) => {
  expect(audienceOf(channel, place, said)).toBe(audience);
});

describe('where answers are for the asker alone', () => {
  let stage: Stage;
  beforeAll(async () => {
    stage = await openStage(policy);
  });
  afterAll(() => stage?.close());
  beforeEach(() => stage.anew());

  const to = { channel: 'C02GOVERN', user: 'U01ALICE', language: 'en', timeZone: 'UTC' } as const;
  const calls = (method: string) => stage.slack.control.calls(method);
  const answer = { kind: 'answer', answer: anAnswer() } as const;

  test('nobody else sees the answer, nor how far it is', async () => {
    const posted = calls('chat.postMessage').length;
    await stage.bot.tell(to, { kind: 'progress', doing: 'searching', done: 60, of: 100 });
    await stage.bot.tell(to, answer);
    const [whispered] = calls('chat.postEphemeral').slice(-1);
    expect(whispered?.args).toMatchObject({ user: 'U01ALICE', channel: 'C02GOVERN' });
    expect(JSON.stringify(whispered?.args)).toContain('TerminateInstances');
    expect(calls('chat.postMessage')).toHaveLength(posted);
  });

  test('a file goes to the direct messages of the asker', async () => {
    const file = {
      kind: 'file',
      name: 'x.csv',
      content: 'a',
      rows: 1,
      answer: anAnswer(),
      form: '',
    } as const;
    await stage.bot.tell(to, file);
    const [upload] = calls('files.completeUploadExternal').slice(-1);
    expect(upload?.args.channel_id).toBe(await stage.slack.control.dm('U01ALICE'));
    await said(stage, 'C02GOVERN', 'direct message');
  });

  test('a posture scan is told to everybody as before', async () => {
    const posted = calls('chat.postMessage').length;
    await stage.bot.tell(to, { kind: 'help' });
    expect(calls('chat.postMessage')).toHaveLength(posted + 1);
  });

  test('where nobody is answered, a question is refused and help is not', async () => {
    await stage.slack.control.command(
      'U01ALICE',
      'C01GENERAL',
      '/trail who deleted i-0abc12345678?',
    );
    await until(() =>
      calls('chat.postEphemeral').find(({ args }) => args.channel === 'C01GENERAL'),
    );
    expect(JSON.stringify(calls('chat.postEphemeral').at(-1))).toContain('By our settings');
    expect(stage.requests).toEqual([]);
    await stage.slack.control.command('U01ALICE', 'C01GENERAL', '/trail help');
    await until(() => stage.requests.length === 1);
  });

  test('an answer that comes after the policy of the channel is not said there', async () => {
    const posted = calls('chat.postMessage').length;
    await stage.bot.tell({ ...to, channel: 'C01GENERAL' }, answer);
    expect(calls('chat.postMessage')).toHaveLength(posted);
    expect(JSON.stringify(calls('chat.postEphemeral').at(-1))).toContain('By our settings');
  });
});
