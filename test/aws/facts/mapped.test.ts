import { findAggregators } from '../../../src/aws/facts/aggregator.ts';
import {
  leftOutBy,
  placesIn,
  readLeftOut,
  readMapped,
  readMappedTrails,
  withLeftOut,
} from '../../../src/aws/facts/mapped.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { denied, seen, soundAccount } from '../../core/posture/sound.ts';
import { HOME, over } from './over.ts';

const ARCHIVE = '222233334444';
const AUDIT = '333344445555';
const PAYMENTS = '666677778888';

async function best(ground: Ground) {
  const organization = { self: AUDIT, managementAccount: null, administrators: denied() };
  const found = await findAggregators(ground, organization);
  const aggregator = 'seen' in found.best ? found.best.seen : null;
  if (!aggregator) throw new Error('the company has an aggregator');
  return aggregator;
}

function mapped(names: string[], change?: (scenario: Scenario) => void) {
  return over(async (ground) => {
    return readMapped(ground, await best(ground), { buckets: names, keys: [] });
  }, change);
}

test('the aggregator knows the trails of all accounts, and the buckets that are named', async () => {
  const known = await mapped(['bora-payments-audit-logs']);
  const resources = 'seen' in known ? known.seen : [];
  expect(resources).toContainEqual({
    type: 'AWS::CloudTrail::Trail',
    arn: `arn:aws:cloudtrail:${HOME}:${PAYMENTS}:trail/payments-audit`,
    account: PAYMENTS,
    region: HOME,
    at: expect.stringContaining('T'),
  });
  const buckets = resources.filter(({ type }) => type === 'AWS::S3::Bucket');
  expect(buckets.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::bora-payments-audit-logs']);
});

test('a hundred names are asked in lots, and what is no name of AWS is not asked for', async () => {
  const names = Array.from({ length: 100 }, (_, index) => `bucket-${index}`);
  const known = await mapped([...names, "x' OR accountId <> '", 'bora-shop-assets']);
  const buckets = ('seen' in known ? known.seen : []).filter(
    ({ type }) => type === 'AWS::S3::Bucket',
  );
  expect(buckets.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::bora-shop-assets']);
});

test('what was asked before is not asked again, and what nobody read live is left out', async () => {
  const { answers, queries } = await over(async (ground) => {
    const aggregator = await best(ground);
    const trails = await readMappedTrails(ground, aggregator);
    if (!('seen' in trails)) throw new Error('the map tells of trails');
    const only = { rows: trails.seen.rows, buckets: [], keys: [], by: trails.by };
    const before = await readMapped(ground, aggregator, trails.seen, only);
    if (!('seen' in before)) throw new Error('the map tells of buckets and keys');
    const asked = { ...trails.seen, rows: before.seen, by: before.by };
    const calls = ground.aws.calls();
    const { buckets, keys } = trails.seen;
    const [all, some] = [
      await readMapped(ground, aggregator, { buckets, keys }, asked),
      await readMapped(ground, aggregator, { buckets: ['bora-org-cloudtrail'], keys: [] }, asked),
    ];
    const none = ground.aws.calls() - calls;
    await readMapped(ground, aggregator, { buckets: ['bora-shop-assets'], keys: [] }, asked);
    return {
      answers: [before, all, some].map((one) => ('seen' in one ? one.seen : [])),
      queries: [none, ground.aws.calls() - calls],
    };
  });
  const [before = [], all, some = []] = answers;
  expect(queries).toEqual([0, 1]);
  expect(all).toEqual(before);
  expect(before.map(({ type }) => type)).toContain('AWS::KMS::Key');
  expect(before.length).toBeGreaterThan(some.length);
  const others = some.filter(({ type }) => type !== 'AWS::CloudTrail::Trail');
  expect(others.map(({ arn }) => arn)).toEqual(['arn:aws:s3:::bora-org-cloudtrail']);
});

test('the map tells where the buckets are that trails name', async () => {
  const places = await over(async (ground) => {
    const aggregator = await best(ground);
    const told = await readMapped(ground, aggregator, {
      buckets: ['bora-org-cloudtrail'],
      keys: [],
    });
    if (!('seen' in told)) throw new Error('the map tells of buckets');
    return placesIn({ rows: told.seen, buckets: [], keys: [], by: told.by });
  });
  expect([...places]).toEqual([
    ['bora-org-cloudtrail', expect.objectContaining({ seen: { account: ARCHIVE, region: HOME } })],
  ]);
});

test('a map that is refused is unseen', async () => {
  const known = await mapped([], ({ faults }) => {
    faults.push({ operation: 'config:SelectAggregateResourceConfig', effect: 'deny' });
  });
  expect(known).toMatchObject({ unseen: { kind: 'denied' } });
});

describe('what a recording group leaves out of trails, buckets and keys', () => {
  const [TRAIL, BUCKET, KEY] = ['AWS::CloudTrail::Trail', 'AWS::S3::Bucket', 'AWS::KMS::Key'];
  test.each<[string, Parameters<typeof leftOutBy>[0], (string | undefined)[]]>([
    ['nothing: all that Config supports', { AllSupported: true }, []],
    [
      'nothing: a list that names them all',
      {
        AllSupported: false,
        ResourceTypes: ['AWS::EC2::Instance', KEY ?? '', TRAIL ?? '', BUCKET ?? ''],
      },
      [],
    ],
    [
      'two: a list that names one',
      { AllSupported: false, ResourceTypes: [BUCKET ?? ''] },
      [TRAIL, KEY],
    ],
    [
      'one: an exclusion that names it',
      {
        AllSupported: false,
        ExclusionByResourceTypes: { ResourceTypes: [KEY ?? '', 'AWS::EC2::Instance'] },
        RecordingStrategy: { UseOnly: 'EXCLUSION_BY_RESOURCE_TYPES' },
      },
      [KEY],
    ],
    [
      'nothing: an exclusion of others',
      { AllSupported: false, ExclusionByResourceTypes: { ResourceTypes: ['AWS::IAM::Role'] } },
      [],
    ],
    ['everything: an empty list', { AllSupported: false, ResourceTypes: [] }, [TRAIL, BUCKET, KEY]],
  ])('%s', (_, group, types) => {
    expect(leftOutBy(group)).toEqual(types);
  });

  test('recorders that record everything are left as they are, and so is everybody where nobody may ask', async () => {
    const accounts = [
      soundAccount({ id: PAYMENTS, recorders: seen([{ region: HOME, state: seen('recording') }]) }),
    ];
    const asked = (change?: (scenario: Scenario) => void) =>
      over(
        async (ground) => withLeftOut(accounts, await readLeftOut(ground, await best(ground))),
        change,
      );
    expect(await asked()).toEqual(accounts);
    const refused = asked(({ faults }) => {
      faults.push({ operation: 'config:SelectAggregateResourceConfig', effect: 'deny' });
    });
    expect(await refused).toEqual(accounts);
  });
});
