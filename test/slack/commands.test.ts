import fc from 'fast-check';
import { readDecision, writeDecision } from '../../src/slack/actions.ts';
import { readCommand, withoutMention } from '../../src/slack/commands.ts';
import { reasonOf, withoutSecrets } from '../../src/slack/log.ts';
import { deliveryKey } from '../../src/slack/once.ts';

test.each([
  ['', { kind: 'help' }],
  ['HELP', { kind: 'help' }],
  ['도움말', { kind: 'help' }],
  ['posture ou-ab12-cd34ef56', { kind: 'posture', scope: { ou: 'ou-ab12-cd34ef56' } }],
  ['posture ou Production', { kind: 'posture', scope: { ou: 'Production' } }],
  ['posture account payments-prod', { kind: 'posture', scope: { account: 'payments-prod' } }],
  ['posture `666677778888`', { kind: 'posture', scope: { account: '666677778888' } }],
  ['posture pci', { kind: 'posture', scope: { account: 'pci' } }],
  ['posture cis 3.0', { kind: 'posture', scope: { account: 'cis 3.0' } }],
  ['posture iso 27001 2022', { kind: 'posture', scope: { account: 'iso 27001 2022' } }],
  ['posture framework isms-p', { kind: 'posture', scope: {}, framework: 'isms-p' }],
  ['점검 프레임워크 isms-p', { kind: 'posture', scope: {}, framework: 'isms-p' }],
  ['posture ou Shared Services', { kind: 'posture', scope: { ou: 'Shared Services' } }],
  [
    'posture changes: who made them?',
    { kind: 'question', words: 'posture changes: who made them?' },
  ],
  ['점검', { kind: 'posture', scope: {} }],
  ['요약', { kind: 'digest' }],
  ['fix `f-1`', { kind: 'fix', finding: 'f-1' }],
  ['fix', { kind: 'help', notUnderstood: 'fix' }],
  ['fix f-1 f-2', { kind: 'fix', finding: 'f-1', subject: 'f-2' }],
  [
    'fix contain-identity arn:aws:iam::666677778888:user/eve',
    {
      kind: 'fix',
      finding: 'contain-identity',
      subject: 'arn:aws:iam::666677778888:user/eve',
    },
  ],
  [
    'fix 0a1b2c3d4e 5f60718293',
    { kind: 'fix', finding: '0a1b2c3d4e', findings: ['0a1b2c3d4e', '5f60718293'] },
  ],
  ['fix one two three', { kind: 'help', notUnderstood: 'fix one two three' }],
  ['fixes', { kind: 'fixes' }],
  ['수정 목록', { kind: 'fixes' }],
  ['fixes stop we have an incident', { kind: 'stop-fixes', reason: 'we have an incident' }],
  ['fixes START', { kind: 'start-fixes', reason: null }],
  ['수정 목록 중지 점검 중', { kind: 'stop-fixes', reason: '점검 중' }],
  ['fixes perhaps', { kind: 'help', notUnderstood: 'fixes perhaps' }],
  ['back fix-7', { kind: 'way-back', fix: 'fix-7' }],
  ['snooze 0a1b2c3d4e', { kind: 'snooze', finding: '0a1b2c3d4e', days: 7 }],
  ['snooze 0a1b2c3d4e 30d', { kind: 'snooze', finding: '0a1b2c3d4e', days: 30 }],
  ['snooze 0a1b2c3d4e 0', { kind: 'help', notUnderstood: 'snooze 0a1b2c3d4e 0' }],
  ['accept 0a1b2c3d4e', { kind: 'accept', finding: '0a1b2c3d4e' }],
  ['ask root sign-ins', { kind: 'question', words: 'root sign-ins' }],
  ['who deleted i-0abc', { kind: 'question', words: 'who deleted i-0abc' }],
  ['who changed the\nbucket', { kind: 'question', words: 'who changed the\nbucket' }],
  [
    'digest of what happened yesterday?',
    { kind: 'question', words: 'digest of what happened yesterday?' },
  ],
  ['i-0a1b2c3d4e5f60718', { kind: 'question', words: 'i-0a1b2c3d4e5f60718' }],
  ['어제 버킷 정책 누가 바꿨어', { kind: 'question', words: '어제 버킷 정책 누가 바꿨어' }],
  ['frobnicate', { kind: 'help', notUnderstood: 'frobnicate' }],
])('/trail %s', (text, command) => {
  expect(readCommand(text)).toEqual(command);
});

