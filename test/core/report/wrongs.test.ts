import type { Finding } from '../../../src/core/posture/finding.ts';
import { mendable, wrongsIn } from '../../../src/core/report/wrongs.ts';
import { aFinding } from '../../slack/samples.ts';

const TRAIL = 'arn:aws:cloudtrail:eu-west-1:141414141414:trail/labs-legacy';
const accepted = { reason: 'audit wants it', owner: 'payments', expires: '2026-12-31' };

const of = (check: string, differs: Partial<Finding> = {}) =>
  aFinding({ id: check, check, subject: TRAIL, owner: '141414141414', ...differs });

test('one thing is told once, with all that it fails, worst first', () => {
  const { toMend } = wrongsIn([
    of('trail-tags', { severity: 'low' }),
    of('trail-kms-encryption', { severity: 'medium' }),
    of('trail-logging', {
      severity: 'critical',
      subject: 'arn:aws:cloudtrail:us-east-1:1:trail/b',
    }),
    of('trail-delivery', { severity: 'high', subject: `${TRAIL}#s3` }),
  ]);
  expect(
    toMend.map(([{ subject, findings }]) => [subject, findings.map(({ check }) => check)]),
  ).toEqual([
    ['arn:aws:cloudtrail:us-east-1:1:trail/b', ['trail-logging']],
    [TRAIL, ['trail-delivery', 'trail-kms-encryption', 'trail-tags']],
  ]);
});

test('what passes, or could not be seen, is not wrong', () => {
  const { toMend, accepted: none } = wrongsIn([
    of('a', { status: 'PASS' }),
    of('b', { status: 'NOT_VISIBLE' }),
    of('c', { status: 'NOT_APPLICABLE' }),
    of('d', { status: 'ERROR' }),
  ]);
  expect([toMend, none]).toEqual([[], []]);
});

test('an accepted fault waits for nobody and stands apart; an expired one is to be mended again', () => {
  const found = wrongsIn([
    of('trail-duplicates', { exception: { ...accepted, expired: false } }),
    of('trail-tags', { exception: { ...accepted, expired: true } }),
  ]);
  expect(found.toMend[0]?.[0].findings.map(({ check }) => check)).toEqual(['trail-tags']);
  expect(found.accepted[0]?.[0].findings.map(({ check }) => check)).toEqual(['trail-duplicates']);
});

test('hundreds of accounts with the same faults are one line, four are four', () => {
  const recorders = (count: number) =>
    Array.from({ length: count }, (_, at) => {
      const account = String(100000000000 + at);
      return of('config-recorder', { id: account, subject: account, owner: account });
    });
  expect(wrongsIn(recorders(4)).toMend).toHaveLength(4);
  const [alike, ...others] = wrongsIn([...recorders(812), of('trail-tags')]).toMend;
  expect(alike).toHaveLength(812);
  expect(others).toHaveLength(1);
});

test('a fix is offered only where one exists, may run, and nobody accepted the state', () => {
  expect(mendable(of('a'))).toBe(true);
  expect(mendable(of('a', { fix: null }))).toBe(false);
  expect(mendable(of('a', { fix: { id: 'explain', class: 'X' } }))).toBe(false);
  expect(mendable(of('a', { exception: { ...accepted, expired: false } }))).toBe(false);
  expect(mendable(of('a', { exception: { ...accepted, expired: true } }))).toBe(true);
});
