import type { PostureFacts, PostureSettings, TrailFacts } from '../../../src/core/posture/facts.ts';
import type { Status } from '../../../src/core/posture/finding.ts';
import { findingsOf } from '../../../src/core/posture/scan.ts';
import { frameworks, postureRules } from '../../../src/policies.ts';
import {
  ARCHIVE,
  basic,
  denied,
  failed,
  field,
  MANAGEMENT,
  SHOP,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundSettings,
  soundTrail,
} from './sound.ts';

/** From facts to the status of a finding: every check of what is recorded, in every outcome. */
type World = { facts: Partial<PostureFacts>; settings?: Partial<PostureSettings> };

const trail = (differs: Partial<TrailFacts>, settings = {}): World => ({
  facts: { trails: [soundTrail(differs, settings)] },
});
const SOUND: World = { facts: {} };
const STOPPED = trail({ logging: seen(false) });
const SELECTORS_DENIED = trail({ selectors: denied() });
const SELECTORS_FAILED = trail({ selectors: failed() });
const readsOnly = { selectors: seen({ basic: [basic({ readWriteType: 'ReadOnly' })] }) };
const everyObject = {
  selectors: seen({
    basic: [basic({ dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }] })],
  }),
};
const everyFunction = {
  selectors: seen({
    advanced: [
      [
        field('eventCategory', { equals: ['Data'] }),
        field('resources.type', { equals: ['AWS::Lambda::Function'] }),
      ],
    ],
  }),
};
const everyDenial = {
  selectors: seen({
    advanced: [
      [
        field('eventCategory', { equals: ['NetworkActivity'] }),
        field('eventSource', { equals: ['ec2.amazonaws.com'] }),
      ],
    ],
  }),
};

function sensitive(world: World, names: PostureFacts['sensitive'][number]['names']): World {
  const cards = { name: 'cards', place: seen({ account: SHOP, region: 'us-east-1' }) };
  const wanted = { by: { name: 'cards' }, record: 'write' as const };
  return {
    facts: {
      ...world.facts,
      sensitive: [{ wanted, names }],
      buckets: [soundBucket(), soundBucket(cards)],
    },
  };
}
const CARDS = seen(['cards']);

/** With the archive among those that were asked, which owns the log bucket. */
function archived(world: World): World {
  const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ id: ARCHIVE })];
  return { facts: { ...world.facts, accounts } };
}

function twice(differs: Partial<TrailFacts>): World {
  const arn = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
  const own = soundTrail({ arn, owner: SHOP, ...differs }, { organization: false });
  const home = { homeRegion: 'us-east-1' };
  const sightings = [soundTrail(), own].map((one) => ({ arn: one.arn, ...home }));
  const accounts = [soundAccount({ trails: seen(sightings) })];
  return { facts: { trails: [soundTrail(), own], accounts } };
}

const wanting = (world: World, settings: Partial<PostureSettings>): World => ({
  ...world,
  settings,
});
const functions = { dataEvents: ['AWS::Lambda::Function'] };
const endpoints = { networkActivity: ['ec2.amazonaws.com'] };
const alone = { ...soundFacts().organization, alone: true as const };
const dark = (why: typeof denied): World => ({
  facts: { accounts: [soundAccount(), soundAccount({ id: ARCHIVE, trails: why() })] },
});