test('whatever is typed is some command, at once', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 5_000 }), (text) => {
      expect(readCommand(text).kind).toMatch(
        /help|posture|digest|fix|question|way-back|snooze|accept/,
      );
    }),
  );
});

test.each([
  ['<@U0TRAIL> who did it?', 'who did it?'],
  ['hey <@U0TRAIL|trailwarden> who?', 'hey   who?'],
  ['who is <@U02BOB>?', 'who is <@U02BOB>?'],
  ['a &lt;b&gt; &amp;amp;', 'a <b> &amp;'],
  ['<mailto:bob@bora.example|bob@bora.example> did?', 'bob@bora.example did?'],
  ['<https://example.com/x>', 'https://example.com/x'],
])('%s means %s', (text, words) => {
  expect(withoutMention(text, 'U0TRAIL')).toBe(words);
});

test('a button gives back what was written into it, and nothing else is read from it', () => {
  const reader = { language: 'ko', timeZone: 'Asia/Seoul' } as const;
  const decision = { fix: 'fix-1', planHash: 'abc', reader };
  expect(readDecision(writeDecision(decision))).toEqual(decision);
  for (const value of [
    '',
    'fix-1',
    '{}',
    '[]',
    'null',
    '{"fix":"a"}',
    '{"fix":"a","planHash":"b","x":1}',
  ]) {
    expect(readDecision(value)).toBeNull();
  }
});

describe('two deliveries are the same request when', () => {
  const said = { type: 'app_mention', channel: 'C1', ts: '1.2' };
  test('they are of one message, whatever their event is called', () => {
    const mention = deliveryKey({ team_id: 'T1', event_id: 'Ev1', event: said });
    const direct = { ...said, type: 'message', channel_type: 'im' };
    expect(deliveryKey({ team_id: 'T1', event_id: 'Ev2', event: direct })).toBe(mention);
  });
  test('they carry the same trigger and the same moment of the click', () => {
    const click = (action_ts: string) =>
      deliveryKey({ trigger_id: '1.2.a', actions: [{ action_ts }] });
    expect(click('5.1')).toBe(click('5.1'));
    expect(click('5.1')).not.toBe(click('5.2'));
  });
  test('a message that only passes by does not use up the key of a mention', () => {
    expect(
      deliveryKey({
        event_id: 'Ev1',
        event: { ...said, type: 'message', channel_type: 'channel' },
      }),
    ).toBeNull();
  });
  test.each([null, 7, 'x', {}, { event: null }, { actions: 'x' }])('%j has no key', (body) => {
    expect(deliveryKey(body)).toBeNull();
  });
});

test('what is logged carries the reasons and none of the keys to the workspace', () => {
  const error = new Error('posting', {
    cause: new Error(
      'xoxb-1-2-abc xapp-1-A-2-def wss://w.slack.com/?ticket=abc https://hooks.slack.com/commands/T/1/x',
    ),
  });
  expect(reasonOf(error)).toBe(
    'posting: [token] [token] wss://w.slack.com/?ticket=[ticket] https://hooks.slack.com/[response_url]',
  );
  expect(withoutSecrets('nothing secret')).toBe('nothing secret');
  expect(reasonOf('thrown words')).toBe('thrown words');
});

test.each(['export as csv', 'CSV로', 'only denied', 'same for dev', '개발 계정도', 'who else'])(
  '/trail %s may go on with the answer before',
  (words) => {
    expect(readCommand(words)).toEqual({ kind: 'question', words });
  },
);
