import { filterPattern } from '../../../../src/core/posture/alarms/filter-pattern.ts';
import { SENSITIVE_CALLS } from '../../../../src/core/posture/alarms/sensitive-calls.ts';
import { CALLS, CIS_FILTERS } from './cis-filters.ts';

test('they are the fifteen of CIS', () => {
  expect(CALLS).toHaveLength(15);
  expect(new Set(CALLS)).toEqual(new Set(Object.keys(CIS_FILTERS)));
});

test.each(SENSITIVE_CALLS.map(({ call, events }) => [call, events] as const))(
  'CT-30: the filter that CIS prints for %s matches every event of it',
  (call, events) => {
    const pattern = filterPattern(CIS_FILTERS[call] ?? '');
    expect(events.length).toBeGreaterThan(0);
    expect(events.filter((event) => pattern?.(event) !== true)).toEqual([]);
  },
);

test.each(CALLS)('CT-30: no other filter of CIS is enough for %s', (call) => {
  const { events = [] } = SENSITIVE_CALLS.find((one) => one.call === call) ?? {};
  for (const [other, text] of Object.entries(CIS_FILTERS)) {
    if (other === call) continue;
    const pattern = filterPattern(text);
    expect({ other, enough: events.every((event) => pattern?.(event) === true) }).toEqual({
      other,
      enough: false,
    });
  }
});
