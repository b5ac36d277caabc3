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
  soundSettings,
  soundTrail,
} from '../sound.ts';

function facts(
  kind: SubjectKind,
  differs: Partial<PostureFacts>,
  settings: Partial<PostureSettings> = {},
) {
  return subjectsOf(kind, known(soundFacts(differs)), soundSettings(settings));
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
