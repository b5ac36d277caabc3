import type { GetTrailCommandOutput } from '@aws-sdk/client-cloudtrail';
import { type RegionsOf, readTrail } from '../../../src/aws/facts/trails.ts';
import { readRegions } from '../../../src/aws/regions.ts';
import { answering, HOME, over, trailOf } from './over.ts';

const MANAGEMENT = '111122223333';
const AUDIT = '333344445555';
const PAYMENTS = '666677778888';
const LABS = '141414141414';
const ORG_TRAIL = `arn:aws:cloudtrail:${HOME}:${MANAGEMENT}:trail/bora-org-trail`;
const PAYMENTS_TRAIL = `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`;

const by = { api: 'account:ListRegions', account: '', region: HOME, at: '' };
const twoRegions: RegionsOf = async () => ({ seen: [HOME, 'us-east-1'], by });
const payments = { arn: PAYMENTS_TRAIL, homeRegion: HOME };

describe('one trail', () => {
  test('is read from its owner, with basic selectors', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      (scenario) => {
        trailOf(scenario, 'payments-audit').selectors = {
          basic: [
            {
              ReadWriteType: 'WriteOnly',
              IncludeManagementEvents: true,
              ExcludeManagementEventSources: ['kms.amazonaws.com'],
              DataResources: [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::cards/'] }],
            },
          ],
        };
      },
    );
    expect(trail).toMatchObject({
      owner: PAYMENTS,
      settings: {
        seen: {
          name: 'payments-audit',
          multiRegion: true,
          organization: false,
          logFileValidation: false,
          globalServiceEvents: true,
          bucket: 'bora-payments-audit-logs',
        },
      },
      logging: { seen: true },
    });
    expect('seen' in trail.selectors && trail.selectors.seen).toEqual({
      basic: [
        {
          readWriteType: 'WriteOnly',
          managementEvents: true,
          excludedSources: ['kms.amazonaws.com'],
          dataResources: [{ type: 'AWS::S3::Object', values: ['arn:aws:s3:::cards/'] }],
        },
      ],
    });
  });

  test('is read with advanced selectors, every operator kept', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      (scenario) => {
        trailOf(scenario, 'payments-audit').selectors = {
          advanced: [
            {
              FieldSelectors: [
                { Field: 'eventCategory', Equals: ['Data'] },
                { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
                { Field: 'resources.ARN', NotStartsWith: ['arn:aws:s3:::logs/'] },
              ],
            },
          ],
        };
      },
    );
    const selectors = 'seen' in trail.selectors ? trail.selectors.seen : null;
    expect(selectors).toMatchObject({
      advanced: [
        [
          { field: 'eventCategory', equals: ['Data'], notStartsWith: [] },
          { field: 'resources.type', equals: ['AWS::S3::Object'] },
          { field: 'resources.ARN', equals: [], notStartsWith: ['arn:aws:s3:::logs/'] },
        ],
      ],
    });
  });

  test('lesson 5: the selectors of an organization trail are asked of its owner, not of a member', async () => {
    const trail = await over((ground) =>
      readTrail(ground, { arn: ORG_TRAIL, homeRegion: HOME }, [], twoRegions),
    );
    expect(trail.selectors.by).toMatchObject({ account: MANAGEMENT, region: HOME });
    expect(trail.selectors).toHaveProperty('seen');
  });

  test('of the organization is read by a delegated administrator where the owner refuses', async () => {
    const trail = await over(
      (ground) => readTrail(ground, { arn: ORG_TRAIL, homeRegion: HOME }, [AUDIT], twoRegions),
      ({ roles }) => {
        for (const role of roles)
          if (role.name === 'trailwarden-read') role.except.push(MANAGEMENT);
      },
    );
    expect(trail).toMatchObject({
      owner: MANAGEMENT,
      settings: { seen: { organization: true }, by: { account: AUDIT } },
      // Only the owner may list them: they stay unseen, with the role that would see them.
      tags: {
        unseen: { kind: 'denied', wouldNeed: expect.stringContaining(MANAGEMENT) },
      },
    });
  });

  test('is told with its key, log group, topic, tags and Insights', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      (scenario) => {
        Object.assign(trailOf(scenario, 'payments-audit'), {
          kmsKey: 'arn:aws:kms:ap-northeast-2:666677778888:key/k',
          logGroup: 'arn:aws:logs:ap-northeast-2:666677778888:log-group:audit',
          logRole: 'arn:aws:iam::666677778888:role/logs',
          snsTopic: 'arn:aws:sns:ap-northeast-2:666677778888:audit',
          tags: { owner: 'payments', 'aws:cloudformation:stack-name': 'audit' },
          insights: [{ type: 'ApiCallRateInsight', categories: ['Management'] }],
        });
      },
    );
    expect(trail).toMatchObject({
      settings: {
        seen: {
          kmsKey: 'arn:aws:kms:ap-northeast-2:666677778888:key/k',
          // Without the `:*` that CloudTrail writes at its end.
          logGroup: 'arn:aws:logs:ap-northeast-2:666677778888:log-group:audit',
          snsTopic: 'arn:aws:sns:ap-northeast-2:666677778888:audit',
        },
      },
      tags: { seen: { owner: 'payments', 'aws:cloudformation:stack-name': 'audit' } },
      insights: { seen: [{ type: 'ApiCallRateInsight', categories: ['Management'] }] },
    });
  });

  test('CT-25: without Insights has none, which CloudTrail says with an error', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      (scenario) => {
        trailOf(scenario, 'payments-audit').insights = [];
      },
    );
    expect(trail.insights).toMatchObject({ seen: [] });
  });

  test('CT-25: of a kind that has no Insights has none', async () => {
    const trail = await over((ground) => {
      refusing(ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }));
      return readTrail(ground, payments, [], twoRegions);
    });
    expect(trail.insights).toMatchObject({ seen: [] });

    function refusing(client: { middlewareStack: { add: CallableFunction } }) {
      client.middlewareStack.add(
        (next: CallableFunction, { commandName }: { commandName: string }) =>
          (args: unknown) => {
            if (commandName !== 'GetInsightSelectorsCommand') return next(args);
            throw Object.assign(new Error('no'), { name: 'UnsupportedOperationException' });
          },
        { step: 'initialize' },
      );
    }
  });

  test('without a name, as nobody promises one, is still the trail of its ARN', async () => {
    const trail = await over((ground) => {
      answering<GetTrailCommandOutput>(
        ground.aws.cloudTrail({ account: PAYMENTS, region: HOME }),
        ({ Trail }) => {
          if (Trail) Trail.Name = undefined;
        },
      );
      return readTrail(ground, payments, [], twoRegions);
    });
    expect(trail).toMatchObject({ arn: PAYMENTS_TRAIL, settings: { seen: { name: '' } } });
  });

  test('whose tags are refused is not a trail without tags', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      ({ faults }) => {
        faults.push({ operation: 'cloudtrail:ListTags', effect: 'deny' });
      },
    );
    expect(trail.tags).toMatchObject({
      unseen: { kind: 'denied', wouldNeed: expect.stringContaining('cloudtrail:ListTags') },
    });
  });
});

