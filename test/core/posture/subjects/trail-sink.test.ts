import type {
  Delivery,
  PostureFacts,
  Sink,
  SinkState,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { trailSinks } from '../../../../src/core/posture/subjects/trail-sink.ts';
import {
  basic,
  denied,
  failed,
  LOG_GROUP,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const NOW = Date.parse(soundFacts().readAt);
const ago = (hours: number) => new Date(NOW - hours * 3_600_000).toISOString();
const FINE: SinkState = { lastSuccess: ago(0.1), error: null };
const QUIET: SinkState = { lastSuccess: null, error: null };

function delivery(region: string, states: Partial<{ [sink in Sink]: SinkState }> = {}): Delivery {
  const sinks = { s3: FINE, digest: FINE, cloudWatchLogs: FINE, sns: FINE, ...states };
  return { region, sinks: seen(sinks), loggingSince: ago(1_000) };
}

const ALL = { kmsKey: null, logGroup: LOG_GROUP, snsTopic: 'arn:aws:sns:us-east-1:1:t' };

function sinks(
  deliveries: Delivery[],
  differs: Parameters<typeof soundTrail>[0] = {},
  facts: Partial<PostureFacts> = {},
) {
  const trails = [soundTrail({ deliveries, ...differs }, ALL)];
  return trailSinks(known(soundFacts({ trails, ...facts })));
}

/** What is said of one sink of a trail with these deliveries. */
function of(sink: string, deliveries: Delivery[], differs: Parameters<typeof soundTrail>[0] = {}) {
  return sinks(deliveries, differs).find(({ subject }) => subject === `${ORG_TRAIL}#${sink}`)?.facts
    .regionsNotDelivering;
}

const s3 = (...states: [string, SinkState][]) =>
  of(
    's3',
    states.map(([region, state]) => delivery(region, { s3: state })),
  );

test('every sink that a trail is set up for is a subject of its own, owned by the owner of the trail', () => {
  const subjects = sinks([delivery('us-east-1')]);
  expect(subjects.map(({ subject }) => subject)).toEqual([
    `${ORG_TRAIL}#s3`,
    `${ORG_TRAIL}#digest`,
    `${ORG_TRAIL}#cloudwatch-logs`,
    `${ORG_TRAIL}#sns`,
  ]);
  for (const { owner, covers, facts } of subjects)
    expect({ owner, covers, facts }).toEqual({
      owner: MANAGEMENT,
      covers: [MANAGEMENT, SHOP],
      facts: { regionsNotDelivering: { seen: [] } },
    });
});

test('a sink that the trail is not set up for is no subject', () => {
  const trails = [
    soundTrail(
      { deliveries: [delivery('us-east-1')] },
      { logFileValidation: false, logGroup: null, snsTopic: null },
    ),
  ];
  expect(trailSinks(known(soundFacts({ trails }))).map(({ fields }) => fields.sink)).toEqual([
    's3',
  ]);
});

describe('CT-06: an error of CloudTrail is a sticky text', () => {
  test('without a newer success it stands, with the region and the code', () => {
    const state = { lastSuccess: ago(48), error: 'NoSuchBucket' };
    expect(s3(['us-east-1', FINE], ['eu-west-1', state])).toEqual({
      seen: ['eu-west-1 (NoSuchBucket)'],
    });
  });

  test('where nothing ever arrived it stands', () => {
    const state = { lastSuccess: null, error: 'AccessDenied' };
    expect(s3(['us-east-1', state])).toEqual({ seen: ['us-east-1 (AccessDenied)'] });
  });

  test('with a newer success it is over', () => {
    const state = { lastSuccess: ago(0.2), error: 'AccessDenied' };
    expect(s3(['us-east-1', FINE], ['eu-west-1', state])).toEqual({ seen: [] });
  });

  test('of digests, which come every hour, it is over for as long', () => {
    const at = (hours: number) =>
      of('digest', [
        delivery('us-east-1', { digest: { lastSuccess: ago(hours), error: 'AccessDenied' } }),
      ]);
    expect(at(1.5)).toEqual({ seen: [] });
    expect(at(3)).toEqual({ seen: ['us-east-1 (AccessDenied)'] });
  });

  test('is told of its own sink only', () => {
    const state = { lastSuccess: ago(48), error: 'AccessDenied' };
    const faults = sinks([delivery('us-east-1', { cloudWatchLogs: state })]).map(
      ({ fields, facts }) => [fields.sink, facts.regionsNotDelivering],
    );
    expect(Object.fromEntries(faults)).toEqual({
      s3: { seen: [] },
      digest: { seen: [] },
      'cloudwatch-logs': { seen: ['us-east-1 (AccessDenied)'] },
      sns: { seen: [] },
    });
  });
});

describe('CT-06: how old the last delivery is', () => {
  test('counts in the home region and in us-east-1, a day being too long', () => {
    const old = { lastSuccess: ago(25), error: null };
    expect(s3(['us-east-1', old])).toEqual({ seen: ['us-east-1 (late)'] });
    const home = { homeRegion: 'eu-west-1' };
    const everywhere = [delivery('eu-west-1', { s3: old }), delivery('us-east-1', { s3: old })];
    expect(of('s3', everywhere, home)).toEqual({
      seen: ['eu-west-1 (late)', 'us-east-1 (late)'],
    });
  });

  test.each([
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ])('counts in %s where IAM and STS write their events, in %s', (partition, region) => {
    const { organization } = soundFacts();
    const old = { lastSuccess: ago(25), error: null };
    const [first] = sinks(
      [delivery('elsewhere', { s3: FINE }), delivery(region, { s3: old })],
      { homeRegion: 'elsewhere' },
      { organization: { ...organization, partition } },
    );
    expect(first?.facts.regionsNotDelivering).toEqual({ seen: [`${region} (late)`] });
  });

  test('is no fault of a quiet region', () => {
    expect(s3(['us-east-1', FINE], ['eu-west-1', QUIET])).toEqual({ seen: [] });
    const old = { lastSuccess: ago(2_000), error: null };
    expect(s3(['us-east-1', FINE], ['eu-west-1', old])).toEqual({ seen: [] });
  });

  test('tells requests that time out, for which CloudTrail sets no error', () => {
    expect(s3(['us-east-1', { lastSuccess: ago(30), error: null }])).toEqual({
      seen: ['us-east-1 (late)'],
    });
    expect(s3(['us-east-1', QUIET])).toEqual({ seen: ['us-east-1 (never)'] });
  });

  test('says nothing of a trail that was started today', () => {
    const young = { ...delivery('us-east-1', { s3: QUIET }), loggingSince: ago(2) };
    expect(of('s3', [young])).toEqual({ seen: [] });
  });

  test.each([
    ['data events only', basic({ managementEvents: false })],
    [
      'writes only, of which a quiet account has none for days',
      basic({ readWriteType: 'WriteOnly' }),
    ],
  ])('says nothing of a trail that records %s', (_, selector) => {
    const old = { lastSuccess: ago(100), error: null };
    expect(
      of('s3', [delivery('us-east-1', { s3: old })], { selectors: seen({ basic: [selector] }) }),
    ).toEqual({ seen: [] });
  });

  test('counts for digests, which come every hour even when nothing happened', () => {
    const late = delivery('us-east-1', { digest: { lastSuccess: ago(200), error: null } });
    const selectors = seen({ basic: [basic({ managementEvents: false })] });
    expect(of('digest', [late])).toEqual({ seen: ['us-east-1 (late)'] });
    expect(of('digest', [late], { selectors })).toEqual({ seen: ['us-east-1 (late)'] });
  });

  test('says nothing of digests that never came: nobody tells since when validation is on', () => {
    expect(of('digest', [delivery('us-east-1', { digest: QUIET })])).toEqual({ seen: [] });
  });

  test('says nothing of a log group that was added and has had no event yet', () => {
    expect(of('cloudwatch-logs', [delivery('us-east-1', { cloudWatchLogs: QUIET })])).toEqual({
      seen: [],
    });
  });
});

test('lesson 8: a multi-region trail is not called late because one quiet region answered first', () => {
  const quiet = { lastSuccess: ago(700), error: null };
  const deliveries = [
    delivery('ap-south-1', { cloudWatchLogs: quiet }),
    delivery('us-east-1'),
    delivery('eu-west-1', { cloudWatchLogs: QUIET }),
  ];
  expect(of('cloudwatch-logs', deliveries)).toEqual({ seen: [] });
});

describe('what could not be seen', () => {
  test('one region that refuses leaves the sink open', () => {
    const dark = { region: 'eu-west-1', sinks: denied() };
    expect(of('s3', [delivery('us-east-1'), dark])).toMatchObject({ unseen: { kind: 'denied' } });
  });

  test('one region that is throttled does, too', () => {
    const dark = { region: 'eu-west-1', sinks: failed() };
    expect(of('s3', [delivery('us-east-1'), dark])).toMatchObject({ unseen: { kind: 'failed' } });
  });

  test('does not hide a region that certainly fails', () => {
    const broken = delivery('us-east-1', { s3: { lastSuccess: null, error: 'AccessDenied' } });
    expect(of('s3', [broken, { region: 'eu-west-1', sinks: denied() }])).toEqual({
      seen: ['us-east-1 (AccessDenied)'],
    });
  });

  test('the settings: only log files are certain to be wanted, and nobody knows the regions', () => {
    const [subject, ...more] = sinks([delivery('us-east-1')], { settings: denied() });
    expect(more).toEqual([]);
    expect(subject).toMatchObject({
      subject: `${ORG_TRAIL}#s3`,
      facts: { regionsNotDelivering: { unseen: { kind: 'denied' } } },
    });
  });
});

test('a trail that is stopped delivers nothing, which is the finding of trail-logging', () => {
  const broken = delivery('us-east-1', { s3: { lastSuccess: ago(99), error: 'AccessDenied' } });
  expect(of('s3', [broken], { logging: seen(false) })).toHaveProperty('notApplicable.ko');
});

test('a trail that a thousand members see is one subject per sink', () => {
  const { accounts } = soundFacts();
  const [, member] = accounts;
  if (!member) throw new Error('a sound organization has a member');
  const many = Array.from({ length: 1_000 }, (_, index) => ({
    ...member,
    id: String(100_000_000_000 + index),
  }));
  const subjects = sinks([delivery('us-east-1')], {}, { accounts: many });
  expect(subjects).toHaveLength(4);
  expect(subjects[0]?.covers).toHaveLength(1_000);
});

test('the evidence names the regions that fail, and where they were asked', () => {
  const broken = delivery('eu-west-1', { s3: { lastSuccess: null, error: 'AccessDenied' } });
  const [subject] = sinks([delivery('us-east-1'), broken]);
  expect(subject?.evidence).toMatchObject([
    { api: 'test:Read', fields: { sink: 's3', error: 'AccessDenied', lastSuccess: null } },
  ]);
});
