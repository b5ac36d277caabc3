import type { KeyFacts, PostureFacts, TrailSettings } from '../../../../src/core/posture/facts.ts';
import { PolicyDocument } from '../../../../src/core/posture/guards/policy-document.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { trailKeys } from '../../../../src/core/posture/subjects/trail-key.ts';
import {
  ARCHIVE,
  denied,
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundBucket,
  soundFacts,
  soundKey,
  soundTrail,
  TRAIL_KEY,
} from '../sound.ts';

function subjects(differs: Partial<PostureFacts> = {}, settings: Partial<TrailSettings> = {}) {
  const trails = [soundTrail({}, { kmsKey: TRAIL_KEY, ...settings })];
  return trailKeys(known(soundFacts({ trails, keys: [soundKey()], ...differs })));
}

function of(differs: Partial<KeyFacts>) {
  return subjects({ keys: [soundKey(differs)] })[0];
}

test('a sound key is one subject of the account that owns it, with the accounts whose trail uses it', () => {
  const [subject, ...more] = subjects();
  expect(more).toEqual([]);
  expect(subject).toMatchObject({
    subject: TRAIL_KEY,
    owner: MANAGEMENT,
    covers: [MANAGEMENT, SHOP],
    facts: {
      state: { seen: 'Enabled' },
      inBucketRegion: { seen: true },
      cloudTrail: { seen: 'confined' },
      rotation: { seen: true },
    },
    fields: { trails: 'org-trail', deletion: 'none', rotates: 'on', access: 'confined' },
  });
});

test('a trail without a key has no key to judge', () => {
  expect(subjects({}, { kmsKey: null })).toEqual([]);
});

describe('CT-10: the state of a key', () => {
  test.each(['Disabled', 'PendingImport', 'Unavailable', 'PendingReplicaDeletion'])(
    '%s',
    (state) => {
      const description = seen({ state, manager: 'CUSTOMER' as const, deletionDate: null });
      expect(of({ description })?.facts.state).toEqual({ seen: state });
    },
  );

  test('pending deletion, with the day', () => {
    const deletionDate = '2026-12-01T00:00:00.000Z';
    const description = seen({
      state: 'PendingDeletion',
      manager: 'CUSTOMER' as const,
      deletionDate,
    });
    expect(of({ description })).toMatchObject({
      facts: { state: { seen: 'PendingDeletion' } },
      fields: { deletion: deletionDate },
    });
  });
});

describe('CT-10: the region of a key', () => {
  test('is not the bucket’s', () => {
    const elsewhere = soundBucket({ place: seen({ account: ARCHIVE, region: 'eu-west-1' }) });
    expect(subjects({ buckets: [elsewhere] })[0]).toMatchObject({
      facts: { inBucketRegion: { seen: false } },
      fields: { region: 'us-east-1', bucketRegions: 'eu-west-1' },
    });
  });

  test('is not judged where nobody knows the bucket’s', () => {
    const [subject] = subjects({ buckets: [soundBucket({ place: denied() })] });
    expect(subject?.facts.inBucketRegion).toMatchObject({ unseen: { kind: 'denied' } });
  });
});

describe('CT-10: the policy of a key', () => {
  test('that several trails share is as bad as it is for the worst of them', () => {
    const own = `arn:aws:cloudtrail:us-east-1:${SHOP}:trail/own`;
    const trails = [
      soundTrail({}, { kmsKey: TRAIL_KEY }),
      soundTrail({ arn: own, owner: SHOP }, { kmsKey: TRAIL_KEY, organization: false }),
    ];
    const sighted = seen(trails.map(({ arn, homeRegion }) => ({ arn, homeRegion })));
    const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: sighted })];
    const [subject, ...more] = subjects({ trails, accounts });
    expect(more).toEqual([]);
    // The policy names the organization's trail only.
    expect(subject).toMatchObject({
      facts: { cloudTrail: { seen: 'refused' } },
      fields: { trails: 'org-trail, own' },
    });
  });

  test('that lets an organization in is not called wrong where nobody may know which one is ours', () => {
    const { Statement } = PolicyDocument.parse({
      Statement: {
        Effect: 'Allow',
        Principal: { Service: 'cloudtrail.amazonaws.com' },
        Action: ['kms:GenerateDataKey*', 'kms:DescribeKey'],
        Condition: { StringEquals: { 'aws:SourceOrgID': 'o-sound' } },
      },
    });
    const { organization } = soundFacts();
    const [subject] = subjects({
      keys: [soundKey({ policy: seen({ Statement }) })],
      organization: { ...organization, id: '', accounts: denied() },
    });
    expect(subject?.facts.cloudTrail).not.toEqual({ seen: 'refused' });
  });

  test('that lets nobody but the account in', () => {
    expect(of({ policy: seen({ Statement: [] }) })?.facts.cloudTrail).toEqual({ seen: 'refused' });
  });
});

test('CT-10: a key of another account that cannot be read is unseen, with what would see it', () => {
  const foreign = 'arn:aws:kms:us-east-1:999900001111:key/foreign';
  const refused = {
    unseen: {
      kind: 'denied' as const,
      reason: 'AccessDeniedException: no',
      wouldNeed: 'kms:DescribeKey for role trailwarden-read in account 999900001111',
    },
    by: { api: 'kms:DescribeKey', account: '999900001111', region: 'us-east-1', at: '' },
  };
  const key = { description: refused, policy: refused, rotation: refused };
  const [subject] = subjects(
    { keys: [soundKey({ arn: foreign, account: '999900001111', ...key })] },
    { kmsKey: foreign },
  );
  expect(subject).toMatchObject({
    owner: '999900001111',
    facts: {
      state: { unseen: { kind: 'denied', wouldNeed: expect.stringContaining('999900001111') } },
      cloudTrail: { unseen: { kind: 'denied' } },
    },
    fields: { condition: 'unknown', access: 'unknown', rotates: 'unknown' },
  });
});

test('a key of which KMS did not answer is no key that does not rotate', () => {
  expect(of({ rotation: failed() })).toMatchObject({
    facts: { rotation: { unseen: { kind: 'failed' } } },
    fields: { rotates: 'unknown' },
  });
});

test('a trail that names its key by an alias is judged by that name', () => {
  const arn = 'alias/trail';
  expect(subjects({ keys: [soundKey({ arn })] }, { kmsKey: arn })[0]).toMatchObject({
    subject: arn,
    facts: { state: { seen: 'Enabled' } },
  });
});

test('a trail whose settings cannot be read leaves its key open, never out', () => {
  const [subject, ...more] = subjects({ trails: [soundTrail({ settings: denied() })], keys: [] });
  expect(more).toEqual([]);
  expect(subject).toMatchObject({ subject: ORG_TRAIL, owner: MANAGEMENT });
  for (const fact of Object.values(subject?.facts ?? {})) expect(fact).toHaveProperty('unseen');
});
