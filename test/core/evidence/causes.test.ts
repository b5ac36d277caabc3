import { CAUSE_RULES } from '../../../src/core/evidence/cause-rules.ts';
import {
  type Looked,
  stepsBehind,
  tellSteps,
  type Want,
} from '../../../src/core/evidence/causes.ts';
import type { CloudTrailEvent } from '../../../src/core/evidence/event.ts';
import { personBehind } from '../../../src/core/evidence/person.ts';
import type { Gap } from '../../../src/core/evidence/source.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { session, soundEvent } from './sound.ts';

const AT = '2026-11-20T05:32:07Z';
const ago = (minutes: number) =>
  new Date(Date.parse(AT) - minutes * 60_000).toISOString().replace('.000Z', 'Z');
const INSTANCE = 'i-0dbc91f429e48eeed';

/** A call of a service, and one of a person some minutes before. */
function serviceCall(service: string, more: JsonObject = {}, by: JsonObject = {}): CloudTrailEvent {
  return soundEvent({
    eventTime: AT,
    userIdentity: { type: 'AWSService', invokedBy: service, ...by },
    ...more,
  });
}
let made = 0;
function personCall(
  eventName: string,
  minutes: number,
  request: JsonObject,
  more: JsonObject = {},
) {
  made += 1;
  return soundEvent({
    eventID: `${String(made).padStart(8, '0')}-51d5-4765-ad83-4db65d506d9c`,
    eventTime: ago(minutes),
    eventName,
    requestParameters: request,
    ...more,
  });
}

/** All that was ever recorded, searched as the walk asks, until it asks no more. */
function walk(event: CloudTrailEvent, recorded: CloudTrailEvent[], gaps: Gap[] = []) {
  const answers = new Map<string, { events: CloudTrailEvent[]; gaps: Gap[] }>();
  const looked: Looked = (want) => answers.get(JSON.stringify(want));
  const actor = (one: CloudTrailEvent) => {
    const person = personBehind(one, new Map());
    return person.proof === 'service' ? person.name : null;
  };
  const asked: Want[] = [];
  for (let round = 0; round < 10; round += 1) {
    const { steps, wants } = stepsBehind(event, actor, looked);
    if (wants.length === 0)
      return { causes: tellSteps(steps, (one) => personBehind(one, new Map())), steps, asked };
    for (const want of wants) {
      asked.push(want);
      const events = recorded.filter(
        ({ eventName, account, eventTime }) =>
          want.eventNames.includes(eventName) &&
          account === want.account &&
          (eventTime ?? '') >= want.from.slice(0, 19) &&
          (eventTime ?? '') < want.to,
      );
      answers.set(JSON.stringify(want), { events, gaps });
    }
  }
  throw new Error('the walk does not end');
}

const said = (event: CloudTrailEvent, recorded: CloudTrailEvent[] = [], gaps: Gap[] = []) =>
  walk(event, recorded, gaps).causes.map(({ en, proven }) => [proven, en]);

const PROBABLY = /^probably started by alice \(direct\): \w+, .* no identifier joins the two$/;
const stack = { 'aws:cloudformation:stack-name': 'shop-web' };
const tags = (all: { [key: string]: string }): JsonObject => ({
  tags: Object.entries(all).map(([key, value]) => ({ key, value })),
});

