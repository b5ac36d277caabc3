import { matches } from '../../../src/core/evidence/match.ts';
import { echo, exactForm, Plan, parseExactForm } from '../../../src/core/questions/index.ts';
import { soundEvent } from '../evidence/sound.ts';
import { asked, planned, vocabulary } from './phrases.ts';

const policy = 'AmazonEC2FullAccess';
const attached = (roleName: string, name: string, eventName = 'AttachRolePolicy') =>
  soundEvent({
    eventName,
    eventSource: 'iam.amazonaws.com',
    eventTime: '2026-11-20T05:00:00Z',
    requestParameters: { roleName, policyArn: `arn:aws:iam::aws:policy/${name}` },
  });

test.each([
  ['who attached AmazonEC2FullAccess to ops-breakglass?', 'attach'],
  ['who attached AmazonEC2FullAccess to the role ops-breakglass?', 'attach'],
  ['who granted AmazonEC2FullAccess to ops-breakglass', 'attach'],
  ['who gave role ops-breakglass the policy AmazonEC2FullAccess', 'attach'],
  ['ops-breakglass 역할에 AmazonEC2FullAccess 붙인 사람?', 'attach'],
  ['ops-breakglass에 AmazonEC2FullAccess 누가 붙였어?', 'attach'],
  ['AmazonEC2FullAccess 정책을 ops-breakglass 역할에 누가 연결했나요', 'attach'],
  ['who detached AmazonEC2FullAccess from ops-breakglass?', 'detach'],
  ['who revoked AmazonEC2FullAccess from role ops-breakglass', 'detach'],
  ['ops-breakglass 역할에서 AmazonEC2FullAccess 뗀 사람?', 'detach'],
])('“%s” needs both names in one event', (words, verb) => {
  const plan = planned(words);
  const eventName = verb === 'attach' ? 'AttachRolePolicy' : 'DetachRolePolicy';
  expect(plan.verbs).toEqual([verb]);
  expect([...plan.resources, ...plan.alsoResources].toSorted()).toEqual([policy, 'ops-breakglass']);
  expect(plan.alsoResources).toHaveLength(1);
  expect(matches(plan, attached('ops-breakglass', policy, eventName))).toBe('yes');
  expect(matches(plan, attached('ops-breakglass', 'ReadOnlyAccess', eventName))).toBe('no');
  expect(matches(plan, attached('ci-deployer', policy, eventName))).toBe('no');
  for (const language of ['en', 'ko'] as const)
    for (const name of [policy, 'ops-breakglass']) expect(echo(plan, language)).toContain(name);
});

test('the kind of thing is said of the name that stands beside it', () => {
  const plan = planned('who attached AmazonEC2FullAccess to the role ops-breakglass?');
  expect(echo(plan, 'en')).toContain('IAM role ops-breakglass + AmazonEC2FullAccess');
});

test('volumes and instances, users and groups', () => {
  expect(planned('who attached vol-0fc2e34e74650e145 to i-0aa11bb22cc33dd44?')).toMatchObject({
    eventNames: ['AttachVolume'],
    resources: ['vol-0fc2e34e74650e145'],
    alsoResources: ['i-0aa11bb22cc33dd44'],
  });
  expect(planned('who added user bob to group admins?').eventNames).toContain('AddUserToGroup');
});

test('both names survive the exact form, and a plan of before still reads', () => {
  const plan = planned('who attached AmazonEC2FullAccess to ops-breakglass?');
  const context = { now: '2026-11-22T09:00:00Z', timeZone: 'UTC', vocabulary };
  expect(exactForm(plan)).toContain('with:');
  expect(parseExactForm(exactForm(plan), context)).toEqual({ plan });
  const { alsoResources: _, ...before } = planned('who deleted bucket finance-reports');
  expect(Plan.parse(before).alsoResources).toEqual([]);
});

test.each([
  'who attached AdministratorAccess or ReadOnlyAccess?',
  'who attached AdministratorAccess and ReadOnlyAccess to ops-breakglass?',
  'who deleted finance-reports or web-logs?',
  'who deleted i-0aa11bb22cc33dd44 or vol-0fc2e34e74650e145',
])('“%s”: what is offered never drops a name', (words) => {
  expect(asked(words)).toEqual({ unclear: { question: expect.any(String), readings: [] } });
});
