import { DescribeTrailsCommand } from '@aws-sdk/client-cloudtrail';
import { ListAccountsCommand } from '@aws-sdk/client-organizations';
import { ListBucketsCommand } from '@aws-sdk/client-s3';
import { GetCallerIdentityCommand } from '@aws-sdk/client-sts';
import { assume, clients, closeAll, SHOP, soundAws } from './soundness.ts';

afterAll(closeAll);

test('an assumed role calls from its own account', async () => {
  const aws = await soundAws();
  const credentials = await assume(aws, SHOP);
  const { sts, cloudtrail, s3 } = clients(aws, { credentials });
  expect(await sts.send(new GetCallerIdentityCommand({}))).toMatchObject({
    Account: SHOP,
    Arn: `arn:aws:sts::${SHOP}:assumed-role/trailwarden-read/trailwarden`,
  });
  expect(
    (await clients(aws).organizations.send(new ListAccountsCommand({}))).Accounts,
  ).toHaveLength(6);
  expect((await cloudtrail.send(new DescribeTrailsCommand({}))).trailList).toEqual([]);
  expect((await s3.send(new ListBucketsCommand({}))).Buckets ?? []).toEqual([]);
  expect(aws.log).toEqual([]);
});
