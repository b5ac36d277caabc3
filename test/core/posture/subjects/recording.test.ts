import type { AccountFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { recordings } from '../../../../src/core/posture/subjects/recording.ts';
import {
  denied,
  failed,
  MANAGEMENT,
  ORG_TRAIL,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundTrail,
} from '../sound.ts';

const OWN = `arn:aws:cloudtrail:eu-west-1:${SHOP}:trail/own`;
const ownTrail = soundTrail(
  { arn: OWN, owner: SHOP, homeRegion: 'eu-west-1' },
  { organization: false, multiRegion: false },
);

function subjectsOf(accounts: AccountFacts[], trails = [soundTrail()]) {
  return recordings(known(soundFacts({ accounts, trails })));
}

test('a fault of the organization trail is one subject, however many accounts it concerns', () => {
  const accounts = Array.from({ length: 50 }, (_, index) =>
    soundAccount({ id: String(100000000000 + index), name: '' }),
  );
  const readsOnly = soundTrail({
    selectors: seen({
      basic: [
        {
          readWriteType: 'ReadOnly' as const,
          managementEvents: true,
          excludedSources: [],
          dataResources: [],
        },
      ],
    }),
  });
  const subjects = subjectsOf(accounts, [readsOnly]);
  expect(subjects).toHaveLength(1);
  expect(subjects[0]).toMatchObject({ subject: ORG_TRAIL, owner: MANAGEMENT });
  expect(subjects[0]?.covers).toHaveLength(50);
  expect(subjects[0]?.facts.managementEventsMissing).toEqual({ seen: ['write'] });
});

test('an account that the organization trail does not reach answers for itself', () => {
  const alone = soundAccount({
    trails: seen([{ arn: OWN, homeRegion: 'eu-west-1' }]),
  });
  const [subject] = subjectsOf([alone], [ownTrail]);
  expect(subject).toMatchObject({ subject: SHOP, owner: SHOP, covers: [SHOP] });
  expect(subject?.facts).toEqual({
    accountsNotRecorded: { seen: [] },
    regionsWithoutTrail: { seen: ['us-east-1'] },
    managementEventsMissing: { seen: [] },
  });
});

test('an account without a logging trail has one fault, not three', () => {
  const [subject] = subjectsOf([soundAccount({ trails: seen([]) })], []);
  expect(subject?.facts).toEqual({
    accountsNotRecorded: { seen: [`shop (${SHOP})`] },
    regionsWithoutTrail: { notApplicable: expect.anything() },
    managementEventsMissing: { notApplicable: expect.anything() },
  });
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

test('an account that cannot be seen is unseen in every fact, never sound and never at fault', () => {
  const [subject] = subjectsOf([soundAccount({ trails: denied() })]);
  for (const fact of Object.values(subject?.facts ?? {})) expect(fact).toHaveProperty('unseen');
});

test('regions that cannot be listed do not matter under a trail of all regions', () => {
  const [subject] = subjectsOf([soundAccount({ regions: failed() })]);
  expect(subject?.facts.regionsWithoutTrail).toEqual({ seen: [] });
});

test('regions that cannot be listed leave open what a single-region trail misses', () => {
  const alone = soundAccount({
    regions: denied('AccessDenied: regions'),
    trails: seen([{ arn: OWN, homeRegion: 'eu-west-1' }]),
  });
  const [subject] = subjectsOf([alone], [ownTrail]);
  expect(subject?.facts.regionsWithoutTrail).toMatchObject({
    unseen: { reason: 'AccessDenied: regions' },
  });
});

test('a data-only trail beside the organization trail is no fault', () => {
  const dataOnly = soundTrail(
    {
      arn: OWN,
      owner: SHOP,
      homeRegion: 'eu-west-1',
      selectors: seen({
        basic: [
          {
            readWriteType: 'All' as const,
            managementEvents: false,
            excludedSources: [],
            dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3'] }],
          },
        ],
      }),
    },
    { organization: false },
  );
  const both = seen([
    { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
    { arn: OWN, homeRegion: 'eu-west-1' },
  ]);
  const [subject] = subjectsOf([soundAccount({ trails: both })], [soundTrail(), dataOnly]);
  expect(subject?.facts.managementEventsMissing).toEqual({ seen: [] });
  expect(subject?.facts.regionsWithoutTrail).toEqual({ seen: [] });
});

test('an organization trail whose owner is closed to us is known by who else sees it', () => {
  const trail = soundTrail({ settings: denied(), selectors: denied() });
  const [subject] = subjectsOf([soundAccount()], [trail]);
  expect(subject?.subject).toBe(ORG_TRAIL);
  expect(subject?.facts.managementEventsMissing).toHaveProperty('unseen');
});

test('a trail that cannot be read may record what another leaves out, so nothing is claimed', () => {
  const readsOnly = soundTrail({
    selectors: seen({
      basic: [
        {
          readWriteType: 'ReadOnly' as const,
          managementEvents: true,
          excludedSources: [],
          dataResources: [],
        },
      ],
    }),
  });
  const unread = soundTrail({
    arn: OWN,
    owner: SHOP,
    selectors: denied('AccessDenied: selectors'),
  });
  const both = seen([
    { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
    { arn: OWN, homeRegion: 'us-east-1' },
  ]);
  const [subject] = subjectsOf([soundAccount({ trails: both })], [readsOnly, unread]);
  expect(subject?.facts.managementEventsMissing).toMatchObject({
    unseen: { reason: 'AccessDenied: selectors' },
  });
});

test('a doubt about one account leaves the whole recording open, however many are sound', () => {
  const own = soundTrail({ arn: OWN, owner: SHOP, logging: denied() }, { organization: false });
  const stopped = soundTrail({ logging: seen(false) });
  const both = seen([
    { arn: ORG_TRAIL, homeRegion: 'us-east-1' },
    { arn: OWN, homeRegion: 'eu-west-1' },
  ]);
  const [subject, ...more] = subjectsOf([soundAccount({ trails: both })], [stopped, own]);
  expect(more).toEqual([]);
  for (const fact of Object.values(subject?.facts ?? {})) expect(fact).toHaveProperty('unseen');
});

test('a trail of unknown settings that only its owner sees is its own', () => {
  const own = soundTrail({ arn: OWN, owner: SHOP, settings: denied(), selectors: denied() });
  const alone = seen([{ arn: OWN, homeRegion: 'eu-west-1' }]);
  const [subject] = subjectsOf([soundAccount({ trails: alone })], [own]);
  expect(subject?.subject).toBe(SHOP);
});
