import type { Json } from '../../json.ts';
import { covers } from '../../posture/guards/pattern.ts';
import { PolicyDocument } from '../../posture/guards/policy-document.ts';
import { conditionsOf, isAbout } from '../../posture/guards/policy-guards.ts';
import { withStatements } from './policy-merge.ts';

/** Whose access logs go where. */
export type AccessLogs = {
  /** ARN of the bucket whose accesses are written down, and its account. */
  source: string;
  account: string;
  /** ARN of the bucket that they go to, and the prefix of their names. */
  target: string;
  prefix: string;
};

const LOGGING = 'logging.s3.amazonaws.com';

/** True where a statement of the policy is sure to let S3 deliver these access logs. */
export function takesAccessLogs(policy: Json, logs: AccessLogs): boolean {
  const document = PolicyDocument.safeParse(policy);
  if (!document.success) return false;
  const resource = `${logs.target}/${logs.prefix}*`;
  return document.data.Statement.some(
    (statement) =>
      statement.Effect === 'Allow' &&
      statement.Principal?.Service?.includes(LOGGING) === true &&
      isAbout(statement, { action: 's3:PutObject', resource }) &&
      conditionsOf(statement).every((condition) => holdsFor(condition, logs)),
  );
}

/** Only conditions that we know to hold; any other may keep the logs out. */
function holdsFor(
  { operator, key, values }: ReturnType<typeof conditionsOf>[number],
  { source, account }: AccessLogs,
): boolean {
  if (!/^(string|arn)(equals|like)$/.test(operator)) return false;
  if (key === 'aws:sourceaccount') return values.some((value) => covers(value, account));
  return key === 'aws:sourcearn' && values.some((value) => covers(value, source));
}

/** The policy with a statement that lets S3 deliver them, for this bucket of this account alone. */
export function withAccessLogs(policy: Json, logs: AccessLogs): Json {
  const statement: { [member: string]: Json } = {
    Effect: 'Allow',
    Principal: { Service: LOGGING },
    Action: 's3:PutObject',
    Resource: `${logs.target}/${logs.prefix}*`,
    Condition: {
      ArnLike: { 'aws:SourceArn': logs.source },
      StringEquals: { 'aws:SourceAccount': logs.account },
    },
  };
  return withStatements(policy, [{ name: 'TrailwardenAccessLogs', statement }]);
}
