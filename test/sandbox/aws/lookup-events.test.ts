import {
  type CloudTrailClient,
  type Event,
  LookupEventsCommand,
  type LookupEventsCommandInput,
} from '@aws-sdk/client-cloudtrail';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';
import { assume, clients, closeAll, failureOf, PAYMENTS, SHOP } from './soundness.ts';
import { stageWhere } from './stage.ts';

afterAll(closeAll);

type EventFile = NonNullable<ScenarioFile['events']>[number];
const home = 'ap-northeast-2';
const mina = {
  type: 'AssumedRole',
  arn: `arn:aws:sts::${SHOP}:assumed-role/Engineer/mina@bora.example`,
  accountId: SHOP,
  accessKeyId: 'ASIAMINA000000000001',
};

function event(difference: Partial<EventFile> = {}): EventFile {
  return {
    at: '-1h',
    account: SHOP,
    region: home,
    call: 'ec2:StopInstances',
    by: mina,
    request: { instancesSet: { items: [{ instanceId: 'i-0000000000000000a' }] } },
    ...difference,
  };
}

/** Looks events up past the quota of two a second, which has its own test. */
async function stageOf(events: EventFile[], difference: Partial<ScenarioFile> = {}) {
  const { aws, as } = await stageWhere({ events, ...difference });
  async function lookUp(input: LookupEventsCommandInput = {}, account = SHOP, region = home) {
    aws.world.allowances.clear();
    return await as(account, region).cloudtrail.send(new LookupEventsCommand(input));
  }
  const names = async (input: LookupEventsCommandInput = {}, account = SHOP, region = home) =>
    (await story(lookUp(input, account, region))).map(({ EventName }) => EventName);
  return { aws, as, lookUp, names };
}

/** The events of the story, without those that the test's own calls cause. */
async function story(answer: Promise<{ Events?: Event[] | undefined }>): Promise<Event[]> {
  const { Events = [] } = await answer;
  return Events.filter(({ EventSource }) => EventSource !== 'cloudtrail.amazonaws.com');
}

const by = (AttributeKey: string, AttributeValue: string) =>
  ({ LookupAttributes: [{ AttributeKey, AttributeValue }] }) as LookupEventsCommandInput;

test('an event is told with its summary, its resources and the record as a JSON string', async () => {
  const { lookUp } = await stageOf([event()]);
  const [found] = await story(lookUp());
  expect(found).toMatchObject({
    EventName: 'StopInstances',
    EventSource: 'ec2.amazonaws.com',
    ReadOnly: 'false',
    Username: 'mina@bora.example',
    AccessKeyId: 'ASIAMINA000000000001',
    EventTime: expect.any(Date),
    Resources: [{ ResourceType: 'AWS::EC2::Instance', ResourceName: 'i-0000000000000000a' }],
  });
  expect(typeof found?.CloudTrailEvent).toBe('string');
  expect(JSON.parse(found?.CloudTrailEvent ?? '')).toMatchObject({
    eventID: found?.EventId,
    eventName: 'StopInstances',
    recipientAccountId: SHOP,
  });
});

test('events are told per account and region, newest first', async () => {
  const { names } = await stageOf([
    event({ at: '-3h', call: 'ec2:RunInstances' }),
    event({ at: '-1h', call: 'ec2:TerminateInstances' }),
    event({ at: '-2h' }),
    event({ account: PAYMENTS, call: 'ec2:RebootInstances' }),
    event({ region: 'us-east-1', call: 'iam:CreateUser' }),
  ]);
  expect(await names()).toEqual(['TerminateInstances', 'StopInstances', 'RunInstances']);
  expect(await names({}, PAYMENTS)).toEqual(['RebootInstances']);
  expect(await names({}, SHOP, 'us-east-1')).toEqual(['CreateUser']);
});

test.each([
  ['EventName', 'StopInstances'],
  ['ReadOnly', 'false'],
  ['Username', 'mina@bora.example'],
  ['ResourceType', 'AWS::EC2::Instance'],
  ['ResourceName', 'i-0000000000000000a'],
  ['EventSource', 'ec2.amazonaws.com'],
  ['AccessKeyId', 'ASIAMINA000000000001'],
])('%s finds exactly the events that carry it', async (key, value) => {
  const { names } = await stageOf([
    event(),
    event({
      at: '-2h',
      call: 's3:ListBuckets',
      by: { type: 'Root', accountId: SHOP },
      request: null,
    }),
  ]);
  expect(await names(by(key, value))).toEqual(['StopInstances']);
  expect(await names(by(key, `${value}1`))).toEqual([]);
});

