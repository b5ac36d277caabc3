import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { Search } from '../../core/evidence/source.ts';

/** Past this many names one pass over everything is cheaper than a pass per name. */
const NAMES = 6;

/**
 * LookupEvents takes one attribute. The most selective one that loses nothing is chosen: an event id,
 * a key, or event names. `ResourceName` and `Username` would lose events (most events list no resource,
 * and a role's session is known by more than one name), so for these every write event is read and the
 * core decides. Several values mean several lookups; null means everything.
 */
export function attributesFor(search: Search): (LookupAttribute | null)[] {
  if (search.eventIds.length > 0)
    return search.eventIds.map((id) => ({ AttributeKey: 'EventId', AttributeValue: id }));
  if (search.accessKeyIds.length > 0)
    return search.accessKeyIds.map((key) => ({ AttributeKey: 'AccessKeyId', AttributeValue: key }));
  const names = search.eventNames.flatMap(spellings);
  if (names.length > 0 && names.length <= NAMES)
    return names.map((name) => ({ AttributeKey: 'EventName', AttributeValue: name }));
  if (search.readOnly !== null)
    return [{ AttributeKey: 'ReadOnly', AttributeValue: String(search.readOnly) }];
  return [null];
}

/** Lambda and CloudFront write their API version into some names, which LookupEvents compares whole. */
function spellings(name: string): string[] {
  return [name, ...(VERSIONED[name] ?? []).map((version) => `${name}${version}`)];
}

const VERSIONED: Record<string, string[]> = {
  CreateFunction: ['20150331'],
  DeleteFunction: ['20150331'],
  UpdateFunctionCode: ['20150331v2'],
  UpdateFunctionConfiguration: ['20150331v2'],
  AddPermission: ['20150331v2'],
  RemovePermission: ['20150331v2'],
  CreateEventSourceMapping: ['20150331'],
  UpdateEventSourceMapping: ['20150331'],
  DeleteEventSourceMapping: ['20150331'],
  CreateAlias: ['20150331'],
  UpdateAlias: ['20150331'],
  DeleteAlias: ['20150331'],
  PublishVersion: ['20150331'],
  PublishLayerVersion: ['20181031'],
  PutFunctionConcurrency: ['20171031'],
  DeleteFunctionConcurrency: ['20171031'],
  TagResource: ['20170331v2'],
  UntagResource: ['20170331v2'],
};
