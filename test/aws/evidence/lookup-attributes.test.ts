import { attributesFor } from '../../../src/aws/evidence/lookup-attributes.ts';
import type { Search } from '../../../src/core/evidence/source.ts';

const ANYTHING: Search = {
  from: '2026-11-01T00:00:00Z',
  to: '2026-12-01T00:00:00Z',
  accounts: 'all',
  regions: 'all',
  resources: [],
  eventNames: [],
  accessKeyIds: [],
  eventIds: [],
  actors: [],
  addresses: [],
  sharedEventIds: [],
  readOnly: null,
};

/** `Key=Value` of each lookup, `*` for everything, with a `!` where everything is read. */
function lookups(search: Partial<Search>): string[] {
  return attributesFor({ ...ANYTHING, ...search }).map(
    ({ attribute, scan }) =>
      (attribute ? `${attribute.AttributeKey}=${attribute.AttributeValue}` : '*') +
      (scan ? '!' : ''),
  );
}

test.each<[string, Partial<Search>, string[]]>([
  ['an event id before all', { eventIds: ['e1'], eventNames: ['X'] }, ['EventId=e1']],
  ['a key', { accessKeyIds: ['AKIA1'], resources: ['r'] }, ['AccessKeyId=AKIA1']],
  [
    'event names, one lookup each',
    { eventNames: ['A', 'B'], resources: ['r'] },
    ['EventName=A', 'EventName=B'],
  ],
  [
    'names of which some records have a version',
    { eventNames: ['DeleteFunction'] },
    ['EventName=DeleteFunction', 'EventName=DeleteFunction20150331'],
  ],
  [
    'a resource alone, which no attribute finds surely',
    { resources: ['r'] },
    ['ResourceName=r', '*!'],
  ],
  [
    'a person among writes',
    { actors: ['bob'], readOnly: false },
    ['Username=bob', 'ReadOnly=false!'],
  ],
  ['nothing', {}, ['*!']],
  ['more names than lookups are worth', { eventNames: Array(40).fill('A') }, ['*!']],
])('looks up by %s', (_, search, expected) => {
  expect(lookups(search)).toEqual(expected);
});
