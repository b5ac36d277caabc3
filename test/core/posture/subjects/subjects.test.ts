import type {
  BucketProtection,
  PostureFacts,
  PostureSettings,
} from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { subjectsOf } from '../../../../src/core/posture/subjects/index.ts';
import type { SubjectKind } from '../../../../src/core/posture/vocabulary.ts';
import {
  ARCHIVE,
  denied,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundTrail,
} from '../sound.ts';

function facts(
  kind: SubjectKind,
  differs: Partial<PostureFacts>,
  settings: Partial<PostureSettings> = {},
) {
  return subjectsOf(kind, known(soundFacts(differs)), {
    logArchiveAccount: ARCHIVE,
    sensitiveBuckets: [],
    ...settings,
  });
}

describe('what guards a log bucket', () => {
  test.each<[string, Partial<BucketProtection>, unknown]>([
    ['MFA delete', {}, { seen: 'mfa-delete' }],
    [
      'Object Lock in COMPLIANCE mode where MFA delete is off',
      { versioning: seen({ versioning: true, mfaDelete: false }) },
      { seen: 'object-lock-compliance' },
    ],
    [
      'Object Lock where versioning may not be read',
      { versioning: denied() },
      { seen: 'object-lock-compliance' },
    ],
    [
      'nobody knows: one is off, the other may not be read',
      { versioning: seen({ versioning: true, mfaDelete: false }), objectLock: denied() },
      { unseen: expect.anything() },
    ],
    [
      'nobody knows: GOVERNANCE mode, and MFA delete may not be read',
      { versioning: denied(), objectLock: seen({ mode: 'GOVERNANCE' as const, days: 1 }) },
      { unseen: expect.anything() },
    ],
    [
      'nothing: Object Lock without a default retention',
      { versioning: seen({ versioning: true, mfaDelete: false }), objectLock: seen(null) },
      { seen: 'nothing' },
    ],
  ])('%s', (_, protection, guard) => {
    const sound = soundBucket().protection;
    if (!sound) throw new Error('a sound log bucket has its protection read');
    const buckets = [soundBucket({ protection: { ...sound, ...protection } })];
    const [subject] = facts('log-bucket', { buckets });
    expect(subject?.facts.deletionGuard).toMatchObject(guard as object);
  });
});

describe('where a log bucket is', () => {
  const at = (account: string) => ({
    buckets: [soundBucket({ place: seen({ account, region: 'us-east-1' }) })],
  });

  test('in the log archive account', () => {
    expect(facts('log-bucket', at(ARCHIVE))[0]?.facts.inLogArchive).toEqual({ seen: true });
  });

  test('in a workload account', () => {
    const [subject] = facts('log-bucket', at(SHOP));
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::org-logs', owner: SHOP });
    expect(subject?.facts.inLogArchive).toEqual({ seen: false });
  });

  test('in the management account, which is wrong even when it is configured', () => {
    const [subject] = facts('log-bucket', at(MANAGEMENT), { logArchiveAccount: MANAGEMENT });
    expect(subject?.facts.inLogArchive).toEqual({ seen: false });
  });

  test('somewhere, while no log archive account is configured', () => {
    const [subject] = facts('log-bucket', at(ARCHIVE), { logArchiveAccount: null });
    expect(subject?.facts.inLogArchive).toHaveProperty('notApplicable');
  });

  test('unknown', () => {
    const [subject] = facts('log-bucket', { buckets: [soundBucket({ place: denied() })] });
    expect(subject?.facts.inLogArchive).toHaveProperty('unseen');
  });
});

test('a trail whose settings cannot be read leaves its bucket open, never out', () => {
  const [subject, ...more] = facts('log-bucket', {
    trails: [soundTrail({ settings: denied() })],
    buckets: [],
  });
  expect(more).toEqual([]);
  expect(subject).toMatchObject({ subject: ORG_TRAIL, owner: MANAGEMENT });
  for (const fact of Object.values(subject?.facts ?? {})) expect(fact).toHaveProperty('unseen');
});

