import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom a request is made, and how long it is worth waiting for. */
export type Calling = {
  account?: string;
  region?: string;
  /** Seconds that one account may take for what it is asked together. */
  seconds?: number;
  /** Ends when they have passed. */
  patience?: AbortSignal;
  /** Accounts that took longer before: nobody waits for them twice. */
  hanging?: Set<string>;
};

/**
 * Clients are shared by all accounts and regions, so who is asking where goes along with the call itself:
 * through every promise of it, the SDK's own middleware included, and never into another call.
 */
const calling = new AsyncLocalStorage<Calling>();

export function nowCalling(): Calling {
  return calling.getStore() ?? {};
}

/** Does something as an account in a region: what it sends goes there, signed with that account's session. */
export function as<T>(
  where: { account: string; region: string },
  work: () => Promise<T>,
): Promise<T> {
  const { patience, seconds } = nowCalling();
  if (!patience && seconds) return within(() => as(where, work));
  return calling.run({ ...nowCalling(), ...where }, () => patiently(where.account, work));
}

/**
 * Gives every account so many seconds for what it is asked together (`within`), or for one request.
 * Whatever is still awaited then fails at once with the reason, as does all that is asked of that
 * account afterwards: one that hangs is not worth a lane that others wait for.
 */
export function patient<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  return calling.run({ seconds, hanging: new Set() }, work);
}

/** The work on one account, as one: the seconds count from here. */
export async function within<T>(work: () => Promise<T>): Promise<T> {
  const { seconds } = nowCalling();
  if (!seconds) return work();
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), seconds * 1_000);
  try {
    return await calling.run({ ...nowCalling(), patience: end.signal }, work);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends with the work, or with the patience, whichever is first. */
function patiently<T>(account: string, work: () => Promise<T>): Promise<T> {
  const { patience, seconds, hanging } = nowCalling();
  if (!patience) return work();
  if (patience.aborted || hanging?.has(account)) return Promise.reject(tookTooLong(seconds));
  return new Promise((resolve, reject) => {
    const end = () => {
      hanging?.add(account);
      reject(tookTooLong(seconds));
    };
    patience.addEventListener('abort', end, { once: true });
    work()
      .then(resolve, reject)
      .finally(() => patience.removeEventListener('abort', end));
  });
}

function tookTooLong(seconds = 0): Error {
  return Object.assign(new Error(`the account took longer than ${seconds} seconds to answer`), {
    name: 'TookTooLong',
  });
}
