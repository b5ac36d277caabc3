import { AccountClient } from '@aws-sdk/client-account';
import { CloudTrailClient } from '@aws-sdk/client-cloudtrail';
import { ConfigServiceClient } from '@aws-sdk/client-config-service';
import { EC2Client } from '@aws-sdk/client-ec2';
import { KMSClient } from '@aws-sdk/client-kms';
import { OrganizationsClient } from '@aws-sdk/client-organizations';
import { S3Client } from '@aws-sdk/client-s3';
import { AssumeRoleCommand, GetCallerIdentityCommand, STSClient } from '@aws-sdk/client-sts';
import { fromTemporaryCredentials } from '@aws-sdk/credential-providers';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Reading } from '../core/reading.ts';
import { reading } from './reading.ts';

/** A place to ask: an account by its id, a region by its code. */
export type Where = { account: string; region: string };

export type AwsSettings = {
  /** Name of the role that the bot assumes in every account to read. */
  readRole: string;
  /** Names of the roles that fixes assume, by fix family. */
  fixRoles: { [family: string]: string };
  externalId: string | undefined;
  /** The region of the bot's own calls (STS, Organizations), as the SDK's standard chain gives it. */
  region: string;
};

/** A session that can do one thing: born for one plan, named after it, never cached. */
export type FixSession = {
  role: string;
  where: Where;
  /** An IAM policy document; the session may do what both the role and this allow. */
  policy: object;
  sessionName: string;
  sourceIdentity: string;
  tags: { [key: string]: string };
};

export type Aws = ReturnType<typeof openAws>;

/** The region that the SDK's standard chain gives (environment, profile); undefined where it gives none. */
export async function ambientRegion(): Promise<string | undefined> {
  try {
    return await new STSClient({}).config.region();
  } catch (error) {
    if (error instanceof Error && /region is missing/i.test(error.message)) return undefined;
    throw new Error('reading the region of the AWS configuration', { cause: error });
  }
}

/** An AWS that says nothing for so long, before its answer or in the middle of it, has failed. */
const SILENCE_MS = 20_000;

const NOTHING = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Deny', Action: '*', Resource: '*' }],
};

/** IAM actions of the calls in this file, with the credentials that the bot was started with. */
export const needs = { bot: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] };

/**
 * The one door to AWS. Clients come from here, one per service, account and region, over one shared
 * keep-alive connection pool; in other accounts they hold the read role's credentials, which renew
 * themselves. Endpoint, region and base credentials are the SDK's own business (standard environment).
 */
