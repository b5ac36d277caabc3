import fc from 'fast-check';
import type { FixPlan, PartEnd } from '../../../src/core/fixes/fix.ts';
import { groupEnding, groupPlan, wayBackOf } from '../../../src/core/fixes/group.ts';
import type { Ending } from '../../../src/core/fixes/outcome.ts';
import { planLogFileValidation } from '../../../src/core/fixes/plan.ts';
import { lockOf } from '../../../src/core/fixes/state.ts';
import { hashOf } from '../../../src/core/hash.ts';
import { openFinding } from '../../jobs/fix-world.ts';

const part = (account: string): FixPlan => {
  const subject = `arn:aws:cloudtrail:eu-west-1:${account}:trail/own`;
  const state = { LogFileValidationEnabled: false, S3BucketName: `logs-${account}` };
  const plan = planLogFileValidation(openFinding({ id: `f-${account}`, subject }), state);
  if (!plan) throw new Error('the state is sound already');
  return plan;
};
const [one, two, three] = [part('111111111111'), part('222222222222'), part('333333333333')];
const all = groupPlan([one, two, three]);

test('a plan over several says of every call where it is made, and keeps the order of its parts', () => {
  expect(all.calls.map(({ at }) => at?.account)).toEqual([
    '111111111111',
    '222222222222',
    '333333333333',
  ]);
  expect(all.wayBack.map(({ at }) => at?.account)).toEqual([
    '333333333333',
    '222222222222',
    '111111111111',
  ]);
  expect(all).toMatchObject({
    account: '111111111111',
    finding: 'f-111111111111',
    blast: { accounts: ['111111111111', '222222222222', '333333333333'] },
  });
  expect(all.before).toEqual({
    [lockOf(one)]: one.before,
    [lockOf(two)]: two.before,
    [lockOf(three)]: three.before,
  });
  expect(hashOf(groupPlan([one, two, three]))).toBe(hashOf(all));
  expect(hashOf(groupPlan([two, one, three]))).not.toBe(hashOf(all));
});

test('its class is the gravest of its parts, and its cost is told only where all of it is known', () => {
  const cost = { monthly: 3, unitPrice: '', assumptions: [] };
  const priced = { ...two, riskClass: 'B' as const, cost };
  expect(groupPlan([one, priced]).riskClass).toBe('B');
  expect(groupPlan([one, priced]).cost).toMatchObject({ monthly: null });
  expect(groupPlan([{ ...one, cost }, priced]).cost).toMatchObject({ monthly: 6 });
  expect(groupPlan([one, two])).not.toHaveProperty('cost');
});

test('one thing is no group', () => {
  expect(() => groupPlan([one])).toThrow('needs several');
});

test('the way back takes back what is still in place, the last one first', () => {
  const sound = {
    [lockOf(one)]: one.after,
    [lockOf(two)]: two.before,
    [lockOf(three)]: three.after,
  };
  const back = wayBackOf(all, sound);
  expect(back?.parts?.map(lockOf)).toEqual([lockOf(three), lockOf(one)]);
  expect(back).toMatchObject({ direction: 'back', riskClass: 'C' });
  const single = wayBackOf(all, { ...sound, [lockOf(three)]: three.before });
  expect(single).toMatchObject({ account: '111111111111', direction: 'back' });
  expect(single).not.toHaveProperty('parts');
  expect(wayBackOf(all, all.before)).toBeUndefined();
});

const applied: Ending = {
  to: 'applied',
  outcome: {
    kind: 'applied',
    verified: { LogFileValidationEnabled: true },
    requestIds: ['r'],
    recovered: false,
  },
};
const failed = (changed: 'nothing' | 'unknown' | 'applied-unverified' | 'partly'): Ending => ({
  to: 'failed',
  outcome: { kind: 'failed', reason: 'AccessDenied', changed },
});
const stale: Ending = { to: 'failed', outcome: { kind: 'stale', found: {} } };
const unseen: Ending = { to: 'failed', outcome: { kind: 'not-visible', reason: 'denied' } };

// Every way in which parts can end, told for all of them together.
test.each<[string, Ending[], string, PartEnd['became'][]]>([
  ['all applied', [applied, applied, applied], 'applied', ['applied', 'applied', 'applied']],
  ['the canary refused', [failed('nothing')], 'nothing', ['failed', 'not-begun', 'not-begun']],
  ['the canary unknown', [failed('unknown')], 'unknown', ['unknown', 'not-begun', 'not-begun']],
  [
    'the canary unverified',
    [failed('applied-unverified')],
    'applied-unverified',
    ['unknown', 'not-begun', 'not-begun'],
  ],
  [
    'the second refused',
    [applied, failed('nothing')],
    'partly',
    ['applied', 'failed', 'not-begun'],
  ],
  [
    'the second unknown',
    [applied, failed('unknown')],
    'unknown',
    ['applied', 'unknown', 'not-begun'],
  ],
  ['the second stale', [applied, stale], 'partly', ['applied', 'stale', 'not-begun']],
  ['the second unseen', [applied, unseen], 'partly', ['applied', 'failed', 'not-begun']],
  ['a worker gone behind the first', [applied], 'partly', ['applied', 'not-begun', 'not-begun']],
])('%s: %#', (_, ends, told, became) => {
  const { to, outcome } = groupEnding(all, ends);
  expect(outcome.kind === 'failed' ? outcome.changed : outcome.kind).toBe(told);
  expect(to).toBe(told === 'applied' ? 'applied' : 'failed');
  const parts = 'parts' in outcome ? outcome.parts : [];
  expect(parts?.map((each) => each.became)).toEqual(became);
});

test('no end of parts is ever called "nothing" where one of them was applied', () => {
  const end = fc.constantFrom(applied, stale, unseen, failed('nothing'), failed('unknown'));
  fc.assert(
    fc.property(fc.array(end, { minLength: 1, maxLength: 3 }), (ends) => {
      const { to, outcome } = groupEnding(all, ends);
      const some = ends.includes(applied);
      if (outcome.kind === 'failed' && some) expect(outcome.changed).not.toBe('nothing');
      expect(to === 'applied').toBe(ends.length === 3 && ends.every((each) => each === applied));
    }),
  );
});

test('of one thing the end is its own', () => {
  expect(groupEnding(one, [stale])).toBe(stale);
});
