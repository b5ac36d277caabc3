import { StandardRetryStrategy } from '@smithy/core/retry';
import type { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Pacer } from './budgets.ts';
import { as, nowCalling } from './calling.ts';

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
 * One client per service and region for all accounts, over one connection pool. Where every account has
 * its own, each is 50 KiB and more CPU than the request that it is made for (bench/README.md, clients);
 * shared, it is made once, and whose credentials a request is signed with is decided as it is sent.
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
    const key = `${Client.name}/${region}`;
    const known = clients.get(key);
    if (known) return known as C;
    const made = prepare(
      new Client({
        requestHandler: impatient(requestHandler),
        region,
        retryStrategy: retries,
        credentials: ofCaller(sessions),
        followRegionRedirects: true,
        // The resolved stack of a command is kept. S3 notes redirects in it, so there it must not be.
        cacheMiddleware: Client.name !== 'S3Client',
      } as never),
    );
    keepToBudget(made, region, sessions, paced);
    clients.set(key, made);
    return made;
  }

  /** The shared client, as one account: the SDK's paginators take it for what it is. */
  return function clientOf<C extends AnyClient>(
    Client: new (settings: never) => C,
    { account, region }: { account: string; region: string },
  ): C {
    const one = shared(Client, region);
    return Object.create(one, {
      send: { value: (...args: unknown[]) => as(account, () => one.send(...args)) },
    }) as C;
  };
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
function keepToBudget(client: AnyClient, region: string, sessions: Sessions, paced: Pacer): void {
  client.middlewareStack.addRelativeTo(
    (next: CallableFunction, context: Context) => async (args: unknown) => {
      const { account = '' } = nowCalling();
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