test('EventId finds one event', async () => {
  const { lookUp, names } = await stageOf([
    event(),
    event({ at: '-2h', call: 'ec2:RunInstances' }),
  ]);
  const [newest] = await story(lookUp());
  expect(await names(by('EventId', newest?.EventId ?? ''))).toEqual(['StopInstances']);
});

test('AssumeRole names the issued key, the session and the role', async () => {
  const { names } = await stageOf([
    event({
      call: 'sts:AssumeRole',
      request: { roleArn: `arn:aws:iam::${SHOP}:role/ops`, roleSessionName: 'bob' },
      response: {
        credentials: { accessKeyId: 'ASIAOPS0000000000001' },
        assumedRoleUser: { arn: `arn:aws:sts::${SHOP}:assumed-role/ops/bob` },
      },
    }),
  ]);
  for (const name of [
    'ASIAOPS0000000000001',
    `arn:aws:sts::${SHOP}:assumed-role/ops/bob`,
    `arn:aws:iam::${SHOP}:role/ops`,
  ]) {
    expect(await names(by('ResourceName', name))).toEqual(['AssumeRole']);
  }
  expect(await names(by('ResourceType', 'AWS::IAM::AccessKey'))).toEqual(['AssumeRole']);
});

test('a denied call without request parameters names no resource', async () => {
  const { lookUp } = await stageOf([event({ request: null, error: { code: 'AccessDenied' } })]);
  expect((await story(lookUp()))[0]?.Resources).toEqual([]);
});

test('the time range includes its ends, and 90 days are all there is', async () => {
  const { names } = await stageOf(
    [
      event({ at: '-91d 12:00', call: 'ec2:Forgotten' }),
      event({ at: '-89d 12:00', call: 'ec2:Remembered' }),
      event({ at: '2026-11-20T10:00:00Z' }),
    ],
    { clock: '2026-11-22T10:00:00Z' },
  );
  const at = new Date('2026-11-20T10:00:00Z');
  expect(await names({ StartTime: at, EndTime: at })).toEqual(['StopInstances']);
  expect(await names({ StartTime: new Date('2020-01-01') })).toEqual([
    'StopInstances',
    'Remembered',
  ]);
});

test.each([
  ['51 results a page', { MaxResults: 51 }, 'InvalidMaxResultsException'],
  ['no results a page', { MaxResults: 0 }, 'InvalidMaxResultsException'],
  [
    'an end before the start',
    { StartTime: new Date('2026-11-02'), EndTime: new Date('2026-11-01') },
    'InvalidTimeRangeException',
  ],
  [
    'a range of long ago',
    { StartTime: new Date('2020-01-01'), EndTime: new Date('2020-02-01') },
    'InvalidTimeRangeException',
  ],
  ['an attribute that does not exist', by('Colour', 'red'), 'InvalidLookupAttributesException'],
  ['an empty value', by('EventName', ''), 'InvalidLookupAttributesException'],
  [
    'two attributes',
    {
      LookupAttributes: [
        ...(by('EventName', 'A').LookupAttributes ?? []),
        ...(by('ReadOnly', 'true').LookupAttributes ?? []),
      ],
    },
    'InvalidLookupAttributesException',
  ],
  ['a token that is none', { NextToken: 'next please' }, 'InvalidNextTokenException'],
  ['another category', { EventCategory: 'data' }, 'InvalidEventCategoryException'],
])('%s is refused', async (_case, input, code) => {
  const { lookUp } = await stageOf([event()]);
  expect((await failureOf(lookUp(input as LookupEventsCommandInput))).name).toBe(code);
});

const many = [event({ at: '-1d 12:00', repeat: { times: 120, every: '5m' } })];
const stops = by('EventName', 'StopInstances');

test('pages hold 50 events, in order, without gaps or doubles, whatever arrives meanwhile', async () => {
  const { aws, lookUp } = await stageOf(many);
  const sizes: number[] = [];
  const ids: string[] = [];
  const times: number[] = [];
  let NextToken: string | undefined;
  do {
    const page = await lookUp({ ...stops, ...(NextToken !== undefined && { NextToken }) });
    sizes.push(page.Events?.length ?? 0);
    ids.push(...(page.Events ?? []).map(({ EventId = '' }) => EventId));
    times.push(...(page.Events ?? []).map(({ EventTime }) => EventTime?.getTime() ?? 0));
    NextToken = page.NextToken;
    aws.world.events.get(`${SHOP}/${home}`)?.push({
      ...aws.world.events.get(`${SHOP}/${home}`)?.[0],
      eventID: `late-${sizes.length}`,
      eventTime: `${new Date().toISOString().slice(0, 19)}Z`,
    });
  } while (NextToken !== undefined);
  expect(sizes).toEqual([50, 50, 20]);
  expect(new Set(ids).size).toBe(120);
  expect(times).toEqual(times.toSorted((a, b) => b - a));
});

