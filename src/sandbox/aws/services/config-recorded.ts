import type { JsonObject } from '../../../core/json.ts';
import type { TrailState } from '../world.ts';

/** What a trail's selectors record, as roughly as Config's managed rules ask. */

type FieldSelector = { Field: string; Equals?: string[]; StartsWith?: string[] };

function fieldsOf(selector: JsonObject): FieldSelector[] {
  return (selector.FieldSelectors ?? []) as FieldSelector[];
}

export function recordsAllManagementEvents({ selectors }: TrailState): boolean {
  if (selectors === undefined) return true;
  if ('advanced' in selectors) {
    return selectors.advanced.some((selector) => {
      const fields = fieldsOf(selector);
      return fields.length === 1 && fields[0]?.Equals?.[0] === 'Management';
    });
  }
  return selectors.basic.some(
    ({ ReadWriteType = 'All', IncludeManagementEvents = true, ...selector }) =>
      ReadWriteType === 'All' &&
      IncludeManagementEvents === true &&
      ((selector.ExcludeManagementEventSources ?? []) as string[]).length === 0,
  );
}

/** True when object-level events of every bucket are recorded, of one way or of both. */
export function recordsAllBuckets(
  { selectors }: TrailState,
  ways: 'ReadOnly' | 'WriteOnly' | 'All' = 'All',
): boolean {
  if (selectors === undefined) return false;
  const all = ['arn:aws:s3', 'arn:aws:s3:::'];
  const readOnly = ways === 'ReadOnly' ? 'true' : 'false';
  if ('advanced' in selectors) {
    return selectors.advanced.some((selector) => {
      const fields = fieldsOf(selector);
      const only = (field: string) => fields.find(({ Field }) => Field === field);
      const buckets = only('resources.ARN');
      const way = only('readOnly')?.Equals;
      return (
        only('resources.type')?.Equals?.includes('AWS::S3::Object') === true &&
        (way === undefined || (ways !== 'All' && way.includes(readOnly))) &&
        only('eventName') === undefined &&
        (buckets === undefined || buckets.StartsWith?.some((arn) => all.includes(arn)) === true)
      );
    });
  }
  return selectors.basic.some(({ ReadWriteType = 'All', DataResources = [] }) =>
    (DataResources as { Type: string; Values: string[] }[]).some(
      ({ Type, Values }) =>
        (ReadWriteType === 'All' || ReadWriteType === ways) &&
        Type === 'AWS::S3::Object' &&
        Values.some((arn) => all.includes(arn)),
    ),
  );
}
