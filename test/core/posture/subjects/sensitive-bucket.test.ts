import type { PostureFacts } from '../../../../src/core/posture/facts.ts';
import { known } from '../../../../src/core/posture/known.ts';
import { sensitiveBuckets } from '../../../../src/core/posture/subjects/sensitive-bucket.ts';
import { denied, SHOP, seen, soundBucket, soundFacts, soundTrail } from '../sound.ts';

function facts(differs: Partial<PostureFacts>) {
  return sensitiveBuckets(known(soundFacts(differs)));
}

describe('a sensitive bucket', () => {
  const wanted = (names: PostureFacts['sensitive'][number]['names'], pattern = 'cards') => ({
    sensitive: [{ wanted: { by: { name: pattern }, record: 'write' as const }, names }],
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
    const [subject] = facts({ ...wanted(seen(['cards'])), buckets: [cards] });
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards', owner: SHOP });
    expect(subject?.facts.writesRecorded).toEqual({ seen: 'none' });
  });

  test('is not judged while a selector over it cannot be read', () => {
    const [subject] = facts({
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
    const [subject] = facts({
      ...wanted(seen(['cards'])),
      buckets: [cards],
      trails: [soundTrail({ logging: denied(), selectors: seen(selectors) })],
    });
    expect(subject?.facts.writesRecorded).toHaveProperty('unseen');
  });

  test('whose account was not asked is not judged', () => {
    const [subject] = facts({
      ...wanted(seen(['cards'])),
      buckets: [cards],
      accounts: [],
    });
    expect(subject?.facts.writesRecorded).toHaveProperty('notApplicable');
  });

  test('that a pattern names and nobody has is not applicable', () => {
    const [subject] = facts(wanted(seen([]), 'cards-*'));
    expect(subject).toMatchObject({ subject: 'arn:aws:s3:::cards-*' });
    expect(subject?.facts.writesRecorded).toHaveProperty('notApplicable');
  });

  test('that a pattern may name is not visible while accounts cannot list their buckets', () => {
    const [subject] = facts(wanted(denied(), 'cards-*'));
    expect(subject?.facts.writesRecorded).toHaveProperty('unseen');
  });
});