const CASES: [string, { [status in Status]: World }][] = [
  [
    'trail-logging',
    {
      PASS: SOUND,
      FAIL: STOPPED,
      NOT_APPLICABLE: { facts: { accounts: [] } },
      NOT_VISIBLE: trail({ logging: denied() }),
      ERROR: trail({ logging: failed() }),
    },
  ],
  [
    'trail-multi-region',
    {
      PASS: SOUND,
      FAIL: trail({}, { multiRegion: false }),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: SELECTORS_DENIED,
      ERROR: SELECTORS_FAILED,
    },
  ],
  [
    'trail-management-events',
    {
      PASS: SOUND,
      FAIL: trail(readsOnly),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: SELECTORS_DENIED,
      ERROR: SELECTORS_FAILED,
    },
  ],
  [
    'trail-excluded-sources',
    {
      PASS: trail({
        selectors: seen({ basic: [basic({ excludedSources: ['kms.amazonaws.com'] })] }),
      }),
      FAIL: trail({
        selectors: seen({ basic: [basic({ excludedSources: ['iam.amazonaws.com'] })] }),
      }),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: SELECTORS_DENIED,
      ERROR: SELECTORS_FAILED,
    },
  ],
  [
    'trail-global-services',
    {
      PASS: SOUND,
      FAIL: trail({ homeRegion: 'eu-west-1' }, { multiRegion: false }),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: trail({ settings: denied() }),
      ERROR: trail({ settings: failed() }),
    },
  ],
  [
    'org-trail-covers-accounts',
    {
      PASS: SOUND,
      FAIL: { facts: { accounts: [soundAccount({ trails: seen([]) })] } },
      NOT_APPLICABLE: { facts: { organization: alone } },
      NOT_VISIBLE: dark(denied),
      ERROR: dark(failed),
    },
  ],
  [
    'data-events-s3',
    {
      PASS: sensitive(trail(everyObject), CARDS),
      FAIL: sensitive(SOUND, CARDS),
      NOT_APPLICABLE: sensitive(SOUND, seen([])),
      NOT_VISIBLE: sensitive(SOUND, denied()),
      ERROR: sensitive(SELECTORS_FAILED, CARDS),
    },
  ],
  [
    'data-events-other',
    {
      PASS: wanting(trail(everyFunction), functions),
      FAIL: wanting(SOUND, functions),
      NOT_APPLICABLE: SOUND,
      NOT_VISIBLE: wanting(SELECTORS_DENIED, functions),
      ERROR: wanting(SELECTORS_FAILED, functions),
    },
  ],
  [
    'data-events-feedback-loop',
    {
      PASS: archived(
        trail({
          selectors: seen({
            basic: [
              basic({
                dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::cards/'] }],
              }),
            ],
          }),
        }),
      ),
      FAIL: archived(trail(everyObject)),
      NOT_APPLICABLE: archived(SOUND),
      NOT_VISIBLE: archived(SELECTORS_DENIED),
      ERROR: archived(SELECTORS_FAILED),
    },
  ],
  [
    'network-activity-events',
    {
      PASS: wanting(trail(everyDenial), endpoints),
      FAIL: wanting(SOUND, endpoints),
      NOT_APPLICABLE: SOUND,
      NOT_VISIBLE: wanting(SELECTORS_DENIED, endpoints),
      ERROR: wanting(SELECTORS_FAILED, endpoints),
    },
  ],
  [
    'insights',
    {
      PASS: SOUND,
      FAIL: trail({ insights: seen([]) }),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: trail({ insights: denied() }),
      ERROR: trail({ insights: failed() }),
    },
  ],
  [
    'trail-duplicates',
    {
      PASS: SOUND,
      FAIL: twice({}),
      NOT_APPLICABLE: STOPPED,
      NOT_VISIBLE: twice({ selectors: denied() }),
      ERROR: twice({ selectors: failed() }),
    },
  ],
];

describe.each(CASES)('%s', (check, worlds) => {
  const rules = postureRules().filter(({ id }) => id === check);

  test.each(Object.entries(worlds))('%s', (status, { facts, settings = {} }) => {
    const findings = findingsOf(rules, soundFacts(facts), soundSettings(settings), frameworks());
    expect(findings[0]).toMatchObject({ check, status });
    expect(findings[0]?.detail).not.toMatch(/[{}?]/);
    expect(findings[0]?.ko?.detail).not.toMatch(/[{}?]/);
    if (status === 'FAIL') expect(findings[0]?.evidence).not.toEqual([]);
  });

  test('asks no more than one finding of one thing', () => {
    for (const { facts, settings = {} } of Object.values(worlds)) {
      const found = findingsOf(rules, soundFacts(facts), soundSettings(settings), frameworks());
      expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
    }
  });
});
