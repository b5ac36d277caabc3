import type { EventDataStore, LakeFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { eventDataStores } from '../../../../src/core/posture/subjects/event-data-store.ts';
import { denied, failed, MANAGEMENT, SHOP, seen, soundFacts, soundSettings } from '../sound.ts';

const ARN = `arn:aws:cloudtrail:us-east-1:${MANAGEMENT}:eventdatastore/1`;
const sound: EventDataStore = {
  arn: ARN,
  name: 'audit',
  status: 'ENABLED',
  organization: true,
  multiRegion: true,
  terminationProtection: true,
  retentionDays: 2_557,
  kmsKey: 'arn:aws:kms:us-east-1:111122223333:key/k',
};

function subjects(...stores: LakeFacts['stores'][]) {
  const lakes = stores.map((found, index) => ({
    account: MANAGEMENT,
    region: `region-${index}`,
    stores: found,
  }));
  return eventDataStores(known(soundFacts({ lakes })), soundSettings());
}

const of = (differs: Partial<EventDataStore>) => subjects(seen([{ ...sound, ...differs }]))[0];

test('a store is a subject of the account that has it', () => {
  expect(subjects(seen([]), seen([sound]))).toMatchObject([
    { subject: ARN, owner: MANAGEMENT, fields: { store: 'audit', retention: '2557' } },
  ]);
});

test('CT-26: no store in any place that was asked is nothing to judge, whoever else could not be seen', () => {
  const [subject, ...more] = subjects(seen([]), seen([]));
  expect(more).toEqual([]);
  expect(subject).toMatchObject({ subject: 'o-sound', owner: MANAGEMENT });
  for (const fact of Object.values(subject?.facts ?? {}))
    expect(fact).toHaveProperty('notApplicable.ko');
  expect(subjects()).toEqual([]);
});

test('CT-26: a store that its administrator sees, too, is one finding of the account in its ARN', () => {
  const stores = seen([sound]);
  const lakes = [
    { account: SHOP, region: 'us-east-1', stores },
    { account: MANAGEMENT, region: 'us-east-1', stores },
  ];
  expect(eventDataStores(known(soundFacts({ lakes })), soundSettings())).toMatchObject([
    { subject: ARN, owner: MANAGEMENT, covers: [MANAGEMENT] },
  ]);
});

describe('CT-26: a store', () => {
  test.each<[string, Partial<EventDataStore>, object]>([
    [
      'is protected, encrypted, kept and recording',
      {},
      {
        terminationProtection: { seen: true },
        customerKey: { seen: true },
        keptLongEnough: { seen: true },
        status: { seen: 'ENABLED' },
      },
    ],
    [
      'without termination protection',
      { terminationProtection: false },
      { terminationProtection: { seen: false } },
    ],
    ['without a key of the customer', { kmsKey: null }, { customerKey: { seen: false } }],
    ['that forgets too early', { retentionDays: 90 }, { keptLongEnough: { seen: false } }],
    [
      'that is being deleted',
      { status: 'PENDING_DELETION' },
      { status: { seen: 'PENDING_DELETION' } },
    ],
    [
      'that is paid for and records nothing',
      { status: 'STOPPED_INGESTION' },
      { status: { seen: 'STOPPED_INGESTION' } },
    ],
  ])('%s', (_, differs, facts) => {
    expect(of(differs)?.facts).toMatchObject(facts);
  });
});

test('an account that refuses in every region is one subject, and its stores in others still count', () => {
  const [found, dark, ...more] = subjects(seen([sound]), denied(), denied());
  expect(more).toEqual([]);
  expect(found).toMatchObject({ subject: ARN });
  expect(dark).toMatchObject({
    subject: MANAGEMENT,
    owner: MANAGEMENT,
    facts: { terminationProtection: { unseen: { kind: 'denied' } } },
  });
});

test('an account that did not answer is open, not without stores', () => {
  expect(subjects(failed())[0]?.facts.status).toMatchObject({ unseen: { kind: 'failed' } });
});
