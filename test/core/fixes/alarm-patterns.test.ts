import {
  LONGEST_PATTERN,
  patternFor,
  samplesOf,
} from '../../../src/core/fixes/watching/patterns.ts';
import { filterPattern } from '../../../src/core/posture/alarms/filter-pattern.ts';
import { SENSITIVE_CALLS } from '../../../src/core/posture/alarms/sensitive-calls.ts';

const calls = SENSITIVE_CALLS.map(({ call }) => call);

test.each(calls)('the pattern for %s fits, is understood, and catches every sample', (call) => {
  const text = patternFor(call);
  expect(text.length).toBeLessThanOrEqual(LONGEST_PATTERN);
  const matches = filterPattern(text);
  const samples = samplesOf(call);
  expect(samples.length).toBeLessThanOrEqual(50);
  expect(samples.map((sample) => matches?.(JSON.parse(sample)))).toEqual(samples.map(() => true));
});

test('the pattern of a list of calls catches no other sensitive call', () => {
  const listed = calls.filter((call) => call.endsWith('-changes') || call === 'kms-key-loss');
  for (const call of listed)
    for (const other of calls.filter((one) => one !== call && one !== 'root-use')) {
      const caught = samplesOf(other).filter((sample) =>
        filterPattern(patternFor(call))?.(JSON.parse(sample)),
      );
      expect([call, other, caught]).toEqual([call, other, []]);
    }
});

test('an ordinary call raises none of them', () => {
  const event = {
    eventSource: 'ec2.amazonaws.com',
    eventName: 'DescribeInstances',
    eventType: 'AwsApiCall',
    userIdentity: { type: 'AssumedRole' },
  };
  expect(calls.filter((call) => filterPattern(patternFor(call))?.(event))).toEqual([]);
});
