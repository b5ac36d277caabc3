import fc from 'fast-check';
import { findingId, judge, type Subject, verdictOn } from '../../../src/core/posture/judge.ts';
import { Rule } from '../../../src/core/posture/rule.ts';
import type { Fact } from '../../../src/core/posture/vocabulary.ts';
import { READ_AT } from './sound.ts';

const DENIED: Fact = { unseen: { kind: 'denied', reason: 'AccessDenied', wouldNeed: 'the role' } };
const FAILED: Fact = { unseen: { kind: 'failed', reason: 'Throttling' } };
const NONE: Fact = { notApplicable: { en: 'no trail', ko: '트레일 없음' } };

function soundRule(differs: object = {}): Rule {
  return Rule.parse({
    id: 'sound-rule',
    title: { en: 'Title', ko: '제목' },
    wrong: { en: 'Wrong', ko: '틀림' },
    why: { en: 'Why', ko: '이유' },
    do: { en: 'Do', ko: '할 일' },
    severity: 'high',
    every: 'trail',
    must: { logFileValidation: true },
    detail: {
      pass: { en: 'good {trail}', ko: '좋음 {trail}' },
      fail: { en: 'bad {trail}', ko: '나쁨 {trail}' },
    },
    fix: { id: 'a-fix', class: 'A' },
    examples: [
      { case: 'on', given: {}, status: 'PASS' },
      { case: 'off', given: { logFileValidation: false }, status: 'FAIL' },
    ],
    ...differs,
  });
}

function subject(facts: Subject['facts'], fields = { trail: 'audit' }): Subject {
  return { subject: 'arn:x', owner: '1', covers: [], facts, fields, evidence: [] };
}

test('a fact that is as it must be passes, and offers no fix', () => {
  const finding = judge(soundRule(), subject({ logFileValidation: { seen: true } }), READ_AT);
  expect(finding).toMatchObject({ status: 'PASS', fix: null, detail: 'good audit' });
  expect(finding.ko).toEqual({ title: '제목', detail: '좋음 audit' });
});

test('a fact that is not as it must be fails, and offers the fix', () => {
  const finding = judge(soundRule(), subject({ logFileValidation: { seen: false } }), READ_AT);
  expect(finding).toMatchObject({ status: 'FAIL', fix: { id: 'a-fix' }, detail: 'bad audit' });
  expect(finding).toMatchObject({ title: 'Wrong', ko: { title: '틀림' } });
});

test('a refusal is NOT_VISIBLE and says what would see it', () => {
  const finding = judge(soundRule(), subject({ logFileValidation: DENIED }), READ_AT);
  expect(finding.status).toBe('NOT_VISIBLE');
  expect(finding.detail).toContain('AccessDenied');
  expect(finding.detail).toContain('the role');
});

test('what it would take is said in Korean too; what AWS answered stays as it is', () => {
  const unseen = {
    kind: 'denied' as const,
    reason: 'AccessDenied: no',
    wouldNeed: 'the role',
    ko: { wouldNeed: '그 역할' },
  };
  const finding = judge(soundRule(), subject({ logFileValidation: { unseen } }), READ_AT);
  expect(finding.detail).toBe('Could not be seen: AccessDenied: no. It takes the role.');
  expect(finding.ko?.detail).toBe('볼 수 없었습니다: AccessDenied: no. 필요한 것: 그 역할.');
});

test('where nothing is to be judged the reason is told in both languages', () => {
  const finding = judge(soundRule(), subject({ logFileValidation: NONE }), READ_AT);
  expect(finding).toMatchObject({
    status: 'NOT_APPLICABLE',
    detail: 'Nothing to judge: no trail.',
    ko: { detail: '판단할 것이 없습니다: 트레일 없음.' },
  });
});

test('a breakdown is ERROR', () => {
  const finding = judge(soundRule(), subject({ logFileValidation: FAILED }), READ_AT);
  expect(finding.status).toBe('ERROR');
});

test('what is seen to be wrong stands, whatever else could not be seen', () => {
  const rule = { must: { logFileValidation: true, logging: true } };
  const facts = { logFileValidation: DENIED, logging: { seen: false } };
  expect(verdictOn(rule, facts, READ_AT).status).toBe('FAIL');
});

test('whatever is not wholly seen never passes', () => {
  const fact = fc.constantFrom<Fact>({ seen: true }, { seen: false }, DENIED, FAILED, NONE);
  fc.assert(
    fc.property(fact, fact, (a, b) => {
      const rule = { must: { a: true, b: true } };
      const { status } = verdictOn(rule, { a, b }, READ_AT);
      const all = [a, b];
      const wrong = all.some((one) => 'seen' in one && one.seen === false);
      const right = all.every((one) => 'seen' in one && one.seen === true);
      expect(status === 'FAIL').toBe(wrong);
      expect(status === 'PASS').toBe(right);
    }),
  );
});

