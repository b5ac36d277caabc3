import type {
  AccountFacts,
  AdvancedSelector,
  BasicSelector,
  Insight,
  PostureSettings,
  Selectors,
  TrailFacts,
  TrailSettings,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { recordings } from '../../../../src/core/posture/subjects/recording.ts';
import type { Fact } from '../../../../src/core/posture/vocabulary.ts';
import {
  basic,
  denied,
  failed,
  field,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundSettings,
  soundTrail,
} from '../sound.ts';

const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const NOTHING_MISSING = { seen: [] };
const BOTH_INSIGHTS: Insight[] = [
  { type: 'ApiCallRateInsight', categories: ['Management'] },
  { type: 'ApiErrorRateInsight', categories: ['Management'] },
];

function subjectsOf(
  accounts: AccountFacts[],
  trails = [soundTrail()],
  settings: Partial<PostureSettings> = {},
) {
  return recordings(known(soundFacts({ accounts, trails })), soundSettings(settings));
}

/** A trail of the shop's own account, of one region unless said otherwise. */
function own(differs: Partial<TrailFacts> = {}, settings: Partial<TrailSettings> = {}) {
  return soundTrail(
    { arn: OWN, owner: SHOP, homeRegion: 'eu-west-1', ...differs },
    { organization: false, multiRegion: false, ...settings },
  );
}

function seeing(...arns: string[]): AccountFacts {
  const homeRegion = (arn: string) => arn.split(':')[3] ?? '';
  return soundAccount({
    trails: seen(arns.map((arn) => ({ arn, homeRegion: homeRegion(arn) }))),
  });
}

/** The facts of the shop with these trails, the organization's or its own. */
function factsOf(trails: TrailFacts[], settings: Partial<PostureSettings> = {}) {
  const [subject] = subjectsOf([seeing(...trails.map(({ arn }) => arn))], trails, settings);
  return subject?.facts ?? {};
}

function selecting(...differs: Partial<BasicSelector>[]): Partial<TrailFacts> {
  return { selectors: seen({ basic: differs.map(basic) }) };
}

const management = field('eventCategory', { equals: ['Management'] });
const advanced = (...list: AdvancedSelector[]): Partial<TrailFacts> => ({
  selectors: seen({ advanced: list }),
});

describe('who answers for what', () => {
  test('lesson 1: a fault of the organization trail is one subject, however many accounts see it', () => {
    const accounts = Array.from({ length: 1000 }, (_, index) =>
      soundAccount({ id: String(100000000000 + index), name: '' }),
    );
    const subjects = subjectsOf(accounts, [soundTrail(selecting({ readWriteType: 'ReadOnly' }))]);
    expect(subjects).toHaveLength(1);
    expect(subjects[0]).toMatchObject({ subject: ORG_TRAIL, owner: MANAGEMENT });
    expect(subjects[0]?.covers).toHaveLength(1000);
    expect(subjects[0]?.facts.managementEventsMissing).toEqual({ seen: ['write'] });
  });

  test('lesson 2: a member without a trail of its own is recorded by the organization trail', () => {
    const [subject] = subjectsOf([soundAccount()]);
    expect(subject?.facts).toMatchObject({
      accountsNotRecorded: NOTHING_MISSING,
      regionsWithoutTrail: NOTHING_MISSING,
      managementEventsMissing: NOTHING_MISSING,
      accountsWithoutGlobalEvents: NOTHING_MISSING,
    });
  });

  test('lesson 5: a trail of another account is read from its owner, never from who sees it', () => {
    const trail = soundTrail({ settings: denied(), selectors: denied() });
    const [subject] = subjectsOf([soundAccount()], [trail]);
    expect(subject?.subject).toBe(ORG_TRAIL);
    expect(subject?.facts.managementEventsMissing).toHaveProperty('unseen');
  });

  test('an account that the organization trail does not reach answers for itself', () => {
    const [subject] = subjectsOf([seeing(OWN)], [own()]);
    expect(subject).toMatchObject({ subject: SHOP, owner: SHOP, covers: [SHOP] });
    expect(subject?.facts).toMatchObject({
      accountsNotRecorded: NOTHING_MISSING,
      regionsWithoutTrail: { seen: ['us-east-1'] },
      managementEventsMissing: NOTHING_MISSING,
      accountsWithoutGlobalEvents: { seen: [`shop (${SHOP})`] },
    });
  });

  test('a trail of unknown settings that only its owner sees is its own', () => {
    const [subject] = subjectsOf([seeing(OWN)], [own({ settings: denied(), selectors: denied() })]);
    expect(subject?.subject).toBe(SHOP);
  });

  test('an account that cannot be seen is unseen in every fact, never sound and never at fault', () => {
    const wanted = {
      dataEvents: ['AWS::Lambda::Function'],
      networkActivity: ['ec2.amazonaws.com'],
    };
    const [subject] = subjectsOf([soundAccount({ trails: denied() })], [], wanted);
    for (const fact of Object.values(subject?.facts ?? {})) expect(fact).toHaveProperty('unseen');
  });

  test('a doubt about one account leaves its record open, however many are sound', () => {
    const stopped = soundTrail({ logging: seen(false) });
    const facts = factsOf([stopped, own({ logging: failed() }, { multiRegion: true })]);
    for (const fact of ['accountsNotRecorded', 'regionsWithoutTrail', 'managementEventsMissing'])
      expect(facts[fact]).toHaveProperty('unseen');
  });
});

describe('CT-01: whether a trail is logging', () => {
  test('an account without a logging trail has one fault, and the others point at it', () => {
    const [subject] = subjectsOf([soundAccount({ trails: seen([]) })], []);
    const { accountsNotRecorded, ...others } = subject?.facts ?? {};
    expect(accountsNotRecorded).toEqual({ seen: [`shop (${SHOP})`] });
    for (const fact of Object.values(others)) expect(fact).toHaveProperty('notApplicable');
  });

  test('a stopped organization trail is a fault of that trail, and every account is named', () => {
    const [subject, ...more] = subjectsOf(
      [soundAccount(), soundAccount({ id: MANAGEMENT, name: 'management' })],
      [soundTrail({ logging: seen(false) })],
    );
    expect(more).toEqual([]);
    expect(subject?.facts.accountsNotRecorded).toEqual({
      seen: [`shop (${SHOP})`, `management (${MANAGEMENT})`],
    });
  });

  test('a status that cannot be read does not touch the trails beside it', () => {
    const facts = factsOf([own({ logging: denied() }), soundTrail()]);
    expect(facts.accountsNotRecorded).toEqual(NOTHING_MISSING);
  });

  test('lesson 4: a stopped trail beside one that is fine is no fault', () => {
    const facts = factsOf([own({ logging: seen(false) }), soundTrail()]);
    expect(facts.accountsNotRecorded).toEqual(NOTHING_MISSING);
  });
});

describe('CT-02: every region, reads and writes', () => {
  const reads = { readWriteType: 'ReadOnly' as const };
  const writes = { readWriteType: 'WriteOnly' as const };
  const readOnly = (...equals: string[]) => [management, field('readOnly', { equals })];

  test.each<[string, TrailFacts[], Fact]>([
    [
      'a data selector with another one',
      [soundTrail(selecting({ managementEvents: false }, {}))],
      NOTHING_MISSING,
    ],
    [
      'trap 1, lesson 3: selectors have any name, or none',
      [soundTrail(advanced([management]))],
      NOTHING_MISSING,
    ],
    [
      'trap 2: a selector of reads and one of writes',
      [soundTrail(selecting(reads, writes))],
      NOTHING_MISSING,
    ],
    [
      'trap 3, lesson 4: two trails',
      [soundTrail(selecting(reads)), own(selecting(writes), { multiRegion: true })],
      NOTHING_MISSING,
    ],
    [
      'trap 4: readOnly Equals true and false',
      [soundTrail(advanced(readOnly('true', 'false')))],
      NOTHING_MISSING,
    ],
    [
      'trap 4: two advanced selectors',
      [soundTrail(advanced(readOnly('true'), readOnly('false')))],
      NOTHING_MISSING,
    ],
    ['reads only', [soundTrail(selecting(reads))], { seen: ['write'] }],
    [
      'writes in one region only',
      [soundTrail(selecting(reads)), own(selecting(writes))],
      { seen: ['us-east-1 (write)'] },
    ],
    [
      'single calls only',
      [soundTrail(advanced([management, field('eventName', { equals: ['RunInstances'] })]))],
      { seen: ['read', 'write'] },
    ],
    [
      'trap 5: KMS left out is judged elsewhere',
      [
        soundTrail(
          advanced([management, field('eventSource', { notEquals: ['kms.amazonaws.com'] })]),
        ),
      ],
      NOTHING_MISSING,
    ],
  ])('%s', (_, trails, expected) => {
    expect(factsOf(trails).managementEventsMissing).toEqual(expected);
  });

  test('lesson 24: a trail that looks healthy and records no management events is found', () => {
    const blinded = soundTrail(selecting({ managementEvents: false }));
    expect(factsOf([blinded])).toMatchObject({
      accountsNotRecorded: NOTHING_MISSING,
      regionsWithoutTrail: { seen: ['eu-west-1', 'us-east-1'] },
      managementEventsMissing: { notApplicable: expect.anything() },
    });
  });

  test('lesson 24: in advanced form, too', () => {
    const blinded = soundTrail(advanced([management, field('eventName', { equals: ['Nothing'] })]));
    expect(factsOf([blinded]).managementEventsMissing).toEqual({ seen: ['read', 'write'] });
  });

  test('a data-only trail beside the organization trail is no fault', () => {
    const dataOnly = own(selecting({ managementEvents: false }));
    expect(factsOf([soundTrail(), dataOnly])).toMatchObject({
      managementEventsMissing: NOTHING_MISSING,
      regionsWithoutTrail: NOTHING_MISSING,
    });
  });

  test('where only some of many accounts miss something, they are named', () => {
    const rest = soundAccount({ id: MANAGEMENT, name: 'management' });
    const both = seeing(ORG_TRAIL, OWN);
    const trails = [soundTrail(selecting(reads)), own(selecting(writes), { multiRegion: true })];
    const [subject] = subjectsOf([both, rest], trails);
    expect(subject?.facts.managementEventsMissing).toEqual({
      seen: [`management (${MANAGEMENT}) (write)`],
    });
  });

  test('a trail that cannot be read may record what another leaves out, so nothing is claimed', () => {
    const unread = own({ selectors: denied('AccessDenied: selectors') }, { multiRegion: true });
    expect(factsOf([soundTrail(selecting(reads)), unread]).managementEventsMissing).toMatchObject({
      unseen: { reason: 'AccessDenied: selectors' },
    });
  });

  test('what is missing even if the unread trail records all it may is certainly missing', () => {
    const unread = own({ logging: denied(), ...selecting(reads) }, { multiRegion: true });
    const facts = factsOf([soundTrail(selecting(reads)), unread]);
    expect(facts.managementEventsMissing).toEqual({ seen: ['write'] });
  });

  test('regions that cannot be listed do not matter under a trail of all regions', () => {
    const [subject] = subjectsOf([soundAccount({ regions: failed() })]);
    expect(subject?.facts.regionsWithoutTrail).toEqual(NOTHING_MISSING);
  });

  test('regions that cannot be listed leave open what a single-region trail misses', () => {
    const account = { ...seeing(OWN), regions: denied('AccessDenied: regions') };
    const [subject] = subjectsOf([account], [own()]);
    expect(subject?.facts.regionsWithoutTrail).toMatchObject({
      unseen: { reason: 'AccessDenied: regions' },
    });
  });
});

describe('CT-03: sources that are left out', () => {
  const without = (...excludedSources: string[]) => soundTrail(selecting({ excludedSources }));

  test.each<[string, TrailFacts[], Fact]>([
    ['none', [soundTrail()], { seen: 'none' }],
    ['KMS, for its cost', [without('kms.amazonaws.com')], { seen: 'costly' }],
    ['the RDS Data API, for its cost', [without('rdsdata.amazonaws.com')], { seen: 'costly' }],
    ['IAM', [without('iam.amazonaws.com', 'kms.amazonaws.com')], { seen: 'other' }],
    [
      'lesson 4: KMS, which another trail keeps',
      [without('kms.amazonaws.com'), own({}, { multiRegion: true })],
      { seen: 'none' },
    ],
    [
      'IAM, by an advanced selector',
      [
        soundTrail(
          advanced([management, field('eventSource', { notEquals: ['iam.amazonaws.com'] })]),
        ),
      ],
      { seen: 'other' },
    ],
    ['unknown', [soundTrail({ selectors: denied() })], { unseen: expect.anything() }],
    [
      'IAM, but a trail that cannot be read may keep it',
      [without('iam.amazonaws.com'), own({ selectors: denied() }, { multiRegion: true })],
      { unseen: expect.anything() },
    ],
    [
      'nothing to judge without management events',
      [soundTrail(selecting({ managementEvents: false }))],
      { notApplicable: expect.anything() },
    ],
  ])('%s', (_, trails, expected) => {
    expect(factsOf(trails).sourcesLeftOut).toEqual(expected);
  });

  test('they are named', () => {
    const [subject] = subjectsOf([soundAccount()], [without('kms.amazonaws.com')]);
    expect(subject?.fields.leftOut).toBe('kms.amazonaws.com');
  });
});

describe('CT-04: global service events, after November 2021', () => {
  const missing = { seen: [`shop (${SHOP})`] };
  const us = { homeRegion: 'us-east-1', arn: OWN.replace('eu-west-1', 'us-east-1') };

  test.each<[string, TrailFacts[], Fact]>([
    ['a multi-region trail', [soundTrail()], NOTHING_MISSING],
    ['a trail of us-east-1 alone', [own(us)], NOTHING_MISSING],
    ['a trail of us-east-1 without them', [own(us, { globalServiceEvents: false })], missing],
    [
      'a trail of another region alone, whatever it says',
      [own({}, { globalServiceEvents: true })],
      missing,
    ],
    [
      'a stopped multi-region trail beside it',
      [own(), soundTrail({ logging: seen(false) })],
      missing,
    ],
    [
      'a data-only multi-region trail beside it',
      [own(), soundTrail(selecting({ managementEvents: false }))],
      missing,
    ],
    ['unknown settings', [soundTrail({ settings: denied() })], { unseen: expect.anything() }],
  ])('%s', (_, trails, expected) => {
    expect(factsOf(trails).accountsWithoutGlobalEvents).toEqual(expected);
  });

  test.each([
    ['aws-us-gov', 'us-gov-west-1'],
    ['aws-cn', 'cn-north-1'],
  ])('partition %s has them in %s', (partition, homeRegion) => {
    const arn = `arn:${partition}:cloudtrail:${homeRegion}:${SHOP}:trail/own`;
    const organization = { ...soundFacts().organization, partition };
    const accounts = [{ ...seeing(arn), regions: seen([homeRegion]) }];
    const trails = [own({ arn, homeRegion })];
    const [subject] = recordings(
      known(soundFacts({ organization, accounts, trails })),
      soundSettings(),
    );
    expect(subject?.facts.accountsWithoutGlobalEvents).toEqual(NOTHING_MISSING);
  });
});

describe('CT-22: data events that somebody asked for', () => {
  const TYPE = 'AWS::Lambda::Function';
  const of = (type: string, ...more: AdvancedSelector): AdvancedSelector => [
    field('eventCategory', { equals: ['Data'] }),
    field('resources.type', { equals: [type] }),
    ...more,
  ];
  const dataResources = (...values: string[]) => ({ dataResources: [{ type: TYPE, values }] });
  const all: Selectors = { basic: [basic(dataResources('arn:aws:lambda'))] };

  test.each<[string, TrailFacts[], Fact]>([
    ['none are recorded', [soundTrail()], { seen: [TYPE] }],
    ['all functions, basic', [soundTrail({ selectors: seen(all) })], NOTHING_MISSING],
    ['all functions, advanced', [soundTrail(advanced(of(TYPE)))], NOTHING_MISSING],
    [
      'one function',
      [soundTrail(selecting(dataResources('arn:aws:lambda:eu-west-1:1:function:f')))],
      { seen: [TYPE] },
    ],
    [
      'functions of another partition',
      [soundTrail(selecting(dataResources('arn:aws-cn:lambda')))],
      { seen: [TYPE] },
    ],
    [
      'writes only',
      [soundTrail(advanced(of(TYPE, field('readOnly', { equals: ['false'] }))))],
      { seen: [TYPE] },
    ],
    [
      'all but one function',
      [soundTrail(advanced(of(TYPE, field('resources.ARN', { notEndsWith: [':noisy'] }))))],
      { seen: [TYPE] },
    ],
    [
      'one trail of all but one, another of that one',
      [
        soundTrail(advanced(of(TYPE, field('resources.ARN', { notEndsWith: [':noisy'] })))),
        own(advanced(of(TYPE, field('resources.ARN', { endsWith: [':noisy'] }))), {
          multiRegion: true,
        }),
      ],
      NOTHING_MISSING,
    ],
    ['another type', [soundTrail(advanced(of('AWS::DynamoDB::Table')))], { seen: [TYPE] }],
    ['one region only', [soundTrail(), own(advanced(of(TYPE)))], { seen: [`us-east-1 (${TYPE})`] }],
    [
      'a stopped trail',
      [soundTrail(), own({ ...advanced(of(TYPE)), logging: seen(false) }, { multiRegion: true })],
      { seen: [TYPE] },
    ],
    ['unknown', [soundTrail({ selectors: denied() })], { unseen: expect.anything() }],
  ])('%s', (_, trails, expected) => {
    expect(factsOf(trails, { dataEvents: [TYPE] }).dataEventsMissing).toEqual(expected);
  });

  test('all objects, tables and models, each as its selectors say it', () => {
    const types = ['AWS::S3::Object', 'AWS::DynamoDB::Table', 'AWS::Bedrock::Model'];
    const trail = soundTrail({
      selectors: seen({ advanced: types.map((type) => of(type)) }),
    });
    expect(factsOf([trail], { dataEvents: types }).dataEventsMissing).toEqual(NOTHING_MISSING);
    const basicOnes = selecting({
      dataResources: [
        { type: 'AWS::S3::Object', values: ['arn:aws:s3'] },
        { type: 'AWS::DynamoDB::Table', values: ['arn:aws:dynamodb'] },
      ],
    });
    const { dataEventsMissing } = factsOf([soundTrail(basicOnes)], { dataEvents: types });
    expect(dataEventsMissing).toEqual({ seen: ['AWS::Bedrock::Model'] });
  });

  test('are not judged where nobody asked, or where no trail reaches', () => {
    expect(factsOf([soundTrail()]).dataEventsMissing).toHaveProperty('notApplicable');
    const region = factsOf([own({ selectors: seen(all) })], { dataEvents: [TYPE] });
    expect(region.dataEventsMissing).toEqual(NOTHING_MISSING);
  });
});

describe('CT-24: network activity that somebody asked for', () => {
  const SOURCE = 'ec2.amazonaws.com';
  const network = (...more: AdvancedSelector): AdvancedSelector => [
    field('eventCategory', { equals: ['NetworkActivity'] }),
    field('eventSource', { equals: [SOURCE] }),
    ...more,
  ];

  test.each<[string, TrailFacts[], Fact]>([
    ['none', [soundTrail()], { seen: [SOURCE] }],
    ['all of it', [soundTrail(advanced(network()))], NOTHING_MISSING],
    [
      'what endpoints deny',
      [soundTrail(advanced(network(field('errorCode', { equals: ['VpceAccessDenied'] }))))],
      NOTHING_MISSING,
    ],
    [
      'one endpoint only',
      [soundTrail(advanced(network(field('vpcEndpointId', { equals: ['vpce-1'] }))))],
      { seen: [SOURCE] },
    ],
    [
      'unknown',
      [soundTrail({ selectors: failed() })],
      { unseen: expect.objectContaining({ kind: 'failed' }) },
    ],
  ])('%s', (_, trails, expected) => {
    const facts = factsOf(trails, { networkActivity: [SOURCE] });
    expect(facts.networkActivityMissing).toEqual(expected);
  });

  test('is not judged where nobody asked', () => {
    expect(factsOf([soundTrail()]).networkActivityMissing).toHaveProperty('notApplicable');
  });
});

describe('CT-25: Insights, as a union', () => {
  const [callRate, errorRate] = BOTH_INSIGHTS as [Insight, Insight];
  const on = (...insights: Insight[]) => ({ insights: seen(insights) });
  const reads = selecting({ readWriteType: 'ReadOnly' });

  test.each<[string, TrailFacts[], Fact]>([
    ['both of one trail', [soundTrail(on(callRate, errorRate))], NOTHING_MISSING],
    [
      'each of another trail',
      [soundTrail(on(callRate)), own(on(errorRate), { multiRegion: true })],
      NOTHING_MISSING,
    ],
    ['the second type counts, too', [soundTrail(on(errorRate))], { seen: ['call-rate'] }],
    ['none', [soundTrail(on())], { seen: ['call-rate', 'error-rate'] }],
    [
      'of a stopped trail',
      [soundTrail(on()), own({ ...on(callRate, errorRate), logging: seen(false) })],
      { seen: ['call-rate', 'error-rate'] },
    ],
    [
      'call rates without write events see nothing, error rates do',
      [soundTrail({ ...on(callRate, errorRate), ...reads })],
      { seen: ['call-rate'] },
    ],
    [
      'of data events only',
      [soundTrail(on({ ...callRate, categories: ['Data'] }, errorRate))],
      { seen: ['call-rate'] },
    ],
    [
      'in one region only',
      [soundTrail(on()), own(on(callRate, errorRate))],
      { seen: ['us-east-1 (call-rate)', 'us-east-1 (error-rate)'] },
    ],
    ['unknown', [soundTrail({ insights: denied() })], { unseen: expect.anything() }],
    [
      'unknown of one trail, on in the other',
      [soundTrail({ insights: denied() }), own(on(callRate, errorRate), { multiRegion: true })],
      NOTHING_MISSING,
    ],
  ])('%s', (_, trails, expected) => {
    expect(factsOf(trails).insightsMissing).toEqual(expected);
  });
});
