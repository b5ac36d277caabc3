import type {
  BasicSelector,
  PostureFacts,
  SensitiveBuckets,
  TrailFacts,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { sensitiveBuckets } from '../../../../src/core/posture/subjects/sensitive-bucket.ts';
import type { Fact } from '../../../../src/core/posture/vocabulary.ts';
import {
  basic,
  denied,
  failed,
  field,
  SHOP,
  seen,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const CARDS: SensitiveBuckets = { by: { name: 'cards' }, record: 'write' };
const cards = soundBucket({
  name: 'cards',
  place: seen({ account: SHOP, region: 'us-east-1' }),
  protection: null,
});

function subjects(differs: Partial<PostureFacts>, record: 'write' | 'read-write' = 'write') {
  return sensitiveBuckets(
    known(
      soundFacts({
        sensitive: [{ wanted: { ...CARDS, record }, names: seen(['cards']) }],
        buckets: [cards],
        ...differs,
      }),
    ),
  );
}

function selecting(differs: Partial<BasicSelector>, ...values: string[]): Partial<TrailFacts> {
  const dataResources = [{ type: 'AWS::S3::Object', values }];
  return { selectors: seen({ basic: [basic({ ...differs, dataResources })] }) };
}
const everything = selecting({}, 'arn:aws:s3');
const writes = selecting({ readWriteType: 'WriteOnly' }, 'arn:aws:s3:::cards/');
const reads = selecting({ readWriteType: 'ReadOnly' }, 'arn:aws:s3:::cards/');
const byAdvanced: Partial<TrailFacts> = {
  selectors: seen({
    advanced: [
      [
        field('eventCategory', { equals: ['Data'] }),
        field('resources.type', { equals: ['AWS::S3::Object'] }),
        field('resources.ARN', { startsWith: ['arn:aws:s3:::cards/'] }),
      ],
    ],
  }),
};

describe('CT-21: what is recorded of the objects of a sensitive bucket', () => {
  test.each<[string, Partial<TrailFacts>, 'write' | 'read-write', Fact]>([
    ['nothing', {}, 'write', { seen: 'none' }],
    ['writes, where writes are wanted', writes, 'write', { seen: 'all' }],
    ['writes, where reads are wanted, too', writes, 'read-write', { seen: 'part' }],
    ['reads, where writes are wanted', reads, 'write', { seen: 'none' }],
    ['everything', everything, 'read-write', { seen: 'all' }],
    ['lesson 3: by an advanced selector', byAdvanced, 'read-write', { seen: 'all' }],
    ['one folder', selecting({}, 'arn:aws:s3:::cards/2026/'), 'write', { seen: 'part' }],
    [
      'a bucket that only begins alike',
      selecting({}, 'arn:aws:s3:::cards-old/'),
      'write',
      { seen: 'none' },
    ],
    [
      'nothing, by a stopped trail',
      { ...everything, logging: seen(false) },
      'write',
      { seen: 'none' },
    ],
    [
      'nobody knows: selectors unread',
      { selectors: denied() },
      'write',
      { unseen: expect.anything() },
    ],
    [
      'nobody knows: the trail may be stopped',
      { ...everything, logging: failed() },
      'write',
      { unseen: expect.objectContaining({ kind: 'failed' }) },
    ],
    [
      'nothing, whether the trail is stopped or not',
      { logging: denied() },
      'write',
      { seen: 'none' },
    ],
  ])('%s', (_, trail, record, expected) => {
    const [subject, ...more] = subjects({ trails: [soundTrail(trail)] }, record);
    expect(more).toEqual([]);
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards', owner: SHOP, covers: [SHOP] });
    expect(subject?.facts.eventsRecorded).toEqual(expected);
  });

  test('lesson 1: the organization trail counts in the account that owns the bucket', () => {
    const [subject] = subjects({ trails: [soundTrail(everything)] });
    expect(subject?.fields).toMatchObject({ owner: SHOP, trails: 'org-trail' });
  });

  test('a trail of another region does not count', () => {
    const trails = [soundTrail({ ...everything, homeRegion: 'eu-west-1' }, { multiRegion: false })];
    expect(subjects({ trails })[0]?.facts.eventsRecorded).toEqual({ seen: 'none' });
  });

  test('a bucket of an account that nobody may list is not visible, rather than not asked for', () => {
    const { organization } = soundFacts();
    const [subject] = subjects({
      organization: { ...organization, accounts: denied('AccessDenied: ListAccounts') },
      accounts: soundFacts().accounts.filter(({ id }) => id !== SHOP),
    });
    expect(subject?.facts.eventsRecorded).toMatchObject({
      unseen: { reason: 'AccessDenied: ListAccounts' },
    });
  });

  test('a bucket of an account that was not asked is not judged', () => {
    const [subject] = subjects({ accounts: [] });
    expect(subject?.facts.eventsRecorded).toHaveProperty('notApplicable');
  });

  test('a bucket whose place is unseen is not judged', () => {
    const [subject] = subjects({ buckets: [{ ...cards, place: denied() }] });
    expect(subject?.facts.eventsRecorded).toHaveProperty('unseen');
  });
});

describe('which buckets are sensitive', () => {
  const tagged: SensitiveBuckets = { by: { tag: 'data=cards' }, record: 'read-write' };
  const alike: SensitiveBuckets = { by: { name: 'cards*' }, record: 'write' };

  test('a bucket that is named twice is judged once, by the stricter wish', () => {
    const sensitive = [
      { wanted: tagged, names: seen(['cards']) },
      { wanted: alike, names: seen(['cards']) },
    ];
    const [subject, ...more] = subjects({ sensitive, trails: [soundTrail(writes)] });
    expect(more).toEqual([]);
    expect(subject?.facts.eventsRecorded).toEqual({ seen: 'part' });
    expect(subject?.fields.wanted).toBe('read-write');
  });

  test('a pattern that stands for nothing is not applicable', () => {
    const [subject] = subjects({ sensitive: [{ wanted: alike, names: seen([]) }] });
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards*' });
    expect(subject?.facts.eventsRecorded).toHaveProperty('notApplicable');
  });

  test.each([alike, tagged])(
    'what accounts that cannot be asked may own is not visible',
    (wanted) => {
      const [subject] = subjects({ sensitive: [{ wanted, names: denied() }] });
      expect(subject?.facts.eventsRecorded).toHaveProperty('unseen');
    },
  );

  test('what is found is judged, and what may be elsewhere is not visible beside it', () => {
    const sensitive = [
      { wanted: alike, names: seen(['cards']) },
      { wanted: alike, names: denied() },
    ];
    const [found, elsewhere] = subjects({ sensitive });
    expect(found).toMatchObject({ subject: 'arn:aws:s3:::cards' });
    expect(elsewhere?.facts.eventsRecorded).toHaveProperty('unseen');
  });
});

test('lesson 9: while an account that may own more could not be asked, a pattern stays open beside what it found', () => {
  const wanted: SensitiveBuckets = { by: { name: 'card*' }, record: 'write' };
  const sensitive = [{ wanted, names: seen(['cards']), dark: ['151515151515'] }];
  const [found, open, ...more] = subjects({ sensitive });
  expect(more).toEqual([]);
  expect(found).toMatchObject({ subject: 'arn:aws:s3:::cards' });
  expect(open).toMatchObject({
    subject: 'arn:aws:s3:::card*',
    covers: ['151515151515'],
    facts: {
      eventsRecorded: {
        unseen: { kind: 'denied', wouldNeed: expect.stringContaining('151515151515') },
      },
    },
  });
});
