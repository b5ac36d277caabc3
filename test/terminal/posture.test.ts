import type { Finding, Scan } from '../../src/core/posture/finding.ts';
import { totalsOf } from '../../src/core/posture/scan.ts';
import { plain } from '../../src/core/prose.ts';
import type { Language } from '../../src/core/reader.ts';
import { postureProse } from '../../src/terminal/posture.ts';

function finding(differs: Partial<Finding>): Finding {
  return {
    id: '0123456789',
    check: 'trail-log-file-validation',
    status: 'FAIL',
    severity: 'medium',
    subject: 'arn:aws:cloudtrail:us-east-1:111122223333:trail/audit',
    owner: '111122223333',
    covers: [],
    title: 'Log file validation is on',
    detail: 'Trail audit writes no digest files.',
    evidence: [],
    config: null,
    fix: null,
    controls: {},
    exception: null,
    ...differs,
  };
}

function text(findings: Finding[], differs: Partial<Scan> = {}, language: Language = 'en'): string {
  return plain(
    postureProse(
      {
        schemaVersion: 1,
        organization: 'o-1',
        scannedAt: '2026-11-22T10:00:00.000Z',
        durationMs: 1234,
        apiCalls: 42,
        accounts: [{ id: '111122223333', name: 'main', ou: '', visible: true, reason: null }],
        findings,
        coverage: [],
        totals: totalsOf(findings),
        excepted: 0,
        ...differs,
      },
      language,
    ),
  );
}

const DARK = {
  id: '151515151515',
  name: 'team-sandbox',
  ou: '',
  visible: false,
  reason: 'AccessDenied: sts:AssumeRole',
};

test('a sound organization is two lines and a count', () => {
  expect(text([finding({ status: 'PASS' })])).toBe(
    [
      'All sound · 1 of 1 accounts seen · organization o-1',
      '',
      '1 PASS · 2026-11-22 10:00:00 UTC · 1.2 s · 42 calls',
    ].join('\n'),
  );
});

test('what fails is told with its account, its id and its fix', () => {
  const fixable = finding({ fix: { id: 'enable-log-file-validation', class: 'A' } });
  expect(text([fixable])).toBe(
    [
      '1 failing · 1 of 1 accounts seen · organization o-1',
      '',
      'MEDIUM   trail-log-file-validation  111122223333  0123456789  fix: /trail fix 0123456789',
      '         Trail audit writes no digest files.',
      '',
      '1 FAIL · 2026-11-22 10:00:00 UTC · 1.2 s · 42 calls',
    ].join('\n'),
  );
});

test('a dark account is one line with its reason, however many checks it hides', () => {
  const hidden = ['trail-logging', 'config-recorder'].map((check) =>
    finding({ check, status: 'NOT_VISIBLE', subject: DARK.id }),
  );
  const told = text(hidden, { accounts: [DARK] });
  expect(told).toContain('Nothing could be seen · 0 of 1 accounts seen');
  expect(told).toContain('team-sandbox (151515151515): 2 checks. AccessDenied: sts:AssumeRole');
  expect(told.match(/AssumeRole/g)).toHaveLength(1);
});

test('a finding that could not be read stands for itself', () => {
  const told = text([finding({ status: 'ERROR', detail: 'Could not be read: Throttling.' })]);
  expect(told).toContain('Nothing failing in what was seen');
  expect(told).toContain('Could not be read: Throttling.');
});

test('a closed account is not counted as unseen', () => {
  const closed = { ...DARK, reason: 'SUSPENDED: not asked', closed: true as const };
  const told = text([finding({ status: 'PASS' })], {
    accounts: [{ ...DARK, id: '1', visible: true, reason: null }, closed],
  });
  expect(told).toContain('All sound · 1 of 2 accounts seen (closed, not asked: 1)');
  expect(told).not.toContain('Not visible');
});

test('a simulated organization says so first', () => {
  expect(text([], { simulated: true })).toMatch(/^Simulated organization\./);
});

test('hostile names cannot break out of their line', () => {
  const told = text([finding({ detail: 'evil\u001b[2J\nFAKE LINE\u202e', owner: '\u0007' })]);
  for (const trick of ['\u001b', '\u0007', '\u202e']) expect(told).not.toContain(trick);
  expect(told.split('\n')).toHaveLength(6);
});

test('says where management events are recorded, and names the accounts where some are not', () => {
  const cell = (account: string, region: string, managementWrite: boolean) => ({
    account,
    region,
    managementRead: true,
    managementWrite,
    dataEvents: [],
    trails: [],
  });
  const coverage = [
    cell('111122223333', 'us-east-1', true),
    ...['a-1', 'b-1', 'c-1', 'd-1', 'e-1'].map((region) => cell('222233334444', region, false)),
  ];
  const page = text([], { coverage });
  expect(page).toContain('read and write: 1 of 6 places');
  expect(page).toContain('222233334444: incomplete in a-1, b-1, c-1, d-1, and 1 more');
  expect(page).not.toContain('111122223333: incomplete');
});

test('speaks Korean to who reads Korean, findings and all', () => {
  const told = text(
    [
      finding({
        ko: {
          title: '로그 파일 검증이 꺼져 있습니다',
          detail: '트레일 audit이 다이제스트 파일을 쓰지 않습니다.',
        },
      }),
    ],
    { simulated: true },
    'ko',
  );
  expect(told).toContain('시뮬레이션 조직입니다.');
  expect(told).toContain('실패 1건 · 계정 1개 중 1개 확인');
  expect(told).toContain('트레일 audit이 다이제스트 파일을 쓰지 않습니다.');
});
