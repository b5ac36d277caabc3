import { type Fields, textOf } from './workspace.ts';

/** A fault on order: an HTTP status such as 429 or 500, or an `ok: false` with this error. */
export type Fault = {
  /** A method of the Web API, or `*`. */
  method: string;
  status?: number;
  error?: string;
  /** Seconds, sent as Retry-After. */
  retryAfter?: number;
  /** How many calls it hits; once unless told. */
  times?: number;
};

/** How many messages a channel takes; Slack's own is about one a second with short bursts. */
export type ChannelRate = { burst: number; perSecond: number };

export type Faults = {
  order(fault: Fault): void;
  next(
    method: string,
    args: Fields,
    now: number,
  ): { status: number; error: string; retryAfter?: number } | undefined;
};

export function faults(rate?: ChannelRate): Faults {
  const ordered: (Fault & { left: number })[] = [];
  const buckets = new Map<string, { tokens: number; at: number }>();

  function overRate(channel: string, now: number): number | undefined {
    if (!rate) return undefined;
    const { tokens, at } = buckets.get(channel) ?? { tokens: rate.burst, at: now };
    const filled = Math.min(rate.burst, tokens + (Math.max(0, now - at) / 1000) * rate.perSecond);
    const enough = filled >= 1;
    buckets.set(channel, { tokens: enough ? filled - 1 : filled, at: now });
    return enough ? undefined : Math.max(1, Math.ceil((1 - filled) / rate.perSecond));
  }

  return {
    order: (fault) => void ordered.push({ ...fault, left: fault.times ?? 1 }),
    next(method, args, now) {
      const fault = ordered.find((one) => one.left > 0 && [method, '*'].includes(one.method));
      if (fault) {
        fault.left -= 1;
        const status = fault.status ?? 200;
        return {
          status,
          error: fault.error ?? (status === 429 ? 'ratelimited' : 'internal_error'),
          ...(status === 429 && { retryAfter: fault.retryAfter ?? 1 }),
        };
      }
      if (method !== 'chat.postMessage') return undefined;
      const wait = overRate(textOf(args.channel), now);
      return wait === undefined
        ? undefined
        : { status: 429, error: 'ratelimited', retryAfter: wait };
    },
  };
}
