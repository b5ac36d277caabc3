import { findAggregators } from '../../../src/aws/facts/aggregator.ts';
import { leftOutBy, readLeftOut, readMapped, withLeftOut } from '../../../src/aws/facts/mapped.ts';
import type { Ground } from '../../../src/aws/facts/reader.ts';
import type { Scenario } from '../../../src/sandbox/aws/scenario.ts';
import { denied, seen, soundAccount, soundBucket } from '../../core/posture/sound.ts';
import { HOME, over } from './over.ts';

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
    const buckets = names.map((name) => soundBucket({ name }));
    return readMapped(ground, await best(ground), { buckets, keys: [] });
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
