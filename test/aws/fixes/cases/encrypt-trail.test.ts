import { TRAIL } from '../../../jobs/fix-world.ts';
import { KEY, keyCompany, keyNow, ofTheAccount } from '../key-company.ts';
import { livesOf, planned } from '../lives.ts';
import { bucketNow } from '../log-bucket-company.ts';
import { openCompany } from '../small-company.ts';

const fix = {
  fix: 'encrypt-trail',
  target: { subject: TRAIL, owner: '666677778888', check: 'trail-kms-encryption' },
  riskClass: 'C' as const,
  fixing: { trailKeys: ['arn:aws:kms:eu-west-1:222233334444:key/elsewhere', KEY] },
};
const theirs = {
  Sid: 'Readers',
  Effect: 'Allow',
  Principal: { AWS: 'arn:aws:iam::222233334444:role/siem' },
  Action: 'kms:Decrypt',
  Resource: '*',
};
const closed = { Version: '2012-10-17', Id: 'theirs', Statement: [ofTheAccount, theirs] };

livesOf({
  ...fix,
  where: 'the key does not let CloudTrail in yet',
  company: keyCompany({ policy: closed }),
  calls: ['kms:PutKeyPolicy', 'cloudtrail:UpdateTrail'],
  breaks: {
    'somebody changed the policy of the key': (company) => {
      keyNow(company).policy = { ...closed, Id: 'changed' };
    },
    'the key was disabled': (company) => {
      keyNow(company).state = 'Disabled';
    },
    'the trail got another key': ({ trail }) => {
      trail.kmsKey = KEY;
    },
    'the bucket moved': (company) => {
      bucketNow(company).region = 'us-east-1';
    },
  },
  refuses: {
    'the key is disabled': {
      arrange: (company) => {
        keyNow(company).state = 'Disabled';
      },
      because: 'precondition',
    },
    'the key is one of AWS': {
      arrange: (company) => {
        keyNow(company).manager = 'AWS';
      },
      because: 'precondition',
    },
    'the key is asymmetric': {
      arrange: (company) => {
        keyNow(company).spec = 'RSA_2048';
      },
      because: 'precondition',
    },
    'no key is in the region of the bucket': {
      arrange: (company) => {
        bucketNow(company).region = 'us-east-1';
      },
      because: 'precondition',
    },
    'nobody has the bucket': {
      arrange: ({ running }) => running.world.buckets.clear(),
      because: 'precondition',
    },
    'it is encrypted': {
      arrange: ({ trail }) => {
        trail.kmsKey = KEY;
      },
      because: 'already-sound',
    },
  },
});

livesOf({
  ...fix,
  where: 'the key lets CloudTrail in',
  company: keyCompany(),
  calls: ['cloudtrail:UpdateTrail'],
  breaks: {
    'the key is about to be deleted': (company) => {
      keyNow(company).state = 'PendingDeletion';
    },
  },
});

test('the statements of others stay, and the calls go to two places in two roles', async () => {
  const company = await openCompany(keyCompany({ policy: closed }), {}, fix.fixing);
  const plan = await planned(company, { ...fix, calls: [], breaks: {} });
  await company.close();
  expect(plan.after.KeyPolicy).toEqual({
    Version: '2012-10-17',
    Id: 'theirs',
    Statement: [
      ofTheAccount,
      theirs,
      expect.objectContaining({
        Action: 'kms:GenerateDataKey*',
        Condition: {
          StringEquals: { 'aws:SourceArn': TRAIL },
          StringLike: {
            'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:aws:cloudtrail:*:666677778888:trail/*',
          },
        },
      }),
      expect.objectContaining({ Action: ['kms:DescribeKey', 'kms:Decrypt'] }),
    ],
  });
  expect(plan).toMatchObject({
    family: 'trail',
    account: '666677778888',
    calls: [{ family: 'log-key', at: { account: '222233334444', region: 'ap-northeast-2' } }, {}],
  });
});

test('a key whose policy lets nobody decrypt is not proposed', async () => {
  const Statement = [
    { ...ofTheAccount, Action: 'kms:Put*' },
    { ...ofTheAccount, Action: ['kms:Describe*', 'kms:Get*'] },
  ];
  const company = await openCompany(
    keyCompany({ policy: { Version: '2012-10-17', Statement } }),
    {},
    fix.fixing,
  );
  const answer = planned(company, { ...fix, calls: [], breaks: {} });
  await expect(answer).rejects.toThrow('lets nobody decrypt');
  await company.close();
});
