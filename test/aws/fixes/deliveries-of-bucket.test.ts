import { arrivesForAll, deliveriesOfBucket } from '../../../src/aws/fixes/deliveries-of-bucket.ts';
import { bucketNow, LOG_BUCKET, logBucket, statements } from './log-bucket-company.ts';
import { type Company, openCompany } from './small-company.ts';

const seat = { resource: LOG_BUCKET, account: '222233334444', region: 'ap-northeast-2' };
const hour = 3_600_000;
const at = (offset: number) => new Date(Date.now() + offset).toISOString();

let company: Company;
beforeEach(async () => {
  company = await openCompany({ buckets: [logBucket()] });
});
afterEach(() => company.close());

test('log files that have come since show that the bucket still takes them', async () => {
  const applied = { at: at(-hour), now: at(0) };
  expect(await deliveriesOfBucket(seat, applied, company.aws)).toMatchObject({
    seen: { holds: true, told: { en: expect.stringContaining('every trail') } },
  });
});

test('a trail whose log files are refused is named, with the error that CloudTrail keeps', async () => {
  company.trail.deliveryErrors = { '*': { s3: 'AccessDenied' } };
  const applied = { at: at(-hour), now: at(hour) };
  expect(await deliveriesOfBucket(seat, applied, company.aws)).toMatchObject({
    seen: { holds: false, told: { en: expect.stringMatching(/payments-audit.*AccessDenied/) } },
  });
});

test('a policy that names no trail tells nothing, and so does one that may not be read', async () => {
  bucketNow(company).policy = { Version: '2012-10-17', Statement: [statements.tls] };
  const applied = { at: at(-hour), now: at(0) };
  expect(await deliveriesOfBucket(seat, applied, company.aws)).toEqual({ seen: undefined });
  company.running.faults.add({ operation: 's3:GetBucketPolicy', effect: 'deny' });
  expect(await deliveriesOfBucket(seat, applied, company.aws)).toMatchObject({
    unseen: { kind: 'denied' },
  });
});

test('where nothing can have arrived yet, nobody is told that nothing did', async () => {
  const applied = { at: at(hour), now: at(hour + 60_000) };
  const trails = [company.trail.arn];
  expect(await arrivesForAll(trails, applied, company.aws)).toEqual({ seen: undefined });
  expect(await arrivesForAll([], applied, company.aws)).toMatchObject({ seen: { holds: true } });
});
