import { createHash } from 'node:crypto';
import type { JsonObject } from '../src/core/json.ts';
import { soundRecord } from './core/evidence/sound.ts';

export const SHOP = '444455556666';
export const PAYMENTS = '666677778888';
export const AUDIT = '333344445555';
const HOUR = 3_600_000;

/** What callers may write where they like; it changes no search. */
export const HOSTILE = [
  "x' OR '1'='1",
  "'; DROP TABLE events; --",
  'i-0aaa%',
  'i_0aaa',
  '%',
  '_',
  '*',
  '"}]} ',
  '\\',
  '<!channel>',
  '\u202egnp.exe',
];

/** A few days of two accounts and their auditors, ended half a day ago: every kind of thing that is searched by. */
export function recordsUntil(now: Date): JsonObject[] {
  const start = Math.floor(now.getTime() / HOUR) * HOUR - 96 * HOUR;
  let count = 0;
  const at = (hours: number) => `${new Date(start + hours * HOUR).toISOString().slice(0, 19)}Z`;
  const record = (hours: number, account: string, region: string, more: JsonObject): JsonObject => {
    count += 1;
    const id = createHash('sha256').update(`evidence ${count}`).digest('hex');
    const eventID = `${id.slice(0, 8)}-${id.slice(8, 12)}-4${id.slice(13, 16)}-a${id.slice(17, 20)}-${id.slice(20, 32)}`;
    return soundRecord({
      eventID,
      eventTime: at(hours),
      recipientAccountId: account,
      awsRegion: region,
      userIdentity: {
        type: 'IAMUser',
        arn: `arn:aws:iam::${account}:user/alice`,
        accountId: account,
        accessKeyId: 'AKIAQ7Z1ALICE2KEY3X4',
        userName: 'alice',
      },
      ...more,
    });
  };
  const on = (instanceId: string) => ({
    requestParameters: { instancesSet: { items: [{ instanceId }] } },
  });
  const key = 'ASIAQ7Z1SESSION2KEY3';
  const opened = {
    eventSource: 'sts.amazonaws.com',
    eventName: 'AssumeRole',
    readOnly: true,
    sharedEventID: '9c2f6a8e-0000-4000-8000-00000000beef',
    requestParameters: {
      roleArn: `arn:aws:iam::${SHOP}:role/OrgAdmin`,
      roleSessionName: 'bob',
    },
    responseElements: { credentials: { accessKeyId: key }, assumedRoleUser: {} },
  };
  return [
    record(0, SHOP, 'ap-northeast-2', on('i-0aaa1111')),
    record(1, SHOP, 'ap-northeast-2', on('i-0aaa11112')),
    record(2, SHOP, 'us-east-1', { ...on('i-0aaa1111'), eventName: 'StopInstances' }),
    record(3, PAYMENTS, 'ap-northeast-2', { ...on('i-0bbb2222'), sourceIPAddress: '198.51.100.7' }),
    record(4, PAYMENTS, 'ap-northeast-2', {
      eventName: 'RunInstances',
      requestParameters: { instanceType: 'm7i.large' },
      responseElements: { instancesSet: { items: [{ instanceId: 'i-0aaa1111' }] } },
    }),
    // Denied: the target stands in the message alone.
    record(5, SHOP, 'ap-northeast-2', {
      errorCode: 'Client.UnauthorizedOperation',
      errorMessage: `You are not authorized to perform ec2:TerminateInstances on resource: arn:aws:ec2:ap-northeast-2:${SHOP}:instance/i-0ccc3333`,
      requestParameters: null,
    }),
    record(6, SHOP, 'us-east-1', {
      eventSource: 'lambda.amazonaws.com',
      eventName: 'UpdateFunctionCode20150331v2',
      requestParameters: { functionName: 'billing-sync' },
    }),
    record(7, SHOP, 'us-east-1', {
      eventSource: 'eks.amazonaws.com',
      eventName: 'CreateAccessEntry',
      requestParameters: { principalArn: `arn%3Aaws%3Aiam%3A%3A${SHOP}%3Arole%2FOrgAdmin` },
    }),
    record(8, SHOP, 'us-east-1', {
      eventSource: 's3.amazonaws.com',
      eventName: 'PutBucketPolicy',
      requestParameters: {
        bucketName: 'finance-reports',
        bucketPolicy: {
          Statement: [{ Principal: '*', Resource: 'arn:aws:s3:::finance-reports/*' }],
        },
      },
      resources: [
        { ARN: 'arn:aws:s3:::finance-reports', accountId: SHOP, type: 'AWS::S3::Bucket' },
      ],
    }),
    record(9, PAYMENTS, 'us-east-1', {
      eventSource: 'iam.amazonaws.com',
      eventName: 'AttachUserPolicy',
      requestParameters: { userName: 'carol', policyArn: 'arn:aws:iam::aws:policy/ReadOnlyAccess' },
    }),
    record(10, AUDIT, 'ap-northeast-2', {
      eventName: 'DescribeInstances',
      readOnly: true,
      requestParameters: { instancesSet: { items: [{ instanceId: 'i-0aaa1111' }] } },
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${AUDIT}:assumed-role/auditor/dave`,
        accountId: AUDIT,
        accessKeyId: 'ASIAQ7Z1AUDITOR2KEY3',
      },
    }),
    // One call, as both accounts received it.
    record(11, AUDIT, 'us-east-1', { ...opened }),
    record(11, SHOP, 'us-east-1', {
      ...opened,
      userIdentity: { type: 'AWSAccount', accountId: AUDIT, principalId: 'AIDAQ7Z1ALICE2ID3X4Y' },
    }),
    record(12, SHOP, 'ap-northeast-2', {
      ...on('i-0ddd4444'),
      userIdentity: {
        type: 'AssumedRole',
        arn: `arn:aws:sts::${SHOP}:assumed-role/OrgAdmin/bob`,
        accountId: SHOP,
        accessKeyId: key,
        sessionContext: {
          sessionIssuer: {
            type: 'Role',
            arn: `arn:aws:iam::${SHOP}:role/OrgAdmin`,
            userName: 'OrgAdmin',
          },
          attributes: { creationDate: at(11) },
        },
      },
    }),
    record(13, SHOP, 'us-east-1', {
      eventSource: 'signin.amazonaws.com',
      eventName: 'ConsoleLogin',
      eventType: 'AwsConsoleSignIn',
      requestParameters: null,
      responseElements: { ConsoleLogin: 'Failure' },
      errorMessage: 'Failed authentication',
      userIdentity: { type: 'IAMUser', accountId: SHOP, userName: 'mallory' },
      sourceIPAddress: '2001:db8::7',
    }),
    ...HOSTILE.map((text, n) =>
      record(20 + n, SHOP, 'ap-northeast-2', {
        eventName: 'CreateTags',
        userAgent: text,
        requestParameters: { tagSet: { items: [{ key: 'Name', value: text }] } },
      }),
    ),
    // So many of one kind that sources which hand out pages hand out more than one.
    ...Array.from({ length: 60 }, (_, n) =>
      record(40 + n / 60, SHOP, 'ap-northeast-2', {
        eventName: 'CreateSnapshot',
        requestParameters: { volumeId: `vol-${n}` },
      }),
    ),
  ];
}
