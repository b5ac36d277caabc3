import type {
  BasicSelector,
  MetricAlarm,
  MetricFilter,
  PostureFacts,
  PostureSettings,
  TrailFacts,
  TrailSettings,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { alarms } from '../../../../src/core/posture/subjects/alarms.ts';
import { CALLS, CIS_FILTERS } from '../alarms/cis-filters.ts';
import {
  basic,
  denied,
  failed,
  LOG_GROUP,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundLogGroup,
  soundSettings,
  soundTrail,
} from '../sound.ts';

const heard: MetricAlarm = { name: 'alarm', enabled: true, listeners: seen(1) };
const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const OWN_GROUP = `arn:aws:logs:eu-west-1:${SHOP}:log-group:own`;

function filter(call: string, differs: Partial<MetricFilter> = {}): MetricFilter {
  return { name: call, pattern: CIS_FILTERS[call] ?? '', alarms: [heard], ...differs };
}

/** The filters of CIS, those of one call with what differs. */
function filters(call = '', differs: Partial<MetricFilter> = {}): MetricFilter[] {
  return CALLS.map((one) => filter(one, one === call ? differs : {}));
}

function subjects(differs: Partial<PostureFacts>, settings: Partial<PostureSettings> = {}) {
  const facts = soundFacts({
    trails: [soundTrail({}, { logGroup: LOG_GROUP })],
    logGroups: [soundLogGroup({ filters: seen(filters()) })],
    ...differs,
  });
  return alarms(known(facts), soundSettings(settings));
}

/** What is said of the organization trail where its log group has these filters. */
function of(found: MetricFilter[], settings: Partial<PostureSettings> = {}) {
  const logGroups = [soundLogGroup({ filters: seen(found) })];
  return subjects({ logGroups }, settings)[0]?.facts.callsWithoutAlarm;
}

describe('CT-30: an organization trail', () => {
  test('with the filters of CIS, an alarm on each and somebody who hears, is sound', () => {
    const [subject, ...more] = subjects({});
    expect(more).toEqual([]);
    expect(subject).toMatchObject({
      subject: ORG_TRAIL,
      owner: MANAGEMENT,
      covers: [MANAGEMENT, SHOP],
      facts: { callsWithoutAlarm: { seen: [] } },
      fields: { calls: '15', notUnderstood: 'none' },
    });
  });

  test('without any filter is told with all fifteen calls', () => {
    expect(of([])).toEqual({ seen: CALLS.map((call) => `${call} (no-filter)`) });
  });

  test('lesson 1: is judged once, where its log group is, and not in every member', () => {
    const accounts = Array.from({ length: 1_000 }, (_, index) =>
      soundAccount({ id: String(100_000_000_000 + index) }),
    );
    const [subject, ...more] = subjects({ accounts });
    expect(more).toEqual([]);
    expect(subject?.owner).toBe(MANAGEMENT);
    expect(subject?.covers).toHaveLength(1_000);
  });
});

describe('CT-30: a filter counts by what it means', () => {
  test.each<[string, string]>([
    [
      'in another order',
      '{ $.eventType != "AwsServiceEvent" && $.userIdentity.invokedBy NOT EXISTS && $.userIdentity.type = "Root" }',
    ],
    ['without quotes', '{ $.userIdentity.type = Root }'],
    ['over several lines', '{\n  $.userIdentity.type = "Root"\n}'],
    ['with more than is asked for', '{ $.userIdentity.type = "Root" || $.eventName = "X" }'],
    ['for everything', ''],
  ])('%s', (_, pattern) => {
    expect(of(filters('root-use', { pattern }))).toEqual({ seen: [] });
  });

  test.each<[string, string]>([
    ['for other events', '{ $.userIdentity.type = "IAMUser" }'],
    ['for a narrower set of events', '{ $.userIdentity.type = "Root" && $.eventName = "X" }'],
    ['in another case', '{ $.userIdentity.type = "root" }'],
  ])('not %s', (_, pattern) => {
    expect(of(filters('root-use', { pattern }))).toEqual({ seen: ['root-use (no-filter)'] });
  });

  test.each<[string, string, string]>([
    [
      'root’s calls of one service',
      'root-use',
      '{ $.userIdentity.type = "Root" && $.eventSource = "iam.amazonaws.com" }',
    ],
    [
      'root’s calls and not its sign-ins',
      'root-use',
      '{ $.userIdentity.type = "Root" && $.eventType = "AwsApiCall" }',
    ],
    [
      'what EC2 refuses',
      'unauthorized-calls',
      '{ $.eventSource = "ec2.amazonaws.com" && ($.errorCode = "*UnauthorizedOperation" || $.errorCode = "AccessDenied*") }',
    ],
    [
      'one region',
      'kms-key-loss',
      '{ $.awsRegion = "us-east-1" && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion) }',
    ],
    [
      'roles and not users',
      'kms-key-loss',
      '{ $.userIdentity.type = "AssumedRole" && ($.eventName = DisableKey || $.eventName = ScheduleKeyDeletion) }',
    ],
  ])('not when it takes only %s', (_, call, pattern) => {
    expect(of(filters(call, { pattern }))).toEqual({ seen: [`${call} (no-filter)`] });
  });

  test('when it takes IAM’s events of the region in which they are written', () => {
    const pattern = `{ $.awsRegion = "us-east-1" && ${CIS_FILTERS['iam-policy-changes']?.slice(1)}`;
    expect(of(filters('iam-policy-changes', { pattern }))).toEqual({ seen: [] });
  });

  test('not when it leaves out one of the calls', () => {
    const pattern = '{ ($.eventName = CreateTrail) || ($.eventName = StopLogging) }';
    expect(of(filters('cloudtrail-changes', { pattern }))).toEqual({
      seen: ['cloudtrail-changes (no-filter)'],
    });
  });

  test('together with another that takes the rest', () => {
    const halves = [
      '{ ($.eventName = "*Logging") }',
      '{ ($.eventSource = cloudtrail.amazonaws.com) && ($.eventName = "*Trail") }',
    ].map((pattern, index) => filter('cloudtrail-changes', { name: `half ${index}`, pattern }));
    const rest = filters().filter(({ name }) => name !== 'cloudtrail-changes');
    expect(of([...rest, ...halves])).toEqual({ seen: [] });
  });

  test('one that is not understood leaves open what no other matches, and is said', () => {
    const found = filters('root-use', { name: 'odd <!channel>', pattern: 'Root' });
    const logGroups = [soundLogGroup({ filters: seen(found) })];
    expect(subjects({ logGroups })[0]).toMatchObject({
      facts: {
        callsWithoutAlarm: {
          unseen: { kind: 'failed', reason: expect.stringContaining('odd <!channel>') },
        },
      },
      fields: { notUnderstood: 'odd <!channel>' },
    });
  });

  test('one that is not understood and that nobody hears changes nothing', () => {
    const alarms = [{ ...heard, enabled: false }];
    expect(of(filters('root-use', { pattern: 'Root', alarms }))).toEqual({
      seen: ['root-use (no-filter)'],
    });
  });

  test('a regular expression counts by what it finds', () => {
    const pattern = '{ $.userIdentity.type = %^Ro+t$% && $.userIdentity.invokedBy NOT EXISTS }';
    expect(of(filters('root-use', { pattern }))).toEqual({ seen: [] });
  });
});

describe('CT-30: a filter counts for what the trail records', () => {
  const recording = (selectors: TrailFacts['selectors']) =>
    subjects({ trails: [soundTrail({ selectors }, { logGroup: LOG_GROUP })] })[0]?.facts
      .callsWithoutAlarm;

  test.each<[string, Partial<BasicSelector>, string[]]>([
    ['KMS is left out', { excludedSources: ['kms.amazonaws.com'] }, ['kms-key-loss']],
    ['reads are', { readWriteType: 'WriteOnly' }, ['unauthorized-calls', 'root-use']],
    ['management events are', { managementEvents: false }, CALLS],
  ])('where %s, nobody hears of it', (_, selector, calls) => {
    const told = recording(seen({ basic: [basic(selector)] }));
    const missing = told && 'seen' in told && Array.isArray(told.seen) ? told.seen : [];
    for (const call of calls) expect(missing).toContain(`${call} (not-recorded)`);
    expect(missing.filter((one) => one.startsWith('vpc'))).toHaveLength(
      calls.includes('vpc-changes') ? 1 : 0,
    );
  });

  test('two trails that deliver to one log group record together', () => {
    const trails = (['ReadOnly', 'WriteOnly'] as const).map((readWriteType) =>
      soundTrail(
        {
          arn: `${ORG_TRAIL}-${readWriteType}`,
          selectors: seen({ basic: [basic({ readWriteType })] }),
        },
        { logGroup: LOG_GROUP },
      ),
    );
    const sighted = seen(trails.map(({ arn, homeRegion }) => ({ arn, homeRegion })));
    const accounts = [soundAccount({ id: MANAGEMENT, trails: sighted })];
    expect(subjects({ trails, accounts })[0]?.facts.callsWithoutAlarm).toEqual({ seen: [] });
  });

  test('of a trail whose selectors cannot be read nobody knows what arrives', () => {
    expect(recording(denied())).toMatchObject({ unseen: { kind: 'denied' } });
  });
});

describe('CT-30: an alarm counts when', () => {
  test.each<[string, MetricAlarm[], string]>([
    ['it exists', [], 'root-use (no-alarm)'],
    ['its actions are enabled', [{ ...heard, enabled: false }], 'root-use (no-alarm)'],
    ['somebody confirmed to listen', [{ ...heard, listeners: seen(0) }], 'root-use (no-listener)'],
  ])('%s', (_, raised, fault) => {
    expect(of(filters('root-use', { alarms: raised }))).toEqual({ seen: [fault] });
  });

  test('one of several is heard', () => {
    const raised = [{ ...heard, enabled: false }, { ...heard, listeners: seen(0) }, heard];
    expect(of(filters('root-use', { alarms: raised }))).toEqual({ seen: [] });
  });

  test('nobody knows whether anybody listens', () => {
    const raised = [{ ...heard, listeners: denied() }];
    expect(of(filters('root-use', { alarms: raised }))).toMatchObject({
      unseen: { kind: 'denied' },
    });
  });

  test('an open one does not hide a call that certainly has none', () => {
    const found = filters('root-use', { alarms: [{ ...heard, listeners: denied() }] });
    expect(of(found.filter(({ name }) => name !== 'vpc-changes'))).toEqual({
      seen: ['vpc-changes (no-filter)'],
    });
  });
});

describe('CT-30: what cannot be judged', () => {
  test('a SIEM that alarms instead is declared, and not proved', () => {
    const fact = of([], { alarmsElsewhere: 'Splunk' });
    expect(fact).toHaveProperty('notApplicable.en', expect.stringMatching(/Splunk.*not proved/));
  });

  test('without a log group there is nothing that could alarm', () => {
    const [subject] = subjects({ trails: [soundTrail({}, { logGroup: null })], logGroups: [] });
    expect(subject?.facts.callsWithoutAlarm).toHaveProperty('notApplicable');
  });

  test('nor where the trail is stopped, which is the finding of trail-logging', () => {
    const trails = [soundTrail({ logging: seen(false) }, { logGroup: LOG_GROUP })];
    expect(subjects({ trails })[0]?.facts.callsWithoutAlarm).toHaveProperty('notApplicable');
  });

  test('lesson 6: filters of another account that may not be read are unseen, not missing', () => {
    const logGroups = [soundLogGroup({ filters: denied() })];
    expect(subjects({ logGroups })[0]?.facts.callsWithoutAlarm).toMatchObject({
      unseen: { kind: 'denied' },
    });
  });

  test('filters that were not answered are an error', () => {
    const logGroups = [soundLogGroup({ filters: failed() })];
    expect(subjects({ logGroups })[0]?.facts.callsWithoutAlarm).toMatchObject({
      unseen: { kind: 'failed' },
    });
  });

  test('a trail whose settings cannot be read may have a log group', () => {
    const trails = [soundTrail({ settings: denied() })];
    expect(subjects({ trails })[0]?.facts.callsWithoutAlarm).toMatchObject({
      unseen: { kind: 'denied' },
    });
  });
});

describe('an account’s own trail', () => {
  const own = (logGroup: string | null) =>
    soundTrail(
      { arn: OWN, owner: SHOP, homeRegion: 'eu-west-1' },
      { organization: false, logGroup },
    );
  const seesOwn = (...arns: string[]) =>
    soundAccount({
      trails: seen(arns.map((arn) => ({ arn, homeRegion: 'us-east-1' }))),
    });
  const groups = (found: MetricFilter[]) => [
    soundLogGroup({ filters: seen(filters()) }),
    soundLogGroup({ arn: OWN_GROUP, account: SHOP, filters: seen(found) }),
  ];
  function beside(
    logGroup: string | null,
    organization: Partial<TrailFacts> = {},
    settings: Partial<TrailSettings> = {},
  ) {
    return subjects({
      trails: [soundTrail(organization, { logGroup: LOG_GROUP, ...settings }), own(logGroup)],
      accounts: [soundAccount({ id: MANAGEMENT }), seesOwn(ORG_TRAIL, OWN)],
      logGroups: groups([]),
    });
  }

  test('lesson 2: is not judged again where the organization trail with a log group reaches it', () => {
    for (const logGroup of [null, OWN_GROUP])
      expect(beside(logGroup).map(({ subject }) => subject)).toEqual([ORG_TRAIL]);
  });

  test('is judged where the organization trail has no log group', () => {
    const [organization, subject] = beside(OWN_GROUP, {}, { logGroup: null });
    expect(organization?.facts.callsWithoutAlarm).toHaveProperty('notApplicable');
    expect(subject).toMatchObject({ subject: OWN, owner: SHOP });
    expect(subject?.facts.callsWithoutAlarm).toHaveProperty('seen.length', 15);
  });

  test('is judged where the organization trail is stopped', () => {
    expect(beside(OWN_GROUP, { logging: seen(false) })[1]).toMatchObject({ subject: OWN });
  });

  test('is open where nobody knows whether the organization trail has a log group', () => {
    const [, subject] = beside(OWN_GROUP, { settings: denied() });
    expect(subject?.facts.callsWithoutAlarm).toMatchObject({ unseen: { kind: 'denied' } });
  });

  test('is judged once with the account’s other trails, whose filters count together', () => {
    const other = OWN.replace(/own$/, 'other');
    const otherGroup = `${OWN_GROUP}-2`;
    const second = soundTrail(
      { arn: other, owner: SHOP },
      { organization: false, logGroup: otherGroup },
    );
    const all = filters();
    const [subject, ...more] = subjects({
      trails: [own(OWN_GROUP), second],
      accounts: [seesOwn(OWN, other)],
      logGroups: [
        soundLogGroup({ arn: OWN_GROUP, filters: seen(all.slice(0, 7)) }),
        soundLogGroup({ arn: otherGroup, filters: seen(all.slice(7)) }),
      ],
    });
    expect(more).toEqual([]);
    expect(subject).toMatchObject({
      subject: other,
      fields: { trails: 'other, own' },
      facts: { callsWithoutAlarm: { seen: [] } },
    });
  });
});