export function openAws(settings: AwsSettings, silenceMs = SILENCE_MS) {
  // One handler for every client: a pool of connections per client is a factor of four in CPU
  // (reference: performance, "AWS SDK v3 in one Node process").
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 5_000,
    // Not `requestTimeout`: that one only warns on the console and goes on waiting.
    socketTimeout: silenceMs,
    httpAgent: { maxSockets: 64, keepAlive: true },
    httpsAgent: { maxSockets: 64, keepAlive: true },
  });
  const count = { calls: 0 };
  const clients = new Map<string, unknown>();
  const readers = new Map<string, ReturnType<typeof fromTemporaryCredentials>>();
  // Six attempts: the default of three is too few when every account is asked at once.
  const shared = { requestHandler, maxAttempts: 6 };
  const sts = counted(new STSClient({ ...shared, region: settings.region }));
  let whoAmI: Promise<{ account: string; arn: string; partition: string }> | undefined;

  /** The account, ARN and partition of the credentials that the bot was started with. */
  function identity() {
    whoAmI ??= sts.send(new GetCallerIdentityCommand({})).then(({ Account = '', Arn = '' }) => ({
      account: Account,
      arn: Arn,
      partition: Arn.split(':')[1] ?? 'aws',
    }));
    // A failure must not be remembered: the next caller asks again.
    whoAmI.catch(() => {
      whoAmI = undefined;
    });
    return whoAmI;
  }

  /** Credentials of the read role in one account; they renew themselves shortly before they expire. */
  function reader(account: string): ReturnType<typeof fromTemporaryCredentials> {
    let assume = readers.get(account);
    return async (options) => {
      const { partition } = await identity();
      assume ??= fromTemporaryCredentials({
        params: {
          RoleArn: `arn:${partition}:iam::${account}:role/${settings.readRole}`,
          RoleSessionName: 'trailwarden-read',
          SourceIdentity: 'trailwarden',
          ...(settings.externalId && { ExternalId: settings.externalId }),
        },
        clientConfig: { ...shared, region: settings.region },
      });
      readers.set(account, assume);
      count.calls += 1;
      return assume(options);
    };
  }

  function counted<C extends { middlewareStack: { add: CallableFunction } }>(client: C): C {
    client.middlewareStack.add(
      (next: CallableFunction) => (args: unknown) => {
        count.calls += 1;
        return next(args);
      },
      { step: 'finalizeRequest', name: 'trailwarden-count', priority: 'low' },
    );
    return client;
  }

  function client<C extends { middlewareStack: { add: CallableFunction } }>(
    Client: new (settings: never) => C,
    { account, region }: Where,
  ): C {
    const key = `${Client.name}/${account}/${region}`;
    const known = clients.get(key);
    if (known) return known as C;
    const made = counted(
      new Client({
        ...shared,
        region,
        credentials: reader(account),
        followRegionRedirects: true,
      } as never),
    );
    clients.set(key, made);
    return made;
  }

  /** A CloudTrail client that can do only what the session's policy allows, for 15 minutes. */
  async function fixSession(session: FixSession): Promise<CloudTrailClient> {
    const { partition } = await identity();
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${session.where.account}:role/${session.role}`,
        RoleSessionName: session.sessionName,
        SourceIdentity: session.sourceIdentity,
        Tags: Object.entries(session.tags).map(([Key, Value]) => ({ Key, Value })),
        Policy: JSON.stringify(session.policy),
        DurationSeconds: 900,
        ...(settings.externalId && { ExternalId: settings.externalId }),
      }),
    );
    if (!Credentials) throw new Error('STS answered AssumeRole without credentials');
    return counted(
      new CloudTrailClient({
        ...shared,
        // Nothing that may have arrived is sent again unasked: the fix itself decides on a second try.
        maxAttempts: 1,
        region: session.where.region,
        credentials: {
          accessKeyId: Credentials.AccessKeyId ?? '',
          secretAccessKey: Credentials.SecretAccessKey ?? '',
          sessionToken: Credentials.SessionToken ?? '',
        },
      }),
    );
  }

  return {
    settings,
    identity,
    /** How many requests went out, retries included. */
    calls: () => count.calls,
    cloudTrail: (where: Where) => client(CloudTrailClient, where),
    config: (where: Where) => client(ConfigServiceClient, where),
    s3: (where: Where) => client(S3Client, where),
    kms: (where: Where) => client(KMSClient, where),
    ec2: (where: Where) => client(EC2Client, where),
    account: (where: Where) => client(AccountClient, where),
    /** Organizations is a global service; it is asked from the bot's own account. */
    organizations: async () =>
      client(OrganizationsClient, { account: (await identity()).account, region: settings.region }),

    fixSession,
    /** Whether the read role of an account can be assumed; asks STS, and nothing else. */
    readRoleIn: (account: string): Promise<Reading<unknown>> =>
      reading(`sts:AssumeRole of ${settings.readRole} in ${account}`, () => reader(account)()),
    /** Whether a fix role can be assumed, proved by a session that may do nothing at all. */
    fixRoleIn: (family: string, account: string): Promise<Reading<unknown>> =>
      reading(`sts:AssumeRole of the ${family} fix role in ${account}`, async () => {
        const client = await fixSession({
          role: settings.fixRoles[family] ?? '',
          where: { account, region: settings.region },
          policy: NOTHING,
          sessionName: 'tw-doctor',
          sourceIdentity: 'tw-doctor',
          tags: { 'tw:plan': 'none', 'tw:req': 'doctor', 'tw:appr': 'none' },
        });
        client.destroy();
      }),
    close: () => requestHandler.destroy(),
  };
}