test('CT-01: a status that cannot be read leaves that trail open, and every other as it is', async () => {
  const [refused, logging] = await over(
    async (ground) => [
      await readTrail(ground, payments, [], twoRegions),
      await readTrail(ground, { arn: ORG_TRAIL, homeRegion: HOME }, [], twoRegions),
    ],
    ({ faults }) => {
      faults.push({ operation: 'cloudtrail:GetTrailStatus', account: PAYMENTS, effect: 'deny' });
    },
  );
  expect(refused).toMatchObject({
    logging: { unseen: { kind: 'denied' } },
    settings: { seen: {} },
  });
  expect(logging).toMatchObject({ logging: { seen: true } });
});

describe('what a trail delivers', () => {
  test('CT-06: is asked in every enabled region of its owner, the home once', async () => {
    let calls = 0;
    const trail = await over(async (ground) => {
      const regions = await readRegions(ground, PAYMENTS);
      const before = ground.aws.calls();
      const read = await readTrail(ground, payments, [], async () => regions);
      calls = ground.aws.calls() - before;
      return read;
    });
    expect(trail.deliveries).toHaveLength(17);
    expect(new Set(trail.deliveries.map(({ region }) => region)).size).toBe(17);
    for (const { region, sinks } of trail.deliveries)
      expect(sinks.by).toMatchObject({
        api: 'cloudtrail:GetTrailStatus',
        account: PAYMENTS,
        region,
      });
    // Settings, selectors, Insights and tags, and one status per region.
    expect(calls).toBe(4 + 17);
    expect(trail.logging.by).toMatchObject({ region: HOME });
  });

  test('of a trail of one region is asked in its home only', async () => {
    const arn = `arn:aws:cloudtrail:eu-west-1:${LABS}:trail/labs-legacy`;
    const trail = await over((ground) =>
      readTrail(ground, { arn, homeRegion: 'eu-west-1' }, [], twoRegions),
    );
    expect(trail.deliveries.map(({ region }) => region)).toEqual(['eu-west-1']);
  });

  test('CT-06: has an error in the region that has it, with the last success of each sink', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      (scenario) => {
        Object.assign(trailOf(scenario, 'payments-audit'), {
          deliveryErrors: {
            'us-east-1': {
              s3: { error: 'AccessDenied', lastSuccess: '-3h' },
              sns: { error: 'InvalidTopicArn', lastSuccess: null },
            },
          },
        });
      },
    );
    const [home, virginia] = trail.deliveries;
    expect(home).toMatchObject({
      region: HOME,
      sinks: { seen: { s3: { error: null, lastSuccess: expect.stringMatching(/Z$/) } } },
      loggingSince: expect.stringMatching(/Z$/),
    });
    expect(virginia).toMatchObject({
      region: 'us-east-1',
      sinks: {
        seen: {
          s3: { error: 'AccessDenied', lastSuccess: expect.stringMatching(/Z$/) },
          sns: { error: 'InvalidTopicArn', lastSuccess: null },
        },
      },
    });
  });

  test('is unseen in the one region that refuses, and seen in the others', async () => {
    const trail = await over(
      (ground) => readTrail(ground, payments, [], twoRegions),
      ({ faults }) => {
        faults.push({
          operation: 'cloudtrail:GetTrailStatus',
          region: 'us-east-1',
          effect: 'deny',
        });
      },
    );
    expect(trail).toMatchObject({
      logging: { seen: true },
      deliveries: [{ sinks: { seen: {} } }, { sinks: { unseen: { kind: 'denied' } } }],
    });
  });

  test('is unseen beyond the home where the regions cannot be listed', async () => {
    const trail = await over((ground) =>
      readTrail(ground, payments, [], async () => ({
        unseen: { kind: 'denied', reason: 'AccessDenied: account:ListRegions' },
        by,
      })),
    );
    expect(trail.deliveries).toMatchObject([
      { region: HOME, sinks: { seen: {} } },
      { region: '*', sinks: { unseen: { kind: 'denied' } } },
    ]);
  });
});
