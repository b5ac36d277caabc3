import { configWord } from '../../../src/core/posture/config-word.ts';
import type { ConfigVerdict, ConfigWord, PostureFacts } from '../../../src/core/posture/facts.ts';
import type { Status } from '../../../src/core/posture/finding.ts';
import { known } from '../../../src/core/posture/known.ts';
import { subjectsOf } from '../../../src/core/posture/subjects/index.ts';
import { postureRules } from '../../../src/policies.ts';
import { denied, MANAGEMENT, seen, soundAccount, soundFacts } from './sound.ts';

const RULE = 'CLOUD_TRAIL_LOG_FILE_VALIDATION_ENABLED';

function wordOn(rules: ConfigWord['rules'], status: Status, differs: Partial<PostureFacts> = {}) {
  const config = [{ account: MANAGEMENT, region: 'us-east-1', rules }];
  const facts = known(soundFacts({ config, ...differs }));
  const rule = postureRules().find(({ id }) => id === 'trail-log-file-validation');
  const [subject] = subjectsOf('trail', facts, { logArchiveAccount: null, sensitiveBuckets: [] });
  if (!rule || !subject) throw new Error('the rule and its trail are there');
  return configWord(rule, subject, status, facts);
}

function says(compliance: ConfigVerdict['compliance'], resource = 'org-trail') {
  return seen({ [RULE]: seen([{ resource, compliance, at: '2026-11-22T06:00:00Z' }]) });
}

test('Config agrees with the live reading', () => {
  expect(wordOn(says('COMPLIANT'), 'PASS')).toEqual({
    agrees: true,
    detail: `Rule ${RULE} in ${MANAGEMENT}/us-east-1 said COMPLIANT at 2026-11-22T06:00:00Z`,
    ko: `${MANAGEMENT}/us-east-1의 규칙 ${RULE} 판정: 규정 준수(COMPLIANT), 2026-11-22T06:00:00Z`,
  });
  expect(wordOn(says('NON_COMPLIANT'), 'FAIL')?.agrees).toBe(true);
});

test('Config disagrees, and the live reading counts', () => {
  const word = wordOn(says('COMPLIANT'), 'FAIL');
  expect(word?.agrees).toBe(false);
  expect(word?.detail).toContain('otherwise and counts');
  expect(word?.ko).toContain('직접 읽은 값을 따릅니다');
});

test('a recorder that is stopped is named as the reason', () => {
  const recorders = seen([{ region: 'us-east-1', state: seen('stopped' as const) }]);
  const accounts = [soundAccount({ id: MANAGEMENT, recorders })];
  expect(wordOn(says('COMPLIANT'), 'FAIL', { accounts })?.detail).toContain(
    'recorder there is stopped',
  );
});

test.each<[string, ConfigWord['rules'], string]>([
  ['insufficient data', says('INSUFFICIENT_DATA'), 'INSUFFICIENT_DATA'],
  ['a verdict on another trail', says('COMPLIANT', 'other'), 'no verdict on it'],
  ['an absent rule', seen({}), 'No Config rule'],
  ['a refusal', denied('AccessDenied: config'), 'AccessDenied: config'],
  ['a refusal of the verdicts', seen({ [RULE]: denied('AccessDenied: details') }), 'details'],
])('%s is neither agreement nor disagreement', (_, rules, reason) => {
  const word = wordOn(rules, 'PASS');
  expect(word?.agrees).toBeNull();
  expect(word?.detail).toContain(reason);
});

test('a verdict without a live reading is told, not compared', () => {
  expect(wordOn(says('COMPLIANT'), 'NOT_VISIBLE')).toMatchObject({
    agrees: null,
    detail: expect.stringContaining('no live reading'),
  });
});

test('a place that was not asked says so', () => {
  const word = wordOn(says('COMPLIANT'), 'PASS', { config: [] });
  expect(word).toMatchObject({ agrees: null, detail: expect.stringContaining('not asked') });
});