describe('who the organization trail reaches', () => {
  test('all of them: one subject, owned by the management account', () => {
    const [subject, ...more] = facts('organization-trail', {});
    expect(more).toEqual([]);
    expect(subject).toMatchObject({
      subject: ORG_TRAIL,
      owner: MANAGEMENT,
      covers: [MANAGEMENT, SHOP],
      facts: { accountsNotReached: { seen: [] } },
    });
  });

  test('not an account that does not see it', () => {
    const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: seen([]) })];
    const [subject] = facts('organization-trail', { accounts });
    expect(subject).toMatchObject({
      covers: [SHOP],
      facts: { accountsNotReached: { seen: [`shop (${SHOP})`] } },
    });
  });

  test('not an account in which it is not logging', () => {
    const silent = seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1', logging: seen(false) }]);
    const [subject] = facts('organization-trail', { accounts: [soundAccount({ trails: silent })] });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [`shop (${SHOP})`] });
  });

  test('a trail that is stopped as a whole is another finding', () => {
    const silent = seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1', logging: seen(false) }]);
    const [subject] = facts('organization-trail', {
      accounts: [soundAccount({ trails: silent })],
      trails: [soundTrail({ logging: seen(false) })],
    });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [] });
  });

  test('nobody knows, while one account cannot be seen and the others are reached', () => {
    const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: denied() })];
    const [subject] = facts('organization-trail', { accounts });
    expect(subject?.facts.accountsNotReached).toHaveProperty('unseen');
  });

  test('an unseen account does not hide one that is certainly not reached', () => {
    const accounts = [soundAccount({ trails: seen([]) }), soundAccount({ trails: denied() })];
    const [subject] = facts('organization-trail', { accounts });
    expect(subject?.facts.accountsNotReached).toEqual({ seen: [`shop (${SHOP})`] });
  });

  test('nobody knows, where the status of the trail is refused', () => {
    const unknown = seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1', logging: denied() }]);
    const [subject] = facts('organization-trail', {
      accounts: [soundAccount({ trails: unknown })],
    });
    expect(subject?.facts.accountsNotReached).toHaveProperty('unseen');
  });

  test('without any organization trail the organization itself is the subject', () => {
    const accounts = [soundAccount({ trails: seen([]) })];
    const [subject] = facts('organization-trail', { accounts, trails: [] });
    expect(subject).toMatchObject({ subject: 'o-sound', owner: MANAGEMENT });
  });
});

describe('a sensitive bucket', () => {
  const wanted = (names: PostureFacts['sensitive'][number]['names'], pattern = 'cards') => ({
    sensitive: [{ pattern, names }],
  });
  const everyWrite = {
    readWriteType: 'WriteOnly' as const,
    managementEvents: false,
    excludedSources: [],
    dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
  };
  const cards = soundBucket({
    name: 'cards',
    place: seen({ account: SHOP, region: 'us-east-1' }),
    protection: null,
  });

  test('without data events is not recorded', () => {
    const [subject] = facts('sensitive-bucket', { ...wanted(seen(['cards'])), buckets: [cards] });
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards', owner: SHOP });
    expect(subject?.facts.writesRecorded).toEqual({ seen: 'none' });
  });

  test('is not judged while a selector over it cannot be read', () => {
    const [subject] = facts('sensitive-bucket', {
      ...wanted(seen(['cards'])),
      buckets: [cards],
      trails: [soundTrail({ selectors: denied() })],
    });
    expect(subject?.facts.writesRecorded).toHaveProperty('unseen');
  });

  test.each([
    ['would record it', { basic: [everyWrite] }],
    ['would not', { basic: [] }],
  ])('is not judged while nobody knows whether a trail logs that %s', (_, selectors) => {
    const unknown = seen([{ arn: ORG_TRAIL, homeRegion: 'us-east-1', logging: denied() }]);
    const [subject] = facts('sensitive-bucket', {
      ...wanted(seen(['cards'])),
      buckets: [cards],
      accounts: [soundAccount({ trails: unknown })],
      trails: [soundTrail({ selectors: seen(selectors) })],
    });
    expect(subject?.facts.writesRecorded).toHaveProperty('unseen');
  });

  test('whose account was not asked is not judged', () => {
    const [subject] = facts('sensitive-bucket', {
      ...wanted(seen(['cards'])),
      buckets: [cards],
      accounts: [],
    });
    expect(subject?.facts.writesRecorded).toHaveProperty('notApplicable');
  });

  test('that a pattern names and nobody has is not applicable', () => {
    const [subject] = facts('sensitive-bucket', wanted(seen([]), 'cards-*'));
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards-*' });
    expect(subject?.facts.writesRecorded).toHaveProperty('notApplicable');
  });

  test('that a pattern may name is not visible while accounts cannot list their buckets', () => {
    const [subject] = facts('sensitive-bucket', wanted(denied(), 'cards-*'));
    expect(subject?.facts.writesRecorded).toHaveProperty('unseen');
  });
});

test('an account of no organization has no organization trail to be reached by', () => {
  const { organization } = soundFacts();
  expect(facts('organization-trail', { organization: { ...organization, alone: true } })).toEqual(
    [],
  );
});

describe('the recorders of an account', () => {
  test('one that is stopped is named with its region', () => {
    const recorders = seen([
      { region: 'eu-west-1', state: seen('stopped' as const) },
      { region: 'us-east-1', state: denied() },
    ]);
    const [subject] = facts('account', { accounts: [soundAccount({ recorders })] });
    expect(subject).toMatchObject({ subject: SHOP, owner: SHOP });
    expect(subject?.facts.regionsNotRecording).toEqual({ seen: ['eu-west-1 (stopped)'] });
  });

  test('one that cannot be seen leaves the account open', () => {
    const recorders = seen([{ region: 'us-east-1', state: denied() }]);
    const [subject] = facts('account', { accounts: [soundAccount({ recorders })] });
    expect(subject?.facts.regionsNotRecording).toHaveProperty('unseen');
  });
});
