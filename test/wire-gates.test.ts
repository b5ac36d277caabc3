import { parseConfigFile } from '../src/config.ts';
import { NOBODY } from '../src/core/fixes/approvers.ts';
import type { FixPlan } from '../src/core/fixes/fix.ts';
import { openStore } from '../src/store/sqlite.ts';
import { gatesOf, stoppersOf } from '../src/wire-gates.ts';

const now = new Date('2026-12-24T12:00:00Z');
const plan = { fix: 'set-lifecycle', account: '111122223333', riskClass: 'C' } as FixPlan;

function gatesWhere(text: string) {
  const config = parseConfigFile(text, 'trailwarden.yml');
  const withoutTokens = { ...config, slack: { ...config.slack, tokens: null } };
  const store = openStore(':memory:');
  const unused = async () => {
    throw new Error('not asked for here');
  };
  return {
    store,
    gates: gatesOf(withoutTokens, store, unused, () => now),
    stoppers: stoppersOf(withoutTokens),
  };
}

test('without a word of the configuration nobody approves, nothing is frozen, five go in an hour', async () => {
  const { gates, stoppers } = gatesWhere('');
  expect(await gates.approversFor(plan)).toEqual({ seen: { group: NOBODY, needed: 2 } });
  expect(gates.freeze(plan)).toBeNull();
  expect(await gates.stopped()).toBeNull();
  expect(gates).toMatchObject({ perHour: 5, expireAfterMinutes: 60 });
  expect(stoppers).toBe(NOBODY);
});

test('one group of approvers is that of every class, unless a class has its own', async () => {
  const { gates, stoppers } = gatesWhere(
    "slack: { approvers: '@cloud' }\nfixes: { approvers: { C: security } }",
  );
  expect(await gates.approversFor({ ...plan, riskClass: 'B' })).toEqual({
    seen: { group: '@cloud', needed: 1 },
  });
  expect(await gates.approversFor(plan)).toEqual({ seen: { group: '@security', needed: 2 } });
  expect(stoppers).toBe('@security');
});

test('fixes that the configuration switches off stay off, whatever was said at run time', async () => {
  const { gates, store } = gatesWhere('fixes: { enabled: false }');
  const off = { by: { name: 'the configuration' }, reason: 'fixes.enabled is false' };
  expect(await gates.stopped()).toMatchObject(off);
  await store.putSetting('fixes-stopped', 'null');
  expect(await gates.stopped()).toMatchObject(off);
});

test('a freeze of the configuration holds by the clock of the bot', () => {
  const { gates } = gatesWhere(
    'fixes: { freezes: [{ from: 2026-12-20T00:00:00Z, to: 2027-01-04T00:00:00Z, reason: year end }] }',
  );
  expect(gates.freeze(plan)).toEqual({ reason: 'year end', until: '2027-01-04T00:00:00.000Z' });
});
