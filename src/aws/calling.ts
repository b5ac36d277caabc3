import { AsyncLocalStorage } from 'node:async_hooks';

/** For whom a request is made, and for how long it is worth waiting. */
export type Calling = { account?: string; patience?: AbortSignal; seconds?: number };

/**
 * Clients are shared by all accounts, so who is asking goes along with the call itself: through every
 * promise of it, the SDK's own middleware included, and never into another call.
 */
const calling = new AsyncLocalStorage<Calling>();

export function nowCalling(): Calling {
  return calling.getStore() ?? {};
}

/** Does something as an account: what it sends is signed with that account's session. */
export function as<T>(account: string, work: () => Promise<T>): Promise<T> {
  return calling.run({ ...nowCalling(), account }, () => patiently(work));
}

/**
 * Gives some work so many seconds. Whatever it still waits for then fails at once with the reason, as
 * does all that it tries afterwards: an account that hangs is not worth a lane that others wait for.
 */
export async function within<T>(seconds: number, work: () => Promise<T>): Promise<T> {
  const end = new AbortController();
  const timer = setTimeout(() => end.abort(), seconds * 1_000);
  try {
    return await calling.run({ ...nowCalling(), patience: end.signal, seconds }, work);
  } finally {
    clearTimeout(timer);
  }
}

/** Ends with the work, or with the patience, whichever is first. */
function patiently<T>(work: () => Promise<T>): Promise<T> {
  const { patience, seconds } = nowCalling();
  if (!patience) return work();
  if (patience.aborted) return Promise.reject(tookTooLong(seconds));
  return new Promise((resolve, reject) => {
    const end = () => reject(tookTooLong(seconds));
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
