import fc from 'fast-check';
import { composeDigest, exitCodeOf, hasNews } from '../../../src/core/digest/compose.ts';
import { compareScans } from '../../../src/core/posture/compare.ts';
import { isAccepted } from '../../../src/core/posture/exceptions.ts';
import type { Finding, Scan, Status } from '../../../src/core/posture/finding.ts';
import { totalsOf } from '../../../src/core/posture/scan.ts';

function finding(id: string, status: Status, owner = '1'): Finding {
  return {
    id,
    check: 'check',
    status,
    severity: 'high',
    subject: `arn:${id}`,
    owner,
    covers: [],
    title: 'title',
    detail: 'detail',
    evidence: [],
    config: null,
    fix: { id: 'fix', class: 'A' },
    controls: {},
    exception: null,
  };
}

function scan(findings: Finding[], visible = true): Scan {
  return {
    schemaVersion: 1,
    organization: 'o',
    scannedAt: '2026-11-22T10:00:00Z',
    durationMs: 0,
    apiCalls: 0,
    accounts: [{ id: '1', name: '', ou: '', visible, reason: null }],
    findings,
    coverage: [],
    totals: totalsOf(findings),
    excepted: findings.filter(isAccepted).length,
  };
}

test.each<[Status | 'absent', Status, string]>([
  ['absent', 'FAIL', 'new'],
  ['PASS', 'FAIL', 'regressed'],
  ['FAIL', 'FAIL', 'stillOpen'],
  ['NOT_VISIBLE', 'FAIL', 'new'],
  ['FAIL', 'PASS', 'fixed'],
  ['FAIL', 'NOT_APPLICABLE', 'notVisible'],
  ['FAIL', 'NOT_VISIBLE', 'notVisible'],
  ['FAIL', 'ERROR', 'notVisible'],
  ['PASS', 'NOT_VISIBLE', 'notVisible'],
])('%s, then %s: %s', (before, after, expected) => {
  const previous = scan(before === 'absent' ? [] : [finding('a', before)]);
  const changes = compareScans(previous, scan([finding('a', after)]));
  for (const [kind, findings] of Object.entries(changes))
    expect([kind, findings.length]).toEqual([kind, kind === expected ? 1 : 0]);
});

describe('accepted faults', () => {
  const accepted = (expired = false): Finding => ({
    ...finding('a', 'FAIL'),
    exception: { reason: 'r', owner: 'o', expires: '2026-11-21', expired },
  });

  test.each<[string, Finding | null, Finding, string]>([
    ['new and accepted', null, accepted(), 'accepted'],
    ['sound, then broken and accepted', finding('a', 'PASS'), accepted(), 'accepted'],
    ['open, then accepted', finding('a', 'FAIL'), accepted(), 'accepted'],
    ['accepted, then still', accepted(), accepted(), 'accepted'],
    ['accepted, then expired: that is news', accepted(), accepted(true), 'noLongerAccepted'],
    [
      'accepted, then taken back: that is news',
      accepted(),
      finding('a', 'FAIL'),
      'noLongerAccepted',
    ],
    ['expired, then still so: told once', accepted(true), accepted(true), 'stillOpen'],
    ['expired when it is first seen', null, accepted(true), 'new'],
    ['accepted, then mended', accepted(), finding('a', 'PASS'), 'fixed'],
    ['accepted, then dark', accepted(), finding('a', 'NOT_VISIBLE'), 'notVisible'],
  ])('%s', (_, was, is, expected) => {
    const changes = compareScans(scan(was ? [was] : []), scan([is]));
    for (const [kind, findings] of Object.entries(changes))
      expect([kind, findings.length]).toEqual([kind, kind === expected ? 1 : 0]);
  });

  test('a digest whose only news is an expired exception is no quiet one, and does not pass', () => {
    const digest = composeDigest(scan([accepted()]), scan([accepted(true)]));
    expect([hasNews(digest), exitCodeOf(digest)]).toEqual([true, 1]);
  });

  test('a digest of accepted faults alone is quiet and passes, and still lists them', () => {
    const digest = composeDigest(scan([accepted()]), scan([accepted()]));
    expect([hasNews(digest), exitCodeOf(digest), digest.accepted.length]).toEqual([false, 0, 1]);
  });
});

test('what is sound and stays sound is no change', () => {
  const changes = compareScans(scan([finding('a', 'PASS')]), scan([finding('a', 'PASS')]));
  expect(Object.values(changes).flat()).toEqual([]);
});

test('before the first scan everything open is new', () => {
  expect(compareScans(undefined, scan([finding('a', 'FAIL')])).new).toHaveLength(1);
});

test('a fault whose subject is gone from a visible account is fixed', () => {
  const { fixed } = compareScans(scan([finding('a', 'FAIL')]), scan([]));
  expect(fixed).toMatchObject([{ id: 'a', status: 'NOT_APPLICABLE', fix: null }]);
});

test('a fault whose account is dark is not fixed but not visible', () => {
  const { fixed, notVisible } = compareScans(scan([finding('a', 'FAIL')]), scan([], false));
  expect(fixed).toEqual([]);
  expect(notVisible).toMatchObject([{ id: 'a', status: 'NOT_VISIBLE' }]);
});

test('a fault whose account was not part of the scan is not fixed either', () => {
  const { fixed, notVisible } = compareScans(scan([finding('a', 'FAIL', '2')]), scan([]));
  expect([fixed.length, notVisible.length]).toEqual([0, 1]);
});

test('a fault that is gone beside something of the same account that could not be read is not fixed', () => {
  const current = scan([finding('b', 'ERROR')]);
  const { fixed, notVisible } = compareScans(scan([finding('a', 'FAIL')]), current);
  expect(fixed).toEqual([]);
  expect(notVisible.map(({ id }) => id).sort()).toEqual(['a', 'b']);
});

test('no fault ever vanishes: it is still open, mended, or not visible, and only once', () => {
  const status = fc.constantFrom<Status>('PASS', 'FAIL', 'NOT_APPLICABLE', 'NOT_VISIBLE', 'ERROR');
  const findings = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'd'))
    .chain((ids) => fc.tuple(...ids.map((id) => status.map((one) => finding(id, one)))));
  fc.assert(
    fc.property(findings, findings, fc.boolean(), (before, after, visible) => {
      const changes = compareScans(scan(before), scan(after, visible));
      const told = Object.values(changes).flatMap((list) => list.map(({ id }) => id));
      expect(new Set(told).size).toBe(told.length);
      for (const { id } of before.filter((one) => one.status === 'FAIL'))
        expect(told).toContain(id);
      const sound = after.filter((one) => one.status === 'PASS').map(({ id }) => id);
      const gone = changes.fixed.map(({ id }) => id).filter((id) => !sound.includes(id));
      for (const id of gone) expect(after.some((one) => one.id === id)).toBe(false);
    }),
  );
});
