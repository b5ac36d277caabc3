import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { EC2Client } from '@aws-sdk/client-ec2';
import { IAMClient } from '@aws-sdk/client-iam';
import { IdentitystoreClient } from '@aws-sdk/client-identitystore';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { SNSClient } from '@aws-sdk/client-sns';
import { SSOAdminClient } from '@aws-sdk/client-sso-admin';
import { AssumeRoleCommand, type AssumeRoleCommandInput, STSClient } from '@aws-sdk/client-sts';
import { type AwsOptions, type RunningAws, startAws } from '../../../src/sandbox/aws/index.ts';
import type { ScenarioFile } from '../../../src/sandbox/aws/scenario.ts';

export const MANAGEMENT = '111122223333';
export const AUDIT = '333344445555';
export const SHOP = '444455556666';
export const PAYMENTS = '666677778888';
export const SUSPENDED = '161616161616';
export const ROLELESS = '151515151515';
export const BOT_KEY = 'AKIATRAILWARDENBOT00';
export const BOT = `arn:aws:iam::${AUDIT}:role/trailwarden-bot`;

/** A small sound organization: a management, an audit and two workload accounts, one suspended. */
export function soundScenario(difference: Partial<ScenarioFile> = {}): ScenarioFile {
  return {
    name: 'sound',
    regions: ['ap-northeast-2', 'eu-west-1', 'us-east-1'],
    organization: {
      id: 'o-bora12345',
      managementAccount: MANAGEMENT,
      delegatedAdministrators: { 'cloudtrail.amazonaws.com': [AUDIT] },
      serviceAccess: ['cloudtrail.amazonaws.com', 'config.amazonaws.com'],
      accounts: [{ id: MANAGEMENT, name: 'management' }],
      units: [
        { name: 'Security', accounts: [{ id: AUDIT, name: 'audit' }] },
        {
          name: 'Workloads',
          units: [
            {
              name: 'Production',
              accounts: [
                { id: SHOP, name: 'shop-prod' },
                { id: PAYMENTS, name: 'payments-prod' },
              ],
            },
          ],
        },
        { name: 'Sandbox', accounts: [{ id: ROLELESS, name: 'team-sandbox' }] },
        {
          name: 'Suspended',
          accounts: [{ id: SUSPENDED, name: 'old-campaign', status: 'SUSPENDED' }],
        },
      ],
    },
    keys: [{ accessKeyId: BOT_KEY, principal: BOT, allow: ['*'] }],
    roles: [
      {
        name: 'trailwarden-read',
        except: [ROLELESS],
        trust: { principals: [BOT], externalId: 'trailwarden-sandbox' },
        allow: ['*'],
      },
    ],
    ...difference,
  };
}

const started: RunningAws[] = [];

/** A running simulator that complains into `log`; `closeAll` ends every one of a test file. */
export async function soundAws(
  difference: Partial<ScenarioFile> = {},
  options: AwsOptions = {},
): Promise<RunningAws & { log: string[] }> {
  const log: string[] = [];
  const aws = await startAws(soundScenario(difference), {
    log: (line) => void log.push(line),
    ...options,
  });
  started.push(aws);
  return { ...aws, log };
}

export async function closeAll(): Promise<void> {
  await Promise.all(started.splice(0).map((aws) => aws.close()));
}

export type Credentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken?: string | undefined;
};
export const botCredentials: Credentials = { accessKeyId: BOT_KEY, secretAccessKey: 'sandbox' };

type Difference = {
  credentials?: Credentials;
  region?: string;
  maxAttempts?: number;
  requestHandler?: object;
};

/** The real SDK clients, pointed at a simulator as `AWS_ENDPOINT_URL` would; one attempt each. */
export function clients(aws: { url: string }, difference: Difference = {}) {
  const { sessionToken, ...keys } = difference.credentials ?? botCredentials;
  const settings = {
    endpoint: aws.url,
    region: 'ap-northeast-2',
    maxAttempts: 1,
    ...difference,
    credentials: { ...keys, ...(sessionToken !== undefined && { sessionToken }) },
  };
  return {
    account: new AccountClient(settings),
    cloudtrail: new CloudTrailClient(settings),
    config: new ConfigServiceClient(settings),
    ec2: new EC2Client(settings),
    iam: new IAMClient(settings),
    identitystore: new IdentitystoreClient(settings),
    kms: new KMSClient(settings),
    logs: new CloudWatchLogsClient(settings),
    monitoring: new CloudWatchClient(settings),
    organizations: new OrganizationsClient(settings),
    s3: new S3Client(settings),
    sns: new SNSClient(settings),
    sso: new SSOAdminClient(settings),
    sts: new STSClient(settings),
  };
}

/** What the bot sends to assume the read role in an account. */
export function readRoleIn(
  account: string,
  difference: Partial<AssumeRoleCommandInput> = {},
): AssumeRoleCommandInput {
  return {
    RoleArn: `arn:aws:iam::${account}:role/trailwarden-read`,
    RoleSessionName: 'trailwarden',
    ExternalId: 'trailwarden-sandbox',
    ...difference,
  };
}

/** Credentials of a session of the read role. */
export async function assume(
  aws: { url: string },
  account: string,
  difference: Partial<AssumeRoleCommandInput> = {},
  from: Credentials = botCredentials,
): Promise<Credentials> {
  const { sts } = clients(aws, { credentials: from });
  const { Credentials: issued } = await sts.send(
    new AssumeRoleCommand(readRoleIn(account, difference)),
  );
  return {
    accessKeyId: issued?.AccessKeyId ?? '',
    secretAccessKey: issued?.SecretAccessKey ?? '',
    sessionToken: issued?.SessionToken,
  };
}

/** The error that a call ends with, as the SDK tells it; a call that succeeds fails the test. */
export async function failureOf(promise: Promise<unknown>) {
  const error = await promise.then(
    () => {
      throw new Error('the call succeeded');
    },
    (reason: Error & { $metadata?: { httpStatusCode?: number; attempts?: number } }) => reason,
  );
  return {
    name: error.name,
    message: error.message,
    status: error.$metadata?.httpStatusCode,
    attempts: error.$metadata?.attempts,
  };
}
