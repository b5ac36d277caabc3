import { z } from 'zod';

/**
 * Where the last scan found the aggregator of the organization: the next one asks it before it is known
 * to be there still. It tells whom to ask first, and nothing else.
 */

const KeptAggregator = z.strictObject({
  account: z.string().regex(/^\d{12}$/),
  region: z.string().regex(/^[a-z0-9-]{1,32}$/),
  name: z.string().regex(/^[\w-]{1,256}$/),
});
export type KeptAggregator = z.infer<typeof KeptAggregator>;

const Written = z.strictObject({ version: z.literal(1), aggregator: KeptAggregator });

/** What is kept of it; empty where it is called as Config calls none. */
export function writtenAggregator(aggregator: KeptAggregator): string {
  const written = Written.safeParse({ version: 1, aggregator });
  return written.success ? JSON.stringify(written.data) : '';
}

/** What a store kept; null where it is not ours: damaged, of another version, or of somebody else. */
export function aggregatorIn(text: string): KeptAggregator | null {
  try {
    return Written.safeParse(JSON.parse(text)).data?.aggregator ?? null;
  } catch {
    // Not JSON is not ours: nobody is asked before it is found.
    return null;
  }
}
