import { holds } from '../../../src/core/evidence/content.ts';
import { matches, NOTHING_KNOWN } from '../../../src/core/evidence/match.ts';
import type { JsonObject } from '../../../src/core/json.ts';
import { soundEvent, soundPlan } from './sound.ts';

const call = (eventName: string, requestParameters: JsonObject | null, more: JsonObject = {}) =>
  soundEvent({ eventName, requestParameters, responseElements: null, ...more });

describe('an error as AWS spells it', () => {
  const asked = (value: string | null) =>
    ({ kind: 'parameter', name: 'errorCode', value }) as const;
  const missed = call('GetBucketAcl', null, { errorCode: 'NoSuchBucket' });

  test('is that of the answer, whole', () => {
    expect(holds(asked('NoSuchBucket'), missed, NOTHING_KNOWN)).toBe(true);
    expect(holds(asked('NoSuch'), missed, NOTHING_KNOWN)).toBe(false);
    expect(holds(asked(null), missed, NOTHING_KNOWN)).toBe(true);
  });

  test('is none where the call went well, whatever its request says', () => {
    const fine = call('PutBucketWebsite', { errorCode: 'NoSuchBucket' });
    expect(holds(asked('NoSuchBucket'), fine, NOTHING_KNOWN)).toBe(false);
    expect(holds(asked(null), fine, NOTHING_KNOWN)).toBe(false);
  });
});

test('a list that the request gives is called what the list is, not by its places', () => {
  const layers = { kind: 'parameter', name: 'layers', value: null } as const;
  const name = 'UpdateFunctionConfiguration20150331v2';
  expect(holds(layers, call(name, { layers: ['arn:aws:lambda:x'] }), NOTHING_KNOWN)).toBe(true);
  expect(holds(layers, call(name, { timeout: 3 }), NOTHING_KNOWN)).toBe(false);
});

describe('shared with one account', () => {
  const plan = soundPlan({ verbs: ['share'], alsoResources: ['210987654321'], resources: [] });
  const policy = (principal: string) => ({
    bucketName: 'orders',
    bucketPolicy: {
      Statement: [
        { Effect: 'Allow', Action: 's3:GetObject', Resource: '*', Principal: { AWS: principal } },
      ],
    },
  });

  test.each([
    ['the root of the account', 'arn:aws:iam::210987654321:root', 'yes'],
    ['a role of it', 'arn:aws:iam::210987654321:role/reader', 'yes'],
    ['another account', 'arn:aws:iam::210987654322:root', 'no'],
  ])('%s in a policy', (_, principal, fits) => {
    expect(matches(plan, call('PutBucketPolicy', policy(principal)))).toBe(fits);
  });

  test('whose number the call only names was given nothing', () => {
    const taken = {
      snapshotId: 'snap-0a',
      createVolumePermission: { remove: { items: [{ userId: '210987654322' }] } },
    };
    expect(matches(plan, call('ModifySnapshotAttribute', taken))).toBe('no');
  });
});

test.each([
  ['DeleteKnowledgeBase', 'yes'],
  ['BidEvictedEvent', 'yes'],
  ['UpdateKnowledgeBase', 'no'],
])('what was deleted is told by %s: %s, whether or not a catalogue lists it', (name, fits) => {
  const plan = soundPlan({ verbs: ['delete'], resources: ['kb-1'] });
  expect(matches(plan, call(name, { knowledgeBaseId: 'kb-1' }))).toBe(fits);
});
