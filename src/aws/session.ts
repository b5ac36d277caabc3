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
import {
  AssumeRoleCommand,
  type AssumeRoleCommandInput,
  GetCallerIdentityCommand,
  STSClient,
} from '@aws-sdk/client-sts';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { FixSettings } from '../core/fixes/settings.ts';
import type { Reading } from '../core/reading.ts';
import { BUDGETS, pacer } from './budgets.ts';
import { patient, within } from './calling.ts';
import { type Clock, wallClock } from './evidence/pace.ts';
import { reading } from './reading.ts';
import { type Credentials, sharedClients } from './shared-clients.ts';

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
  /** What fixes are told of the organization; nothing where nothing is mended. */
  fixing?: FixSettings;
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

/** A client of any service, with the credentials and in the region of one session. */
export type ClientOf = <C extends { middlewareStack: { add: CallableFunction } }>(
  Client: new (own: FixClient) => C,
) => C;
type FixClient = {
  requestHandler: NodeHttpHandler;
  maxAttempts: number;
  region: string;
  credentials: Credentials;
};

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

/** Sessions kept at most: each is a kilobyte or two, and a long-lived process scans every day. */
const SESSIONS = 4_000;

/** A client asks for new credentials five minutes before its own end: by then there must be some. */
const RENEWED_BEFORE = 6 * 60_000;

/**
 * A success without a body would read as "there are none". Every service but S3 answers at least `{}`
 * or an XML document, so this is a broken answer, and a broken answer is no empty list.
 */
function refuseEmptyAnswers(client: { middlewareStack: { add: CallableFunction } }): void {
  client.middlewareStack.add(
    (next: CallableFunction) => async (args: unknown) => {
      const result = await next(args);
      const { statusCode, headers } = result.response;
      if (statusCode === 200 && headers['content-length'] === '0') {
        throw Object.assign(new Error('AWS answered 200 with nothing'), { name: 'EmptyAnswer' });
      }
      return result;
    },
    { step: 'deserialize', name: 'trailwarden-empty-answer' },
  );
}

/** What the trust of the read role asks of a session, beside its external id. */
export const READ_SESSION = { RoleSessionName: 'trailwarden-read', SourceIdentity: 'trailwarden' };

/** IAM actions of the calls in this file, with the credentials that the bot was started with. */
export const needs = { bot: ['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession'] };

/**
 * The one door to AWS. Clients come from here, one per service over one shared keep-alive
 * connection pool; what an account is asked is signed with its session of the read role, which renews
 * itself. Endpoint, region and base credentials are the SDK's own business (standard environment). By
 * `clock` it keeps the pace that AWS allows.
 */
