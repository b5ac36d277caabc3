import type { CloudTrailEvent } from '../core/evidence/event.ts';
import { isObject } from '../core/evidence/parse-event.ts';
import type { JsonObject } from '../core/json.ts';
import type { Volume } from '../core/posture/cost/volumes.ts';

/** What CloudTrail bills an event as. Insights are nobody's calls; they are billed by what was analysed. */
export type Category = 'management' | 'data' | 'insight' | 'network';

export function categoryOf({ record }: CloudTrailEvent): Category {
  const category = record.eventCategory;
  const named = typeof category === 'string' ? category.toLowerCase() : '';
  if (named === 'data' || named === 'insight') return named;
  return named.startsWith('network') ? 'network' : 'management';
}

/** An event that does not say whether it only reads counts as a write; both cost the same. */
export function kindOf(category: Exclude<Category, 'insight'>, readOnly: boolean): Volume['kind'] {
  return category === 'network' ? 'network' : `${category}-${readOnly ? 'read' : 'write'}`;
}

export const S3 = 's3.amazonaws.com';

/** The bucket whose objects a data event of S3 speaks of. */
export function bucketOf({ eventSource, requestParameters: asked }: JsonObject): string | null {
  const name = isObject(asked) ? asked.bucketName : null;
  return eventSource === S3 && typeof name === 'string' ? name : null;
}

/** By account, region, day, kind and bucket: the same counts in the same order, whoever counted. */
export function inOrder(counts: Volume[]): Volume[] {
  const key = ({ account, region, day, kind, bucket }: Volume) =>
    [account, region, day, kind, bucket ?? ''].join('\n');
  return counts
    .map((volume) => ({ volume, key: key(volume) }))
    .toSorted((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : 0))
    .map(({ volume }) => volume);
}
