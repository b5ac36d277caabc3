import type { LookupAttribute } from '@aws-sdk/client-cloudtrail';
import type { Search } from '../../core/evidence/source.ts';

/** One lookup; `scan` where it reads everything there is, which a busy account cuts short. */
export type Attribute = { attribute: LookupAttribute | null; scan: boolean };

/** Names that are searched as all writes of a short time, where there are more than so many. */
const FEW = 2;
const SHORT = 2 * 3_600_000;

/**
 * The lookup of everything that was written in a short time, which costs less than one by each of many
 * names, unless more was written than fits on `pages`; null where that is no way to find what is wanted.
 */
export function writesFor(
  search: Search,
  { from, to }: { from: string; to: string },
): (Attribute & { pages: number }) | null {
  const byName = attributesFor(search);
  if (!search.onlyWrites || byName.length <= FEW) return null;
  if (byName.some(({ attribute }) => attribute?.AttributeKey !== 'EventName')) return null;
  if (Date.parse(to) - Date.parse(from) > SHORT) return null;
  return { ...WRITES, pages: Math.ceil(byName.length / 3) };
}

const WRITES: Attribute = {
  attribute: { AttributeKey: 'ReadOnly', AttributeValue: 'false' },
  scan: true,
};

/** Past this many names one pass over everything is cheaper than a pass per name. */
const NAMES = 20;

/**
 * LookupEvents takes one attribute. The most selective one that loses nothing is chosen: an event id, a
 * key, or event names. `ResourceName` and `Username` lose events (most events list no resource, and a
 * role's session is known by more than one name): they are asked too, so that something is found even
 * where the scan beside them is cut.
 */
export function attributesFor(search: Search): Attribute[] {
  const exact = (AttributeKey: LookupAttribute['AttributeKey'], values: string[]): Attribute[] =>
    values.map((AttributeValue) => ({ attribute: { AttributeKey, AttributeValue }, scan: false }));
  if (search.eventIds.length > 0) return exact('EventId', search.eventIds);
  if (search.accessKeyIds.length > 0) return exact('AccessKeyId', search.accessKeyIds);
  if (search.sparing && search.actors.length > 0) return exact('Username', search.actors);
  const names = search.eventNames.flatMap(spellings);
  if (names.length > 0 && names.length <= NAMES) return exact('EventName', names);
  const kind: LookupAttribute | null =
    search.readOnly === null
      ? null
      : { AttributeKey: 'ReadOnly', AttributeValue: String(search.readOnly) };
  return [
    ...exact('ResourceName', search.resources.slice(0, 5)),
    ...exact('Username', search.actors.slice(0, 5)),
    { attribute: kind, scan: true },
  ];
}

/** Lambda writes its API version into some names, which LookupEvents compares whole. */
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
