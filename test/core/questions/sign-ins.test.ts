import { matches } from '../../../src/core/evidence/match.ts';
import { echo } from '../../../src/core/questions/index.ts';
import { soundEvent } from '../evidence/sound.ts';
import { asked, planned } from './phrases.ts';

const federated = soundEvent({
  eventName: 'AssumeRoleWithSAML',
  eventSource: 'sts.amazonaws.com',
  recipientAccountId: '444455556666',
  userIdentity: { type: 'SAMLUser', userName: 'alice@example.com' },
});

test.each([
  'who logged in to prod?',
  'who signed in to the prod account?',
  'prod에 누가 로그인했어?',
  'prod 계정에 로그인한 사람',
  'prod 계정에 누가 접속했나요',
])('“%s” finds the people who come through Identity Center, and says so', (words) => {
  const plan = planned(words);
  expect(plan).toMatchObject({ verbs: ['sign-in'], accounts: ['444455556666'] });
  expect(plan.eventNames).toEqual(
    expect.arrayContaining(['ConsoleLogin', 'AssumeRoleWithSAML', 'SwitchRole', 'Federate']),
  );
  expect(plan.eventNames).not.toContain('AssumeRoleWithWebIdentity');
  expect(matches(plan, federated)).toBe('yes');
  for (const language of ['en', 'ko'] as const)
    expect(echo(plan, language)).toContain('Identity Center');
});

test.each(['who signed in to the console?', '콘솔 로그인한 사람', 'who logged in without mfa?'])(
  '“%s” names the way, and finds no other',
  (words) => {
    expect(planned(words).eventNames).toEqual(['ConsoleLogin']);
  },
);

test('to access an account is to sign in to it, or to read in it: the first is offered', () => {
  const understanding = asked('who accessed prod yesterday?');
  if (!('unclear' in understanding)) throw new Error('not asked back');
  expect(understanding.unclear.readings.map(({ plan }) => plan)).toMatchObject([
    { verbs: ['sign-in'], accounts: ['444455556666'] },
  ]);
});

test.each([
  ['who disabled logging in prod?', 'stop'],
  ['who stopped logging in prod', 'stop'],
  ['who enabled logging in prod', 'start'],
])('“%s” is about logging, not about logging in', (words, verb) => {
  expect(planned(words)).toMatchObject({
    verbs: [verb],
    resourceType: 'trail-logging',
    accounts: ['444455556666'],
  });
});

test('whoever was logging in signed in', () => {
  expect(planned('who was logging in yesterday?').verbs).toEqual(['sign-in']);
});
