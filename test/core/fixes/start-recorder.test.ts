import fc from 'fast-check';
import {
  groupFor,
  leftOut,
  type Takes,
  takesGlobalTypes,
  takesOf,
  withAuditTypes,
} from '../../../src/core/fixes/config/recorder.ts';
import {
  planStartRecorder,
  type Recording,
  type RecordingGround,
} from '../../../src/core/fixes/config/start-recorder.ts';
import { AUDIT_TYPES } from '../../../src/core/posture/audit-types.ts';

const ground: RecordingGround = {
  account: '666677778888',
  home: 'eu-west-1',
  role: { arn: 'arn:aws:iam::666677778888:role/config', exists: true },
  usual: null,
};
const absent = (region: string): Recording => ({
  region,
  recorder: null,
  channel: null,
  recording: false,
  failing: false,
});

const types = fc.uniqueArray(
  fc.constantFrom(...AUDIT_TYPES, 'AWS::EC2::Instance', 'AWS::IAM::Role', 'AWS::Lambda::Function'),
  { minLength: 1 },
);
const takes: fc.Arbitrary<Takes> = fc.oneof(
  fc.record({ strategy: fc.constant('all' as const), globalTypes: fc.boolean() }),
  fc.record({
    strategy: fc.constantFrom('only' as const, 'all-but' as const),
    types: types.map((some) => some.toSorted()),
  }),
);

describe('what a recorder takes', () => {
  test('is the same after it was written and read again', () => {
    fc.assert(fc.property(takes, (one) => expect(takesOf(groupFor(one))).toEqual(one)));
  });

  test('with the audit trail leaves nothing of it out, and loses nothing that was taken', () => {
    fc.assert(
      fc.property(takes, (one) => {
        const more = withAuditTypes(one);
        expect(leftOut(more)).toEqual([]);
        if (takesGlobalTypes(one)) expect(takesGlobalTypes(more)).toBe(true);
        if (one.strategy === 'only' && more.strategy === 'only')
          expect(more.types).toEqual(expect.arrayContaining(one.types));
        if (one.strategy === 'all-but' && more.strategy === 'all-but')
          expect(one.types).toEqual(expect.arrayContaining(more.types));
        expect(withAuditTypes(more)).toEqual(more);
      }),
    );
  });
});

test('where nothing says where to deliver, a person is asked to', () => {
  const planned = planStartRecorder({ id: 'f1' }, [absent('eu-west-1')], ground);
  expect(planned).toMatchObject({ cannot: { kind: 'precondition' } });
});

test('an account that never had a channel delivers where the bot’s own does, without its topic', () => {
  const usual = { name: 'org', s3BucketName: 'history', s3KeyPrefix: 'all', snsTopicARN: 'arn:x' };
  const planned = planStartRecorder({ id: 'f1' }, [absent('eu-west-1')], { ...ground, usual });
  expect(planned).toMatchObject({
    plan: {
      calls: [
        {},
        {
          parameters: {
            DeliveryChannel: { name: 'default', s3BucketName: 'history', s3KeyPrefix: 'all' },
          },
        },
        {},
      ],
    },
  });
  expect(JSON.stringify(planned)).not.toContain('arn:x');
});

test('users and roles, which have no region, are kept once: at home where it can be chosen', () => {
  fc.assert(
    fc.property(
      fc.subarray(['af-south-1', 'eu-west-1', 'us-east-1'], { minLength: 1 }),
      (regions) => {
        const usual = { s3BucketName: 'history' };
        const planned = planStartRecorder({ id: 'f1' }, regions.map(absent), { ...ground, usual });
        if (planned === 'already-sound' || 'cannot' in planned) throw new Error('no plan');
        const global = planned.plan.calls.filter((call) =>
          JSON.stringify(call).includes('"includeGlobalResourceTypes":true'),
        );
        expect(global).toHaveLength(1);
        const [{ at }] = global as [(typeof global)[0]];
        const region = at?.region ?? planned.plan.region;
        expect(region).toBe(regions.includes('eu-west-1') ? 'eu-west-1' : regions[0]);
      },
    ),
  );
});