test.each([
  ['another attribute', by('EventName', 'RunInstances'), SHOP, home],
  ['another time', { ...stops, StartTime: new Date(Date.now() - 3_600_000) }, SHOP, home],
  ['another region', stops, SHOP, 'us-east-1'],
  ['another account', stops, PAYMENTS, home],
])('a token is refused for %s', async (_case, input, account, region) => {
  const { lookUp } = await stageOf(many);
  const { NextToken } = await lookUp(stops);
  expect(NextToken).toBeDefined();
  const next = lookUp({ ...input, ...(NextToken !== undefined && { NextToken }) }, account, region);
  expect((await failureOf(next)).name).toBe('InvalidNextTokenException');
});

test('more than two requests a second are throttled, per account and region', async () => {
  const { as } = await stageWhere({});
  const ask = (client: CloudTrailClient) => client.send(new LookupEventsCommand({}));
  const { cloudtrail } = as(SHOP);
  const answers = await Promise.allSettled(Array.from({ length: 8 }, () => ask(cloudtrail)));
  const failed = answers.flatMap((answer) =>
    answer.status === 'rejected' ? [answer.reason.name] : [],
  );
  expect(failed.length).toBeGreaterThan(0);
  expect(failed.length).toBeLessThanOrEqual(6);
  expect(new Set(failed)).toEqual(new Set(['ThrottlingException']));
  await ask(as(SHOP, 'us-east-1').cloudtrail);
  await ask(as(PAYMENTS).cloudtrail);
  await new Promise((resolve) => setTimeout(resolve, 550));
  await ask(cloudtrail);
});

test('data events and the future are not in the history', async () => {
  const { names } = await stageOf(
    [
      event({ at: '2026-11-22T10:00:01Z', call: 'ec2:Tomorrow' }),
      event({ call: 's3:GetObject', more: { managementEvent: false, eventCategory: 'Data' } }),
      event(),
    ],
    { clock: '2026-11-22T10:00:00Z' },
  );
  expect(await names({ EndTime: new Date('2026-11-22T10:00:00Z') })).toEqual(['StopInstances']);
});

test('Insights are a category of their own, and there are none', async () => {
  const { lookUp } = await stageOf([event()]);
  expect((await lookUp({ EventCategory: 'insight' })).Events).toEqual([]);
});

test('what the bot does appears, after the lag and not before', async () => {
  let now = new Date('2026-11-22T10:00:00Z');
  const { aws, as } = await stageWhere({ eventLagMs: 15 * 60_000 }, { now: () => now });
  const credentials = await assume(aws, SHOP);
  await clients(aws, { credentials }).s3.send(new ListBucketsCommand({}));
  async function names(attribute: LookupEventsCommandInput) {
    aws.world.allowances.clear();
    const { Events = [] } = await as(SHOP).cloudtrail.send(new LookupEventsCommand(attribute));
    return Events.map(({ EventName }) => EventName);
  }
  now = new Date('2026-11-22T10:14:59Z');
  expect(await names(by('EventName', 'ListBuckets'))).toEqual([]);
  now = new Date('2026-11-22T10:15:00Z');
  expect(await names(by('AccessKeyId', credentials.accessKeyId))).toEqual(['ListBuckets']);
  expect(await names(by('ResourceName', credentials.accessKeyId))).toEqual(['AssumeRole']);
});

test('hostile records neither break the history nor change on their way', async () => {
  const hostile = '<!channel> \u202Eevil\u202C "quoted" {"a":1}';
  const { aws, lookUp } = await stageOf([event({ more: { userAgent: hostile.repeat(2_000) } })]);
  aws.world.events.get(`${SHOP}/${home}`)?.push({
    eventID: 'bare',
    eventName: hostile,
    eventTime: '2026-11-20T10:00:00Z',
    eventCategory: 'Management',
    requestParameters: { __proto__: null, constructor: 'x', instanceId: { nested: 1 } } as never,
  });
  const { Events = [] } = await lookUp({ MaxResults: 50 });
  expect(Events.find(({ EventId }) => EventId === 'bare')?.EventName).toBe(hostile);
  const record = JSON.parse(
    Events.find(({ EventName }) => EventName === 'StopInstances')?.CloudTrailEvent ?? '',
  );
  expect(record.userAgent).toBe(hostile.repeat(2_000));
});
