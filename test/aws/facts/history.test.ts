import { readHistory } from '../../../src/aws/facts/history.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { HOME, over } from './over.ts';

const PAYMENTS = '666677778888';
const SHOP = '444455556666';
const where = { account: PAYMENTS, region: HOME };
const trail = {
  type: 'AWS::CloudTrail::Trail',
  ids: [`arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`],
  change: 'configuration.logFileValidationEnabled',
};

test('states are read back to the first that differs', async () => {
  const history = await over((ground) => readHistory(ground, where, trail));
  expect(history).toMatchObject({
    by: { api: 'config:GetResourceConfigHistory', account: PAYMENTS, region: HOME },
    seen: { complete: true },
  });
  const states = 'seen' in history ? history.seen.states : [];
  expect(states.map(({ value }) => value)).toEqual([false, true]);
  expect((states[0]?.at ?? '') > (states[1]?.at ?? '')).toBe(true);
});

test('a supplement of the configuration is opened, too', async () => {
  const history = await over((ground) =>
    readHistory(
      ground,
      { account: '222233334444', region: HOME },
      {
        type: 'AWS::S3::Bucket',
        ids: ['bora-org-cloudtrail'],
        change: 'supplementaryConfiguration.BucketVersioningConfiguration.isMfaDeleteEnabled',
      },
    ),
  );
  expect(history).toMatchObject({ seen: { states: [{ value: true, deleted: false }] } });
});

test('lesson 5: a resource that was deleted is there, and said to be deleted', async () => {
  const history = await over((ground) =>
    readHistory(
      ground,
      { account: SHOP, region: HOME },
      {
        type: 'AWS::EC2::Instance',
        ids: ['i-0a1b2c3d4e5f60718'],
        change: 'configuration.instanceType',
      },
    ),
  );
  expect(history).toMatchObject({
    seen: {
      states: [
        { deleted: true, value: null },
        { deleted: false, value: 'm7g.large' },
      ],
    },
  });
});

test('what Config calls by another name is asked for by that', async () => {
  const ids = ['by-another-name', ...trail.ids];
  const history = await over((ground) => readHistory(ground, where, { ...trail, ids }));
  expect(history).toMatchObject({ seen: { states: [{ value: false }, { value: true }] } });
});

test('what Config never recorded, and where it records nothing, are answers', async () => {
  const unknown = { ...trail, ids: ['nothing'] };
  expect(await over((ground) => readHistory(ground, where, unknown))).toMatchObject({
    seen: { states: [], none: 'not-recorded' },
  });
  const silent = await over(
    (ground) => readHistory(ground, where, trail),
    ({ config }) => {
      config.recorders.push({
        account: PAYMENTS,
        region: HOME,
        state: 'absent',
      } as Scenario['config']['recorders'][number]);
    },
  );
  expect(silent).toMatchObject({ seen: { states: [], none: 'no-recorder' } });
});

test.each([
  ['deny', 'denied'],
  ['internal-error', 'failed'],
])('a history that meets %s is unseen: %s', async (effect, kind) => {
  const history = await over(
    (ground) => readHistory(ground, where, trail),
    ({ faults }) => {
      faults.push({
        operation: 'config:GetResourceConfigHistory',
        effect,
      } as Scenario['faults'][number]);
    },
  );
  expect(history).toMatchObject({ unseen: { kind } });
});

test.each([
  [150, { complete: true }, 151],
  // Half a year of pages is enough: what lies behind is not claimed.
  [2_700, { complete: false }, 2_600],
])('%s states of one value: %j', async (count, seen, read) => {
  const many = { type: 'AWS::EC2::Instance', id: 'i-0000000000000many' };
  const history = await over(
    (ground) =>
      readHistory(ground, where, {
        type: many.type,
        ids: [many.id],
        change: 'configuration.instanceType',
      }),
    ({ config }) => {
      for (let index = 0; index <= count; index += 1)
        config.history.push({
          ...config.history[0],
          ...where,
          ...many,
          at: `-${index + 10}h`,
          configuration: { instanceType: index === count ? 'm7g.large' : 'm7g.small', index },
        } as Scenario['config']['history'][number]);
    },
  );
  expect(history).toMatchObject({ seen });
  expect('seen' in history && history.seen.states).toHaveLength(read);
});
