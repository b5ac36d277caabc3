import { StandardRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Pacer } from './budgets.ts';
import { as, nowCalling } from './calling.ts';
import { SigningHash } from './signing-hash.ts';

/** As AssumeRole gives them. */
export type Credentials = {
  accessKeyId: string;
  secretAccessKey: string;
  sessionToken: string;
  expiration: Date;
};

/** The sessions of the read role: the account's present one, and a new one for one that AWS calls ended. */
export type Sessions = {
  of(account: string): Promise<Credentials>;
  renewed(account: string, ended: Credentials): Promise<Credentials>;
};

/** What of a client we touch: all of AWS's have it. */
type AnyClient = {
  middlewareStack: { add: CallableFunction; addRelativeTo: CallableFunction };
  config: object;
  send: CallableFunction;
};

/** Six attempts: the default of three is too few when every account is asked at once. */
const ATTEMPTS = 6;

/**
 * One client per service for all accounts and regions, over one connection pool. Where every account has
 * its own, each is 50 KiB and more CPU than the request that it is made for (bench/README.md, clients);
 * shared, it is made once, and where a request goes and whose credentials it is signed with is decided as
 * it is sent. Only S3 has one per region: it changes the region of a client while it follows a redirect.
 */
export function sharedClients(
  requestHandler: NodeHttpHandler,
  sessions: Sessions,
  paced: Pacer,
  prepare: <C extends AnyClient>(client: C) => C,
) {
  const clients = new Map<string, AnyClient>();
  const retries = retriesByAccount();

  function shared<C extends AnyClient>(Client: new (settings: never) => C, region: string): C {
    const ofRegion = Client.name === 'S3Client';
    const key = ofRegion ? `${Client.name}/${region}` : Client.name;
    const known = clients.get(key);
    if (known) return known as C;
    const made = prepare(
      new Client({
        requestHandler: impatient(requestHandler),
        region: ofRegion ? region : regionOfCaller,
        retryStrategy: retries,
        credentials: ofCaller(sessions),
        sha256: SigningHash,
        followRegionRedirects: true,
        // The resolved stack of a command is kept. S3 notes redirects in it, so there it must not be.
        cacheMiddleware: !ofRegion,
      } as never),
    );
    if (!ofRegion) signForCaller(made);
    keepToBudget(made, sessions, paced);
    clients.set(key, made);
    return made;
  }

  /** The shared client, as one account: the SDK's paginators take it for what it is. */
  return function clientOf<C extends AnyClient>(
    Client: new (settings: never) => C,
    where: { account: string; region: string },
  ): C {
    const one = shared(Client, where.region);
    return Object.create(one, {
      send: { value: (...args: unknown[]) => as(where, () => one.send(...args)) },
    }) as C;
  };
}

/** The region of whoever is calling, which the SDK asks for with every request. */
async function regionOfCaller(): Promise<string> {
  const { region } = nowCalling();
  if (region === undefined) throw new Error('a request to AWS without a region');
  return region;
}

/**
 * The SDK notes in the client for which region it signs, once for all requests (`signingRegion`, in
 * `resolveAwsSdkSigV4Config` of @aws-sdk/core). Of a client for all regions it is the caller's.
 */
function signForCaller({ config }: AnyClient): void {
  Object.defineProperty(config, 'signingRegion', {
    get: () => nowCalling().region,
    set: () => {},
    enumerable: true,
  });
}

/**
 * The credentials of whoever is calling, asked for with every signature. `memoized` is how the SDK's own
 * providers tell a client that they remember by themselves: a client that remembered, too, would sign
 * one account's requests as another.
 */
function ofCaller(sessions: Sessions) {
  return Object.assign(() => sessions.of(nowCalling().account ?? ''), { memoized: true });
}

/**
 * Before every attempt: waits for the account's budget. A session that ended before its time is renewed,
 * and the request is signed once more.
 */
function keepToBudget(client: AnyClient, sessions: Sessions, paced: Pacer): void {
  client.middlewareStack.addRelativeTo(
    (next: CallableFunction, context: Context) => async (args: unknown) => {
      const { account = '', region = '' } = nowCalling();
      const spending = { ...spent(context), account, region };
      // The session first: a request that has its budget must go at once, or late ones come in a crowd.
      const session = await sessions.of(account);
      await paced.allowed(spending);
      try {
        const answer = await next(args);
        paced.answered(spending, false);
        return answer;
      } catch (error) {
        if (isThrottled(error)) paced.answered(spending, true);
        if (!isEnded(error)) throw error;
        await sessions.renewed(account, session);
        await paced.allowed(spending);
        return next(args);
      }
    },
    { relation: 'before', toMiddleware: 'httpSigningMiddleware', name: 'trailwarden-budget' },
  );
}

type Context = { clientName?: string; commandName?: string };

function spent({ clientName = '', commandName = '' }: Context) {
  return {
    service: clientName.replace(/Client$/, ''),
    operation: commandName.replace(/Command$/, ''),
  };
}

function isThrottled(error: unknown): boolean {
  return (
    error instanceof Error && /Throttl|TooManyRequests|SlowDown|LimitExceeded/.test(error.name)
  );
}

/** AWS ends a session before its time when the role's sessions are revoked, or clocks disagree. */
function isEnded(error: unknown): boolean {
  return error instanceof Error && /^ExpiredToken/.test(error.name);
}

/**
 * The SDK's standard retries, with the store of retry tokens that it gives every client given to every
 * account instead: one account in trouble must not use up what the others may need.
 */
function retriesByAccount() {
  const byAccount = new Map<string, StandardRetryStrategy>();
  const mine = () => {
    const { account = '' } = nowCalling();
    const known = byAccount.get(account) ?? new StandardRetryStrategy({ maxAttempts: ATTEMPTS });
    byAccount.set(account, known);
    return known;
  };
  type Standard = StandardRetryStrategy;
  return {
    mode: 'standard',
    acquireInitialRetryToken: (scope: string) => mine().acquireInitialRetryToken(scope),
    refreshRetryTokenForRetry: (...args: Parameters<Standard['refreshRetryTokenForRetry']>) =>
      mine().refreshRetryTokenForRetry(...args),
    recordSuccess: (...args: Parameters<Standard['recordSuccess']>) =>
      mine().recordSuccess(...args),
  };
}

/** The request handler, which gives up a request together with whoever waits for it. */
function impatient(handler: NodeHttpHandler) {
  return {
    metadata: handler.metadata,
    handle: (request: Parameters<NodeHttpHandler['handle']>[0], options: object = {}) => {
      const { patience } = nowCalling();
      return handler.handle(request, { ...options, ...(patience && { abortSignal: patience }) });
    },
    updateHttpClientConfig: handler.updateHttpClientConfig.bind(handler),
    httpHandlerConfigs: () => handler.httpHandlerConfigs(),
    // Its connections are those of every other client.
    destroy: () => {},
  };
}
