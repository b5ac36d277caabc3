import type { Json } from '../../json.ts';
import { covers } from '../../posture/guards/pattern.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import { conditionsOf } from '../../posture/guards/policy-guards.ts';
import { withStatements } from '../buckets/policy-merge.ts';

const CLOUDTRAIL = 'cloudtrail.amazonaws.com';

/**
 * The policy of a key with what CloudTrail needs to encrypt for one trail, behind every statement that is
 * there. https://docs.aws.amazon.com/awscloudtrail/latest/userguide/create-kms-key-policy-for-cloudtrail.html:
 * data keys only in the context of the account's trails, and Decrypt for buckets that use S3 Bucket Keys.
 */
export function withCloudTrail(policy: Json, trail: string): Json {
  const [arn = '', partition = '', service = '', , account = ''] = trail.split(':');
  const source = { 'aws:SourceArn': trail };
  const to = { Effect: 'Allow', Principal: { Service: CLOUDTRAIL } };
  return withStatements(policy, [
    {
      name: 'TrailwardenCloudTrailEncrypts',
      statement: {
        ...to,
        Action: 'kms:GenerateDataKey*',
        Resource: '*',
        Condition: {
          StringEquals: source,
          StringLike: {
            'kms:EncryptionContext:aws:cloudtrail:arn': [
              arn,
              partition,
              service,
              '*',
              account,
              'trail/*',
            ].join(':'),
          },
        },
      },
    },
    {
      name: 'TrailwardenCloudTrailLooks',
      statement: {
        ...to,
        Action: ['kms:DescribeKey', 'kms:Decrypt'],
        Resource: '*',
        Condition: { StringEquals: source },
      },
    },
  ]);
}

/** Whom the policy of a key lets decrypt: principals of AWS, not services; sorted. */
export function readersIn(policy: Json): string[] {
  const document = PolicyDocument.parse(policy);
  const readers = document.Statement.filter(
    ({ Effect, Action = [] }) =>
      Effect === 'Allow' && Action.some((action) => covers(action.toLowerCase(), 'kms:decrypt')),
  ).flatMap(({ Principal }) => Principal?.AWS ?? []);
  return [...new Set(readers)].sort();
}

const SOURCES = /^(aws:source(arn|account|orgid)|kms:encryptioncontext:aws:cloudtrail:arn)$/;

/** True where the policy lets CloudTrail in for sources that it names. */
export function letsCloudTrailIn(policy: Json): boolean {
  return PolicyDocument.parse(policy).Statement.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Principal?.Service?.includes(CLOUDTRAIL) === true &&
      conditionsOf(statement).some(({ key }) => SOURCES.test(key)),
  );
}