export function openAws(settings: AwsSettings, silenceMs = SILENCE_MS, clock: Clock = wallClock) {
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
  const sessions = new Map<string, { opened: Promise<Credentials>; renewAt: number }>();
  const shared = { requestHandler, maxAttempts: 6 };
  const paced = pacer(BUDGETS, clock);
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

  async function assume(
    account: string,
    role: string,
    session: Omit<AssumeRoleCommandInput, 'RoleArn' | 'ExternalId'>,
  ): Promise<Credentials> {
    const { account: self, partition } = await identity();
    await paced.allowed({
      service: 'STS',
      operation: 'AssumeRole',
      account: self,
      region: settings.region,
    });
    const { Credentials } = await sts.send(
      new AssumeRoleCommand({
        RoleArn: `arn:${partition}:iam::${account}:role/${role}`,
        ...session,
        ...(settings.externalId && { ExternalId: settings.externalId }),
      }),
    );
    const { AccessKeyId, SecretAccessKey, SessionToken, Expiration } = Credentials ?? {};
    if (!AccessKeyId || !SecretAccessKey || !SessionToken || !Expiration)
      throw new Error('STS answered AssumeRole without credentials');
    return {
      accessKeyId: AccessKeyId,
      secretAccessKey: SecretAccessKey,
      sessionToken: SessionToken,
      expiration: Expiration,
    };
  }

  /** A session of the read role; role chaining allows an hour, which is also what STS gives unasked. */
  function assumeReadRole(account: string): Promise<Credentials> {
    return assume(account, settings.readRole, READ_SESSION);
  }

  /** One session per account, for all services and regions; renewed before it ends. */
  function sessionOf(account: string): Promise<Credentials> {
    const known = sessions.get(account);
    if (known && Date.now() < known.renewAt) return known.opened;
    const session = { opened: assumeReadRole(account), renewAt: Number.POSITIVE_INFINITY };
    sessions.delete(account);
    for (const oldest of sessions.keys()) {
      if (sessions.size < SESSIONS) break;
      sessions.delete(oldest);
    }
    sessions.set(account, session);
    session.opened.then(
      ({ expiration }) => {
        session.renewAt = expiration.getTime() - RENEWED_BEFORE;
      },
      () => {
        if (sessions.get(account) === session) sessions.delete(account);
      },
    );
    return session.opened;
  }

  /** A new session in place of one that AWS says has ended; once, however many calls heard so. */
  async function renewed(account: string, ended: Credentials): Promise<Credentials> {
    const known = await sessionOf(account);
    if (known !== ended) return known;
    sessions.delete(account);
    return sessionOf(account);
  }

  function counted<C extends { middlewareStack: { add: CallableFunction } }>(client: C): C {
    client.middlewareStack.add(
      (next: CallableFunction) => (args: unknown) => {
        count.calls += 1;
        return next(args);
      },
      { step: 'finalizeRequest', name: 'trailwarden-count', priority: 'low' },
    );
    if (!(client instanceof S3Client)) refuseEmptyAnswers(client);
    return client;
  }

  const client = sharedClients(requestHandler, { of: sessionOf, renewed }, paced, counted);

  /**
   * Clients that can do only what the session's policy allows, for 15 minutes. Nobody destroys them:
   * their connections are those of every other client.
   */
  async function fixSession(session: FixSession): Promise<ClientOf> {
    const credentials = await assume(session.where.account, session.role, {
      RoleSessionName: session.sessionName,
      SourceIdentity: session.sourceIdentity,
      Tags: Object.entries(session.tags).map(([Key, Value]) => ({ Key, Value })),
      Policy: JSON.stringify(session.policy),
      DurationSeconds: 900,
    });
    const own = {
      ...shared,
      // Nothing that may have arrived is sent again unasked: the fix itself decides on a second try.
      maxAttempts: 1,
      region: session.where.region,
      credentials,
    };
    return (Client) => counted(new Client(own));
  }

  return {
    settings,
    identity,
    patient,
    within,
    clock,
    /** How many requests went out, retries included. */
    calls: () => count.calls,
    cloudTrail: (where: Where) => client(CloudTrailClient, where),
    config: (where: Where) => client(ConfigServiceClient, where),
    s3: (where: Where) => client(S3Client, where),
    /** S3 as whom the bot was started as: for a log bucket of which no account is configured. */
    ownS3: () =>
      counted(new S3Client({ ...shared, region: settings.region, followRegionRedirects: true })),
    account: (where: Where) => client(AccountClient, where),
    ec2: (where: Where) => client(EC2Client, where),
    iam: (where: Where) => client(IAMClient, where),
    identityStore: (where: Where) => client(IdentitystoreClient, where),
    kms: (where: Where) => client(KMSClient, where),
    logs: (where: Where) => client(CloudWatchLogsClient, where),
    cloudWatch: (where: Where) => client(CloudWatchClient, where),
    sns: (where: Where) => client(SNSClient, where),
    ssoAdmin: (where: Where) => client(SSOAdminClient, where),
    /** Organizations is a global service; it is asked from the bot's own account. */
    organizations: async () =>
      client(OrganizationsClient, { account: (await identity()).account, region: settings.region }),

    fixSession,
    /** Whether the read role of an account can be assumed; asks STS, and nothing else. */
    readRoleIn: (account: string): Promise<Reading<unknown>> =>
      reading(`sts:AssumeRole of ${settings.readRole} in ${account}`, () =>
        assumeReadRole(account),
      ),
    /** Whether a fix role can be assumed, proved by a session that may do nothing at all. */
    fixRoleIn: (family: string, account: string): Promise<Reading<unknown>> =>
      reading(`sts:AssumeRole of the ${family} fix role in ${account}`, () =>
        fixSession({
          role: settings.fixRoles[family] ?? '',
          where: { account, region: settings.region },
          policy: NOTHING,
          sessionName: 'tw-doctor',
          sourceIdentity: 'tw-doctor',
          tags: { 'tw:plan': 'none', 'tw:req': 'doctor', 'tw:appr': 'none' },
        }),
      ),
    close: () => requestHandler.destroy(),
  };
}
