import { type Scan, type Status, severityRank } from '../../../src/core/posture/finding.ts';
import type { Rule } from '../../../src/core/posture/rule.ts';
import { exitCodeOf, findingsOf, ledger, totalsOf } from '../../../src/core/posture/scan.ts';
import { frameworks, postureRules } from '../../../src/policies.ts';
import {
  denied,
  MANAGEMENT,
  SHOP,
  seen,
  soundAccount,
  soundFacts,
  soundSettings,
  soundTrail,
} from './sound.ts';

const SETTINGS = soundSettings();

function rule(id: string): Rule {
  const found = postureRules().find((one) => one.id === id);
  if (!found) throw new Error(`there is no rule ${id}`);
  return found;
}

test('a sound organization has nothing that fails and nothing unseen', () => {
  const { PASS, NOT_APPLICABLE, ...rest } = totalsOf(
    findingsOf(postureRules(), soundFacts(), SETTINGS, frameworks()),
  );
  expect(PASS).toBeGreaterThan(5);
  expect(NOT_APPLICABLE).toBeGreaterThan(0); // no sensitive bucket is configured
  expect(rest).toEqual({ FAIL: 0, NOT_VISIBLE: 0, ERROR: 0 });
});

test('no subject at all is not applicable, where everybody was seen', () => {
  const facts = soundFacts({ accounts: [soundAccount({ trails: seen([]) })], trails: [] });
  const [finding] = findingsOf([rule('trail-log-file-validation')], facts, SETTINGS, frameworks());
  expect(finding).toMatchObject({ status: 'NOT_APPLICABLE', subject: 'o-sound' });
});

test('no subject at all is not visible, where somebody was not', () => {
  const accounts = [soundAccount({ trails: seen([]) }), soundAccount({ trails: denied() })];
  const facts = soundFacts({ accounts, trails: [] });
  const [finding] = findingsOf([rule('trail-log-file-validation')], facts, SETTINGS, frameworks());
  expect(finding).toMatchObject({ status: 'NOT_VISIBLE', owner: MANAGEMENT });
});

test('CT-21: where nobody calls a bucket sensitive, nothing is hidden by an account that is dark', () => {
  const accounts = [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: denied() })];
  const facts = soundFacts({ accounts });
  const [finding, ...more] = findingsOf([rule('data-events-s3')], facts, SETTINGS, frameworks());
  expect(more).toEqual([]);
  expect(finding).toMatchObject({
    status: 'NOT_APPLICABLE',
    owner: MANAGEMENT,
    detail: expect.stringContaining('posture.sensitiveBuckets'),
  });
});

test('the worst comes first', () => {
  const facts = soundFacts({
    accounts: [soundAccount({ id: MANAGEMENT }), soundAccount({ trails: seen([]) })],
    trails: [soundTrail({}, { logFileValidation: false })],
  });
  const failing = findingsOf(postureRules(), facts, SETTINGS, frameworks())
    .filter(({ status }) => status === 'FAIL')
    .map(({ severity }) => severityRank(severity));
  expect(failing[0]).toBe(severityRank('critical'));
  expect(failing).toEqual([...failing].sort((a, b) => a - b));
});

test('an account of which something was seen is visible; one of which nothing was is not', () => {
  const facts = soundFacts({
    accounts: [
      soundAccount({ recorders: denied() }),
      soundAccount({ trails: denied('no role'), regions: denied(), recorders: denied() }),
    ],
  });
  expect(ledger(facts)).toEqual([
    { id: SHOP, name: 'shop', ou: 'Workloads', visible: true, reason: null },
    { id: SHOP, name: 'shop', ou: 'Workloads', visible: false, reason: 'no role' },
  ]);
});

describe('the exit code', () => {
  const account = { id: '1', name: '', ou: '', visible: true, reason: null };
  const dark = { ...account, visible: false };

  function scanWith(totals: Partial<Record<Status, number>>, accounts = 1): Scan {
    return {
      totals: { ...totalsOf([]), ...totals },
      excepted: 0,
      accounts: Array.from({ length: accounts }, () => account),
    } as Scan;
  }

  test.each<[string, Scan, number]>([
    ['everything is sound', scanWith({ PASS: 3, NOT_APPLICABLE: 1 }), 0],
    ['something fails', scanWith({ PASS: 3, FAIL: 1 }), 1],
    ['all that fails is accepted', { ...scanWith({ PASS: 3, FAIL: 2 }), excepted: 2 }, 0],
    ['more fails than is accepted', { ...scanWith({ FAIL: 3 }), excepted: 2 }, 1],
    [
      'something is accepted, something unseen',
      { ...scanWith({ FAIL: 1, ERROR: 1 }), excepted: 1 },
      3,
    ],
    ['something is not visible', scanWith({ PASS: 3, NOT_VISIBLE: 1 }), 3],
    ['something fails and something could not be read', scanWith({ FAIL: 1, ERROR: 1 }), 3],
    ['no account matched', scanWith({}, 0), 3],
    ['an account was asked for that is none', { ...scanWith({ PASS: 3 }), accounts: [dark] }, 3],
    [
      'an account is closed',
      { ...scanWith({ PASS: 3 }), accounts: [account, { ...dark, closed: true }] },
      0,
    ],
  ])('%s', (_, scan, code) => {
    expect(exitCodeOf(scan)).toBe(code);
  });
});
