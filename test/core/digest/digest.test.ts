import fc from 'fast-check';
import { composeDigest, dayOf, hasNews } from '../../../src/core/digest/compose.ts';
import { tellDigest } from '../../../src/core/digest/tell.ts';
import type { ScannedAccount, Status } from '../../../src/core/posture/finding.ts';
import { plain } from '../../../src/core/prose.ts';
import { openFinding, scanWith } from '../../jobs/fix-world.ts';

const payments: ScannedAccount = {
  id: '666677778888',
  name: 'payments-prod',
  ou: 'Workloads/Production',
  visible: true,
  reason: null,
};
const hidden: ScannedAccount = {
  ...payments,
  id: '151515151515',
  name: 'team-sandbox',
  visible: false,
  reason: 'AccessDenied: not authorized to perform sts:AssumeRole',
};

const yesterday = (...statuses: Status[]) =>
  scanWith(statuses.map(finding), { scannedAt: '2026-11-21T00:00:00.000Z', accounts: [payments] });
const today = (...statuses: Status[]) =>
  scanWith(statuses.map(finding), {
    scannedAt: '2026-11-22T00:00:00.000Z',
    accounts: [payments, hidden],
  });

function finding(status: Status, index: number) {
  return openFinding({ id: `f${index}`, status });
}

test('without a scan before, everything open is new, and that is said', () => {
  const digest = composeDigest(undefined, today('FAIL', 'PASS'));
  expect(digest).toMatchObject({ previousAt: null, new: [{ id: 'f0' }], stillOpen: [] });
  expect(plain(tellDigest(digest, 'en'))).toContain('the first scan, so everything open is new');
});

test('what changed, what stands and what could not be seen are told apart', () => {
  const digest = composeDigest(
    yesterday('PASS', 'FAIL', 'FAIL', 'FAIL'),
    today('FAIL', 'PASS', 'FAIL', 'NOT_VISIBLE', 'FAIL'),
  );
  const ids = (part: { id: string }[]) => part.map(({ id }) => id);
  expect(ids(digest.regressed)).toEqual(['f0']);
  expect(ids(digest.fixed)).toEqual(['f1']);
  expect(ids(digest.stillOpen)).toEqual(['f2']);
  expect(ids(digest.notVisible)).toEqual(['f3']);
  expect(ids(digest.new)).toEqual(['f4']);
  expect(digest.unseenAccounts).toEqual([hidden]);
  expect(digest.accounts).toEqual({ visible: 1, of: 2 });
});

const exception = { reason: 'r', owner: 'payments', expires: '2026-11-30', expired: false };
const accepting = (scan: ReturnType<typeof today>, differs: Partial<typeof exception> = {}) => ({
  ...scan,
  findings: scan.findings.map((each) => ({ ...each, exception: { ...exception, ...differs } })),
});

test('what somebody accepts is no news, whether it is new or old, and is counted', () => {
  const digest = composeDigest(yesterday('PASS', 'FAIL'), accepting(today('FAIL', 'FAIL')));
  expect(hasNews(digest)).toBe(false);
  expect(plain(tellDigest(digest, 'en'))).toContain('0 still open, 2 accepted for a time, ');
  expect(plain(tellDigest(digest, 'ko'))).toContain('한시적 수용 2건');
});

test('an exception that expired is news, by its owner', () => {
  const expired = { expires: '2026-11-21', expired: true };
  const digest = composeDigest(accepting(yesterday('FAIL')), accepting(today('FAIL'), expired));
  expect(hasNews(digest)).toBe(true);
  const words = plain(tellDigest(digest, 'en'));
  expect(words).toContain('0 new, 0 back again, 1 no longer accepted, 0 fixed');
  expect(words).toContain('No longer accepted: the exception is over (1)');
  expect(words).toContain('exception expired after 2026-11-21, owner payments');
});

test('an exception that soon runs out is named with its day, one that does not is not', () => {
  const named = (expires: string) =>
    plain(
      tellDigest(
        composeDigest(yesterday('PASS', 'PASS'), {
          ...accepting(today('FAIL'), { expires }),
          findings: [
            ...accepting(today('FAIL'), { expires }).findings,
            ...today('PASS', 'FAIL').findings.slice(1),
          ],
        }),
        'en',
      ),
    );
  expect(named('2026-12-06')).toContain('accepted until 2026-12-06 by payments');
  expect(named('2026-12-07')).not.toContain('accepted until');
});

