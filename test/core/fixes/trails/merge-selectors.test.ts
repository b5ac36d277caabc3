import fc from 'fast-check';
import {
  asAdvancedSet,
  costlyLeftOut,
  losesNothing,
  recordsManagement,
  recordsTheSame,
  withManagement,
} from '../../../../src/core/fixes/trails/merge-selectors.ts';
import {
  meaningOf,
  putSelectors,
  type SelectorSet,
  selectorState,
  selectorsIn,
} from '../../../../src/core/fixes/trails/selector-set.ts';
import { records } from '../../../../src/core/posture/recorded/selectors.ts';
import { basicSelector, event, selectorSet } from './random-selectors.ts';

const MANY = { numRuns: 400 };
const recordsIt = (set: SelectorSet, one: Parameters<typeof records>[1]) =>
  records(meaningOf(set), one);

test('basic selectors told as advanced ones record the same events, one by one and all together', () => {
  fc.assert(
    fc.property(fc.array(basicSelector, { minLength: 1, maxLength: 3 }), event, (basic, one) => {
      const advanced = asAdvancedSet({ basic });
      fc.pre(advanced.length > 0);
      expect(recordsIt({ advanced }, one)).toBe(recordsIt({ basic }, one));
      expect(recordsTheSame({ basic }, { advanced })).toBe(true);
    }),
    MANY,
  );
});

test('with management events nothing is lost, all of them are there, and no data event is new', () => {
  fc.assert(
    fc.property(selectorSet, event, (before, one) => {
      const after = withManagement(before);
      expect(losesNothing(before, after)).toBe(true);
      expect(recordsManagement(after)).toBe(true);
      expect('basic' in after).toBe('basic' in before);
      if (recordsIt(before, one)) expect(recordsIt(after, one)).toBe(true);
      if (one.eventCategory === 'Data') expect(recordsIt(after, one)).toBe(recordsIt(before, one));
      else if (!costlyLeftOut(before).includes(one.eventSource ?? ''))
        expect(recordsIt(after, one)).toBe(true);
    }),
    MANY,
  );
});

test('what a trail would lose is seen, by any single event', () => {
  fc.assert(
    fc.property(selectorSet, selectorSet, event, (before, after, one) => {
      if (recordsIt(before, one) && !recordsIt(after, one))
        expect(losesNothing(before, after)).toBe(false);
    }),
    MANY,
  );
});

test('a source that is left out for its number stays out, any other comes in', () => {
  const without = (source: string): SelectorSet => ({
    advanced: [
      {
        Name: 'Ours',
        FieldSelectors: [
          { Field: 'eventCategory', Equals: ['Management'] },
          { Field: 'eventSource', NotEquals: [source] },
        ],
      },
    ],
  });
  expect(recordsManagement(without('kms.amazonaws.com'))).toBe(true);
  expect(recordsManagement(without('iam.amazonaws.com'))).toBe(false);
  expect(withManagement(without('iam.amazonaws.com'))).toEqual({
    advanced: [
      {
        Name: 'Management events',
        FieldSelectors: [{ Field: 'eventCategory', Equals: ['Management'] }],
      },
    ],
  });
});

test('a selector of reads with its data events keeps them as they are', () => {
  const data = [{ Type: 'AWS::S3::Object', Values: ['arn:aws:s3:::cards/'] }];
  const before: SelectorSet = {
    basic: [{ ReadWriteType: 'ReadOnly', IncludeManagementEvents: true, DataResources: data }],
  };
  expect(withManagement(before)).toEqual({
    basic: [
      {
        ReadWriteType: 'All',
        IncludeManagementEvents: true,
        DataResources: [],
        ExcludeManagementEventSources: [],
      },
      {
        ReadWriteType: 'ReadOnly',
        IncludeManagementEvents: false,
        DataResources: data,
        ExcludeManagementEventSources: [],
      },
    ],
  });
});

test('selectors come out of a state as they went in, and are put whole', () => {
  fc.assert(
    fc.property(selectorSet, (set) => {
      const state = JSON.parse(JSON.stringify(selectorState(set)));
      expect(selectorsIn(state)).toEqual(JSON.parse(JSON.stringify(set)));
      const { parameters } = putSelectors('arn', set);
      expect(Object.keys(parameters)).toHaveLength(2);
      expect(Object.values(parameters).flat().length).toBeGreaterThan(1);
    }),
    MANY,
  );
});
