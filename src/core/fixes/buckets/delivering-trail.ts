import { z } from 'zod';
import type { Json } from '../../json.ts';

/** A trail that delivers to a bucket, as far as the policy of the bucket asks about it. */
export type DeliveringTrail = { arn: string; prefix: string | null; organization: boolean };

const Trails = z.array(
  z.strictObject({ arn: z.string(), prefix: z.string().nullable(), organization: z.boolean() }),
);

/** The trails in a state, in the order of their ARNs. */
export function trailsIn(state: Json): DeliveringTrail[] {
  return Trails.parse(state);
}