test('in English', () => {
  const digest = composeDigest(yesterday('PASS', 'FAIL'), today('FAIL', 'PASS'));
  expect(plain(tellDigest(digest, 'en'))).toBe(
    [
      'Audit trail digest · o-bora12345 · 2026-11-22 00:00:00 UTC · compared with 2026-11-21 00:00:00 UTC',
      '0 new, 1 back again, 1 fixed, 0 still open, 0 could not be judged; 1 of 2 accounts seen',
      'Back again (1)',
      '• FAIL · Medium · Log file validation is on · arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit · account payments-prod (666677778888) · f0',
      'Fixed (1)',
      '• PASS · Medium · Log file validation is on · arn:aws:cloudtrail:ap-northeast-2:666677778888:trail/payments-audit · account payments-prod (666677778888) · f1',
      'Accounts that could not be seen (1)',
      '• team-sandbox 151515151515: AccessDenied: not authorized to perform sts:AssumeRole',
    ].join('\n'),
  );
});

test('in Korean, with the Korean title of a finding', () => {
  const scan = today('FAIL');
  scan.findings = scan.findings.map((each) => ({
    ...each,
    ko: { title: '로그 파일 검증이 켜져 있습니다', detail: '' },
  }));
  const words = plain(tellDigest(composeDigest(yesterday('FAIL', 'FAIL'), scan), 'ko'));
  expect(words).toContain('해결 1건');
  expect(words).toContain('FAIL · 중간 · 로그 파일 검증이 켜져 있습니다');
  expect(words).toContain('계정 2개 중 1개 확인');
});

test('no news is one line, which still says what stands and what could not be seen', () => {
  const digest = composeDigest(yesterday('FAIL', 'PASS'), today('FAIL', 'PASS'));
  expect(hasNews(digest)).toBe(false);
  const words = plain(tellDigest(digest, 'en'));
  expect(words.split('\n')).toHaveLength(1);
  expect(words).toContain('nothing new. 1 still open, 0 could not be judged; 1 of 2 accounts seen');
});

test('having seen nothing is not having found nothing new', () => {
  const blind = { ...today('NOT_VISIBLE'), accounts: [hidden] };
  const words = plain(tellDigest(composeDigest(yesterday('FAIL'), blind), 'en'));
  expect(words).toContain('no account could be seen');
  expect(words).not.toContain('nothing new');
});

test('no scan yet is said, not shown as an empty digest', () => {
  expect(plain(tellDigest(null, 'en'))).toContain('There has been no scan yet');
  expect(plain(tellDigest(null, 'ko'))).toContain('아직 스캔한 적이 없어');
});

test('many findings are counted, the gravest are named', () => {
  const scan = today(...Array.from({ length: 40 }, (): Status => 'FAIL'));
  scan.findings = scan.findings.map((each, index) => ({
    ...each,
    severity: index === 39 ? 'critical' : 'low',
  }));
  const lines = plain(tellDigest(composeDigest(undefined, scan), 'en')).split('\n');
  expect(lines[3]).toContain('Critical');
  expect(lines).toContain('and 32 more');
});

test('hostile names stay one quoted word of one line', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (name) => {
      const scan = { ...today('FAIL'), accounts: [payments, { ...hidden, name, reason: name }] };
      const words = plain(tellDigest(composeDigest(yesterday('PASS'), scan), 'en'));
      expect(words.split('\n')).toHaveLength(6);
      expect(words).not.toMatch(/[\u202a-\u202e\u2066-\u2069\u200b]/u);
    }),
  );
});

test.each([
  ['2026-11-22T14:59:59Z', 'Asia/Seoul', '2026-11-22'],
  ['2026-11-22T15:00:00Z', 'Asia/Seoul', '2026-11-23'],
  ['2026-11-22T04:00:00Z', 'America/New_York', '2026-11-21'],
  ['2026-11-22T00:00:00Z', 'UTC', '2026-11-22'],
])('%s is a day of its own in %s: %s', (moment, zone, day) => {
  expect(dayOf(new Date(moment), zone)).toBe(day);
});