test('a rule that speaks of a fact that the subject lacks is a mistake of ours', () => {
  expect(() => verdictOn({ must: { ghost: true } }, {}, READ_AT)).toThrow('ghost');
});

test.each<[string, Rule['must'][string], Fact, string]>([
  ['one of several', { oneOf: ['a', 'b'] }, { seen: 'b' }, 'PASS'],
  ['none of several', { oneOf: ['a', 'b'] }, { seen: 'c' }, 'FAIL'],
  ['young enough', { within: '24h' }, { seen: '2026-11-21T10:00:00Z' }, 'PASS'],
  ['too old', { within: '24h' }, { seen: '2026-11-21T09:59:59Z' }, 'FAIL'],
  ['days', { within: '2d' }, { seen: '2026-11-21T09:59:59Z' }, 'PASS'],
  ['no instant at all', { within: '24h' }, { seen: 'yesterday' }, 'FAIL'],
  ['an empty list', [], { seen: [] }, 'PASS'],
  ['a list with something in it', [], { seen: ['x'] }, 'FAIL'],
  ['a text where a list must be', [], { seen: '' }, 'FAIL'],
])('%s', (_, expected, fact, status) => {
  expect(verdictOn({ must: { fact: expected } }, { fact }, READ_AT).status).toBe(status);
});

test('names from AWS are made harmless before they stand in a sentence', () => {
  const hostile = { trail: '\u202Eevil\u0000 {owner} ' };
  const { detail } = judge(
    soundRule(),
    subject({ logFileValidation: { seen: false } }, hostile),
    READ_AT,
  );
  expect(detail).toBe('bad \\u{202e}evil\\u{0} {owner} ');
});

test('our own words within the members of a list are said in both languages', () => {
  const rule = soundRule({
    every: 'account',
    must: { regionsNotRecording: [] },
    detail: {
      pass: { en: 'good', ko: '좋음' },
      fail: { en: '{regionsNotRecording}', ko: '{regionsNotRecording}' },
    },
    words: { stopped: { en: 'stopped', ko: '중지됨' }, write: { en: 'writes', ko: '쓰기' } },
    examples: [
      { case: 'on', given: {}, status: 'PASS' },
      { case: 'off', given: { regionsNotRecording: ['x'] }, status: 'FAIL' },
    ],
  });
  const seen = ['eu-west-1 (stopped)', 'write of iam.amazonaws.com', 'stopped-labs (1111)'];
  const finding = judge(rule, subject({ regionsNotRecording: { seen } }), READ_AT);
  expect(finding.detail).toBe(
    'eu-west-1 (stopped), writes (iam.amazonaws.com), stopped-labs (1111)',
  );
  expect(finding.ko?.detail).toBe(
    'eu-west-1 (중지됨), 쓰기 (iam.amazonaws.com), stopped-labs (1111)',
  );
});

test('a long list is cut, and the rest is counted', () => {
  const rule = soundRule({
    every: 'recording',
    must: { regionsWithoutTrail: [] },
    detail: {
      pass: { en: 'ok', ko: 'ok' },
      fail: { en: 'in {regionsWithoutTrail}', ko: '{regionsWithoutTrail}' },
    },
    examples: [
      { case: 'all', given: {}, status: 'PASS' },
      { case: 'one', given: { regionsWithoutTrail: ['x'] }, status: 'FAIL' },
    ],
  });
  const regions = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
  const { detail } = judge(rule, subject({ regionsWithoutTrail: { seen: regions } }), READ_AT);
  expect(detail).toBe('in a, b, c, d, e, f + 2');
});

test('the id of a finding depends on check and subject only', () => {
  expect(findingId('check', 'arn:x')).toMatch(/^[0-9a-f]{10}$/);
  expect(findingId('check', 'arn:x')).toBe(findingId('check', 'arn:x'));
  expect(findingId('check', 'arn:y')).not.toBe(findingId('check', 'arn:x'));
});

test('what creates a trail is not offered where there is one: a person mends that', () => {
  const fix = { id: 'create-it', class: 'C', ofTrail: 'mend-it' };
  const off = subject({ logFileValidation: { seen: false } });
  const of = (thing: string) => judge(soundRule({ fix }), { ...off, subject: thing }, READ_AT).fix;
  expect(of('o-bora12345')).toEqual({ id: 'create-it', class: 'C' });
  expect(of('arn:aws:cloudtrail:eu-west-1:111122223333:trail/audit')).toEqual({
    id: 'mend-it',
    class: 'X',
  });
});
