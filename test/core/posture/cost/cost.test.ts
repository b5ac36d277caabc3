import { withCosts } from '../../../../src/core/posture/cost/cost.ts';
import type { Volume, Volumes } from '../../../../src/core/posture/cost/volumes.ts';
import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import type { Cost, Finding } from '../../../../src/core/posture/finding.ts';
import {
  ARCHIVE,
  denied,
  field,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';
import { finding } from '../sound-finding.ts';

const OWN_TRAIL = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;

/** The shop's own trail of one region, beside the organization's. */
const twice = soundFacts({
  trails: [
    soundTrail({ selectors: seen({ basic: [managementEvents()] }) }),
    soundTrail(
      {
        arn: OWN_TRAIL,
        owner: SHOP,
        homeRegion: 'eu-west-1',
        selectors: seen({ basic: [managementEvents()] }),
      },
      { name: 'own', organization: false, multiRegion: false, bucket: 'own-logs' },
    ),
  ],
  accounts: [
    soundAccount({ id: MANAGEMENT, name: 'management', ou: '' }),
    soundAccount({
      trails: seen([
        { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
        { arn: OWN_TRAIL, homeRegion: 'eu-west-1' },
      ]),
    }),
  ],
});

/** All objects of all buckets are written down, the log bucket's among them. */
const looping = soundFacts({
  trails: [
    soundTrail({
      selectors: seen({
        advanced: [
          [
            field('eventCategory', { equals: ['Data'] }),
            field('resources.type', { equals: ['AWS::S3::Object'] }),
          ],
        ],
      }),
    }),
  ],
  accounts: [MANAGEMENT, SHOP, ARCHIVE].map((id) => soundAccount({ id })),
});

function managementEvents() {
  return {
    readWriteType: 'All' as const,
    managementEvents: true,
    excludedSources: [],
    dataResources: [],
  };
}

function volume(differs: Partial<Volume> = {}): Volume {
  return {
    account: SHOP,
    region: 'eu-west-1',
    day: '2026-11-01',
    kind: 'management-write',
    bucket: null,
    events: 1_000_000,
    ...differs,
  };
}

/** Ten days of log files, in which every account has records to the last day. */
function volumes(counts: Volume[], differs: Partial<Volumes> = {}): Volumes {
  const whole = {
    first: '2026-11-01T00:00:00Z',
    last: '2026-11-11T00:00:00Z',
    unread: 0,
    ...differs,
  };
  const ends = counts.map(({ account }) =>
    volume({ account, day: whole.last?.slice(0, 10) ?? '', kind: 'network', events: 0 }),
  );
  return { counts: [...counts, ...ends], ...whole };
}

function costOf(
  differs: Partial<Finding>,
  facts: PostureFacts,
  counted: Volumes | null,
): Cost | null {
  const [result] = withCosts([finding(differs)], facts, counted && { seen: counted });
  return result?.cost ?? null;
}

const words = (cost: Cost | null) => cost?.assumptions.map(({ en }) => en).join('; ') ?? '';

describe('a second copy of management events', () => {
  const duplicate = { check: 'trail-duplicates', subject: OWN_TRAIL, covers: [SHOP] };

  test('costs by the events of the places that are recorded twice, and of no other', () => {
    const cost = costOf(
      duplicate,
      twice,
      volumes([
        volume(),
        volume({ kind: 'management-read' }),
        // Where the own trail does not record, who it does not see, and what it does not take.
        volume({ region: 'us-east-1' }),
        volume({ account: MANAGEMENT }),
        volume({ kind: 'data-write', bucket: 'b' }),
      ]),
    );
    // 2 million events in 10 days are 6 million in 30, at 2 dollars for 100,000.
    expect(cost).toMatchObject({
      monthly: 120,
      unitPrice: 'USD 2.00 / 100,000 copied management events',
    });
    expect(words(cost)).toContain('2,000,000 such events in 10 days');
    expect(words(cost)).toContain('us-east-1 as of 2026-11-22');
  });

  test('without log files only the unit price is said', () => {
    const cost = costOf(duplicate, twice, null);
    expect(cost?.monthly).toBeNull();
    expect(words(cost)).toContain('unknown volume: no log files');
  });

  test('log files without such an event say nothing of the volume: it may not have been recorded', () => {
    const cost = costOf(duplicate, twice, volumes([volume({ account: MANAGEMENT })]));
    expect(cost?.monthly).toBeNull();
    expect(words(cost)).toContain('hold no such event');
  });

  test('a trail that is no duplicate costs nothing more', () => {
    expect(costOf({ ...duplicate, status: 'PASS' }, twice, volumes([volume()]))).toBeNull();
    expect(costOf({ ...duplicate, status: 'NOT_VISIBLE' }, twice, volumes([volume()]))).toBeNull();
  });

  test('a trail that is gone from the facts has no price', () => {
    expect(costOf({ ...duplicate, subject: 'arn:gone' }, twice, null)).toBeNull();
  });
});

describe('numbers are no better than what they rest on', () => {
  const duplicate = { check: 'trail-duplicates', subject: OWN_TRAIL, covers: [SHOP] };
  const costAfter = (days: number, events: number, unread = 0) => {
    const last = new Date(Date.parse('2026-11-01T00:00:00Z') + days * 86_400_000).toISOString();
    return costOf(duplicate, twice, volumes([volume({ events })], { last, unread }));
  };

  test.each([
    ['weeks of records: two digits', 10, 1_234_567, 74],
    ['days of records: one digit', 3, 1_234_567, 200],
    ['an hour of records counts as a day', 1 / 24, 100_000, 60],
  ])('%s', (_, days, events, expected) => {
    expect(costAfter(days, events)?.monthly).toBe(expected);
  });

  test('less than a dollar is said to be less', () => {
    const cost = costAfter(10, 10);
    expect(cost?.monthly).toBe(1);
    expect(words(cost)).toContain('less than one dollar');
  });

  test('files that could not be read make the count too low, and it says so', () => {
    expect(words(costAfter(10, 1_000_000, 3))).toContain('3 of the given files');
  });

  test('every assumption is told in Korean, too', () => {
    for (const { ko } of costAfter(10, 10, 3)?.assumptions ?? []) expect(ko).toMatch(/[가-힣]/);
  });
});

describe('counted in an archive', () => {
  const duplicate = { check: 'trail-duplicates', subject: OWN_TRAIL, covers: [SHOP] };
  const shop = { days: 20, lost: 0, missing: 0 };
  const archive = (differs: Partial<typeof shop> = {}, unplaced = 0) => ({
    archive: { accounts: { [SHOP]: { ...shop, ...differs } }, unplaced },
    first: '2026-11-01T00:00:00Z',
    last: '2026-11-21T00:00:00Z',
  });
  const costIn = (differs: Partial<Volumes>, events = 1_000_000) =>
    costOf(duplicate, twice, volumes(events > 0 ? [volume({ events })] : [], differs));

  test('an estimate names the archive and the time that it covers, in both languages', () => {
    const cost = costIn(archive());
    expect(cost?.monthly).toBe(30);
    expect(cost?.assumptions).toContainEqual({
      en: '1,000,000 such events in about 20 days of the archive (2026-11-01 to 2026-11-21), continued for 30 days',
      ko: '아카이브의 약 20일(2026-11-01 ~ 2026-11-21) 동안 해당 이벤트 1,000,000건이 있었고, 30일로 환산했습니다',
    });
    expect(words(cost)).not.toMatch(/lack|no log files|week|could not/);
  });

  test('an archive of three days says that it is young, and gives one digit', () => {
    const cost = costIn(archive({ days: 3 }), 1_234_567);
    expect(cost?.monthly).toBe(200);
    expect(words(cost)).toContain('less than a week');
  });

  test('lost days are left out and said; those of single regions make the count too low', () => {
    const text = words(costIn(archive({ days: 15, lost: 5, missing: 2 })));
    expect(text).toContain('of up to 5 days in between the archive holds no log files');
    expect(text).toContain('of single regions the archive lacks log files of 2 days');
  });

  test('what could not be taken in, and what it does not hold, is said of the archive', () => {
    expect(words(costIn({ ...archive(), unread: 3 }))).toContain(
      '3 log files could not be taken into the archive',
    );
    const none = costIn(archive(), 0);
    expect(none?.monthly).toBeNull();
    expect(words(none)).toContain('the archive holds no such event (2026-11-01 to 2026-11-21)');
  });

  test('an archive that could not be read is not an archive without events', () => {
    const unseen = { unseen: { kind: 'failed' as const, reason: 'EIO' } };
    const [result] = withCosts([finding(duplicate)], twice, unseen);
    expect(result?.cost?.monthly).toBeNull();
    expect(words(result?.cost ?? null)).toContain('there is an archive, but it could not be read');
  });

  test('data events whose bucket was not read yet are told, and are no events of no bucket', () => {
    const passing = {
      check: 'data-events-s3',
      subject: 'arn:aws:s3:::card-data',
      status: 'PASS' as const,
    };
    const inBucket = (counts: Volume[]) =>
      costOf(passing, soundFacts(), volumes(counts, archive({}, 40)));
    const some = inBucket([
      volume({ kind: 'data-write', bucket: 'card-data', events: 10_000_000 }),
    ]);
    expect(some?.monthly).toBe(15);
    expect(words(some)).toContain('of 40 data events of S3');
    const none = inBucket([volume({ kind: 'data-write', events: 40 })]);
    expect(none?.monthly).toBeNull();
    expect(words(none)).toContain('no event of this bucket was met so far; of 40 data events');
    expect(words(none)).not.toContain('holds no such event');
  });

  test('every assumption is told in Korean, too', () => {
    for (const one of [
      costIn({ ...archive({ days: 2, lost: 1, missing: 1 }, 3), unread: 1 }),
      costIn(archive(), 0),
    ])
      for (const { ko } of one?.assumptions ?? []) expect(ko).toMatch(/[가-힣]/);
  });
});

test('lesson 21: the feedback loop of the log bucket has its price, counted in that bucket', () => {
  const loop = { check: 'data-events-feedback-loop', subject: ORG_TRAIL };
  const cost = costOf(
    loop,
    looping,
    volumes([
      volume({ account: ARCHIVE, kind: 'data-write', bucket: 'org-logs', events: 50_000_000 }),
      volume({ account: ARCHIVE, kind: 'data-read', bucket: 'org-logs', events: 50_000_000 }),
      volume({ kind: 'data-write', bucket: 'shop-pictures', events: 50_000_000 }),
    ]),
  );
  expect(cost).toMatchObject({ monthly: 150, unitPrice: 'USD 0.10 / 100,000 data events' });
});

describe('data events of a sensitive bucket', () => {
  const bucket = { check: 'data-events-s3', subject: 'arn:aws:s3:::card-data' };
  const counted = volumes([
    volume({ kind: 'data-write', bucket: 'card-data', events: 10_000_000 }),
    volume({ kind: 'data-write', bucket: 'card-data-2', events: 10_000_000 }),
  ]);

  test('that are recorded cost what was counted', () => {
    const cost = costOf({ ...bucket, status: 'PASS' }, soundFacts(), counted);
    expect(cost?.monthly).toBe(30);
    expect(words(cost)).toContain('every trail that records them');
  });

  test('that are not recorded cannot be counted', () => {
    const cost = costOf(bucket, soundFacts(), counted);
    expect(cost?.monthly).toBeNull();
    expect(words(cost)).toContain('what is not recorded cannot be counted');
  });

  test('that are recorded, without log files, are not told about', () => {
    expect(costOf({ ...bucket, status: 'PASS' }, soundFacts(), null)).toBeNull();
  });
});

test.each(['data-events-other', 'network-activity-events'])(
  '%s have the price of a further event',
  (check) => {
    expect(costOf({ check }, soundFacts(), volumes([volume()]))).toMatchObject({
      monthly: null,
      unitPrice: expect.stringMatching(/^USD 0\.10 \/ 100,000 /),
    });
    expect(costOf({ check, status: 'PASS' }, soundFacts(), null)).toBeNull();
  },
);

test('Insights analyse writes twice and reads once, of the accounts that are concerned', () => {
  const cost = costOf(
    { check: 'insights', covers: [SHOP] },
    soundFacts(),
    volumes([
      volume({ events: 1_000_000 }),
      volume({ kind: 'management-read', events: 8_000_000 }),
      volume({ account: MANAGEMENT, events: 8_000_000 }),
      volume({ kind: 'data-read', events: 8_000_000 }),
    ]),
  );
  // 10 million analyses in 10 days.
  expect(cost).toMatchObject({
    monthly: 110,
    unitPrice: 'USD 0.35 / 100,000 analysed management events',
  });
});

describe('log files that stay in S3 Standard', () => {
  const lifecycle = { check: 'log-bucket-lifecycle', subject: 'arn:aws:s3:::org-logs' };
  const bucketWith = (
    differs: Partial<NonNullable<PostureFacts['buckets'][number]['protection']>>,
  ) => {
    const { protection, ...bucket } = soundBucket();
    if (!protection) throw new Error('the sound bucket is protected');
    return soundFacts({ buckets: [{ ...bucket, protection: { ...protection, ...differs } }] });
  };
  const rule = {
    id: 'cold',
    enabled: true,
    prefix: '',
    narrowed: false,
    expirationDays: null,
    noncurrentDays: null,
    transitions: [{ days: 90, storageClass: 'GLACIER_IR' }],
  };

  test('have the prices of the classes beside each other, whether the rule fails or not', () => {
    for (const status of ['FAIL', 'PASS'] as const) {
      const cost = costOf({ ...lifecycle, status }, bucketWith({}), volumes([volume()]));
      expect(cost?.monthly).toBeNull();
      expect(cost?.unitPrice).toContain('0.023 / GB-month (S3 Standard); 0.004 (Glacier Instant');
      expect(words(cost)).toContain('128 KB at least');
    }
  });

  test.each(['GLACIER_IR', 'GLACIER', 'DEEP_ARCHIVE'])(
    'that move to %s have none',
    (storageClass) => {
      const transitions = [{ days: 90, storageClass }];
      expect(
        costOf(lifecycle, bucketWith({ lifecycle: seen([{ ...rule, transitions }]) }), null),
      ).toBeNull();
    },
  );

  test.each([
    ['a rule that is switched off', { ...rule, enabled: false }],
    [
      'a move to Standard-IA',
      { ...rule, transitions: [{ days: 30, storageClass: 'STANDARD_IA' }] },
    ],
  ])('%s is none', (_, one) => {
    expect(costOf(lifecycle, bucketWith({ lifecycle: seen([one]) }), null)).not.toBeNull();
  });

  test('whose lifecycle could not be read are not guessed at', () => {
    expect(costOf(lifecycle, bucketWith({ lifecycle: denied() }), null)).toBeNull();
    expect(costOf({ ...lifecycle, status: 'NOT_VISIBLE' }, bucketWith({}), null)).toBeNull();
  });
});

test('a finding that is not about money has no price', () => {
  const [result] = withCosts([finding({ check: 'trail-logging' })], twice, {
    seen: volumes([volume()]),
  });
  expect(result).not.toHaveProperty('cost');
});

test('a thousand duplicates in the log files of a thousand accounts look at each count a few times', () => {
  const ids = Array.from({ length: 1000 }, (_, index) => String(100_000_000_000 + index));
  const trails = ids.map((id) =>
    soundTrail(
      {
        arn: `arn:aws:cloudtrail:eu-west-1:${id}:trail/own`,
        owner: id,
        selectors: seen({ basic: [managementEvents()] }),
      },
      { organization: false },
    ),
  );
  const accounts = trails.map(({ arn, owner }) =>
    soundAccount({
      id: owner,
      trails: seen([ORG_TRAIL, arn].map((one) => ({ arn: one, homeRegion: 'us-east-1' }))),
    }),
  );
  const facts = soundFacts({
    trails: [soundTrail({ selectors: seen({ basic: [managementEvents()] }) }), ...trails],
    accounts,
  });
  const findings = trails.map(({ arn, owner }) =>
    finding({ check: 'trail-duplicates', subject: arn, owner, covers: [owner] }),
  );
  let looks = 0;
  const files = volumes(
    ids.map((id) => ({
      ...volume({ events: 1_000_000 }),
      get account() {
        looks += 1;
        return id;
      },
    })),
  );
  const priced = withCosts(findings, facts, { seen: files });
  expect(priced.filter(({ cost }) => cost?.monthly === 60)).toHaveLength(1000);
  // A price that looked at every count of every account would look a million times.
  expect(looks).toBeGreaterThan(1000);
  expect(looks).toBeLessThan(20_000);
});
