import fc from 'fast-check';
import {
  changedFields,
  planBack,
  planLogFileValidation,
  type State,
  trailOf,
} from '../../../src/core/fixes/plan.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { openFinding, TRAIL } from '../../jobs/fix-world.ts';

const off: State = { LogFileValidationEnabled: false, S3BucketName: 'logs', KmsKeyId: null };

test('the same plan from the same state has the same hash; another state has another', () => {
  const hash = (state: State) => hashOf(planned(state));
  expect(hash({ ...off })).toBe(hash(off));
  expect(hash({ KmsKeyId: null, S3BucketName: 'logs', LogFileValidationEnabled: false })).toBe(
    hash(off),
  );
  for (const field of Object.keys(off).filter((each) => each !== 'LogFileValidationEnabled')) {
    expect(hash({ ...off, [field]: 'changed' })).not.toBe(hash(off));
  }
});

test('what is sound already needs no plan', () => {
  expect(planLogFileValidation(openFinding(), { ...off, LogFileValidationEnabled: true })).toBe(
    undefined,
  );
});

test('a plan is about the one field that it changes', () => {
  expect(changedFields(planned(off))).toEqual(['LogFileValidationEnabled']);
});

test('the way back of the way back is the plan itself', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (others) => {
      const state = JSON.parse(JSON.stringify({ ...others, LogFileValidationEnabled: false }));
      const plan = planned(state);
      const back = planBack(plan, plan.after);
      expect(back).toMatchObject({ direction: 'back', calls: plan.wayBack, before: plan.after });
      expect(back && hashOf(back.after)).toBe(hashOf(plan.before));
      expect(back && hashOf(back)).not.toBe(hashOf(plan));
    }),
  );
});

test('a way back keeps what others changed since', () => {
  const plan = planned(off);
  const now = { ...plan.after, S3BucketName: 'moved' };
  expect(planBack(plan, now)?.after).toEqual({ ...off, S3BucketName: 'moved' });
});

test('what is not in place any more has no way back', () => {
  expect(planBack(planned(off), off)).toBeUndefined();
});

test.each([
  [TRAIL, { region: 'ap-northeast-2', account: '666677778888' }],
  ['arn:aws-us-gov:cloudtrail:us-gov-west-1:111122223333:trail/a_b.c-d', expect.anything()],
  ['arn:aws:s3:::bora-payments-audit-logs', undefined],
  ['666677778888/ap-northeast-2', undefined],
  [`${TRAIL}\narn:aws:s3:::x`, undefined],
  [`${TRAIL}/*`, undefined],
])('%s as a trail', (arn, trail) => {
  expect(trailOf(arn)).toEqual(trail);
});

function planned(state: State) {
  const plan = planLogFileValidation(openFinding(), state);
  if (!plan) throw new Error('the state is sound already');
  return plan;
}