describe('CloudFormation', () => {
  const cfn = 'cloudformation.amazonaws.com';
  const own = session('cfn', 'AWSCloudFormation', { invokedBy: cfn });

  test('with the session of a person: the operation that the same session started is proven', () => {
    const event = serviceCall(cfn, {}, session('ops', 'bob', { invokedBy: cfn }));
    const start = personCall(
      'DeleteStack',
      5,
      { stackName: 'shop' },
      { userIdentity: session('ops', 'bob') },
    );
    expect(said(event, [start])).toEqual([
      [true, 'CloudFormation made the call'],
      [true, expect.stringMatching(/^started by bob \(by session name only.*DeleteStack/)],
    ]);
  });

  test('with a role of its own: the last operation on the stack that a tag or a name tells', () => {
    const older = personCall('UpdateStack', 300, { stackName: 'shop-web' });
    const other = personCall('DeleteStack', 2, { stackName: 'payments' });
    const start = personCall('DeleteStack', 4, {
      stackName: 'arn:aws:cloudformation:eu-west-1:1:stack/shop-web/0c7e1d90-2f1a-11f0',
    });
    const byTag = soundEvent({ userIdentity: own, requestParameters: tags(stack) });
    const byName = soundEvent({
      userIdentity: own,
      requestParameters: { tableName: 'shop-web-Orders-1K7QZ0BORA12' },
    });
    for (const event of [byTag, byName])
      expect(walk(event, [other, older, start]).causes[1]).toMatchObject({
        en: expect.stringMatching(PROBABLY),
        eventID: start.eventID,
        proven: false,
      });
  });

  test('an operation on another stack, failed, too old or later is none', () => {
    const event = soundEvent({ userIdentity: own, requestParameters: tags(stack) });
    const near = [
      personCall('DeleteStack', 2, { stackName: 'shop' }),
      personCall('DeleteStack', 2, { stackName: 'shop-web' }, { errorCode: 'ValidationError' }),
      personCall('DeleteStack', 2, { stackName: 'shop-web' }, { recipientAccountId: '999' }),
      personCall('DeleteStack', 13 * 60, { stackName: 'shop-web' }),
      personCall('DeleteStack', -1, { stackName: 'shop-web' }),
    ];
    expect(said(event, near)).toEqual([
      [true, 'CloudFormation made the call, for shop-web'],
      [false, 'no stack operation that fits was found before it'],
    ]);
  });

  test('where nothing names the stack, being earlier is no reason to name somebody', () => {
    const event = soundEvent({ userIdentity: own });
    expect(said(event, [personCall('DeleteStack', 1, { stackName: 'shop' })])[1]).toEqual([
      false,
      'no stack operation that fits was found before it',
    ]);
  });

  test('what could not be read is told beside the nothing that was found', () => {
    const gap = { account: '111122223333', region: '', reason: 'AccessDenied', ko: '거부됨' };
    const event = soundEvent({ userIdentity: own, requestParameters: tags(stack) });
    const [, last] = walk(event, [], [gap]).causes;
    expect(last?.en).toMatch(/; but not everything could be read: 111122223333 AccessDenied$/);
    expect(last?.ko).toMatch(/읽을 수 없는 곳이 있었습니다: 111122223333 거부됨$/);
  });
});

describe('Auto Scaling', () => {
  const asg = 'autoscaling.amazonaws.com';
  const launched = personCall(
    'RunInstances',
    60 * 24 * 40,
    tags({ 'aws:autoscaling:groupName': 'shop-batch' }),
    { responseElements: { instancesSet: { items: [{ instanceId: INSTANCE }] } } },
  );

  test('the group of the instance is learnt from its launch, and who changed the group from there', () => {
    const start = personCall('SetDesiredCapacity', 1, { autoScalingGroupName: 'shop-batch' });
    const other = personCall('SetDesiredCapacity', 0.5, { autoScalingGroupName: 'shop' });
    const { causes, asked } = walk(serviceCall(asg), [launched, other, start]);
    expect(causes).toMatchObject([
      { en: 'Auto Scaling made the call, for shop-batch', proven: true },
      { en: expect.stringMatching(PROBABLY), eventID: start.eventID, proven: false },
    ]);
    expect(asked.map(({ eventNames }) => eventNames[0])).toEqual([
      'RunInstances',
      'SetDesiredCapacity',
    ]);
  });

  test('somebody who named the very instance is found without the group', () => {
    const start = personCall('TerminateInstanceInAutoScalingGroup', 1, { instanceId: INSTANCE });
    expect(said(serviceCall(asg), [start])[1]).toEqual([false, expect.stringMatching(PROBABLY)]);
  });

  test('where nobody changed the group, it was no person', () => {
    expect(said(serviceCall(asg), [launched])[1]).toEqual([
      false,
      'no person: a scaling policy, a schedule or a health check, as far as events tell',
    ]);
  });

  test('a service that changed the group is followed further', () => {
    const byAlarm = personCall(
      'SetDesiredCapacity',
      1,
      { autoScalingGroupName: 'shop-batch' },
      { userIdentity: { type: 'AWSService', invokedBy: 'scheduler.amazonaws.com' } },
    );
    expect(said(serviceCall(asg), [launched, byAlarm]).at(-1)?.[1]).toMatch(/^a schedule did it/);
  });
});

test('Systems Manager: the execution that the session is named after is proven', () => {
  const id = '7c1e5b9a-3f2d-4c6b-9a80-1d2e3f4a5b6c';
  const by = session('runbook', `Automation-${id}`, { invokedBy: 'ssm.amazonaws.com' });
  const start = (automationExecutionId: string) =>
    personCall('StartAutomationExecution', 3, {}, { responseElements: { automationExecutionId } });
  const mine = start(id);
  const event = soundEvent({ userIdentity: by });
  expect(walk(event, [start('another'), mine]).causes[1]).toMatchObject({
    eventID: mine.eventID,
    proven: true,
    en: expect.stringMatching(/^started by alice \(direct\)/),
  });
  expect(said(event, [start('another')])[1]?.[0]).toBe(false);
});

test('Step Functions: from the role to the state machine to who started it', () => {
  const by = session('flow', 'NJtkkPxvBSYMLqaYbzLxyCcAgEQxPP', {
    invokedBy: 'states.amazonaws.com',
  });
  const machine = 'arn:aws:states:ap-northeast-2:111122223333:stateMachine:nightly';
  const setUp = personCall(
    'CreateStateMachine',
    60 * 24 * 5,
    { roleArn: 'arn:aws:iam::111122223333:role/flow' },
    { responseElements: { stateMachineArn: machine } },
  );
  const start = personCall('StartExecution', 2, { stateMachineArn: machine });
  const other = personCall('StartExecution', 1, { stateMachineArn: `${machine}-2` });
  expect(walk(soundEvent({ userIdentity: by }), [setUp, other, start]).causes[1]).toMatchObject({
    eventID: start.eventID,
    proven: false,
  });
});

test('a schedule is told with who set it up, as probable', () => {
  const by = session('night', 'x', { invokedBy: 'scheduler.amazonaws.com' });
  const start = personCall('CreateSchedule', 60 * 24 * 20, {
    target: { roleArn: 'arn:aws:iam::111122223333:role/night' },
  });
  expect(said(soundEvent({ userIdentity: by }), [start])[1]).toEqual([
    false,
    expect.stringMatching(/^probably set up by alice \(direct\): CreateSchedule/),
  ]);
});

test('node groups of EKS and services of ECS are found by their names', () => {
  const nodes = serviceCall('eks-nodegroup.amazonaws.com', {
    requestParameters: { autoScalingGroupName: 'eks-spot-0a1b2c3d-1111-2222-3333-444455556666' },
  });
  const scaled = personCall('UpdateNodegroupConfig', 5, { nodegroupName: 'spot' });
  expect(walk(nodes, [scaled]).causes[1]?.eventID).toBe(scaled.eventID);
  const tasks = serviceCall('ecs.amazonaws.com', { requestParameters: { service: 'shop-web' } });
  const updated = personCall('UpdateService', 5, { service: 'shop-web' });
  expect(walk(tasks, [updated]).causes[1]?.eventID).toBe(updated.eventID);
});

test('a spot instance was taken back by AWS; who launched it is context', () => {
  const evicted = soundEvent({
    eventName: 'BidEvictedEvent',
    eventType: 'AwsServiceEvent',
    userIdentity: { accountId: '111122223333', invokedBy: 'ec2.amazonaws.com' },
    requestParameters: null,
    serviceEventDetails: { instanceIdSet: [INSTANCE] },
  });
  const launch = personCall(
    'RunInstances',
    600,
    {},
    { responseElements: { instanceId: INSTANCE } },
  );
  expect(said(evicted, [launch])).toEqual([
    [true, expect.stringMatching(/^AWS itself took the spot instance back/)],
    [
      false,
      expect.stringMatching(/^as context, not as who did it: alice \(direct\), RunInstances/),
    ],
  ]);
});

test('what an instance did is told with who last sent it a command, as context', () => {
  const by = session('web', INSTANCE, { sessionContext: { ec2RoleDelivery: '2.0' } });
  const sent = personCall('SendCommand', 3, { instanceIds: [INSTANCE] });
  expect(said(soundEvent({ userIdentity: by }), [sent])).toEqual([
    [true, expect.stringMatching(/^something on the instance made the call/)],
    [false, expect.stringMatching(/^as context, not as who did it: alice/)],
  ]);
});

test('a person who acts by themselves has no cause, and nothing is searched', () => {
  expect(walk(soundEvent(), [])).toEqual({ causes: [], steps: [], asked: [] });
});

test('services that set each other off in circles come to an end', () => {
  const name = { autoScalingGroupName: 'g' };
  const byAsg = { userIdentity: { type: 'AWSService', invokedBy: 'autoscaling.amazonaws.com' } };
  const circle = Array.from({ length: 9 }, (_, n) =>
    personCall('UpdateAutoScalingGroup', n, name, byAsg),
  );
  const { steps } = walk(
    serviceCall('autoscaling.amazonaws.com', { requestParameters: name }),
    circle,
  );
  expect(steps.length).toBeLessThanOrEqual(4);
});

test('every row of the table has its words in both languages, and a bound', () => {
  expect(new Set(CAUSE_RULES.map(({ id }) => id)).size).toBe(CAUSE_RULES.length);
  for (const { called, otherwise, starts, within, services, ownEvents } of CAUSE_RULES) {
    for (const { ko } of [called, otherwise]) expect(ko).toMatch(/[가-힣]/);
    expect(starts.length).toBeGreaterThan(0);
    expect(within).toBeLessThanOrEqual(90 * 86_400_000);
    expect([...services, ...(ownEvents ?? [])]).not.toEqual([]);
  }
});
