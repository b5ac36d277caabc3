import { z } from 'zod';
import type { Json } from '../../json.ts';

/**
 * A lifecycle rule as S3 answers it, instants as texts; members that are not named here are kept.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/API_LifecycleRule.html
 */
const Moment = z.looseObject({ Days: z.number().optional(), Date: z.string().optional() });
const Filter = z.looseObject({
  Prefix: z.string().optional(),
  Tag: z.json().optional(),
  ObjectSizeGreaterThan: z.number().optional(),
  ObjectSizeLessThan: z.number().optional(),
  And: z.looseObject({ Prefix: z.string().optional() }).optional(),
});
const Rule = z.looseObject({
  ID: z.string().optional(),
  Status: z.string(),
  Prefix: z.string().optional(),
  Filter: Filter.optional(),
  Expiration: Moment.optional(),
  Transitions: z.array(Moment).optional(),
  NoncurrentVersionExpiration: z.looseObject({ NoncurrentDays: z.number().optional() }).optional(),
  AbortIncompleteMultipartUpload: z.json().optional(),
});
export type LifecycleRule = z.output<typeof Rule>;

/** The rules in a state; null means none. */
export function lifecycleRules(rules: Json): LifecycleRule[] {
  return rules === null ? [] : z.array(Rule).parse(rules);
}

export function isEnabled({ Status }: LifecycleRule): boolean {
  return Status === 'Enabled';
}

/** S3 has had three ways to say what a rule is about: a prefix of its own, a filter, a filter of several. */
export function prefixOf({ Filter: filter, Prefix }: LifecycleRule): string {
  return filter?.And?.Prefix ?? filter?.Prefix ?? Prefix ?? '';
}

/** True where only some objects below the prefix are meant, by tag or size. */
export function isNarrowed({ Filter: filter }: LifecycleRule): boolean {
  return Boolean(
    filter?.And ||
      filter?.Tag !== undefined ||
      filter?.ObjectSizeGreaterThan !== undefined ||
      filter?.ObjectSizeLessThan !== undefined,
  );
}
