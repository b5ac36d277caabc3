import fc from 'fast-check';
import {
  dataEventsOf,
  objectEventsOf,
  withoutDeliveries,
} from '../../../../src/core/fixes/trails/data-selectors.ts';
import { losesNothing } from '../../../../src/core/fixes/trails/merge-selectors.ts';
import {
  type AdvancedSelector,
  meaningOf,
} from '../../../../src/core/fixes/trails/selector-set.ts';
import { records } from '../../../../src/core/posture/recorded/selectors.ts';
import { advancedSelector, event } from './random-selectors.ts';

const MANY = { numRuns: 600 };
const LOGS = 'arn:aws:s3:::logs';
const recordsIt = (advanced: AdvancedSelector[], one: Parameters<typeof records>[1]) =>
  records(meaningOf({ advanced }), one);
const broad = (conditions: AdvancedSelector['FieldSelectors'] = []): AdvancedSelector => ({
  FieldSelectors: [
    { Field: 'eventCategory', Equals: ['Data'] },
    { Field: 'resources.type', Equals: ['AWS::S3::Object'] },
    ...conditions,
  ],
});
const put = (arn: string, eventName = 'PutObject') => ({
  eventCategory: 'Data',
  'resources.type': 'AWS::S3::Object',
  'resources.ARN': arn,
  readOnly: String(eventName === 'GetObject'),
  eventSource: 's3.amazonaws.com',
  eventName,
});

test('only writes of deliveries into the log bucket are not recorded any more, whatever the selectors', () => {
  const list = fc.array(advancedSelector, { minLength: 1, maxLength: 3 });
  fc.assert(
    fc.property(list, event, (before, one) => {
      const after = withoutDeliveries(before, [LOGS]);
      if (!after) throw new Error('no selector here chooses by an ending');
      const delivery =
        one.eventName === 'PutObject' && one['resources.ARN']?.startsWith(`${LOGS}/`) === true;
      if (!delivery) expect(recordsIt(after, one)).toBe(recordsIt(before, one));
      if (recordsIt(after, one)) expect(recordsIt(before, one)).toBe(true);
    }),
    MANY,
  );
});

test('of all buckets the log bucket is left out; who deletes a log file stays recorded', () => {
  const after = withoutDeliveries([broad()], [LOGS]) ?? [];
  expect(recordsIt(after, put(`${LOGS}/AWSLogs/1.gz`))).toBe(false);
  expect(recordsIt(after, put(`${LOGS}/AWSLogs/1.gz`, 'DeleteObject'))).toBe(true);
  expect(recordsIt(after, put(`${LOGS}/AWSLogs/1.gz`, 'GetObject'))).toBe(true);
  expect(recordsIt(after, put('arn:aws:s3:::logs-of-access/1'))).toBe(true);
});

test('who names the log bucket means it', () => {
  const named = broad([
    { Field: 'resources.ARN', StartsWith: ['arn:aws:s3:::log', `${LOGS}/important/`] },
  ]);
  const after = withoutDeliveries([named], [LOGS]) ?? [];
  expect(recordsIt(after, put(`${LOGS}/important/1`))).toBe(true);
  expect(recordsIt(after, put(`${LOGS}/AWSLogs/1`))).toBe(false);
  const only = broad([{ Field: 'resources.ARN', StartsWith: [`${LOGS}/`] }]);
  expect(withoutDeliveries([only], [LOGS])).toEqual([only]);
});

test('a selector that chooses by endings is left to people', () => {
  const ending = broad([{ Field: 'resources.ARN', EndsWith: ['.gz'] }]);
  expect(withoutDeliveries([ending], [LOGS])).toBeUndefined();
});

test('a selector of PutObject alone has nothing left to say of the log bucket', () => {
  const after = withoutDeliveries([broad([{ Field: 'eventName', Equals: ['PutObject'] }])], [LOGS]);
  expect(after).toHaveLength(1);
});

test('a bucket is recorded by its name, a type with all but the log buckets', () => {
  const cards = 'arn:aws:s3:::cards';
  const writes = objectEventsOf(cards, 'write');
  expect(recordsIt([writes], put(`${cards}/1`))).toBe(true);
  expect(recordsIt([writes], put(`${cards}/1`, 'GetObject'))).toBe(false);
  expect(recordsIt([writes], put('arn:aws:s3:::cards-of-others/1'))).toBe(false);
  const all = objectEventsOf(cards, 'read-write');
  expect(recordsIt([all], put(`${cards}/1`, 'GetObject'))).toBe(true);
  expect(losesNothing({ advanced: [writes] }, { advanced: [all] })).toBe(true);
  const type = dataEventsOf('AWS::S3::Object', [LOGS]);
  expect(recordsIt([type], put(`${LOGS}/1`))).toBe(false);
  expect(recordsIt([type], put(`${cards}/1`))).toBe(true);
  expect(dataEventsOf('AWS::Lambda::Function', [LOGS]).FieldSelectors).toHaveLength(2);
});
